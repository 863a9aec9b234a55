/* SPDX-License-Identifier: MIT */

#include "scheduler/core/policy.h"

#include "scheduler/base/error.h"

static void
test_the_table_is_sound (void)
{
    HtPolicy policy = ht_policy_get_default ();

    for (int i = 0; i < HT_POLICY_N_NUMBERS; i++) {
        const HtPolicyRow *row = &ht_policy_rows[i];

        g_assert_nonnull (row->name);
        g_test_message ("%s", row->name);
        g_assert_nonnull (row->sentence);
        g_assert_cmpint (row->least, <=, row->standard);
        g_assert_cmpint (row->standard, <=, row->most);
        g_assert_cmpint (row->most, <, INT64_MAX / row->unit_us);
        g_assert_cmpint (ht_policy_get (&policy, i), ==, row->standard * row->unit_us);
        for (int other = 0; other < i; other++)
            g_assert_cmpstr (row->name, !=, ht_policy_rows[other].name);
    }
}

static void
test_defaults_that_others_count_on (void)
{
    HtPolicy policy = ht_policy_get_default ();

    g_assert_cmpint (ht_policy_get (&policy, HT_POLICY_EARLY_JOIN_US), ==, INT64_C (300000000));
    g_assert_cmpint (ht_policy_get (&policy, HT_POLICY_OCCURRENCES_MOST), ==, 366);
    g_assert_cmpint (ht_policy_get (&policy, HT_POLICY_TOMBSTONE_US), ==,
                     INT64_C (60) * 86400 * 1000000);
    /* warnings come in the order of their names */
    g_assert_cmpint (ht_policy_get (&policy, HT_POLICY_WARN_FIRST_US), >,
                     ht_policy_get (&policy, HT_POLICY_WARN_AGAIN_US));
}

static void
test_set (void)
{
    static const struct {
        const char *name;
        int64_t value;
        const char *problem;
    } rows[] = {
        { "early-join", 0, NULL },
        { "early-join", 120, NULL },
        { "early-join", 121, "policy-out-of-range" },
        { "early-join", INT64_MIN, "policy-out-of-range" },
        { "earlyjoin", 5, "no-such-policy" },
        { NULL, 5, "no-such-policy" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        HtPolicy policy = ht_policy_get_default ();
        g_autoptr (GError) error = NULL;
        gboolean set = ht_policy_set (&policy, rows[i].name, rows[i].value, &error);

        g_assert_cmpint (set, ==, rows[i].problem == NULL);
        g_assert_cmpint (ht_policy_get (&policy, HT_POLICY_EARLY_JOIN_US), ==,
                         (set ? rows[i].value : 5) * INT64_C (60000000));
        if (!set)
            g_assert_cmpstr (ht_problem_get_id (error), ==, rows[i].problem);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/policy/table", test_the_table_is_sound);
    g_test_add_func ("/core/policy/defaults", test_defaults_that_others_count_on);
    g_test_add_func ("/core/policy/set", test_set);
    return g_test_run ();
}
