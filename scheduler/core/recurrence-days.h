/* SPDX-License-Identifier: MIT */

/* Which days of one period (a year, month, week or day) a recurrence rule means: the half of the
 * engine that knows the calendar. */

#pragma once

#include "scheduler/core/recurrence.h"

G_BEGIN_DECLS

/* A year of weeks has 371 days. */
#define HT_DAY_SET_MAX 384

typedef struct {
    int64_t first_day;
    int n;                        /* days in the set */
    int16_t days[HT_DAY_SET_MAX]; /* counted from first_day, ascending */
} HtDaySet;

/* What a rule takes from its start where it does not say it itself. */
typedef struct {
    int month;
    int day;
    int weekday;
} HtDayAnchor;

/* The number of the period that holds @day. Periods of one frequency are numbered on end. */
int64_t ht_recurrence_find_period (const HtRecurrence *rule, int64_t day);

/* The first day of period @period. */
int64_t ht_recurrence_find_first_day (const HtRecurrence *rule, int64_t period);

/* Whether @day passes all parts that name days, as limits. */
gboolean ht_recurrence_has_day (const HtRecurrence *rule, int64_t day);

/* The first day after @day that may pass: the rule's next month, or the next day. */
int64_t ht_recurrence_skip_day (const HtRecurrence *rule, int64_t day);

/* The days of @period, for DAILY to YEARLY. Returns the steps taken. */
unsigned ht_recurrence_find_days (const HtRecurrence *rule, const HtDayAnchor *anchor,
                                  int64_t period, HtDaySet *ret_days);

G_END_DECLS
