/* SPDX-License-Identifier: MIT */

#include "media/pipeline/dts.h"

#define MAX_UNITS 12
#define NONE      (-100)

typedef struct {
    const char *says;
    unsigned depth;
    int64_t pts[MAX_UNITS]; /* up to NONE */
    int64_t dts[MAX_UNITS];
} DtsCase;

static const DtsCase CASES[] = {
    { "nothing is reordered", 0, { 0, 10, 20, 30, NONE }, { 0, 10, 20, 30 } },
    { "two B pictures between references",
      1,
      { 0, 30, 10, 20, 60, 40, 50, NONE },
      { -1, 0, 10, 20, 30, 40, 50 } },
    { "B pictures that are references",
      2,
      { 0, 40, 20, 10, 30, 80, 60, 50, 70, NONE },
      { -2, -1, 0, 10, 20, 30, 40, 50, 60 } },
    { "a unit is missing", 1, { 0, 30, 20, 60, 40, 50, NONE }, { -1, 0, 20, 30, 40, 50 } },
};

static void
test_table (gconstpointer data)
{
    const DtsCase *row = data;
    HtDts dts = { 0 };

    ht_dts_set_depth (&dts, row->depth);
    for (unsigned i = 0; row->pts[i] != NONE; i++) {
        int64_t pts = row->pts[i];

        g_assert_cmpint (ht_dts_next (&dts, &pts), ==, row->dts[i]);
        g_assert_cmpint (pts, ==, row->pts[i]);
    }
}

/* Whatever comes: strictly rising, never above the presentation instant. */
static void
test_any_order (void)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (7);
    HtDts dts = { 0 };
    int64_t last = INT64_MIN;

    for (unsigned i = 0; i < 5000; i++) {
        int64_t pts = g_rand_int_range (rand, 0, 100000);
        int64_t got;

        if (i % 100 == 0)
            ht_dts_set_depth (&dts, (unsigned) g_rand_int_range (rand, 0, 20));
        got = ht_dts_next (&dts, &pts);
        g_assert_cmpint (got, >, last);
        g_assert_cmpint (got, <=, pts);
        last = got;
    }
}

/* A depth that was too small grows by itself, so that later units keep their instants. */
static void
test_grows (void)
{
    static const int64_t PTS[] = { 0, 30, 10, 20, 60, 40, 50, 90, 70, 80, 120, 100, 110 };
    HtDts dts = { 0 };

    for (unsigned i = 0; i < G_N_ELEMENTS (PTS); i++) {
        int64_t pts = PTS[i];

        ht_dts_next (&dts, &pts);
        if (i >= 4)
            g_assert_cmpint (pts, ==, PTS[i]);
    }
    g_assert_cmpuint (dts.depth, <=, 3);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *path = g_strdup_printf ("/dts/%s", CASES[i].says);

        g_test_add_data_func (path, &CASES[i], test_table);
    }
    g_test_add_func ("/dts/any-order", test_any_order);
    g_test_add_func ("/dts/grows", test_grows);
    return g_test_run ();
}
