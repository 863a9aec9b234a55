/* SPDX-License-Identifier: MIT */

/* When a booking takes place: its civil start, length and rule as instants. */

#pragma once

#include "scheduler/core/span.h"
#include "scheduler/service/decider.h"

G_BEGIN_DECLS

#define HT_BOOKING_ZONE "Asia/Ho_Chi_Minh"

/* The instant of a civil time. HT_ERROR_INVALID where it is none, does not exist or exists twice.
 * @zone: (nullable): the installation's */
gboolean ht_booking_read_start (HtState *state, const char *start, const char *zone,
                                int64_t *ret_start_us, GError **error);

/* Whether a session may be so long. HT_ERROR_INVALID "out-of-range" */
gboolean ht_booking_check_minutes (int64_t minutes, GError **error);

/* From @start_us for @minutes: not past, not beyond the horizon of 24 months. */
gboolean ht_booking_make_span (const HtDecider *decider, int64_t start_us, int64_t minutes,
                               HtSpan *ret_span, GError **error);

/* When what is to start now starts. @is_recorded: recorders must have its first picture before it,
 * so they are given the time that takes. */
int64_t ht_booking_find_now_us (const HtDecider *decider, gboolean is_recorded);

/* (transfer full) (element-type HtSpan): ascending; one where there is no rule. A rule must end,
 * within the horizon. */
GArray *ht_booking_make_spans (HtDecider *decider, const HtBooking *booking, GError **error);

G_END_DECLS
