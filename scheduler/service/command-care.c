/* SPDX-License-Identifier: MIT */

/* What the clock does for those who run sessions: it tells them what is open before the start, and
 * extends near the end what was asked to run on. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/agenda.h"
#include "scheduler/core/policy.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/late.h"
#include "scheduler/service/permit.h"
#include "scheduler/service/session-steps.h"

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

static gboolean
refuse_state (const HtSession *session, GError **error)
{
    ht_problem_set (error, HT_ERROR_CONFLICT, "session-state", NULL,
                    "nothing of that is due for a session that is %s",
                    ht_session_state_names[session->state]);
    return FALSE;
}

/* Operators of the unit whose session it is. */
static void
tell_operators (HtDecider *decider, const HtSession *session, HtNoticeKind kind)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
    int64_t n_people = ht_state_get_next_id (decider->state, HT_RECORD_PERSON);
    int64_t day = ht_decider_get_day (decider);

    for (int64_t id = 1; series != NULL && id < n_people; id++) {
        const HtPerson *person = ht_state_peek (decider->state, HT_RECORD_PERSON, id);

        if (person != NULL && !person->closed &&
            ht_permit_operates (decider->state, person, series->unit_id, day))
            ht_decider_tell (decider, kind, session->id, id);
    }
}

/* Of the sites whose questions are open: who is to answer them. Returns: how many such sites. */
static unsigned
tell_contacts (HtDecider *decider, const HtSession *session)
{
    const HtOperation *operation = ht_decider_peek (decider, HT_RECORD_OPERATION, session->id);
    unsigned n_open = 0;

    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);
        const HtSite *site = member->kind > HT_MEMBER_SITE
                                 ? NULL
                                 : ht_decider_peek (decider, HT_RECORD_SITE, member->ref_id);

        if (site == NULL || ht_site_check_list_questions (
                                ht_operation_find_site (operation, site->id), member->amount) == 0)
            continue;
        n_open++;
        if (site->contact_id != HT_ID_NONE)
            ht_decider_tell (decider, HT_NOTICE_QUESTIONS, session->id, site->contact_id);
    }
    return n_open;
}

static gboolean
ask (HtDecider *decider, const HtSession *session, GError **error)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);

    if (session->state != HT_SESSION_SCHEDULED && session->state != HT_SESSION_OPEN)
        return refuse_state (session, error);
    if (tell_contacts (decider, session) > 0) {
        if (series != NULL && series->organiser_id != HT_ID_NONE)
            ht_decider_tell (decider, HT_NOTICE_QUESTIONS, session->id, series->organiser_id);
        tell_operators (decider, session, HT_NOTICE_QUESTIONS);
    }
    ht_session_operate (decider, session->id)->asked_us = decider->now_us;
    return TRUE;
}

static void
give_up (HtDecider *decider, const HtSession *session)
{
    ht_session_operate (decider, session->id)->runs_on = FALSE;
    ht_session_tell (decider, session, HT_NOTICE_ENDS);
    tell_operators (decider, session, HT_NOTICE_ENDS);
}

/* By a step, or as far as is free; then it ends as it stands. */
static gboolean
run_on (HtDecider *decider, const HtSession *session, GError **error)
{
    HtPolicy policy = ht_policy_get_default ();
    const HtOperation *operation = ht_decider_peek (decider, HT_RECORD_OPERATION, session->id);
    int64_t step_us = ht_policy_get (&policy, HT_POLICY_EXTEND_STEP_US), free_us;

    if (session->state != HT_SESSION_RUNNING || operation == NULL || !operation->runs_on)
        return refuse_state (session, error);
    free_us = operation->n_extended_auto >= ht_policy_get (&policy, HT_POLICY_RUN_ON_MOST) ||
                      ht_late_is_exhausted (decider, session)
                  ? 0
                  : ht_late_find_longest_us (decider, session, step_us);
    if (free_us == 0) {
        give_up (decider, session);
        return TRUE;
    }
    if (!ht_late_extend (decider, session, free_us, error))
        return FALSE;
    ht_session_operate (decider, session->id)->n_extended_auto++;
    ht_session_tell (decider, session, HT_NOTICE_EXTENDED);
    return TRUE;
}

gboolean
ht_decide_care (HtDecider *decider, gconstpointer arguments, GError **error)
{
    static gboolean (*const cares[HT_CARE_N_EVENTS]) (HtDecider * decider, const HtSession *session,
                                                      GError **error) = {
        [HT_CARE_ASK] = ask,
        [HT_CARE_RUN_ON] = run_on,
    };
    const HtCare *care = arguments;
    const HtSession *session = ht_decider_find (decider, HT_RECORD_SESSION, care->id, "id", error);

    if (session == NULL)
        return FALSE;
    if (care->event < 0 || care->event >= HT_CARE_N_EVENTS)
        return refuse_state (session, error);
    decider->decision->result_id = session->id;
    return cares[care->event](decider, session, error);
}
