/* SPDX-License-Identifier: MIT */

/* What a recorder decides: when to begin, where to cut, what to journal, when to end. It takes
 * units and the time and says what is to be written; it reads no clock and touches no file, so
 * that hours of recording are tried in milliseconds. */

#pragma once

#include "media/record/stream-info.h"
#include "media/recorder/segmenter.h"

G_BEGIN_DECLS

typedef struct _HtTrack HtTrack;

/**
 * ht_track_new:
 * @job: (transfer none): outlives the track
 * @journal: (transfer full): replayed, or new
 * @sink: (transfer none): outlives the track; its functions are called with @sink_data
 */
HtTrack *ht_track_new (const HtTrackJob *job, HtJournal *journal, const HtSegmentSink *sink,
                       gpointer sink_data);

/* Writes VERSION into a new journal, CLOSE for a segment that the recorder before left open, whose
 * whole units are @left (%NULL where none was open), and ARM. Before anything else. */
void ht_track_arm (HtTrack *track, const HtTsSummary *left, int64_t pid, int64_t now_us);

/* A new connection begins: its time line has nothing to do with the one before. */
void ht_track_connect (HtTrack *track, int64_t ingest_pid, int64_t now_us);

void ht_track_describe (HtTrack *track, unsigned stream, const HtStreamInfo *info);

/* @data: (transfer none): the unit's payload */
void ht_track_take (HtTrack *track, const HtUnit *unit, GBytes *data, int64_t now_us);

/* The connection is gone. The open segment is closed at once, so that viewers get it. */
void ht_track_lose (HtTrack *track, HtGapCause cause, int64_t now_us);

/* Time passed: ends the track where its end is past. */
void ht_track_tick (HtTrack *track, int64_t now_us);

/* The end is moved; an end that is past ends at the next tick. */
void ht_track_set_end (HtTrack *track, int64_t end_us, int64_t now_us);

/* The end is now: what was filmed before it and is on its way is still taken. Where nothing can be
 * on its way it ends at once. */
void ht_track_stop (HtTrack *track, int64_t now_us);

/* @text: at most 200 letters */
void ht_track_mark (HtTrack *track, const char *text, int64_t now_us);

/* Closes, and writes END. */
void ht_track_end (HtTrack *track, HtEndCause cause, int64_t now_us);

/* Closes without END: another recorder will go on. */
void ht_track_leave (HtTrack *track, int64_t now_us);

/* Whether an ingest should run. */
gboolean ht_track_wants_ingest (const HtTrack *track, int64_t now_us);

/* The next instant at which ht_track_tick() or ht_track_wants_ingest() tells something new. */
int64_t ht_track_get_next_us (const HtTrack *track, int64_t now_us);

/* (transfer none): state and counters; the process fills in the rest of a copy. */
const HtTrackStatus *ht_track_get_status (const HtTrack *track);

const HtJournal *ht_track_get_journal (const HtTrack *track);

void ht_track_free (HtTrack *track);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtTrack, ht_track_free)

G_END_DECLS
