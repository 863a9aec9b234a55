/* SPDX-License-Identifier: MIT */

/* When else, and where else: common free time of everything that a booking takes, and what could
 * stand in for a resource that is taken. */

#pragma once

#include "scheduler/core/admission.h"

G_BEGIN_DECLS

typedef struct {
    const HtDemand *demands; /* as they would be admitted, of one session or of a whole series */
    size_t n_demands;
    int64_t start_us;  /* of the session (the first of the series) that the demands are made for */
    int64_t length_us; /* of that session */
    HtSpan within;     /* its earliest start and its latest end */
    int64_t grid_us;   /* it starts at a whole multiple of this; 0: at any instant */
    int64_t
        grid_from_us; /* counted from here: an instant at which the local clock is on the hour */
    unsigned most;    /* slots wanted; each begins when the one before has ended */
    const HtClosure *hours; /* (nullable): when the session may be at all */
    unsigned most_steps;    /* questions put to timelines; 0: no bound */
    HtSupplyLookup lookup;
    gpointer user_data;
    gboolean ignore_closures;
} HtSlotSearch;

typedef struct {
    GArray *slots; /* (element-type HtSpan) (owned): of the session, by start; all demands moved
                    * by the same shift are free */
    GArray *full;  /* (element-type int64_t) (owned): resources that have no slot in all that time,
                    * whatever the others do; filled where there is no slot */
    int64_t last_in_the_way; /* resource that moved the search on last; 0: none did */
    gboolean complete;       /* the search was not cut off at its bound */
} HtSlots;

void ht_slots_free (HtSlots *slots);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtSlots, ht_slots_free)

/**
 * ht_slots_find:
 *
 * Leapfrog: each resource in turn is asked for its next free start not before the candidate; when
 * all agree, that is a slot. Of resources that are one another's choice the earliest counts. What
 * session being moved holds itself must be taken out of the timelines meanwhile if it shall
 * not be in its own way.
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_INVALID ("cannot-be-checked") where a resource
 *   does not exist, or the search is none ("bad-search")
 */
HtSlots *ht_slots_find (const HtSlotSearch *wanted, GError **error);

/**
 * ht_slots_find_nearest:
 * @ret_slot: (out): the slot whose start is nearest to that of the search, before or after
 *
 * Returns: %FALSE with %HT_ERROR_NOT_FOUND ("no-slot") where there is none within the search, or
 *   as ht_slots_find()
 */
gboolean ht_slots_find_nearest (const HtSlotSearch *wanted, HtSpan *ret_slot, GError **error);

/**
 * ht_slots_list_substitutes:
 * @candidates: resources of the same kind, with seats and pieces enough, in the order of liking
 *
 * Returns: (transfer full) (element-type int64_t): up to @most of @candidates that would admit
 *   every demand on @resource_id in its place; one that the request takes already is none
 */
GArray *ht_slots_list_substitutes (const HtAdmission *admission, int64_t resource_id,
                                   const int64_t *candidates, size_t n_candidates, unsigned most);

G_END_DECLS
