/* SPDX-License-Identifier: MIT */

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/session-steps.h"

#define MINUTE_US (INT64_C (60) * G_USEC_PER_SEC)

static const HtSession *
find_session (HtDecider *decider, int64_t id, int64_t if_number, GError **error)
{
    const HtSession *session = ht_decider_find (decider, HT_RECORD_SESSION, id, "id", error);

    if (session == NULL || !ht_decider_check_number (session, if_number, error))
        return NULL;
    return session;
}

/* Moves one session, and steps it. */
static gboolean
move_one (HtDecider *decider, const HtSession *session, HtSpan span, HtSessionEvent event,
          GError **error)
{
    g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));

    g_ptr_array_add (sessions, (gpointer) session);
    g_array_append_val (spans, span);
    decider->decision->result_id = session->id;
    return ht_session_move (decider, sessions, spans, error) &&
           ht_session_step (decider, ht_decider_edit (decider, HT_RECORD_SESSION, session->id),
                            event, error);
}

gboolean
ht_decide_start (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtTarget *target = arguments;
    const HtSession *session = find_session (decider, target->id, target->if_number, error);
    int64_t start_us;

    if (session == NULL)
        return FALSE;
    start_us = ht_booking_find_now_us (
        decider, ht_decider_peek (decider, HT_RECORD_JOB, session->id) != NULL);
    return move_one (decider, session,
                     (HtSpan){ MIN (session->start_us, start_us), session->end_us },
                     HT_SESSION_START_NOW, error);
}

gboolean
ht_decide_stop (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtTarget *target = arguments;
    HtSession *session;

    if (find_session (decider, target->id, target->if_number, error) == NULL)
        return FALSE;
    session = ht_decider_edit (decider, HT_RECORD_SESSION, target->id);
    if (!ht_session_step (decider, session, HT_SESSION_STOP_NOW, error))
        return FALSE;
    session->end_us = MAX (decider->now_us, session->start_us + 1);
    ht_session_release (decider, session, session->end_us);
    decider->decision->result_id = session->id;
    return TRUE;
}

/* Scopes. */

static int
compare_slots (gconstpointer a, gconstpointer b)
{
    const HtSession *one = *(const HtSession *const *) a;
    const HtSession *other = *(const HtSession *const *) b;

    return (one->slot_us > other->slot_us) - (one->slot_us < other->slot_us);
}

/* The sessions that a scope names, (element-type HtSession), borrowed, by slot. */
typedef struct {
    GPtrArray *moved; /* (owned): not begun, and at the time that the rule gives; the chosen one
                       * always */
    GPtrArray *kept;  /* (owned): not begun, but given a time of their own before */
    GPtrArray *past;  /* (owned): begun or over */
} Scope;

static void
clear_scope (Scope *scope)
{
    g_clear_pointer (&scope->moved, g_ptr_array_unref);
    g_clear_pointer (&scope->kept, g_ptr_array_unref);
    g_clear_pointer (&scope->past, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scope, clear_scope)

static GPtrArray *
find_place (const Scope *scope, const HtSession *session, const HtSession *chosen, int64_t now_us)
{
    if (session == chosen)
        return scope->moved;
    if (session->state > HT_SESSION_SCHEDULED || session->start_us <= now_us)
        return scope->past;
    return session->start_us == session->slot_us ? scope->moved : scope->kept;
}

static Scope
list_scope (HtDecider *decider, const HtSession *chosen, int which)
{
    const GArray *ids = ht_state_peek_series (decider->state, chosen->series_id);
    Scope scope = { g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new () };

    for (unsigned i = 0; ids != NULL && i < ids->len; i++) {
        const HtSession *session =
            ht_decider_peek (decider, HT_RECORD_SESSION, g_array_index (ids, int64_t, i));
        gboolean named = which == HT_SCOPE_ALL ||
                         (which == HT_SCOPE_FOLLOWING && session->slot_us >= chosen->slot_us);

        if (session == chosen || (named && session->state != HT_SESSION_CANCELLED))
            g_ptr_array_add (find_place (&scope, session, chosen, decider->now_us),
                             (gpointer) session);
    }
    g_ptr_array_sort (scope.moved, compare_slots);
    g_ptr_array_sort (scope.kept, compare_slots);
    g_ptr_array_sort (scope.past, compare_slots);
    return scope;
}

/* Local seconds by which the chosen session's clock moves: a series keeps its hour of the day over
 * a change of the zone's offset. */
static gboolean
read_shift (HtDecider *decider, const HtMove *move, const HtSession *chosen,
            const HtZone **ret_zone, int64_t *ret_shift_s, GError **error)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, chosen->series_id);
    const char *zone_name = move->zone != NULL ? move->zone : series->zone;
    HtCivil from, to;
    int64_t start_us;

    *ret_zone = ht_state_get_zone (decider->state, zone_name, "zone", error);
    if (*ret_zone == NULL ||
        !ht_booking_read_start (decider->state, move->start, zone_name, &start_us, error))
        return FALSE;
    from = ht_zone_to_civil (*ret_zone, chosen->start_us);
    to = ht_zone_to_civil (*ret_zone, start_us);
    *ret_shift_s = ht_civil_to_local_s (&to) - ht_civil_to_local_s (&from);
    return TRUE;
}

