/* SPDX-License-Identifier: MIT */

#include "media/recorder/recorder.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

#include "media/record/exit-note.h"
#include "media/record/stream-info.h"
#include "media/recorder/care.h"
#include "media/recorder/ingest.h"
#include "media/recorder/intake.h"
#include "media/recorder/recording.h"
#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"

#define HEARTBEAT_US G_USEC_PER_SEC
#define US_A_MS      1000
#define READS_A_TURN 64 /* then the others have their turn */
#define MAX_STREAMS  2

typedef struct {
    const HtTrackJob *job; /* of the track that it was started for: its source feeds them all */
    GPtrArray *recordings; /* (element-type HtRecording) (owned) */
    HtIngest *ingest;      /* (owned) */
    HtIntake *intake;      /* (owned) */
    HtCare care;
    HtExitNote note;                   /* of the running ingest; no reason before it sent one */
    HtStreamInfo streams[MAX_STREAMS]; /* of the running ingest */
    unsigned described;                /* which of them are known, a bit each */
    gboolean has_left;                 /* a track was left before its end */
} Recorder;

static volatile sig_atomic_t is_told_to_leave;

static void
on_signal (int number)
{
    is_told_to_leave = 1;
}

static void
clear (Recorder *recorder)
{
    ht_ingest_free (recorder->ingest);
    g_ptr_array_unref (recorder->recordings);
    ht_intake_free (recorder->intake);
    ht_fields_clear (&HT_EXIT_NOTE_FIELDS, &recorder->note);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recorder, clear)

static int64_t
read_now_us (void)
{
    return ht_clock_read_us (ht_clock_get_system ());
}

static HtRecording *
get_recording (const Recorder *recorder, unsigned i)
{
    return g_ptr_array_index (recorder->recordings, i);
}

static HtTrack *
get_track (const Recorder *recorder, unsigned i)
{
    return ht_recording_get_track (get_recording (recorder, i));
}

/* --- tracks -------------------------------------------------------------------------------- */

static gboolean
holds (const Recorder *recorder, const HtTrackJob *job)
{
    for (unsigned i = 0; i < recorder->recordings->len; i++)
        if (strcmp (ht_recording_get_job (get_recording (recorder, i))->folder, job->folder) == 0)
            return TRUE;
    return FALSE;
}

/* A track that joins while the ingest runs hears what the others heard at its start. */
static void
introduce (const Recorder *recorder, HtTrack *track)
{
    if (ht_ingest_get_pid (recorder->ingest) == 0)
        return;
    ht_track_connect (track, ht_ingest_get_pid (recorder->ingest), read_now_us ());
    for (unsigned stream = 0; stream < MAX_STREAMS; stream++)
        if ((recorder->described & (1u << stream)) != 0)
            ht_track_describe (track, stream, &recorder->streams[stream]);
}

/* Asked twice it is taken once: whoever asked may not have heard the answer. */
static gboolean
take (const HtTrackJob *job, gpointer user_data, GError **error)
{
    Recorder *recorder = user_data;
    HtRecording *recording;

    if (holds (recorder, job))
        return TRUE;
    if (job->source.kind != recorder->job->source.kind ||
        g_strcmp0 (job->source.url, recorder->job->source.url) != 0) {
        ht_problem_set (error, HT_ERROR_CONFLICT, "another-source", "job",
                        "this recorder is fed by another source");
        return FALSE;
    }
    recording = ht_recording_open (job, take, recorder, error);
    if (recording == NULL)
        return FALSE;
    g_message ("session %" PRId64 ", track %s is fed too", job->session, job->track);
    introduce (recorder, ht_recording_get_track (recording));
    g_ptr_array_add (recorder->recordings, recording);
    return TRUE;
}

static gboolean
begin (Recorder *recorder, GError **error)
{
    recorder->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) ht_recording_free);
    recorder->ingest = ht_ingest_new ();
    recorder->intake = ht_intake_new ();
    recorder->care.stall_us = recorder->job->stall_ms * US_A_MS;
    return take (recorder->job, recorder, error);
}

static gboolean
is_ingest_wanted (const Recorder *recorder, int64_t now_us)
{
    for (unsigned i = 0; i < recorder->recordings->len; i++)
        if (ht_track_wants_ingest (get_track (recorder, i), now_us))
            return TRUE;
    return FALSE;
}

static gboolean
is_any_open (const Recorder *recorder)
{
    for (unsigned i = 0; i < recorder->recordings->len; i++)
        if (ht_track_get_status (get_track (recorder, i))->state < HT_TRACK_DRAINING)
            return TRUE;
    return FALSE;
}

