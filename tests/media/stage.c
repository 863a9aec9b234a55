/* SPDX-License-Identifier: MIT */

#include "tests/media/stage.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/record/ts-reader.h"
#include "scheduler/base/clock.h"
#include "tests/media/fake-camera.h"

#define S           ((int64_t) G_USEC_PER_SEC)
#define PATIENCE_US (30 * S)

int64_t
stage_now_us (void)
{
    return ht_clock_read_us (ht_clock_get_system ());
}

void
stage_set_up (Stage *stage, gconstpointer data)
{
    *stage = (Stage){ .root = g_dir_make_tmp ("recorder-XXXXXX", NULL) };
    ht_track_job_set_defaults (&stage->job);
    stage->job.session = 12;
    stage->job.track = g_strdup ("presenter");
    stage->job.folder = g_build_filename (stage->root, "track", NULL);
    ht_track_job_set_runtime (&stage->job, stage->root);
    stage->job.pipeline = g_strdup (g_getenv ("HT_FAKE_INGEST"));
    stage->job.source.kind = HT_SOURCE_TEST;
    stage->job.source.url = g_strdup (stage->root);
    stage->job.segment_ms = 400;
    stage->job.stall_ms = 400;
    stage->job.arm_us = S / 2;
    stage->job.start_us = stage_now_us () + 7 * S / 10;
    stage->job.end_us = stage->job.start_us + 600 * S;
    g_assert_cmpint (g_mkdir (stage->job.folder, 0700), ==, 0);
}

static void
remove_all (const char *path)
{
    g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
    const char *name;

    while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
        g_autofree char *child = g_build_filename (path, name, NULL);

        remove_all (child);
    }
    g_remove (path);
}

void
stage_kill_recorder (Stage *stage)
{
    if (stage->pid == 0)
        return;
    kill (stage->pid, SIGKILL);
    g_assert_cmpint (waitpid (stage->pid, NULL, 0), ==, stage->pid);
    stage->pid = 0;
}

void
stage_tear_down (Stage *stage, gconstpointer data)
{
    stage_kill_recorder (stage);
    g_clear_pointer (&stage->page, ht_shared_page_free);
    remove_all (stage->root);
    g_free (stage->root);
    ht_track_job_clear (&stage->job);
}

/* Starts a recorder as a supervisor does: the job on stdin, which is closed; stderr a file. */
pid_t
stage_spawn (Stage *stage)
{
    g_autofree char *line = ht_track_job_encode (&stage->job);
    g_autofree char *log = g_build_filename (stage->root, "stderr", NULL);
    g_autoptr (GSubprocessLauncher) launcher = NULL;
    const char *argv[] = { g_getenv ("HT_RECORDER"), NULL };
    FILE *errors = g_fopen (log, "a");
    int input = -1;
    GPid pid = 0;

    g_assert_nonnull (errors);
    g_assert_true (g_spawn_async_with_pipes_and_fds (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
                                                     NULL, NULL, -1, -1, fileno (errors), NULL,
                                                     NULL, 0, &pid, &input, NULL, NULL, NULL));
    fclose (errors);
    g_assert_cmpint (write (input, line, strlen (line)), ==, (ssize_t) strlen (line));
    close (input);
    return pid;
}

HtTrackStatus
stage_look (Stage *stage)
{
    HtTrackStatus status = { 0 };

    if (stage->page == NULL)
        stage->page = ht_shared_page_open (stage->job.page, NULL);
    if (stage->page != NULL)
        ht_shared_page_read (stage->page, &status);
    return status;
}

/* The page of this recorder, not of the one before it. */
HtTrackStatus
stage_wait_for (Stage *stage, StageCondition condition, gconstpointer data)
{
    int64_t deadline_us = stage_now_us () + PATIENCE_US;

    while (stage_now_us () < deadline_us) {
        HtTrackStatus status = stage_look (stage);

        if (status.pid == stage->pid && condition (&status, data))
            return status;
        g_usleep (STAGE_STEP_US);
    }
    g_assert_not_reached ();
}

gboolean
stage_is_recording (const HtTrackStatus *status, gconstpointer data)
{
    return status->state == HT_TRACK_RECORDING && status->units > 0;
}

/* More starts of the ingest than *@data, and recording again. */
gboolean
stage_is_back (const HtTrackStatus *status, gconstpointer data)
{
    const int64_t *starts = data;

    return status->ingest_starts > *starts && status->state == HT_TRACK_RECORDING;
}

