/* SPDX-License-Identifier: MIT */

#include "scheduler/core/slot-search.h"

#include "scheduler/base/error.h"

enum { N_ROOMS = 6, OPEN_ROOM = 4, RETIRED = 5, MONDAY = 4 /* 1970-01-05 */ };

typedef struct {
    HtTimeline *rooms[N_ROOMS]; /* (owned); 0 is not used */
    HtClosure *closure;         /* (owned) */
} House;

static int64_t
instant (int64_t day, int minute, gpointer user_data)
{
    return day * 1440 + minute;
}

static void
set_up (House *house, gconstpointer unused)
{
    static const HtOpenHours hours[] = { { 0, 480, 600 }, { 1, 480, 600 } };
    HtClosureRule rule = { MONDAY, MONDAY + 7, hours, 2, NULL, 0 };

    for (int i = 0; i < N_ROOMS; i++)
        house->rooms[i] = ht_timeline_new ();
    house->closure = ht_closure_new (&rule, instant, NULL, NULL);
}

static void
tear_down (House *house, gconstpointer unused)
{
    for (int i = 0; i < N_ROOMS; i++)
        ht_timeline_free (house->rooms[i]);
    ht_closure_free (house->closure);
}

static gboolean
look_up (int64_t id, HtSupply *supply, gpointer user_data)
{
    const House *house = user_data;

    if (id < 1 || id >= N_ROOMS)
        return FALSE;
    *supply =
        (HtSupply){ house->rooms[id], 1, id == OPEN_ROOM ? house->closure : NULL, id == RETIRED };
    return TRUE;
}

static void
take (House *house, int64_t room, int64_t start_us, int64_t end_us)
{
    ht_timeline_add (house->rooms[room], &(HtHolding){ 9, { start_us, end_us }, 1 }, NULL);
}

static char *
find (const HtSlotSearch *search)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (HtSlots) slots = ht_slots_find (search, &error);
    GString *text = g_string_new (NULL);

    g_assert_no_error (error);
    for (unsigned i = 0; i < slots->slots->len; i++) {
        HtSpan slot = g_array_index (slots->slots, HtSpan, i);

        g_string_append_printf (text, "[%d,%d)", (int) slot.start_us, (int) slot.end_us);
    }
    for (unsigned i = 0; i < slots->full->len; i++)
        g_string_append_printf (text, "full:%d", (int) g_array_index (slots->full, int64_t, i));
    return g_string_free (text, FALSE);
}

#define ASSERT_FOUND(search, expected)                                                             \
    G_STMT_START                                                                                   \
    {                                                                                              \
        g_autofree char *found_ = find (search);                                                   \
        g_assert_cmpstr (found_, ==, expected);                                                    \
    }                                                                                              \
    G_STMT_END

static void
test_common_free_time (House *house, gconstpointer unused)
{
    /* ten long, room 1 with five before and two after */
    HtDemand demands[] = { { 0, { 1, 95, 112, 1 } }, { 0, { 2, 100, 110, 1 } } };
    HtSlotSearch search = { .demands = demands,
                            .n_demands = 2,
                            .start_us = 100,
                            .length_us = 10,
                            .within = { 100, 300 },
                            .most = 1,
                            .lookup = look_up,
                            .user_data = house };

    ASSERT_FOUND (&search, "[100,110)");
    take (house, 1, 90, 96);
    ASSERT_FOUND (&search, "[101,111)");
    take (house, 2, 105, 130);
    ASSERT_FOUND (&search, "[130,140)");
    take (house, 1, 141, 150); /* in the way of room 1's tear-down */
    ASSERT_FOUND (&search, "[155,165)");
    search.grid_us = 15;
    search.grid_from_us = 1;
    ASSERT_FOUND (&search, "[166,176)");
    search.most = 3;
    ASSERT_FOUND (&search, "[166,176)[181,191)[196,206)");
    search.within.end_us = 176;
    ASSERT_FOUND (&search, "[166,176)");
    search.within.end_us = 175;
    ASSERT_FOUND (&search, "");
}

