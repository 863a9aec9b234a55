/* SPDX-License-Identifier: MIT */

/* A later end, asked for or by itself. */

#include "scheduler/base/error.h"
#include "scheduler/core/policy.h"
#include "scheduler/service/allowance.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/late.h"
#include "scheduler/service/session-steps.h"

#define MINUTE_US (INT64_C (60) * G_USEC_PER_SEC)

/* Who is in the way is named; how much of it can be had is offered. */
static void
offer_shorter (HtDecider *decider, const HtSession *session, int64_t by_us)
{
    HtPreview *preview = decider->decision->preview;
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
    HtAlternative shorter = { .kind = HT_ALTERNATIVE_END, .start_us = session->end_us };

    if (preview == NULL || preview->n_clashes == 0)
        return;
    if (preview->zone == NULL && series != NULL)
        preview->zone = g_strdup (series->zone);
    shorter.end_us =
        session->end_us + ht_late_find_longest_us (decider, session, by_us - MINUTE_US);
    if (shorter.end_us > session->end_us)
        g_array_append_val (preview->alternatives, shorter);
}

gboolean
ht_decide_extend (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtMove *move = arguments;
    const HtSession *session = ht_decider_find (decider, HT_RECORD_SESSION, move->id, "id", error);
    HtPolicy policy = ht_policy_get_default ();
    int64_t by_us = move->minutes == 0 ? ht_policy_get (&policy, HT_POLICY_EXTEND_STEP_US)
                                       : move->minutes * MINUTE_US;

    if (session == NULL || !ht_decider_check_number (session, move->if_number, error) ||
        !ht_booking_check_minutes (by_us / MINUTE_US, error))
        return FALSE;
    ht_allowance_use_override_for (decider, move->override, session);
    if (ht_late_extend (decider, session, by_us, error))
        return TRUE;
    offer_shorter (decider, session, by_us);
    return FALSE;
}

gboolean
ht_decide_run_on (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtRunOn *asked = arguments;
    const HtSession *session = ht_decider_find (decider, HT_RECORD_SESSION, asked->id, "id", error);

    if (session == NULL)
        return FALSE;
    if (session->state > HT_SESSION_RUNNING) {
        ht_problem_set (error, HT_ERROR_CONFLICT, "session-state", NULL,
                        "a session that is %s does not run on",
                        ht_session_state_names[session->state]);
        return FALSE;
    }
    decider->decision->result_id = session->id;
    if (asked->on || ht_decider_peek (decider, HT_RECORD_OPERATION, session->id) != NULL)
        ht_session_operate (decider, session->id)->runs_on = asked->on;
    return TRUE;
}
