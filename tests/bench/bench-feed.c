/* SPDX-License-Identifier: MIT */

/* feed.rebuild: from a change of one of 10,000 sessions to the compressed feed that shows it, with
 * the events' text made by the same code as in the service; feed.cached: one answer of "not
 * modified". Median of many. */

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar/publish/feed-cache.h"
#include "scheduler/base/clock.h"
#include "tests/bench/made-feed.h"

#define ROUNDS 101
#define ASKED  1000

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
    g_autoptr (MadeFeed) feed = made_feed_new ();
    g_autoptr (HtFeedCache) cache = NULL;
    g_autofree char *tag = NULL;
    int64_t times_us[ROUNDS], first_us, from_us, number = 0;
    size_t octets = 0;

    cache = ht_feed_cache_new (made_feed_peek (feed), 4);
    first_us = ask (cache, NULL, &octets);
    for (int round = 0; round < ROUNDS; round++) {
        number = made_feed_change (feed, (unsigned) round * 97);
        times_us[round] = ask (cache, NULL, &octets);
    }
    qsort (times_us, ROUNDS, sizeof times_us[0], compare_times);
    tag = g_strdup_printf ("\"%d-%d-gzip\"", (int) number, HT_FEED_SERIALISER);
    int middle = ROUNDS / 2;

    from_us = ht_clock_read_monotonic_us ();
    for (int i = 0; i < ASKED; i++)
        ask (cache, tag, &octets);
    fprintf (stderr, "# %d sessions, %zu octets compressed, made at first in %.1f ms\n",
             MADE_FEED_SESSIONS, octets, (double) first_us / 1000);
    printf ("BENCH feed.rebuild ours=%.3f peer=- ratio=- unit=ms peer-name=-\n",
            (double) times_us[middle] / 1000);
    printf ("BENCH feed.cached ours=%.3f peer=- ratio=- unit=us peer-name=-\n",
            (double) (ht_clock_read_monotonic_us () - from_us) / ASKED);
    return 0;
}
