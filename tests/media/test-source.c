/* SPDX-License-Identifier: MIT */

#include "media/record/source.h"

#include <string.h>

#include "media/record/exit-note.h"
#include "media/record/stream-info.h"
#include "scheduler/base/error.h"

typedef struct {
    const char *says;
    const char *text;
    const char *field; /* at fault; NULL where the line is good */
} SourceCase;

static const SourceCase CASES[] = {
    { "the test picture needs nothing else", "{\"kind\":\"test\"}", NULL },
    { "a camera with its password",
      "{\"kind\":\"rtsp\",\"url\":\"rtsp://10.0.0.9/1\",\"user\":\"a\",\"password\":\"b\"}", NULL },
    { "a camera over TLS", "{\"kind\":\"rtsp\",\"url\":\"rtsps://10.0.0.9/1\"}", NULL },
    { "a file that loops", "{\"kind\":\"file\",\"url\":\"/a.mp4\",\"loop\":true}", NULL },
    { "a camera without address", "{\"kind\":\"rtsp\"}", "url" },
    { "a web page is no camera", "{\"kind\":\"rtsp\",\"url\":\"http://a/\"}", "url" },
    { "a file without path", "{\"kind\":\"file\",\"url\":\"\"}", "url" },
    { "a kind that nobody knows", "{\"kind\":\"tape\"}", "kind" },
    { "no kind", "{\"url\":\"rtsp://a/\"}", "kind" },
    { "a member too many", "{\"kind\":\"test\",\"colour\":1}", "colour" },
};

static void
test_read (gconstpointer data)
{
    const SourceCase *row = data;
    g_autoptr (GError) error = NULL;
    HtIngestSource source;
    gboolean good = ht_ingest_source_read (row->text, strlen (row->text), &source, &error);

    g_assert_true (good == (row->field == NULL));
    if (row->field != NULL)
        g_assert_cmpstr (ht_problem_get_field (error), ==, row->field);
    ht_fields_clear (&HT_INGEST_SOURCE_FIELDS, &source);
}

/* An ingest that did not get the password could not sign in. */
static void
test_round_trip (void)
{
    HtIngestSource source = { HT_SOURCE_RTSP, (char *) "rtsp://c/1", (char *) "u", (char *) "p\"w",
                              TRUE };
    HtIngestSource again;
    g_autofree char *text = ht_ingest_source_dup_text (&source);

    g_assert_true (ht_ingest_source_read (text, strlen (text), &again, NULL));
    g_assert_true (ht_fields_equal (&HT_INGEST_SOURCE_FIELDS, &source, &again));
    g_assert_cmpstr (again.password, ==, "p\"w");
    ht_fields_clear (&HT_INGEST_SOURCE_FIELDS, &again);
}

static void
test_stream_info (void)
{
    HtStreamInfo info = { .codec = HT_CODEC_AAC, .rate_hz = 48000, .channels = 2, .audio = TRUE };
    HtStreamInfo again;
    g_autofree char *text = ht_stream_info_dup_text (&info);

    g_assert_true (ht_stream_info_read (text, strlen (text), &again, NULL));
    g_assert_true (ht_fields_equal (&HT_STREAM_INFO_FIELDS, &info, &again));
}

static void
test_exit_note (void)
{
    HtExitNote note = { (char *) "wrong-password", (char *) "refused \"a\"", 60000000 };
    HtExitNote again;
    g_autofree char *text = ht_exit_note_dup_text (&note);

    g_assert_true (ht_exit_note_read (text, strlen (text), &again, NULL));
    g_assert_true (ht_fields_equal (&HT_EXIT_NOTE_FIELDS, &note, &again));
    ht_fields_clear (&HT_EXIT_NOTE_FIELDS, &again);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *path = g_strdup_printf ("/source/read/%s", CASES[i].says);

        g_test_add_data_func (path, &CASES[i], test_read);
    }
    g_test_add_func ("/source/round-trip", test_round_trip);
    g_test_add_func ("/source/stream-info", test_stream_info);
    g_test_add_func ("/source/exit-note", test_exit_note);
    return g_test_run ();
}
