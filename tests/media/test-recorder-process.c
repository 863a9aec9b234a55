/* SPDX-License-Identifier: MIT */

/* The real hoitruong-recorder with a made-up camera: killed, frozen, without room, told to go on
 * or to stop. What counts is what is on the disk afterwards. */

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "media/record/control.h"
#include "media/record/playlist.h"
#include "tests/media/fake-camera.h"
#include "tests/media/stage.h"

#define S           ((int64_t) G_USEC_PER_SEC)
#define PATIENCE_US (30 * S)
#define INSIDE      "HT_TEST_INSIDE"

static gboolean
is_full (const HtTrackStatus *status, gconstpointer data)
{
    return status->disk_full;
}

/* Undisturbed: from the key frame before T to the last picture before the end. */
static void
test_from_t_to_the_end (Stage *stage, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;
    g_autofree char *path = g_build_filename (stage->job.folder, HT_PLAYLIST_LIVE_FILE, NULL);
    g_autofree char *live = NULL;
    int64_t t, first;

    /* time enough to arm, and patience, on a machine that is busy with other things */
    stage->job.start_us = stage_now_us () + 4 * S;
    stage->job.end_us = stage->job.start_us + 2 * S;
    stage->job.arm_us = 3 * S;
    stage->job.stall_ms = 5000;
    stage->pid = stage_spawn (stage);
    stage_wait_for_end (stage);
    journal = ht_journal_load (stage->job.folder, NULL);
    t = ht_unit_pts (stage->job.start_us);
    first = g_array_index (journal->segments, HtSegment, 0).pts;
    g_assert_cmpint (first, <=, t);
    g_assert_cmpint (first, >, t - 2 * FAKE_CAMERA_GOP * FAKE_CAMERA_FRAME);
    g_assert_cmpint (ht_journal_get_last (journal)->end_pts, <, ht_unit_pts (stage->job.end_us));
    g_assert_cmpint (ht_journal_get_last (journal)->end_pts, >=,
                     ht_unit_pts (stage->job.end_us) - FAKE_CAMERA_FRAME);
    g_assert_cmpuint (stage_check_complete (stage), ==, 0);
    g_assert_cmpuint (journal->gaps->len, ==, 0);
    g_assert_true (g_file_get_contents (path, &live, NULL, NULL));
    g_assert_true (g_str_has_suffix (live, "#EXT-X-ENDLIST\n"));
    g_assert_cmpint (g_access (stage->job.socket, F_OK), !=, 0);
}

/* What lay on the disk at the instant of the kill is there at the end, and the camera's pictures
 * that are not lie in gaps whose neighbours are named. */
static void
test_recorder_killed (Stage *stage, gconstpointer data)
{
    g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (HtJournal) last = NULL;
    g_autoptr (GPtrArray) hashes = NULL;

    stage->pid = stage_spawn (stage);
    for (int i = 0; i < 6; i++) {
        g_autoptr (HtJournal) journal = NULL;
        HtTrackStatus status = stage_wait_for (stage, stage_is_recording, NULL);

        g_usleep ((unsigned long) g_test_rand_int_range (0, 500000));
        stage_kill_recorder (stage);
        journal = ht_journal_load (stage->job.folder, NULL);
        if (ht_journal_get_open (journal) != NULL)
            stage_read_segment (stage, ht_journal_get_open (journal)->sequence,
                                ht_journal_get_open (journal)->pts, written);
        g_assert_cmpint (status.units, >, 0);
        stage->pid = stage_spawn (stage);
    }
    stage_wait_for (stage, stage_is_recording, NULL);
    stage_stop (stage);
    g_test_message ("%u pictures lost in six kills", stage_check_complete (stage));
    g_assert_true (stage_has_cause (stage, HT_GAP_RECORDER_DIED));
    last = ht_journal_load (stage->job.folder, NULL);
    hashes = stage_read_pictures (stage, last);
    for (unsigned i = 0; i < written->len; i++)
        g_assert_true (
            g_ptr_array_find_with_equal_func (hashes, written->pdata[i], g_str_equal, NULL));
}

