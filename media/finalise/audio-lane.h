/* SPDX-License-Identifier: MIT */

/* Lays frames of sound end to end on a sample clock. Players count samples, not time stamps: where
 * the source sent nothing, silent frames keep sound and picture together. Pure. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_AUDIO_FRAME_SAMPLES 1024 /* AAC LC, ISO/IEC 14496-3 */

typedef struct {
    int64_t rate_hz;
    gboolean has_begun;
    int64_t next; /* sample number of the next frame, counted from the presentation's start */
} HtAudioLane;

/**
 * ht_audio_lane_take:
 * @pts: of the frame, in 1/90000 s from the presentation's start
 * @ret_silent: (out): frames of silence to lay before it
 * @ret_at: (out): sample number of the first of these, or of the frame where there is none
 *
 * A frame less than half a frame off its place is laid in its place: time stamps of 1/90000 s
 * round. The first frame that ends after the start begins the lane.
 *
 * Returns: %FALSE where the frame is to be left out: before the start, or over what is laid
 */
gboolean ht_audio_lane_take (HtAudioLane *lane, int64_t pts, int64_t *ret_silent, int64_t *ret_at);

G_END_DECLS
