/* SPDX-License-Identifier: MIT */

/* feed.rebuild: from a change of one of 10,000 sessions to the compressed feed that shows it, with
 * the events' text made by the same code as in the service; feed.cached: one answer of "not
 * modified". Median of many. */

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar/publish/feed-cache.h"
#include "calendar/text/plan.h"
#include "scheduler/base/clock.h"

#define SESSIONS 10000
#define ROUNDS   101
#define ASKED    1000

typedef struct {
    HtFeedSource source;
    int64_t number;
    int64_t numbers[SESSIONS];
    HtZone *zone;
} State;

static int64_t
read_number (HtFeedSource *source)
{
    return ((State *) (gpointer) source)->number;
}

static int64_t
list (HtFeedSource *source, const char *key, GArray *entries)
{
    State *state = (State *) (gpointer) source;

    for (int i = 0; i < SESSIONS; i++)
        g_array_append_val (entries, ((HtFeedEntry){ i + 1, 0, state->numbers[i] }));
    return state->number;
}

static HtZone *
write_entry (HtFeedSource *source, const HtFeedEntry *entry, GString *text)
{
    State *state = (State *) (gpointer) source;
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
                            .zone = ((State *) (gpointer) source)->zone };

    ht_envelope_append_head (&envelope, zones, text);
}

static int64_t
ask (HtFeedCache *cache, const char *tag, size_t *ret_octets)
{
    HtFeedRequest request = { "all", tag, TRUE };
    g_auto (HtFeedAnswer) answer = { 0 };
    int64_t from_us = ht_clock_read_monotonic_us ();

    if (!ht_feed_cache_get (cache, &request, &answer, NULL))
        exit (1);
    if (answer.body != NULL)
        *ret_octets = g_bytes_get_size (answer.body);
    return ht_clock_read_monotonic_us () - from_us;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;

    return (x > y) - (x < y);
}

int
main (void)
{
    g_autofree State *state = g_new0 (State, 1);
    g_autoptr (HtFeedCache) cache = NULL;
    g_autofree char *tag = NULL;
    int64_t times_us[ROUNDS], first_us, from_us;
    size_t octets = 0;

    state->source = (HtFeedSource){ read_number, list, write_entry, write_head };
    state->zone = ht_zone_new ("Asia/Ho_Chi_Minh", NULL, NULL);
    cache = ht_feed_cache_new (&state->source, 4);
    first_us = ask (cache, NULL, &octets);
    for (int round = 0; round < ROUNDS; round++) {
        state->numbers[round * 97 % SESSIONS] = ++state->number;
        times_us[round] = ask (cache, NULL, &octets);
    }
    qsort (times_us, ROUNDS, sizeof times_us[0], compare_times);
    tag = g_strdup_printf ("\"%d-%d-gzip\"", (int) state->number, HT_FEED_SERIALISER);
    from_us = ht_clock_read_monotonic_us ();
    for (int i = 0; i < ASKED; i++)
        ask (cache, tag, &octets);
    fprintf (stderr, "# %d sessions, %zu octets compressed, made at first in %.1f ms\n", SESSIONS,
             octets, (double) first_us / 1000);
    printf ("BENCH feed.rebuild ours=%.3f peer=- ratio=- unit=ms peer-name=-\n",
            (double) times_us[ROUNDS / 2] / 1000);
    printf ("BENCH feed.cached ours=%.3f peer=- ratio=- unit=us peer-name=-\n",
            (double) (ht_clock_read_monotonic_us () - from_us) / ASKED);
    ht_zone_unref (state->zone);
    return 0;
}
