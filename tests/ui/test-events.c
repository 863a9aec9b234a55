/* SPDX-License-Identifier: MIT */

#include "ui/http/events.h"

#include <string.h>
#include <unistd.h>

#include "scheduler/base/error.h"
#include "tests/ui/wire.h"
#include "ui/http/server.h"

#define FIRST 100

typedef struct {
    HtEvents *events;
} Fixture;

static gboolean
sees_even (gpointer user_data G_GNUC_UNUSED, int64_t person, int64_t about)
{
    return person == 1 || about % 2 == 0;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    fixture->events = ht_events_new (FIRST, "{\"all\":1}", sees_even, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpuint (ht_events_count (fixture->events), ==, 0);
    ht_events_free (fixture->events);
}

static HtReply *
listen_as (Fixture *fixture, int64_t person, const char *last)
{
    HtRequest *request = ht_request_new ("GET", "");
    HtReply *reply = ht_reply_new (request, NULL, NULL);
    g_autoptr (GError) error = NULL;

    request->person = person;
    request->credential = g_strdup ("c");
    request->headers[HT_HEADER_LAST_EVENT_ID] = g_strdup (last);
    g_assert_true (ht_events_handle (fixture->events, request, reply, &error));
    return reply;
}

/* (transfer full): what there is now */
static char *
read_now (HtReply *reply)
{
    HtStream *stream = ht_reply_get_stream (reply);
    GString *all = g_string_new (NULL);
    char buffer[7];
    gssize n;

    while ((n = stream->read (stream, all->len, buffer, sizeof buffer)) > 0)
        g_string_append_len (all, buffer, n);
    if (n == HT_STREAM_END)
        g_string_append (all, "END");
    return g_string_free (all, FALSE);
}

static void
test_who_listens_hears (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtReply) reply = listen_as (fixture, 1, NULL);
    g_autofree char *hello = read_now (reply);
    g_autofree char *news = NULL, *nothing = NULL;

    g_assert_cmpstr (ht_reply_get_type (reply), ==, "text/event-stream");
    g_assert_cmpstr (hello, ==, "retry: 3000\n\nid: 100\nevent: hello\ndata: {}\n\n");
    ht_events_push (fixture->events, 101, NULL, 7, "{\"a\":1}");
    ht_events_push (fixture->events, 0, "level", 0, "{}");
    news = read_now (reply);
    g_assert_cmpstr (news, ==, "id: 101\ndata: {\"a\":1}\n\nevent: level\ndata: {}\n\n");
    nothing = read_now (reply);
    g_assert_cmpstr (nothing, ==, "");
}

static void
test_who_may_not_see_hears_nothing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtReply) reply = listen_as (fixture, 2, "100");
    g_autofree char *text = NULL;

    ht_events_push (fixture->events, 101, "session", 7, "{\"odd\":1}");
    ht_events_push (fixture->events, 102, "session", 8, "{\"even\":1}");
    text = read_now (reply);
    g_assert_null (strstr (text, "odd"));
    g_assert_nonnull (strstr (text, "even"));
}

static void
test_who_was_away_catches_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtReply) reply = NULL;
    g_autofree char *text = NULL;

    for (int i = 1; i <= 5; i++)
        ht_events_push (fixture->events, FIRST + i, "session", 0, "{}");
    reply = listen_as (fixture, 1, "103");
    text = read_now (reply);
    g_assert_cmpstr (text, ==,
                     "retry: 3000\n\nid: 104\nevent: session\ndata: {}\n\n"
                     "id: 105\nevent: session\ndata: {}\n\n");
}

static void
test_a_page_says_where_it_was_made (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    HtRequest *request = ht_request_new ("GET", "");
    g_autoptr (HtReply) reply = ht_reply_new (request, NULL, NULL);
    HtEventsQuery query = { 101 };
    g_autofree char *text = NULL;

    for (int i = 1; i <= 2; i++)
        ht_events_push (fixture->events, FIRST + i, NULL, 0, "{}");
    request->query = &query;
    g_assert_true (ht_events_handle (fixture->events, request, reply, NULL));
    request->query = NULL;
    text = read_now (reply);
    g_assert_cmpstr (text, ==, "retry: 3000\n\nid: 102\ndata: {}\n\n");
}

