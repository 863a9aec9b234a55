/* SPDX-License-Identifier: MIT */

#include "scheduler/core/span.h"

#include "scheduler/base/error.h"

static void
test_make (void)
{
    static const struct {
        const char *sentence;
        HtSpan span;
        const char *problem;
    } rows[] = {
        { "an hour", { 0, 3600 }, NULL },
        { "one microsecond", { 7, 8 }, NULL },
        { "the last one", { 1, HT_SPAN_END_OF_TIME_US - 1 }, NULL },
        { "empty", { 5, 5 }, "span-backwards" },
        { "backwards", { 6, 5 }, "span-backwards" },
        { "in 1969", { -1, 5 }, "span-out-of-time" },
        { "beyond 9999", { 1, HT_SPAN_END_OF_TIME_US }, "span-out-of-time" },
        { "as far as the numbers go", { INT64_MIN, INT64_MAX }, "span-out-of-time" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        HtSpan span = { -9, -9 };
        g_autoptr (GError) error = NULL;
        gboolean made = ht_span_make (rows[i].span.start_us, rows[i].span.end_us, &span, &error);

        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (made, ==, rows[i].problem == NULL);
        g_assert_cmpint (ht_span_is_valid (rows[i].span), ==, made);
        g_assert_cmpint (span.start_us, ==, made ? rows[i].span.start_us : -9);
        if (!made)
            g_assert_cmpstr (ht_problem_get_id (error), ==, rows[i].problem);
    }
}

static void
test_overlap (void)
{
    static const struct {
        const char *sentence;
        HtSpan a, b;
        gboolean overlaps;
    } rows[] = {
        { "apart", { 0, 1 }, { 2, 3 }, FALSE },
        { "one ends as the other begins", { 0, 2 }, { 2, 3 }, FALSE },
        { "by one", { 0, 3 }, { 2, 4 }, TRUE },
        { "one inside the other", { 0, 9 }, { 2, 4 }, TRUE },
        { "the same", { 2, 4 }, { 2, 4 }, TRUE },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        HtSpan both = ht_span_intersect (rows[i].a, rows[i].b);

        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (ht_span_overlaps (rows[i].a, rows[i].b), ==, rows[i].overlaps);
        g_assert_cmpint (ht_span_overlaps (rows[i].b, rows[i].a), ==, rows[i].overlaps);
        g_assert_cmpint (both.start_us < both.end_us, ==, rows[i].overlaps);
    }
}

static void
test_small_things (void)
{
    g_autofree char *text = ht_span_to_string ((HtSpan){ 0, INT64_C (5400) * G_USEC_PER_SEC });
    HtSpan wide = ht_span_widen ((HtSpan){ 10, 20 }, 15, 5);
    HtSpan late = ht_span_widen ((HtSpan){ 10, 20 }, 0, INT64_MAX);

    g_assert_cmpstr (text, ==, "[1970-01-01T00:00:00Z, 1970-01-01T01:30:00Z)");
    g_assert_cmpint (wide.start_us, ==, 0);
    g_assert_cmpint (wide.end_us, ==, 25);
    g_assert_true (ht_span_is_valid (late));
    g_assert_true (ht_span_contains ((HtSpan){ 3, 5 }, 3));
    g_assert_false (ht_span_contains ((HtSpan){ 3, 5 }, 5));
    g_assert_cmpint (ht_span_get_duration_us ((HtSpan){ 3, 5 }), ==, 2);
    g_assert_cmpint (ht_span_compare ((HtSpan){ 3, 5 }, (HtSpan){ 3, 6 }), <, 0);
    g_assert_cmpint (ht_span_compare ((HtSpan){ 4, 5 }, (HtSpan){ 3, 6 }), >, 0);
    g_assert_cmpint (ht_span_compare ((HtSpan){ 4, 5 }, (HtSpan){ 4, 5 }), ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/span/make", test_make);
    g_test_add_func ("/core/span/overlap", test_overlap);
    g_test_add_func ("/core/span/small-things", test_small_things);
    return g_test_run ();
}
