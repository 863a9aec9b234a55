/* SPDX-License-Identifier: MIT */

/* Why there is no time: which resources are in the way, when each is full and when it is free
 * again, and what the answer would be without it. */

#include "scheduler/base/id.h"
#include "scheduler/service/find-time-private.h"

enum { MOST_BLOCKERS = 5, MOST_WITH = 20, NOON = 720 };

#define DAY_US (INT64_C (86400) * G_USEC_PER_SEC)

static const HtDemand *
find_demand (const HtFinder *finder, int64_t resource_id)
{
    for (unsigned i = 0; i < finder->demands->len; i++) {
        const HtDemand *demand = &g_array_index (finder->demands, HtDemand, i);

        if (demand->reservation.resource_id == resource_id)
            return demand;
    }
    return NULL;
}

/* The first start in @within that suits @demand alone; -1: none. %NULL asks the hours alone. */
static int64_t
find_alone (const HtFinder *finder, const HtDemand *demand, HtSpan within)
{
    HtSlotSearch search = finder->search;
    g_autoptr (HtSlots) slots = NULL;

    search.demands = demand;
    search.n_demands = demand == NULL ? 0 : 1;
    search.within = within;
    search.most = 1;
    if (within.end_us <= within.start_us)
        return -1;
    slots = ht_slots_find (&search, NULL);
    return slots == NULL || slots->slots->len == 0
               ? -1
               : g_array_index (slots->slots, HtSpan, 0).start_us;
}

/* --- how full ------------------------------------------------------------------------------ */

/* Starts from @minute to before @until of @day. */
static HtSpan
make_part (const HtFinder *finder, int64_t day, int minute, int until)
{
    int64_t from_us = ht_finder_get_instant (finder, day, minute);
    int64_t until_us = ht_finder_get_instant (finder, day, until);

    return (HtSpan){ MAX (from_us, finder->search.within.start_us),
                     until_us - 1 + finder->search.length_us };
}

static HtFoundPart
measure_part (const HtFinder *finder, const HtDemand *demand, int minute, int until)
{
    HtFoundPart part = { 0, 0, -1 };

    for (int64_t day = finder->from_day; day < finder->until_day; day++) {
        HtSpan starts = make_part (finder, day, minute, until);
        gboolean full;

        if (find_alone (finder, NULL, starts) < 0)
            continue; /* not in the hours */
        full = find_alone (finder, demand, starts) < 0;
        if (full && part.n_full == part.n_days)
            part.full_until = day;
        part.n_full += full;
        part.n_days++;
    }
    return part;
}

static gboolean
note_holder (const HtHolding *holding, gpointer user_data)
{
    GArray *sessions = user_data;

    for (unsigned i = 0; i < sessions->len; i++)
        if (g_array_index (sessions, int64_t, i) == holding->holder)
            return TRUE;
    g_array_append_val (sessions, holding->holder);
    return sessions->len < MOST_WITH;
}

static void
list_holders (const HtFinder *finder, const HtDemand *demand, int64_t start_us, GArray *sessions)
{
    int64_t shift_us = start_us - finder->model.start_us;
    const HtReservation *asked = &demand->reservation;

    ht_timeline_foreach_holding (ht_state_get_timeline (finder->decider->state, asked->resource_id),
                                 (HtSpan){ asked->start_us + shift_us, asked->end_us + shift_us },
                                 note_holder, sessions);
}

static gboolean
is_blocker (const HtFinder *finder, int64_t resource_id)
{
    for (unsigned i = 0; i < finder->found->blockers->len; i++)
        if (g_array_index (finder->found->blockers, HtFoundBlocker, i).resource_id == resource_id)
            return TRUE;
    return FALSE;
}

/* @start_us: the first slot without it; -1: there is none */
static void
add_blocker (HtFinder *finder, int64_t resource_id, int64_t start_us)
{
    const HtDemand *demand = find_demand (finder, resource_id);
    HtSpan later = finder->search.within;
    HtFoundBlocker blocker = { .resource_id = resource_id };

    if (demand == NULL || is_blocker (finder, resource_id) ||
        finder->found->blockers->len >= MOST_BLOCKERS)
        return;
    later.end_us += HT_FINDER_MORE_DAYS * DAY_US;
    blocker.free_from_us = find_alone (finder, demand, later);
    blocker.parts[HT_FOUND_MORNING] = measure_part (finder, demand, 0, NOON);
    blocker.parts[HT_FOUND_AFTERNOON] = measure_part (finder, demand, NOON, 2 * NOON);
    blocker.with = g_array_new (FALSE, FALSE, sizeof (int64_t));
    if (start_us >= 0)
        blocker.without = (HtSpan){ start_us, start_us + finder->search.length_us };
    if (start_us < 0 && finder->grid->starts->len > 0)
        start_us = g_array_index (finder->grid->starts, HtGridStart, 0).start_us;
    if (start_us >= 0)
        list_holders (finder, demand, start_us, blocker.with);
    g_array_append_val (finder->found->blockers, blocker);
}

/* --- which --------------------------------------------------------------------------------- */

/* Where one alone is in the way, by the first such start. */
static void
add_only_ones (HtFinder *finder)
{
    for (unsigned i = 0; i < finder->grid->starts->len; i++) {
        const HtGridStart *start = &g_array_index (finder->grid->starts, HtGridStart, i);

        if (start->n_blocked == 1)
            add_blocker (finder, start->blocked_id, start->start_us);
    }
}

static void
note_without (HtFinder *finder, int64_t start_us)
{
    g_autoptr (GArray) obstacles = NULL;
    GArray *resources = finder->found->without_resources;

    if (!ht_finder_try (finder, finder->members, start_us, &obstacles) || obstacles == NULL)
        return;
    finder->found->without = (HtSpan){ start_us, start_us + finder->search.length_us };
    for (unsigned i = 0; i < obstacles->len; i++) {
        int64_t id = g_array_index (obstacles, HtObstacle, i).resource_id;
        gboolean known = FALSE;

        for (unsigned j = 0; j < resources->len; j++)
            known |= g_array_index (resources, int64_t, j) == id;
        if (!known)
            g_array_append_val (resources, id);
    }
}

/* The first start that the fewest keep from being free. */
static void
find_without (HtFinder *finder)
{
    const HtGridStart *best = NULL;

    for (unsigned i = 0; i < finder->grid->starts->len; i++) {
        const HtGridStart *start = &g_array_index (finder->grid->starts, HtGridStart, i);

        if (start->n_blocked > 0 && (best == NULL || start->n_blocked < best->n_blocked))
            best = start;
    }
    if (best != NULL)
        note_without (finder, best->start_us);
}

/* What has no time at all in the window, whatever the others do. */
static void
add_full_ones (HtFinder *finder)
{
    for (unsigned i = 0; i < finder->demands->len; i++) {
        const HtDemand *demand = &g_array_index (finder->demands, HtDemand, i);

        if (find_alone (finder, demand, finder->search.within) < 0)
            add_blocker (finder, demand->reservation.resource_id, -1);
    }
}

void
ht_finder_explain (HtFinder *finder)
{
    add_only_ones (finder);
    add_full_ones (finder);
    find_without (finder);
    for (unsigned i = 0; i < finder->found->without_resources->len; i++)
        add_blocker (finder, g_array_index (finder->found->without_resources, int64_t, i), -1);
}
