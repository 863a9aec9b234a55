/* SPDX-License-Identifier: MIT */

#include "scheduler/core/slot-search.h"

#include <inttypes.h>

#include "scheduler/base/error.h"

#define HOUR_US (INT64_C (3600) * G_USEC_PER_SEC)

void
ht_slots_free (HtSlots *slots)
{
    if (slots == NULL)
        return;
    g_clear_pointer (&slots->slots, g_array_unref);
    g_clear_pointer (&slots->full, g_array_unref);
    g_clear_pointer (&slots, g_free);
}

/* One question that is put to one timeline: an amount for a stretch that lies so far from the
 * start of the session. */
typedef struct {
    const HtTimeline *timeline;
    int64_t resource_id;
    int64_t capacity;
    int64_t amount;
    int64_t offset_us;
    int64_t length_us;
    HtSpan known; /* nothing can be said outside it */
    unsigned choice;
} Ask;

typedef struct {
    const HtSlotSearch *search;
    GArray *asks;    /* (element-type Ask) (owned): those of one choice stand together */
    int64_t last_us; /* latest start */
    int64_t in_the_way;
    unsigned n_steps;
} Search;

/* --- questions ----------------------------------------------------------------------------- */

static const HtSpan ever = { 0, HT_SPAN_END_OF_TIME_US - 1 };

/* Resources that share a calendar ask it the same. */
static gboolean
is_asked (GArray *asks, const Ask *ask)
{
    for (unsigned i = 0; i < asks->len; i++) {
        const Ask *other = &g_array_index (asks, Ask, i);

        if (other->timeline == ask->timeline && other->offset_us == ask->offset_us &&
            other->length_us == ask->length_us)
            return TRUE;
    }
    return FALSE;
}

static void
add_closure (Search *search, GArray *closures, const HtDemand *demand, const HtClosure *closure)
{
    Ask ask = { .resource_id = demand->reservation.resource_id, .capacity = 1, .amount = 1 };

    if (closure == NULL || search->search->ignore_closures ||
        demand->open.start_us >= demand->open.end_us)
        return;
    ask.timeline = ht_closure_peek_timeline (closure);
    ask.offset_us = demand->open.start_us - search->search->start_us;
    ask.length_us = ht_span_get_duration_us (demand->open);
    ask.known = ht_closure_get_known (closure);
    if (!is_asked (closures, &ask))
        g_array_append_val (closures, ask);
}

static gboolean
add_demand (Search *search, GArray *closures, const HtDemand *demand, GError **error)
{
    const HtReservation *wanted = &demand->reservation;
    HtSupply supply = { 0 };
    Ask ask;

    if (!search->search->lookup (wanted->resource_id, &supply, search->search->user_data) ||
        supply.timeline == NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "cannot-be-checked", NULL,
                        "when resource %" PRId64 " is free cannot be checked", wanted->resource_id);
        return FALSE;
    }
    ask = (Ask){ .timeline = supply.timeline,
                 .resource_id = wanted->resource_id,
                 .capacity = supply.retired ? 0 : supply.capacity,
                 .amount = wanted->amount,
                 .offset_us = wanted->start_us - search->search->start_us,
                 .length_us = wanted->end_us - wanted->start_us,
                 .known = ever,
                 .choice = demand->choice };
    g_array_append_val (search->asks, ask);
    add_closure (search, closures, demand, supply.closure);
    return TRUE;
}

/* The hours that were asked for: of no resource. */
static void
add_hours (const HtSlotSearch *search, GArray *closures)
{
    Ask ask = { .capacity = 1, .amount = 1, .length_us = search->length_us };

    if (search->hours == NULL)
        return;
    ask.timeline = ht_closure_peek_timeline (search->hours);
    ask.known = ht_closure_get_known (search->hours);
    g_array_append_val (closures, ask);
}

static int
compare_choices (gconstpointer a, gconstpointer b)
{
    const Ask *one = a, *other = b;

    return (one->choice > other->choice) - (one->choice < other->choice);
}

/* Calendars are asked first: they pass over nights and holidays in one step. */
static gboolean
make_asks (Search *search, GError **error)
{
    g_autoptr (GArray) closures = g_array_new (FALSE, FALSE, sizeof (Ask));

    add_hours (search->search, closures);
    for (size_t i = 0; i < search->search->n_demands; i++)
        if (!add_demand (search, closures, &search->search->demands[i], error))
            return FALSE;
    if (closures->len > 0)
        g_array_prepend_vals (search->asks, closures->data, closures->len);
    g_array_sort (search->asks, compare_choices);
    return TRUE;
}