/* An ingest does not outlive its recorder. */
static void
test_ingest_dies_with_its_recorder (Stage *stage, gconstpointer data)
{
    HtTrackStatus status;
    int64_t deadline_us = stage_now_us () + PATIENCE_US;

    stage->pid = stage_spawn (stage);
    status = stage_wait_for (stage, stage_is_recording, NULL);
    g_assert_cmpint (kill ((pid_t) status.ingest_pid, 0), ==, 0);
    stage_kill_recorder (stage);
    /* init takes its exit status; until then it is a zombie, which has no command line */
    while (stage_now_us () < deadline_us && kill ((pid_t) status.ingest_pid, 0) == 0) {
        g_autofree char *path = g_strdup_printf ("/proc/%d/cmdline", (int) status.ingest_pid);
        g_autofree char *line = NULL;
        size_t length = 0;

        if (g_file_get_contents (path, &line, &length, NULL) && length == 0)
            break;
        g_usleep (STAGE_STEP_US);
    }
    g_assert_cmpint (stage_now_us (), <, deadline_us);
}

static void
test_ingest_killed (Stage *stage, gconstpointer data)
{
    stage->pid = stage_spawn (stage);
    stage_wait_for (stage, stage_is_recording, NULL);
    for (int i = 0; i < 4; i++) {
        HtTrackStatus status = stage_look (stage);

        kill ((pid_t) status.ingest_pid, SIGKILL);
        stage_wait_for (stage, stage_is_back, &status.ingest_starts);
        g_usleep ((unsigned long) g_test_rand_int_range (0, 300000));
    }
    stage_stop (stage);
    stage_check_complete (stage);
    g_assert_true (stage_has_cause (stage, HT_GAP_INGEST_DIED));
}

static void
test_ingest_frozen (Stage *stage, gconstpointer data)
{
    HtTrackStatus status;

    stage->pid = stage_spawn (stage);
    status = stage_wait_for (stage, stage_is_recording, NULL);
    kill ((pid_t) status.ingest_pid, SIGSTOP);
    stage_wait_for (stage, stage_is_back, &status.ingest_starts);
    stage_stop (stage);
    stage_check_complete (stage);
    g_assert_true (stage_has_cause (stage, HT_GAP_SOURCE_SILENT));
}

static char *
touch (const Stage *stage, const char *name)
{
    char *path = g_build_filename (stage->root, name, NULL);

    g_assert_true (g_file_set_contents (path, "x", 1, NULL));
    return path;
}

static gboolean
was_refused (const HtTrackStatus *status, gconstpointer data)
{
    return status->last_cause == HT_GAP_SOURCE_REFUSED;
}

/* A wrong password is not tried again for a minute: cameras lock accounts. */
static void
test_password_refused (Stage *stage, gconstpointer data)
{
    g_autofree char *path = touch (stage, "refuse");

    stage->pid = stage_spawn (stage);
    stage_wait_for (stage, was_refused, NULL);
    stage_stop (stage);
    g_assert_cmpint (stage_look (stage).ingest_starts, ==, 1);
}

static void
test_ingest_sends_dirt (Stage *stage, gconstpointer data)
{
    HtTrackStatus status;
    g_autofree char *path = NULL;

    stage->pid = stage_spawn (stage);
    status = stage_wait_for (stage, stage_is_recording, NULL);
    path = touch (stage, "dirt");
    while (stage_look (stage).state == HT_TRACK_RECORDING)
        g_usleep (STAGE_STEP_US);
    g_unlink (path);
    stage_wait_for (stage, stage_is_back, &status.ingest_starts);
    stage_stop (stage);
    stage_check_complete (stage);
}

/* A live source that ends is lost; it comes back by itself. */
static void
test_source_ends_and_returns (Stage *stage, gconstpointer data)
{
    HtTrackStatus status;
    g_autofree char *path = NULL;

    stage->pid = stage_spawn (stage);
    status = stage_wait_for (stage, stage_is_recording, NULL);
    path = touch (stage, "end");
    while (stage_look (stage).state == HT_TRACK_RECORDING)
        g_usleep (STAGE_STEP_US);
    g_unlink (path);
    stage_wait_for (stage, stage_is_back, &status.ingest_starts);
    stage_stop (stage);
    stage_check_complete (stage);
    g_assert_true (stage_has_cause (stage, HT_GAP_SOURCE_ENDED));
}

