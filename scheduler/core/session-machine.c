/* SPDX-License-Identifier: MIT */

#include "scheduler/core/session-machine.h"

#include "scheduler/base/error.h"

const char *const ht_session_state_names[] = {
    [HT_SESSION_DRAFT] = "draft",         [HT_SESSION_HELD] = "held",
    [HT_SESSION_SCHEDULED] = "scheduled", [HT_SESSION_OPEN] = "open",
    [HT_SESSION_RUNNING] = "running",     [HT_SESSION_CLOSING] = "closing",
    [HT_SESSION_ENDED] = "ended",         [HT_SESSION_CANCELLED] = "cancelled",
    [HT_SESSION_N_STATES] = NULL,
};

const char *const ht_session_event_names[] = {
    [HT_SESSION_HOLD] = "hold",           [HT_SESSION_APPROVE] = "approve",
    [HT_SESSION_EXPIRE] = "expire",       [HT_SESSION_REFUSE] = "refuse",
    [HT_SESSION_DISPLACE] = "displace",   [HT_SESSION_MOVE] = "move",
    [HT_SESSION_OPEN_DUE] = "open-due",   [HT_SESSION_START_DUE] = "start-due",
    [HT_SESSION_START_NOW] = "start-now", [HT_SESSION_EXTEND] = "extend",
    [HT_SESSION_STOP_NOW] = "stop-now",   [HT_SESSION_END_DUE] = "end-due",
    [HT_SESSION_CLOSED] = "closed",       [HT_SESSION_MISS] = "miss",
    [HT_SESSION_CANCEL] = "cancel",       [HT_SESSION_WITHDRAW] = "withdraw",
    [HT_SESSION_N_EVENTS] = NULL,
};

#define RESERVE     HT_SESSION_RESERVE
#define RELEASE     HT_SESSION_RELEASE
#define PUBLISH     HT_SESSION_PUBLISH
#define NOTIFY      HT_SESSION_NOTIFY
#define START_MEDIA HT_SESSION_START_MEDIA
#define STOP_MEDIA  HT_SESSION_STOP_MEDIA

#define ON(from, event) [HT_SESSION_##from][HT_SESSION_##event]
#define TO(next, effects)                                                                          \
    {                                                                                              \
        TRUE, HT_SESSION_##next, effects                                                           \
    }

/* The whole machine. The clock's events lead on from every state that a late start may find, so
 * that a service that was down for an hour needs no rule of its own. */
/* clang-format off */
static const HtSessionStep steps[HT_SESSION_N_STATES][HT_SESSION_N_EVENTS] = {
    ON (DRAFT,     HOLD)      = TO (HELD,      RESERVE),
    ON (DRAFT,     APPROVE)   = TO (SCHEDULED, RESERVE | PUBLISH | NOTIFY),
    ON (DRAFT,     EXPIRE)    = TO (DRAFT,     NOTIFY), /* a request that waited for a place */
    ON (DRAFT,     REFUSE)    = TO (DRAFT,     NOTIFY),
    ON (DRAFT,     MOVE)      = TO (DRAFT,     0),
    ON (DRAFT,     CANCEL)    = TO (CANCELLED, 0),

    ON (HELD,      APPROVE)   = TO (SCHEDULED, RESERVE | PUBLISH | NOTIFY),
    ON (HELD,      EXPIRE)    = TO (DRAFT,     RELEASE | NOTIFY),
    ON (HELD,      REFUSE)    = TO (DRAFT,     RELEASE | NOTIFY),
    ON (HELD,      DISPLACE)  = TO (DRAFT,     RELEASE | NOTIFY),
    ON (HELD,      MOVE)      = TO (HELD,      RESERVE),
    ON (HELD,      CANCEL)    = TO (CANCELLED, RELEASE),

    ON (SCHEDULED, MOVE)      = TO (SCHEDULED, RESERVE | PUBLISH | NOTIFY),
    ON (SCHEDULED, DISPLACE)  = TO (DRAFT,     RELEASE | PUBLISH | NOTIFY),
    ON (SCHEDULED, OPEN_DUE)  = TO (OPEN,      START_MEDIA),
    ON (SCHEDULED, START_DUE) = TO (RUNNING,   START_MEDIA),
    ON (SCHEDULED, START_NOW) = TO (RUNNING,   RESERVE | PUBLISH | NOTIFY | START_MEDIA),
    ON (SCHEDULED, MISS)      = TO (ENDED,     RELEASE | PUBLISH | NOTIFY),
    ON (SCHEDULED, CANCEL)    = TO (CANCELLED, RELEASE | PUBLISH | NOTIFY),

    ON (OPEN,      MOVE)      = TO (SCHEDULED, RESERVE | PUBLISH | NOTIFY | STOP_MEDIA),
    ON (OPEN,      START_DUE) = TO (RUNNING,   START_MEDIA),
    ON (OPEN,      START_NOW) = TO (RUNNING,   RESERVE | PUBLISH | NOTIFY | START_MEDIA),
    ON (OPEN,      MISS)      = TO (ENDED,     RELEASE | PUBLISH | NOTIFY | STOP_MEDIA),
    ON (OPEN,      CANCEL)    = TO (CANCELLED, RELEASE | PUBLISH | NOTIFY | STOP_MEDIA),

    ON (RUNNING,   EXTEND)    = TO (RUNNING,   RESERVE | PUBLISH),
    ON (RUNNING,   STOP_NOW)  = TO (CLOSING,   RELEASE | PUBLISH | STOP_MEDIA),
    ON (RUNNING,   END_DUE)   = TO (CLOSING,   STOP_MEDIA),
    ON (RUNNING,   CANCEL)    = TO (CANCELLED, RELEASE | PUBLISH | NOTIFY | STOP_MEDIA),

    ON (CLOSING,   CLOSED)    = TO (ENDED,     0),
    ON (CLOSING,   CANCEL)    = TO (CANCELLED, RELEASE | PUBLISH | NOTIFY),

    ON (CANCELLED, WITHDRAW)  = TO (CANCELLED, 0),
};
/* clang-format on */

gboolean
ht_session_machine_step (HtSessionState from, HtSessionEvent event, HtSessionStep *ret_step,
                         GError **error)
{
    if ((unsigned) from >= HT_SESSION_N_STATES || (unsigned) event >= HT_SESSION_N_EVENTS) {
        ht_problem_set (error, HT_ERROR_INVALID, "session-state", NULL,
                        "state %d with event %d is none of a session's", (int) from, (int) event);
        return FALSE;
    }
    if (!steps[from][event].accepted) {
        ht_problem_set (error, HT_ERROR_CONFLICT, "session-state", NULL,
                        "a session that is %s does not take '%s'", ht_session_state_names[from],
                        ht_session_event_names[event]);
        if (error != NULL) {
            ht_problem_add (*error, "state", ht_session_state_names[from]);
            ht_problem_add (*error, "event", ht_session_event_names[event]);
        }
        return FALSE;
    }
    *ret_step = steps[from][event];
    return TRUE;
}

gboolean
ht_session_machine_is_final (HtSessionState state)
{
    return state == HT_SESSION_ENDED || state == HT_SESSION_CANCELLED;
}

gboolean
ht_session_machine_occupies (HtSessionState state)
{
    return state != HT_SESSION_DRAFT && state != HT_SESSION_CANCELLED;
}

gboolean
ht_session_machine_is_published (HtSessionState state)
{
    return state != HT_SESSION_DRAFT && state != HT_SESSION_HELD;
}
