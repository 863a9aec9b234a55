/* SPDX-License-Identifier: MIT */

#include "scheduler/core/hold.h"

int64_t
ht_hold_find_end_us (const HtHold *hold)
{
    int64_t at_us = hold->from_us, left_us = hold->length_us;

    for (int64_t day = hold->from_day; day < hold->from_day + HT_HOLD_MOST_DAYS; day++) {
        int64_t next_us = hold->instant (day + 1, 0, hold->user_data);

        if (hold->is_working (day, hold->user_data)) {
            if (left_us <= next_us - at_us)
                return at_us + MAX (left_us, 0);
            left_us -= MAX (next_us - at_us, 0);
        }
        at_us = MAX (at_us, next_us);
    }
    return at_us;
}
