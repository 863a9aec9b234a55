/* SPDX-License-Identifier: MIT */

#include "scheduler/identity/throttle.h"

#include "scheduler/base/error.h"

#define S_US G_USEC_PER_SEC

static unsigned
take_all (HtThrottle *throttle, const char *name, int64_t now_us)
{
    unsigned n = 0;

    while (ht_throttle_take (throttle, name, now_us, NULL))
        n++;
    return n;
}

static void
test_a_burst_then_one_by_one (void)
{
    g_autoptr (HtThrottle) throttle = ht_throttle_new (5, 10 * S_US, 100);
    int64_t now_us = 1000 * S_US;

    g_assert_cmpuint (take_all (throttle, "an", now_us), ==, 5);
    g_assert_cmpuint (take_all (throttle, "an", now_us + 9 * S_US), ==, 0);
    g_assert_cmpuint (take_all (throttle, "an", now_us + 10 * S_US), ==, 1);
    g_assert_cmpuint (take_all (throttle, "an", now_us + 30 * S_US), ==, 2);
    g_assert_cmpuint (take_all (throttle, "an", now_us + 1000 * S_US), ==, 5);
    g_assert_cmpuint (take_all (throttle, "binh", now_us), ==, 5);
}

static void
test_it_says_how_long (void)
{
    g_autoptr (HtThrottle) throttle = ht_throttle_new (1, 10 * S_US, 100);
    g_autoptr (GError) error = NULL;

    g_assert_true (ht_throttle_take (throttle, "an", 0, NULL));
    g_assert_false (ht_throttle_take (throttle, "an", 3 * S_US, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_BUSY);
    g_assert_cmpstr (ht_problem_get_id (error), ==, "too-many-tries");
    g_assert_cmpstr (error->message, ==, "tried too often; try again in 8 s");
}

static void
test_a_good_try_is_given_back (void)
{
    g_autoptr (HtThrottle) throttle = ht_throttle_new (2, 10 * S_US, 100);

    for (int i = 0; i < 10; i++) {
        g_assert_true (ht_throttle_take (throttle, "an", 5, NULL));
        ht_throttle_give_back (throttle, "an");
    }
    ht_throttle_give_back (throttle, "nobody");
    g_assert_cmpuint (take_all (throttle, "an", 5), ==, 2);
}

static void
test_names_are_bounded (void)
{
    g_autoptr (HtThrottle) throttle = ht_throttle_new (2, 10 * S_US, 8);

    for (int i = 0; i < 100; i++) {
        g_autofree char *name = g_strdup_printf ("name %d", i);

        ht_throttle_take (throttle, name, i, NULL);
    }
    g_assert_cmpuint (ht_throttle_count (throttle), <=, 8);
    /* a long time later all buckets are full: they go together */
    ht_throttle_take (throttle, "late", 1000 * S_US, NULL);
    g_assert_cmpuint (ht_throttle_count (throttle), ==, 1);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/identity/throttle/burst", test_a_burst_then_one_by_one);
    g_test_add_func ("/identity/throttle/wait", test_it_says_how_long);
    g_test_add_func ("/identity/throttle/good", test_a_good_try_is_given_back);
    g_test_add_func ("/identity/throttle/bounded", test_names_are_bounded);
    return g_test_run ();
}
