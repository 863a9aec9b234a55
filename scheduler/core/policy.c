/* SPDX-License-Identifier: MIT */

#include "scheduler/core/policy.h"

#include <inttypes.h>

#include "scheduler/base/error.h"
#include "scheduler/core/resource.h"

#define S    "s", INT64_C (1000000)
#define MIN_ "min", INT64_C (60000000)
#define H    "h", INT64_C (3600000000)
#define D    "d", INT64_C (86400000000)
#define N    "", 1

/* clang-format off */
const HtPolicyRow ht_policy_rows[HT_POLICY_N_NUMBERS] = {
    /*                                  name                  unit  default least most */
    [HT_POLICY_EARLY_JOIN_US]       = { "early-join",         MIN_,    5, 0,    120, "the door opens so long before the start" },
    [HT_POLICY_WARN_FIRST_US]       = { "warn-first",         MIN_,   10, 0,    120, "first warning before the end" },
    [HT_POLICY_WARN_AGAIN_US]       = { "warn-again",         MIN_,    5, 0,    120, "second warning before the end" },
    [HT_POLICY_WARN_LAST_US]        = { "warn-last",          MIN_,    1, 0,    120, "last warning before the end" },
    [HT_POLICY_EXTEND_STEP_US]      = { "extend-step",        MIN_,   15, 1,    240, "an extension is so long unless it says otherwise" },
    [HT_POLICY_EXTEND_MOST]         = { "extend-most",        N,      16, 0,    100, "a session is extended so many times at most" },
    [HT_POLICY_RUN_ON]              = { "run-on",             N,       0, 0,      1, "1: a session is extended by itself near its end unless its booking says otherwise" },
    [HT_POLICY_RUN_ON_MOST]         = { "run-on-most",        N,       4, 0,    100, "a session is extended by itself so many times at most" },
    [HT_POLICY_REHEARSAL_US]        = { "rehearsal",          MIN_,   30, 5,    480, "a rehearsal is so long unless it says otherwise" },
    [HT_POLICY_CHECK_DAY_BEFORE_US] = { "check-day-before",   H,      24, 0,    168, "storage, links and devices are checked so long before the start" },
    [HT_POLICY_CHECK_SITES_US]      = { "check-sites",        MIN_,   60, 0,   1440, "technicians report their sites ready until so long before the start" },
    [HT_POLICY_CHECK_ALL_US]        = { "check-all",          MIN_,   15, 0,   1440, "everything is checked once more so long before the start" },
    [HT_POLICY_ARM_US]              = { "arm",                S,      20, 1,    600, "recorders are started so long before the start" },
    [HT_POLICY_NOW_US]              = { "now",                S,       4, 0,     60, "a recorded session that is to start now starts so long after: a camera's first whole picture takes that" },
    [HT_POLICY_KILL_AFTER_END_US]   = { "kill-after-end",     S,     120, 5,   3600, "a recorder that has not ended by itself is killed so long after the end" },
    [HT_POLICY_ROOM_SETUP_US]       = { "room-setup",         MIN_,   15, 0,    480, "a room is taken so long before a session" },
    [HT_POLICY_ROOM_TEARDOWN_US]    = { "room-teardown",      MIN_,    5, 0,    480, "a room is taken so long after a session" },
    [HT_POLICY_CODEC_SETUP_US]      = { "codec-setup",        MIN_,    0, 0,    480, "a codec is taken so long before a session" },
    [HT_POLICY_CODEC_TEARDOWN_US]   = { "codec-teardown",     MIN_,    0, 0,    480, "a codec is taken so long after a session" },
    [HT_POLICY_EQUIPMENT_SETUP_US]  = { "equipment-setup",    MIN_,    0, 0,    480, "equipment is taken so long before a session" },
    [HT_POLICY_EQUIPMENT_TEARDOWN_US] = { "equipment-teardown", MIN_,  0, 0,    480, "equipment is taken so long after a session" },
    [HT_POLICY_PERSON_SETUP_US]     = { "person-setup",       MIN_,    0, 0,    480, "a trainer is kept free so long before a session" },
    [HT_POLICY_PERSON_TEARDOWN_US]  = { "person-teardown",    MIN_,    0, 0,    480, "a trainer is kept free so long after a session" },
    [HT_POLICY_SESSION_LONGEST_US]  = { "session-longest",    H,     168, 1,    336, "no session is longer" },
    [HT_POLICY_OCCURRENCES_MOST]    = { "occurrences-most",   N,     366, 1,    366, "no series has more sessions" },
    [HT_POLICY_HORIZON_US]          = { "horizon",            D,     731, 1,   3660, "nothing is booked farther ahead" },
    [HT_POLICY_HOLD_US]             = { "hold",               H,      48, 1,   2400, "a hold that nobody approves ends after so long" },
    [HT_POLICY_TOMBSTONE_US]        = { "tombstone",          D,      60, 30,   366, "feeds show a cancelled session as cancelled for so long" },
    [HT_POLICY_KEEP_US]             = { "keep",               D,     365, 1,  36500, "recordings are kept for so long unless the booking says otherwise" },
    [HT_POLICY_DISK_MARGIN_PERCENT] = { "disk-margin",        N,      10, 0,    300, "percent of the expected size that are reserved on top of it" },
    [HT_POLICY_SOURCE_CONNECTIONS]  = { "source-connections", N,       2, 1,    100, "a source accepts so many connections unless it says otherwise" },
    [HT_POLICY_GRID_US]             = { "grid",               MIN_,   15, 1,   1440, "starts that are proposed are whole multiples of it" },
    [HT_POLICY_HEARTBEAT_US]        = { "heartbeat",          S,      60, 1,   3600, "a device tells of itself so often" },
    [HT_POLICY_LATE_US]             = { "late",               MIN_,    3, 1,   1440, "a device that was silent so long is late" },
    [HT_POLICY_OFFLINE_US]          = { "offline",            MIN_,   10, 1,   1440, "a device that was silent so long is offline" },
    [HT_POLICY_TRANSFER_JITTER_US]  = { "transfer-jitter",    S,     120, 0,   3600, "transfers begin at a random instant of so long" },
    [HT_POLICY_REMIND_SINGLE_US]    = { "remind-single",      D,       2, 0,    366, "a reminder goes out so long before a single session" },
    [HT_POLICY_REMIND_WEEKLY_US]    = { "remind-weekly",      D,       5, 0,    366, "a reminder goes out so long before a session of a weekly series" },
    [HT_POLICY_REMIND_MONTHLY_US]   = { "remind-monthly",     D,       7, 0,    366, "a reminder goes out so long before a session of a monthly series" },
};
/* clang-format on */

