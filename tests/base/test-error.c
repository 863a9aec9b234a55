/* SPDX-License-Identifier: MIT */

#include "scheduler/base/error.h"

static void
collect (const char *name, const char *value, gpointer user_data)
{
    g_string_append_printf (user_data, "%s=%s;", name, value);
}

static void
test_problem_carries_everything (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) copy = NULL;
    g_autoptr (GString) arguments = g_string_new (NULL);

    ht_problem_set (&error, HT_ERROR_CONFLICT, "resource-taken", "rooms", "%s is taken", "B2");
    ht_problem_add (error, "room", "B2");
    ht_problem_add (error, "by", "Hạnh");
    copy = g_error_copy (error);
    g_prefix_error (&copy, "book: ");

    g_assert_error (copy, HT_ERROR, HT_ERROR_CONFLICT);
    g_assert_cmpstr (copy->message, ==, "book: B2 is taken");
    g_assert_cmpstr (ht_problem_get_id (copy), ==, "resource-taken");
    g_assert_cmpstr (ht_problem_get_field (copy), ==, "rooms");
    ht_problem_foreach_argument (copy, collect, arguments);
    g_assert_cmpstr (arguments->str, ==, "room=B2;by=Hạnh;");
}

static void
test_plain_and_foreign_errors_have_an_id (void)
{
    g_autoptr (GError) plain = g_error_new (HT_ERROR, HT_ERROR_NOT_FOUND, "no session 4");
    g_autoptr (GError) foreign = g_error_new (G_FILE_ERROR, G_FILE_ERROR_IO, "bad disk");

    g_assert_cmpstr (ht_problem_get_id (plain), ==, "not-found");
    g_assert_cmpstr (ht_problem_get_id (foreign), ==, "internal");
    g_assert_null (ht_problem_get_field (foreign));
    ht_problem_add (foreign, "ignored", "quietly");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/base/error/carries-everything", test_problem_carries_everything);
    g_test_add_func ("/base/error/always-an-id", test_plain_and_foreign_errors_have_an_id);
    return g_test_run ();
}