typedef struct {
    const HtZone *zone;
    int64_t shift_s;
} Shift;

static gboolean
shift_instant (const Shift *shift, int64_t at_us, int64_t *ret_at_us, GError **error)
{
    HtCivil civil = ht_zone_to_civil (shift->zone, at_us);

    civil = ht_civil_from_local_s (ht_civil_to_local_s (&civil) + shift->shift_s);
    return ht_zone_to_instant (shift->zone, &civil, "start", ret_at_us, error);
}

static gboolean
make_spans (HtDecider *decider, const HtMove *move, const Shift *shift, const GPtrArray *sessions,
            GArray *spans, GError **error)
{
    for (unsigned i = 0; i < sessions->len; i++) {
        const HtSession *session = g_ptr_array_index (sessions, i);
        int64_t minutes =
            move->minutes > 0 ? move->minutes : (session->end_us - session->start_us) / MINUTE_US;
        int64_t start_us;
        HtSpan span;

        if (!shift_instant (shift, session->start_us, &start_us, error) ||
            !ht_booking_make_span (decider, start_us, minutes, &span, error))
            return FALSE;
        g_array_append_val (spans, span);
    }
    return TRUE;
}

/* The later half of a series that is moved from here on is a series of its own, linked to the
 * first; moving all of them moves their slots too. */
static int64_t
split (HtDecider *decider, const HtSession *chosen)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, chosen->series_id);
    HtSeries *later = ht_decider_make (decider, HT_RECORD_SERIES);
    int64_t id = later->id;

    ht_fields_copy (ht_record_get_fields (HT_RECORD_SERIES), series, later);
    later->id = id;
    later->related_id = series->id;
    later->created_us = decider->now_us;
    return id;
}

static gboolean
step_moved (HtDecider *decider, const HtMove *move, const GPtrArray *sessions, int64_t series_id,
            GError **error)
{
    for (unsigned i = 0; i < sessions->len; i++) {
        HtSession *session = ht_decider_edit (decider, HT_RECORD_SESSION,
                                              ht_record_get_id (g_ptr_array_index (sessions, i)));

        if (!ht_session_step (decider, session, HT_SESSION_MOVE, error))
            return FALSE;
        session->series_id = series_id;
        if (move->scope != HT_SCOPE_THIS)
            session->slot_us = session->start_us;
        if (move->reason != NULL) {
            g_free (session->reason);
            session->reason = g_strdup (move->reason);
        }
        ht_session_tell (decider, session, HT_NOTICE_MOVED);
    }
    return TRUE;
}

