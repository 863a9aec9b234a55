/* SPDX-License-Identifier: MIT */

#include "media/record/track-job.h"

#include <inttypes.h>
#include <string.h>

#include "scheduler/base/error.h"

#define MAX_PATH_LETTERS     4096
#define MAX_SOCKET_OCTETS    107 /* sun_path less its NUL */
#define MAX_TRACK_LETTERS    32
#define MAX_URL_LETTERS      2000
#define MAX_PASSWORD_LETTERS 400
/* 2001 to 2100: a time outside it is a mistake of unit, seconds or milliseconds */
#define FIRST_US (INT64_C (978307200) * G_USEC_PER_SEC)
#define LAST_US  (INT64_C (4102444800) * G_USEC_PER_SEC)

#define AT(member) G_STRUCT_OFFSET (HtTrackJob, member)

/* clang-format off */
static const HtField job_rows[] = {
    { "session", HT_FIELD_INT, AT (session), HT_FIELD_REQUIRED, 1, INT64_MAX },
    { "track", HT_FIELD_TEXT, AT (track), HT_FIELD_REQUIRED, .max = MAX_TRACK_LETTERS },
    { "folder", HT_FIELD_TEXT, AT (folder), HT_FIELD_REQUIRED, .max = MAX_PATH_LETTERS },
    { "socket", HT_FIELD_TEXT, AT (socket), HT_FIELD_REQUIRED, .max = MAX_SOCKET_OCTETS },
    { "page", HT_FIELD_TEXT, AT (page), HT_FIELD_REQUIRED, .max = MAX_PATH_LETTERS },
    { "pipeline", HT_FIELD_TEXT, AT (pipeline), HT_FIELD_REQUIRED, .max = MAX_PATH_LETTERS },
    { "kind", HT_FIELD_ENUM, AT (source.kind), HT_FIELD_REQUIRED, .names = HT_SOURCE_KINDS },
    /* PRIVATE, not SECRET: they must be sent, and veil() keeps them out of logs */
    { "url", HT_FIELD_TEXT, AT (source.url), HT_FIELD_PRIVATE, .max = MAX_URL_LETTERS },
    { "user", HT_FIELD_TEXT, AT (source.user) },
    { "password", HT_FIELD_TEXT, AT (source.password), HT_FIELD_PRIVATE, .max = MAX_PASSWORD_LETTERS },
    { "loop", HT_FIELD_BOOL, AT (source.loop) },
    { "start_us", HT_FIELD_INT, AT (start_us), HT_FIELD_REQUIRED, FIRST_US, LAST_US },
    { "end_us", HT_FIELD_INT, AT (end_us), HT_FIELD_REQUIRED, FIRST_US, LAST_US },
    { "arm_us", HT_FIELD_INT, AT (arm_us), 0, 0, INT64_C (3600) * G_USEC_PER_SEC },
    { "segment_ms", HT_FIELD_INT, AT (segment_ms), 0, 200, 10000 },
    { "target_s", HT_FIELD_INT, AT (target_s), 0, 1, 30 },
    { "live_segments", HT_FIELD_INT, AT (live_segments), 0, 3, 10000 },
    { "ring_ms", HT_FIELD_INT, AT (ring_ms), 0, 1000, 120000 },
    { "ring_bytes", HT_FIELD_INT, AT (ring_bytes), 0, 1024 * 1024, 1024 * 1024 * 1024 },
    { "stall_ms", HT_FIELD_INT, AT (stall_ms), 0, 100, 60000 },
};
/* clang-format on */

const HtFields ht_track_job_fields = HT_FIELDS ("track job", HtTrackJob, job_rows);

void
ht_track_job_set_defaults (HtTrackJob *job)
{
    job->arm_us = 10 * G_USEC_PER_SEC;
    job->segment_ms = 2000;
    job->target_s = 4;
    job->live_segments = 15;
    job->ring_ms = 30000;
    job->ring_bytes = 32 * 1024 * 1024;
    job->stall_ms = 2000;
}

