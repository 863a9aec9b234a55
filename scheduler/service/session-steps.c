/* SPDX-License-Identifier: MIT */

#include "scheduler/service/session-steps.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/demand.h"
#include "scheduler/service/rehearsal-follow.h"
#include "scheduler/service/rehearsal.h"

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

/* Which event of the job goes with which of the session; -1: none. */
static const int job_events[HT_SESSION_N_EVENTS] = {
    [HT_SESSION_HOLD] = -1,
    [HT_SESSION_APPROVE] = -1,
    [HT_SESSION_EXPIRE] = -1,
    [HT_SESSION_REFUSE] = -1,
    [HT_SESSION_DISPLACE] = -1,
    [HT_SESSION_MOVE] = -1,
    [HT_SESSION_OPEN_DUE] = -1,
    [HT_SESSION_START_DUE] = HT_JOB_START,
    [HT_SESSION_START_NOW] = HT_JOB_START,
    [HT_SESSION_EXTEND] = -1,
    [HT_SESSION_STOP_NOW] = HT_JOB_END,
    [HT_SESSION_END_DUE] = HT_JOB_END,
    [HT_SESSION_CLOSED] = -1,
    [HT_SESSION_MISS] = HT_JOB_END,
    [HT_SESSION_CANCEL] = HT_JOB_CANCEL,
    [HT_SESSION_WITHDRAW] = -1,
};

const HtSession *
ht_session_find (HtDecider *decider, int64_t id, int64_t if_number, GError **error)
{
    const HtSession *session = ht_decider_find (decider, HT_RECORD_SESSION, id, "id", error);

    if (session == NULL || !ht_decider_check_number (session, if_number, error))
        return NULL;
    return session;
}

/* A rehearsal goes along with what it rehearses: where a change names both, it is there already. */
static gboolean
went_along (HtDecider *decider, const HtSession *session, HtSessionEvent event)
{
    const HtSession *before = ht_state_peek (decider->state, HT_RECORD_SESSION, session->id);

    if (before == NULL || before->state == session->state)
        return FALSE;
    if (session->state == HT_SESSION_CANCELLED)
        return event == HT_SESSION_CANCEL || event == HT_SESSION_MOVE ||
               event == HT_SESSION_DISPLACE;
    return session->state == HT_SESSION_SCHEDULED && event == HT_SESSION_APPROVE;
}

gboolean
ht_session_step (HtDecider *decider, HtSession *session, HtSessionEvent event, GError **error)
{
    int job_event = job_events[event];
    const HtJob *job = ht_decider_peek (decider, HT_RECORD_JOB, session->id);
    HtJobStep step;

    if (went_along (decider, session, event))
        return TRUE;
    if (!ht_decider_step_session (decider, session, event, NULL, error))
        return FALSE;
    if (job != NULL && job_event >= 0 && ht_job_machine_step (job->state, job_event, &step, NULL))
        ((HtJob *) ht_decider_edit (decider, HT_RECORD_JOB, session->id))->state = step.next;
    return ht_rehearsals_follow (decider, session, error);
}

/* What is recorded stays on the disk until its retention ends. */
static gboolean
stays (HtDecider *decider, const HtReservation *reservation, int64_t at_us)
{
    const HtResource *resource =
        ht_decider_peek (decider, HT_RECORD_RESOURCE, reservation->resource_id);

    return resource != NULL && resource->kind == HT_RESOURCE_DISK && reservation->start_us < at_us;
}

void
ht_session_release (HtDecider *decider, HtSession *session, int64_t at_us)
{
    for (unsigned i = N_ITEMS (session->reservations); i > 0; i--) {
        HtReservation *reservation = &g_array_index (session->reservations, HtReservation, i - 1);

        if (reservation->start_us >= at_us)
            g_array_remove_index (session->reservations, i - 1);
        else if (reservation->end_us > at_us && !stays (decider, reservation, at_us))
            reservation->end_us = at_us;
    }
}

static GArray *
list_sources (HtDecider *decider, int64_t session_id)
{
    const HtJob *job = ht_decider_peek (decider, HT_RECORD_JOB, session_id);
    GArray *sources = g_array_new (FALSE, FALSE, sizeof (int64_t));

    for (unsigned i = 0; job != NULL && i < N_ITEMS (job->tracks); i++)
        g_array_append_val (sources, g_array_index (job->tracks, HtTrack, i).source_id);
    return sources;
}

