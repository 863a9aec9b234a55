/* SPDX-License-Identifier: MIT */

/* Watching: what there is of a session, and its playlists, segments and recordings. */

#include <string.h>
#include <sys/stat.h>

#include "media/record/finalise-job.h"
#include "media/record/manifest.h"
#include "media/record/playlist.h"
#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "ui/http/api-private.h"

#define FULL_FILE     "full.m3u8"
#define PLAYLIST_TYPE "application/vnd.apple.mpegurl"
#define MAX_MANIFEST  (8 * 1024 * 1024)
#define NAME_LETTERS  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

typedef struct {
    gboolean download;
} MediaQuery;

static const HtField media_table[] = {
    { "download", HT_FIELD_BOOL, G_STRUCT_OFFSET (MediaQuery, download) },
};
static const HtFields media_fields = HT_FIELDS ("media", MediaQuery, media_table);

/* (transfer full): "sessions/7/main/<name>" */
static char *
make_path (int64_t session_id, const char *track, const char *name)
{
    return g_strdup_printf ("sessions/%" G_GINT64_FORMAT "/%s/%s", session_id, track, name);
}

static char *
make_full_path (HtApi *api, int64_t session_id, const char *track, const char *name)
{
    g_autofree char *path = make_path (session_id, track, name);

    return g_build_filename (api->settings.data_folder, path, NULL);
}

