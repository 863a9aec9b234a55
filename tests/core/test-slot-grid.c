/* SPDX-License-Identifier: MIT */

#include "scheduler/core/slot-grid.h"

#include "scheduler/base/error.h"

enum { N_ROOMS = 6, MONDAY = 4 /* 1970-01-05 */, DAY = 1440 };

typedef struct {
    HtTimeline *rooms[N_ROOMS + 1]; /* (owned), from 1 */
    HtClosure *closure;             /* (owned): of room 1 */
    HtClosure *hours;               /* (owned) */
} House;

static int64_t
instant (int64_t day, int minute, gpointer user_data)
{
    return day * DAY + minute;
}

static void
set_up (House *house, gconstpointer unused)
{
    static const HtOpenHours open[] = { { 0, 480, 1020 }, { 1, 480, 1020 } };
    static const HtOpenHours asked[] = { { 0, 540, 660 }, { 1, 540, 660 }, { 2, 540, 660 } };
    HtClosureRule rule = { MONDAY, MONDAY + 7, open, 2, NULL, 0 };
    HtClosureRule hours = { MONDAY, MONDAY + 7, asked, 3, NULL, 0 };

    for (int i = 1; i <= N_ROOMS; i++)
        house->rooms[i] = ht_timeline_new ();
    house->closure = ht_closure_new (&rule, instant, NULL, NULL);
    house->hours = ht_closure_new (&hours, instant, NULL, NULL);
}

static void
tear_down (House *house, gconstpointer unused)
{
    for (int i = 1; i <= N_ROOMS; i++)
        ht_timeline_free (house->rooms[i]);
    ht_closure_free (house->closure);
    ht_closure_free (house->hours);
}

static gboolean
look_up (int64_t id, HtSupply *supply, gpointer user_data)
{
    const House *house = user_data;

    if (id < 1 || id > N_ROOMS)
        return FALSE;
    *supply = (HtSupply){ house->rooms[id], 2, id == 1 ? house->closure : NULL, FALSE };
    return TRUE;
}

static void
take (House *house, int64_t room, int64_t start_us, int64_t end_us, int64_t amount)
{
    ht_timeline_add (house->rooms[room], &(HtHolding){ 9, { start_us, end_us }, amount }, NULL);
}

static HtSlotSearch
make_search (House *house, const HtDemand *demands, size_t n_demands, HtSpan within)
{
    return (HtSlotSearch){ .demands = demands,
                           .n_demands = n_demands,
                           .start_us = 100,
                           .length_us = 30,
                           .within = within,
                           .grid_us = 15,
                           .lookup = look_up,
                           .user_data = house };
}

/* Against one question for each start and demand. */
static void
test_every_start (House *house, gconstpointer unused)
{
    const HtDemand demands[] = { { 0, { 2, 90, 135, 1 } },
                                 { 0, { 3, 100, 130, 2 } },
                                 { 0, { 4, 100, 130, 1 } },
                                 { 0, { 5, 85, 150, 1 } },
                                 { 0, { 6, 100, 130, 1 } } };
    const unsigned parties[] = { 0, 1, 2, 1, 0 };
    HtSlotSearch search =
        make_search (house, demands, G_N_ELEMENTS (demands), (HtSpan){ 200, 2000 });
    g_autoptr (HtSlotGrid) grid = NULL;

    for (int i = 0; i < 120; i++) {
        int start = g_test_rand_int_range (100, 2000);

        take (house, g_test_rand_int_range (2, N_ROOMS + 1), start,
              start + g_test_rand_int_range (1, 60), 1);
    }
    grid = ht_slot_grid_make (&search, parties, NULL);
    g_assert_true (grid->complete);
    g_assert_cmpuint (grid->starts->len, ==, (1970 - 210) / 15 + 1);
    for (unsigned i = 0; i < grid->starts->len; i++) {
        const HtGridStart *start = &g_array_index (grid->starts, HtGridStart, i);
        unsigned blocked = 0;
        gboolean missing[3] = { FALSE };

        g_assert_cmpint (start->start_us, ==, 210 + (int) i * 15);
        for (unsigned d = 0; d < G_N_ELEMENTS (demands); d++) {
            const HtReservation *asked = &demands[d].reservation;
            int64_t shift = start->start_us - 100;

            if (ht_timeline_fits (house->rooms[asked->resource_id], 2,
                                  (HtSpan){ asked->start_us + shift, asked->end_us + shift },
                                  asked->amount))
                continue;
            blocked++;
            missing[parties[d]] = TRUE;
        }
        g_assert_cmpuint (start->n_blocked, ==, blocked);
        g_assert_cmpint (start->must, ==, missing[0]);
        g_assert_cmpuint (start->n_missing, ==, missing[1] + missing[2]);
    }
}