/* What lies ahead goes on from what was taken of the same resource. */
static void
join (GArray *taken, HtReservation ahead, unsigned n_behind, int64_t now_us)
{
    for (unsigned i = 0; i < n_behind; i++) {
        HtReservation *behind = &g_array_index (taken, HtReservation, i);

        if (behind->resource_id != ahead.resource_id || behind->amount != ahead.amount ||
            behind->end_us != now_us || ahead.start_us > now_us)
            continue;
        behind->end_us = ahead.end_us;
        return;
    }
    ahead.start_us = MAX (ahead.start_us, now_us);
    g_array_append_val (taken, ahead);
}

/* Of a session that goes on: what lies behind stays as it was, whatever lies ahead. */
static GArray *
go_on (const GArray *were, const GArray *will_be, int64_t now_us)
{
    GArray *taken = g_array_new (FALSE, TRUE, sizeof (HtReservation));
    unsigned n_behind;

    for (unsigned i = 0; i < N_ITEMS (were); i++) {
        HtReservation behind = g_array_index (were, HtReservation, i);

        behind.end_us = MIN (behind.end_us, now_us);
        if (behind.start_us < now_us)
            g_array_append_val (taken, behind);
    }
    n_behind = taken->len;
    for (unsigned i = 0; i < N_ITEMS (will_be); i++)
        if (g_array_index (will_be, HtReservation, i).end_us > now_us)
            join (taken, g_array_index (will_be, HtReservation, i), n_behind, now_us);
    return taken;
}

static GArray *
make_reservations (HtDecider *decider, const HtSession *session, const GArray *members, HtSpan span,
                   GError **error)
{
    g_autoptr (GArray) sources = list_sources (decider, session->id);
    const HtJob *job = ht_decider_peek (decider, HT_RECORD_JOB, session->id);
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
    int64_t keep_us = job == NULL ? 0 : job->keep_until_us - session->end_us;
    HtDemandWhat what = { members, sources, MAX (keep_us, 0),
                          series == NULL ? HT_ID_NONE : series->unit_id };
    g_autoptr (GArray) taken = ht_demand_make_reservations (decider, &what, span, error);

    if (taken == NULL || session->state != HT_SESSION_RUNNING ||
        session->start_us >= decider->now_us)
        return g_steal_pointer (&taken);
    return go_on (session->reservations, taken, decider->now_us);
}

GArray *
ht_session_make_reservations (HtDecider *decider, const HtSession *session, const GArray *members,
                              HtSpan span, GError **error)
{
    g_autoptr (GArray) taken = make_reservations (decider, session, members, span, error);
    const HtSession *of = ht_rehearsal_peek_of (decider, session->id);

    if (taken != NULL && of != NULL)
        ht_rehearsal_share (taken, of->reservations);
    return g_steal_pointer (&taken);
}

/* What is rehearsed is among @sessions: it will hold something else. */
static void
share (HtDecider *decider, const GPtrArray *sessions, const GPtrArray *reservations)
{
    for (unsigned i = 0; i < sessions->len; i++) {
        const HtSession *of =
            ht_rehearsal_peek_of (decider, ht_record_get_id (g_ptr_array_index (sessions, i)));
        unsigned place = 0;

        if (of == NULL)
            continue;
        while (place < sessions->len &&
               ht_record_get_id (g_ptr_array_index (sessions, place)) != of->id)
            place++;
        ht_rehearsal_share (g_ptr_array_index (reservations, i),
                            place < sessions->len ? g_ptr_array_index (reservations, place)
                                                  : of->reservations);
    }
}

HtOperation *
ht_session_operate (HtDecider *decider, int64_t session_id)
{
    return ht_decider_peek (decider, HT_RECORD_OPERATION, session_id) != NULL
               ? ht_decider_edit (decider, HT_RECORD_OPERATION, session_id)
               : ht_decider_make_with_id (decider, HT_RECORD_OPERATION, session_id);
}

void
ht_session_put (HtDecider *decider, int64_t session_id, HtSpan span, GArray *reservations)
{
    HtSession *session = ht_decider_edit (decider, HT_RECORD_SESSION, session_id);
    HtJob *job;

    if (ht_decider_peek (decider, HT_RECORD_JOB, session_id) != NULL) {
        job = ht_decider_edit (decider, HT_RECORD_JOB, session_id);
        job->keep_until_us += span.end_us - session->end_us;
    }
    if (session->start_us != span.start_us || session->end_us != span.end_us)
        session->clash_us = 0; /* it was asked for there */
    session->start_us = span.start_us;
    session->end_us = span.end_us;
    g_clear_pointer (&session->reservations, g_array_unref);
    session->reservations = g_array_ref (reservations);
}

