/* SPDX-License-Identifier: MIT */

#include "scheduler/service/series-split.h"

#include "scheduler/core/recurrence-text.h"

#define WEEK_DAYS 7

gboolean
ht_shift_instant (const HtShift *shift, int64_t at_us, int64_t *ret_at_us, GError **error)
{
    HtCivil civil = ht_zone_to_civil (shift->zone, at_us);

    civil = ht_civil_from_local_s (ht_civil_to_local_s (&civil) + shift->seconds);
    return ht_zone_to_instant (shift->zone, &civil, "start", ret_at_us, error);
}

int64_t
ht_shift_get_days (const HtShift *shift, int64_t at_us)
{
    HtCivil civil = ht_zone_to_civil (shift->zone, at_us);
    int64_t local_s = ht_civil_to_local_s (&civil);

    return ht_civil_days_from_local_s (local_s + shift->seconds) -
           ht_civil_days_from_local_s (local_s);
}

static void
put_rule (HtDecider *decider, int64_t series_id, const HtRecurrence *rule)
{
    HtSeries *series = ht_decider_edit (decider, HT_RECORD_SERIES, series_id);

    g_free (series->rule);
    series->rule = ht_recurrence_format (rule);
}

static gboolean
read_rule (HtDecider *decider, int64_t series_id, HtRecurrence *ret_rule)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, series_id);

    return series->rule != NULL && ht_recurrence_parse (series->rule, ret_rule, NULL);
}

static int64_t
find_last_slot_us (HtDecider *decider, const GPtrArray *sessions)
{
    int64_t last_us = INT64_MIN;

    for (unsigned i = 0; i < sessions->len; i++) {
        const HtSession *session = ht_decider_peek (
            decider, HT_RECORD_SESSION, ht_record_get_id (g_ptr_array_index (sessions, i)));

        last_us = MAX (last_us, session->slot_us);
    }
    return last_us;
}

void
ht_series_end_rule (HtDecider *decider, int64_t series_id, const GPtrArray *sessions,
                    const GPtrArray *more)
{
    int64_t last_us =
        MAX (find_last_slot_us (decider, sessions), find_last_slot_us (decider, more));
    HtRecurrence rule;

    if (last_us == INT64_MIN || !read_rule (decider, series_id, &rule))
        return;
    rule.count = 0;
    rule.until_form = HT_CIVIL_TEXT_UTC;
    rule.until_s = last_us / HT_CIVIL_US;
    put_rule (decider, series_id, &rule);
}

int64_t
ht_series_split (HtDecider *decider, const HtExtent *extent)
{
    const HtSession *first = g_ptr_array_index (extent->open, 0);
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, first->series_id);
    HtSeries *later = ht_decider_make (decider, HT_RECORD_SERIES);
    int64_t id = later->id;

    ht_fields_copy (ht_record_get_fields (HT_RECORD_SERIES), series, later);
    later->id = id;
    later->related_id = series->id;
    later->created_us = decider->now_us;
    ht_series_end_rule (decider, later->related_id, extent->past, extent->outside);
    return id;
}

void
ht_series_turn_rule (HtDecider *decider, int64_t series_id, int64_t days)
{
    int64_t turn = ((days % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS;
    HtRecurrence rule;
    uint64_t turned = 0;

    if (turn == 0 || !read_rule (decider, series_id, &rule) ||
        rule.frequency != HT_FREQUENCY_WEEKLY || rule.weekdays == 0)
        return;
    for (int64_t day = 0; day < WEEK_DAYS; day++)
        if ((rule.weekdays >> day & 1) != 0)
            turned |= UINT64_C (1) << (day + turn) % WEEK_DAYS;
    rule.weekdays = turned;
    put_rule (decider, series_id, &rule);
}
