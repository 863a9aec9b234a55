/* SPDX-License-Identifier: MIT */

#include "tests/bench/made-feed.h"

#include "calendar/text/plan.h"

struct _MadeFeed {
    HtFeedSource source; /* first, so that it leads to the rest */
    int64_t number;
    int64_t numbers[MADE_FEED_SESSIONS];
    HtZone *zone;
};

static int64_t
read_number (HtFeedSource *source)
{
    return ((MadeFeed *) (gpointer) source)->number;
}

static int64_t
list (HtFeedSource *source, const char *key, GArray *entries)
{
    MadeFeed *state = (MadeFeed *) (gpointer) source;

    for (int i = 0; i < MADE_FEED_SESSIONS; i++)
        g_array_append_val (entries, ((HtFeedEntry){ i + 1, 0, state->numbers[i] }));
    return state->number;
}

static HtZone *
write_entry (HtFeedSource *source, const HtFeedEntry *entry, GString *text)
{
    MadeFeed *state = (MadeFeed *) (gpointer) source;
    int64_t start_us = INT64_C (1767574800000000) + entry->series_id * 1800 * HT_CIVIL_US;
    g_autofree char *summary =
        g_strdup_printf ("Tập huấn kỹ năng số cho cán bộ cấp xã, đợt %d (lần %d)",
                         (int) entry->series_id, (int) entry->number);
    HtPlanSeries series = { .id = entry->series_id, .installation = "bench", .zone = state->zone };
    HtPlanSession session = { .id = entry->series_id,
                              .slot_us = start_us,
                              .start_us = start_us,
                              .end_us = start_us + 3600 * HT_CIVIL_US,
                              .changed_us = start_us,
                              .summary = summary,
                              .location = "Phòng họp trực tuyến, UBND thành phố Huế",
                              .url = "https://hop.example.vn/sessions/1" };
    g_autoptr (HtCalendarPlan) plan = ht_calendar_plan_new (&series, &session, 1);

    ht_calendar_plan_append (plan, text);
    return ht_zone_ref (state->zone);
}

static void
write_head (HtFeedSource *source, const char *key, const GPtrArray *zones, GString *text)
{
    HtEnvelope envelope = { .name = "Lịch",
                            .uid = "bench",
                            .zone = ((MadeFeed *) (gpointer) source)->zone };

    ht_envelope_append_head (&envelope, zones, text);
}

MadeFeed *
made_feed_new (void)
{
    MadeFeed *feed = g_new0 (MadeFeed, 1);

    feed->source = (HtFeedSource){ read_number, list, write_entry, write_head };
    feed->zone = ht_zone_new ("Asia/Ho_Chi_Minh", NULL, NULL);
    return feed;
}

void
made_feed_free (MadeFeed *feed)
{
    ht_zone_unref (feed->zone);
    g_free (feed);
}

HtFeedSource *
made_feed_peek (MadeFeed *feed)
{
    return &feed->source;
}

int64_t
made_feed_change (MadeFeed *feed, unsigned session)
{
    feed->numbers[session % MADE_FEED_SESSIONS] = ++feed->number;
    return feed->number;
}
