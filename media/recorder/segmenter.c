/* SPDX-License-Identifier: MIT */

#include "media/recorder/segmenter.h"

#include "media/record/unit.h"

#define STREAM_VIDEO 0
#define STREAM_AUDIO 1
#define N_STREAMS    2
#define TICKS_A_MS   (HT_UNIT_CLOCK_HZ / 1000)
/* A key frame past this share of the segment's length ends it: cameras are not that exact. */
#define CUT_PERCENT     90
#define DEFAULT_SPACING (HT_UNIT_CLOCK_HZ / 25)
#define KEEP_SEGMENTS   8

struct _HtSegmenter {
    const HtTrackJob *job;
    HtJournal *journal; /* (owned) */
    HtTrackStatus *status;
    const HtSegmentSink *sink;
    gpointer sink_data;
    HtTsWriter *writer; /* (owned) */
    gboolean has_video;
    int64_t next_dts[N_STREAMS];

    /* the last unit of the leading stream that was written */
    gboolean has_last;
    int64_t last_pts;
    int64_t spacing;         /* between the last two */
    GBytes *last_data;       /* (owned) (nullable): its hash is made when it is wanted */
    HtPictureHash last_hash; /* where last_data is NULL */

    gboolean is_open;
    HtSegment segment;     /* the open one */
    gboolean is_after_gap; /* units are missing before the next one */
    HtGapCause cause;      /* of that */
};

HtSegmenter *
ht_segmenter_new (const HtTrackJob *job, HtJournal *journal, HtTrackStatus *status,
                  const HtSegmentSink *sink, gpointer sink_data)
{
    HtSegmenter *segmenter = g_new0 (HtSegmenter, 1);

    segmenter->job = job;
    segmenter->journal = journal;
    segmenter->status = status;
    segmenter->sink = sink;
    segmenter->sink_data = sink_data;
    segmenter->writer = ht_ts_writer_new ();
    segmenter->has_video = TRUE;
    segmenter->spacing = DEFAULT_SPACING;
    segmenter->is_after_gap = TRUE;
    segmenter->cause = HT_GAP_LATE;
    return segmenter;
}

gboolean
ht_segmenter_journal (HtSegmenter *segmenter, const HtJournalLine *line)
{
    if (!segmenter->sink->journal (segmenter->sink_data, line))
        return FALSE;
    ht_journal_apply (segmenter->journal, line);
    segmenter->status->gaps = segmenter->journal->n_gaps;
    segmenter->status->sequence =
        segmenter->is_open ? segmenter->segment.sequence : segmenter->journal->next_sequence;
    return TRUE;
}

void
ht_segmenter_publish (HtSegmenter *segmenter)
{
    HtJournal *journal = segmenter->journal;

    ht_journal_forget (journal, (unsigned) segmenter->job->live_segments + KEEP_SEGMENTS);
    segmenter->status->segments = journal->segments->len + journal->forgotten;
    segmenter->sink->publish (segmenter->sink_data, journal);
}

static void
close_left (HtSegmenter *segmenter, const HtTsSummary *left, int64_t now_us)
{
    const HtSegment *open = ht_journal_get_open (segmenter->journal);
    HtJournalLine line = { HT_JOURNAL_CLOSE, now_us };

    if (open == NULL || left == NULL)
        return;
    line.sequence = open->sequence;
    line.duration = left->duration > 0 || left->units == 0 ? left->duration : DEFAULT_SPACING;
    line.bytes = left->bytes;
    line.units = left->units;
    line.pictures = left->pictures;
    line.first = left->first;
    line.last = left->last;
    line.end_pts = left->end_pts;
    ht_segmenter_journal (segmenter, &line);
}

void
ht_segmenter_resume (HtSegmenter *segmenter, const HtTsSummary *left, int64_t now_us)
{
    const HtSegment *last;

    close_left (segmenter, left, now_us);
    last = ht_journal_get_last (segmenter->journal);
    if (last == NULL)
        return;
    segmenter->has_last = TRUE;
    segmenter->last_pts = last->end_pts;
    segmenter->last_hash = last->last;
    segmenter->next_dts[STREAM_VIDEO] = segmenter->next_dts[STREAM_AUDIO] = last->end_pts + 1;
    segmenter->cause = HT_GAP_RECORDER_DIED;
}

void
ht_segmenter_set_streams (HtSegmenter *segmenter, gboolean has_video, gboolean has_audio)
{
    segmenter->has_video = has_video;
    ht_ts_writer_set_streams (segmenter->writer, has_video, has_audio);
}

unsigned
ht_segmenter_get_leading (const HtSegmenter *segmenter)
{
    return segmenter->has_video ? STREAM_VIDEO : STREAM_AUDIO;
}

