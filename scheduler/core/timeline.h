/* SPDX-License-Identifier: MIT */

/* What is taken of one resource over time, and by whom. One structure answers whether something
 * may be booked, when it is free, and who is in the way. */

#pragma once

#include <glib.h>
#include <stdint.h>

#include "scheduler/core/span.h"

G_BEGIN_DECLS

/* An amount taken for a span. A holder (a session) may hold several. */
typedef struct {
    int64_t holder;
    HtSpan span;
    int64_t amount; /* in the unit of the resource's kind; at least 1 */
} HtHolding;

typedef struct _HtTimeline HtTimeline;

HtTimeline *ht_timeline_new (void);
void ht_timeline_free (HtTimeline *timeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtTimeline, ht_timeline_free)

/* O(log n). Returns: %FALSE with %HT_ERROR_INVALID where the span is none, the amount is below 1,
 * or all amounts together would pass INT64_MAX. It does not ask for the capacity: what is in
 * force may stand above a capacity that was lowered. */
gboolean ht_timeline_add (HtTimeline *timeline, const HtHolding *holding, GError **error);

/* O(log n). Returns: %FALSE with %HT_ERROR_NOT_FOUND where no holding is like it in all members */
gboolean ht_timeline_remove (HtTimeline *timeline, const HtHolding *holding, GError **error);

/* Adds many in any order, all or none; the fast way into an empty timeline. Errors as add. */
gboolean ht_timeline_load (HtTimeline *timeline, const HtHolding *holdings, size_t count,
                           GError **error);

size_t ht_timeline_get_count (const HtTimeline *timeline);

/* Octets that the timeline occupies. */
size_t ht_timeline_measure (const HtTimeline *timeline);

/* O(log n): the most that is taken at any instant of @span; 0 where the span is empty. */
int64_t ht_timeline_get_peak (const HtTimeline *timeline, HtSpan span);

/* O(log n): whether @amount more may be taken throughout @span. */
gboolean ht_timeline_fits (const HtTimeline *timeline, int64_t capacity, HtSpan span,
                           int64_t amount);

/**
 * ht_timeline_find_free:
 * @length_us: how long it must last; positive
 * @within: the earliest start and the latest end
 *
 * Passes over what is taken or too short in one walk that skips whole branches.
 *
 * Returns: the first instant from which @amount more may be taken for @length_us, or -1
 */
int64_t ht_timeline_find_free (const HtTimeline *timeline, int64_t capacity, int64_t amount,
                               int64_t length_us, HtSpan within);

/* Return %FALSE to stop. */
typedef gboolean (*HtTimelineEachSpan) (HtSpan span, int64_t peak, gpointer user_data);
typedef gboolean (*HtTimelineEachHolding) (const HtHolding *holding, gpointer user_data);

/* The longest stretches of @span where more than @limit is taken, in order, with the most that
 * is taken in each. */
void ht_timeline_foreach_excess (const HtTimeline *timeline, HtSpan span, int64_t limit,
                                 HtTimelineEachSpan each, gpointer user_data);

/* The holdings that overlap @span, by their start. O(log n) and what is found. */
void ht_timeline_foreach_holding (const HtTimeline *timeline, HtSpan span,
                                  HtTimelineEachHolding each, gpointer user_data);

G_END_DECLS
