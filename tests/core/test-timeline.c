/* SPDX-License-Identifier: MIT */

#include "scheduler/core/timeline.h"

#include <string.h>

#include "scheduler/base/error.h"

/* The same in the plainest way: every question looks at every instant. */
typedef struct {
    HtTimeline *tree;
    GArray *plain;   /* (element-type HtHolding) */
    int64_t *levels; /* what is taken at every instant */
    GRand *rand;
    int64_t end_us; /* of the time that is used */
    int64_t most;   /* amounts up to this */
} Model;

/* Longest that a question reaches beyond the time that is used. */
enum { BEYOND_US = 400, LEVELS_US = 20000 + BEYOND_US };

static void
count_levels (Model *model)
{
    memset (model->levels, 0, sizeof (int64_t) * (size_t) (model->end_us + BEYOND_US));
    for (unsigned i = 0; i < model->plain->len; i++) {
        const HtHolding *holding = &g_array_index (model->plain, HtHolding, i);

        for (int64_t at_us = holding->span.start_us; at_us < holding->span.end_us; at_us++)
            model->levels[at_us] += holding->amount;
    }
}

static int64_t
plain_peak (const int64_t *levels, HtSpan span)
{
    int64_t peak = 0;

    for (int64_t at_us = span.start_us; at_us < span.end_us; at_us++)
        peak = MAX (peak, levels[at_us]);
    return peak;
}

static int64_t
plain_find (const int64_t *levels, int64_t limit, int64_t length_us, HtSpan within)
{
    int64_t run_us = 0;

    for (int64_t at_us = within.start_us; at_us < within.end_us; at_us++) {
        run_us = levels[at_us] <= limit ? run_us + 1 : 0;
        if (run_us >= length_us)
            return at_us + 1 - length_us;
    }
    return -1;
}

static HtSpan
random_span (Model *model, int64_t longest_us)
{
    int64_t start_us = g_rand_int_range (model->rand, 0, (int) model->end_us);
    int64_t length_us = g_rand_int_range (model->rand, 1, (int) longest_us + 1);

    return (HtSpan){ start_us, start_us + length_us };
}

static void
change (Model *model)
{
    g_autoptr (GError) error = NULL;
    GArray *plain = model->plain;

    if (plain->len > 0 && g_rand_int_range (model->rand, 0, 5) < 2) {
        unsigned i = (unsigned) g_rand_int_range (model->rand, 0, (int) plain->len);

        ht_timeline_remove (model->tree, &g_array_index (plain, HtHolding, i), &error);
        g_array_remove_index_fast (plain, i);
    } else {
        HtHolding holding = { g_rand_int_range (model->rand, 1, 40), random_span (model, 30),
                              g_rand_int_range (model->rand, 1, (int) model->most + 1) };

        ht_timeline_add (model->tree, &holding, &error);
        g_array_append_val (plain, holding);
    }
    g_assert_no_error (error);
    g_assert_cmpuint (ht_timeline_get_count (model->tree), ==, plain->len);
}

typedef struct {
    const int64_t *levels;
    int64_t limit;
    int64_t covered_us; /* of all stretches found */
    int64_t last_us;
} ExcessCheck;

static gboolean
check_excess (HtSpan span, int64_t peak, gpointer user_data)
{
    ExcessCheck *check = user_data;

    g_assert_cmpint (span.start_us, >, check->last_us); /* in order, and never touching */
    g_assert_cmpint (span.end_us, >, span.start_us);
    g_assert_cmpint (peak, ==, plain_peak (check->levels, span));
    for (int64_t at_us = span.start_us; at_us < span.end_us; at_us++)
        g_assert_cmpint (check->levels[at_us], >, check->limit);
    check->covered_us += span.end_us - span.start_us;
    check->last_us = span.end_us;
    return TRUE;
}

static void
compare_excess (Model *model, HtSpan span, int64_t limit)
{
    ExcessCheck check = { model->levels, limit, 0, -1 };
    int64_t covered_us = 0;

    for (int64_t at_us = span.start_us; at_us < span.end_us; at_us++)
        covered_us += model->levels[at_us] > limit;
    ht_timeline_foreach_excess (model->tree, span, limit, check_excess, &check);
    g_assert_cmpint (check.covered_us, ==, covered_us);
}

static gboolean
check_holding (const HtHolding *holding, gpointer user_data)
{
    GArray *left = user_data;

    for (unsigned i = 0; i < left->len; i++) {
        const HtHolding *other = &g_array_index (left, HtHolding, i);

        if (other->holder == holding->holder && other->amount == holding->amount &&
            ht_span_compare (other->span, holding->span) == 0) {
            g_array_remove_index_fast (left, i);
            return TRUE;
        }
    }
    g_assert_not_reached ();
}

static void
compare_holdings (Model *model, HtSpan span)
{
    g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (HtHolding));

    for (unsigned i = 0; i < model->plain->len; i++)
        if (ht_span_overlaps (g_array_index (model->plain, HtHolding, i).span, span))
            g_array_append_val (expected, g_array_index (model->plain, HtHolding, i));
    ht_timeline_foreach_holding (model->tree, span, check_holding, expected);
    g_assert_cmpuint (expected->len, ==, 0);
}

