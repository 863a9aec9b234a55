/* SPDX-License-Identifier: MIT */

/* Decoding instants for units that carry only presentation instants, without look-ahead: unit i
 * gets the (i - depth)-th smallest presentation instant so far, depth being how far the encoder
 * reorders pictures (H.264 Annex E, max_num_reorder_frames). */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_DTS_MAX_DEPTH 16

/* A plain value, all zero at first. Instants are in one unit of the caller's choice, finer than
 * 1/1000 s. */
typedef struct {
    int64_t waiting[HT_DTS_MAX_DEPTH + 1]; /* sorted presentation instants */
    unsigned n_waiting;
    unsigned depth;
    gboolean started;
    int64_t last; /* given out */
} HtDts;

/* How far pictures are reordered from here on; what waits is kept. */
void ht_dts_set_depth (HtDts *self, unsigned depth);

/**
 * ht_dts_next:
 * @pts: (inout): raised only where a unit comes too late for its own instant, which says that the
 *   depth was too small; it is then raised too
 *
 * Returns: strictly more than the last one, never above @pts
 */
int64_t ht_dts_next (HtDts *self, int64_t *pts);

G_END_DECLS