static void
tick (Recorder *recorder)
{
    int64_t now_us = read_now_us ();

    for (unsigned i = recorder->recordings->len; i > 0; i--) {
        HtRecording *recording = get_recording (recorder, i - 1);

        if (is_told_to_leave)
            ht_recording_leave (recording, now_us);
        ht_recording_tick (recording, now_us);
        if (!ht_recording_is_over (recording, now_us))
            continue;
        recorder->has_left |= !ht_recording_has_ended (recording);
        g_ptr_array_remove_index (recorder->recordings, i - 1);
    }
}

/* --- the ingest ---------------------------------------------------------------------------- */

static void
start_ingest (Recorder *recorder)
{
    g_autoptr (GError) error = NULL;
    int64_t now_us = ht_clock_read_monotonic_us ();

    ht_fields_clear (&HT_EXIT_NOTE_FIELDS, &recorder->note);
    ht_intake_clear (recorder->intake);
    ht_care_note_start (&recorder->care, now_us);
    recorder->described = 0;
    if (ht_ingest_start (recorder->ingest, recorder->job->pipeline, &recorder->job->source,
                         &error)) {
        for (unsigned i = 0; i < recorder->recordings->len; i++)
            introduce (recorder, get_track (recorder, i));
        return;
    }
    g_message ("no ingest, trying again: %s", error->message);
    ht_care_note_exit (&recorder->care, 0, now_us);
}

/* What the ingest's last words mean for the journal. */
static const struct {
    const char *reason;
    HtGapCause cause;
} causes[] = {
    { "frozen", HT_GAP_SOURCE_SILENT },
    { "wrong-password", HT_GAP_SOURCE_REFUSED },
};

static HtGapCause
find_cause (const Recorder *recorder)
{
    if (recorder->note.reason == NULL)
        return HT_GAP_INGEST_DIED;
    for (size_t i = 0; i < G_N_ELEMENTS (causes); i++)
        if (strcmp (causes[i].reason, recorder->note.reason) == 0)
            return causes[i].cause;
    return HT_GAP_SOURCE_ENDED;
}

static void
lose_ingest (Recorder *recorder, HtGapCause cause)
{
    const HtTrackJob *job = recorder->job;
    int64_t now_us = read_now_us ();
    gboolean is_done = job->source.kind == HT_SOURCE_FILE && !job->source.loop &&
                       g_strcmp0 (recorder->note.reason, "ended") == 0;

    if (is_any_open (recorder))
        g_message ("source lost (%s): %s", ht_gap_cause_names[cause],
                   recorder->note.text != NULL ? recorder->note.text : "no reason was given");
    ht_ingest_stop (recorder->ingest);
    ht_care_note_exit (&recorder->care, recorder->note.retry_us, ht_clock_read_monotonic_us ());
    for (unsigned i = 0; i < recorder->recordings->len; i++)
        if (is_done)
            ht_track_end (get_track (recorder, i), HT_END_SOURCE, now_us);
        else
            ht_track_lose (get_track (recorder, i), cause, now_us);
}

static void
describe (Recorder *recorder, unsigned stream, const HtStreamInfo *info)
{
    if (stream >= MAX_STREAMS)
        return;
    recorder->streams[stream] = *info;
    recorder->described |= 1u << stream;
    for (unsigned i = 0; i < recorder->recordings->len; i++)
        ht_track_describe (get_track (recorder, i), stream, info);
}

/* What cannot be read of a line is left out: pictures matter more. */
static void
take_line (Recorder *recorder, const HtUnit *unit, GBytes *data)
{
    HtStreamInfo info;
    const char *text = g_bytes_get_data (data, NULL);
    size_t length = g_bytes_get_size (data);

    if (unit->type == HT_UNIT_STREAM) {
        if (ht_stream_info_read (text, length, &info, NULL))
            describe (recorder, unit->stream, &info);
        return;
    }
    ht_fields_clear (&HT_EXIT_NOTE_FIELDS, &recorder->note);
    if (!ht_exit_note_read (text, length, &recorder->note, NULL))
        ht_fields_clear (&HT_EXIT_NOTE_FIELDS, &recorder->note);
}

static void
feed (Recorder *recorder, const HtUnit *unit, GBytes *data, int64_t now_us)
{
    for (unsigned i = 0; i < recorder->recordings->len; i++)
        ht_track_take (get_track (recorder, i), unit, data, now_us);
}

/* Returns: %FALSE where what came are no units */
static gboolean
take_units (Recorder *recorder, int64_t now_us)
{
    HtUnit unit;
    GBytes *data;

    while (ht_intake_next (recorder->intake, &unit, &data, NULL)) {
        if (data == NULL)
            return TRUE;
        if (unit.type == HT_UNIT_ACCESS)
            feed (recorder, &unit, data, now_us);
        else
            take_line (recorder, &unit, data);
        g_bytes_unref (data);
    }
    return FALSE;
}