/* A preview goes on, to show the whole difference. */
static gboolean
admit (HtDecider *decider, const GPtrArray *sessions, const GArray *spans,
       const GPtrArray *reservations, const GPtrArray *returned, GError **error)
{
    g_autoptr (GError) refusal = NULL;
    HtPreview *preview = decider->decision->preview;
    unsigned n_before = preview->occurrences->len;
    gboolean admitted = ht_demand_admit (decider, spans, reservations, returned, preview, &refusal);

    for (unsigned i = 0; n_before + i < preview->occurrences->len; i++)
        g_array_index (preview->occurrences, HtPreviewOccurrence, n_before + i).session_id =
            ht_record_get_id (g_ptr_array_index (sessions, i));
    if (admitted || (decider->previewing && g_strcmp0 (ht_problem_get_id (refusal), "clash") == 0))
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
}

gboolean
ht_session_swap (HtDecider *decider, const GPtrArray *sessions, const GArray *spans,
                 const GPtrArray *given_back, GError **error)
{
    g_autoptr (GPtrArray) returned = g_ptr_array_new ();
    g_autoptr (GPtrArray) reservations =
        g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

    g_clear_pointer (&decider->decision->preview, ht_preview_free);
    decider->decision->preview = ht_preview_new ();
    for (unsigned i = 0; i < sessions->len; i++) {
        const HtSession *session = g_ptr_array_index (sessions, i);
        GArray *taken = make_reservations (decider, session, session->members,
                                           g_array_index (spans, HtSpan, i), error);

        if (taken == NULL)
            return FALSE;
        g_ptr_array_add (reservations, taken);
    }
    share (decider, sessions, reservations);
    for (unsigned i = 0; i < sessions->len; i++)
        g_ptr_array_add (returned, g_ptr_array_index (sessions, i));
    for (unsigned i = 0; i < N_ITEMS (given_back); i++)
        g_ptr_array_add (returned, g_ptr_array_index (given_back, i));
    if (!admit (decider, sessions, spans, reservations, returned, error))
        return FALSE;
    for (unsigned i = 0; i < sessions->len; i++)
        ht_session_put (decider, ht_record_get_id (g_ptr_array_index (sessions, i)),
                        g_array_index (spans, HtSpan, i), g_ptr_array_index (reservations, i));
    return TRUE;
}

gboolean
ht_session_move (HtDecider *decider, const GPtrArray *sessions, const GArray *spans, GError **error)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new ();
    g_autoptr (GArray) all_spans = g_array_copy ((GArray *) spans);

    for (unsigned i = 0; i < sessions->len; i++)
        g_ptr_array_add (all, g_ptr_array_index (sessions, i));
    ht_rehearsals_join (decider, all, all_spans);
    return ht_session_swap (decider, all, all_spans, NULL, error) &&
           ht_rehearsals_go_along (decider, all, sessions->len, error);
}

void
ht_session_tell (HtDecider *decider, const HtSession *session, HtNoticeKind kind)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);

    if (series != NULL && series->organiser_id != decider->actor_id)
        ht_decider_tell (decider, kind, session->id, series->organiser_id);
    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);

        if (member->kind == HT_MEMBER_TRAINER && member->ref_id != decider->actor_id)
            ht_decider_tell (decider, kind, session->id, member->ref_id);
    }
}

gboolean
ht_session_check_reason (const char *reason, GError **error)
{
    if (reason != NULL && reason[0] != '\0')
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "required", "reason",
                    "a session is cancelled with a reason");
    return FALSE;
}

gboolean
ht_session_cancel (HtDecider *decider, int64_t id, const char *reason, GError **error)
{
    HtSession *session = ht_decider_edit (decider, HT_RECORD_SESSION, id);
    gboolean began = session->state >= HT_SESSION_RUNNING;

    g_free (session->reason);
    session->reason = g_strdup (reason);
    if (!ht_session_step (decider, session, HT_SESSION_CANCEL, error))
        return FALSE;
    ht_session_release (decider, session, began ? decider->now_us : 0);
    ht_session_tell (decider, session, HT_NOTICE_CANCELLED);
    return TRUE;
}
