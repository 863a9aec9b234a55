/* SPDX-License-Identifier: MIT */

#include "scheduler/service/board.h"

#include "scheduler/core/policy.h"
#include "scheduler/service/permit.h"
#include "scheduler/service/service-private.h"

#define DAY_US (INT64_C (86400) * G_USEC_PER_SEC)

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

const char *const ht_board_stage_names[] = {
    [HT_BOARD_LATER] = "later", [HT_BOARD_DAY] = "day",         [HT_BOARD_HOUR] = "hour",
    [HT_BOARD_NOW] = "now",     [HT_BOARD_RUNNING] = "running", [HT_BOARD_N_STAGES] = NULL,
};

HtBoardStage
ht_board_get_stage (HtService *service, const HtSession *session)
{
    static const struct {
        HtPolicyNumber lead;
        HtBoardStage stage;
    } leads[] = {
        { HT_POLICY_CHECK_ALL_US, HT_BOARD_NOW },
        { HT_POLICY_CHECK_SITES_US, HT_BOARD_HOUR },
        { HT_POLICY_CHECK_DAY_BEFORE_US, HT_BOARD_DAY },
    };
    HtPolicy policy = ht_policy_get_default ();
    int64_t left_us = session->start_us - ht_clock_read_us (service->clock);

    if (session->state >= HT_SESSION_RUNNING)
        return HT_BOARD_RUNNING;
    for (unsigned i = 0; i < G_N_ELEMENTS (leads); i++)
        if (left_us <= ht_policy_get (&policy, leads[i].lead))
            return leads[i].stage;
    return HT_BOARD_LATER;
}

gboolean
ht_board_may_check (HtService *service, int64_t actor_id, const HtSession *session, int64_t site_id)
{
    return ht_permit_checks (service->state, ht_reads_peek (service, HT_RECORD_PERSON, actor_id),
                             session, site_id, ht_clock_read_us (service->clock) / DAY_US);
}

static gboolean
is_site (const HtMember *member)
{
    return member->kind == HT_MEMBER_MAIN_SITE || member->kind == HT_MEMBER_SITE;
}

gboolean
ht_board_may_read (HtService *service, int64_t actor_id, const HtSession *session)
{
    const HtSeries *series = ht_reads_peek (service, HT_RECORD_SERIES, session->series_id);
    gboolean organises = series != NULL && series->organiser_id == actor_id;

    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);

        if (is_site (member) &&
            (organises || ht_board_may_check (service, actor_id, session, member->ref_id)))
            return TRUE;
    }
    return FALSE;
}

unsigned
ht_board_list_questions (HtService *service, const HtSession *session, const HtMember *member)
{
    const HtOperation *operation = ht_reads_peek (service, HT_RECORD_OPERATION, session->id);

    return ht_site_check_list_questions (ht_operation_find_site (operation, member->ref_id),
                                         member->amount);
}

static gboolean
is_open (HtService *service, const HtSession *session)
{
    const HtOperation *operation = ht_reads_peek (service, HT_RECORD_OPERATION, session->id);

    if (session->state < HT_SESSION_SCHEDULED || session->state > HT_SESSION_RUNNING ||
        (operation != NULL && operation->rehearses_id != 0))
        return FALSE;
    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);

        if (is_site (member) && ht_board_list_questions (service, session, member) != 0)
            return TRUE;
    }
    return FALSE;
}

GPtrArray *
ht_board_list_open (HtService *service, int64_t actor_id, int64_t from_us, int64_t to_us)
{
    GPtrArray *sessions = ht_reads_sessions (service, actor_id, HT_AGENDA_ALL, 0, from_us, to_us);

    for (unsigned i = sessions->len; i > 0; i--) {
        const HtSession *session = g_ptr_array_index (sessions, i - 1);

        if (!is_open (service, session) || !ht_board_may_read (service, actor_id, session))
            g_ptr_array_remove_index (sessions, i - 1);
    }
    return sessions;
}
