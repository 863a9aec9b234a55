/* SPDX-License-Identifier: MIT */

#include "scheduler/core/zone.h"

#include "scheduler/base/error.h"

static HtZone *
open_zone (const char *name)
{
    g_autoptr (GError) error = NULL;
    HtZone *zone = ht_zone_new (name, NULL, &error);

    g_assert_no_error (error);
    return zone;
}

static const struct {
    const char *what, *zone, *local, *problem, *shown;
} cases[] = {
    { "the province", "Asia/Ho_Chi_Minh", "2026-11-25T07:30", NULL, "2026-11-25T07:30:00+07:00" },
    { "before 1970, another offset", "Asia/Ho_Chi_Minh", "1954-05-07T17:30", NULL,
      "1954-05-07T17:30:00+08:00" },
    { "local mean time has seconds, which RFC 3339 cannot say", "Asia/Ho_Chi_Minh",
      "1900-01-01T00:00", NULL, "1899-12-31T23:59:30+07:06" },
    { "summer", "America/New_York", "2026-07-01T12:00", NULL, "2026-07-01T12:00:00-04:00" },
    { "winter", "America/New_York", "2026-12-01T12:00", NULL, "2026-12-01T12:00:00-05:00" },
    { "summer in 2100", "America/New_York", "2100-07-01T12:00", NULL, "2100-07-01T12:00:00-04:00" },
    { "summer past the table", "America/New_York", "5000-07-01T12:00", NULL,
      "5000-07-01T12:00:00-04:00" },
    { "winter in the last year", "America/New_York", "9999-12-31T12:00", NULL,
      "9999-12-31T12:00:00-05:00" },
    { "inside the gap", "America/New_York", "2026-03-08T02:30", "time-does-not-exist", NULL },
    { "the gap's first second", "America/New_York", "2026-03-08T02:00", "time-does-not-exist",
      NULL },
    { "just before the gap", "America/New_York", "2026-03-08T01:59", NULL,
      "2026-03-08T01:59:00-05:00" },
    { "just after it", "America/New_York", "2026-03-08T03:00", NULL, "2026-03-08T03:00:00-04:00" },
    { "inside the hour that comes twice", "America/New_York", "2026-11-01T01:30",
      "time-exists-twice", NULL },
    { "just before it", "America/New_York", "2026-11-01T00:59", NULL, "2026-11-01T00:59:00-04:00" },
    { "just after it", "America/New_York", "2026-11-01T02:00", NULL, "2026-11-01T02:00:00-05:00" },
    { "a gap past the table", "America/New_York", "2438-03-14T02:30", "time-does-not-exist", NULL },
    { "half an hour of summer time", "Australia/Lord_Howe", "2026-10-04T02:15",
      "time-does-not-exist", NULL },
    { "a day that was left out", "Pacific/Apia", "2011-12-30T12:00", "time-does-not-exist", NULL },
    { "east of the date line", "Pacific/Kiritimati", "2026-01-01T00:00", NULL,
      "2026-01-01T00:00:00+14:00" },
    { "UTC", "UTC", "2026-11-25T00:30", NULL, "2026-11-25T00:30:00+00:00" },
};

static void
test_local_to_instant_and_back (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (HtZone) zone = open_zone (cases[i].zone);
        g_autoptr (GError) error = NULL;
        g_autofree char *shown = NULL;
        HtCivil civil;
        int64_t at_us;

        g_test_message ("%s", cases[i].what);
        g_assert_true (ht_civil_parse (cases[i].local, NULL, &civil, NULL));
        if (ht_zone_to_instant (zone, &civil, "start", &at_us, &error)) {
            HtCivil again = ht_zone_to_civil (zone, at_us);

            shown = ht_zone_format (zone, at_us);
            g_assert_cmpmem (&again, sizeof again, &civil, sizeof civil);
        }
        g_assert_cmpstr (shown, ==, cases[i].shown);
        g_assert_cmpstr (error == NULL ? NULL : ht_problem_get_id (error), ==, cases[i].problem);
    }
}

