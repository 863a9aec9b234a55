/* SPDX-License-Identifier: MIT */

/* What an edit does to the series itself: its later half becomes one of its own, its slots move,
 * its rule follows. */

#pragma once

#include "scheduler/core/zone.h"
#include "scheduler/service/extent.h"

G_BEGIN_DECLS

/* The later half of @extent's series is a series of its own, linked to the first, whose rule ends.
 * Returns: its identity; the sessions must still be put into it, and its rule ended. */
int64_t ht_series_split (HtDecider *decider, const HtExtent *extent);

/* The rule of @series_id ends with the last slot of @sessions and @more (element-type HtSession),
 * as the decision so far leaves them. */
void ht_series_end_rule (HtDecider *decider, int64_t series_id, const GPtrArray *sessions,
                         const GPtrArray *more);

/* A series whose sessions move by whole days keeps a rule that gives them: BYDAY of a weekly one
 * turns with them. A rule that cannot be turned stays as it is. */
void ht_series_turn_rule (HtDecider *decider, int64_t series_id, int64_t days);

/* By so many seconds of the wall clock in @zone. */
typedef struct {
    const HtZone *zone;
    int64_t seconds;
} HtShift;

/* HT_ERROR_INVALID where that wall clock does not exist or exists twice. */
gboolean ht_shift_instant (const HtShift *shift, int64_t at_us, int64_t *ret_at_us, GError **error);

/* Whole days of it, rounded down. */
int64_t ht_shift_get_days (const HtShift *shift, int64_t at_us);

G_END_DECLS