static gboolean
is_there (HtApi *api, int64_t session_id, const char *track, const char *name)
{
    g_autofree char *path = make_full_path (api, session_id, track, name);

    return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static void
write_url (HtWriter *writer, const char *member, int64_t session_id, const char *track,
           const char *name)
{
    g_autofree char *url =
        g_strdup_printf ("/media/%" G_GINT64_FORMAT "/%s/%s", session_id, track, name);

    ht_writer_text (writer, member, url);
}

static void
write_chapters (HtWriter *writer, const HtManifest *manifest)
{
    ht_writer_begin_list (writer, "chapters");
    for (unsigned i = 0; manifest->chapters != NULL && i < manifest->chapters->len; i++) {
        const HtChapter *chapter = &g_array_index (manifest->chapters, HtChapter, i);

        ht_writer_begin (writer, NULL);
        ht_writer_int (writer, "atMs", chapter->at_ms);
        ht_writer_text (writer, "title", chapter->title);
        ht_writer_end (writer);
    }
    ht_writer_end_list (writer);
}

/* The final file, as its manifest proves it. */
static void
write_file (HtApi *api, HtWriter *writer, int64_t session_id, const char *track)
{
    g_autofree char *path = make_full_path (api, session_id, track, HT_FINAL_MANIFEST);
    g_autofree char *text = NULL;
    HtManifest manifest = { 0 };
    size_t length;

    if (g_file_get_contents (path, &text, &length, NULL) && length <= MAX_MANIFEST &&
        ht_fields_decode_text (&ht_manifest_fields, text, length, &manifest, NULL)) {
        ht_writer_begin (writer, "file");
        write_url (writer, "url", session_id, track, HT_FINAL_FILE);
        ht_writer_int (writer, "bytes", manifest.bytes);
        ht_writer_int (writer, "durationMs", manifest.duration_ms);
        ht_writer_text (writer, "sha256", manifest.sha256);
        ht_writer_end (writer);
        write_chapters (writer, &manifest);
    }
    ht_fields_clear (&ht_manifest_fields, &manifest);
}

static void
write_track (HtApi *api, HtWriter *writer, const HtJob *job, const HtTrack *track)
{
    ht_writer_begin (writer, NULL);
    ht_writer_text (writer, "name", track->name);
    ht_writer_text (writer, "title", ht_api_get_name (api, HT_RECORD_SOURCE, track->source_id));
    if (is_there (api, job->id, track->name, HT_PLAYLIST_LIVE_FILE)) {
        if (ht_job_machine_is_live ((HtJobState) job->state))
            write_url (writer, "live", job->id, track->name, HT_PLAYLIST_LIVE_FILE);
        write_url (writer, "full", job->id, track->name, FULL_FILE);
    }
    if (is_there (api, job->id, track->name, HT_FINAL_FILE))
        write_file (api, writer, job->id, track->name);
    ht_writer_end (writer);
}

static void
write_watch (HtApi *api, HtWriter *writer, int64_t person_id, const HtSession *session)
{
    const HtJob *job = ht_reads_peek (api->service, HT_RECORD_JOB, session->id);
    HtMediaEvent now = { 0 };

    ht_writer_begin (writer, NULL);
    ht_api_write_session (api, writer, "session", person_id, session);
    ht_writer_bool (writer, "live",
                    job != NULL &&
                        (job->state == HT_JOB_RECORDING || job->state == HT_JOB_RECOVERING));
    ht_writer_begin_list (writer, "tracks");
    for (unsigned i = 0; job != NULL && job->tracks != NULL && i < job->tracks->len; i++)
        write_track (api, writer, job, &g_array_index (job->tracks, HtTrack, i));
    ht_writer_end_list (writer);
    if (ht_reads_media (api->service, session->id, &now) && now.kind == HT_MEDIA_PROGRESS)
        ht_writer_int (writer, "progressPermille", now.permille);
    if (job != NULL)
        ht_writer_text (writer, "note", job->note);
    ht_writer_end (writer);
}

static gboolean
get_watch (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const HtSession *session =
        ht_reads_get_session (api->service, request->person, request->ids[0], error);
    HtWriter writer;

    if (session == NULL)
        return FALSE;
    writer = ht_writer_make ();
    write_watch (api, &writer, request->person, session);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static gboolean
refuse_missing (GError **error)
{
    ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-such-file", NULL, "there is no such file");
    return FALSE;
}

/* Made from the journal at each request: it grows with each segment. */
static gboolean
send_full (HtApi *api, HtRequest *request, const char *track, HtReply *reply, GError **error)
{
    g_autofree char *folder = make_full_path (api, request->ids[0], track, "");
    g_autoptr (HtJournal) journal = ht_journal_load (folder, error);
    g_autoptr (GBytes) bytes = NULL;
    char *text;

    if (journal == NULL)
        return FALSE;
    text = ht_playlist_make_full (journal, "");
    bytes = g_bytes_new_take (text, strlen (text));
    ht_reply_add_header (reply, "Cache-Control", "no-cache");
    ht_reply_send_bytes (reply, 200, PLAYLIST_TYPE, bytes);
    return TRUE;
}

static gboolean
is_segment (const char *name)
{
    return strlen (name) >= 12 && g_str_has_prefix (name, "seg") &&
           g_str_has_suffix (name, ".ts") && strspn (name + 3, "0123456789") == strlen (name) - 6;
}

/* What may be asked for; everything else in the folder (journal, log, manifest) is ours. */
static gboolean
find_file (const char *name, HtFile *ret_file)
{
    if (is_segment (name))
        *ret_file = (HtFile){ NULL, "video/mp2t", "private, max-age=31536000, immutable", NULL };
    else if (strcmp (name, HT_PLAYLIST_LIVE_FILE) == 0)
        *ret_file = (HtFile){ NULL, PLAYLIST_TYPE, "no-cache", NULL };
    else if (strcmp (name, HT_FINAL_FILE) == 0)
        *ret_file = (HtFile){ NULL, "video/mp4", "private, no-cache", NULL };
    else
        return FALSE;
    return TRUE;
}

/* (transfer full): "Giao ban - 2026-11-25.mp4" */
static char *
make_download_name (HtApi *api, const HtSession *session)
{
    const HtSeries *series = ht_reads_peek (api->service, HT_RECORD_SERIES, session->series_id);
    const char *title = session->title != NULL ? session->title : series->title;
    HtCivil day = ht_zone_to_civil (ht_api_get_zone (api, series->zone), session->start_us);
    g_autofree char *clean = g_strdelimit (g_strdup (title), "/\\:*?\"<>|", '-');

    return g_strdup_printf ("%s - %04d-%02d-%02d.mp4", clean, day.year, day.month, day.day);
}

static gboolean
get_media (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const char *track = request->texts[1], *name = request->texts[2];
    const HtSession *session =
        ht_reads_get_session (api->service, request->person, request->ids[0], error);
    const MediaQuery *query = request->query;
    g_autofree char *path = NULL, *download_name = NULL;
    HtFile file;

    if (session == NULL)
        return FALSE;
    if (strspn (track, NAME_LETTERS) != strlen (track))
        return refuse_missing (error);
    if (strcmp (name, FULL_FILE) == 0)
        return send_full (api, request, track, reply, error);
    if (!find_file (name, &file))
        return refuse_missing (error);
    path = make_path (request->ids[0], track, name);
    download_name = query->download ? make_download_name (api, session) : NULL;
    file.path = path;
    file.download_name = download_name;
    return ht_files_send (api->files, &file, request, reply, error);
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET", "/api/v1/sessions/{id}/watch", FALSE, NULL,          NULL, NULL, 0, get_watch, "What there is to watch of a session" },
    { "GET", "/media/{id}/{track}/{file}",  FALSE, &media_fields, NULL, NULL, 0, get_media, "A playlist, a segment, a recording" },
};
/* clang-format on */

const HtApiTable ht_api_watch_table = { routes, G_N_ELEMENTS (routes) };