static void
test_outcomes_name_an_instant (void)
{
    g_autoptr (HtZone) zone = open_zone ("America/New_York");
    const HtCivil gap = { 2026, 3, 8, 2, 30, 0 }, twice = { 2026, 11, 1, 1, 30, 0 };
    int64_t at_s;

    g_assert_cmpint (ht_zone_find_local (zone, ht_civil_to_local_s (&gap), &at_s, NULL), ==,
                     HT_LOCAL_DOES_NOT_EXIST);
    g_assert_cmpint (at_s, ==, 1772955000); /* 07:30 UTC: by the offset before the gap */
    g_assert_cmpint (ht_zone_find_local (zone, ht_civil_to_local_s (&twice), &at_s, NULL), ==,
                     HT_LOCAL_EXISTS_TWICE);
    g_assert_cmpint (at_s, ==, 1793511000); /* 05:30 UTC: the first */
}

/* The span that comes with an answer must be true for every local time in it. */
static void
test_spans_are_true_throughout (void)
{
    static const char *const names[] = { "America/New_York", "Australia/Lord_Howe",
                                         "Asia/Ho_Chi_Minh", "Africa/Casablanca" };

    for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autoptr (HtZone) zone = open_zone (names[i]);

        for (int64_t local_s = -4000000000; local_s < 16000000000; local_s += 3333333) {
            HtZoneSpan span;
            int64_t at_s;

            if (ht_zone_find_local (zone, local_s, &at_s, &span) != HT_LOCAL_EXISTS)
                continue;
            g_assert_cmpint (local_s, >=, span.from_s);
            g_assert_cmpint (local_s, <, span.until_s);
            g_assert_cmpint (ht_zone_get_offset_s (zone, at_s * HT_CIVIL_US), ==, span.offset_s);
            if (span.from_s == INT64_MIN || span.until_s == INT64_MAX)
                continue;
            g_assert_cmpint (ht_zone_find_local (zone, span.from_s - 1, &at_s, NULL) !=
                                     HT_LOCAL_EXISTS ||
                                 ht_zone_get_offset_s (zone, at_s * HT_CIVIL_US) != span.offset_s,
                             ==, TRUE);
            g_assert_cmpint (ht_zone_find_local (zone, span.until_s - 1, &at_s, NULL), ==,
                             HT_LOCAL_EXISTS);
        }
    }
}

static void
test_changes (void)
{
    g_autoptr (HtZone) here = open_zone ("Asia/Ho_Chi_Minh");
    g_autoptr (HtZone) there = open_zone ("America/New_York");
    HtZoneChange change;

    g_assert_false (ht_zone_find_change (here, 0xFFFFFFFF * HT_CIVIL_US, &change));
    g_assert_true (ht_zone_find_change (there, 1772323200 * HT_CIVIL_US, &change));
    g_assert_cmpint (change.at_us, ==, 1772953200 * HT_CIVIL_US);
    g_assert_cmpint (change.offset_from_s, ==, -18000);
    g_assert_cmpint (change.offset_s, ==, -14400);
    g_assert_true (change.daylight);
    g_assert_cmpstr (change.abbreviation, ==, "EDT");
}

static void
test_bad_names (void)
{
    static const char *const names[] = { "",
                                         "Asia/Hanoi",
                                         "/etc/localtime",
                                         "../zoneinfo/UTC",
                                         "EST5EDT,M3.2.0,M11.1.0",
                                         "Asia//Ho_Chi_Minh",
                                         "Asia/",
                                         "+07:00",
                                         "\xff/\xff" };

    for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (ht_zone_new (names[i], "zone", &error));
        g_assert_cmpstr (ht_problem_get_id (error), ==, "no-such-zone");
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/zone/local", test_local_to_instant_and_back);
    g_test_add_func ("/zone/outcomes", test_outcomes_name_an_instant);
    g_test_add_func ("/zone/spans", test_spans_are_true_throughout);
    g_test_add_func ("/zone/changes", test_changes);
    g_test_add_func ("/zone/names", test_bad_names);
    return g_test_run ();
}
