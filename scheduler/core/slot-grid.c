/* SPDX-License-Identifier: MIT */

#include "scheduler/core/slot-grid.h"

#include <inttypes.h>

#include "scheduler/base/error.h"

typedef struct {
    HtGridStart at;
    unsigned marked_by; /* last demand that found it blocked, from 1 */
    unsigned missed_by; /* last party that cannot have it */
    unsigned n_options; /* of the choice at hand that cannot have it */
} Cell;

typedef struct {
    const HtSlotSearch *search;
    const unsigned *parties;
    Cell *cells; /* (owned) */
    int64_t first_us;
    int64_t n_cells;
    unsigned n_steps;
    /* of the demand at hand */
    const HtDemand *demand;
    unsigned number, party;
    int64_t offset_us, length_us;
} Grid;

void
ht_slot_grid_free (HtSlotGrid *grid)
{
    if (grid == NULL)
        return;
    g_clear_pointer (&grid->starts, g_array_unref);
    g_clear_pointer (&grid, g_free);
}

/* --- marking ------------------------------------------------------------------------------- */

static void
block (const Grid *grid, Cell *cell)
{
    g_assert (grid->demand != NULL);
    cell->at.n_blocked++;
    cell->at.blocked_id = grid->demand->reservation.resource_id;
    if (grid->party == 0)
        cell->at.must = TRUE;
    else if (cell->missed_by != grid->party)
        cell->at.n_missing++;
    cell->missed_by = grid->party;
}

static void
mark (const Grid *grid, Cell *cell)
{
    if (cell->marked_by == grid->number)
        return;
    cell->marked_by = grid->number;
    if (grid->demand->choice == 0)
        block (grid, cell);
    else
        cell->n_options++;
}

static int64_t
divide_up (int64_t a, int64_t b)
{
    return a > 0 ? (a + b - 1) / b : -(-a / b);
}

/* What asks from start + offset for a length meets [from, until) exactly at the starts between
 * from - offset - length and until - offset, both apart. */
static gboolean
mark_stretch (HtSpan taken, int64_t peak G_GNUC_UNUSED, gpointer user_data)
{
    Grid *grid = user_data;
    int64_t grid_us = grid->search->grid_us, base_us = grid->first_us + grid->offset_us;
    int64_t from = divide_up (taken.start_us - grid->length_us + 1 - base_us, grid_us);
    int64_t until = divide_up (taken.end_us - base_us, grid_us);

    for (int64_t i = MAX (0, from); i < MIN (until, grid->n_cells); i++)
        mark (grid, &grid->cells[i]);
    grid->n_steps++;
    return grid->search->most_steps == 0 || grid->n_steps < grid->search->most_steps;
}

static void
mark_span (Grid *grid, HtSpan asked, const HtTimeline *timeline, int64_t limit)
{
    HtSpan all;

    grid->offset_us = asked.start_us - grid->search->start_us;
    grid->length_us = asked.end_us - asked.start_us;
    all.start_us = grid->first_us + grid->offset_us;
    all.end_us = all.start_us + (grid->n_cells - 1) * grid->search->grid_us + grid->length_us;
    if (timeline == NULL || limit < 0)
        mark_stretch (all, 0, grid);
    else
        ht_timeline_foreach_excess (timeline, all, limit, mark_stretch, grid);
}

/* Outside what a calendar knows nothing can be admitted. */
static void
mark_closed (Grid *grid, const HtClosure *closure)
{
    HtSpan known = ht_closure_get_known (closure);
    HtSpan open = grid->demand->open;

    if (open.start_us >= open.end_us)
        return;
    mark_span (grid, open, ht_closure_peek_timeline (closure), 0);
    if (known.start_us > 0)
        mark_stretch ((HtSpan){ 0, known.start_us }, 1, grid);
    mark_stretch ((HtSpan){ known.end_us, HT_SPAN_END_OF_TIME_US - 1 }, 1, grid);
}

static gboolean
mark_demand (Grid *grid, size_t i, GError **error)
{
    const HtReservation *wanted;
    HtSupply supply = { 0 };

    grid->demand = &grid->search->demands[i];
    grid->number = (unsigned) i + 1;
    grid->party = grid->parties[i];
    wanted = &grid->demand->reservation;
    if (!grid->search->lookup (wanted->resource_id, &supply, grid->search->user_data) ||
        supply.timeline == NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "cannot-be-checked", NULL,
                        "when resource %" PRId64 " is free cannot be checked", wanted->resource_id);
        return FALSE;
    }
    mark_span (grid, (HtSpan){ wanted->start_us, wanted->end_us },
               supply.retired ? NULL : supply.timeline, supply.capacity - wanted->amount);
    if (supply.closure != NULL && !grid->search->ignore_closures)
        mark_closed (grid, supply.closure);
    return TRUE;
}

