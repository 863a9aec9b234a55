/* SPDX-License-Identifier: MIT */

#include "calendar/text/plan.h"

#include <stdlib.h>
#include <string.h>

#include "calendar/text/timezone.h"
#include "scheduler/core/recurrence-text.h"
#include "scheduler/core/recurrence.h"

/* A series may exclude as many slots as it has sessions, and these: past that the rule tells less
 * than the sessions by themselves. */
#define SPARE_EXCLUSIONS 8
/* More than any series has (366, 24 months of days). */
#define MAX_SLOTS 2000

struct _HtCalendarPlan {
    GArray *events; /* (element-type HtEvent) */
    GStringChunk *strings;
    GArray *excluded; /* (element-type int64_t) */
};

/* What is gathered on the way to a plan. */
typedef struct {
    const HtPlanSeries *series;
    const HtZone *zone;  /* NULL: times in UTC */
    GPtrArray *sessions; /* (element-type HtPlanSession), by slot */
    GArray *occurrences; /* (element-type HtOccurrence): the slots of the rule */
    HtCalendarPlan *plan;
    const char *uid;
    const char *related_uid;
} Draft;

static int
compare_slots (gconstpointer a, gconstpointer b)
{
    const HtPlanSession *x = *(const HtPlanSession *const *) a;
    const HtPlanSession *y = *(const HtPlanSession *const *) b;

    if (x->slot_us != y->slot_us)
        return x->slot_us < y->slot_us ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static const HtPlanSession *
get_session (const Draft *draft, unsigned index)
{
    return g_ptr_array_index (draft->sessions, index);
}

static HtEvent
make_event (const Draft *draft, const HtPlanSession *session)
{
    return (HtEvent){
        .uid = draft->uid,
        .slot_us = HT_EVENT_NO_SLOT,
        .sequence = session->sequence,
        .dtstamp_us = session->changed_us,
        .created_us = draft->series->created_us,
        .last_modified_us = session->changed_us,
        .start_us = session->start_us,
        .end_us = session->end_us,
        .zone = draft->zone,
        .summary = session->summary,
        .location = session->location,
        .description = session->description,
        .url = session->url,
        .categories = draft->series->categories,
        .cancelled = session->cancelled,
        .organiser_name = draft->series->organiser_name,
        .organiser_mail = draft->series->organiser_mail,
        .related_uid = draft->related_uid,
    };
}

/* --- one by one ------------------------------------------------------------------------------- */

static void
add_alone (Draft *draft, const HtPlanSession *session, gboolean own_uid)
{
    HtEvent event = make_event (draft, session);

    if (own_uid) {
        g_autofree char *uid =
            g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "@%s", draft->series->id,
                             session->id, draft->series->installation);

        event.uid = g_string_chunk_insert (draft->plan->strings, uid);
    }
    g_array_append_val (draft->plan->events, event);
}

static void
plan_alone (Draft *draft)
{
    for (unsigned i = 0; i < draft->sessions->len; i++)
        add_alone (draft, get_session (draft, i), draft->sessions->len > 1);
}

/* --- by the rule ------------------------------------------------------------------------------ */

/* The stored rule, ending with the last slot that this feed shows. */
static gboolean
read_rule (const Draft *draft, HtRecurrence *ret_rule)
{
    const HtPlanSession *last = get_session (draft, draft->sessions->len - 1);

    if (draft->series->rule == NULL || draft->zone == NULL || draft->sessions->len < 2 ||
        !ht_recurrence_parse (draft->series->rule, ret_rule, NULL))
        return FALSE;
    ret_rule->count = 0;
    ret_rule->until_form = HT_CIVIL_TEXT_UTC;
    ret_rule->until_s = last->slot_us / HT_CIVIL_US;
    return TRUE;
}

static gboolean
expand_rule (const Draft *draft, const HtRecurrence *rule)
{
    const HtPlanSession *first = get_session (draft, 0);
    HtRecurrenceStart start = { ht_zone_to_civil (draft->zone, first->slot_us), HT_CIVIL_TEXT_LOCAL,
                                draft->zone };
    HtRecurrenceWindow window = { INT64_MIN, INT64_MAX, MAX_SLOTS };

    return ht_recurrence_expand (rule, &start, &window, draft->occurrences, NULL, NULL) &&
           draft->occurrences->len < MAX_SLOTS;
}

static int64_t
get_slot_us (const Draft *draft, unsigned index)
{
    return g_array_index (draft->occurrences, HtOccurrence, index).at_s * HT_CIVIL_US;
}

/* Splits the sessions: those at a slot of the rule stay, in place; the others go to @astray. Slots
 * without a session are excluded. The first session must be the rule's first. */
static gboolean
match_slots (Draft *draft, GPtrArray *astray)
{
    g_autoptr (GPtrArray) matched = g_ptr_array_new ();
    GArray *excluded = draft->plan->excluded;
    unsigned s = 0;

    for (unsigned o = 0; o < draft->occurrences->len; o++) {
        int64_t slot_us = get_slot_us (draft, o);

        for (; s < draft->sessions->len && get_session (draft, s)->slot_us < slot_us; s++)
            g_ptr_array_add (astray, g_ptr_array_index (draft->sessions, s));
        if (s < draft->sessions->len && get_session (draft, s)->slot_us == slot_us)
            g_ptr_array_add (matched, g_ptr_array_index (draft->sessions, s++));
        else
            g_array_append_val (excluded, slot_us);
    }
    for (; s < draft->sessions->len; s++)
        g_ptr_array_add (astray, g_ptr_array_index (draft->sessions, s));
    if (matched->len < 2 || excluded->len > matched->len + SPARE_EXCLUSIONS ||
        get_slot_us (draft, 0) != get_session (draft, 0)->slot_us)
        return FALSE;
    g_clear_pointer (&draft->sessions, g_ptr_array_unref);
    draft->sessions = g_steal_pointer (&matched);
    return TRUE;
}