static void
ask (Model *model)
{
    HtSpan span = random_span (model, 60);
    int64_t capacity = g_rand_int_range (model->rand, 1, (int) model->most * 6);
    int64_t amount = g_rand_int_range (model->rand, 1, (int) model->most + 1);
    int64_t length_us = g_rand_int_range (model->rand, 1, 25);
    int64_t peak;

    count_levels (model);
    peak = plain_peak (model->levels, span);
    g_assert_cmpint (ht_timeline_get_peak (model->tree, span), ==, peak);
    g_assert_cmpint (ht_timeline_fits (model->tree, capacity, span, amount), ==,
                     peak + amount <= capacity);
    span.end_us = span.start_us + g_rand_int_range (model->rand, 1, 300);
    g_assert_cmpint (
        ht_timeline_find_free (model->tree, capacity, amount, length_us, span), ==,
        amount > capacity ? -1 : plain_find (model->levels, capacity - amount, length_us, span));
    compare_excess (model, span, capacity);
    compare_holdings (model, span);
}

static void
run_model (int64_t end_us, int64_t most, unsigned changes)
{
    g_autoptr (HtTimeline) tree = ht_timeline_new ();
    g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (HtHolding));
    g_autofree int64_t *levels = g_new (int64_t, LEVELS_US);
    Model model = { tree, plain, levels, g_rand_new_with_seed (4), end_us, most };

    for (unsigned i = 0; i < changes; i++) {
        change (&model);
        if (i % 32 == 0)
            ask (&model);
    }
    while (plain->len > 0) {
        g_autoptr (GError) error = NULL;

        ht_timeline_remove (tree, &g_array_index (plain, HtHolding, plain->len / 2), &error);
        g_assert_no_error (error);
        g_array_remove_index_fast (plain, plain->len / 2);
        if (plain->len % 64 == 0)
            ask (&model);
    }
    g_assert_cmpuint (ht_timeline_measure (tree), <=, 64);
    g_rand_free (model.rand);
}

static void
test_like_the_plain_model (void)
{
    run_model (400, 3, 3000);   /* crowded: many points at every instant */
    run_model (20000, 1, 6000); /* sparse: rooms */
}

/* --- loading ------------------------------------------------------------------------------- */

static void
test_load_is_like_adding (void)
{
    static const unsigned counts[] = { 0, 1, 31, 32, 33, 500, 5000 };

    for (size_t c = 0; c < G_N_ELEMENTS (counts); c++) {
        g_autoptr (HtTimeline) tree = ht_timeline_new ();
        g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (HtHolding));
        g_autoptr (GError) error = NULL;
        g_autofree int64_t *levels = g_new (int64_t, LEVELS_US);
        Model model = { tree, plain, levels, g_rand_new_with_seed (5), 900, 2 };

        for (unsigned i = 0; i < counts[c]; i++) {
            HtHolding holding = { i, random_span (&model, 9), 1 };

            g_array_append_val (plain, holding);
        }
        ht_timeline_load (tree, (const HtHolding *) (void *) plain->data, counts[c] / 2, &error);
        ht_timeline_load (tree, &g_array_index (plain, HtHolding, counts[c] / 2),
                          counts[c] - counts[c] / 2, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (ht_timeline_get_count (tree), ==, counts[c]);
        for (unsigned i = 0; i < 10; i++)
            ask (&model);
        for (unsigned i = 0; i < 200; i++)
            change (&model);
        ask (&model);
        g_rand_free (model.rand);
    }
}

/* --- what is refused ----------------------------------------------------------------------- */

