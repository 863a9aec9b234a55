/* SPDX-License-Identifier: MIT */

#include "scheduler/base/clock.h"

static int64_t
read_system (HtClock *clock G_GNUC_UNUSED)
{
    return g_get_real_time ();
}

static int64_t
read_fake (HtClock *clock)
{
    return clock->set_us;
}

HtClock *
ht_clock_get_system (void)
{
    static HtClock system_clock = { .read_us = read_system };

    return &system_clock;
}

HtClock
ht_clock_make_fake (int64_t now_us)
{
    return (HtClock){ .read_us = read_fake, .set_us = now_us };
}

int64_t
ht_clock_read_us (HtClock *clock)
{
    return clock->read_us (clock);
}

int64_t
ht_clock_read_monotonic_us (void)
{
    return g_get_monotonic_time ();
}
