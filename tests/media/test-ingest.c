/* SPDX-License-Identifier: MIT */

/* hoitruong-pipeline as a recorder sees it, fed by a camera that does what a script says. */

#include <gio/gio.h>
#include <gio/gunixoutputstream.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "media/record/exit-note.h"
#include "media/record/source.h"
#include "media/record/stream-info.h"
#include "media/record/unit.h"
#include "tests/media/camera-script.h"

#define MINUTE_US (60 * (int64_t) G_USEC_PER_SEC)

static const char *pipeline_path;

/* What came of one run. */
typedef struct {
    GArray *units;     /* (element-type HtUnit) (owned) */
    GPtrArray *bodies; /* (element-type GBytes) (owned) */
    HtStreamInfo infos[2];
    HtExitNote note;
    int status;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
    g_clear_pointer (&outcome->units, g_array_unref);
    g_clear_pointer (&outcome->bodies, g_ptr_array_unref);
    ht_fields_clear (&HT_EXIT_NOTE_FIELDS, &outcome->note);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static gboolean
read_all (int fd, void *to, size_t length)
{
    char *p = to;

    while (length > 0) {
        ssize_t n = read (fd, p, length);

        if (n <= 0)
            return FALSE;
        p += n;
        length -= (size_t) n;
    }
    return TRUE;
}

static GSubprocess *
spawn (const char *source, int *ret_fd)
{
    g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
    g_autoptr (GError) error = NULL;
    GSubprocess *process;
    int pair[2];

    g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
    g_subprocess_launcher_take_fd (launcher, pair[1], 3);
    process = g_subprocess_launcher_spawn (launcher, &error, pipeline_path, "ingest", NULL);
    g_assert_no_error (error);
    g_output_stream_write_all (g_subprocess_get_stdin_pipe (process), source, strlen (source), NULL,
                               NULL, &error);
    g_assert_no_error (error);
    g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
    *ret_fd = pair[0];
    return process;
}

static void
take_unit (Outcome *outcome, const HtUnit *unit, GBytes *body)
{
    size_t length;
    const char *text = g_bytes_get_data (body, &length);

    if (unit->type == HT_UNIT_STREAM) {
        g_assert_true (ht_stream_info_read (text, length, &outcome->infos[unit->stream], NULL));
        return;
    }
    if (unit->type == HT_UNIT_NOTE) {
        g_assert_true (ht_exit_note_read (text, length, &outcome->note, NULL));
        return;
    }
    g_array_append_val (outcome->units, *unit);
    g_ptr_array_add (outcome->bodies, g_bytes_ref (body));
}

/* Runs an ingest to its end. @stop_after: units after which it is asked to end; 0: never. */
static void
run (const char *source, unsigned stop_after, Outcome *outcome)
{
    uint8_t header[HT_UNIT_HEADER_BYTES];
    g_autoptr (GSubprocess) process = NULL;
    int fd;

    memset (outcome, 0, sizeof *outcome);
    outcome->units = g_array_new (FALSE, FALSE, sizeof (HtUnit));
    outcome->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
    process = spawn (source, &fd);
    while (read_all (fd, header, sizeof header)) {
        g_autoptr (GBytes) body = NULL;
        g_autoptr (GError) error = NULL;
        uint8_t *octets;
        HtUnit unit;

        g_assert_true (ht_unit_read (header, &unit, &error));
        octets = g_malloc (unit.length_bytes);
        body = g_bytes_new_take (octets, unit.length_bytes);
        g_assert_true (read_all (fd, octets, unit.length_bytes));
        take_unit (outcome, &unit, body);
        if (outcome->units->len == stop_after && unit.type == HT_UNIT_ACCESS)
            g_subprocess_send_signal (process, SIGTERM);
    }
    close (fd);
    g_assert_true (g_subprocess_wait (process, NULL, NULL));
    g_assert_true (g_subprocess_get_if_exited (process));
    outcome->status = g_subprocess_get_exit_status (process);
}

static char *
make_source (HtCamera *camera, const char *password)
{
    g_autofree char *url = ht_camera_dup_url (camera);
    HtIngestSource source = { HT_SOURCE_RTSP, url, (char *) HT_CAMERA_USER, (char *) password,
                              FALSE };

    return ht_ingest_source_dup_text (&source);
}

/* The @n-th unit of @stream; its body in @ret_body. */
static const HtUnit *
find_unit (const Outcome *outcome, unsigned stream, unsigned n, GBytes **ret_body)
{
    for (unsigned i = 0; i < outcome->units->len; i++) {
        const HtUnit *unit = &g_array_index (outcome->units, HtUnit, i);

        if (unit->stream != stream || n-- > 0)
            continue;
        *ret_body = g_ptr_array_index (outcome->bodies, i);
        return unit;
    }
    return NULL;
}

static void
check_time (const HtUnit *unit, const HtUnit *before)
{
    g_assert_cmpint (unit->dts, <=, unit->pts);
    g_assert_cmpint (unit->arrival_us, >, 0);
    if (before != NULL)
        g_assert_cmpint (unit->dts, >, before->dts);
}

/* What came is what was sent whole, octet for octet, on one time line. @moves: that of sound is
 * shifted by reports once, before its 20th unit. */
static void
check_stream (const Outcome *outcome, const GArray *sent, unsigned stream, gboolean moves)
{
    const HtUnit *before = NULL;
    int64_t offset = G_MININT64;
    unsigned n = 0;
    GBytes *body = NULL;

    for (unsigned i = 0; i < sent->len; i++) {
        const HtCameraUnit *wanted = &g_array_index (sent, HtCameraUnit, i);
        const HtUnit *got;

        if (wanted->stream != stream)
            continue;
        got = find_unit (outcome, stream, n++, &body);
        g_assert_nonnull (got);
        g_assert_true (g_bytes_equal (body, wanted->octets));
        g_assert_true (((got->flags & HT_UNIT_KEY) != 0) == wanted->key);
        check_time (got, before);
        if (offset == G_MININT64 || (moves && n < 20))
            offset = got->pts - wanted->pts;
        g_assert_cmpint (got->pts - wanted->pts, ==, offset);
        before = got;
    }
    g_assert_null (find_unit (outcome, stream, n, &body));
}

typedef struct {
    const char *says;
    HtCameraScript script;
} PlayCase;

#define LENGTH .pictures = 80

/* clang-format off */
static const PlayCase PLAYS[] = {
    { "plain", { LENGTH } },
    { "no sound", { LENGTH, .silent = TRUE } },
    { "Basic", { LENGTH, .auth = HT_CAMERA_BASIC } },
    { "Digest MD5", { LENGTH, .auth = HT_CAMERA_MD5 } },
    { "Digest MD5 with qop", { LENGTH, .auth = HT_CAMERA_MD5_QOP } },
    { "Digest SHA-256 with qop", { LENGTH, .auth = HT_CAMERA_SHA256_QOP } },
    { "a marker on every packet", { LENGTH, .markers = HT_CAMERA_ALWAYS, .slices = 2 } },
    { "no marker at all", { LENGTH, .markers = HT_CAMERA_NEVER, .slices = 3 } },
    { "sequence and clock wrap", { LENGTH, .first_sequence = 65500, .first_stamp = 0xffffff00u } },
    { "B pictures", { LENGTH, .b_pictures = 2 } },
    { "B pictures, no marker", { LENGTH, .b_pictures = 2, .markers = HT_CAMERA_NEVER } },
    { "media before the reply to PLAY", { LENGTH, .early = TRUE } },
    { "parameter sets in the description only", { LENGTH, .out_of_band = TRUE } },
    { "several frames of sound in a packet", { LENGTH, .frames_a_packet = 4 } },
    { "a frame of sound in several packets", { LENGTH, .frame_pieces = 3 } },
    { "dirt between the packets", { LENGTH, .dirt = TRUE } },
    { "channels of its own choice", { LENGTH, .own_channels = TRUE } },
    { "lost packets", { LENGTH, .lose_every = 9 } },
    { "lost packets, several slices", { LENGTH, .lose_every = 17, .slices = 3 } },
    { "lost packets, B pictures", { LENGTH, .lose_every = 11, .b_pictures = 2 } },
};
/* clang-format on */

static void
test_play (gconstpointer data)
{
    const PlayCase *row = data;
    g_autoptr (HtCamera) camera = ht_camera_new (&row->script);
    g_autofree char *source = make_source (camera, HT_CAMERA_PASSWORD);
    g_auto (Outcome) outcome = { 0 };
    const GArray *sent;

    run (source, 0, &outcome);
    sent = ht_camera_get_units (camera);
    g_assert_cmpstr (outcome.note.reason, ==, "closed");
    g_assert_cmpint (outcome.status, ==, HT_EXIT_AGAIN);
    g_assert_cmpint (outcome.note.retry_us, ==, 0);
    g_assert_cmpuint (sent->len, >, 40);
    check_stream (&outcome, sent, 0, FALSE);
    check_stream (&outcome, sent, 1, FALSE);
    g_assert_cmpint (outcome.infos[0].width, ==, 320);
    g_assert_cmpint (outcome.infos[0].height, ==, 192);
    g_assert_true (outcome.infos[0].audio == !row->script.silent);
    if (!row->script.silent)
        g_assert_cmpint (outcome.infos[1].rate_hz, ==, 48000);
}

/* Sound lies where the camera's reports say, not where it arrived. */
static void
test_reports (void)
{
    HtCameraScript script = { LENGTH, .sound_early_ticks = 22500, .end = HT_CAMERA_CLOSE };
    g_autoptr (HtCamera) camera = ht_camera_new (&script);
    g_autofree char *source = make_source (camera, HT_CAMERA_PASSWORD);
    g_auto (Outcome) outcome = { 0 };
    const HtUnit *picture;
    const HtUnit *sound = NULL;
    GBytes *body = NULL;

    run (source, 0, &outcome);
    picture = find_unit (&outcome, 0, 50, &body);
    for (unsigned i = 0; i < outcome.units->len; i++)
        if (g_array_index (outcome.units, HtUnit, i).stream == 1)
            sound = &g_array_index (outcome.units, HtUnit, i);
    g_assert_nonnull (picture);
    g_assert_nonnull (sound);
    g_assert_true ((sound->flags & HT_UNIT_SETTLED) != 0);
    /* frame n of sound stands at 1920 n - 22500 beside the first picture */
    g_assert_cmpint (ABS ((sound->pts - (picture->pts - 50 * 3600) + 22500) % 1920), <=, 2);
}

/* A camera that began again within the connection: nothing is lost or doubled. */
static void
test_begin_again (void)
{
    HtCameraScript script = { LENGTH, .begin_again_at = 50, .silent = TRUE };
    g_autoptr (HtCamera) camera = ht_camera_new (&script);
    g_autofree char *source = make_source (camera, HT_CAMERA_PASSWORD);
    g_auto (Outcome) outcome = { 0 };
    const GArray *sent;

    run (source, 0, &outcome);
    sent = ht_camera_get_units (camera);
    g_assert_cmpuint (outcome.units->len, ==, sent->len);
    for (unsigned i = 0; i < sent->len; i++) {
        g_assert_true (g_bytes_equal (g_ptr_array_index (outcome.bodies, i),
                                      g_array_index (sent, HtCameraUnit, i).octets));
        check_time (&g_array_index (outcome.units, HtUnit, i),
                    i > 0 ? &g_array_index (outcome.units, HtUnit, i - 1) : NULL);
    }
    g_assert_true ((g_array_index (outcome.units, HtUnit, 50).flags & HT_UNIT_LOSS) != 0);
}

typedef struct {
    const char *says;
    HtCameraScript script;
    const char *password;
    const char *reason;
    int status;
    int64_t retry_us;
} EndCase;

/* clang-format off */
static const EndCase ENDS[] = {
    { "a wrong password", { LENGTH, .auth = HT_CAMERA_MD5_QOP }, "nope", "wrong-password", 78, MINUTE_US },
    { "a wrong password, Basic", { LENGTH, .auth = HT_CAMERA_BASIC }, "nope", "wrong-password", 78, MINUTE_US },
    { "silence", { LENGTH, .end = HT_CAMERA_FREEZE }, HT_CAMERA_PASSWORD, "frozen", 75, 0 },
    { "a goodbye", { LENGTH, .end = HT_CAMERA_GOODBYE }, HT_CAMERA_PASSWORD, "closed", 75, 0 },
    { "PLAY is refused", { LENGTH, .refuse_play = 453 }, HT_CAMERA_PASSWORD, "camera-refused", 75, 0 },
    { "no such stream", { LENGTH, .refuse_play = 404 }, HT_CAMERA_PASSWORD, "no-such-stream", 78, 5000000 },
    { "nothing that we know", { LENGTH, .sdp = "v=0\r\ns=-\r\nm=video 0 RTP/AVP 26\r\n" },
      HT_CAMERA_PASSWORD, "unsupported-stream", 78, MINUTE_US },
    { "no description", { LENGTH, .sdp = "<html>" }, HT_CAMERA_PASSWORD, "unsupported-stream", 78, MINUTE_US },
};
/* clang-format on */

static void
test_end (gconstpointer data)
{
    const EndCase *row = data;
    g_autoptr (HtCamera) camera = ht_camera_new (&row->script);
    g_autofree char *source = make_source (camera, row->password);
    g_auto (Outcome) outcome = { 0 };

    run (source, 0, &outcome);
    g_assert_cmpstr (outcome.note.reason, ==, row->reason);
    g_assert_cmpint (outcome.status, ==, row->status);
    g_assert_cmpint (outcome.note.retry_us, ==, row->retry_us);
    g_assert_null (strstr (outcome.note.text, row->password));
    /* cameras lock accounts */
    g_assert_cmpuint (ht_camera_get_refusals (camera), ==,
                      g_str_equal (row->reason, "wrong-password") ? 1 : 0);
}

static void
test_terminate (void)
{
    HtCameraScript script = { LENGTH, .end = HT_CAMERA_FREEZE, .auth = HT_CAMERA_SHA256_QOP };
    g_autoptr (HtCamera) camera = ht_camera_new (&script);
    g_autofree char *source = make_source (camera, HT_CAMERA_PASSWORD);
    g_auto (Outcome) outcome = { 0 };

    run (source, 60, &outcome);
    g_assert_cmpstr (outcome.note.reason, ==, "ended");
    g_assert_cmpint (outcome.status, ==, HT_EXIT_ENDED);
    ht_camera_get_units (camera);
    g_assert_true (ht_camera_was_torn_down (camera));
}

/* Nobody listens, or the line is no source: said in one note, and no more. */
static void
test_no_camera (void)
{
    static const struct {
        const char *source;
        const char *reason;
    } ROWS[] = {
        { "{\"kind\":\"rtsp\",\"url\":\"rtsp://127.0.0.1:1/\"}", "unreachable" },
        { "{\"kind\":\"file\",\"url\":\"/nonexistent.mp4\"}", "no-such-file" },
        { "{\"kind\":\"rtsp\"}", "wrong-type" },
        { "nonsense", "not-json" },
    };

    for (unsigned i = 0; i < G_N_ELEMENTS (ROWS); i++) {
        g_auto (Outcome) outcome = { 0 };

        run (ROWS[i].source, 0, &outcome);
        g_assert_cmpstr (outcome.note.reason, ==, ROWS[i].reason);
        g_assert_cmpint (outcome.status, !=, 0);
        g_assert_cmpuint (outcome.units->len, ==, 0);
    }
}

/* The test picture comes from the stock elements: both streams, on the wall clock. */
static void
test_picture (void)
{
    g_auto (Outcome) outcome = { 0 };
    const HtUnit *picture;
    GBytes *body = NULL;

    run ("{\"kind\":\"test\"}", 60, &outcome);
    g_assert_cmpstr (outcome.note.reason, ==, "ended");
    picture = find_unit (&outcome, 0, 0, &body);
    g_assert_nonnull (picture);
    g_assert_cmpmem (g_bytes_get_data (body, NULL), 5, "\0\0\0\1\x09", 5);
    g_assert_true ((picture->flags & HT_UNIT_KEY) != 0);
    g_assert_cmpint (ABS (picture->pts / 90 - picture->arrival_us / 1000), <, 5000);
    g_assert_cmpint (outcome.infos[0].width, ==, 1280);
    g_assert_cmpint (outcome.infos[1].rate_hz, ==, 48000);
    g_assert_true (outcome.infos[0].video && outcome.infos[0].audio);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    pipeline_path = g_getenv ("HT_PIPELINE");
    g_assert_nonnull (pipeline_path);
    for (unsigned i = 0; i < G_N_ELEMENTS (PLAYS); i++) {
        g_autofree char *path = g_strdup_printf ("/ingest/play/%s", PLAYS[i].says);

        g_test_add_data_func (path, &PLAYS[i], test_play);
    }
    for (unsigned i = 0; i < G_N_ELEMENTS (ENDS); i++) {
        g_autofree char *path = g_strdup_printf ("/ingest/end/%s", ENDS[i].says);

        g_test_add_data_func (path, &ENDS[i], test_end);
    }
    g_test_add_func ("/ingest/reports", test_reports);
    g_test_add_func ("/ingest/begin-again", test_begin_again);
    g_test_add_func ("/ingest/terminate", test_terminate);
    g_test_add_func ("/ingest/no-camera", test_no_camera);
    g_test_add_func ("/ingest/picture", test_picture);
    return g_test_run ();
}