gboolean
ht_segmenter_is_start (const HtSegmenter *segmenter, const HtUnit *unit)
{
    return unit->stream == ht_segmenter_get_leading (segmenter) &&
           (unit->stream == STREAM_AUDIO || (unit->flags & HT_UNIT_KEY) != 0);
}

int64_t
ht_segmenter_get_next_dts (const HtSegmenter *segmenter, unsigned stream)
{
    return segmenter->next_dts[stream];
}

static HtPictureHash
hash_unit (unsigned stream, GBytes *data)
{
    return ht_picture_hash (stream, g_bytes_get_data (data, NULL), g_bytes_get_size (data));
}

static HtPictureHash
hash_last (const HtSegmenter *segmenter)
{
    return segmenter->last_data == NULL
               ? segmenter->last_hash
               : hash_unit (ht_segmenter_get_leading (segmenter), segmenter->last_data);
}

/* @next: the pts from which the next segment goes on, or 0 where none does */
static void
close_segment (HtSegmenter *segmenter, int64_t next, int64_t now_us)
{
    const HtSegment *segment = &segmenter->segment;
    HtJournalLine line = { HT_JOURNAL_CLOSE, now_us, .sequence = segment->sequence };

    if (!segmenter->is_open)
        return;
    segmenter->is_open = FALSE;
    if (segment->units == 0)
        segmenter->sink->discard (segmenter->sink_data);
    else {
        if (!segmenter->sink->close (segmenter->sink_data))
            segmenter->status->disk_full = TRUE;
        line.end_pts = segment->end_pts;
        line.duration = (next > 0 ? next : segment->end_pts + segmenter->spacing) - segment->pts;
        line.bytes = segment->bytes;
        line.units = segment->units;
        line.pictures = segment->pictures;
        line.first = segment->first;
        line.last = hash_last (segmenter);
    }
    ht_segmenter_journal (segmenter, &line);
    ht_segmenter_publish (segmenter);
}

void
ht_segmenter_close (HtSegmenter *segmenter, int64_t now_us)
{
    close_segment (segmenter, 0, now_us);
}

void
ht_segmenter_break (HtSegmenter *segmenter, HtGapCause cause, int64_t now_us)
{
    close_segment (segmenter, 0, now_us);
    if (!segmenter->is_after_gap)
        segmenter->cause = cause;
    segmenter->is_after_gap = TRUE;
    segmenter->status->last_cause = cause;
}

/* @to: of the first unit after it, whose hash is @after. Ahead of everything a gap lies between T
 * and the first unit, if that begins after T. */
static void
write_gap (HtSegmenter *segmenter, int64_t to, const HtPictureHash *after, HtGapCause cause,
           int64_t now_us)
{
    HtJournalLine line = { HT_JOURNAL_GAP, now_us, .end_pts = to, .cause = cause };

    line.pts = segmenter->has_last ? segmenter->last_pts : ht_unit_pts (segmenter->job->start_us);
    if (to <= line.pts)
        return;
    if (segmenter->has_last)
        line.last = hash_last (segmenter);
    if (after != NULL)
        line.first = *after;
    ht_segmenter_journal (segmenter, &line);
}

void
ht_segmenter_close_gap (HtSegmenter *segmenter, int64_t end_pts, int64_t now_us)
{
    if (segmenter->is_after_gap)
        write_gap (segmenter, end_pts, NULL, segmenter->cause, now_us);
}

static void
fail_disk (HtSegmenter *segmenter, int64_t now_us)
{
    segmenter->status->disk_full = TRUE;
    ht_segmenter_break (segmenter, HT_GAP_DISK, now_us);
}

static gboolean
open_segment (HtSegmenter *segmenter, const HtUnit *unit, GBytes *data, int64_t wall_us,
              int64_t now_us)
{
    const HtSegment *before = ht_journal_get_last (segmenter->journal);
    HtPictureHash hash = hash_unit (unit->stream, data);
    gboolean is_cut = segmenter->is_after_gap && before != NULL;
    HtJournalLine line = {
        HT_JOURNAL_OPEN,
        now_us,
        .sequence = segmenter->journal->next_sequence,
        .discontinuity = (before != NULL ? before->discontinuity : 0) + (is_cut ? 1 : 0),
        .is_cut = is_cut,
        .is_key = ht_segmenter_is_start (segmenter, unit),
        .pts = unit->pts,
        .wall_us = wall_us,
    };

    if (!segmenter->sink->open (segmenter->sink_data, line.sequence))
        return FALSE;
    if (segmenter->is_after_gap)
        write_gap (segmenter, unit->pts, &hash, segmenter->cause, now_us);
    if (!ht_segmenter_journal (segmenter, &line)) {
        segmenter->sink->discard (segmenter->sink_data);
        return FALSE;
    }
    segmenter->segment = *ht_journal_get_open (segmenter->journal);
    segmenter->segment.end_pts = unit->pts;
    segmenter->segment.first = hash;
    segmenter->is_open = TRUE;
    segmenter->status->sequence = line.sequence;
    ht_ts_writer_begin (segmenter->writer);
    return TRUE;
}

