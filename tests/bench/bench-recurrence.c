/* SPDX-License-Identifier: MIT */

/* recur.weekly: 1,000 weekly rules, each expanded over two years into local time and instants, by
 * our engine and by libical's iterator in the same run; the best of several rounds of each. */

#include <glib.h>
#include <libical/ical.h>
#include <stdio.h>

#include "scheduler/base/clock.h"
#include "scheduler/core/recurrence-text.h"
#include "scheduler/core/recurrence.h"

#define RULES       1000
#define ROUNDS      15
#define PEER_ROUNDS 3
#define YEARS_S     (2 * 365 * INT64_C (86400))
#define ZONE        "Asia/Ho_Chi_Minh"
#define RULE        "FREQ=WEEKLY"

static HtCivil
make_start (int rule)
{
    /* a minute of its own for each, in the first week of 2026 */
    return ht_civil_from_local_s (1767571200 + (int64_t) rule * 601);
}

static size_t
expand_ours (const HtZone *zone)
{
    g_autoptr (GArray) occurrences = g_array_sized_new (FALSE, FALSE, sizeof (HtOccurrence), 128);
    size_t total = 0;
    HtRecurrence rule;

    if (!ht_recurrence_parse (RULE, &rule, NULL))
        return 0;
    for (int i = 0; i < RULES; i++) {
        HtRecurrenceStart start = { make_start (i), HT_CIVIL_TEXT_LOCAL, zone };
        HtRecurrenceWindow window = { INT64_MIN, ht_civil_to_local_s (&start.civil) + YEARS_S,
                                      1000 };

        g_array_set_size (occurrences, 0);
        if (ht_recurrence_expand (&rule, &start, &window, occurrences, NULL, NULL))
            total += occurrences->len;
    }
    return total;
}

static size_t
expand_peers (icaltimezone *zone)
{
    struct icalrecurrencetype rule = icalrecurrencetype_from_string (RULE);
    size_t total = 0;

    for (int i = 0; i < RULES; i++) {
        HtCivil civil = make_start (i);
        icaltimetype start = { civil.year,   civil.month, civil.day, civil.hour, civil.minute,
                               civil.second, 0,           0,         zone };
        icalrecur_iterator *iterator = icalrecur_iterator_new (rule, start);
        time_t end = icaltime_as_timet_with_zone (start, zone) + YEARS_S;

        for (icaltimetype next = icalrecur_iterator_next (iterator);
             !icaltime_is_null_time (next) && icaltime_as_timet_with_zone (next, zone) < end;
             next = icalrecur_iterator_next (iterator))
            total++;
        icalrecur_iterator_free (iterator);
    }
    return total;
}

int
main (void)
{
    g_autoptr (HtZone) zone = ht_zone_new (ZONE, NULL, NULL);
    icaltimezone *peers_zone = icaltimezone_get_builtin_timezone (ZONE);
    int64_t ours_us = INT64_MAX, peer_us = INT64_MAX;
    size_t ours = 0, peers = 0;

    for (int round = 0; round < ROUNDS; round++) {
        int64_t from_us = ht_clock_read_monotonic_us ();

        ours = expand_ours (zone);
        ours_us = MIN (ours_us, ht_clock_read_monotonic_us () - from_us);
    }
    for (int round = 0; round < PEER_ROUNDS; round++) {
        int64_t from_us = ht_clock_read_monotonic_us ();

        peers = expand_peers (peers_zone);
        peer_us = MIN (peer_us, ht_clock_read_monotonic_us () - from_us);
    }
    if (ours != peers) {
        fprintf (stderr, "recur.weekly: %zu occurrences, libical says %zu\n", ours, peers);
        return 1;
    }
    printf ("BENCH recur.weekly ours=%.3f peer=%.3f ratio=%.1f unit=ms "
            "peer-name=libical-iterator\n",
            (double) ours_us / 1000, (double) peer_us / 1000, (double) peer_us / (double) ours_us);
    return 0;
}
