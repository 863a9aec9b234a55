/* SPDX-License-Identifier: MIT */

#include "media/recorder/recorder.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "media/record/control.h"
#include "media/record/exit-note.h"
#include "media/record/shared-page.h"
#include "media/recorder/care.h"
#include "media/recorder/disk.h"
#include "media/recorder/door.h"
#include "media/recorder/ingest.h"
#include "media/recorder/intake.h"
#include "media/recorder/track.h"
#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"

#define HEARTBEAT_US  G_USEC_PER_SEC
#define US_A_MS       1000
#define READS_A_TURN  64 /* then the others have their turn */
#define FLUSH_TRIES   50
#define FLUSH_WAIT_US (100 * US_A_MS)

typedef struct {
    const HtTrackJob *job;
    HtDisk *disk;       /* (owned) */
    HtSharedPage *page; /* (owned) (nullable) */
    HtDoor *door;       /* (owned) (nullable) */
    HtIngest *ingest;   /* (owned) */
    HtIntake *intake;   /* (owned) */
    HtTrack *track;     /* (owned) */
    HtCare care;
    HtExitNote note; /* of the running ingest; no reason while it has not sent one */
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
    ht_door_free (recorder->door);
    ht_track_free (recorder->track);
    ht_disk_free (recorder->disk);
    ht_shared_page_free (recorder->page);
    ht_intake_free (recorder->intake);
    ht_fields_clear (&HT_EXIT_NOTE_FIELDS, &recorder->note);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recorder, clear)

static int64_t
read_now_us (void)
{
    return ht_clock_read_us (ht_clock_get_system ());
}

static HtTrackStatus
make_status (const Recorder *recorder)
{
    HtTrackStatus status = *ht_track_get_status (recorder->track);

    status.pid = getpid ();
    status.heartbeat_us = read_now_us ();
    return status;
}

/* Carries a request out. */
static gboolean
obey (Recorder *recorder, const HtControlRequest *request)
{
    int64_t now_us = read_now_us ();

    switch (request->what) {
    case HT_CONTROL_SET_END:
        ht_track_set_end (recorder->track, request->end_us, now_us);
        break;
    case HT_CONTROL_MARK:
        ht_track_mark (recorder->track, request->text, now_us);
        break;
    case HT_CONTROL_STOP:
        ht_track_end (recorder->track, HT_END_STOPPED, now_us);
        break;
    case HT_CONTROL_LEAVE:
        is_told_to_leave = 1;
        break;
    default:
        break;
    }
    return TRUE;
}

static char *
answer (const char *line, size_t length, gpointer user_data)
{
    Recorder *recorder = user_data;
    HtControlRequest request = { 0 };
    HtControlReply reply = { 0 };
    g_autoptr (GError) error = NULL;

    reply.ok = ht_control_decode (&ht_control_request_fields, line, length, &request, &error) &&
               obey (recorder, &request);
    ht_fields_clear (&ht_control_request_fields, &request);
    if (!reply.ok) {
        reply.problem = (char *) ht_problem_get_id (error);
        reply.message = error->message;
    }
    reply.status = make_status (recorder);
    return ht_control_encode (&ht_control_reply_fields, &reply);
}

/* A recorder records also where nobody can ask it how it is. */
static void
open_faces (Recorder *recorder)
{
    const HtTrackJob *job = recorder->job;
    HtControlHello hello = { HT_CONTROL_PROTOCOL, job->session, job->track, getpid () };
    g_autofree char *line = ht_control_encode (&ht_control_hello_fields, &hello);
    g_autoptr (GError) no_page = NULL;
    g_autoptr (GError) no_door = NULL;

    recorder->page = ht_shared_page_create (job->page, &no_page);
    if (recorder->page == NULL)
        g_message ("recording without a shared page: %s", no_page->message);
    recorder->door = ht_door_open (job->socket, line, answer, recorder, &no_door);
    if (recorder->door == NULL)
        g_message ("recording without a control socket: %s", no_door->message);
}

static gboolean
begin (Recorder *recorder, GError **error)
{
    HtTsSummary left;
    HtJournal *journal;

    recorder->disk = ht_disk_open (recorder->job->folder, error);
    if (recorder->disk == NULL)
        return FALSE;
    ht_disk_set_window (recorder->disk, (unsigned) recorder->job->live_segments);
    journal = ht_disk_take_over (recorder->disk, &left, error);
    if (journal == NULL)
        return FALSE;
    recorder->track = ht_track_new (recorder->job, journal, &ht_disk_sink, recorder->disk);
    recorder->ingest = ht_ingest_new ();
    recorder->intake = ht_intake_new ();
    recorder->care.stall_us = recorder->job->stall_ms * US_A_MS;
    open_faces (recorder);
    ht_track_arm (recorder->track, &left, getpid (), read_now_us ());
    return TRUE;
}