/* Their times stay; the slots that the moved rule gives them do not. */
static gboolean
shift_slots (HtDecider *decider, const Shift *shift, const GPtrArray *sessions, int64_t series_id,
             GError **error)
{
    for (unsigned i = 0; i < sessions->len; i++) {
        HtSession *session = ht_decider_edit (decider, HT_RECORD_SESSION,
                                              ht_record_get_id (g_ptr_array_index (sessions, i)));

        if (!shift_instant (shift, session->slot_us, &session->slot_us, error) ||
            !ht_session_step (decider, session, HT_SESSION_MOVE, error))
            return FALSE;
        session->series_id = series_id;
    }
    return TRUE;
}

static void
add_ids (const GPtrArray *sessions, GArray *ids)
{
    for (unsigned i = 0; i < sessions->len; i++) {
        int64_t id = ht_record_get_id (g_ptr_array_index (sessions, i));

        g_array_append_val (ids, id);
    }
}

/* The difference, whether it can be made or not. */
static void
tell_difference (HtDecider *decider, const HtSession *chosen, const Scope *scope)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, chosen->series_id);
    HtPreview *preview = decider->decision->preview;

    preview->zone = g_strdup (series->zone);
    add_ids (scope->kept, preview->keeps);
    add_ids (scope->past, preview->past);
    for (unsigned i = 0; i < preview->occurrences->len; i++)
        g_array_index (preview->occurrences, HtPreviewOccurrence, i).session_id =
            ht_record_get_id (g_ptr_array_index (scope->moved, i));
}

gboolean
ht_decide_move (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtMove *move = arguments;
    const HtSession *chosen = find_session (decider, move->id, move->if_number, error);
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    g_auto (Scope) scope = { 0 };
    Shift shift;
    int64_t series_id;
    gboolean fits;

    if (chosen == NULL)
        return FALSE;
    scope = list_scope (decider, chosen, move->scope);
    if (!read_shift (decider, move, chosen, &shift.zone, &shift.shift_s, error) ||
        !make_spans (decider, move, &shift, scope.moved, spans, error))
        return FALSE;
    fits = ht_session_move (decider, scope.moved, spans, error);
    tell_difference (decider, chosen, &scope);
    if (!fits)
        return FALSE;
    series_id = move->scope == HT_SCOPE_FOLLOWING ? split (decider, chosen) : chosen->series_id;
    decider->decision->result_id = chosen->id;
    return step_moved (decider, move, scope.moved, series_id, error) &&
           shift_slots (decider, &shift, scope.kept, series_id, error);
}

static gboolean
cancel_one (HtDecider *decider, int64_t id, const char *reason, GError **error)
{
    HtSession *session = ht_decider_edit (decider, HT_RECORD_SESSION, id);
    gboolean began = session->state >= HT_SESSION_RUNNING;

    if (!ht_session_step (decider, session, HT_SESSION_CANCEL, error))
        return FALSE;
    g_free (session->reason);
    session->reason = g_strdup (reason);
    ht_session_release (decider, session, began ? decider->now_us : 0);
    ht_session_tell (decider, session, HT_NOTICE_CANCELLED);
    return TRUE;
}

static gboolean
cancel_each (HtDecider *decider, const GPtrArray *sessions, const char *reason, GError **error)
{
    for (unsigned i = 0; i < sessions->len; i++)
        if (!cancel_one (decider, ht_record_get_id (g_ptr_array_index (sessions, i)), reason,
                         error))
            return FALSE;
    return TRUE;
}

gboolean
ht_decide_cancel (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtMove *move = arguments;
    const HtSession *chosen = find_session (decider, move->id, move->if_number, error);
    g_auto (Scope) scope = { 0 };

    if (chosen == NULL)
        return FALSE;
    if (move->reason == NULL || move->reason[0] == '\0') {
        ht_problem_set (error, HT_ERROR_INVALID, "required", "reason",
                        "a session is cancelled with a reason");
        return FALSE;
    }
    scope = list_scope (decider, chosen, move->scope);
    decider->decision->result_id = chosen->id;
    return cancel_each (decider, scope.moved, move->reason, error) &&
           cancel_each (decider, scope.kept, move->reason, error);
}
