/* SPDX-License-Identifier: MIT */

#include "scheduler/base/text.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"

static const struct {
    const char *what, *text, *problem, *checked;
} cases[] = {
    { "plain", "Giao ban", NULL, "Giao ban" },
    { "decomposed becomes composed", "Hue\xcc\x82\xcc\x81", NULL, "Huế" },
    { "space at the ends goes", "  Huế \n", NULL, "Huế" },
    { "a line break inside", "a\nb", "control-character", NULL },
    { "escape", "a\033b", "control-character", NULL },
    { "right-to-left override",
      "a\xe2\x80\xae"
      "b",
      "control-character", NULL },
    { "not UTF-8", "a\xff", "not-utf8", NULL },
    { "ten letters fit", "ếếếếếếếếếế", NULL, "ếếếếếếếếếế" },
    { "eleven do not", "ếếếếếếếếếếế", "too-long", NULL },
};

static void
test_check (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *text =
            ht_text_check (cases[i].text, strlen (cases[i].text), 10, FALSE, "title", &error);

        g_test_message ("%s", cases[i].what);
        g_assert_cmpstr (text, ==, cases[i].checked);
        if (cases[i].problem != NULL)
            g_assert_cmpstr (ht_problem_get_id (error), ==, cases[i].problem);
    }
}

static void
test_nul_inside_is_refused (void)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (ht_text_check ("a\0b", 3, 10, TRUE, NULL, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
}

static void
test_fold (void)
{
    g_autofree char *folded = ht_text_fold ("Điểm cầu HUẾ");

    g_assert_cmpstr (folded, ==, "diem cau hue");
}

static void
test_ids (void)
{
    static const char *const bad[] = { "",   "0",  "-1",
                                       "+1", "01", " 1",
                                       "1 ", "1x", "9223372036854775808" };
    int64_t id = 7;

    for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
        g_assert_false (ht_id_parse (bad[i], &id, NULL));
    g_assert_cmpint (id, ==, 7);
    g_assert_true (ht_id_parse ("9223372036854775807", &id, NULL));
    g_assert_cmpint (id, ==, INT64_MAX);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/base/text/check", test_check);
    g_test_add_func ("/base/text/nul", test_nul_inside_is_refused);
    g_test_add_func ("/base/text/fold", test_fold);
    g_test_add_func ("/base/id/parse", test_ids);
    return g_test_run ();
}