static void
test_hours_and_closures (House *house, gconstpointer unused)
{
    const HtDemand demands[] = { { 0, { 1, 100, 130, 1 }, { 100, 130 } } };
    const unsigned parties[] = { 0 };
    HtSlotSearch search =
        make_search (house, demands, 1, (HtSpan){ MONDAY * DAY, (MONDAY + 7) * DAY });
    g_autoptr (HtSlotGrid) grid = NULL;
    unsigned n_free = 0;

    search.hours = house->hours;
    grid = ht_slot_grid_make (&search, parties, NULL);
    g_assert_cmpuint (grid->starts->len, ==, 3 * 7); /* 09:00 to 10:30 on three days */
    for (unsigned i = 0; i < grid->starts->len; i++)
        n_free += g_array_index (grid->starts, HtGridStart, i).n_blocked == 0;
    g_assert_cmpuint (n_free, ==, 2 * 7); /* on Wednesday the room is closed */
    search.ignore_closures = TRUE;
    g_clear_pointer (&grid, ht_slot_grid_free);
    grid = ht_slot_grid_make (&search, parties, NULL);
    g_assert_cmpuint (g_array_index (grid->starts, HtGridStart, 20).n_blocked, ==, 0);
}

static void
test_choice (House *house, gconstpointer unused)
{
    const HtDemand demands[] = { { 0, { 2, 100, 130, 2 }, .choice = 1 },
                                 { 0, { 3, 100, 130, 2 }, .choice = 1 },
                                 { 0, { 4, 100, 130, 2 } } };
    const unsigned parties[] = { 0, 0, 0 };
    HtSlotSearch search = make_search (house, demands, 3, (HtSpan){ 0, 90 });
    g_autoptr (HtSlotGrid) grid = NULL;
    g_autoptr (HtSlots) slots = NULL;

    take (house, 2, 0, 60, 1);
    take (house, 3, 0, 30, 1);
    take (house, 4, 45, 60, 1);
    grid = ht_slot_grid_make (&search, parties, NULL);
    g_assert_cmpuint (g_array_index (grid->starts, HtGridStart, 0).n_blocked, ==, 1);
    g_assert_cmpint (g_array_index (grid->starts, HtGridStart, 2).blocked_id, ==, 4);
    g_assert_cmpuint (g_array_index (grid->starts, HtGridStart, 2).n_blocked, ==, 1);
    g_assert_cmpuint (g_array_index (grid->starts, HtGridStart, 4).n_blocked, ==, 0);
    search.most = 1;
    search.within.end_us = 120;
    slots = ht_slots_find (&search, NULL);
    g_assert_cmpint (g_array_index (slots->slots, HtSpan, 0).start_us, ==, 60);
}

static void
test_bounds (House *house, gconstpointer unused)
{
    const HtDemand demands[] = { { 0, { 2, 100, 130, 2 } } };
    const unsigned parties[] = { 0 };
    HtSlotSearch search = make_search (house, demands, 1, (HtSpan){ 0, 2000 });
    g_autoptr (HtSlotGrid) grid = NULL;
    g_autoptr (GError) error = NULL;

    for (int i = 0; i < 40; i++)
        take (house, 2, i * 40, i * 40 + 10, 1);
    search.most_steps = 10;
    grid = ht_slot_grid_make (&search, parties, NULL);
    g_assert_false (grid->complete);
    search.within.end_us = INT64_C (1) << 40;
    g_assert_null (ht_slot_grid_make (&search, parties, &error));
    g_assert_cmpstr (ht_problem_get_id (error), ==, "bad-search");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, House, NULL, set_up, func, tear_down)
    ADD ("/core/slot-grid/every-start", test_every_start);
    ADD ("/core/slot-grid/hours", test_hours_and_closures);
    ADD ("/core/slot-grid/choice", test_choice);
    ADD ("/core/slot-grid/bounds", test_bounds);
    return g_test_run ();
}