/* A choice cannot be had where none of its options can. */
static gboolean
mark_choice (Grid *grid, size_t first, GError **error)
{
    unsigned choice = grid->search->demands[first].choice, n_options = 0;

    for (size_t i = first; i < grid->search->n_demands; i++) {
        if (grid->search->demands[i].choice != choice)
            continue;
        if (!mark_demand (grid, i, error))
            return FALSE;
        n_options++;
    }
    for (int64_t i = 0; i < grid->n_cells; i++) {
        if (grid->cells[i].n_options == n_options)
            block (grid, &grid->cells[i]);
        grid->cells[i].n_options = 0;
    }
    return TRUE;
}

static gboolean
is_first_of_choice (const HtSlotSearch *search, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (search->demands[j].choice == search->demands[i].choice)
            return FALSE;
    return TRUE;
}

/* Party after party, so that each is missed once. */
static int
compare_parties (gconstpointer a, gconstpointer b, gpointer parties)
{
    unsigned one = ((const unsigned *) parties)[*(const unsigned *) a];
    unsigned other = ((const unsigned *) parties)[*(const unsigned *) b];

    return (one > other) - (one < other);
}

static gboolean
mark_all (Grid *grid, GError **error)
{
    const HtSlotSearch *search = grid->search;
    g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (unsigned));

    for (unsigned i = 0; i < search->n_demands; i++)
        g_array_append_val (order, i);
    g_array_sort_with_data (order, compare_parties, (gpointer) grid->parties);
    for (unsigned at = 0; at < order->len; at++) {
        unsigned i = g_array_index (order, unsigned, at);
        gboolean chosen = search->demands[i].choice != 0;

        if (chosen && !is_first_of_choice (search, i))
            continue;
        if (chosen ? !mark_choice (grid, i, error) : !mark_demand (grid, i, error))
            return FALSE;
        if (search->most_steps > 0 && grid->n_steps >= search->most_steps)
            return TRUE;
    }
    return TRUE;
}

/* --- the whole ----------------------------------------------------------------------------- */

static gboolean
lay_out (Grid *grid, GError **error)
{
    const HtSlotSearch *search = grid->search;
    int64_t last_us = search->within.end_us - search->length_us, rest_us;

    if (search->grid_us > 0 && search->length_us > 0 && ht_span_is_valid (search->within)) {
        rest_us = (search->within.start_us - search->grid_from_us) % search->grid_us;
        grid->first_us = search->within.start_us - rest_us + (rest_us > 0 ? search->grid_us : 0);
        grid->n_cells =
            last_us < grid->first_us ? 0 : (last_us - grid->first_us) / search->grid_us + 1;
    } else {
        grid->n_cells = -1;
    }
    if (grid->n_cells < 0 || grid->n_cells > HT_SLOT_GRID_MOST) {
        ht_problem_set (error, HT_ERROR_INVALID, "bad-search", NULL,
                        "at most %d starts can be looked at", HT_SLOT_GRID_MOST);
        return FALSE;
    }
    grid->cells = g_new0 (Cell, (size_t) grid->n_cells);
    for (int64_t i = 0; i < grid->n_cells; i++)
        grid->cells[i].at.start_us = grid->first_us + i * search->grid_us;
    return TRUE;
}

static HtSlotGrid *
collect (const Grid *grid)
{
    const HtSlotSearch *search = grid->search;
    HtSlotGrid *result = g_new0 (HtSlotGrid, 1);

    result->starts = g_array_new (FALSE, FALSE, sizeof (HtGridStart));
    result->complete = search->most_steps == 0 || grid->n_steps < search->most_steps;
    for (int64_t i = 0; i < grid->n_cells; i++) {
        int64_t start_us = grid->cells[i].at.start_us;

        if (search->hours == NULL ||
            ht_closure_is_open (search->hours, (HtSpan){ start_us, start_us + search->length_us }))
            g_array_append_val (result->starts, grid->cells[i].at);
    }
    return result;
}

HtSlotGrid *
ht_slot_grid_make (const HtSlotSearch *search, const unsigned *parties, GError **error)
{
    Grid grid = { .search = search, .parties = parties };
    HtSlotGrid *result = NULL;

    if (lay_out (&grid, error) && (grid.n_cells == 0 || mark_all (&grid, error)))
        result = collect (&grid);
    g_clear_pointer (&grid.cells, g_free);
    return result;
}