static gboolean
check_track (const HtTrackJob *job, GError **error)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

    if (job->track[strspn (job->track, allowed)] == '\0')
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "bad-track-name", "track",
                    "track may hold a-z, 0-9 and - only");
    return FALSE;
}

static gboolean
check_paths (const HtTrackJob *job, GError **error)
{
    const struct {
        const char *name, *path;
    } paths[] = {
        { "folder", job->folder },
        { "socket", job->socket },
        { "page", job->page },
        { "pipeline", job->pipeline },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
        if (!g_path_is_absolute (paths[i].path)) {
            ht_problem_set (error, HT_ERROR_INVALID, "not-a-path", paths[i].name,
                            "%s must be an absolute path", paths[i].name);
            return FALSE;
        }
    if (strlen (job->socket) <= MAX_SOCKET_OCTETS)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "too-long", "socket",
                    "socket is longer than %d octets", MAX_SOCKET_OCTETS);
    return FALSE;
}

static gboolean
check_times (const HtTrackJob *job, GError **error)
{
    if (job->end_us > job->start_us)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "ends-before-it-starts", "end_us",
                    "end_us must lie after start_us");
    return FALSE;
}

/* By the ingest's own reader, so that both refuse the same. */
static gboolean
check_source (const HtIngestSource *source, GError **error)
{
    g_autofree char *line = ht_ingest_source_dup_text (source);
    HtIngestSource again;
    gboolean good = ht_ingest_source_read (line, strlen (line), &again, error);

    ht_fields_clear (&HT_INGEST_SOURCE_FIELDS, &again);
    return good;
}

gboolean
ht_track_job_decode (const char *line, size_t length, HtTrackJob *ret_job, GError **error)
{
    if (length > HT_TRACK_JOB_MAX_BYTES) {
        ht_problem_set (error, HT_ERROR_TOO_LARGE, "job-too-large", NULL,
                        "the job is longer than %d octets", HT_TRACK_JOB_MAX_BYTES);
        return FALSE;
    }
    ht_track_job_set_defaults (ret_job);
    return ht_fields_decode_text (&ht_track_job_fields, line, length, ret_job, error) &&
           check_track (ret_job, error) && check_paths (ret_job, error) &&
           check_times (ret_job, error) && check_source (&ret_job->source, error);
}

char *
ht_track_job_encode (const HtTrackJob *job)
{
    GString *json = g_string_new (NULL);

    ht_fields_encode (&ht_track_job_fields, job, json, NULL, NULL);
    g_string_append_c (json, '\n');
    return g_string_free (json, FALSE);
}

/* A password may stand in the address too: what lies between the slashes and the @ goes. */
static char *
veil (const HtField *field, gconstpointer record, gpointer user_data)
{
    const HtTrackJob *job = record;
    const char *url = job->source.url, *host, *slashes;

    if (field->offset != AT (source.url) || url == NULL)
        return NULL;
    slashes = strstr (url, "://");
    host = strrchr (url, '@');
    if (slashes == NULL || host == NULL || host < slashes)
        return g_strdup (url);
    return g_strdup_printf ("%.*s***%s", (int) (slashes + 3 - url), url, host);
}

char *
ht_track_job_describe (const HtTrackJob *job)
{
    GString *json = g_string_new (NULL);

    ht_fields_encode (&ht_track_job_fields, job, json, veil, NULL);
    return g_string_free (json, FALSE);
}

void
ht_track_job_set_runtime (HtTrackJob *job, const char *runtime)
{
    g_free (job->socket);
    g_free (job->page);
    job->socket = g_strdup_printf ("%s/%" PRId64 "-%s.sock", runtime, job->session, job->track);
    job->page = g_strdup_printf ("%s/%" PRId64 "-%s.page", runtime, job->session, job->track);
}

void
ht_track_job_clear (HtTrackJob *job)
{
    ht_fields_clear (&ht_track_job_fields, job);
}