static void
test_refusals (void)
{
    static const struct {
        const char *sentence;
        HtHolding holding;
        const char *problem;
    } rows[] = {
        { "backwards", { 1, { 5, 4 }, 1 }, "span-backwards" },
        { "in 1969", { 1, { -5, 4 }, 1 }, "span-out-of-time" },
        { "nothing", { 1, { 5, 6 }, 0 }, "amount-not-positive" },
        { "less than nothing", { 1, { 5, 6 }, INT64_MIN }, "amount-not-positive" },
        { "more than can be counted", { 1, { 50, 60 }, INT64_MAX - 9 }, "amount-too-large" },
    };
    g_autoptr (HtTimeline) timeline = ht_timeline_new ();

    g_assert_true (ht_timeline_add (timeline, &(HtHolding){ 1, { 0, 100 }, 10 }, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (GError) error = NULL;
        const HtHolding both[] = { { 1, { 1, 2 }, 1 }, rows[i].holding };

        g_test_message ("%s", rows[i].sentence);
        g_assert_false (ht_timeline_add (timeline, &rows[i].holding, &error));
        g_assert_cmpstr (ht_problem_get_id (error), ==, rows[i].problem);
        g_assert_false (ht_timeline_load (timeline, both, 2, NULL));
        g_assert_cmpuint (ht_timeline_get_count (timeline), ==, 1); /* all or none */
        g_assert_false (ht_timeline_remove (timeline, &rows[i].holding, NULL));
    }
}

static void
test_remove_wants_the_very_same (void)
{
    static const HtHolding present = { 1, { 10, 20 }, 3 };
    static const HtHolding others[] = {
        { 2, { 10, 20 }, 3 }, { 1, { 10, 21 }, 3 }, { 1, { 9, 20 }, 3 }, { 1, { 10, 20 }, 2 }
    };
    g_autoptr (HtTimeline) timeline = ht_timeline_new ();
    g_autoptr (GError) error = NULL;

    ht_timeline_add (timeline, &present, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS (others); i++) {
        g_assert_false (ht_timeline_remove (timeline, &others[i], &error));
        g_assert_error (error, HT_ERROR, HT_ERROR_NOT_FOUND);
        g_clear_error (&error);
    }
    g_assert_cmpint (ht_timeline_get_peak (timeline, (HtSpan){ 0, 99 }), ==, 3);
    g_assert_true (ht_timeline_remove (timeline, &present, NULL));
    g_assert_cmpint (ht_timeline_get_peak (timeline, (HtSpan){ 0, 99 }), ==, 0);
}

static void
test_odd_questions_are_safe (void)
{
    g_autoptr (HtTimeline) timeline = ht_timeline_new ();
    HtSpan ever = { INT64_MIN, INT64_MAX };

    for (int round = 0; round < 2; round++) {
        int64_t taken = round == 0 ? 0 : INT64_MAX;

        g_assert_cmpint (ht_timeline_get_peak (timeline, ever), ==, taken);
        g_assert_cmpint (ht_timeline_get_peak (timeline, (HtSpan){ 7, 7 }), ==, 0);
        g_assert_cmpint (ht_timeline_get_peak (timeline, (HtSpan){ 9, 7 }), ==, 0);
        g_assert_cmpint (ht_timeline_get_peak (timeline, (HtSpan){ -9, 0 }), ==, 0);
        g_assert_true (ht_timeline_fits (timeline, INT64_MAX, ever, INT64_MAX - taken));
        g_assert_false (ht_timeline_fits (timeline, -1, ever, 1));
        g_assert_cmpint (ht_timeline_find_free (timeline, 1, 1, 5, ever), ==, 0);
        g_assert_cmpint (ht_timeline_find_free (timeline, 1, 1, 0, ever), ==, -1);
        g_assert_cmpint (ht_timeline_find_free (timeline, 1, 1, INT64_MAX, ever), ==, -1);
        g_assert_cmpint (ht_timeline_find_free (timeline, 1, 1, 5, (HtSpan){ 9, 13 }), ==, -1);
        g_assert_cmpint (ht_timeline_find_free (timeline, 0, 1, 5, ever), ==, -1);
        ht_timeline_add (timeline, &(HtHolding){ 1, { 5, 6 }, INT64_MAX }, NULL);
        if (round == 1)
            g_assert_false (ht_timeline_add (timeline, &(HtHolding){ 1, { 8, 9 }, 1 }, NULL));
    }
}

static gboolean
count_spans (HtSpan span, int64_t peak, gpointer user_data)
{
    ++*(int *) user_data;
    return *(int *) user_data < 2;
}

static void
test_adjoining_holdings_leave_no_gap (void)
{
    g_autoptr (HtTimeline) timeline = ht_timeline_new ();
    int stretches = 0;

    for (int64_t hour = 8; hour < 12; hour++)
        ht_timeline_add (timeline, &(HtHolding){ hour, { hour, hour + 1 }, 1 }, NULL);
    g_assert_cmpint (ht_timeline_get_peak (timeline, (HtSpan){ 0, 24 }), ==, 1);
    g_assert_cmpint (ht_timeline_find_free (timeline, 1, 1, 1, (HtSpan){ 8, 24 }), ==, 12);
    ht_timeline_foreach_excess (timeline, (HtSpan){ 0, 24 }, 0, count_spans, &stretches);
    g_assert_cmpint (stretches, ==, 1);
    /* whoever asks may stop */
    stretches = 0;
    for (int64_t hour = 14; hour < 24; hour += 2)
        ht_timeline_add (timeline, &(HtHolding){ hour, { hour, hour + 1 }, 1 }, NULL);
    ht_timeline_foreach_excess (timeline, (HtSpan){ 0, 24 }, 0, count_spans, &stretches);
    g_assert_cmpint (stretches, ==, 2);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/timeline/model", test_like_the_plain_model);
    g_test_add_func ("/core/timeline/load", test_load_is_like_adding);
    g_test_add_func ("/core/timeline/refusals", test_refusals);
    g_test_add_func ("/core/timeline/very-same", test_remove_wants_the_very_same);
    g_test_add_func ("/core/timeline/odd-questions", test_odd_questions_are_safe);
    g_test_add_func ("/core/timeline/adjoining", test_adjoining_holdings_leave_no_gap);
    return g_test_run ();
}
