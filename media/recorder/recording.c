/* SPDX-License-Identifier: MIT */

#include "media/recorder/recording.h"

#include <string.h>
#include <unistd.h>

#include "media/record/control.h"
#include "media/record/shared-page.h"
#include "media/recorder/disk.h"
#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"

/* For the last lines where the disk is full. */
#define FLUSH_US      (5 * G_USEC_PER_SEC)
#define FLUSH_WAIT_US (G_USEC_PER_SEC / 10)

struct _HtRecording {
    HtTrackJob job;     /* (owned) */
    HtDisk *disk;       /* (owned) */
    HtSharedPage *page; /* (owned) (nullable) */
    HtDoor *door;       /* (owned) (nullable) */
    HtTrack *track;     /* (owned) */
    HtRecordingTake take;
    gpointer user_data;
    int64_t closed_us; /* since when it has ended or was left; 0: it is neither */
};

static int64_t
read_now_us (void)
{
    return ht_clock_read_us (ht_clock_get_system ());
}

static HtTrackStatus
make_status (const HtRecording *recording)
{
    HtTrackStatus status = *ht_track_get_status (recording->track);

    status.pid = getpid ();
    status.heartbeat_us = read_now_us ();
    return status;
}

static gboolean
take_another (HtRecording *recording, const char *line, GError **error)
{
    g_auto (HtTrackJob) job = { 0 };

    return ht_track_job_decode (line, strlen (line), &job, error) &&
           recording->take (&job, recording->user_data, error);
}

/* Carries a request out. */
static gboolean
obey (HtRecording *recording, const HtControlRequest *request, GError **error)
{
    int64_t now_us = read_now_us ();

    switch (request->what) {
    case HT_CONTROL_SET_END:
        ht_track_set_end (recording->track, request->end_us, now_us);
        break;
    case HT_CONTROL_MARK:
        ht_track_mark (recording->track, request->text, now_us);
        break;
    case HT_CONTROL_STOP:
        ht_track_stop (recording->track, now_us);
        break;
    case HT_CONTROL_LEAVE:
        ht_recording_leave (recording, now_us);
        break;
    case HT_CONTROL_TAKE:
        return take_another (recording, request->job, error);
    default:
        break;
    }
    return TRUE;
}

static char *
answer (const char *line, size_t length, gpointer user_data)
{
    HtRecording *recording = user_data;
    HtControlRequest request = { 0 };
    HtControlReply reply = { 0 };
    g_autoptr (GError) error = NULL;

    reply.ok = ht_control_decode (&ht_control_request_fields, line, length, &request, &error) &&
               obey (recording, &request, &error);
    ht_fields_clear (&ht_control_request_fields, &request);
    if (!reply.ok) {
        reply.problem = (char *) ht_problem_get_id (error);
        reply.message = error->message;
    }
    reply.status = make_status (recording);
    return ht_control_encode (&ht_control_reply_fields, &reply);
}

/* A recorder records also where nobody can ask it how it is. */
static void
open_faces (HtRecording *recording)
{
    const HtTrackJob *job = &recording->job;
    HtControlHello hello = { HT_CONTROL_PROTOCOL, job->session, job->track, getpid () };
    g_autofree char *line = ht_control_encode (&ht_control_hello_fields, &hello);
    g_autoptr (GError) no_page = NULL;
    g_autoptr (GError) no_door = NULL;

    recording->page = ht_shared_page_create (job->page, &no_page);
    if (recording->page == NULL)
        g_message ("recording without a shared page: %s", no_page->message);
    recording->door = ht_door_open (job->socket, line, answer, recording, &no_door);
    if (recording->door == NULL)
        g_message ("recording without a control socket: %s", no_door->message);
}

static void
show (HtRecording *recording)
{
    HtTrackStatus status = make_status (recording);

    if (recording->page != NULL)
        ht_shared_page_write (recording->page, &status);
}

HtRecording *
ht_recording_open (const HtTrackJob *job, HtRecordingTake take, gpointer user_data, GError **error)
{
    g_autoptr (HtRecording) recording = g_new0 (HtRecording, 1);
    HtTsSummary left;
    HtJournal *journal;

    ht_fields_copy (&ht_track_job_fields, job, &recording->job);
    recording->take = take;
    recording->user_data = user_data;
    recording->disk = ht_disk_open (job->folder, error);
    if (recording->disk == NULL)
        return NULL;
    ht_disk_set_window (recording->disk, (unsigned) job->live_segments);
    journal = ht_disk_take_over (recording->disk, &left, error);
    if (journal == NULL)
        return NULL;
    recording->track = ht_track_new (&recording->job, journal, &ht_disk_sink, recording->disk);
    open_faces (recording);
    ht_track_arm (recording->track, &left, getpid (), read_now_us ());
    show (recording);
    return g_steal_pointer (&recording);
}

const HtTrackJob *
ht_recording_get_job (const HtRecording *recording)
{
    return &recording->job;
}

HtTrack *
ht_recording_get_track (HtRecording *recording)
{
    return recording->track;
}

void
ht_recording_prepare (const HtRecording *recording, struct pollfd polls[HT_DOOR_N_POLLS])
{
    if (recording->door != NULL) {
        ht_door_prepare (recording->door, polls);
        return;
    }
    for (unsigned i = 0; i < HT_DOOR_N_POLLS; i++)
        polls[i] = (struct pollfd){ -1, 0, 0 };
}

void
ht_recording_dispatch (HtRecording *recording, const struct pollfd polls[HT_DOOR_N_POLLS])
{
    if (recording->door != NULL)
        ht_door_dispatch (recording->door, polls);
}

/* What is over is shown once its last lines are in the journal: when it is freed. */
void
ht_recording_tick (HtRecording *recording, int64_t now_us)
{
    ht_disk_flush (recording->disk);
    ht_track_tick (recording->track, now_us);
    if (ht_track_get_status (recording->track)->state < HT_TRACK_ENDED)
        show (recording);
    else if (recording->closed_us == 0)
        recording->closed_us = now_us;
}

void
ht_recording_leave (HtRecording *recording, int64_t now_us)
{
    ht_track_leave (recording->track, now_us);
}

gboolean
ht_recording_is_over (HtRecording *recording, int64_t now_us)
{
    return recording->closed_us != 0 &&
           (ht_disk_flush (recording->disk) || now_us - recording->closed_us > FLUSH_US);
}

int64_t
ht_recording_get_next_us (const HtRecording *recording, int64_t now_us)
{
    return recording->closed_us != 0 ? now_us + FLUSH_WAIT_US
                                     : ht_track_get_next_us (recording->track, now_us);
}

gboolean
ht_recording_has_ended (const HtRecording *recording)
{
    return ht_track_get_status (recording->track)->state == HT_TRACK_ENDED &&
           ht_disk_flush (recording->disk);
}

void
ht_recording_free (HtRecording *recording)
{
    if (recording == NULL)
        return;
    if (recording->track != NULL)
        show (recording);
    ht_door_free (recording->door);
    ht_track_free (recording->track);
    ht_disk_free (recording->disk);
    ht_shared_page_free (recording->page);
    ht_track_job_clear (&recording->job);
    g_free (recording);
}
