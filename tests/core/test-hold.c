/* SPDX-License-Identifier: MIT */

#include "scheduler/core/hold.h"
#include "scheduler/core/rank.h"

#define HOUR_US       (INT64_C (3600) * G_USEC_PER_SEC)
#define AT(day, hour) (((day) *24 + (hour)) * HOUR_US)

enum { MONDAY = 20787 /* 2026-11-30 */, FRIDAY = MONDAY + 4, HOLIDAY = MONDAY + 8 };

static int64_t
instant (int64_t day, int minute, gpointer user_data G_GNUC_UNUSED)
{
    return AT (day, 0) + minute * (HOUR_US / 60);
}

static gboolean
is_working (int64_t day, gpointer user_data G_GNUC_UNUSED)
{
    return (day - MONDAY) % 7 < 5 && day != HOLIDAY;
}

static gboolean
is_never_working (int64_t day G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
    return FALSE;
}

static void
test_end (void)
{
    static const struct {
        const char *sentence;
        int64_t from_us, hours, end_us;
    } rows[] = {
        { "within a day", AT (MONDAY, 8), 4, AT (MONDAY, 12) },
        { "two working days", AT (MONDAY, 8), 48, AT (MONDAY + 2, 8) },
        { "over a weekend", AT (FRIDAY, 8), 48, AT (MONDAY + 9, 8) },
        { "asked on Saturday", AT (FRIDAY + 1, 8), 24, AT (MONDAY + 8, 0) },
        { "over a holiday", AT (MONDAY + 7, 12), 24, AT (MONDAY + 9, 12) },
        { "no time at all", AT (MONDAY, 8), 0, AT (MONDAY, 8) },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        HtHold hold = { rows[i].from_us,
                        rows[i].from_us / AT (1, 0),
                        rows[i].hours * HOUR_US,
                        instant,
                        is_working,
                        NULL };

        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (ht_hold_find_end_us (&hold), ==, rows[i].end_us);
    }
}

static void
test_it_ends_whatever_is_a_holiday (void)
{
    HtHold hold = { AT (MONDAY, 8), MONDAY, HOUR_US, instant, is_never_working, NULL };

    g_assert_cmpint (ht_hold_find_end_us (&hold), ==, AT (MONDAY + HT_HOLD_MOST_DAYS, 0));
}

static void
test_ranks (void)
{
    static const struct {
        const char *sentence;
        int rank, other;
        gboolean may;
    } rows[] = {
        { "the Government before the province", HT_RANK_GOVERNMENT, HT_RANK_PROVINCE, TRUE },
        { "the province before a department", HT_RANK_PROVINCE, HT_RANK_DEPARTMENT, TRUE },
        { "a department before training", HT_RANK_DEPARTMENT, HT_RANK_TRAINING, TRUE },
        { "not the other way round", HT_RANK_TRAINING, HT_RANK_GOVERNMENT, FALSE },
        { "equals keep their places", HT_RANK_PROVINCE, HT_RANK_PROVINCE, FALSE },
        { "no rank at all", HT_N_RANKS, HT_RANK_TRAINING, FALSE },
        { "before what is none", HT_RANK_GOVERNMENT, -1, FALSE },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (ht_rank_may_displace (rows[i].rank, rows[i].other), ==, rows[i].may);
    }
    g_assert_cmpuint (g_strv_length ((char **) ht_rank_names), ==, HT_N_RANKS);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/hold/end", test_end);
    g_test_add_func ("/core/hold/bounded", test_it_ends_whatever_is_a_holiday);
    g_test_add_func ("/core/hold/ranks", test_ranks);
    return g_test_run ();
}
