/* SPDX-License-Identifier: MIT */

#include "calendar/text/line.h"

#include <string.h>

static const struct {
    const char *what, *value, *line;
} texts[] = {
    { "plain", "Giao ban", "SUMMARY:Giao ban\r\n" },
    { "what TEXT escapes", "a;b,c\\d", "SUMMARY:a\\;b\\,c\\\\d\r\n" },
    { "line ends of any kind", "a\nb\r\nc", "SUMMARY:a\\nb\\nc\r\n" },
    { "nothing", "", "SUMMARY:\r\n" },
};

static void
test_escape (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GString) text = g_string_new (NULL);

        g_test_message ("%s", texts[i].what);
        ht_line_append_text (text, "SUMMARY", texts[i].value);
        g_assert_cmpstr (text->str, ==, texts[i].line);
    }
}

/* Folded after @shift octets of something else. */
static void
check_fold (const char *letter, int shift)
{
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GString) value = g_string_new (NULL);
    g_autoptr (GString) unfolded = g_string_new (NULL);
    g_auto (GStrv) lines = NULL;

    for (int i = 0; i < shift; i++)
        g_string_append_c (value, 'x');
    for (int i = 0; i < 100; i++)
        g_string_append (value, letter);
    ht_line_append (text, "X", value->str);
    lines = g_strsplit (text->str, "\r\n", -1);
    for (char **line = lines; line[1] != NULL; line++) {
        g_assert_cmpuint (strlen (*line), <=, HT_LINE_OCTETS);
        g_assert_true (g_utf8_validate (*line, -1, NULL));
        g_string_append (unfolded, line == lines ? *line : *line + 1);
    }
    g_assert_cmpstr (unfolded->str + 2, ==, value->str);
}

/* Every shift of every width of letter: no line over 75 octets, no letter cut, nothing lost. */
static void
test_fold (void)
{
    static const char *const letters[] = { "a", "đ", "ế", "e\xcc\x82\xcc\x81", "𐍈" };

    for (size_t l = 0; l < G_N_ELEMENTS (letters); l++)
        for (int shift = 0; shift < 80; shift++)
            check_fold (letters[l], shift);
}

static void
test_instant (void)
{
    g_autoptr (GString) text = g_string_new (NULL);

    ht_line_append_instant (text, "DTSTAMP", -1);
    ht_line_append_instant (text, "DTSTAMP", 1767571200000000);
    g_assert_cmpstr (text->str, ==, "DTSTAMP:19691231T235959Z\r\nDTSTAMP:20260105T000000Z\r\n");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/line/escape", test_escape);
    g_test_add_func ("/line/fold", test_fold);
    g_test_add_func ("/line/instant", test_instant);
    return g_test_run ();
}
