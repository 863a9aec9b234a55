/* SPDX-License-Identifier: MIT */

#include "media/recorder/track.h"

#include "media/record/ring.h"
#include "media/record/unit.h"

#define STREAM_AUDIO 1
#define N_STREAMS    2
/* Where a time line begins so far before the last unit, a clock was set back. */
#define MAX_OVERLAP (5 * HT_UNIT_CLOCK_HZ)
/* Units of the last moment may still be on their way when the end has come. */
#define DRAIN_US G_USEC_PER_SEC
/* A larger correction of an unsettled time line is no correction. */
#define MAX_SHIFT   HT_UNIT_CLOCK_HZ
#define AAC_SAMPLES 1024

struct _HtTrack {
    const HtTrackJob *job;
    HtTrackStatus status;
    HtSegmenter *segmenter; /* (owned) */
    HtRing *ring;           /* (owned) */
    int64_t audio_frame;    /* an AAC frame's length; 0 where not known */
    gboolean is_started;    /* T is past: units are written, not kept */
    HtEndCause end_cause;   /* of the end as it stands */

    /* the connection at hand */
    int64_t shift;          /* added to all of its time stamps */
    gboolean is_settled;    /* its sound's time line */
    int64_t next_audio_pts; /* where the unsettled line would go on; 0 where not known */
};

HtTrack *
ht_track_new (const HtTrackJob *job, HtJournal *journal, const HtSegmentSink *sink,
              gpointer sink_data)
{
    HtTrack *track = g_new0 (HtTrack, 1);

    track->job = job;
    track->segmenter = ht_segmenter_new (job, journal, &track->status, sink, sink_data);
    track->ring = ht_ring_new (job->ring_ms, job->ring_bytes);
    track->status.start_us = job->start_us;
    track->status.end_us = job->end_us;
    track->status.last_cause = -1;
    return track;
}

/* A file plays from its beginning when its ingest starts: that is at T. */
static int64_t
get_arm_us (const HtTrack *track)
{
    return track->job->start_us -
           (track->job->source.kind == HT_SOURCE_FILE ? 0 : track->job->arm_us);
}

static void
update_state (HtTrack *track, int64_t now_us)
{
    HtTrackState state = HT_TRACK_RECOVERING;

    if (track->status.state >= HT_TRACK_DRAINING)
        return;
    if (ht_segmenter_is_open (track->segmenter))
        state = HT_TRACK_RECORDING;
    else if (!track->is_started && now_us < track->job->start_us)
        state = ht_track_wants_ingest (track, now_us) ? HT_TRACK_ARMED : HT_TRACK_WAITING;
    track->status.state = (int) state;
}

void
ht_track_arm (HtTrack *track, const HtTsSummary *left, int64_t pid, int64_t now_us)
{
    const HtJournal *journal = ht_track_get_journal (track);
    HtJournalLine version = {
        HT_JOURNAL_VERSION,
        now_us,
        .format = HT_JOURNAL_FORMAT,
        .session = track->job->session,
        .start_us = track->job->start_us,
    };
    HtJournalLine arm = { HT_JOURNAL_ARM, now_us, .pid = pid, .end_us = track->job->end_us };

    g_strlcpy (version.text, track->job->track, sizeof version.text);
    if (journal->track == NULL)
        ht_segmenter_journal (track->segmenter, &version);
    ht_segmenter_resume (track->segmenter, left, now_us);
    if (journal->has_ended) {
        track->status.state = HT_TRACK_ENDED;
        return;
    }
    ht_segmenter_journal (track->segmenter, &arm);
    track->is_started = journal->target_s > 0;
    update_state (track, now_us);
    ht_segmenter_publish (track->segmenter);
}

void
ht_track_connect (HtTrack *track, int64_t ingest_pid, int64_t now_us)
{
    track->shift = 0;
    track->is_settled = FALSE;
    track->next_audio_pts = 0;
    track->status.ingest_pid = ingest_pid;
    track->status.ingest_starts++;
    ht_ring_clear (track->ring);
    update_state (track, now_us);
}

