/* SPDX-License-Identifier: MIT */

#include "ui/http/files.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "scheduler/base/error.h"
#include "tests/ui/wire.h"
#include "ui/http/file-stream.h"
#include "ui/http/server.h"

#define SIZE (3 * 1024 * 1024 + 17)

typedef struct {
    char *folder;   /* (owned) */
    char *content;  /* (owned): of "sessions/7/film.mp4" */
    HtFiles *files; /* (owned) */
    HtClock clock;
    HtDispatch *dispatch;
    HtServer *server;
    const char *path; /* what the route sends */
} Fixture;

static gboolean
send (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    Fixture *fixture = api;
    const HtFile file = { fixture->path, "video/mp4", "no-cache", NULL };

    return ht_files_send (fixture->files, &file, request, reply, error);
}

static const HtRoute routes[] = { { "GET", "/media/film", TRUE, .handler = send } };

static char *
make_content (void)
{
    char *content = g_malloc (SIZE + 1);

    for (int i = 0; i < SIZE; i++)
        content[i] = (char) ('a' + i % 23);
    content[SIZE] = '\0';
    return content;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *sessions = NULL, *film = NULL, *hidden = NULL, *link = NULL;

    fixture->folder = g_dir_make_tmp ("ht-files-XXXXXX", NULL);
    sessions = g_build_filename (fixture->folder, "sessions", "7", NULL);
    film = g_build_filename (sessions, "film.mp4", NULL);
    hidden = g_build_filename (sessions, ".hidden", NULL);
    link = g_build_filename (sessions, "link.mp4", NULL);
    fixture->content = make_content ();
    g_assert_no_errno (g_mkdir_with_parents (sessions, 0700));
    g_assert_true (g_file_set_contents (film, fixture->content, SIZE, NULL));
    g_assert_true (g_file_set_contents (hidden, "x", 1, NULL));
    g_assert_no_errno (symlink ("/etc/passwd", link));
    fixture->files = ht_files_new (fixture->folder, NULL, NULL);
    fixture->clock = ht_clock_make_fake (0);
    fixture->dispatch = ht_dispatch_new (NULL, NULL);
    ht_dispatch_add (fixture->dispatch, routes, 1, fixture);
    fixture->server = ht_server_new (fixture->dispatch, &fixture->clock);
    fixture->path = "sessions/7/film.mp4";
    g_assert_true (ht_server_listen (fixture->server, "127.0.0.1", 0, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const names[] = {
        "sessions/7/film.mp4", "sessions/7/.hidden", "sessions/7/link.mp4",
        "sessions/7",          "sessions",           ""
    };

    ht_server_free (fixture->server);
    ht_dispatch_free (fixture->dispatch);
    ht_files_free (fixture->files);
    for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

        g_assert_no_errno (g_remove (path));
    }
    g_free (fixture->folder);
    g_free (fixture->content);
}

static char *
ask (Fixture *fixture, const char *headers)
{
    g_autofree char *request = g_strconcat (
        "GET /media/film HTTP/1.1\r\nHost: a\r\nConnection: close\r\n", headers, "\r\n", NULL);

    return ht_wire_ask (ht_server_get_port (fixture->server), request);
}

static const char *
skip_header (const char *answer)
{
    return strstr (answer, "\r\n\r\n") + 4;
}

static char *
get_tag (const char *answer)
{
    const char *start = strstr (answer, "ETag: ") + 6;

    return g_strndup (start, strcspn (start, "\r"));
}

static void
test_the_whole (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *answer = ask (fixture, "");

    g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 OK"));
    g_assert_nonnull (strstr (answer, "\r\nAccept-Ranges: bytes\r\n"));
    g_assert_cmpmem (skip_header (answer), strlen (skip_header (answer)), fixture->content, SIZE);
}

static void
test_a_part (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *answer = ask (fixture, "Range: bytes=1000000-2999999\r\n");

    g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 206"));
    g_assert_nonnull (strstr (answer, "\r\nContent-Range: bytes 1000000-2999999/3145745\r\n"));
    g_assert_cmpmem (skip_header (answer), strlen (skip_header (answer)),
                     fixture->content + 1000000, 2000000);
}

static void
test_no_part (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *beyond = ask (fixture, "Range: bytes=9999999-\r\n");
    g_autofree char *several = ask (fixture, "Range: bytes=0-1,4-5\r\n");

    g_assert_true (g_str_has_prefix (beyond, "HTTP/1.1 416"));
    g_assert_nonnull (strstr (beyond, "\r\nContent-Range: bytes */3145745\r\n"));
    g_assert_true (g_str_has_prefix (several, "HTTP/1.1 416"));
}

static void
test_conditions (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *first = ask (fixture, "Range: bytes=0-0\r\n");
    g_autofree char *tag = get_tag (first);
    g_autofree char *same = g_strdup_printf ("Range: bytes=0-1\r\nIf-Range: %s\r\n", tag);
    g_autofree char *known = g_strdup_printf ("If-None-Match: W/\"x\", %s\r\n", tag);
    g_autofree char *part = ask (fixture, same);
    g_autofree char *whole = ask (fixture, "Range: bytes=0-1\r\nIf-Range: \"old\"\r\n");
    g_autofree char *nothing = ask (fixture, known);

    g_assert_true (g_str_has_prefix (part, "HTTP/1.1 206"));
    g_assert_true (g_str_has_prefix (whole, "HTTP/1.1 200"));
    g_assert_true (g_str_has_prefix (nothing, "HTTP/1.1 304"));
    g_assert_cmpstr (skip_header (nothing), ==, "");
}

static void
test_nothing_outside (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const paths[] = { "../etc/passwd",        "/etc/passwd",
                                         "sessions/7/link.mp4",  "sessions/7/.hidden",
                                         "sessions/7",           "",
                                         "sessions//7/film.mp4", "sessions/8" };

    for (size_t i = 0; i < G_N_ELEMENTS (paths); i++) {
        g_autofree char *answer = NULL;

        g_test_message ("%s", paths[i]);
        fixture->path = paths[i];
        answer = ask (fixture, "");
        g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 404"));
    }
}

static void
test_a_proxy_sends_it (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *answer = NULL;

    ht_files_free (fixture->files);
    fixture->files = ht_files_new (fixture->folder, "/_media", NULL);
    answer = ask (fixture, "");
    g_assert_nonnull (strstr (answer, "\r\nX-Accel-Redirect: /_media/sessions/7/film.mp4\r\n"));
    g_assert_cmpstr (skip_header (answer), ==, "");
}

/* The client goes in the middle of the file: the server goes on for others. */
static void
test_a_client_vanishes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fd = ht_wire_connect (ht_server_get_port (fixture->server));
    g_autofree char *some = NULL, *answer = NULL;

    ht_wire_send (fd, "GET /media/film HTTP/1.1\r\nHost: a\r\n\r\n");
    some = ht_wire_read_until (fd, "abc", 1);
    close (fd);
    while (ht_server_count_connections (fixture->server) > 0)
        g_main_context_iteration (NULL, TRUE);
    answer = ask (fixture, "Range: bytes=0-2\r\n");
    g_assert_cmpstr (skip_header (answer), ==, "abc");
}