static void
remember (HtSegmenter *segmenter, const HtUnit *unit, GBytes *data)
{
    int64_t distance = unit->pts - segmenter->last_pts;

    if (segmenter->segment.units > 0 && distance > 0 && distance < HT_UNIT_CLOCK_HZ)
        segmenter->spacing = distance;
    g_clear_pointer (&segmenter->last_data, g_bytes_unref);
    segmenter->last_data = g_bytes_ref (data);
    segmenter->has_last = TRUE;
    segmenter->last_pts = unit->pts;
    segmenter->segment.end_pts = MAX (segmenter->segment.end_pts, unit->pts);
}

static void
write_unit (HtSegmenter *segmenter, const HtUnit *unit, GBytes *data, int64_t now_us)
{
    HtTrackStatus *status = segmenter->status;
    size_t length;
    const uint8_t *octets =
        ht_ts_writer_write (segmenter->writer, unit, g_bytes_get_data (data, NULL), &length);

    if (!segmenter->sink->write (segmenter->sink_data, octets, length)) {
        fail_disk (segmenter, now_us);
        return;
    }
    segmenter->is_after_gap = FALSE;
    if (unit->stream == ht_segmenter_get_leading (segmenter))
        remember (segmenter, unit, data);
    segmenter->next_dts[unit->stream] = unit->dts + 1;
    segmenter->segment.units++;
    segmenter->segment.pictures += unit->stream == STREAM_VIDEO;
    segmenter->segment.bytes += (int64_t) length;
    status->disk_full = FALSE;
    status->units++;
    status->bytes += (int64_t) length;
    status->last_written_us = now_us;
}

/* A key frame near the wanted length ends the segment; where none comes the announced target
 * duration does. */
static gboolean
wants_cut (const HtSegmenter *segmenter, const HtUnit *unit)
{
    int64_t length = unit->pts - segmenter->segment.pts;

    if (ht_segmenter_is_start (segmenter, unit))
        return length * 100 >= segmenter->job->segment_ms * TICKS_A_MS * CUT_PERCENT;
    return length >= segmenter->journal->target_s * HT_UNIT_CLOCK_HZ;
}

static void
write_leading (HtSegmenter *segmenter, const HtUnit *unit, GBytes *data, int64_t wall_us,
               int64_t now_us)
{
    if (!segmenter->is_open && !ht_segmenter_is_start (segmenter, unit))
        return;
    if (segmenter->is_open && wants_cut (segmenter, unit))
        close_segment (segmenter, unit->pts, now_us);
    if ((unit->flags & HT_UNIT_LOSS) != 0 && !segmenter->is_after_gap) {
        HtPictureHash hash = hash_unit (unit->stream, data);

        write_gap (segmenter, unit->pts, &hash, HT_GAP_NETWORK, now_us);
    }
    if (segmenter->is_open || open_segment (segmenter, unit, data, wall_us, now_us))
        write_unit (segmenter, unit, data, now_us);
    else
        fail_disk (segmenter, now_us);
}

void
ht_segmenter_write (HtSegmenter *segmenter, const HtUnit *unit, GBytes *data, int64_t wall_us,
                    int64_t now_us)
{
    if (unit->dts < segmenter->next_dts[unit->stream])
        return;
    if (unit->stream == ht_segmenter_get_leading (segmenter))
        write_leading (segmenter, unit, data, wall_us, now_us);
    else if (segmenter->is_open)
        write_unit (segmenter, unit, data, now_us);
}

gboolean
ht_segmenter_is_open (const HtSegmenter *segmenter)
{
    return segmenter->is_open;
}

gboolean
ht_segmenter_get_last_pts (const HtSegmenter *segmenter, int64_t *ret_pts)
{
    if (segmenter->has_last)
        *ret_pts = segmenter->last_pts;
    return segmenter->has_last;
}

const HtJournal *
ht_segmenter_get_journal (const HtSegmenter *segmenter)
{
    return segmenter->journal;
}

void
ht_segmenter_free (HtSegmenter *segmenter)
{
    if (segmenter == NULL)
        return;
    g_clear_pointer (&segmenter->last_data, g_bytes_unref);
    ht_journal_free (segmenter->journal);
    ht_ts_writer_free (segmenter->writer);
    g_free (segmenter);
}
