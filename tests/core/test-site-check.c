/* SPDX-License-Identifier: MIT */

#include "scheduler/core/operation.h"

#define BIT(question) (1u << HT_CHECK_##question)

static void
test_which_questions_are_open (void)
{
    static const struct {
        const char *sentence;
        HtSiteCheck check;
        int64_t wanted_kbps;
        unsigned open;
    } rows[] = {
        { "nothing was said",
          { .on_post = HT_CHECK_UNKNOWN },
          2000,
          BIT (TECHNICIAN) | BIT (PICTURE) | BIT (SOUND) | BIT (LINE) | BIT (SIGNATURE) },
        { "no line is needed",
          { .on_post = HT_CHECK_UNKNOWN },
          0,
          BIT (TECHNICIAN) | BIT (PICTURE) | BIT (SOUND) | BIT (SIGNATURE) },
        { "a bad sound is as open as an unknown one",
          { .on_post = HT_CHECK_YES, .picture = HT_CHECK_YES, .sound = HT_CHECK_NO },
          0,
          BIT (SOUND) | BIT (SIGNATURE) },
        { "a line a little too thin",
          { .on_post = HT_CHECK_YES,
            .picture = HT_CHECK_YES,
            .sound = HT_CHECK_YES,
            .line_kbps = 1999 },
          2000,
          BIT (LINE) | BIT (SIGNATURE) },
        { "all is well, and nobody has signed",
          { .on_post = HT_CHECK_YES,
            .picture = HT_CHECK_YES,
            .sound = HT_CHECK_YES,
            .line_kbps = 2000 },
          2000,
          BIT (SIGNATURE) },
        { "signed with a question open: somebody answers for it", { .signed_by_id = 7 }, 2000, 0 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_test_message ("%s", rows[i].sentence);
        g_assert_cmphex (ht_site_check_list_questions (&rows[i].check, rows[i].wanted_kbps), ==,
                         rows[i].open);
    }
    g_assert_cmphex (ht_site_check_list_questions (NULL, 2000), ==, rows[0].open);
}

static void
test_a_site_has_one_check (void)
{
    HtOperation operation = { .id = 1 };

    g_assert_null (ht_operation_find_site (NULL, 5));
    g_assert_null (ht_operation_find_site (&operation, 5));
    ht_operation_put_site (&operation, 5)->line_kbps = 100;
    g_assert_cmpint (ht_operation_put_site (&operation, 6)->picture, ==, HT_CHECK_UNKNOWN);
    g_assert_cmpint (ht_operation_put_site (&operation, 5)->line_kbps, ==, 100);
    g_assert_cmpuint (operation.sites->len, ==, 2);
    g_assert_null (ht_operation_find_site (&operation, 7));
    g_array_unref (operation.sites);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/site-check/questions", test_which_questions_are_open);
    g_test_add_func ("/core/site-check/one", test_a_site_has_one_check);
    return g_test_run ();
}