void
ht_track_describe (HtTrack *track, unsigned stream, const HtStreamInfo *info)
{
    if (info->video || info->audio)
        ht_segmenter_set_streams (track->segmenter, info->video, info->audio);
    if (stream == STREAM_AUDIO && info->rate_hz > 0)
        track->audio_frame = AAC_SAMPLES * (int64_t) HT_UNIT_CLOCK_HZ / info->rate_hz;
}

/* A time line that lies far behind what was written is moved to follow it. */
static void
lay_connection (HtTrack *track, const HtUnit *unit, int64_t now_us)
{
    int64_t next = ht_segmenter_get_next_dts (track->segmenter, unit->stream);

    if (unit->dts + track->shift >= next - MAX_OVERLAP)
        return;
    ht_segmenter_break (track->segmenter, HT_GAP_TIME, now_us);
    track->shift = next - unit->dts;
}

/* T is past. */
static void
record (HtTrack *track, const HtUnit *source, GBytes *data, int64_t now_us)
{
    HtUnit unit = *source;

    if (unit.dts >= ht_unit_pts (track->status.end_us)) {
        if (unit.stream == ht_segmenter_get_leading (track->segmenter))
            ht_track_end (track, track->end_cause, now_us);
        return;
    }
    if (ht_segmenter_is_start (track->segmenter, &unit))
        lay_connection (track, &unit, now_us);
    unit.pts += track->shift;
    unit.dts += track->shift;
    ht_segmenter_write (track->segmenter, &unit, data, ht_unit_us (source->pts), now_us);
    update_state (track, now_us);
}

/* The announced duration holds for ever: that of the job, or longer where the groups of pictures
 * seen so far are. */
static void
announce (HtTrack *track, int64_t now_us)
{
    int64_t group = ht_ring_get_longest_group (track->ring);
    HtJournalLine line = {
        HT_JOURNAL_START,
        now_us,
        .target_s = MAX (track->job->target_s, (group + HT_UNIT_CLOCK_HZ - 1) / HT_UNIT_CLOCK_HZ),
        .pts = ht_unit_pts (track->job->start_us),
    };

    ht_segmenter_journal (track->segmenter, &line);
}

/* T's picture has come: what the ring holds since the key frame before it is written. */
static void
start (HtTrack *track, int64_t now_us)
{
    HtUnit unit;
    GBytes *data;

    track->is_started = TRUE;
    announce (track, now_us);
    ht_ring_seek (track->ring, ht_unit_pts (track->job->start_us));
    while (track->status.state < HT_TRACK_DRAINING &&
           (data = ht_ring_pop (track->ring, &unit)) != NULL) {
        record (track, &unit, data, now_us);
        g_bytes_unref (data);
    }
    ht_ring_clear (track->ring);
}

/* The first settled unit of sound tells how far those before it were off. */
static void
settle (HtTrack *track, const HtUnit *unit)
{
    int64_t by = track->next_audio_pts != 0 ? unit->pts - track->next_audio_pts : 0;

    if (unit->stream != STREAM_AUDIO || track->is_settled)
        return;
    track->is_settled = (unit->flags & HT_UNIT_SETTLED) != 0;
    if (track->is_settled && (unit->flags & HT_UNIT_LOSS) == 0 && ABS (by) < MAX_SHIFT)
        ht_ring_shift (track->ring, STREAM_AUDIO, by);
    track->next_audio_pts = track->audio_frame > 0 ? unit->pts + track->audio_frame : 0;
}

void
ht_track_take (HtTrack *track, const HtUnit *unit, GBytes *data, int64_t now_us)
{
    gboolean leads = unit->stream == ht_segmenter_get_leading (track->segmenter);

    if (track->status.state >= HT_TRACK_DRAINING || unit->stream >= N_STREAMS)
        return;
    track->status.last_unit_us = unit->arrival_us;
    settle (track, unit);
    if (track->is_started) {
        record (track, unit, data, now_us);
        return;
    }
    ht_ring_push (track->ring, unit, data, ht_segmenter_is_start (track->segmenter, unit));
    if (leads && unit->pts >= ht_unit_pts (track->job->start_us))
        start (track, now_us);
}