static void
test_says_who_was_full (House *house, gconstpointer unused)
{
    HtDemand demands[] = { { 0, { 1, 100, 110, 1 } },
                           { 0, { 2, 100, 110, 1 } },
                           { 0, { RETIRED, 100, 110, 1 } } };
    HtSlotSearch search = { .demands = demands,
                            .n_demands = 2,
                            .start_us = 100,
                            .length_us = 10,
                            .within = { 100, 300 },
                            .most = 1,
                            .lookup = look_up,
                            .user_data = house };

    take (house, 2, 0, 400);
    ASSERT_FOUND (&search, "full:2");
    search.n_demands = 3;
    ASSERT_FOUND (&search, "full:2full:5");
}

static void
test_opening_hours (House *house, gconstpointer unused)
{
    /* set up twenty before the doors open */
    HtDemand demands[] = { { 0, { OPEN_ROOM, 80, 160, 1 }, { 100, 160 } } };
    HtSlotSearch search = { .demands = demands,
                            .n_demands = 1,
                            .start_us = 100,
                            .length_us = 60,
                            .within = { 0, 20000 },
                            .most = 9,
                            .lookup = look_up,
                            .user_data = house };

    ASSERT_FOUND (&search, "[6240,6300)[6300,6360)[7680,7740)[7740,7800)");
    search.ignore_closures = TRUE;
    search.most = 1;
    ASSERT_FOUND (&search, "[20,80)"); /* nothing is set up before time began */
}

static void
test_a_series_moves_as_one (House *house, gconstpointer unused)
{
    HtDemand demands[] = { { 0, { 1, 100, 110, 1 } },
                           { 1, { 1, 200, 210, 1 } },
                           { 2, { 1, 300, 310, 1 } } };
    HtSlotSearch search = { .demands = demands,
                            .n_demands = 3,
                            .start_us = 100,
                            .length_us = 10,
                            .within = { 100, 200 },
                            .most = 1,
                            .lookup = look_up,
                            .user_data = house };

    take (house, 1, 305, 320); /* moves the third, and so all */
    take (house, 1, 225, 226);
    ASSERT_FOUND (&search, "[126,136)");
}

static void
test_nearest (House *house, gconstpointer unused)
{
    HtDemand demands[] = { { 0, { 1, 1000, 1010, 1 } } };
    HtSlotSearch search = { .demands = demands,
                            .n_demands = 1,
                            .start_us = 1000,
                            .length_us = 10,
                            .within = { 0, 9000 },
                            .grid_us = 5,
                            .most = 1,
                            .lookup = look_up,
                            .user_data = house };
    g_autoptr (GError) error = NULL;
    HtSpan slot;

    g_assert_true (ht_slots_find_nearest (&search, &slot, &error));
    g_assert_cmpint (slot.start_us, ==, 1000);
    take (house, 1, 1000, 1100);
    g_assert_true (ht_slots_find_nearest (&search, &slot, &error));
    g_assert_cmpint (slot.start_us, ==, 990);
    take (house, 1, 850, 1000);
    g_assert_true (ht_slots_find_nearest (&search, &slot, &error));
    g_assert_cmpint (slot.start_us, ==, 1100);
    search.within.end_us = 1105;
    g_assert_true (ht_slots_find_nearest (&search, &slot, &error));
    g_assert_cmpint (slot.start_us, ==, 840);
    search.within.start_us = 900;
    g_assert_false (ht_slots_find_nearest (&search, &slot, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_NOT_FOUND);
}

/* Against the plainest search: every start, every demand. */
static void
test_like_trying_every_start (House *house, gconstpointer unused)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (3);

    for (int round = 0; round < 150; round++) {
        int64_t room = g_rand_int_range (rand, 1, 4), at_us = g_rand_int_range (rand, 0, 2000);
        int64_t length_us = g_rand_int_range (rand, 1, 30), expected_us = -1;
        HtDemand demands[] = { { 0, { 1, 1000 - 3, 1000 + length_us, 1 } },
                               { 0, { 2, 1000, 1000 + length_us + 4, 1 } },
                               { 0, { 3, 1000, 1000 + length_us, 1 } } };
        HtSlotSearch search = { .demands = demands,
                                .n_demands = 3,
                                .start_us = 1000,
                                .length_us = length_us,
                                .within = { 50, 1900 },
                                .grid_us = 7,
                                .most = 1,
                                .lookup = look_up,
                                .user_data = house };
        g_autofree char *text = NULL;

        take (house, room, at_us, at_us + g_rand_int_range (rand, 1, 40));
        for (int64_t t = 56; t <= 1900 - length_us && expected_us < 0; t += 7) {
            gboolean free = TRUE;

            for (int i = 0; i < 3; i++) {
                HtSpan span = { demands[i].reservation.start_us + t - 1000,
                                demands[i].reservation.end_us + t - 1000 };

                free &= ht_timeline_get_peak (house->rooms[i + 1], span) == 0;
            }
            expected_us = free ? t : -1;
        }
        text = expected_us < 0 ? g_strdup ("")
                               : g_strdup_printf ("[%d,%d)", (int) expected_us,
                                                  (int) (expected_us + length_us));
        ASSERT_FOUND (&search, text);
    }
}

