/* SPDX-License-Identifier: MIT */

/* Other times and other contents of sessions that are booked: this one, this and the following,
 * or all. What a session has of its own stays, unless it is the one that was chosen. */

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/allowance.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/edit-content.h"
#include "scheduler/service/rehearsal.h"
#include "scheduler/service/series-split.h"
#include "scheduler/service/session-part.h"
#include "scheduler/service/session-steps.h"

#define MINUTE_US (INT64_C (60) * G_USEC_PER_SEC)
#define BIT(part) (1u << (part))
#define NEW_DEMANDS                                                                                \
    (BIT (HT_PART_TIME) | BIT (HT_PART_ROOMS) | BIT (HT_PART_TRAINERS) | BIT (HT_PART_SITES) |     \
     BIT (HT_PART_WATCHERS) | BIT (HT_PART_EQUIPMENT) | BIT (HT_PART_SOURCES) |                    \
     BIT (HT_PART_KEEP))

/* What is gathered on the way. */
typedef struct {
    HtDecider *decider;
    const HtEdit *edit;
    const HtSession *chosen;
    int scope; /* HtScope */
    HtExtent extent;
    HtEditContent *content;
    unsigned wanted; /* parts */
    HtShift shift;
    GArray *parts;     /* (element-type unsigned): what changes of each open session */
    int64_t series_id; /* that they are in afterwards */
    gboolean splits;
} Work;

static void
clear_work (Work *work)
{
    ht_extent_clear (&work->extent);
    g_clear_pointer (&work->content, ht_edit_content_free);
    g_clear_pointer (&work->parts, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

static const HtSession *
get_open (const Work *work, unsigned i)
{
    return g_ptr_array_index (work->extent.open, i);
}

/* Which sessions change in what. */

/* The value that most of the open sessions have; the chosen one's where none is had by more. */
static char *
find_usual_key (const Work *work, HtPart part)
{
    g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    HtPartOf of = ht_part_of (work->decider, work->chosen);
    char *usual = ht_part_get_key (&of, part);
    unsigned most = 0;

    for (unsigned i = 0; i < work->extent.open->len; i++) {
        char *key;
        unsigned n;

        of = ht_part_of (work->decider, get_open (work, i));
        key = ht_part_get_key (&of, part);
        n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1;
        g_hash_table_replace (counts, key, GUINT_TO_POINTER (n));
    }
    most = GPOINTER_TO_UINT (g_hash_table_lookup (counts, usual));
    for (unsigned i = 0; i < work->extent.open->len; i++) {
        g_autofree char *key = NULL;

        of = ht_part_of (work->decider, get_open (work, i));
        key = ht_part_get_key (&of, part);
        if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) <= most)
            continue;
        most = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));
        g_free (usual);
        usual = g_steal_pointer (&key);
    }
    return usual;
}

static gboolean
has_usual (const Work *work, const HtSession *session, HtPart part, const char *usual)
{
    HtPartOf of = ht_part_of (work->decider, session);
    g_autofree char *key = NULL;

    if (part == HT_PART_TIME)
        return session->start_us == session->slot_us;
    key = ht_part_get_key (&of, part);
    return g_strcmp0 (key, usual) == 0;
}

static void
choose_part (Work *work, HtPart part)
{
    g_autofree char *usual = find_usual_key (work, part);

    for (unsigned i = 0; i < work->extent.open->len; i++)
        if (get_open (work, i) == work->chosen || has_usual (work, get_open (work, i), part, usual))
            g_array_index (work->parts, unsigned, i) |= BIT (part);
}

static void
choose_parts (Work *work)
{
    work->parts = g_array_new (FALSE, TRUE, sizeof (unsigned));
    g_array_set_size (work->parts, work->extent.open->len);
    for (int part = 0; part < HT_N_PARTS; part++)
        if ((work->wanted & BIT (part)) != 0)
            choose_part (work, part);
}

/* Times. */

