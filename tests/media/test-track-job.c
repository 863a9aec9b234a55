/* SPDX-License-Identifier: MIT */

#include "media/record/track-job.h"

#include <string.h>

#include "scheduler/base/error.h"

#define HEAD                                                                                       \
    "{\"session\":12,\"track\":\"presenter\",\"folder\":\"/d/12/presenter\","                      \
    "\"socket\":\"/r/12-presenter.sock\",\"page\":\"/r/12-presenter.page\","                       \
    "\"pipeline\":\"/usr/bin/hoitruong-pipeline\","
#define TIMES  "\"start_us\":1795590000000000,\"end_us\":1795593600000000"
#define CAMERA "\"kind\":\"rtsp\",\"url\":\"rtsp://camera/1\","

static const struct {
    const char *what, *line, *problem, *field;
} cases[] = {
    { "a camera", HEAD CAMERA TIMES "}", NULL, NULL },
    { "a test picture", HEAD "\"kind\":\"test\"," TIMES "}", NULL, NULL },
    { "a file", HEAD "\"kind\":\"file\",\"url\":\"/a.mp4\",\"loop\":true," TIMES "}", NULL, NULL },
    { "no source", HEAD TIMES "}", "required", "kind" },
    { "a file without path", HEAD "\"kind\":\"file\"," TIMES "}", "wrong-type", "url" },
    { "a web page", HEAD "\"kind\":\"rtsp\",\"url\":\"http://camera/\"," TIMES "}", "wrong-type",
      "url" },
    { "a relative folder",
      "{\"session\":1,\"track\":\"a\",\"folder\":\"d\",\"socket\":\"/s\",\"page\":\"/p\",\"pipeline\":\"/p\"," CAMERA
          TIMES "}",
      "not-a-path", "folder" },
    { "a track that climbs out",
      "{\"session\":1,\"track\":\"../a\",\"folder\":\"/d\",\"socket\":\"/s\",\"page\":\"/p\",\"pipeline\":\"/p\"," CAMERA
          TIMES "}",
      "bad-track-name", "track" },
    { "an end before the start",
      HEAD CAMERA "\"start_us\":1795590000000000,\"end_us\":1795580000000000}",
      "ends-before-it-starts", "end_us" },
    { "a start in 1969", HEAD CAMERA "\"start_us\":-5,\"end_us\":1795580000000000}", "out-of-range",
      "start_us" },
    { "seconds for microseconds", HEAD CAMERA "\"start_us\":1795590000,\"end_us\":1795593600}",
      "out-of-range", "start_us" },
    { "a member nobody knows", HEAD CAMERA "\"colour\":1," TIMES "}", "unknown-member", "colour" },
    { "no JSON", "record it", NULL, NULL },
};

static void
test_decode (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_auto (HtTrackJob) job = { 0 };
        g_autoptr (GError) error = NULL;
        gboolean good = ht_track_job_decode (cases[i].line, strlen (cases[i].line), &job, &error);

        g_test_message ("%s", cases[i].what);
        g_assert_cmpint (good, ==, cases[i].problem == NULL && cases[i].line[0] == '{');
        if (good)
            continue;
        g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
        if (cases[i].problem == NULL)
            continue;
        g_assert_cmpstr (ht_problem_get_id (error), ==, cases[i].problem);
        g_assert_cmpstr (ht_problem_get_field (error), ==, cases[i].field);
    }
}

static void
test_round_trip (void)
{
    static const char line[] =
        HEAD CAMERA "\"user\":\"admin\",\"password\":\"s3 cret\"," TIMES ",\"segment_ms\":1000}\n";
    g_auto (HtTrackJob) job = { 0 };
    g_auto (HtTrackJob) again = { 0 };
    g_autofree char *text = NULL;
    g_autofree char *logged = NULL;

    g_assert_true (ht_track_job_decode (line, strlen (line), &job, NULL));
    g_assert_cmpint (job.segment_ms, ==, 1000);
    g_assert_cmpint (job.target_s, ==, 4);
    text = ht_track_job_encode (&job);
    g_assert_true (ht_track_job_decode (text, strlen (text), &again, NULL));
    g_assert_true (ht_fields_equal (&ht_track_job_fields, &job, &again));
    g_assert_cmpstr (again.source.password, ==, "s3 cret");
    logged = ht_track_job_describe (&job);
    g_assert_null (strstr (logged, "s3 cret"));
    g_assert_nonnull (strstr (logged, "admin"));
}

static void
test_password_in_the_address (void)
{
    g_auto (HtTrackJob) job = { .session = 7 };
    g_autofree char *logged = NULL;

    job.source.url = g_strdup ("rtsp://admin:p@ss@camera/1");
    logged = ht_track_job_describe (&job);
    g_assert_nonnull (strstr (logged, "rtsp://***@camera/1"));
}

static void
test_runtime (void)
{
    g_auto (HtTrackJob) job = { .session = 7, .track = g_strdup ("slides") };

    ht_track_job_set_runtime (&job, "/run/x");
    g_assert_cmpstr (job.socket, ==, "/run/x/7-slides.sock");
    g_assert_cmpstr (job.page, ==, "/run/x/7-slides.page");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/track-job/decode", test_decode);
    g_test_add_func ("/media/track-job/round-trip", test_round_trip);
    g_test_add_func ("/media/track-job/address", test_password_in_the_address);
    g_test_add_func ("/media/track-job/runtime", test_runtime);
    return g_test_run ();
}
