/* SPDX-License-Identifier: MIT */

/* Days on which a series does not take place, or takes place later: those of the closure calendars
 * that its rooms and sites name. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* (transfer full) (element-type int64_t): the holidays, as days since 1970, of what @booking names;
 * where nothing that it names has a calendar, of all calendars. */
GHashTable *ht_holidays_collect (HtDecider *decider, const HtBooking *booking);

gboolean ht_holidays_has (GHashTable *holidays, int64_t day);

/* The next day after @day that is no holiday, and no Saturday or Sunday either unless @day is one;
 * -1: none within two months. */
int64_t ht_holidays_find_next (GHashTable *holidays, int64_t day);

G_END_DECLS
