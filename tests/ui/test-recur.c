/* SPDX-License-Identifier: MIT */

#include "ui/cli/recur.h"

static const struct {
    const char *what, *zone, *start, *rule;
    unsigned limit;
    const char *expected;
} cases[] = {
    { "a local time", NULL, "20260105T080000", "FREQ=WEEKLY;COUNT=2", 1000,
      "20260105T080000 20260112T080000" },
    { "a date", NULL, "20260105", "FREQ=WEEKLY;COUNT=2", 1000, "20260105 20260112" },
    { "UTC stays UTC in any zone", "America/New_York", "20260308T023000Z", "FREQ=DAILY;COUNT=2",
      1000, "20260308T023000Z 20260309T023000Z" },
    { "a zone's gap", "America/New_York", "20260308T023000", "FREQ=DAILY;COUNT=1", 1000,
      "20260309T023000" },
    { "the limit", NULL, "20260105", "FREQ=DAILY", 2, "20260105 20260106" },
    { "none", NULL, "20260105", "FREQ=DAILY;UNTIL=20250101", 2, "" },
    { "a start that is none", NULL, "2026-01-05", "FREQ=DAILY", 2,
      "refused: START: '2026-01-05' is not of the form 20261125, 20261125T073000 or "
      "20261125T003000Z" },
    { "a rule that is none", NULL, "20260105", "FREQ=DAILY;FOO=\033[2J", 2,
      "refused: there is no part 'FOO'" },
    { "no control character goes to the terminal", NULL, "20260105", "\033[2J=1", 2,
      "refused: there is no part '?[2J'" },
    { "a hostile rule", NULL, "20260105T000000", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", 2,
      "refused: the rule finds no occurrence within its bound of steps" },
};

static void
test_show (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (HtZone) zone =
            cases[i].zone == NULL ? NULL : ht_zone_new (cases[i].zone, NULL, NULL);
        g_autofree char *shown =
            ht_recur_show (cases[i].start, cases[i].rule, zone, cases[i].limit);

        g_test_message ("%s", cases[i].what);
        g_assert_cmpstr (shown, ==, cases[i].expected);
    }
}

/* One line for one line, whatever stands in it. */
static void
test_lines (void)
{
    char in_text[] = "20260105\tFREQ=DAILY;COUNT=2\n\nnonsense\n20260105\tFREQ=DAILY;COUNT=1\r\n"
                     "20260105T080000\tFREQ=YEARLY;COUNT=1";
    g_autofree char *out_text = g_new0 (char, 1000);
    FILE *in = fmemopen (in_text, sizeof in_text - 1, "r");
    FILE *out = fmemopen (out_text, 1000, "w");

    ht_recur_show_lines (in, out, NULL, HT_RECUR_LIMIT);
    fclose (in);
    fclose (out);
    g_assert_cmpstr (out_text, ==,
                     "20260105 20260106\n"
                     "refused: the line is not of the form START<TAB>RULE\n"
                     "refused: the line is not of the form START<TAB>RULE\n"
                     "20260105\n"
                     "20260105T080000\n");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/recur/show", test_show);
    g_test_add_func ("/recur/lines", test_lines);
    return g_test_run ();
}
