/* SPDX-License-Identifier: MIT */

/* A closure calendar: when the resources that name it are open. It is a timeline of its own, of
 * which what is closed is taken, so that admission and search ask it like one more resource. */

#pragma once

#include "scheduler/core/timeline.h"

G_BEGIN_DECLS

/* Open on one day of the week, between two times of the wall clock. */
typedef struct {
    int weekday;      /* 0 is Monday, 6 is Sunday */
    int from_minute;  /* of the day */
    int until_minute; /* up to 1440 */
} HtOpenHours;

/* The instant at which the wall clock shows @minute (0 to 1440) of @day (since 1970-01-01). */
typedef int64_t (*HtClosureInstant) (int64_t day, int minute, gpointer user_data);

typedef struct {
    int64_t from_day;         /* what is known begins with this day */
    int64_t until_day;        /* and ends before this one; at most HT_CLOSURE_MOST_DAYS later */
    const HtOpenHours *hours; /* of a week, in any order */
    size_t n_hours;
    const int64_t *closed_days; /* holidays, in any order */
    size_t n_closed_days;
} HtClosureRule;

enum { HT_CLOSURE_MOST_DAYS = 40 * 366 };

/* Who holds what is taken of a closure's timeline. */
enum { HT_CLOSURE_OUT_OF_HOURS = 1, HT_CLOSURE_HOLIDAY = 2 };

typedef struct _HtClosure HtClosure;

/**
 * ht_closure_new:
 * @instant: asked for the times in the rule; it knows the zone
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_INVALID ("bad-opening-hours") where hours are
 *   none of a day's, or the days are backwards or too many
 */
HtClosure *ht_closure_new (const HtClosureRule *rule, HtClosureInstant instant, gpointer user_data,
                           GError **error);

void ht_closure_free (HtClosure *closure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtClosure, ht_closure_free)

/* What the calendar speaks of. Outside it nothing can be said, and so nothing be admitted. */
HtSpan ht_closure_get_known (const HtClosure *closure);

/* Whether all of @span is known and open. */
gboolean ht_closure_is_open (const HtClosure *closure, HtSpan span);

/* Capacity 1, of which what is closed takes 1, held by one of the two above. */
const HtTimeline *ht_closure_peek_timeline (const HtClosure *closure);

G_END_DECLS
