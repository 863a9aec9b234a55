/* SPDX-License-Identifier: MIT */

/* What a session's tracks add up to. Pure. */

#pragma once

#include "media/record/track-status.h"
#include "scheduler/ports/media.h"

G_BEGIN_DECLS

/* One track as the supervisor sees it. */
typedef struct {
    gboolean running;
    gboolean ended;
    HtTrackStatus status;
} HtTallyTrack;

/**
 * ht_tally:
 * @ret_event: (out): kind and bytes are set; the rest is zero
 *
 * Drained when every track has ended; lost when one that should write does not; writing when all
 * do, which means that octets were written in the last two seconds; armed when all wait for T with
 * units coming in.
 *
 * Returns: %FALSE while there is nothing to say yet
 */
gboolean ht_tally (const HtTallyTrack *tracks, unsigned n_tracks, int64_t now_us,
                   HtMediaEvent *ret_event);

G_END_DECLS
