/* SPDX-License-Identifier: MIT */

/* Watching a session: what there is, and its files. */

#include <glib/gstdio.h>
#include <string.h>

#include "media/record/journal.h"
#include "media/record/manifest.h"
#include "tests/ui/api-fixture.h"

#define TRACK "sessions/1/main"

static const char *const names[] = { "journal",       "live.m3u8",      "seg000000.ts",
                                     "recording.mp4", "recording.json", "recorder.log" };

static void
write_file (ApiFixture *f, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename (f->base.folder, TRACK, name, NULL);

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
write_journal (ApiFixture *f)
{
    g_autoptr (GString) text = g_string_new (NULL);
    const HtJournalLine lines[] = {
        { .kind = HT_JOURNAL_VERSION, .format = HT_JOURNAL_FORMAT, .session = 1, .text = "main" },
        { .kind = HT_JOURNAL_START, .target_s = 4 },
        { .kind = HT_JOURNAL_OPEN, .is_key = 1, .wall_us = NOW_US },
        { .kind = HT_JOURNAL_CLOSE, .duration = 180000, .bytes = 188, .units = 1, .pictures = 1 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (lines); i++)
        ht_journal_line_write (&lines[i], text);
    write_file (f, "journal", text->str);
}

static void
write_manifest (ApiFixture *f)
{
    HtChapter chapter = { 1500, (char *) "Mất tín hiệu" };
    HtManifest manifest = {
        .version = HT_MANIFEST_VERSION, .bytes = 4, .sha256 = (char *) "abc", .duration_ms = 2000
    };
    g_autoptr (GString) json = g_string_new (NULL);

    manifest.chapters = g_array_new (FALSE, FALSE, sizeof chapter);
    g_array_append_val (manifest.chapters, chapter);
    ht_fields_encode (&ht_manifest_fields, &manifest, json, NULL, NULL);
    write_file (f, "recording.json", json->str);
    g_array_unref (manifest.chapters);
}

static void
set_up (ApiFixture *f, gconstpointer data)
{
    g_autofree char *folder = NULL;

    api_fixture_set_up (f, data);
    g_assert_cmpuint (
        api_ask (f, TRAINER, "POST", "/api/v1/sessions",
                 "{\"title\":\"Bài 1/2\",\"start\":\"2026-11-26T07:30\",\"minutes\":90,"
                 "\"rooms\":[1],\"sources\":[1],\"audience\":\"persons\",\"audienceIds\":[4]}"),
        ==, 201);
    folder = g_build_filename (f->base.folder, TRACK, NULL);
    g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
    write_journal (f);
    write_file (f, "live.m3u8", "#EXTM3U\n");
    write_file (f, "seg000000.ts", "0123456789");
    write_file (f, "recorder.log", "a secret");
}

static void
tear_down (ApiFixture *f, gconstpointer data)
{
    static const char *const folders[] = { TRACK, "sessions/1", "sessions" };

    for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *path = g_build_filename (f->base.folder, TRACK, names[i], NULL);

        g_unlink (path);
    }
    for (size_t i = 0; i < G_N_ELEMENTS (folders); i++) {
        g_autofree char *path = g_build_filename (f->base.folder, folders[i], NULL);

        g_assert_no_errno (g_rmdir (path));
    }
    api_fixture_tear_down (f, data);
}

static void
test_what_there_is (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpuint (api_ask (f, CADRE, "GET", "/api/v1/sessions/1/watch", NULL), ==, 200);
    g_assert_cmpstr (api_text (f, "session.job.state"), ==, "planned");
    g_assert_cmpstr (api_text (f, "tracks.0.name"), ==, "main");
    g_assert_cmpstr (api_text (f, "tracks.0.title"), ==, "Camera");
    g_assert_cmpstr (api_text (f, "tracks.0.full"), ==, "/media/1/main/full.m3u8");
    g_assert_false (api_has (f, "tracks.0.live"));
    g_assert_false (api_has (f, "tracks.0.file"));

    write_file (f, "recording.mp4", "film");
    write_manifest (f);
    g_assert_cmpuint (api_ask (f, CADRE, "GET", "/api/v1/sessions/1/watch", NULL), ==, 200);
    g_assert_cmpstr (api_text (f, "tracks.0.file.url"), ==, "/media/1/main/recording.mp4");
    g_assert_cmpint (api_int (f, "tracks.0.file.durationMs"), ==, 2000);
    g_assert_cmpstr (api_text (f, "tracks.0.chapters.0.title"), ==, "Mất tín hiệu");
    g_assert_cmpint (api_int (f, "tracks.0.chapters.0.atMs"), ==, 1500);
}

static const struct {
    const char *target;
    unsigned status;
    const char *cache;
} files[] = {
    { "/media/1/main/live.m3u8", 200, "no-cache" },
    { "/media/1/main/full.m3u8", 200, "no-cache" },
    { "/media/1/main/seg000000.ts", 200, "private, max-age=31536000, immutable" },
    { "/media/1/main/seg000001.ts", 404, NULL },
    { "/media/1/main/seg.ts", 404, NULL },
    { "/media/1/main/recording.mp4", 404, NULL },
    { "/media/1/main/recorder.log", 404, NULL },
    { "/media/1/main/journal", 404, NULL },
    { "/media/1/other/live.m3u8", 404, NULL },
    { "/media/1/other/full.m3u8", 404, NULL },
    { "/media/2/main/live.m3u8", 404, NULL },
    { "/media/1/main/live.m3u8?token=x", 422, NULL },
};

static void
test_files (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    for (size_t i = 0; i < G_N_ELEMENTS (files); i++) {
        g_test_message ("%s", files[i].target);
        g_assert_cmpuint (api_ask (f, CADRE, "GET", files[i].target, NULL), ==, files[i].status);
        if (files[i].cache != NULL)
            g_assert_cmpstr (ht_reply_get_header (f->reply, "Cache-Control"), ==, files[i].cache);
        g_assert_cmpuint (api_ask (f, STRANGER, "GET", files[i].target, NULL), !=, 200);
        g_assert_cmpuint (api_ask (f, NOBODY, "GET", files[i].target, NULL), ==, 401);
    }
}

static void
test_the_full_playlist (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const char *text;

    api_ask (f, CADRE, "GET", "/media/1/main/full.m3u8", NULL);
    text = g_bytes_get_data (ht_reply_get_bytes (f->reply), NULL);
    g_assert_cmpstr (ht_reply_get_type (f->reply), ==, "application/vnd.apple.mpegurl");
    g_assert_true (g_str_has_prefix (text, "#EXTM3U"));
    g_assert_nonnull (g_strstr_len (text, (gssize) g_bytes_get_size (ht_reply_get_bytes (f->reply)),
                                    "\nseg000000.ts\n"));
}

static void
test_a_download_has_a_name (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    write_file (f, "recording.mp4", "film");
    g_assert_cmpuint (api_ask (f, CADRE, "GET", "/media/1/main/recording.mp4?download=true", NULL),
                      ==, 200);
    g_assert_cmpint (ht_reply_get_size (f->reply), ==, 4);
    g_assert_cmpstr (ht_reply_get_header (f->reply, "Content-Disposition"), ==,
                     "attachment; filename*=UTF-8''B%C3%A0i%201-2%20-%202026-11-26.mp4");
}

#define ADD(path, function) g_test_add (path, ApiFixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("/ui/api-watch/what", test_what_there_is);
    ADD ("/ui/api-watch/files", test_files);
    ADD ("/ui/api-watch/full", test_the_full_playlist);
    ADD ("/ui/api-watch/download", test_a_download_has_a_name);
    return g_test_run ();
}