/* From where it moves: its slot together with its series, so that one that had a time of its own
 * comes back to the others. */
static int64_t
get_base_us (const Work *work, const HtSession *session)
{
    return work->scope == HT_SCOPE_THIS || work->edit->move.start == NULL ? session->start_us
                                                                          : session->slot_us;
}

/* Local seconds by which the chosen session's clock moves: a series keeps its hour of the day over
 * a change of the zone's offset. */
static gboolean
read_shift (Work *work, GError **error)
{
    const HtMove *move = &work->edit->move;
    HtState *state = work->decider->state;
    const HtSeries *series =
        ht_decider_peek (work->decider, HT_RECORD_SERIES, work->chosen->series_id);
    const char *zone_name = move->zone != NULL ? move->zone : series->zone;
    int64_t from_us = get_base_us (work, work->chosen), start_us = from_us;
    HtCivil from, to;

    work->shift.zone = ht_state_get_zone (state, zone_name, "zone", error);
    if (work->shift.zone == NULL ||
        (move->start != NULL &&
         !ht_booking_read_start (state, move->start, zone_name, &start_us, error)))
        return FALSE;
    from = ht_zone_to_civil (work->shift.zone, from_us);
    to = ht_zone_to_civil (work->shift.zone, start_us);
    work->shift.seconds = ht_civil_to_local_s (&to) - ht_civil_to_local_s (&from);
    return TRUE;
}

static gboolean
make_span (const Work *work, unsigned i, HtSpan *ret_span, GError **error)
{
    const HtSession *session = get_open (work, i);
    int64_t minutes = work->edit->move.minutes > 0
                          ? work->edit->move.minutes
                          : (session->end_us - session->start_us) / MINUTE_US;
    int64_t start_us;

    *ret_span = (HtSpan){ session->start_us, session->end_us };
    if ((g_array_index (work->parts, unsigned, i) & BIT (HT_PART_TIME)) == 0)
        return TRUE;
    return ht_shift_instant (&work->shift, get_base_us (work, session), &start_us, error) &&
           ht_booking_make_span (work->decider, start_us, minutes, ret_span, error) &&
           ht_rehearsal_check (work->decider, session->id, ret_span->end_us, error);
}

/* The series. */

static gboolean
changes_series (const Work *work)
{
    return work->edit->unit_id != HT_ID_NONE || work->edit->audience > 0;
}

static gboolean
moves_slots (const Work *work)
{
    return work->scope != HT_SCOPE_THIS && (work->wanted & BIT (HT_PART_TIME)) != 0 &&
           work->edit->move.start != NULL;
}

/* A unit and an audience are the whole series'. */
static gboolean
check_series (const Work *work, GError **error)
{
    if (!changes_series (work) || work->scope != HT_SCOPE_THIS ||
        ht_extent_is_whole (&work->extent))
        return TRUE;
    ht_problem_set (error, HT_ERROR_CONFLICT, "belongs-to-series",
                    work->edit->audience > 0 ? "audience" : "unitId",
                    "the unit and the audience are the series': change the following or all");
    return FALSE;
}

static void
put_into_series (Work *work, const GPtrArray *sessions)
{
    for (unsigned i = 0; i < sessions->len; i++)
        ((HtSession *) ht_decider_edit (work->decider, HT_RECORD_SESSION,
                                        ht_record_get_id (g_ptr_array_index (sessions, i))))
            ->series_id = work->series_id;
}

/* A series whose earlier half stays behind is split where its rule, or what it is, changes. */
static void
split (Work *work)
{
    gboolean whole = ht_extent_is_whole (&work->extent);

    work->series_id = work->chosen->series_id;
    work->splits = !whole && (moves_slots (work) ||
                              (changes_series (work) && work->scope == HT_SCOPE_FOLLOWING));
    if (!work->splits)
        return;
    work->series_id = ht_series_split (work->decider, &work->extent);
    put_into_series (work, work->extent.open);
    put_into_series (work, work->extent.gone);
}