void
ht_track_lose (HtTrack *track, HtGapCause cause, int64_t now_us)
{
    track->status.ingest_pid = 0;
    if (track->status.state >= HT_TRACK_DRAINING)
        return;
    ht_ring_clear (track->ring);
    if (track->is_started)
        ht_segmenter_break (track->segmenter, cause, now_us);
    track->status.last_cause = cause;
    update_state (track, now_us);
}

void
ht_track_set_end (HtTrack *track, int64_t end_us, int64_t now_us)
{
    HtJournalLine line = { HT_JOURNAL_PLAN, now_us, .end_us = end_us };

    if (track->status.state >= HT_TRACK_DRAINING)
        return;
    track->status.end_us = end_us;
    track->end_cause = HT_END_PLANNED;
    ht_segmenter_journal (track->segmenter, &line);
}

void
ht_track_stop (HtTrack *track, int64_t now_us)
{
    if (now_us < track->job->start_us || track->status.ingest_pid == 0) {
        ht_track_end (track, HT_END_STOPPED, now_us);
        return;
    }
    if (track->status.state >= HT_TRACK_DRAINING || now_us >= track->status.end_us)
        return; /* it ends by itself */
    ht_track_set_end (track, now_us, now_us);
    track->end_cause = HT_END_STOPPED;
}

void
ht_track_mark (HtTrack *track, const char *text, int64_t now_us)
{
    HtJournalLine line = { HT_JOURNAL_MARK, now_us, .pts = ht_unit_pts (now_us) };

    if (track->status.state >= HT_TRACK_DRAINING)
        return;
    ht_segmenter_get_last_pts (track->segmenter, &line.pts);
    g_strlcpy (line.text, text, sizeof line.text);
    ht_segmenter_journal (track->segmenter, &line);
}

void
ht_track_end (HtTrack *track, HtEndCause cause, int64_t now_us)
{
    int64_t end_pts = ht_unit_pts (track->status.end_us);
    HtJournalLine line = { HT_JOURNAL_END, now_us, .cause = cause, .pts = end_pts };

    if (track->status.state >= HT_TRACK_DRAINING)
        return;
    track->status.state = HT_TRACK_DRAINING;
    ht_segmenter_close (track->segmenter, now_us);
    if (cause == HT_END_PLANNED)
        ht_segmenter_close_gap (track->segmenter, end_pts, now_us);
    ht_segmenter_get_last_pts (track->segmenter, &line.pts);
    ht_segmenter_journal (track->segmenter, &line);
    track->status.state = HT_TRACK_ENDED;
    ht_ring_clear (track->ring);
    ht_segmenter_publish (track->segmenter);
}

void
ht_track_leave (HtTrack *track, int64_t now_us)
{
    if (track->status.state >= HT_TRACK_DRAINING)
        return;
    ht_segmenter_close (track->segmenter, now_us);
    track->status.state = HT_TRACK_LEFT;
    ht_ring_clear (track->ring);
}

void
ht_track_tick (HtTrack *track, int64_t now_us)
{
    if (now_us >= track->status.end_us + DRAIN_US)
        ht_track_end (track, track->end_cause, now_us);
    update_state (track, now_us);
}

gboolean
ht_track_wants_ingest (const HtTrack *track, int64_t now_us)
{
    return track->status.state < HT_TRACK_DRAINING && now_us >= get_arm_us (track) &&
           now_us < track->status.end_us + DRAIN_US;
}

int64_t
ht_track_get_next_us (const HtTrack *track, int64_t now_us)
{
    int64_t arm_us = get_arm_us (track);
    int64_t end_us = track->status.end_us + DRAIN_US;

    return now_us < arm_us ? MIN (arm_us, end_us) : end_us;
}

const HtTrackStatus *
ht_track_get_status (const HtTrack *track)
{
    return &track->status;
}

const HtJournal *
ht_track_get_journal (const HtTrack *track)
{
    return ht_segmenter_get_journal (track->segmenter);
}

void
ht_track_free (HtTrack *track)
{
    if (track == NULL)
        return;
    ht_segmenter_free (track->segmenter);
    ht_ring_free (track->ring);
    g_free (track);
}
