/* SPDX-License-Identifier: MIT */

#include "scheduler/support/json.h"

static const struct {
    const char *text, *json;
} marks[] = {
    { "", "\"\"" },
    { "Tập huấn", "\"Tập huấn\"" },
    { "\"a\" \\", "\"\\\"a\\\" \\\\\"" },
    { "two\nlines\x01", "\"two\\u000alines\\u0001\"" },
    { NULL, "null" },
};

static void
test_numbers_are_as_printf_writes_them (void)
{
    static const int64_t numbers[] = { 0, 7, -1, 10, -900, INT64_MAX, INT64_MIN };

    for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++) {
        g_autoptr (GString) json = g_string_new (NULL);
        g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, numbers[i]);

        ht_json_append_int (json, numbers[i]);
        g_assert_cmpstr (json->str, ==, expected);
    }
}

static void
test_marks_are_escaped (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (marks); i++) {
        g_autoptr (GString) json = g_string_new (NULL);

        ht_json_append_string (json, marks[i].text);
        g_assert_cmpstr (json->str, ==, marks[i].json);
    }
}

static void
test_a_name_has_its_colon (void)
{
    g_autoptr (GString) json = g_string_new ("{");

    ht_json_append_name (json, "endUs");
    ht_json_append_int (json, 5);
    g_assert_cmpstr (json->str, ==, "{\"endUs\":5");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/support/json/numbers", test_numbers_are_as_printf_writes_them);
    g_test_add_func ("/support/json/marks", test_marks_are_escaped);
    g_test_add_func ("/support/json/names", test_a_name_has_its_colon);
    return g_test_run ();
}