/* Slots follow the rule; what kept a time of its own has another slot now. */
static gboolean
shift_slots (Work *work, const GPtrArray *sessions, GError **error)
{
    for (unsigned i = 0; i < sessions->len; i++) {
        HtSession *session = ht_decider_edit (work->decider, HT_RECORD_SESSION,
                                              ht_record_get_id (g_ptr_array_index (sessions, i)));

        if (!ht_shift_instant (&work->shift, session->slot_us, &session->slot_us, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
follow_rule (Work *work, GError **error)
{
    const HtSeries *series;

    if (!moves_slots (work))
        return TRUE;
    if (!shift_slots (work, work->extent.open, error) ||
        !shift_slots (work, work->extent.gone, error))
        return FALSE;
    ht_series_turn_rule (work->decider, work->series_id,
                         ht_shift_get_days (&work->shift, work->chosen->slot_us));
    series = ht_decider_peek (work->decider, HT_RECORD_SERIES, work->series_id);
    if (work->splits || (series->rule != NULL && strstr (series->rule, "UNTIL") != NULL))
        ht_series_end_rule (work->decider, work->series_id, work->extent.open, work->extent.gone);
    return TRUE;
}

/* All of it. */

/* What stays as it is also keeps what it is called. */
static void
keep_words (Work *work)
{
    for (unsigned i = 0; i < work->extent.open->len; i++)
        ht_edit_content_keep_words (work->content, work->decider, get_open (work, i)->id,
                                    g_array_index (work->parts, unsigned, i));
    for (unsigned i = 0; i < work->extent.gone->len; i++)
        ht_edit_content_keep_words (work->content, work->decider,
                                    ht_record_get_id (g_ptr_array_index (work->extent.gone, i)), 0);
    for (unsigned i = 0; !work->splits && i < work->extent.past->len; i++)
        ht_edit_content_keep_words (work->content, work->decider,
                                    ht_record_get_id (g_ptr_array_index (work->extent.past, i)), 0);
}

static gboolean
apply_contents (Work *work, GError **error)
{
    /* of the series, where all that it has to come changes */
    gboolean of_series =
        work->splits || work->scope == HT_SCOPE_ALL || ht_extent_is_whole (&work->extent);

    if (of_series)
        keep_words (work);
    for (unsigned i = 0; i < work->extent.open->len; i++)
        if (!ht_edit_content_apply (work->content, work->decider, get_open (work, i)->id,
                                    g_array_index (work->parts, unsigned, i), of_series, error))
            return FALSE;
    ht_edit_content_apply_series (work->content, work->decider, work->series_id, of_series);
    return TRUE;
}

/* Asks for what the changed ones take now. */
static gboolean
admit (Work *work, GError **error)
{
    g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));

    for (unsigned i = 0; i < work->extent.open->len; i++) {
        HtSession *session;
        HtSpan span;

        if ((g_array_index (work->parts, unsigned, i) & NEW_DEMANDS) == 0 &&
            work->edit->unit_id == HT_ID_NONE)
            continue;
        if (!make_span (work, i, &span, error))
            return FALSE;
        session = ht_decider_edit (work->decider, HT_RECORD_SESSION, get_open (work, i)->id);
        if (!ht_session_machine_occupies (session->state)) {
            session->start_us = span.start_us; /* a draft takes nothing */
            session->end_us = span.end_us;
            continue;
        }
        g_ptr_array_add (sessions, session);
        g_array_append_val (spans, span);
    }
    return sessions->len == 0 || ht_session_move (work->decider, sessions, spans, error);
}

static void
set_reason (HtSession *session, const char *reason)
{
    if (reason == NULL)
        return;
    g_free (session->reason);
    session->reason = g_strdup (reason);
}

static gboolean
step_open (Work *work, GError **error)
{
    for (unsigned i = 0; i < work->extent.open->len; i++) {
        unsigned parts = g_array_index (work->parts, unsigned, i);
        HtSession *session;

        if (parts == 0 && !work->splits && !moves_slots (work) && work->edit->unit_id == HT_ID_NONE)
            continue;
        session = ht_decider_edit (work->decider, HT_RECORD_SESSION, get_open (work, i)->id);
        if (!ht_session_step (work->decider, session, HT_SESSION_MOVE, error))
            return FALSE;
        if (parts == 0)
            continue;
        set_reason (session, work->edit->move.reason);
        ht_session_tell (work->decider, get_open (work, i), HT_NOTICE_MOVED);
        ht_session_tell (work->decider, session, HT_NOTICE_MOVED);
    }
    return TRUE;
}

/* A tombstone that follows its rule has changed, too. */
static void
stamp_gone (Work *work)
{
    for (unsigned i = 0; (work->splits || moves_slots (work)) && i < work->extent.gone->len; i++) {
        HtSession *session =
            ht_decider_edit (work->decider, HT_RECORD_SESSION,
                             ht_record_get_id (g_ptr_array_index (work->extent.gone, i)));

        session->sequence++;
        session->changed_us = work->decider->now_us;
        session->changed_number = work->decider->decision->number;
    }
}

static void
tell_difference (Work *work)
{
    HtDecision *decision = work->decider->decision;
    const HtSeries *series =
        ht_decider_peek (work->decider, HT_RECORD_SERIES, work->chosen->series_id);

    if (decision->preview == NULL)
        decision->preview = ht_preview_new ();
    g_free (decision->preview->zone);
    decision->preview->zone = g_strdup (series->zone);
    for (unsigned i = 0; i < work->extent.open->len; i++) {
        HtPreviewKept kept = { get_open (work, i)->id,
                               work->wanted & ~g_array_index (work->parts, unsigned, i) };

        if (kept.parts != 0)
            g_array_append_val (decision->preview->keeps, kept);
    }
    for (unsigned i = 0; i < work->extent.past->len; i++) {
        int64_t id = ht_record_get_id (g_ptr_array_index (work->extent.past, i));

        g_array_append_val (decision->preview->past, id);
    }
}

static gboolean
prepare (Work *work, GError **error)
{
    const HtEdit *edit = work->edit;

    work->chosen = ht_session_find (work->decider, edit->move.id, edit->move.if_number, error);
    if (work->chosen == NULL)
        return FALSE;
    ht_allowance_use_override_for (work->decider, edit->move.override, work->chosen);
    work->scope = edit->move.scope;
    work->extent = ht_extent_find (work->decider, work->chosen, work->scope);
    work->content = ht_edit_content_new (work->decider, edit, error);
    if (work->content == NULL || !check_series (work, error))
        return FALSE;
    work->wanted = ht_edit_content_get_parts (work->content);
    if (edit->move.start != NULL || edit->move.minutes > 0)
        work->wanted |= BIT (HT_PART_TIME);
    choose_parts (work);
    return read_shift (work, error);
}

static gboolean
decide_edit (HtDecider *decider, const HtEdit *edit, GError **error)
{
    g_auto (Work) work = { .decider = decider, .edit = edit };
    gboolean fits;

    if (!prepare (&work, error))
        return FALSE;
    decider->decision->result_id = work.chosen->id;
    split (&work);
    if (!apply_contents (&work, error))
        return FALSE;
    fits = admit (&work, error);
    tell_difference (&work);
    if (!fits || !follow_rule (&work, error) || !step_open (&work, error))
        return FALSE;
    stamp_gone (&work);
    return TRUE;
}

gboolean
ht_decide_edit (HtDecider *decider, gconstpointer arguments, GError **error)
{
    return decide_edit (decider, arguments, error);
}

gboolean
ht_decide_move (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtEdit edit = { .move = *(const HtMove *) arguments };

    if (edit.move.start != NULL)
        return decide_edit (decider, &edit, error);
    ht_problem_set (error, HT_ERROR_INVALID, "required", "start", "start must be filled in");
    return FALSE;
}
