/* SPDX-License-Identifier: MIT */

#include "media/supervisor/tally.h"

/* A picture each 40 ms, sound each 21 ms: two seconds without a write is a loss. */
#define FRESH_US (2 * G_USEC_PER_SEC)

typedef enum { NOTHING, ENDED, ARMED, WRITING, LOST } Mood;

static Mood
judge (const HtTallyTrack *track, int64_t now_us)
{
    const HtTrackStatus *s = &track->status;

    if (track->ended)
        return ENDED;
    if (now_us < s->start_us || s->pid == 0)
        return s->last_unit_us > now_us - FRESH_US && track->running ? ARMED : NOTHING;
    if (track->running && s->last_written_us > now_us - FRESH_US)
        return WRITING;
    return now_us - s->start_us > FRESH_US ? LOST : NOTHING;
}

gboolean
ht_tally (const HtTallyTrack *tracks, unsigned n_tracks, int64_t now_us, HtMediaEvent *ret_event)
{
    static const HtMediaEventKind kinds[] = {
        [ENDED] = HT_MEDIA_DRAINED,
        [ARMED] = HT_MEDIA_ARMED,
        [WRITING] = HT_MEDIA_WRITING,
        [LOST] = HT_MEDIA_LOST,
    };
    unsigned count[LOST + 1] = { 0 };
    int64_t bytes = 0;
    Mood mood = NOTHING;

    for (unsigned i = 0; i < n_tracks; i++) {
        count[judge (&tracks[i], now_us)]++;
        bytes += tracks[i].status.bytes;
    }
    if (count[LOST] > 0)
        mood = LOST;
    else if (count[ENDED] == n_tracks)
        mood = ENDED;
    else if (count[WRITING] > 0 && count[WRITING] + count[ENDED] == n_tracks)
        mood = WRITING;
    else if (count[ARMED] == n_tracks)
        mood = ARMED;
    if (mood == NOTHING || n_tracks == 0)
        return FALSE;
    *ret_event = (HtMediaEvent){ .kind = kinds[mood], .bytes = bytes };
    return TRUE;
}