static void
set_true (gpointer user_data)
{
    *(gboolean *) user_data = TRUE;
}

/* Reads to the end; returns what came. */
static GString *
read_stream (HtStream *stream, gssize *ret_last)
{
    GString *all = g_string_new (NULL);
    gboolean is_awake = FALSE;
    char buffer[100];
    gssize n;

    stream->wake = set_true;
    stream->wake_data = &is_awake;
    while ((n = stream->read (stream, all->len, buffer, sizeof buffer)) >= 0) {
        g_string_append_len (all, buffer, n);
        for (; n == HT_STREAM_LATER && !is_awake;)
            g_main_context_iteration (NULL, TRUE);
        is_awake = FALSE;
    }
    *ret_last = n;
    return all;
}

/* The files of /proc cannot say whether they would wait: a thread reads them. */
static void
test_a_thread_reads_what_may_wait (void)
{
    GThreadPool *pool = ht_file_stream_pool_new ();
    g_autofree char *wanted = NULL;
    g_autoptr (GString) all = NULL;
    size_t length;
    gssize last;
    HtStream *stream;

    g_assert_true (g_file_get_contents ("/proc/self/cmdline", &wanted, &length, NULL));
    stream = ht_file_stream_new (open ("/proc/self/cmdline", O_RDONLY | O_CLOEXEC), 1,
                                 (int64_t) length - 1, pool);
    all = read_stream (stream, &last);
    g_assert_cmpint (last, ==, HT_STREAM_END);
    g_assert_cmpmem (all->str, all->len, wanted + 1, length - 1);
    stream->free (stream);

    stream = ht_file_stream_new (open ("/proc/self/cmdline", O_RDONLY | O_CLOEXEC), 0,
                                 (int64_t) length + 10, pool);
    g_string_free (g_steal_pointer (&all), TRUE);
    all = read_stream (stream, &last);
    g_assert_cmpint (last, ==, HT_STREAM_FAILED);
    stream->free (stream);
    g_thread_pool_free (pool, FALSE, TRUE);
}

/* The reader goes while the thread reads: what the thread brings finds nobody and is freed. */
static void
test_a_reader_goes_while_a_thread_reads (void)
{
    GThreadPool *pool = ht_file_stream_pool_new ();
    HtStream *stream =
        ht_file_stream_new (open ("/proc/self/cmdline", O_RDONLY | O_CLOEXEC), 0, 4, pool);
    char buffer[4];

    g_assert_cmpint (stream->read (stream, 0, buffer, 4), ==, HT_STREAM_LATER);
    stream->free (stream);
    g_thread_pool_free (pool, FALSE, TRUE);
    ht_wire_settle ();
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("/ui/files/whole", test_the_whole);
    ADD ("/ui/files/part", test_a_part);
    ADD ("/ui/files/no-part", test_no_part);
    ADD ("/ui/files/conditions", test_conditions);
    ADD ("/ui/files/outside", test_nothing_outside);
    ADD ("/ui/files/proxy", test_a_proxy_sends_it);
    ADD ("/ui/files/vanished", test_a_client_vanishes);
    g_test_add_func ("/ui/files/thread", test_a_thread_reads_what_may_wait);
    g_test_add_func ("/ui/files/gone", test_a_reader_goes_while_a_thread_reads);
    return g_test_run ();
}
