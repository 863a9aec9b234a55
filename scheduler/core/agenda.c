/* SPDX-License-Identifier: MIT */

#include "scheduler/core/agenda.h"

const char *const ht_care_event_names[] = {
    [HT_CARE_ASK] = "ask",
    [HT_CARE_RUN_ON] = "run-on",
    [HT_CARE_N_EVENTS] = NULL,
};

/* --- the rule ------------------------------------------------------------------------------ */

/* From at_us on the event is due; the last row that is reached counts. */
typedef struct {
    int64_t at_us;
    int event;
} Level;

enum { MOST_LEVELS = 3 };
#define AT_ONCE INT64_MIN

typedef struct {
    Level levels[MOST_LEVELS];
    unsigned count;
} Levels;

static void
add_level (Levels *levels, int64_t at_us, int event)
{
    levels->levels[levels->count++] = (Level){ at_us, event };
}

static Levels
get_session_levels (const HtAgendaLeads *leads, const HtAgendaItem *item)
{
    Levels levels = { .count = 0 };

    switch (item->state) {
    case HT_SESSION_DRAFT: /* one that waits for a place */
        if (item->hold_until_us == 0)
            break;
        G_GNUC_FALLTHROUGH;
    case HT_SESSION_HELD:
        add_level (&levels, MIN (item->hold_until_us, item->start_us), HT_SESSION_EXPIRE);
        break;
    case HT_SESSION_SCHEDULED:
        add_level (&levels, item->start_us - leads->early_join_us, HT_SESSION_OPEN_DUE);
        G_GNUC_FALLTHROUGH;
    case HT_SESSION_OPEN:
        add_level (&levels, item->start_us, HT_SESSION_START_DUE);
        add_level (&levels, item->end_us, HT_SESSION_MISS);
        break;
    case HT_SESSION_RUNNING:
        add_level (&levels, item->end_us, HT_SESSION_END_DUE);
        break;
    case HT_SESSION_CLOSING:
        if (!item->has_job || item->job == HT_JOB_FINALISING || ht_job_machine_is_final (item->job))
            add_level (&levels, AT_ONCE, HT_SESSION_CLOSED);
        break;
    case HT_SESSION_CANCELLED:
        if (item->withdraw_us != HT_AGENDA_NEVER)
            add_level (&levels, item->withdraw_us, HT_SESSION_WITHDRAW);
        break;
    default:
        break;
    }
    return levels;
}

/* A job that is planned or armed follows the clock of a session that will take place. */
static void
add_beginning (Levels *levels, const HtAgendaLeads *leads, const HtAgendaItem *item)
{
    if (item->job == HT_JOB_PLANNED)
        add_level (levels, item->start_us - leads->arm_us, HT_JOB_ARM);
    add_level (levels, item->start_us, HT_JOB_START);
    add_level (levels, item->end_us, HT_JOB_END);
}

static Levels
get_job_levels (const HtAgendaLeads *leads, const HtAgendaItem *item)
{
    Levels levels = { .count = 0 };
    gboolean live = ht_job_machine_is_live (item->job);

    if (!item->has_job || (item->job != HT_JOB_PLANNED && !live))
        return levels;
    if (item->state == HT_SESSION_CANCELLED)
        add_level (&levels, AT_ONCE, HT_JOB_CANCEL);
    else if (item->state == HT_SESSION_CLOSING || item->state == HT_SESSION_ENDED)
        add_level (&levels, AT_ONCE, HT_JOB_END);
    else if (item->job == HT_JOB_RECORDING || item->job == HT_JOB_RECOVERING)
        add_level (&levels, item->end_us, HT_JOB_END);
    else if (item->state == HT_SESSION_SCHEDULED || item->state == HT_SESSION_OPEN ||
             item->state == HT_SESSION_RUNNING)
        add_beginning (&levels, leads, item);
    return levels;
}

/* Each asking is due once for the start that the session has now: one that is moved is asked again.
 */
static Levels
get_care_levels (const HtAgendaLeads *leads, const HtAgendaItem *item)
{
    Levels levels = { .count = 0 };

    if (item->state == HT_SESSION_RUNNING && item->runs_on)
        add_level (&levels, item->end_us - leads->run_on_us, HT_CARE_RUN_ON);
    if (!item->is_asked || (item->state != HT_SESSION_SCHEDULED && item->state != HT_SESSION_OPEN))
        return levels;
    for (unsigned i = 0; i < HT_AGENDA_N_ASKS; i++)
        if (item->asked_us < item->start_us - leads->ask_us[i])
            add_level (&levels, item->start_us - leads->ask_us[i], HT_CARE_ASK);
    return levels;
}

/* Recorders that were armed for an earlier start, or for a session that is a draft again. */
static gboolean
is_armed_in_vain (const HtAgendaLeads *leads, const HtAgendaItem *item, int64_t now_us)
{
    return item->has_job && item->job == HT_JOB_ARMING &&
           (item->state == HT_SESSION_DRAFT || item->state == HT_SESSION_HELD ||
            (item->state == HT_SESSION_SCHEDULED && now_us < item->start_us - leads->arm_us));
}

/* The event of the last level reached; @due_us goes down to when the first one is. */
static int
pick_level (const Levels *levels, int64_t now_us, int64_t *due_us)
{
    int event = HT_AGENDA_NOTHING;

    for (unsigned i = 0; i < levels->count; i++) {
        *due_us = MIN (*due_us, levels->levels[i].at_us);
        if (levels->levels[i].at_us <= now_us)
            event = levels->levels[i].event;
    }
    return event;
}