HtPolicy
ht_policy_get_default (void)
{
    HtPolicy policy;

    for (int i = 0; i < HT_POLICY_N_NUMBERS; i++)
        policy.values[i] = ht_policy_rows[i].standard * ht_policy_rows[i].unit_us;
    return policy;
}

int64_t
ht_policy_get (const HtPolicy *policy, HtPolicyNumber number)
{
    g_return_val_if_fail ((unsigned) number < HT_POLICY_N_NUMBERS, 0);
    return policy->values[number];
}

/* By kind of resource; 0, which is no set-up's number, where there is none. */
static const struct {
    HtPolicyNumber setup, teardown;
} margins[HT_RESOURCE_N_KINDS] = {
    [HT_RESOURCE_ROOM] = { HT_POLICY_ROOM_SETUP_US, HT_POLICY_ROOM_TEARDOWN_US },
    [HT_RESOURCE_PERSON] = { HT_POLICY_PERSON_SETUP_US, HT_POLICY_PERSON_TEARDOWN_US },
    [HT_RESOURCE_EQUIPMENT] = { HT_POLICY_EQUIPMENT_SETUP_US, HT_POLICY_EQUIPMENT_TEARDOWN_US },
    [HT_RESOURCE_CODEC] = { HT_POLICY_CODEC_SETUP_US, HT_POLICY_CODEC_TEARDOWN_US },
};

int64_t
ht_policy_get_setup_us (const HtPolicy *policy, int kind)
{
    g_return_val_if_fail ((unsigned) kind < HT_RESOURCE_N_KINDS, 0);
    return margins[kind].setup == 0 ? 0 : ht_policy_get (policy, margins[kind].setup);
}

int64_t
ht_policy_get_teardown_us (const HtPolicy *policy, int kind)
{
    g_return_val_if_fail ((unsigned) kind < HT_RESOURCE_N_KINDS, 0);
    return margins[kind].teardown == 0 ? 0 : ht_policy_get (policy, margins[kind].teardown);
}

gboolean
ht_policy_set (HtPolicy *policy, const char *name, int64_t value, GError **error)
{
    for (int i = 0; i < HT_POLICY_N_NUMBERS; i++) {
        const HtPolicyRow *row = &ht_policy_rows[i];

        if (g_strcmp0 (name, row->name) != 0)
            continue;
        if (value >= row->least && value <= row->most) {
            policy->values[i] = value * row->unit_us;
            return TRUE;
        }
        ht_problem_set (error, HT_ERROR_INVALID, "policy-out-of-range", name,
                        "%s must lie between %" PRId64 " and %" PRId64 " %s, not %" PRId64, name,
                        row->least, row->most, row->unit, value);
        return FALSE;
    }
    ht_problem_set (error, HT_ERROR_INVALID, "no-such-policy", NULL, "there is no number named %s",
                    name != NULL ? name : "(nothing)");
    return FALSE;
}
