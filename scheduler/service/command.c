/* SPDX-License-Identifier: MIT */

#include "scheduler/service/command.h"

#include "scheduler/base/error.h"
#include "scheduler/service/allowance.h"
#include "scheduler/service/argument-fields.h"
#include "scheduler/service/clashing.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/permit.h"

typedef struct {
    const char *name;
    const HtFields *fields;
    HtDecide decide;
} Command;

/* clang-format off */
static const Command commands[HT_N_COMMANDS] = {
    [HT_COMMAND_SET_UP]           = { "set-up",           &ht_put_person_fields,   ht_decide_set_up },
    [HT_COMMAND_IMPORT]           = { "import",           &ht_import_fields,       ht_decide_import },
    [HT_COMMAND_PUT_PERSON]       = { "put-person",       &ht_put_person_fields,   ht_decide_put_person },
    [HT_COMMAND_SET_PASSWORD]     = { "set-password",     &ht_set_password_fields, ht_decide_set_password },
    [HT_COMMAND_GRANT]            = { "grant",            &ht_grants_fields,       ht_decide_grant },
    [HT_COMMAND_CLOSE_PERSON]     = { "close-person",     &ht_target_fields,       ht_decide_close_person },
    [HT_COMMAND_BOOK]             = { "book",             &ht_booking_fields,      ht_decide_book },
    [HT_COMMAND_PUT_QUOTA]        = { "put-quota",        &ht_put_quota_fields,    ht_decide_put_quota },
    [HT_COMMAND_PUT_CLOSURE]      = { "put-closure",      &ht_put_closure_fields,  ht_decide_put_closure },
    [HT_COMMAND_PUT_RESOURCE]     = { "put-resource",     &ht_put_resource_fields, ht_decide_put_resource },
    [HT_COMMAND_HOLD]             = { "hold",             &ht_verdict_fields,      ht_decide_hold },
    [HT_COMMAND_APPROVE]          = { "approve",          &ht_verdict_fields,      ht_decide_approve },
    [HT_COMMAND_REFUSE]           = { "refuse",           &ht_verdict_fields,      ht_decide_refuse },
    [HT_COMMAND_DOCUMENT]         = { "document",         &ht_verdict_fields,      ht_decide_document },
    [HT_COMMAND_START]            = { "start",            &ht_target_fields,       ht_decide_start },
    [HT_COMMAND_MOVE]             = { "move",             &ht_move_fields,         ht_decide_move },
    [HT_COMMAND_CANCEL]           = { "cancel",           &ht_move_fields,         ht_decide_cancel },
    [HT_COMMAND_EDIT]             = { "edit",             &ht_edit_fields,         ht_decide_edit },
    [HT_COMMAND_CHANGE_MANY]      = { "change-many",      &ht_change_many_fields,  ht_decide_change_many },
    [HT_COMMAND_EXTEND]           = { "extend",           &ht_move_fields,         ht_decide_extend },
    [HT_COMMAND_STOP]             = { "stop",             &ht_target_fields,       ht_decide_stop },
    [HT_COMMAND_REHEARSE]         = { "rehearse",         &ht_rehearse_fields,     ht_decide_rehearse },
    [HT_COMMAND_RUN_ON]           = { "run-on",           &ht_run_on_fields,       ht_decide_run_on },
    [HT_COMMAND_CHECK_SITE]       = { "check-site",       &ht_check_site_fields,   ht_decide_check_site },
    [HT_COMMAND_SUBSTITUTE]       = { "substitute",       &ht_substitute_fields,   ht_decide_substitute },
    [HT_COMMAND_SUBSCRIBE]        = { "subscribe",        &ht_subscribe_fields,    ht_decide_subscribe },
    [HT_COMMAND_RENEW]            = { "renew",            &ht_target_fields,       ht_decide_renew },
    [HT_COMMAND_END_SUBSCRIPTION] = { "end-subscription", &ht_target_fields,       ht_decide_end_subscription },
    [HT_COMMAND_MAKE_TOKEN]       = { "make-token",       &ht_make_token_fields,   ht_decide_make_token },
    [HT_COMMAND_END_TOKEN]        = { "end-token",        &ht_target_fields,       ht_decide_end_token },
    [HT_COMMAND_UNDO]             = { "undo",             &ht_target_fields,       ht_decide_undo },
    [HT_COMMAND_CLOCK]            = { "clock",            &ht_clock_event_fields,  ht_decide_clock },
    [HT_COMMAND_CARE]             = { "care",             &ht_care_fields,         ht_decide_care },
    [HT_COMMAND_JOB]              = { "job",              &ht_job_report_fields,   ht_decide_job },
};
/* clang-format on */

const char *
ht_command_get_name (HtCommand command)
{
    return commands[command].name;
}

const HtFields *
ht_command_get_fields (HtCommand command)
{
    return commands[command].fields;
}

/* Notice is what a new time asks of who chooses it: not of the clock, of what goes back to where it
 * was, or of a session that begins before its time. */
static gboolean
asks_notice (HtCommand command)
{
    return command != HT_COMMAND_UNDO && command != HT_COMMAND_START &&
           command != HT_COMMAND_CLOCK && command != HT_COMMAND_JOB;
}

gboolean
ht_command_decide (HtDecider *decider, HtCommand command, gconstpointer arguments, GError **error)
{
    if (!ht_permit (decider, command, arguments, error) ||
        !commands[command].decide (decider, arguments, error))
        return FALSE;
    ht_clashing_mark (decider);
    if (!ht_allowance_check (decider, asks_notice (command), error))
        return FALSE;
    ht_decision_tidy (decider->decision);
    return TRUE;
}