HtAgendaDue
ht_agenda_judge (const HtAgendaLeads *leads, const HtAgendaItem *item, int64_t now_us)
{
    HtAgendaDue due = { .session_id = item->session_id, .due_us = HT_AGENDA_NEVER };
    Levels session = get_session_levels (leads, item), job = get_job_levels (leads, item);
    Levels care = get_care_levels (leads, item);

    due.session_event = pick_level (&session, now_us, &due.due_us);
    due.job_event = pick_level (&job, now_us, &due.due_us);
    due.care_event = pick_level (&care, now_us, &due.due_us);
    if (is_armed_in_vain (leads, item, now_us)) {
        due.job_event = HT_JOB_DISARM;
        due.due_us = AT_ONCE;
    }
    return due;
}

/* --- many of them: a heap by the instant they are due -------------------------------------- */

typedef struct {
    HtAgendaItem item;
    int64_t due_us;
    unsigned place; /* in the heap */
} Entry;

struct _HtAgenda {
    HtAgendaLeads leads;
    GPtrArray *heap;     /* (element-type Entry) */
    GHashTable *entries; /* (element-type int64_t Entry) (owned) */
};

HtAgenda *
ht_agenda_new (const HtAgendaLeads *leads)
{
    HtAgenda *agenda = g_new0 (HtAgenda, 1);

    agenda->leads = *leads;
    agenda->heap = g_ptr_array_new ();
    agenda->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
    return agenda;
}

void
ht_agenda_free (HtAgenda *agenda)
{
    if (agenda == NULL)
        return;
    g_ptr_array_unref (agenda->heap);
    g_hash_table_unref (agenda->entries);
    g_clear_pointer (&agenda, g_free);
}

static Entry *
get_entry (const HtAgenda *agenda, unsigned place)
{
    return g_ptr_array_index (agenda->heap, place);
}

static void
set_place (HtAgenda *agenda, Entry *entry, unsigned place)
{
    agenda->heap->pdata[place] = entry;
    entry->place = place;
}

static void
rise (HtAgenda *agenda, Entry *entry)
{
    unsigned place = entry->place;

    while (place > 0 && get_entry (agenda, (place - 1) / 2)->due_us > entry->due_us) {
        set_place (agenda, get_entry (agenda, (place - 1) / 2), place);
        place = (place - 1) / 2;
    }
    set_place (agenda, entry, place);
}

static void
sink (HtAgenda *agenda, Entry *entry)
{
    unsigned place = entry->place, child;

    while ((child = place * 2 + 1) < agenda->heap->len) {
        if (child + 1 < agenda->heap->len &&
            get_entry (agenda, child + 1)->due_us < get_entry (agenda, child)->due_us)
            child++;
        if (get_entry (agenda, child)->due_us >= entry->due_us)
            break;
        set_place (agenda, get_entry (agenda, child), place);
        place = child;
    }
    set_place (agenda, entry, place);
}

void
ht_agenda_remove (HtAgenda *agenda, int64_t session_id)
{
    const Entry *entry = g_hash_table_lookup (agenda->entries, &session_id);
    unsigned place;
    Entry *last;

    if (entry == NULL)
        return;
    place = entry->place;
    last = get_entry (agenda, agenda->heap->len - 1);
    g_ptr_array_set_size (agenda->heap, (int) agenda->heap->len - 1);
    if (last != entry) {
        set_place (agenda, last, place);
        rise (agenda, last);
        sink (agenda, last);
    }
    g_hash_table_remove (agenda->entries, &session_id);
}

void
ht_agenda_put (HtAgenda *agenda, const HtAgendaItem *item, int64_t now_us)
{
    HtAgendaDue due = ht_agenda_judge (&agenda->leads, item, now_us);
    Entry *entry = g_hash_table_lookup (agenda->entries, &item->session_id);

    if (due.due_us == HT_AGENDA_NEVER) {
        ht_agenda_remove (agenda, item->session_id);
        return;
    }
    if (entry == NULL) {
        entry = g_new0 (Entry, 1);
        entry->place = agenda->heap->len;
        entry->item.session_id = item->session_id;
        g_ptr_array_add (agenda->heap, entry);
        g_hash_table_insert (agenda->entries, &entry->item.session_id, entry);
    }
    entry->item = *item;
    entry->due_us = due.due_us;
    rise (agenda, entry);
    sink (agenda, entry);
}

int64_t
ht_agenda_next (const HtAgenda *agenda)
{
    return agenda->heap->len == 0 ? HT_AGENDA_NEVER : get_entry (agenda, 0)->due_us;
}

unsigned
ht_agenda_get_count (const HtAgenda *agenda)
{
    return agenda->heap->len;
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
    const HtAgendaDue *one = a, *other = b;

    if (one->due_us != other->due_us)
        return one->due_us < other->due_us ? -1 : 1;
    return one->session_id < other->session_id ? -1 : one->session_id > other->session_id;
}

GArray *
ht_agenda_list_due (const HtAgenda *agenda, int64_t now_us)
{
    GArray *list = g_array_new (FALSE, FALSE, sizeof (HtAgendaDue));
    g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (unsigned));
    unsigned root = 0;

    g_array_append_val (places, root);
    for (unsigned i = 0; i < places->len; i++) {
        unsigned place = g_array_index (places, unsigned, i);
        unsigned children[] = { place * 2 + 1, place * 2 + 2 };
        HtAgendaDue due;

        /* below one that is not due nothing is */
        if (place >= agenda->heap->len || get_entry (agenda, place)->due_us > now_us)
            continue;
        due = ht_agenda_judge (&agenda->leads, &get_entry (agenda, place)->item, now_us);
        g_array_append_val (list, due);
        g_array_append_vals (places, children, 2);
    }
    g_array_sort (list, compare_due);
    return list;
}