static void
start_ingest (Recorder *recorder)
{
    g_autoptr (GError) error = NULL;
    int64_t now_us = ht_clock_read_monotonic_us ();

    ht_fields_clear (&HT_EXIT_NOTE_FIELDS, &recorder->note);
    ht_intake_clear (recorder->intake);
    ht_care_note_start (&recorder->care, now_us);
    if (ht_ingest_start (recorder->ingest, recorder->job->pipeline, &recorder->job->source,
                         &error)) {
        ht_track_connect (recorder->track, ht_ingest_get_pid (recorder->ingest), read_now_us ());
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
    gboolean is_done = job->source.kind == HT_SOURCE_FILE && !job->source.loop &&
                       g_strcmp0 (recorder->note.reason, "ended") == 0;

    if (ht_track_get_status (recorder->track)->state < HT_TRACK_DRAINING)
        g_message ("source lost (%s): %s", ht_gap_cause_names[cause],
                   recorder->note.text != NULL ? recorder->note.text : "no reason was given");
    ht_ingest_stop (recorder->ingest);
    ht_care_note_exit (&recorder->care, recorder->note.retry_us, ht_clock_read_monotonic_us ());
    if (is_done)
        ht_track_end (recorder->track, HT_END_SOURCE, read_now_us ());
    else
        ht_track_lose (recorder->track, cause, read_now_us ());
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
            ht_track_describe (recorder->track, unit->stream, &info);
        return;
    }
    ht_fields_clear (&HT_EXIT_NOTE_FIELDS, &recorder->note);
    if (!ht_exit_note_read (text, length, &recorder->note, NULL))
        ht_fields_clear (&HT_EXIT_NOTE_FIELDS, &recorder->note);
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
            ht_track_take (recorder->track, &unit, data, now_us);
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
    gboolean is_wanted = ht_track_wants_ingest (recorder->track, read_now_us ());
    HtCareStep step = ht_care_decide (&recorder->care, is_wanted, ht_clock_read_monotonic_us ());

    if (step == HT_CARE_START)
        start_ingest (recorder);
    else if (step == HT_CARE_KILL)
        lose_ingest (recorder, HT_GAP_SOURCE_SILENT);
    ht_ingest_reap (recorder->ingest);
}

/* Until something is due, at most a second: the page must be seen to live. */
static struct timespec
get_timeout (const Recorder *recorder)
{
    int64_t now_us = read_now_us ();
    int64_t wait_us = ht_track_get_next_us (recorder->track, now_us) - now_us;

    if (ht_track_wants_ingest (recorder->track, now_us))
        wait_us =
            MIN (wait_us, ht_care_get_next_us (&recorder->care) - ht_clock_read_monotonic_us ());
    wait_us = CLAMP (wait_us, 0, HEARTBEAT_US);
    return (struct timespec){ wait_us / G_USEC_PER_SEC, wait_us % G_USEC_PER_SEC * 1000 };
}

static void
turn (Recorder *recorder, const sigset_t *open_signals)
{
    struct pollfd polls[1 + HT_DOOR_N_POLLS];
    struct timespec timeout = get_timeout (recorder);
    nfds_t n = recorder->door != NULL ? G_N_ELEMENTS (polls) : 1;

    polls[0] = (struct pollfd){ ht_ingest_get_fd (recorder->ingest), POLLIN, 0 };
    if (recorder->door != NULL)
        ht_door_prepare (recorder->door, polls + 1);
    if (ppoll (polls, n, &timeout, open_signals) < 0)
        return;
    if (polls[0].fd >= 0 && polls[0].revents != 0 && !read_ingest (recorder))
        lose_ingest (recorder, find_cause (recorder));
    if (recorder->door != NULL)
        ht_door_dispatch (recorder->door, polls + 1);
}

static gboolean
is_ended (const Recorder *recorder)
{
    return ht_track_get_status (recorder->track)->state == HT_TRACK_ENDED;
}

static void
show (Recorder *recorder)
{
    HtTrackStatus status = make_status (recorder);

    if (recorder->page != NULL)
        ht_shared_page_write (recorder->page, &status);
}

/* The last lines must be in the journal; a full disk gets some time to find room for them. */
static gboolean
flush (Recorder *recorder)
{
    for (int i = 0; i < FLUSH_TRIES && !ht_disk_flush (recorder->disk); i++)
        g_usleep (FLUSH_WAIT_US);
    return ht_disk_flush (recorder->disk);
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
    while (!is_ended (&recorder) && !is_told_to_leave) {
        look_after_ingest (&recorder);
        show (&recorder);
        turn (&recorder, &open_signals);
        ht_disk_flush (recorder.disk);
        ht_track_tick (recorder.track, read_now_us ());
    }
    ht_track_leave (recorder.track, read_now_us ());
    *ret_status = flush (&recorder) && is_ended (&recorder) ? HT_RECORDER_ENDED : HT_RECORDER_AGAIN;
    show (&recorder);
    return TRUE;
}
