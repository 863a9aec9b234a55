/* SPDX-License-Identifier: MIT */

/* Units into segments, and what the journal says of them: where to cut, what is missing. Decides
 * only; a sink writes. */

#pragma once

#include "media/record/journal.h"
#include "media/record/track-job.h"
#include "media/record/track-status.h"
#include "media/record/ts-reader.h"

G_BEGIN_DECLS

/**
 * HtSegmentSink:
 *
 * Where segments go to. Each function returns %FALSE where the disk does not take it; what a
 * refused call was to write is then not there, not even in part.
 */
typedef struct {
    gboolean (*open) (gpointer data, int64_t sequence); /* a new segment, with room for it */
    gboolean (*write) (gpointer data, const uint8_t *octets, size_t length);
    gboolean (*close) (gpointer data); /* the open segment is on the disk for good */
    void (*discard) (gpointer data);   /* the open segment, which holds nothing */
    /* an OPEN may be refused; any other line is kept and written as soon as it can be */
    gboolean (*journal) (gpointer data, const HtJournalLine *line);
    void (*publish) (gpointer data, const HtJournal *journal); /* the live playlist */
} HtSegmentSink;

typedef struct _HtSegmenter HtSegmenter;

/**
 * ht_segmenter_new:
 * @job: (transfer none): outlives it, as @sink and @status do
 * @journal: (transfer full): replayed, or new
 * @status: (transfer none): its counters are kept up
 */
HtSegmenter *ht_segmenter_new (const HtTrackJob *job, HtJournal *journal, HtTrackStatus *status,
                               const HtSegmentSink *sink, gpointer sink_data);

/* Writes a line and applies it. Returns: %FALSE for an OPEN that was refused */
gboolean ht_segmenter_journal (HtSegmenter *segmenter, const HtJournalLine *line);

/* Closes what a recorder before left open, whose whole units are @left (%NULL where nothing was),
 * and goes on behind it. */
void ht_segmenter_resume (HtSegmenter *segmenter, const HtTsSummary *left, int64_t now_us);

/* What the stream holds; video leads where there is video. */
void ht_segmenter_set_streams (HtSegmenter *segmenter, gboolean has_video, gboolean has_audio);

unsigned ht_segmenter_get_leading (const HtSegmenter *segmenter);

/* Whether a recording may begin at @unit: a key frame of the leading stream. */
gboolean ht_segmenter_is_start (const HtSegmenter *segmenter, const HtUnit *unit);

/* The least dts that a unit of @stream may have: time never goes backwards in a track. */
int64_t ht_segmenter_get_next_dts (const HtSegmenter *segmenter, unsigned stream);

/* Writes @unit, cutting before it where it is time; drops what has nowhere to go: a unit that is
 * not later than the last one, one without a key frame before it. @wall_us: its wall clock. */
void ht_segmenter_write (HtSegmenter *segmenter, const HtUnit *unit, GBytes *data, int64_t wall_us,
                         int64_t now_us);

/* Closes the open segment: units will be missing before the next, because of @cause. */
void ht_segmenter_break (HtSegmenter *segmenter, HtGapCause cause, int64_t now_us);

/* Closes the open segment. */
void ht_segmenter_close (HtSegmenter *segmenter, int64_t now_us);

/* At the end: tells the gap between the last unit and @end_pts, if there is one. */
void ht_segmenter_close_gap (HtSegmenter *segmenter, int64_t end_pts, int64_t now_us);

/* The live playlist anew. */
void ht_segmenter_publish (HtSegmenter *segmenter);

gboolean ht_segmenter_is_open (const HtSegmenter *segmenter);

/* pts of the last unit written of the leading stream; FALSE where there is none. */
gboolean ht_segmenter_get_last_pts (const HtSegmenter *segmenter, int64_t *ret_pts);

const HtJournal *ht_segmenter_get_journal (const HtSegmenter *segmenter);

void ht_segmenter_free (HtSegmenter *segmenter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtSegmenter, ht_segmenter_free)

G_END_DECLS
