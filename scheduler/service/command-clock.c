/* SPDX-License-Identifier: MIT */

/* What the passage of time and recorders change. */

#include "scheduler/base/error.h"
#include "scheduler/service/approval.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/session-steps.h"

/* What the clock may do; the rest is a person's. */
static const gboolean clock_may[HT_SESSION_N_EVENTS] = {
    [HT_SESSION_OPEN_DUE] = TRUE, [HT_SESSION_START_DUE] = TRUE, [HT_SESSION_END_DUE] = TRUE,
    [HT_SESSION_CLOSED] = TRUE,   [HT_SESSION_EXPIRE] = TRUE,    [HT_SESSION_MISS] = TRUE,
    [HT_SESSION_WITHDRAW] = TRUE,
};

gboolean
ht_decide_clock (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtClockEvent *event = arguments;
    HtSession *session;

    if (event->event < 0 || event->event >= HT_SESSION_N_EVENTS || !clock_may[event->event]) {
        ht_problem_set (error, HT_ERROR_INVALID, "session-state", "event",
                        "that is nothing the clock does");
        return FALSE;
    }
    if (ht_decider_find (decider, HT_RECORD_SESSION, event->id, "id", error) == NULL)
        return FALSE;
    session = ht_decider_edit (decider, HT_RECORD_SESSION, event->id);
    decider->decision->result_id = event->id;
    if (!ht_session_step (decider, session, event->event, error))
        return FALSE;
    if (event->event == HT_SESSION_EXPIRE || event->event == HT_SESSION_MISS)
        ht_session_release (decider, session, 0);
    if (event->event == HT_SESSION_EXPIRE) {
        session->hold_until_us = 0;
        ht_approval_tell_asker (decider, session, HT_NOTICE_EXPIRED);
    }
    if (event->event == HT_SESSION_WITHDRAW)
        session->withdrawn_us = decider->now_us;
    return TRUE;
}

static void
tell_incomplete (HtDecider *decider, int64_t session_id)
{
    const HtSession *session = ht_decider_peek (decider, HT_RECORD_SESSION, session_id);
    const HtSeries *series =
        session == NULL ? NULL : ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);

    if (series != NULL)
        ht_decider_tell (decider, HT_NOTICE_INCOMPLETE, session_id, series->organiser_id);
}

gboolean
ht_decide_job (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtJobReport *report = arguments;
    const HtJob *known = ht_decider_find (decider, HT_RECORD_JOB, report->id, "id", error);
    HtJobStep step;
    HtJob *job;

    if (known == NULL || !ht_job_machine_step (known->state, report->event, &step, error))
        return FALSE;
    job = ht_decider_edit (decider, HT_RECORD_JOB, report->id);
    job->state = step.next;
    if (report->event >= HT_JOB_DRAINED && report->event <= HT_JOB_FALL_SHORT) {
        job->bytes = report->bytes;
        job->duration_us = report->duration_us;
        job->missing_us = report->missing_us;
    }
    g_free (job->note);
    job->note = g_strdup (report->note);
    if (step.next == HT_JOB_INCOMPLETE)
        tell_incomplete (decider, report->id);
    decider->decision->result_id = report->id;
    return TRUE;
}
