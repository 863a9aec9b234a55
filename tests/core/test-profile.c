/* SPDX-License-Identifier: MIT */

#include "scheduler/core/profile.h"

/* What is offered in the place of a profile is a lower one. */
static void
test_order (void)
{
    for (int i = HT_PROFILE_FULL; i < HT_PROFILE_AUDIO; i++) {
        g_assert_true (ht_profile_rows[i].joins);
        g_assert_cmpint (ht_profile_rows[i].kbps, >, ht_profile_rows[i + 1].kbps);
    }
    g_assert_cmpint (ht_profile_rows[HT_PROFILE_RECORD_LATER].kbps, ==, 0);
}

static void
test_names (void)
{
    for (int i = 0; i < HT_PROFILE_N_KINDS; i++)
        g_assert_nonnull (ht_profile_names[i]);
    g_assert_null (ht_profile_names[HT_PROFILE_N_KINDS]);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/profile/order", test_order);
    g_test_add_func ("/core/profile/names", test_names);
    return g_test_run ();
}
