/* SPDX-License-Identifier: MIT */

/* A recurrence rule (RFC 5545 3.3.10) as a value, and its expansion into occurrences.
 *
 * Every BY part is a set of bits, so a rule has no order, no doubles and no length. Expansion is
 * bounded by construction: its steps are counted, and a rule that uses them up is refused whole.
 * A start that does not match its rule is no occurrence; local times that do not exist in the
 * zone are ignored and not counted (RFC 5545 3.3.10), of two the first is meant. */

#pragma once

#include <glib.h>
#include <stdint.h>

#include "scheduler/core/zone.h"

G_BEGIN_DECLS

/* The most steps of one expansion, and of them between one occurrence and the next. */
#define HT_RECURRENCE_MAX_STEPS      1000000
#define HT_RECURRENCE_MAX_IDLE_STEPS 100000

typedef enum {
    HT_FREQUENCY_SECONDLY,
    HT_FREQUENCY_MINUTELY,
    HT_FREQUENCY_HOURLY,
    HT_FREQUENCY_DAILY,
    HT_FREQUENCY_WEEKLY,
    HT_FREQUENCY_MONTHLY,
    HT_FREQUENCY_YEARLY,
    HT_FREQUENCY_N,
} HtFrequency;

typedef struct {
    uint64_t words[6]; /* bit n stands for n; 1..366 */
} HtYearBits;

/* Where a set is empty the rule does not have that part. "back" counts from the end: bit 1 is -1.
 */
typedef struct {
    HtFrequency frequency;
    int interval;     /* 1 or more */
    int64_t count;    /* 0: none */
    int64_t until_s;  /* local seconds, or seconds since 1970 where until_form is UTC */
    int until_form;   /* HtCivilText; -1: none */
    int week_start;   /* 0 is Monday */
    uint64_t seconds; /* bits 0..59 */
    uint64_t minutes; /* bits 0..59 */
    uint64_t hours;   /* bits 0..23 */
    uint64_t months;  /* bits 1..12 */
    uint64_t month_days, month_days_back;
    HtYearBits year_days, year_days_back;
    uint64_t weeks, weeks_back;   /* bits 1..53 */
    uint64_t weekdays;            /* bits 0..6, Monday to Sunday, without a number */
    uint64_t nth[7], nth_back[7]; /* bits 1..53: the nth of that weekday in its month or year */
    HtYearBits positions, positions_back;
} HtRecurrence;

typedef struct {
    HtCivil civil;
    HtCivilText form;   /* a date, a local time or UTC */
    const HtZone *zone; /* (nullable): of a local time; without one, time is as in UTC */
} HtRecurrenceStart;

/* Occurrences that start in [from_s, until_s), local seconds, and of these the first @limit. */
typedef struct {
    int64_t from_s;  /* INT64_MIN: from the start */
    int64_t until_s; /* INT64_MAX: to the end of the calendar, year 9999 */
    unsigned limit;
} HtRecurrenceWindow;

typedef struct {
    int64_t local_s; /* the wall clock; midnight where the start is a date */
    int64_t at_s;    /* the instant, in seconds since 1970 */
} HtOccurrence;

gboolean ht_year_bits_has (const HtYearBits *bits, int n);
gboolean ht_year_bits_is_empty (const HtYearBits *bits);

/**
 * ht_recurrence_expand:
 * @occurrences: (element-type HtOccurrence): appended to, ascending
 * @ret_steps: (out) (nullable): the steps it took, set on failure too
 *
 * Returns: %FALSE with %HT_ERROR_INVALID, and nothing appended, where the rule reaches its bound
 *   ("rule-too-costly"), never occurs though nothing ends it ("rule-never-occurs"), cannot reach
 *   its COUNT by year 9999 ("rule-past-calendar") or does not fit a date ("rule-needs-time")
 */
gboolean ht_recurrence_expand (const HtRecurrence *rule, const HtRecurrenceStart *start,
                               const HtRecurrenceWindow *window, GArray *occurrences,
                               uint64_t *ret_steps, GError **error);

G_END_DECLS