int
stage_wait_for_exit (pid_t pid)
{
    int64_t deadline_us = stage_now_us () + PATIENCE_US;
    int status;

    while (waitpid (pid, &status, WNOHANG) == 0) {
        g_assert_cmpint (stage_now_us (), <, deadline_us);
        g_usleep (STAGE_STEP_US);
    }
    g_assert_true (WIFEXITED (status));
    return WEXITSTATUS (status);
}

void
stage_wait_for_end (Stage *stage)
{
    g_assert_cmpint (stage_wait_for_exit (stage->pid), ==, 0);
    stage->pid = 0;
}

void
stage_stop (Stage *stage)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    static const char stop[] = "{\"do\":\"stop\"}\n";
    int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_strlcpy (address.sun_path, stage->job.socket, sizeof address.sun_path);
    g_assert_cmpint (connect (fd, (const struct sockaddr *) &address, sizeof address), ==, 0);
    g_assert_cmpint (write (fd, stop, strlen (stop)), ==, (ssize_t) strlen (stop));
    stage_wait_for_end (stage);
    close (fd);
}

static void
note_picture (const HtTsUnit *unit, gpointer user_data)
{
    if (unit->stream == 0)
        g_ptr_array_add (user_data, g_strdup (ht_picture_hash (0, unit->data, unit->length).text));
}

/* Adds the pictures of segment @sequence; returns its octets that hold whole units. */
size_t
stage_read_segment (const Stage *stage, int64_t sequence, int64_t reference, GPtrArray *hashes)
{
    g_autofree char *name = ht_segment_dup_name (sequence);
    g_autofree char *path = g_build_filename (stage->job.folder, name, NULL);
    g_autofree char *octets = NULL;
    size_t length;

    g_assert_true (g_file_get_contents (path, &octets, &length, NULL));
    return ht_ts_read ((const uint8_t *) octets, length, reference, note_picture, hashes);
}

GPtrArray *
stage_read_pictures (const Stage *stage, const HtJournal *journal)
{
    GPtrArray *hashes = g_ptr_array_new_with_free_func (g_free);

    for (unsigned i = 0; i < journal->segments->len; i++) {
        const HtSegment *segment = &g_array_index (journal->segments, HtSegment, i);
        unsigned before = hashes->len;

        g_assert_true (segment->is_closed);
        g_assert_cmpint (stage_read_segment (stage, segment->sequence, segment->pts, hashes), ==,
                         segment->bytes);
        g_assert_cmpint (hashes->len - before, ==, segment->pictures);
        g_assert_cmpstr (hashes->pdata[before], ==, segment->first.text);
        g_assert_cmpstr (hashes->pdata[hashes->len - 1], ==, segment->last.text);
    }
    return hashes;
}

static gboolean
is_named (const HtJournal *journal, const char *before, const char *after)
{
    for (unsigned i = 0; i < journal->gaps->len; i++) {
        const HtGap *gap = &g_array_index (journal->gaps, HtGap, i);

        if (strcmp (gap->before.text, before) == 0 && strcmp (gap->after.text, after) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The pictures on the disk are the camera's from the first one there to before @end, less whole
 * runs whose neighbours a GAP names. Returns how many are missing. */
unsigned
stage_check_complete (const Stage *stage)
{
    g_autoptr (HtJournal) journal = ht_journal_load (stage->job.folder, NULL);
    g_autoptr (GPtrArray) hashes = stage_read_pictures (stage, journal);
    int64_t number = g_array_index (journal->segments, HtSegment, 0).pts / FAKE_CAMERA_FRAME;
    int64_t end = ht_journal_get_last (journal)->end_pts / FAKE_CAMERA_FRAME + 1;
    const char *before = "";
    unsigned missing = 0;

    for (unsigned i = 0; i < hashes->len; number++) {
        g_autoptr (GBytes) data = fake_camera_make_picture (number);
        HtPictureHash hash =
            ht_picture_hash (0, g_bytes_get_data (data, NULL), g_bytes_get_size (data));

        g_assert_cmpint (number, <, end);
        if (strcmp (hash.text, hashes->pdata[i]) == 0)
            before = hashes->pdata[i++];
        else {
            g_assert_true (is_named (journal, before, hashes->pdata[i]));
            missing++;
        }
    }
    g_assert_cmpint (number, ==, end);
    return missing;
}

gboolean
stage_has_cause (const Stage *stage, HtGapCause cause)
{
    g_autoptr (HtJournal) journal = ht_journal_load (stage->job.folder, NULL);

    for (unsigned i = 0; i < journal->gaps->len; i++)
        if (g_array_index (journal->gaps, HtGap, i).cause == cause)
            return TRUE;
    return FALSE;
}