static void
test_who_was_away_too_long_reads_again (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const known[] = { "99", "2000", "nonsense", "-1", "101" };

    for (int i = 1; i <= 1100; i++)
        ht_events_push (fixture->events, FIRST + i, "session", 0, "{}");
    for (size_t i = 0; i < G_N_ELEMENTS (known); i++) {
        g_autoptr (HtReply) reply = listen_as (fixture, 1, known[i]);
        g_autofree char *text = read_now (reply);

        g_test_message ("%s", known[i]);
        g_assert_cmpstr (text, ==, "retry: 3000\n\nid: 1200\ndata: {\"all\":1}\n\n");
    }
}

static void
test_who_reads_too_slowly_reads_again (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtReply) reply = listen_as (fixture, 1, "100");
    g_autofree char *before = read_now (reply);
    g_autofree char *text = NULL;

    for (int i = 1; i <= 1100; i++)
        ht_events_push (fixture->events, FIRST + i, "session", 0, "{}");
    text = read_now (reply);
    g_assert_cmpstr (text, ==, "id: 1200\ndata: {\"all\":1}\n\n");
}

static void
test_comments_and_ends (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtReply) mine = listen_as (fixture, 1, "100");
    g_autoptr (HtReply) other = listen_as (fixture, 2, "100");
    g_autofree char *before = read_now (mine);
    g_autofree char *comment = NULL, *end = NULL, *rest = NULL;

    ht_events_comment (fixture->events);
    comment = read_now (mine);
    g_assert_cmpstr (comment, ==, ":\n\n");
    ht_events_end (fixture->events, 1, "another");
    ht_events_end (fixture->events, 1, "c");
    end = read_now (mine);
    rest = read_now (other);
    g_assert_cmpstr (end, ==, "END");
    g_assert_null (strstr (rest, "END"));
}

static void
test_one_person_has_so_many (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GPtrArray) replies =
        g_ptr_array_new_with_free_func ((GDestroyNotify) ht_reply_unref);
    g_autoptr (HtReply) other = NULL, refused = NULL;
    g_autoptr (GError) error = NULL;
    HtRequest *request = ht_request_new ("GET", "");

    for (int i = 0; i < 24; i++)
        g_ptr_array_add (replies, listen_as (fixture, 1, NULL));
    other = listen_as (fixture, 2, NULL);
    refused = ht_reply_new (request, NULL, NULL);
    request->person = 1;
    g_assert_false (ht_events_handle (fixture->events, request, refused, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_BUSY);
}

static const HtRoute routes[] = { { "GET", "/api/events", TRUE, .handler = ht_events_handle } };

/* Over a socket: the connection sleeps until something is pushed. */
static void
test_over_a_socket (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    HtClock clock = ht_clock_make_fake (0);
    g_autoptr (HtDispatch) dispatch = ht_dispatch_new (NULL, NULL);
    HtServer *server = ht_server_new (dispatch, &clock);
    g_autofree char *hello = NULL, *news = NULL, *rest = NULL;
    int fd;

    ht_dispatch_add (dispatch, routes, 1, fixture->events);
    g_assert_true (ht_server_listen (server, "127.0.0.1", 0, NULL));
    fd = ht_wire_connect (ht_server_get_port (server));
    ht_wire_send (fd, "GET /api/events HTTP/1.1\r\nHost: a\r\n\r\n");
    hello = ht_wire_read_until (fd, "event: hello", 1);
    ht_wire_settle ();
    ht_events_push (fixture->events, 101, "session", 0, "{}");
    news = ht_wire_read_until (fd, "id: 101\nevent: session", 1);
    ht_wire_settle ();
    ht_events_push (fixture->events, 102, "session", 0, "{}");
    ht_server_stop (server);
    rest = ht_wire_read_all (fd);
    close (fd);
    ht_server_free (server);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("/ui/events/hears", test_who_listens_hears);
    ADD ("/ui/events/audience", test_who_may_not_see_hears_nothing);
    ADD ("/ui/events/catch-up", test_who_was_away_catches_up);
    ADD ("/ui/events/after", test_a_page_says_where_it_was_made);
    ADD ("/ui/events/reset", test_who_was_away_too_long_reads_again);
    ADD ("/ui/events/slow", test_who_reads_too_slowly_reads_again);
    ADD ("/ui/events/comments", test_comments_and_ends);
    ADD ("/ui/events/bounded", test_one_person_has_so_many);
    ADD ("/ui/events/socket", test_over_a_socket);
    return g_test_run ();
}