/* One line out, one line in. */
static void
ask (GDataInputStream *in, GOutputStream *out, const char *request, HtControlReply *ret_reply)
{
    g_autofree char *line = NULL;
    size_t length;

    *ret_reply = (HtControlReply){ 0 };
    if (request != NULL)
        g_assert_true (
            g_output_stream_write_all (out, request, strlen (request), NULL, NULL, NULL));
    line = g_data_input_stream_read_line (in, &length, NULL, NULL);
    g_assert_nonnull (line);
    g_assert_true (ht_control_decode (&ht_control_reply_fields, line, length, ret_reply, NULL));
}

static GSocketConnection *
connect_to (const Stage *stage, GDataInputStream **ret_in)
{
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GSocketAddress) address = g_unix_socket_address_new (stage->job.socket);
    GSocketConnection *connection = NULL;
    g_autofree char *line = NULL;
    HtControlHello hello = { 0 };

    while (connection == NULL) {
        g_usleep (STAGE_STEP_US);
        connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
    }
    *ret_in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
    line = g_data_input_stream_read_line (*ret_in, NULL, NULL, NULL);
    g_assert_true (ht_control_decode (&ht_control_hello_fields, line, strlen (line), &hello, NULL));
    g_assert_cmpint (hello.protocol, ==, HT_CONTROL_PROTOCOL);
    g_assert_cmpint (hello.session, ==, 12);
    g_assert_cmpstr (hello.track, ==, "presenter");
    g_assert_cmpint (hello.pid, ==, stage->pid);
    ht_fields_clear (&ht_control_hello_fields, &hello);
    return connection;
}

static void
test_control (Stage *stage, gconstpointer data)
{
    g_autoptr (GDataInputStream) in = NULL;
    g_autoptr (GSocketConnection) connection = NULL;
    g_autofree char *extend = NULL;
    g_autoptr (HtJournal) journal = NULL;
    GOutputStream *out;
    HtControlReply reply;
    int64_t old_end_us;

    stage->job.end_us = old_end_us = stage->job.start_us + 4 * S;
    stage->pid = stage_spawn (stage);
    connection = connect_to (stage, &in);
    out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
    ask (in, out, "{\"do\":\"dance\"}\n", &reply);
    g_assert_false (reply.ok);
    g_assert_cmpstr (reply.problem, ==, "not-one-of");
    ht_fields_clear (&ht_control_reply_fields, &reply);
    extend = g_strdup_printf ("{\"do\":\"set-end\",\"end_us\":%" G_GINT64_FORMAT "}\n",
                              old_end_us + 60 * S);
    ask (in, out, extend, &reply);
    g_assert_true (reply.ok);
    g_assert_cmpint (reply.status.end_us, ==, old_end_us + 60 * S);
    stage_wait_for (stage, stage_is_recording, NULL);
    ask (in, out, "{\"do\":\"mark\",\"text\":\"câu hỏi\"}\n{\"do\":\"status\"}\n", &reply);
    g_assert_true (reply.ok);
    ask (in, out, NULL, &reply);
    g_assert_cmpint (reply.status.state, ==, HT_TRACK_RECORDING);
    while (stage_now_us () < old_end_us + S / 2)
        g_usleep (STAGE_STEP_US);
    ask (in, out, "{\"do\":\"stop\"}\n", &reply);
    g_assert_true (reply.ok);
    stage_wait_for_end (stage);
    journal = ht_journal_load (stage->job.folder, NULL);
    g_assert_cmpint (journal->end_cause, ==, HT_END_STOPPED);
    g_assert_cmpint (ht_journal_get_last (journal)->end_pts, >, ht_unit_pts (old_end_us));
    g_assert_cmpuint (journal->marks->len, ==, 1);
    stage_check_complete (stage);
}

