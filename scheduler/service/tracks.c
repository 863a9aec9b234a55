/* SPDX-License-Identifier: MIT */

#include "scheduler/service/tracks.h"

GArray *
ht_tracks_make (const GArray *sources)
{
    GArray *tracks = g_array_new (FALSE, TRUE, sizeof (HtTrack));

    for (unsigned i = 0; i < sources->len; i++) {
        HtTrack track = { i == 0 ? g_strdup ("main") : g_strdup_printf ("track%u", i + 1),
                          g_array_index (sources, int64_t, i) };

        g_array_append_val (tracks, track);
    }
    return tracks;
}

void
ht_tracks_clear (GArray *tracks)
{
    for (unsigned i = 0; tracks != NULL && i < tracks->len; i++)
        g_free (g_array_index (tracks, HtTrack, i).name);
    g_clear_pointer (&tracks, g_array_unref);
}