/* The first start from @from_us on that suits one; -1: none until @last_us. */
static int64_t
ask_one (const Ask *ask, int64_t from_us, int64_t last_us)
{
    HtSpan within = { from_us + ask->offset_us, last_us + ask->offset_us + ask->length_us };
    int64_t found_us =
        ht_timeline_find_free (ask->timeline, ask->capacity, ask->amount, ask->length_us,
                               ht_span_intersect (within, ask->known));

    return found_us < 0 ? -1 : found_us - ask->offset_us;
}

/* The same of the asks that are one choice with the one at *@i, which is moved to the last of
 * them: the earliest counts. */
static int64_t
ask_choice (Search *search, unsigned *i, int64_t from_us, int64_t last_us)
{
    const Ask *asks = (const Ask *) (gpointer) search->asks->data;
    unsigned choice = asks[*i].choice;
    int64_t best_us = ask_one (&asks[*i], from_us, last_us);

    search->n_steps++;
    while (choice != 0 && *i + 1 < search->asks->len && asks[*i + 1].choice == choice) {
        int64_t next_us = ask_one (&asks[++*i], from_us, last_us);

        search->n_steps++;
        if (next_us >= 0 && (best_us < 0 || next_us < best_us))
            best_us = next_us;
    }
    return best_us;
}

static gboolean
is_spent (const Search *search)
{
    return search->search->most_steps > 0 && search->n_steps >= search->search->most_steps;
}

/* --- leapfrog ------------------------------------------------------------------------------ */

static int64_t
align (const HtSlotSearch *search, int64_t at_us)
{
    int64_t rest_us;

    if (search->grid_us <= 0)
        return at_us;
    rest_us = (at_us - search->grid_from_us) % search->grid_us;
    if (rest_us == 0)
        return at_us;
    return rest_us > 0 ? at_us + search->grid_us - rest_us : at_us - rest_us;
}

/* The first start from @from_us to @last_us that suits all; -1: there is none. */
static int64_t
leap (Search *search, int64_t from_us, int64_t last_us)
{
    int64_t candidate_us = align (search->search, from_us);
    unsigned agreed = 0; /* asks in a row that take the candidate */

    for (unsigned i = 0; agreed < search->asks->len; i = (i + 1) % search->asks->len) {
        unsigned first = i;
        int64_t next_us = ask_choice (search, &i, candidate_us, last_us);

        agreed = next_us == candidate_us ? agreed + i - first + 1 : 0;
        if (next_us == candidate_us)
            continue;
        search->in_the_way = g_array_index (search->asks, Ask, first).resource_id;
        if (next_us < 0 || is_spent (search))
            return -1;
        candidate_us = align (search->search, next_us);
        if (candidate_us > last_us)
            return -1;
    }
    return candidate_us <= last_us ? candidate_us : -1;
}

/* --- the whole ----------------------------------------------------------------------------- */

static gboolean
check (const HtSlotSearch *search, GError **error)
{
    gboolean sound = search->length_us > 0 && search->grid_us >= 0 && search->start_us >= 0 &&
                     search->length_us < HT_SPAN_END_OF_TIME_US &&
                     search->start_us < HT_SPAN_END_OF_TIME_US &&
                     ht_span_is_valid (search->within) && search->grid_us < HT_SPAN_END_OF_TIME_US;

    for (size_t i = 0; i < search->n_demands; i++) {
        const HtReservation *wanted = &search->demands[i].reservation;

        sound &= ht_span_is_valid ((HtSpan){ wanted->start_us, wanted->end_us });
    }
    if (!sound)
        ht_problem_set (error, HT_ERROR_INVALID, "bad-search", NULL,
                        "a slot of %" PRId64 " us cannot be looked for there", search->length_us);
    return sound;
}

