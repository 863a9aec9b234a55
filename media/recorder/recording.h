/* SPDX-License-Identifier: MIT */

/* One track in a recorder's process: its folder, its faces to others (shared page and control
 * socket) and what is decided about it. A process holds one, or several that one ingest feeds. */

#pragma once

#include "media/recorder/door.h"
#include "media/recorder/track.h"

G_BEGIN_DECLS

typedef struct _HtRecording HtRecording;

/* Somebody asks at a recording's socket that the same ingest feed @job too. Returns: %FALSE with
 * %HT_ERROR_CONFLICT or whatever keeps it from beginning */
typedef gboolean (*HtRecordingTake) (const HtTrackJob *job, gpointer user_data, GError **error);

/**
 * ht_recording_open:
 * @job: copied
 *
 * Takes the folder over, opens page and socket (it records also where they cannot be had) and arms
 * the track.
 *
 * Returns: (transfer full): %NULL with the errors of ht_disk_open() and ht_disk_take_over()
 */
HtRecording *ht_recording_open (const HtTrackJob *job, HtRecordingTake take, gpointer user_data,
                                GError **error);

const HtTrackJob *ht_recording_get_job (const HtRecording *recording);

/* (transfer none) */
HtTrack *ht_recording_get_track (HtRecording *recording);

/* Fills @polls for poll(). */
void ht_recording_prepare (const HtRecording *recording, struct pollfd polls[HT_DOOR_N_POLLS]);

/* Answers who asks. */
void ht_recording_dispatch (HtRecording *recording, const struct pollfd polls[HT_DOOR_N_POLLS]);

/* Time passed: the journal's waiting lines, the end where it is past, the page. */
void ht_recording_tick (HtRecording *recording, int64_t now_us);

/* Closes without END; another recorder will go on. */
void ht_recording_leave (HtRecording *recording, int64_t now_us);

/* Whether there is nothing more to do: it has ended, or was left, and its last lines are in the
 * journal. A full disk gets 5 s to find room for them. */
gboolean ht_recording_is_over (HtRecording *recording, int64_t now_us);

/* When ht_recording_tick() or ht_recording_is_over() has something to do; perhaps past. */
int64_t ht_recording_get_next_us (const HtRecording *recording, int64_t now_us);

/* Whether END stands in its journal. */
gboolean ht_recording_has_ended (const HtRecording *recording);

/* Shows in the page that this process holds it no longer. */
void ht_recording_free (HtRecording *recording);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtRecording, ht_recording_free)

G_END_DECLS
