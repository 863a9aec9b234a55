/* SPDX-License-Identifier: MIT */

#include "scheduler/core/closure.h"

#include "scheduler/base/error.h"

/* Hours of the wall clock of Asia/Ho_Chi_Minh, as instants. */
#define HOUR_US                (INT64_C (3600) * G_USEC_PER_SEC)
#define AT(day, hour)          (((day) *24 + (hour) -7) * HOUR_US)
#define SPAN(day, from, until) ((HtSpan){ AT (day, from), AT (day, until) })

enum { MONDAY = 20787 /* 2026-11-30 */, HOLIDAY = MONDAY + 2, SATURDAY = MONDAY + 5 };

static int64_t
instant (int64_t day, int minute, gpointer user_data)
{
    return AT (day, 0) + minute * (HOUR_US / 60);
}

/* Half past seven to half past eleven and one to five on working days, Saturday morning. */
static const HtOpenHours hours[] = {
    { 0, 780, 1020 }, { 0, 420, 690 },  { 1, 420, 690 }, { 1, 780, 1020 },
    { 2, 420, 690 },  { 2, 780, 1020 }, { 3, 420, 690 }, { 3, 780, 1020 },
    { 4, 420, 690 },  { 4, 780, 1020 }, { 5, 420, 690 },
};

static HtClosure *
make_calendar (void)
{
    static const int64_t closed[] = { HOLIDAY };
    HtClosureRule rule = { MONDAY, MONDAY + 14, hours, G_N_ELEMENTS (hours), closed, 1 };
    g_autoptr (GError) error = NULL;
    HtClosure *closure = ht_closure_new (&rule, instant, NULL, &error);

    g_assert_no_error (error);
    return closure;
}

static void
test_open (void)
{
    static const struct {
        const char *sentence;
        HtSpan span;
        gboolean open;
    } rows[] = {
        { "a morning", SPAN (MONDAY, 8, 10), TRUE },
        { "from the first minute to the last", SPAN (MONDAY, 13, 17), TRUE },
        { "over noon", SPAN (MONDAY, 11, 14), FALSE },
        { "at night", SPAN (MONDAY, 1, 3), FALSE },
        { "a holiday", SPAN (HOLIDAY, 8, 10), FALSE },
        { "Saturday morning", SPAN (SATURDAY, 8, 11), TRUE },
        { "Saturday afternoon", SPAN (SATURDAY, 13, 14), FALSE },
        { "Sunday", SPAN (SATURDAY + 1, 8, 9), FALSE },
        { "the next week", SPAN (MONDAY + 7, 8, 10), TRUE },
        { "the day before what is known", SPAN (MONDAY - 1, 8, 10), FALSE },
        { "the day after what is known", SPAN (MONDAY + 14, 8, 10), FALSE },
        { "one second too long", { AT (MONDAY, 13), AT (MONDAY, 17) + G_USEC_PER_SEC }, FALSE },
    };
    g_autoptr (HtClosure) closure = make_calendar ();

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (ht_closure_is_open (closure, rows[i].span), ==, rows[i].open);
    }
    g_assert_cmpint (ht_closure_get_known (closure).start_us, ==, AT (MONDAY, 0));
    g_assert_cmpint (ht_closure_get_known (closure).end_us, ==, AT (MONDAY + 14, 0));
}

static gboolean
collect (const HtHolding *holding, gpointer user_data)
{
    g_string_append_printf (user_data, "%d ", (int) holding->holder);
    return TRUE;
}

static void
test_says_why (void)
{
    g_autoptr (HtClosure) closure = make_calendar ();
    g_autoptr (GString) why = g_string_new (NULL);
    HtSpan span = { AT (HOLIDAY - 1, 16), AT (HOLIDAY + 1, 8) };

    ht_timeline_foreach_holding (ht_closure_peek_timeline (closure), span, collect, why);
    g_assert_cmpstr (why->str, ==, "1 2 1 "); /* the night, the holiday, the early morning */
}

static void
test_no_hours_are_never_open (void)
{
    HtClosureRule rule = { MONDAY, MONDAY + 7, NULL, 0, NULL, 0 };
    g_autoptr (HtClosure) closure = ht_closure_new (&rule, instant, NULL, NULL);

    g_assert_false (ht_closure_is_open (closure, SPAN (MONDAY, 8, 10)));
}

static void
test_all_day_joins_the_next (void)
{
    static const HtOpenHours always[] = { { 0, 0, 1440 }, { 1, 0, 1440 }, { 1, 600, 700 } };
    HtClosureRule rule = { MONDAY, MONDAY + 7, always, 3, NULL, 0 };
    g_autoptr (HtClosure) closure = ht_closure_new (&rule, instant, NULL, NULL);

    g_assert_true (ht_closure_is_open (closure, SPAN (MONDAY, 0, 48)));
    g_assert_false (ht_closure_is_open (closure, SPAN (MONDAY, 47, 49)));
}

static void
test_refusals (void)
{
    static const struct {
        const char *sentence;
        HtOpenHours hours;
        int64_t from_day, until_day;
    } rows[] = {
        { "days backwards", { 0, 0, 60 }, 5, 5 },
        { "more days than fit", { 0, 0, 60 }, 0, INT64_C (1) << 40 },
        { "an eighth day of the week", { 7, 0, 60 }, 1, 2 },
        { "hours backwards", { 0, 60, 60 }, 1, 2 },
        { "beyond midnight", { 0, 60, 1441 }, 1, 2 },
        { "before midnight", { 0, -1, 60 }, 1, 2 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        HtClosureRule rule = { rows[i].from_day, rows[i].until_day, &rows[i].hours, 1, NULL, 0 };
        g_autoptr (GError) error = NULL;

        g_test_message ("%s", rows[i].sentence);
        g_assert_null (ht_closure_new (&rule, instant, NULL, &error));
        g_assert_cmpstr (ht_problem_get_id (error), ==, "bad-opening-hours");
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/closure/open", test_open);
    g_test_add_func ("/core/closure/why", test_says_why);
    g_test_add_func ("/core/closure/never", test_no_hours_are_never_open);
    g_test_add_func ("/core/closure/all-day", test_all_day_joins_the_next);
    g_test_add_func ("/core/closure/refusals", test_refusals);
    return g_test_run ();
}