static gboolean
is_regular (const HtPlanSession *session)
{
    return session->start_us == session->slot_us && !session->cancelled;
}

/* Whether what the master says of @session's slot is all there is to say. */
static gboolean
is_covered (const HtPlanSession *session, const HtPlanSession *model)
{
    return session->start_us == session->slot_us && session->cancelled == model->cancelled &&
           session->end_us - session->start_us == model->end_us - model->start_us &&
           g_strcmp0 (session->summary, model->summary) == 0 &&
           g_strcmp0 (session->location, model->location) == 0 &&
           g_strcmp0 (session->description, model->description) == 0 &&
           g_strcmp0 (session->url, model->url) == 0;
}

/* The session that the master is made of: among the first regular one and the last, the one that
 * more of them are like; without a regular one, the first. */
static const HtPlanSession *
find_model (const Draft *draft)
{
    const HtPlanSession *first = NULL, *last = NULL;
    unsigned like_first = 0, like_last = 0;

    for (unsigned i = 0; i < draft->sessions->len; i++)
        if (is_regular (get_session (draft, i))) {
            last = get_session (draft, i);
            first = first == NULL ? last : first;
        }
    if (first == NULL)
        return get_session (draft, 0);
    for (unsigned i = 0; i < draft->sessions->len; i++) {
        like_first += is_covered (get_session (draft, i), first) ? 1 : 0;
        like_last += is_covered (get_session (draft, i), last) ? 1 : 0;
    }
    return like_last > like_first ? last : first;
}

static void
add_master (Draft *draft, const HtPlanSession *model, const HtRecurrence *rule)
{
    HtEvent event = make_event (draft, model);
    g_autofree char *text = ht_recurrence_format (rule);
    int64_t slot_us = get_slot_us (draft, 0);

    event.end_us = slot_us + model->end_us - model->start_us;
    event.start_us = slot_us;
    event.rule = g_string_chunk_insert (draft->plan->strings, text);
    event.excluded = draft->plan->excluded;
    /* of all, so that neither goes back when a session becomes an override */
    for (unsigned i = 0; i < draft->sessions->len; i++) {
        event.sequence = MAX (event.sequence, get_session (draft, i)->sequence);
        event.dtstamp_us = MAX (event.dtstamp_us, get_session (draft, i)->changed_us);
    }
    event.last_modified_us = event.dtstamp_us;
    g_array_append_val (draft->plan->events, event);
}

static gboolean
plan_by_rule (Draft *draft)
{
    g_autoptr (GPtrArray) astray = g_ptr_array_new ();
    const HtPlanSession *model;
    HtRecurrence rule;

    if (!read_rule (draft, &rule) || !expand_rule (draft, &rule) || !match_slots (draft, astray))
        return FALSE;
    model = find_model (draft);
    add_master (draft, model, &rule);
    for (unsigned i = 0; i < draft->sessions->len; i++) {
        const HtPlanSession *session = get_session (draft, i);
        HtEvent event = make_event (draft, session);

        event.slot_us = session->slot_us;
        if (!is_covered (session, model))
            g_array_append_val (draft->plan->events, event);
    }
    for (unsigned i = 0; i < astray->len; i++)
        add_alone (draft, g_ptr_array_index (astray, i), TRUE);
    return TRUE;
}

static const char *
make_uid (const Draft *draft, int64_t series_id)
{
    g_autofree char *uid =
        g_strdup_printf ("%" G_GINT64_FORMAT "@%s", series_id, draft->series->installation);

    return g_string_chunk_insert (draft->plan->strings, uid);
}

HtCalendarPlan *
ht_calendar_plan_new (const HtPlanSeries *series, const HtPlanSession *sessions,
                      unsigned n_sessions)
{
    Draft draft = { .series = series,
                    .zone = ht_timezone_is_regular (series->zone) ? series->zone : NULL,
                    .sessions = g_ptr_array_new (),
                    .occurrences = g_array_new (FALSE, FALSE, sizeof (HtOccurrence)),
                    .plan = g_new0 (HtCalendarPlan, 1) };

    draft.plan->events = g_array_new (FALSE, FALSE, sizeof (HtEvent));
    draft.plan->excluded = g_array_new (FALSE, FALSE, sizeof (int64_t));
    draft.plan->strings = g_string_chunk_new (256);
    draft.uid = make_uid (&draft, series->id);
    draft.related_uid = series->related_id == 0 ? NULL : make_uid (&draft, series->related_id);
    for (unsigned i = 0; i < n_sessions; i++)
        g_ptr_array_add (draft.sessions, (gpointer) &sessions[i]);
    g_ptr_array_sort (draft.sessions, compare_slots);
    if (n_sessions > 0 && !plan_by_rule (&draft))
        plan_alone (&draft);
    g_ptr_array_unref (draft.sessions);
    g_array_unref (draft.occurrences);
    return draft.plan;
}

void
ht_calendar_plan_free (HtCalendarPlan *plan)
{
    g_array_unref (plan->events);
    g_array_unref (plan->excluded);
    g_string_chunk_free (plan->strings);
    g_free (plan);
}

unsigned
ht_calendar_plan_count (const HtCalendarPlan *plan)
{
    return plan->events->len;
}

const HtEvent *
ht_calendar_plan_get (const HtCalendarPlan *plan, unsigned index)
{
    return &g_array_index (plan->events, HtEvent, index);
}

void
ht_calendar_plan_append (const HtCalendarPlan *plan, GString *text)
{
    for (unsigned i = 0; i < plan->events->len; i++)
        ht_event_append (ht_calendar_plan_get (plan, i), text);
}