static void
test_substitutes (House *house, gconstpointer unused)
{
    static const int64_t candidates[] = { 2, 99, RETIRED, 3, 1, 4 };
    HtDemand demands[] = { { 0, { 1, 6250, 6260, 1 }, { 6250, 6260 } },
                           { 1, { 1, 6270, 6280, 1 }, { 6270, 6280 } },
                           { 0, { 4, 10, 20, 1 }, { 10, 20 } } };
    HtAdmission admission = { demands, 3, NULL, 0, look_up, house, FALSE };
    g_autoptr (GArray) list = NULL;

    take (house, 2, 6275, 6276); /* in the way of the second occurrence */
    list = ht_slots_list_substitutes (&admission, 1, candidates, 6, 9);
    g_assert_cmpuint (list->len, ==, 1); /* 4 is taken by the request itself */
    g_assert_cmpint (g_array_index (list, int64_t, 0), ==, 3);
    g_array_unref (list);
    admission.n_demands = 2;
    list = ht_slots_list_substitutes (&admission, 1, candidates, 6, 9);
    g_assert_cmpuint (list->len, ==, 2);
    g_assert_cmpint (g_array_index (list, int64_t, 1), ==, 4);
    g_array_unref (list);
    list = ht_slots_list_substitutes (&admission, 1, candidates, 6, 1);
    g_assert_cmpuint (list->len, ==, 1);
}

static void
test_refusals (House *house, gconstpointer unused)
{
    HtDemand demands[] = { { 0, { 99, 100, 110, 1 } } };
    HtSlotSearch good = { .demands = demands,
                          .n_demands = 0,
                          .start_us = 100,
                          .length_us = 10,
                          .within = { 100, 300 },
                          .most = 1,
                          .lookup = look_up,
                          .user_data = house };
    HtSlotSearch bad[] = { good, good, good, good };
    static const char *const problems[] = { "cannot-be-checked", "bad-search", "bad-search",
                                            "bad-search" };

    bad[0].n_demands = 1;
    bad[1].length_us = 0;
    bad[2].within = (HtSpan){ 5, 5 };
    bad[3].grid_us = -1;
    for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;
        HtSpan slot;

        g_assert_null (ht_slots_find (&bad[i], &error));
        g_assert_cmpstr (ht_problem_get_id (error), ==, problems[i]);
        g_assert_false (ht_slots_find_nearest (&bad[i], &slot, NULL));
    }
    /* who needs nothing is always free */
    ASSERT_FOUND (&good, "[100,110)");
}

#define ADD(path, function) g_test_add (path, House, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("/core/slot-search/common", test_common_free_time);
    ADD ("/core/slot-search/full", test_says_who_was_full);
    ADD ("/core/slot-search/hours", test_opening_hours);
    ADD ("/core/slot-search/series", test_a_series_moves_as_one);
    ADD ("/core/slot-search/nearest", test_nearest);
    ADD ("/core/slot-search/every-start", test_like_trying_every_start);
    ADD ("/core/slot-search/substitutes", test_substitutes);
    ADD ("/core/slot-search/refusals", test_refusals);
    return g_test_run ();
}
