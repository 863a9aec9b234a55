/* SPDX-License-Identifier: MIT */

#include "media/finalise/audio-lane.h"

#define PTS_HZ 90000

gboolean
ht_audio_lane_take (HtAudioLane *lane, int64_t pts, int64_t *ret_silent, int64_t *ret_at)
{
    int64_t at = pts * lane->rate_hz / PTS_HZ;
    int64_t ahead;

    if (!lane->has_begun) {
        if (at + HT_AUDIO_FRAME_SAMPLES <= 0)
            return FALSE;
        /* sound that starts late is preceded by silence from the very start */
        lane->next = MIN (at, 0);
        lane->has_begun = TRUE;
    }
    ahead = at - lane->next;
    if (ahead <= -HT_AUDIO_FRAME_SAMPLES / 2)
        return FALSE;
    *ret_silent = (ahead + HT_AUDIO_FRAME_SAMPLES / 2) / HT_AUDIO_FRAME_SAMPLES;
    *ret_at = lane->next;
    lane->next += (*ret_silent + 1) * HT_AUDIO_FRAME_SAMPLES;
    return TRUE;
}
