/* SPDX-License-Identifier: MIT */

/* How long a hold lasts: time is counted on working days only. */

#pragma once

#include "scheduler/core/closure.h"

G_BEGIN_DECLS

typedef gboolean (*HtHoldIsWorking) (int64_t day, gpointer user_data);

typedef struct {
    int64_t from_us;
    int64_t from_day;         /* the local day of it, since 1970-01-01 */
    int64_t length_us;        /* 24 hours make one working day */
    HtClosureInstant instant; /* the zone's */
    HtHoldIsWorking is_working;
    gpointer user_data; /* of both */
} HtHold;

/* No hold lasts longer, whatever is a holiday. */
enum { HT_HOLD_MOST_DAYS = 400 };

/* The instant at which the hold ends. */
int64_t ht_hold_find_end_us (const HtHold *hold);

G_END_DECLS
