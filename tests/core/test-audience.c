/* SPDX-License-Identifier: MIT */

#include "scheduler/core/audience.h"

static gboolean
is_below (int64_t unit_id, int64_t above_id, gpointer user_data)
{
    for (; unit_id > 0; unit_id /= 10)
        if (unit_id == above_id)
            return TRUE;
    return FALSE;
}

static void
test_admits (void)
{
    static const struct {
        const char *sentence;
        int kind;
        int64_t ids[2];
        HtPerson person;
        gboolean admits;
    } rows[] = {
        { "everybody", HT_AUDIENCE_EVERYBODY, { 0 }, { .id = 5 }, TRUE },
        { "a closed account is nobody's",
          HT_AUDIENCE_EVERYBODY,
          { 0 },
          { .id = 5, .closed = TRUE },
          FALSE },
        { "of the unit", HT_AUDIENCE_UNITS, { 12 }, { .id = 5, .unit_id = 12 }, TRUE },
        { "below one of the units",
          HT_AUDIENCE_UNITS,
          { 3, 12 },
          { .id = 5, .unit_id = 124 },
          TRUE },
        { "above it", HT_AUDIENCE_UNITS, { 12 }, { .id = 5, .unit_id = 1 }, FALSE },
        { "of no unit", HT_AUDIENCE_UNITS, { 12 }, { .id = 12 }, FALSE },
        { "named", HT_AUDIENCE_PERSONS, { 4, 5 }, { .id = 5 }, TRUE },
        { "not named, though the unit has the same number",
          HT_AUDIENCE_PERSONS,
          { 4 },
          { .id = 5, .unit_id = 4 },
          FALSE },
        { "no such kind", HT_AUDIENCE_N_KINDS, { 5 }, { .id = 5, .unit_id = 5 }, FALSE },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));

        g_array_append_vals (ids, rows[i].ids, rows[i].ids[1] != 0 ? 2 : 1);
        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (ht_audience_admits (rows[i].kind, ids, &rows[i].person, is_below, NULL),
                         ==, rows[i].admits);
    }
}

static void
test_nobody_and_nothing (void)
{
    HtPerson person = { .id = 5, .unit_id = 12 };

    g_assert_false (ht_audience_admits (HT_AUDIENCE_EVERYBODY, NULL, NULL, is_below, NULL));
    g_assert_false (ht_audience_admits (HT_AUDIENCE_UNITS, NULL, &person, is_below, NULL));
    g_assert_false (ht_audience_admits (HT_AUDIENCE_PERSONS, NULL, &person, is_below, NULL));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/audience/admits", test_admits);
    g_test_add_func ("/core/audience/nobody", test_nobody_and_nothing);
    return g_test_run ();
}
