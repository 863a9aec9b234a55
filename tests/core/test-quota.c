/* SPDX-License-Identifier: MIT */

#include "scheduler/core/quota.h"

#define HOUR_US (INT64_C (3600) * G_USEC_PER_SEC)
#define SPAN(from, until)                                                                          \
    {                                                                                              \
        (from) * HOUR_US, (until) *HOUR_US                                                         \
    }

static void
test_measure (void)
{
    static const struct {
        const char *sentence;
        HtQuotaKind kind;
        HtSpan uses[3], window;
        int64_t amount;
    } rows[] = {
        { "hours add up",
          HT_QUOTA_HOURS_WEEK,
          { SPAN (0, 2), SPAN (5, 6), SPAN (5, 8) },
          SPAN (0, 10),
          6 },
        { "what lies outside does not count",
          HT_QUOTA_HOURS_WEEK,
          { SPAN (0, 4), SPAN (9, 12), SPAN (20, 30) },
          SPAN (2, 10),
          3 },
        { "a minute more is an hour more",
          HT_QUOTA_HOURS_WEEK,
          { SPAN (0, 1), { 0, HOUR_US / 60 }, SPAN (3, 3) },
          SPAN (0, 10),
          2 },
        { "one after the other",
          HT_QUOTA_CONCURRENT,
          { SPAN (0, 1), SPAN (1, 2), SPAN (2, 3) },
          SPAN (0, 10),
          1 },
        { "all at once",
          HT_QUOTA_CONCURRENT,
          { SPAN (0, 3), SPAN (1, 3), SPAN (2, 3) },
          SPAN (0, 10),
          3 },
        { "in the window alone",
          HT_QUOTA_CONCURRENT,
          { SPAN (0, 2), SPAN (1, 3), SPAN (1, 2) },
          SPAN (2, 10),
          1 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (ht_quota_measure (rows[i].kind, rows[i].uses, 3, rows[i].window), ==,
                         rows[i].amount);
    }
    g_assert_cmpint (ht_quota_measure (HT_QUOTA_CONCURRENT, NULL, 0, (HtSpan) SPAN (0, 1)), ==, 0);
}

static void
test_days (void)
{
    HtQuota quota = { .from_day = 10, .until_day = 20 };

    g_assert_false (ht_quota_is_in_force (&quota, 9));
    g_assert_true (ht_quota_is_in_force (&quota, 10));
    g_assert_true (ht_quota_is_in_force (&quota, 19));
    g_assert_false (ht_quota_is_in_force (&quota, 20));
    quota.until_day = 0;
    g_assert_true (ht_quota_is_in_force (&quota, 1000000));
    g_assert_cmpuint (g_strv_length ((char **) ht_quota_kind_names), ==, HT_QUOTA_N_KINDS);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/quota/measure", test_measure);
    g_test_add_func ("/core/quota/days", test_days);
    return g_test_run ();
}
