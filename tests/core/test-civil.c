/* SPDX-License-Identifier: MIT */

#include "scheduler/core/civil.h"

#include "scheduler/base/error.h"

static void
test_every_day_of_the_calendar (void)
{
    int64_t days = HT_CIVIL_MIN_DAY;

    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= ht_civil_count_days_in_month (year, month); day++, days++) {
                HtCivil civil = ht_civil_from_days (days);

                g_assert_cmpint (ht_civil_days_from_date (year, month, day), ==, days);
                g_assert_true (civil.year == year && civil.month == month && civil.day == day);
            }
    g_assert_cmpint (days, ==, HT_CIVIL_MAX_DAY + 1);
}

static void
test_weekdays (void)
{
    g_assert_cmpint (ht_civil_get_weekday (0), ==, 3);
    g_assert_cmpint (ht_civil_get_weekday (-1), ==, 2);
    g_assert_cmpint (ht_civil_get_weekday (ht_civil_days_from_date (2026, 11, 25)), ==, 2);
    g_assert_cmpint (ht_civil_get_weekday (HT_CIVIL_MIN_DAY), ==, 0);
}

static const struct {
    const char *what, *text;
    gboolean good;
} times[] = {
    { "without seconds", "2026-11-25T07:30", TRUE },
    { "with seconds", "2026-11-25T07:30:59", TRUE },
    { "a leap day", "2024-02-29T00:00", TRUE },
    { "before 1970", "1954-05-07T17:30", TRUE },
    { "no leap day", "2026-02-29T00:00", FALSE },
    { "no month 13", "2026-13-01T00:00", FALSE },
    { "no hour 24", "2026-11-25T24:00", FALSE },
    { "no leap second", "2026-11-25T07:30:60", FALSE },
    { "no year 0", "0000-01-01T00:00", FALSE },
    { "a zone", "2026-11-25T07:30Z", FALSE },
    { "a date alone", "2026-11-25", FALSE },
    { "a space", "2026-11-25 07:30", FALSE },
    { "a sign", "2026-11--5T07:30", FALSE },
    { "something behind", "2026-11-25T07:30:591", FALSE },
    { "nothing", "", FALSE },
    { "not UTF-8", "2026-\xff", FALSE },
};

static void
test_parse (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (times); i++) {
        g_autoptr (GError) error = NULL;
        HtCivil civil;
        gboolean good = ht_civil_parse (times[i].text, "start", &civil, &error);

        g_test_message ("%s", times[i].what);
        g_assert_cmpint (good, ==, times[i].good);
        if (!good) {
            g_assert_cmpstr (ht_problem_get_id (error), ==, "bad-time");
            g_assert_cmpstr (ht_problem_get_field (error), ==, "start");
        }
    }
}

static void
test_basic_text_comes_back (void)
{
    static const char *const texts[] = { "20261125", "20261125T073000", "19540507T173000Z",
                                         "00010101", "99991231T235959Z" };

    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
        char text[HT_CIVIL_TEXT_BYTES];
        HtCivil civil;
        HtCivilText form;

        g_assert_true (ht_civil_parse_basic (texts[i], NULL, &civil, &form, NULL));
        ht_civil_write_basic (&civil, form, text);
        g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_local_seconds_go_both_ways (void)
{
    const HtCivil before = { 1969, 12, 31, 23, 59, 59 };
    HtCivil again = ht_civil_from_local_s (-1);

    g_assert_cmpint (ht_civil_to_local_s (&before), ==, -1);
    g_assert_cmpmem (&again, sizeof again, &before, sizeof before);
    g_assert_cmpint (ht_civil_days_from_local_s (-86400), ==, -1);
    g_assert_cmpint (ht_civil_days_from_local_s (-86401), ==, -2);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/civil/every-day", test_every_day_of_the_calendar);
    g_test_add_func ("/civil/weekdays", test_weekdays);
    g_test_add_func ("/civil/parse", test_parse);
    g_test_add_func ("/civil/basic-text", test_basic_text_comes_back);
    g_test_add_func ("/civil/local-seconds", test_local_seconds_go_both_ways);
    return g_test_run ();
}
