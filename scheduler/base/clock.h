/* SPDX-License-Identifier: MIT */

/* The one clock: read once per dispatch and passed down as now_us. Tests hold their own hand. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _HtClock HtClock;

struct _HtClock {
    int64_t (*read_us) (HtClock *clock); /* UTC microseconds since 1970, the wall clock */
    int64_t set_us;                      /* what a fake clock shows */
};

/* The machine's clock. */
HtClock *ht_clock_get_system (void);

/* A clock that stands where set_us says. */
HtClock ht_clock_make_fake (int64_t now_us);

int64_t ht_clock_read_us (HtClock *clock);

/* Microseconds that never go back, for deadlines and rates inside one process. */
int64_t ht_clock_read_monotonic_us (void);

G_END_DECLS
