/* SPDX-License-Identifier: MIT */

/* Every start of a grid at once, and what is in the way of each: where nothing suits all, which
 * start suits most, and which resource alone keeps one from being free. */

#pragma once

#include "scheduler/core/slot-search.h"

G_BEGIN_DECLS

/* A session has parties (its sites): each brings resources of its own and may stay away. What no
 * party brings is party 0 and must be had. */
typedef struct {
    int64_t start_us;
    unsigned n_blocked; /* resources that cannot be had */
    int64_t blocked_id; /* one of them; the only one where there is one */
    unsigned n_missing; /* parties that cannot take part */
    gboolean must;      /* something that must be had is among what is blocked */
} HtGridStart;

typedef struct {
    GArray *starts;    /* (element-type HtGridStart) (owned): those in the hours, by start */
    gboolean complete; /* not cut off at the bound: of the rest nothing is known to be blocked */
} HtSlotGrid;

void ht_slot_grid_free (HtSlotGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtSlotGrid, ht_slot_grid_free)

enum { HT_SLOT_GRID_MOST = 16384 };

/**
 * ht_slot_grid_make:
 * @search: its grid must be positive; its most_steps bound the stretches that are visited. Demands
 *   on one resource are counted apart
 * @parties: (array): the party of each demand, from 1; 0: must be had. Those of one choice have the
 *   same
 *
 * Each demand marks the starts that it cannot have, so that the cost is one walk over each
 * timeline, whatever the number of starts.
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_INVALID "bad-search" (or more than
 *   %HT_SLOT_GRID_MOST starts) or "cannot-be-checked"
 */
HtSlotGrid *ht_slot_grid_make (const HtSlotSearch *search, const unsigned *parties, GError **error);

G_END_DECLS
