/* SPDX-License-Identifier: MIT */

#include "scheduler/core/closure.h"

#include <inttypes.h>

#include "scheduler/base/error.h"

enum { MINUTES_OF_DAY = 1440, DAYS_OF_WEEK = 7, THURSDAY = 3 /* 1970-01-01 */ };

struct _HtClosure {
    HtTimeline *timeline; /* (owned) */
    HtSpan known;
};

typedef struct {
    const HtClosureRule *rule;
    HtClosureInstant instant;
    gpointer user_data;
    GArray *hours; /* (element-type HtOpenHours) (owned): by weekday and time, without overlap */
    GHashTable *holidays;  /* (element-type int64_t) (owned) */
    GArray *closed;        /* (element-type HtHolding) (owned) */
    int64_t open_until_us; /* everything before is settled */
} Builder;

static int
compare_hours (gconstpointer a, gconstpointer b)
{
    const HtOpenHours *one = a, *other = b;

    return one->weekday != other->weekday ? one->weekday - other->weekday
                                          : one->from_minute - other->from_minute;
}

static gboolean
check_rule (const HtClosureRule *rule, GError **error)
{
    if (rule->from_day >= rule->until_day ||
        rule->until_day - rule->from_day > HT_CLOSURE_MOST_DAYS) {
        ht_problem_set (error, HT_ERROR_INVALID, "bad-opening-hours", NULL,
                        "opening hours from day %" PRId64 " to day %" PRId64
                        " are backwards or for more than %d days",
                        rule->from_day, rule->until_day, HT_CLOSURE_MOST_DAYS);
        return FALSE;
    }
    for (size_t i = 0; i < rule->n_hours; i++) {
        HtOpenHours hours = rule->hours[i];

        if (hours.weekday >= 0 && hours.weekday < DAYS_OF_WEEK && hours.from_minute >= 0 &&
            hours.from_minute < hours.until_minute && hours.until_minute <= MINUTES_OF_DAY)
            continue;
        ht_problem_set (error, HT_ERROR_INVALID, "bad-opening-hours", "hours",
                        "open on weekday %d from minute %d to %d is none of a day's hours",
                        hours.weekday, hours.from_minute, hours.until_minute);
        return FALSE;
    }
    return TRUE;
}

/* Everything from what is settled until @from_us is closed, then open until @until_us. */
static void
open_from (Builder *builder, int64_t from_us, int64_t until_us, int64_t why)
{
    HtHolding closed = { why, { builder->open_until_us, from_us }, 1 };

    if (closed.span.start_us < closed.span.end_us)
        g_array_append_val (builder->closed, closed);
    builder->open_until_us = MAX (builder->open_until_us, until_us);
}

static void
add_day (Builder *builder, int64_t day)
{
    int weekday = (int) (((day + THURSDAY) % DAYS_OF_WEEK + DAYS_OF_WEEK) % DAYS_OF_WEEK);
    int64_t end_us = builder->instant (day + 1, 0, builder->user_data);

    if (g_hash_table_contains (builder->holidays, &day)) {
        int64_t start_us = builder->instant (day, 0, builder->user_data);

        open_from (builder, start_us, start_us, HT_CLOSURE_OUT_OF_HOURS);
        open_from (builder, end_us, end_us, HT_CLOSURE_HOLIDAY);
        return;
    }
    for (unsigned i = 0; i < builder->hours->len; i++) {
        HtOpenHours hours = g_array_index (builder->hours, HtOpenHours, i);

        if (hours.weekday == weekday)
            open_from (builder, builder->instant (day, hours.from_minute, builder->user_data),
                       builder->instant (day, hours.until_minute, builder->user_data),
                       HT_CLOSURE_OUT_OF_HOURS);
    }
    open_from (builder, end_us, end_us, HT_CLOSURE_OUT_OF_HOURS);
}

static void
clear_builder (Builder *builder)
{
    g_clear_pointer (&builder->hours, g_array_unref);
    g_clear_pointer (&builder->holidays, g_hash_table_unref);
    g_clear_pointer (&builder->closed, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, clear_builder)

HtClosure *
ht_closure_new (const HtClosureRule *rule, HtClosureInstant instant, gpointer user_data,
                GError **error)
{
    g_auto (Builder) builder = { .rule = rule, .instant = instant, .user_data = user_data };
    g_autoptr (HtTimeline) timeline = ht_timeline_new ();
    HtClosure *closure;
    HtSpan known;

    if (!check_rule (rule, error))
        return NULL;
    builder.hours = g_array_new (FALSE, FALSE, sizeof (HtOpenHours));
    if (rule->n_hours > 0)
        g_array_append_vals (builder.hours, rule->hours, (unsigned) rule->n_hours);
    g_array_sort (builder.hours, compare_hours);
    builder.holidays = g_hash_table_new (g_int64_hash, g_int64_equal);
    for (size_t i = 0; i < rule->n_closed_days; i++)
        g_hash_table_add (builder.holidays, (gpointer) &rule->closed_days[i]);
    builder.closed = g_array_new (FALSE, FALSE, sizeof (HtHolding));

    known.start_us = builder.open_until_us = instant (rule->from_day, 0, user_data);
    for (int64_t day = rule->from_day; day < rule->until_day; day++)
        add_day (&builder, day);
    known.end_us = instant (rule->until_day, 0, user_data);
    if (!ht_timeline_load (timeline, (const HtHolding *) (void *) builder.closed->data,
                           builder.closed->len, error))
        return NULL;
    closure = g_new0 (HtClosure, 1);
    closure->known = known;
    closure->timeline = g_steal_pointer (&timeline);
    return closure;
}

void
ht_closure_free (HtClosure *closure)
{
    if (closure != NULL)
        ht_timeline_free (closure->timeline);
    g_clear_pointer (&closure, g_free);
}

HtSpan
ht_closure_get_known (const HtClosure *closure)
{
    return closure->known;
}

gboolean
ht_closure_is_open (const HtClosure *closure, HtSpan span)
{
    return span.start_us >= closure->known.start_us && span.end_us <= closure->known.end_us &&
           ht_timeline_get_peak (closure->timeline, span) == 0;
}

const HtTimeline *
ht_closure_peek_timeline (const HtClosure *closure)
{
    return closure->timeline;
}
