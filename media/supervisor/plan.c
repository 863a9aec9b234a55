/* SPDX-License-Identifier: MIT */

#include "media/supervisor/plan.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define AT_ONCE_US  (G_USEC_PER_SEC / 4)
#define LATER_US    (5 * G_USEC_PER_SEC)

static gboolean
may_start (const HtTrackSight *sight, int64_t now_us)
{
    int64_t wait_us = sight->first_death_us == 0                     ? 0
                      : now_us - sight->first_death_us < PATIENCE_US ? AT_ONCE_US
                                                                     : LATER_US;

    /* a clock that was set back must not hold a recorder off */
    return now_us - sight->last_start_us >= wait_us || now_us < sight->last_start_us;
}

HtTrackAct
ht_track_plan (const HtTrackWish *wish, const HtTrackSight *sight, int64_t now_us)
{
    if (!sight->running) {
        if (sight->ended || (wish->stop && sight->last_start_us == 0))
            return HT_PLAN_REST;
        return may_start (sight, now_us) ? HT_PLAN_START : HT_PLAN_REST;
    }
    if (now_us - sight->heartbeat_us > HT_PLAN_HEARTBEAT_US)
        return HT_PLAN_KILL;
    if (wish->stop)
        return HT_PLAN_STOP;
    if (wish->start_us != sight->start_us && now_us < sight->start_us)
        return HT_PLAN_LEAVE;
    return wish->end_us != sight->end_us ? HT_PLAN_SET_END : HT_PLAN_REST;
}