/* Returns: %FALSE where the ingest is gone */
static gboolean
read_ingest (Recorder *recorder)
{
    int fd = ht_ingest_get_fd (recorder->ingest);

    for (int i = 0; i < READS_A_TURN; i++) {
        size_t room;
        uint8_t *to = ht_intake_reserve (recorder->intake, &room);
        ssize_t n = recv (fd, to, room, MSG_DONTWAIT);

        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        if (n == 0)
            return FALSE;
        ht_intake_commit (recorder->intake, (size_t) n);
        ht_care_note_data (&recorder->care, ht_clock_read_monotonic_us ());
        if (!take_units (recorder, read_now_us ()))
            return FALSE;
        if ((size_t) n < room)
            return TRUE;
    }
    return TRUE;
}

static void
look_after_ingest (Recorder *recorder)
{
    gboolean is_wanted = is_ingest_wanted (recorder, read_now_us ());
    HtCareStep step = ht_care_decide (&recorder->care, is_wanted, ht_clock_read_monotonic_us ());

    if (step == HT_CARE_START)
        start_ingest (recorder);
    else if (step == HT_CARE_KILL)
        lose_ingest (recorder, HT_GAP_SOURCE_SILENT);
    ht_ingest_reap (recorder->ingest);
}

/* --- turns --------------------------------------------------------------------------------- */

/* Until something is due, at most a second: the pages must be seen to live. */
static struct timespec
get_timeout (const Recorder *recorder)
{
    int64_t now_us = read_now_us ();
    int64_t wait_us = HEARTBEAT_US;

    for (unsigned i = 0; i < recorder->recordings->len; i++) {
        const HtRecording *recording = get_recording (recorder, i);

        wait_us = MIN (wait_us, ht_recording_get_next_us (recording, now_us) - now_us);
    }
    if (is_ingest_wanted (recorder, now_us))
        wait_us =
            MIN (wait_us, ht_care_get_next_us (&recorder->care) - ht_clock_read_monotonic_us ());
    wait_us = MAX (wait_us, 0);
    return (struct timespec){ wait_us / G_USEC_PER_SEC, wait_us % G_USEC_PER_SEC * 1000 };
}

/* A recording that is taken by a dispatch has no part in it. */
static void
turn (Recorder *recorder, const sigset_t *open_signals)
{
    unsigned n = recorder->recordings->len;
    g_autofree struct pollfd *polls = g_new (struct pollfd, 1 + n * HT_DOOR_N_POLLS);
    struct timespec timeout = get_timeout (recorder);

    polls[0] = (struct pollfd){ ht_ingest_get_fd (recorder->ingest), POLLIN, 0 };
    for (unsigned i = 0; i < n; i++)
        ht_recording_prepare (get_recording (recorder, i), polls + 1 + i * HT_DOOR_N_POLLS);
    if (ppoll (polls, 1 + n * HT_DOOR_N_POLLS, &timeout, open_signals) < 0)
        return;
    if (polls[0].fd >= 0 && polls[0].revents != 0 && !read_ingest (recorder))
        lose_ingest (recorder, find_cause (recorder));
    for (unsigned i = 0; i < n; i++)
        ht_recording_dispatch (get_recording (recorder, i), polls + 1 + i * HT_DOOR_N_POLLS);
}

static void
catch_signals (sigset_t *ret_open)
{
    struct sigaction action = { .sa_handler = on_signal };
    sigset_t blocked;

    sigemptyset (&blocked);
    sigaddset (&blocked, SIGTERM);
    sigaddset (&blocked, SIGINT);
    sigprocmask (SIG_BLOCK, &blocked, ret_open);
    sigaction (SIGTERM, &action, NULL);
    sigaction (SIGINT, &action, NULL);
    signal (SIGPIPE, SIG_IGN);
    signal (SIGHUP, SIG_IGN);
}

gboolean
ht_recorder_run (const HtTrackJob *job, int *ret_status, GError **error)
{
    g_auto (Recorder) recorder = { .job = job };
    sigset_t open_signals;

    catch_signals (&open_signals);
    if (!begin (&recorder, error))
        return FALSE;
    for (tick (&recorder); recorder.recordings->len > 0; tick (&recorder)) {
        look_after_ingest (&recorder);
        turn (&recorder, &open_signals);
    }
    *ret_status = recorder.has_left ? HT_RECORDER_AGAIN : HT_RECORDER_ENDED;
    return TRUE;
}