/* A job that begins where @stage's ends, in a folder of its own. */
static void
make_next (const Stage *stage, Stage *ret_next)
{
    HtTrackJob *job = &ret_next->job;

    *ret_next = (Stage){ .root = stage->root };
    ht_fields_copy (&ht_track_job_fields, &stage->job, job);
    job->session++;
    g_free (job->folder);
    job->folder = g_build_filename (stage->root, "next", NULL);
    ht_track_job_set_runtime (job, stage->root);
    job->start_us = stage->job.end_us;
    job->end_us = job->start_us + 2 * S;
    g_assert_cmpint (g_mkdir (job->folder, 0700), ==, 0);
}

static char *
make_take (const HtTrackJob *job)
{
    g_autofree char *line = ht_track_job_encode (job);
    HtControlRequest request = { .what = HT_CONTROL_TAKE, .job = line };

    return ht_control_encode (&ht_control_request_fields, &request);
}

/* From @start_us to before @end_us, every picture; what precedes the start is its key frame's. */
static void
check_whole (const Stage *stage)
{
    g_autoptr (HtJournal) journal = ht_journal_load (stage->job.folder, NULL);

    g_assert_true (journal->has_ended);
    g_assert_cmpuint (journal->gaps->len, ==, 0);
    g_assert_cmpuint (stage_check_complete (stage), ==, 0);
    g_assert_cmpint (g_array_index (journal->segments, HtSegment, 0).pts, <=,
                     ht_unit_pts (stage->job.start_us));
    g_assert_cmpint (ht_journal_get_last (journal)->end_pts, <, ht_unit_pts (stage->job.end_us));
    g_assert_cmpint (ht_journal_get_last (journal)->end_pts, >=,
                     ht_unit_pts (stage->job.end_us) - FAKE_CAMERA_FRAME);
}

/* One connection, two recordings: the one that runs feeds the next, and the process goes on with
 * it after its own end. Another source is refused; asking twice does no harm. */
static void
test_feeds_the_next (Stage *stage, gconstpointer data)
{
    g_autoptr (GDataInputStream) in = NULL;
    g_autoptr (GSocketConnection) connection = NULL;
    g_autofree char *take = NULL;
    g_autofree char *foreign = NULL;
    HtControlReply reply;
    Stage next;

    stage->job.start_us = stage_now_us () + 4 * S;
    stage->job.end_us = stage->job.start_us + 2 * S;
    stage->job.arm_us = 3 * S;
    stage->job.stall_ms = 5000;
    make_next (stage, &next);
    take = make_take (&next.job);
    g_free (next.job.source.url);
    next.job.source.url = g_strdup ("/another");
    g_free (next.job.folder);
    next.job.folder = g_build_filename (stage->root, "foreign", NULL);
    foreign = make_take (&next.job);
    g_free (next.job.folder);
    next.job.folder = g_build_filename (stage->root, "next", NULL);

    stage->pid = stage_spawn (stage);
    connection = connect_to (stage, &in);
    ask (in, g_io_stream_get_output_stream (G_IO_STREAM (connection)), foreign, &reply);
    g_assert_false (reply.ok);
    g_assert_cmpstr (reply.problem, ==, "another-source");
    ht_fields_clear (&ht_control_reply_fields, &reply);
    for (int i = 0; i < 2; i++) {
        ask (in, g_io_stream_get_output_stream (G_IO_STREAM (connection)), take, &reply);
        g_assert_true (reply.ok);
    }
    stage_wait_for_end (stage);
    check_whole (stage);
    check_whole (&next);
    g_assert_cmpint (stage_look (&next).ingest_starts, ==, 1);
    g_assert_cmpint (stage_look (&next).state, ==, HT_TRACK_ENDED);
    g_clear_pointer (&next.page, ht_shared_page_free);
    ht_track_job_clear (&next.job);
}

static void
test_second_recorder_is_refused (Stage *stage, gconstpointer data)
{
    pid_t second;

    stage->pid = stage_spawn (stage);
    stage_wait_for (stage, stage_is_recording, NULL);
    second = stage_spawn (stage);
    g_assert_cmpint (stage_wait_for_exit (second), ==, 75);
    g_assert_cmpint (stage_look (stage).pid, ==, stage->pid);
}