static void
clear_search (Search *search)
{
    g_clear_pointer (&search->asks, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, clear_search)

static gboolean
begin (Search *search, GError **error)
{
    if (!check (search->search, error))
        return FALSE;
    search->asks = g_array_new (FALSE, FALSE, sizeof (Ask));
    search->last_us = search->search->within.end_us - search->search->length_us;
    return make_asks (search, error);
}

static void
list_full (Search *search, GArray *full)
{
    for (unsigned i = 0; i < search->asks->len; i++) {
        const Ask *ask = &g_array_index (search->asks, Ask, i);

        if (ask->resource_id != 0 &&
            ask_choice (search, &i, search->search->within.start_us, search->last_us) < 0)
            g_array_append_val (full, ask->resource_id);
    }
}

HtSlots *
ht_slots_find (const HtSlotSearch *wanted, GError **error)
{
    g_auto (Search) search = { .search = wanted };
    g_autoptr (HtSlots) slots = NULL;
    int64_t from_us = wanted->within.start_us;

    if (!begin (&search, error))
        return NULL;
    slots = g_new0 (HtSlots, 1);
    slots->slots = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    slots->full = g_array_new (FALSE, FALSE, sizeof (int64_t));
    while (slots->slots->len < wanted->most && from_us <= search.last_us) {
        int64_t start_us = leap (&search, from_us, search.last_us);
        HtSpan slot = { start_us, start_us + wanted->length_us };

        if (start_us < 0)
            break;
        g_array_append_val (slots->slots, slot);
        from_us = slot.end_us;
    }
    slots->last_in_the_way = search.in_the_way;
    slots->complete = !is_spent (&search);
    if (slots->slots->len == 0)
        list_full (&search, slots->full);
    return g_steal_pointer (&slots);
}

/* The last start from @from_us to @last_us that suits all, or -1. */
static int64_t
leap_to_last (Search *search, int64_t from_us, int64_t last_us)
{
    int64_t step_us = search->search->grid_us > 0 ? search->search->grid_us : G_USEC_PER_SEC;
    int64_t found_us = -1;

    while (from_us <= last_us) {
        int64_t next_us = leap (search, from_us, last_us);

        if (next_us < 0)
            return found_us;
        found_us = next_us;
        from_us = next_us + step_us;
    }
    return found_us;
}

/* Looks back in stretches that grow, so that what is near costs little. */
static int64_t
look_back (Search *search, int64_t before_us, int64_t not_before_us)
{
    int64_t last_us = MIN (before_us - 1, search->last_us), stretch_us = HOUR_US;

    while (last_us >= not_before_us) {
        int64_t from_us = MAX (not_before_us, last_us - stretch_us);
        int64_t found_us = leap_to_last (search, from_us, last_us);

        if (found_us >= 0)
            return found_us;
        last_us = from_us - 1;
        stretch_us *= 2;
    }
    return -1;
}

gboolean
ht_slots_find_nearest (const HtSlotSearch *wanted, HtSpan *ret_slot, GError **error)
{
    g_auto (Search) search = { .search = wanted };
    int64_t later_us = -1, earlier_us, not_before_us = wanted->within.start_us, start_us;

    if (!begin (&search, error))
        return FALSE;
    start_us = MAX (wanted->start_us, not_before_us);
    if (start_us <= search.last_us)
        later_us = leap (&search, start_us, search.last_us);
    if (later_us >= 0) /* farther back than that it is of no interest */
        not_before_us = MAX (not_before_us, 2 * wanted->start_us - later_us);
    earlier_us = look_back (&search, start_us, not_before_us);
    start_us = earlier_us >= 0 ? earlier_us : later_us;
    if (start_us < 0) {
        ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-slot", NULL,
                        "there is no common free time; resource %" PRId64 " was in the way last",
                        search.in_the_way);
        return FALSE;
    }
    *ret_slot = (HtSpan){ start_us, start_us + wanted->length_us };
    return TRUE;
}

/* --- elsewhere ----------------------------------------------------------------------------- */

static gboolean
is_demanded (const HtAdmission *admission, int64_t resource_id)
{
    for (size_t i = 0; i < admission->n_demands; i++)
        if (admission->demands[i].reservation.resource_id == resource_id)
            return TRUE;
    return FALSE;
}

GArray *
ht_slots_list_substitutes (const HtAdmission *admission, int64_t resource_id,
                           const int64_t *candidates, size_t n_candidates, unsigned most)
{
    GArray *list = g_array_new (FALSE, FALSE, sizeof (int64_t));
    g_autoptr (GArray) demands = g_array_new (FALSE, FALSE, sizeof (HtDemand));
    HtAdmission instead = *admission;

    for (size_t i = 0; i < admission->n_demands; i++)
        if (admission->demands[i].reservation.resource_id == resource_id)
            g_array_append_val (demands, admission->demands[i]);
    instead.demands = (const HtDemand *) (void *) demands->data;
    instead.n_demands = demands->len;
    for (size_t c = 0; c < n_candidates && list->len < most; c++) {
        for (unsigned i = 0; i < demands->len; i++)
            g_array_index (demands, HtDemand, i).reservation.resource_id = candidates[c];
        if (!is_demanded (admission, candidates[c]) && ht_admission_decide (&instead, NULL, NULL))
            g_array_append_val (list, candidates[c]);
    }
    return list;
}
