/* SPDX-License-Identifier: MIT */

#include "scheduler/core/job-machine.h"

#include "scheduler/base/error.h"

const char *const ht_job_state_names[] = {
    [HT_JOB_PLANNED] = "planned",     [HT_JOB_ARMING] = "arming",
    [HT_JOB_RECORDING] = "recording", [HT_JOB_RECOVERING] = "recovering",
    [HT_JOB_DRAINING] = "draining",   [HT_JOB_FINALISING] = "finalising",
    [HT_JOB_DONE] = "done",           [HT_JOB_INCOMPLETE] = "incomplete",
    [HT_JOB_N_STATES] = NULL,
};

const char *const ht_job_event_names[] = {
    [HT_JOB_ARM] = "arm",
    [HT_JOB_DISARM] = "disarm",
    [HT_JOB_START] = "start",
    [HT_JOB_LOSE] = "lose",
    [HT_JOB_REGAIN] = "regain",
    [HT_JOB_END] = "end",
    [HT_JOB_DRAINED] = "drained",
    [HT_JOB_FINALISED] = "finalised",
    [HT_JOB_FALL_SHORT] = "fall-short",
    [HT_JOB_CANCEL] = "cancel",
    [HT_JOB_N_EVENTS] = NULL,
};

#define START_RECORDERS HT_JOB_START_RECORDERS
#define STOP_RECORDERS  HT_JOB_STOP_RECORDERS
#define FINALISE        HT_JOB_FINALISE
#define TELL            HT_JOB_TELL

#define ON(from, event) [HT_JOB_##from][HT_JOB_##event]
#define TO(next, effects)                                                                          \
    {                                                                                              \
        TRUE, HT_JOB_##next, effects                                                               \
    }

/* The whole machine. A job that is cancelled before anything was kept is done: nothing that was
 * asked for is missing. One whose session ended before it could arm is incomplete. */
/* clang-format off */
static const HtJobStep steps[HT_JOB_N_STATES][HT_JOB_N_EVENTS] = {
    ON (PLANNED,    ARM)        = TO (ARMING,     START_RECORDERS),
    ON (PLANNED,    START)      = TO (RECORDING,  START_RECORDERS),
    ON (PLANNED,    END)        = TO (INCOMPLETE, TELL),
    ON (PLANNED,    CANCEL)     = TO (DONE,       0),

    ON (ARMING,     ARM)        = TO (ARMING,     START_RECORDERS),
    ON (ARMING,     DISARM)     = TO (PLANNED,    STOP_RECORDERS),
    ON (ARMING,     START)      = TO (RECORDING,  0),
    ON (ARMING,     LOSE)       = TO (ARMING,     TELL),
    ON (ARMING,     REGAIN)     = TO (ARMING,     0),
    ON (ARMING,     END)        = TO (DRAINING,   STOP_RECORDERS),
    ON (ARMING,     CANCEL)     = TO (DONE,       STOP_RECORDERS),

    ON (RECORDING,  LOSE)       = TO (RECOVERING, START_RECORDERS),
    ON (RECORDING,  REGAIN)     = TO (RECORDING,  0),
    ON (RECORDING,  END)        = TO (DRAINING,   STOP_RECORDERS),
    ON (RECORDING,  CANCEL)     = TO (DRAINING,   STOP_RECORDERS),

    ON (RECOVERING, LOSE)       = TO (RECOVERING, START_RECORDERS),
    ON (RECOVERING, REGAIN)     = TO (RECORDING,  0),
    ON (RECOVERING, END)        = TO (DRAINING,   STOP_RECORDERS),
    ON (RECOVERING, CANCEL)     = TO (DRAINING,   STOP_RECORDERS),

    ON (DRAINING,   DRAINED)    = TO (FINALISING, FINALISE),
    ON (DRAINING,   FALL_SHORT) = TO (INCOMPLETE, TELL),

    ON (FINALISING, DRAINED)    = TO (FINALISING, FINALISE),
    ON (FINALISING, FINALISED)  = TO (DONE,       0),
    ON (FINALISING, FALL_SHORT) = TO (INCOMPLETE, TELL),
};
/* clang-format on */

gboolean
ht_job_machine_step (HtJobState from, HtJobEvent event, HtJobStep *ret_step, GError **error)
{
    if ((unsigned) from >= HT_JOB_N_STATES || (unsigned) event >= HT_JOB_N_EVENTS) {
        ht_problem_set (error, HT_ERROR_INVALID, "job-state", NULL,
                        "state %d with event %d is none of a job's", (int) from, (int) event);
        return FALSE;
    }
    if (!steps[from][event].accepted) {
        ht_problem_set (error, HT_ERROR_CONFLICT, "job-state", NULL,
                        "a recording that is %s does not take '%s'", ht_job_state_names[from],
                        ht_job_event_names[event]);
        if (error != NULL) {
            ht_problem_add (*error, "state", ht_job_state_names[from]);
            ht_problem_add (*error, "event", ht_job_event_names[event]);
        }
        return FALSE;
    }
    *ret_step = steps[from][event];
    return TRUE;
}

gboolean
ht_job_machine_is_final (HtJobState state)
{
    return state == HT_JOB_DONE || state == HT_JOB_INCOMPLETE;
}

gboolean
ht_job_machine_is_live (HtJobState state)
{
    return state == HT_JOB_ARMING || state == HT_JOB_RECORDING || state == HT_JOB_RECOVERING;
}