/* SIGTERM closes the segment and leaves the rest to another. */
static void
test_leaves_on_sigterm (Stage *stage, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;

    stage->pid = stage_spawn (stage);
    stage_wait_for (stage, stage_is_recording, NULL);
    kill (stage->pid, SIGTERM);
    g_assert_cmpint (stage_wait_for_exit (stage->pid), ==, 75);
    journal = ht_journal_load (stage->job.folder, NULL);
    g_assert_null (ht_journal_get_open (journal));
    g_assert_false (journal->has_ended);
    stage->pid = stage_spawn (stage);
    stage_wait_for (stage, stage_is_recording, NULL);
    stage_stop (stage);
    stage_check_complete (stage);
}

static void
test_bad_job_needs_a_person (Stage *stage, gconstpointer data)
{
    g_free (stage->job.source.url);
    stage->job.source.url = NULL;
    stage->job.source.kind = HT_SOURCE_RTSP;
    g_assert_cmpint (stage_wait_for_exit (stage_spawn (stage)), ==, 78);
}

/* Fills the disk under the recorder and makes room again. */
static void
test_full_disk_inside (Stage *stage, gconstpointer data)
{
    g_autofree char *ballast = g_build_filename (stage->job.folder, "ballast", NULL);
    g_autofree char *filling = g_malloc0 (4096);
    FILE *file;

    g_assert_cmpint (mount ("tmpfs", stage->job.folder, "tmpfs", 0, "size=4m"), ==, 0);
    stage->pid = stage_spawn (stage);
    stage_wait_for (stage, stage_is_recording, NULL);
    file = g_fopen (ballast, "w");
    while (fwrite (filling, 1, 4096, file) == 4096 && fflush (file) == 0)
        ;
    fclose (file);
    stage_wait_for (stage, is_full, NULL);
    g_usleep ((unsigned long) S / 2);
    g_unlink (ballast);
    stage_wait_for (stage, stage_is_recording, NULL);
    stage_stop (stage);
    stage_check_complete (stage);
    g_assert_true (stage_has_cause (stage, HT_GAP_DISK));
    umount (stage->job.folder);
}

/* In a mount namespace of our own, where anybody may mount. */
static void
test_full_disk (Stage *stage, gconstpointer data)
{
    const char *argv[] = { "unshare", "-rm", g_getenv ("HT_SELF"), "--tap", NULL };
    const char *probe[] = { "unshare", "-rm", "true", NULL };
    g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), INSIDE, "1", TRUE);
    g_autofree char *output = NULL;
    int status = -1;

    if (!g_spawn_sync (NULL, (char **) probe, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                       &status, NULL) ||
        status != 0) {
        g_test_skip ("no mount namespace to be had here");
        return;
    }
    g_assert_true (g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_SEARCH_PATH, NULL, NULL,
                                 &output, NULL, &status, NULL));
    if (status != 0)
        g_test_message ("%s", output);
    g_assert_cmpint (status, ==, 0);
}

#define ADD(path, function)                                                                        \
    g_test_add ("/media/recorder/" path, Stage, NULL, stage_set_up, function, stage_tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_setenv ("HT_SELF", argv[0], TRUE);
    if (g_getenv (INSIDE) != NULL) {
        ADD ("full-disk-inside", test_full_disk_inside);
        return g_test_run ();
    }
    ADD ("undisturbed", test_from_t_to_the_end);
    ADD ("killed", test_recorder_killed);
    ADD ("dies-with", test_ingest_dies_with_its_recorder);
    ADD ("ingest-killed", test_ingest_killed);
    ADD ("ingest-frozen", test_ingest_frozen);
    ADD ("refused", test_password_refused);
    ADD ("dirt", test_ingest_sends_dirt);
    ADD ("source-ends", test_source_ends_and_returns);
    ADD ("control", test_control);
    ADD ("feeds-the-next", test_feeds_the_next);
    ADD ("second", test_second_recorder_is_refused);
    ADD ("leave", test_leaves_on_sigterm);
    ADD ("bad-job", test_bad_job_needs_a_person);
    ADD ("full-disk", test_full_disk);
    return g_test_run ();
}
