/* SPDX-License-Identifier: MIT */

/* Access units kept in memory until it is known whether they are wanted: before the scheduled
 * instant a recorder keeps what it needs to begin at the key frame before it. */

#pragma once

#include "media/record/unit.h"

G_BEGIN_DECLS

typedef struct _HtRing HtRing;

/* What it holds at most: @max_ms between first and last unit, @max_bytes of payload. */
HtRing *ht_ring_new (int64_t max_ms, int64_t max_bytes);

/**
 * ht_ring_push:
 * @data: (transfer none): the payload
 * @is_start: recording may begin here: a key frame of the stream that leads
 *
 * What lies before the second start goes when a bound is passed; where a single group of pictures
 * is longer than the bounds everything before @unit goes.
 */
void ht_ring_push (HtRing *ring, const HtUnit *unit, GBytes *data, gboolean is_start);

/* Takes the oldest unit. Returns: (transfer full) (nullable): its payload */
GBytes *ht_ring_pop (HtRing *ring, HtUnit *ret_unit);

/* Drops what is earlier than the last start whose pts is at most @pts; than the first start of all
 * where there is none such. That start is the oldest unit then: what came before it but is later
 * (sound that took a shorter way) follows it. Returns: %FALSE where the ring holds no start; it is
 * empty then. */
gboolean ht_ring_seek (HtRing *ring, int64_t pts);

/* Moves the time stamps of what @stream has in the ring: its time line was not settled. */
void ht_ring_shift (HtRing *ring, unsigned stream, int64_t by);

/* The longest distance between two starts in it, in 1/90000 s; 0 with fewer than two. */
int64_t ht_ring_get_longest_group (const HtRing *ring);

void ht_ring_clear (HtRing *ring);
unsigned ht_ring_get_length (const HtRing *ring);
int64_t ht_ring_get_bytes (const HtRing *ring);
void ht_ring_free (HtRing *ring);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtRing, ht_ring_free)

G_END_DECLS
