/* SPDX-License-Identifier: MIT */

#include "ui/http/static.h"

#include <glib/gstdio.h>
#include <string.h>

#include "scheduler/base/error.h"

#define PAGE_TEXT                                                                                  \
    "<!doctype html><script type=\"application/json\" id=\"boot\">{}</script><script "             \
    "src=\"/assets/app.js\"></script>"

typedef struct {
    char *folder; /* (owned) */
    HtStatic *files;
} Fixture;

static const char *const files[][2] = {
    { "index.html", PAGE_TEXT },      { "sw.js", "worker" },
    { "assets/app.js", "plain" },     { "assets/app.js.gz", "gz" },
    { "assets/style.css", "body{}" },
};

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *assets = NULL;

    fixture->folder = g_dir_make_tmp ("ht-static-XXXXXX", NULL);
    assets = g_build_filename (fixture->folder, "assets", NULL);
    g_assert_no_errno (g_mkdir (assets, 0700));
    for (size_t i = 0; i < G_N_ELEMENTS (files); i++) {
        g_autofree char *path = g_build_filename (fixture->folder, files[i][0], NULL);

        g_assert_true (g_file_set_contents (path, files[i][1], -1, NULL));
    }
    fixture->files = ht_static_new (NULL, "", fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *assets = g_build_filename (fixture->folder, "assets", NULL);

    for (size_t i = 0; i < G_N_ELEMENTS (files); i++) {
        g_autofree char *path = g_build_filename (fixture->folder, files[i][0], NULL);

        g_unlink (path);
    }
    g_rmdir (assets);
    g_rmdir (fixture->folder);
    g_free (fixture->folder);
    ht_static_free (fixture->files);
}

static HtReply *
ask (Fixture *fixture, const char *target, HtHeader header, const char *value)
{
    HtRequest *request = ht_request_new ("GET", "");
    HtReply *reply = ht_reply_new (request, NULL, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_true (ht_uri_parse (target, &request->uri, NULL));
    request->headers[header] = g_strdup (value);
    if (!ht_static_handle (fixture->files, request, reply, &error))
        ht_reply_send_problem (reply, error);
    return reply;
}

static const char *
peek_text (HtReply *reply)
{
    return g_bytes_get_data (ht_reply_get_bytes (reply), NULL);
}

static void
test_assets_never_change (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtReply) reply = ask (fixture, "/assets/app.js", HT_HEADER_RANGE, NULL);

    g_assert_cmpuint (ht_reply_get_status (reply), ==, 200);
    g_assert_cmpmem (peek_text (reply), 5, "plain", 5);
    g_assert_cmpstr (ht_reply_get_type (reply), ==, "text/javascript; charset=utf-8");
    g_assert_cmpstr (ht_reply_get_header (reply, "Cache-Control"), ==,
                     "public, max-age=31536000, immutable");
    g_assert_cmpstr (ht_reply_get_header (reply, "Vary"), ==, "Accept-Encoding");
}

static void
test_the_compressed_file_is_sent (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtReply) plain = ask (fixture, "/assets/app.js", HT_HEADER_RANGE, NULL);
    g_autoptr (HtReply) packed =
        ask (fixture, "/assets/app.js", HT_HEADER_ACCEPT_ENCODING, "gzip, deflate");
    g_autoptr (HtReply) unpacked =
        ask (fixture, "/assets/style.css", HT_HEADER_ACCEPT_ENCODING, "gzip, deflate");

    g_assert_cmpmem (peek_text (packed), 2, "gz", 2);
    g_assert_cmpstr (ht_reply_get_header (packed, "Content-Encoding"), ==, "gzip");
    g_assert_cmpstr (ht_reply_get_header (packed, "ETag"), !=, ht_reply_get_header (plain, "ETag"));
    g_assert_null (ht_reply_get_header (unpacked, "Content-Encoding"));
}

static void
test_what_is_known_is_not_sent (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtReply) first = ask (fixture, "/sw.js", HT_HEADER_RANGE, NULL);
    g_autoptr (HtReply) again =
        ask (fixture, "/sw.js", HT_HEADER_IF_NONE_MATCH, ht_reply_get_header (first, "ETag"));

    g_assert_cmpstr (ht_reply_get_header (first, "Cache-Control"), ==, "no-cache");
    g_assert_cmpuint (ht_reply_get_status (again), ==, 304);
    g_assert_null (ht_reply_get_bytes (again));
}

static GString *
boot (gpointer user_data, HtRequest *request G_GNUC_UNUSED)
{
    return g_string_new (user_data);
}

static void
test_every_other_address_is_the_page (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const targets[] = { "/", "/index.html", "/lich?khung=1", "/buoi/7/xem" };

    ht_static_set_boot (fixture->files, boot, (gpointer) "{\"me\":\"</script><b>\"}");
    for (size_t i = 0; i < G_N_ELEMENTS (targets); i++) {
        g_autoptr (HtReply) reply = ask (fixture, targets[i], HT_HEADER_RANGE, NULL);

        g_assert_cmpuint (ht_reply_get_status (reply), ==, 200);
        g_assert_cmpstr (ht_reply_get_header (reply, "Cache-Control"), ==, "no-cache");
        g_assert_nonnull (
            g_strstr_len (peek_text (reply), (gssize) g_bytes_get_size (ht_reply_get_bytes (reply)),
                          "id=\"boot\">{\"me\":\"\\u003c/script>\\u003cb>\"}</script><script src"));
    }
}

static void
test_a_missing_asset_is_missing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtReply) reply = ask (fixture, "/assets/old.js", HT_HEADER_RANGE, NULL);
    g_autoptr (HtReply) folder = ask (fixture, "/assets/", HT_HEADER_RANGE, NULL);

    g_assert_cmpuint (ht_reply_get_status (reply), ==, 404);
    g_assert_cmpuint (ht_reply_get_status (folder), ==, 404);
}

static void
test_without_an_application_a_notice (void)
{
    Fixture fixture = { .files = ht_static_new (NULL, "/none", NULL) };
    g_autoptr (HtReply) reply = ask (&fixture, "/", HT_HEADER_RANGE, NULL);

    g_assert_cmpuint (ht_reply_get_status (reply), ==, 200);
    g_assert_cmpstr (ht_reply_get_type (reply), ==, "text/plain; charset=utf-8");
    ht_static_free (fixture.files);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("/ui/static/assets", test_assets_never_change);
    ADD ("/ui/static/compressed", test_the_compressed_file_is_sent);
    ADD ("/ui/static/known", test_what_is_known_is_not_sent);
    ADD ("/ui/static/page", test_every_other_address_is_the_page);
    ADD ("/ui/static/missing", test_a_missing_asset_is_missing);
    g_test_add_func ("/ui/static/notice", test_without_an_application_a_notice);
    return g_test_run ();
}
