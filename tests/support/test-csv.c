/* SPDX-License-Identifier: MIT */

#include "scheduler/support/csv.h"

#include <string.h>

#include "scheduler/base/error.h"

/* What the reader makes of a text, row by row: values joined by '|', rows by '/', a bad row as
 * "!LINE". */
static char *
describe (const char *text, size_t length)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (HtCsv) csv = ht_csv_new (text, length, &error);
    g_autoptr (GString) out = g_string_new (NULL);

    if (csv == NULL)
        return g_strdup (error->message);
    for (;;) {
        g_autoptr (GError) bad = NULL;

        if (ht_csv_next (csv, &bad)) {
            g_string_append_printf (out, "%u:%s|%s/", ht_csv_get_line (csv), ht_csv_get (csv, "a"),
                                    ht_csv_get (csv, "b"));
        } else if (bad != NULL) {
            g_string_append_printf (out, "!%s/", bad->message);
        } else {
            return g_string_free (g_steal_pointer (&out), FALSE);
        }
    }
}

static const struct {
    const char *why, *text, *expected;
} rows[] = {
    { "plain", "a,b\n1,2\n3,4\n", "2:1|2/3:3|4/" },
    { "no line end at the end", "a,b\n1,2", "2:1|2/" },
    { "CRLF, byte order mark",
      "\xef\xbb\xbf"
      "a,b\r\n1,2\r\n",
      "2:1|2/" },
    { "columns in another order, space round the names", " b ,a\n1,2\n", "2:2|1/" },
    { "Vietnamese letters", "a,b\nHuế,Phường Vỹ Dạ\n", "2:Huế|Phường Vỹ Dạ/" },
    { "quotes, a comma, a doubled quote", "a,b\n\"1,0\",\"say \"\"no\"\"\"\n",
      "2:1,0|say \"no\"/" },
    { "a line break inside quotes counts as a line", "a,b\n\"x\ny\",2\n3,4\n", "2:x\ny|2/4:3|4/" },
    { "empty fields are there, empty lines are not", "a,b\n,\n\n\r\n1,\n", "2:|/5:1|/" },
    { "semicolons", "a;b\n1,5;2\n", "2:1,5|2/" },
    { "names alone", "a,b\n", "" },
    { "too few and too many", "a,b\n1\n1,2\n1,2,3\n",
      "!line 2: there are 1 fields where the first line names 2 columns/3:1|2/"
      "!line 4: there are 3 fields where the first line names 2 columns/" },
    { "a quote in the middle; the next row is read", "a,b\n1\"2,3\n4,5\n",
      "!line 2: a quote stands inside a field that has none round it/3:4|5/" },
    { "text behind a quote", "a,b\n\"1\"2,3\n4,5\n",
      "!line 2: text stands behind a closing quote/3:4|5/" },
    { "a quote that never closes is named where it opens", "a,b\n1,2\n\"3,4\n5,6\n",
      "2:1|2/!line 3: a quote is never closed/" },
    { "a lone CR", "a,b\n1\r2,3\n4,5\n", "!line 2: a carriage return stands alone/3:4|5/" },
    { "no text at all", "", "line 1: a column has no name" },
    { "a column without a name", "a,,b\n", "line 1: a column has no name" },
    { "a column named twice", "a,b,a\n", "line 1: a column is named twice" },
    { "no UTF-8", "a,b\n1,2\n\xff,2\n", "line 3: this is no UTF-8 text" },
};

static void
test_rows (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autofree char *seen = describe (rows[i].text, strlen (rows[i].text));

        g_test_message ("%s", rows[i].why);
        g_assert_cmpstr (seen, ==, rows[i].expected);
    }
}

static void
test_nul_is_refused (void)
{
    g_autofree char *seen = describe ("a,b\n1,\0\n", 8);

    g_assert_cmpstr (seen, ==, "line 2: this is no UTF-8 text");
}

static void
test_too_many_fields (void)
{
    g_autofree char *commas = g_strnfill (100000, ',');
    g_autofree char *text = g_strconcat ("a,b\n", commas, "\n1,2\n", NULL);
    g_autofree char *seen = describe (text, strlen (text));

    g_assert_cmpstr (seen, ==, "!line 2: there are more than 64 fields/3:1|2/");
}

static void
test_bad_line_is_an_argument (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (HtCsv) csv = ht_csv_new ("a,b\n1\n", 6, NULL);

    g_assert_false (ht_csv_next (csv, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
    g_assert_cmpstr (ht_problem_get_id (error), ==, "bad-line");
}

static void
test_columns (void)
{
    static const char *const ab[] = { "a", "b", NULL };
    static const char *const a[] = { "a", NULL };
    static const char *const c[] = { "c", NULL };
    static const struct {
        const char *const *required, *const *optional;
        const char *field; /* at fault, NULL where all is well */
    } cases[] = {
        { ab, NULL, NULL }, { a, ab, NULL }, { a, NULL, "b" }, { c, ab, "c" }, { ab, c, NULL },
    };
    g_autoptr (HtCsv) csv = ht_csv_new ("a,b\n", 4, NULL);

    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        gboolean good = ht_csv_expect (csv, cases[i].required, cases[i].optional, &error);

        g_assert_cmpint (good, ==, cases[i].field == NULL);
        if (!good)
            g_assert_cmpstr (ht_problem_get_field (error), ==, cases[i].field);
    }
    g_assert_null (ht_csv_get (csv, "nowhere"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/support/csv/rows", test_rows);
    g_test_add_func ("/support/csv/nul", test_nul_is_refused);
    g_test_add_func ("/support/csv/too-many-fields", test_too_many_fields);
    g_test_add_func ("/support/csv/bad-line", test_bad_line_is_an_argument);
    g_test_add_func ("/support/csv/columns", test_columns);
    return g_test_run ();
}
