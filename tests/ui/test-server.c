/* SPDX-License-Identifier: MIT */

#include "ui/http/server.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "scheduler/base/error.h"
#include "scheduler/support/json.h"
#include "tests/ui/wire.h"

#define S_US G_USEC_PER_SEC

typedef struct {
    char *text;
} Note;

typedef struct {
    HtClock clock;
    HtDispatch *dispatch;
    HtServer *server;
    HtReply *held; /* (owned) (nullable): of "/api/hold" */
    unsigned n_handled;
} Fixture;

static const HtField note_table[] = {
    { "text", HT_FIELD_TEXT, G_STRUCT_OFFSET (Note, text), HT_FIELD_REQUIRED, 0, 4000 },
};
static const HtFields note_fields = HT_FIELDS ("note", Note, note_table);

static gboolean
echo (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    GString *json = g_string_new ("{\"text\":");

    ((Fixture *) api)->n_handled++;
    ht_json_append_string (json, request->body == NULL ? request->texts[0]
                                                       : ((Note *) request->body)->text);
    ht_reply_send_json (reply, 200, g_string_append_c (json, '}'));
    return TRUE;
}

static gboolean
hold (gpointer api, HtRequest *request G_GNUC_UNUSED, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    ((Fixture *) api)->held = ht_reply_ref (reply);
    return TRUE;
}

static gboolean
fail (gpointer api G_GNUC_UNUSED, HtRequest *request G_GNUC_UNUSED, HtReply *reply G_GNUC_UNUSED,
      GError **error)
{
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO, "a secret path is broken");
    return FALSE;
}

static const HtRoute routes[] = {
    { "GET", "/api/echo/{word}", TRUE, NULL, NULL, NULL, 0, echo },
    { "POST", "/api/echo", TRUE, NULL, &note_fields, NULL, 65536, echo },
    { "GET", "/api/hold", TRUE, NULL, NULL, NULL, 0, hold },
    { "GET", "/api/fail", TRUE, NULL, NULL, NULL, 0, fail },
    { "GET", "/api/mine", FALSE, NULL, NULL, NULL, 0, echo },
};

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GError) error = NULL;

    fixture->clock = ht_clock_make_fake (1764040000LL * S_US);
    fixture->dispatch = ht_dispatch_new (NULL, NULL);
    ht_dispatch_add (fixture->dispatch, routes, G_N_ELEMENTS (routes), fixture);
    fixture->server = ht_server_new (fixture->dispatch, &fixture->clock);
    g_assert_true (ht_server_listen (fixture->server, "127.0.0.1", 0, &error));
    g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    ht_server_free (fixture->server);
    g_clear_pointer (&fixture->held, ht_reply_unref);
    ht_dispatch_free (fixture->dispatch);
}

static char *
ask (Fixture *fixture, const char *text)
{
    return ht_wire_ask (ht_server_get_port (fixture->server), text);
}

#define END " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

static void
test_answers (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *answer = ask (fixture, "GET /api/echo/hu%E1%BA%BF" END);

    g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 OK\r\n"));
    g_assert_true (g_str_has_suffix (answer, "\r\n\r\n{\"text\":\"huế\"}"));
    g_assert_nonnull (strstr (answer, "\r\nx-now: 1764040000000\r\n"));
    g_assert_nonnull (strstr (answer, "\r\nContent-Security-Policy: default-src 'self'"));
    g_assert_nonnull (strstr (answer, "\r\nX-Content-Type-Options: nosniff\r\n"));
    g_assert_nonnull (strstr (answer, "\r\nCache-Control: no-store\r\n"));
}

static void
test_head_has_no_body (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *answer = ask (fixture, "HEAD /api/echo/abc" END);

    g_assert_nonnull (strstr (answer, "\r\nContent-Length: 14\r\n"));
    g_assert_true (g_str_has_suffix (answer, "\r\n\r\n"));
}

/* One sentence a row: what is sent, how the answer begins, what is in it. */
static const struct {
    const char *what, *request, *status, *part;
} refused[] = {
    { "an address that is not there", "GET /api/none" END, "404", "no-such-address" },
    { "a method that the address does not know", "DELETE /api/echo" END, "405",
      "\r\nAllow: POST\r\n" },
    { "a method that nobody knows", "BREW /api/echo/x" END, "405", "\r\nAllow: GET, HEAD\r\n" },
    { "nobody where somebody is wanted", "GET /api/mine" END, "401", "WWW-Authenticate" },
    { "two gigabytes, before one of them is sent",
      "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Content-Length: 2147483648\r\n\r\n",
      "413", "\r\nConnection: close\r\n" },
    { "a body where none belongs",
      "GET /api/echo/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", "413", "body-too-large" },
    { "another type",
      "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n"
      "Connection: close\r\n\r\n{}",
      "415", "unsupported-type" },
    { "a page elsewhere",
      "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
      "Sec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n{}",
      "403", "csrf" },
    { "no JSON",
      "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1\r\n"
      "Connection: close\r\n\r\n{",
      "400", "not-json" },
    { "a member that is missing",
      "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
      "Connection: close\r\n\r\n{}",
      "422", "\"field\":\"text\"" },
    { "a parameter that is unknown", "GET /api/echo/x?y=1" END, "422", "unknown-member" },
    { "a way out of the folder", "GET /api/echo/%2e%2e" END, "400", "bad-request" },
    { "two hosts", "GET /api/echo/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400", "Host" },
    { "a space before the colon",
      "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n"
      "0\r\n\r\nGET /api/echo/hidden HTTP/1.1\r\nHost: a\r\n\r\n",
      "400", "bad-request" },
    { "two lengths",
      "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
      "0\r\n\r\nGET /api/echo/hidden HTTP/1.1\r\nHost: a\r\n\r\n",
      "400", "" },
    { "no protocol", "\r\n\r\nnonsense\r\n\r\n", "4", "" },
};

static void
test_refuses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    for (size_t i = 0; i < G_N_ELEMENTS (refused); i++) {
        g_autofree char *answer = NULL;
        g_autofree char *start = g_strconcat ("HTTP/1.1 ", refused[i].status, NULL);

        g_test_message ("%s", refused[i].what);
        answer = ask (fixture, refused[i].request);
        g_assert_true (answer[0] == '\0' || g_str_has_prefix (answer, start));
        g_assert_nonnull (strstr (answer, refused[i].part));
        g_assert_null (strstr (answer, "hidden"));
    }
    g_assert_cmpuint (fixture->n_handled, ==, 0);
}

static GLogWriterOutput
keep_message (GLogLevelFlags level G_GNUC_UNUSED, const GLogField *fields, gsize n_fields,
              gpointer user_data)
{
    for (gsize i = 0; i < n_fields; i++)
        if (strcmp (fields[i].key, "MESSAGE") == 0)
            g_string_append (user_data, fields[i].value);
    return G_LOG_WRITER_HANDLED;
}

/* Who asks is told that it failed, the log is told why. */
static void
test_a_fault_of_ours_keeps_its_secret (void)
{
    Fixture fixture = { 0 };
    GString *logged = g_string_new (NULL);
    g_autofree char *answer = NULL;

    g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
    g_log_set_writer_func (keep_message, logged, NULL);
    set_up (&fixture, NULL);
    answer = ask (&fixture, "GET /api/fail" END);
    tear_down (&fixture, NULL);
    g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 500"));
    g_assert_null (strstr (answer, "secret"));
    g_assert_nonnull (strstr (logged->str, "a secret path is broken"));
    g_string_free (logged, TRUE);
}

static void
test_a_fault_in_a_process_of_its_own (void)
{
    if (g_test_subprocess ()) {
        test_a_fault_of_ours_keeps_its_secret ();
        return;
    }
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
}

static void
test_pipelined_requests_are_answered_in_order (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GString *text = g_string_new (NULL);
    g_autofree char *requests = NULL, *answer = NULL;

    for (int i = 0; i < 20; i++)
        g_string_append_printf (text, "GET /api/echo/w%d HTTP/1.1\r\nHost: a\r\n\r\n", i);
    requests = g_string_free (g_string_append (text, "GET /api/echo/last" END), FALSE);
    answer = ask (fixture, requests);
    g_assert_cmpuint (ht_wire_count (answer, "HTTP/1.1 200 OK"), ==, 21);
    g_assert_nonnull (strstr (strstr (answer, "\"w18\""), "\"w19\""));
    g_assert_true (g_str_has_suffix (answer, "{\"text\":\"last\"}"));
}

static void
test_many_connections_stay (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fds[64];

    for (unsigned i = 0; i < G_N_ELEMENTS (fds); i++)
        fds[i] = ht_wire_connect (ht_server_get_port (fixture->server));
    for (int round = 0; round < 3; round++) {
        for (unsigned i = 0; i < G_N_ELEMENTS (fds); i++)
            ht_wire_send (fds[i], "GET /api/echo/abc HTTP/1.1\r\nHost: a\r\n\r\n");
        for (unsigned i = 0; i < G_N_ELEMENTS (fds); i++) {
            g_autofree char *answer = ht_wire_read_until (fds[i], "{\"text\":\"abc\"}", 1);

            g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 OK"));
        }
    }
    g_assert_cmpuint (ht_server_count_connections (fixture->server), ==, 64);
    g_assert_cmpuint (fixture->n_handled, ==, 3 * 64);
    for (unsigned i = 0; i < G_N_ELEMENTS (fds); i++)
        close (fds[i]);
    while (ht_server_count_connections (fixture->server) > 0)
        g_main_context_iteration (NULL, TRUE);
}

static void
test_an_upload_without_end_is_cut (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fd = ht_wire_connect (ht_server_get_port (fixture->server));
    g_autofree char *chunk = g_strnfill (4096, 'x');
    g_autofree char *piece = g_strconcat ("1000\r\n", chunk, "\r\n", NULL);
    g_autofree char *answer = NULL;

    ht_wire_send (fd, "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                      "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 200; i++)
        ht_wire_send (fd, piece);
    answer = ht_wire_read_all (fd);
    g_assert_cmpuint (fixture->n_handled, ==, 0);
    g_assert_null (strstr (answer, "200 OK"));
    close (fd);
}

static void
test_a_chunked_body_ends_its_connection (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *answer =
        ask (fixture, "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                      "Transfer-Encoding: chunked\r\n\r\nc\r\n{\"text\":\"a\"}\r\n0\r\n\r\n"
                      "GET /api/echo/hidden HTTP/1.1\r\nHost: a\r\n\r\n");

    g_assert_nonnull (strstr (answer, "\r\nConnection: close\r\n"));
    g_assert_nonnull (strstr (answer, "{\"text\":\"a\"}"));
    g_assert_null (strstr (answer, "hidden"));
}

static void
test_a_dripped_header_is_cut (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fd = ht_wire_connect (ht_server_get_port (fixture->server));
    int64_t now_us = ht_clock_read_monotonic_us ();
    g_autofree char *answer = NULL;

    ht_wire_send (fd, "GET /api/echo/abc HTTP/1.1\r\nHo");
    while (ht_server_count_connections (fixture->server) == 0)
        g_main_context_iteration (NULL, TRUE);
    ht_wire_send (fd, "st: a");
    ht_wire_settle ();
    g_assert_cmpuint (ht_server_sweep (fixture->server, now_us + 9 * S_US), ==, 0);
    g_assert_cmpuint (ht_server_sweep (fixture->server, now_us + 11 * S_US), ==, 1);
    answer = ht_wire_read_all (fd);
    g_assert_cmpuint (fixture->n_handled, ==, 0);
    close (fd);
    while (ht_server_count_connections (fixture->server) > 0)
        g_main_context_iteration (NULL, TRUE);
}

static void
test_a_late_answer (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fd = ht_wire_connect (ht_server_get_port (fixture->server));
    g_autofree char *answer = NULL;

    ht_wire_send (fd, "GET /api/hold" END);
    while (fixture->held == NULL)
        g_main_context_iteration (NULL, TRUE);
    ht_reply_send_json (fixture->held, 200, g_string_new ("{\"late\":true}"));
    answer = ht_wire_read_all (fd);
    g_assert_true (g_str_has_suffix (answer, "{\"late\":true}"));
    close (fd);
}

static void
test_no_answer_becomes_one (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fd = ht_wire_connect (ht_server_get_port (fixture->server));
    g_autofree char *answer = NULL;

    ht_wire_send (fd, "GET /api/hold" END);
    while (fixture->held == NULL)
        g_main_context_iteration (NULL, TRUE);
    ht_server_sweep (fixture->server, ht_clock_read_monotonic_us () + 61 * S_US);
    answer = ht_wire_read_all (fd);
    g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 504"));
    ht_reply_send_json (fixture->held, 200, g_string_new ("{}")); /* dropped */
    close (fd);
}

static void
test_a_client_that_vanished_hurts_nobody (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fd = ht_wire_connect (ht_server_get_port (fixture->server));
    g_autofree char *answer = NULL;

    ht_wire_send (fd, "GET /api/hold" END);
    while (fixture->held == NULL)
        g_main_context_iteration (NULL, TRUE);
    close (fd);
    ht_reply_send_json (fixture->held, 200, g_string_new ("{}"));
    while (ht_server_count_connections (fixture->server) > 0)
        g_main_context_iteration (NULL, TRUE);
    answer = ask (fixture, "GET /api/echo/abc" END);
    g_assert_true (g_str_has_suffix (answer, "{\"text\":\"abc\"}"));
}

static void
test_stopping_answers_who_waits (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fd = ht_wire_connect (ht_server_get_port (fixture->server));
    g_autofree char *answer = NULL;

    ht_wire_send (fd, "GET /api/hold" END);
    while (fixture->held == NULL)
        g_main_context_iteration (NULL, TRUE);
    ht_server_stop (fixture->server);
    answer = ht_wire_read_all (fd);
    g_assert_true (answer[0] == '\0' || g_str_has_prefix (answer, "HTTP/1.1 503"));
    ht_reply_send_json (fixture->held, 200, g_string_new ("{}")); /* nobody is there */
    close (fd);
}

static void
test_a_port_in_use_needs_a_person (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtServer) other = ht_server_new (fixture->dispatch, &fixture->clock);
    g_autoptr (GError) error = NULL;

    g_assert_false (
        ht_server_listen (other, "127.0.0.1", ht_server_get_port (fixture->server), &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_ATTENTION);
    g_assert_cmpstr (ht_problem_get_id (error), ==, "port-in-use");
    g_clear_error (&error);
    g_assert_false (ht_server_listen (other, "localhost", 0, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_ATTENTION);
}

static void
test_long_json_is_compressed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = g_strnfill (3000, 'a');
    g_autofree char *request = g_strdup_printf (
        "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        "Accept-Encoding: br, gzip\r\nContent-Length: 3011\r\nConnection: close\r\n\r\n"
        "{\"text\":\"%s\"}",
        text);
    g_autofree char *answer = ask (fixture, request);

    g_assert_nonnull (strstr (answer, "\r\nContent-Encoding: gzip\r\n"));
    g_assert_nonnull (strstr (answer, "\r\nVary: Accept-Encoding\r\n"));
    g_assert_null (strstr (answer, "aaaa"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("/ui/server/answers", test_answers);
    ADD ("/ui/server/head", test_head_has_no_body);
    ADD ("/ui/server/refuses", test_refuses);
    g_test_add_func ("/ui/server/secret", test_a_fault_in_a_process_of_its_own);
    ADD ("/ui/server/pipelined", test_pipelined_requests_are_answered_in_order);
    ADD ("/ui/server/many", test_many_connections_stay);
    ADD ("/ui/server/endless", test_an_upload_without_end_is_cut);
    ADD ("/ui/server/chunked", test_a_chunked_body_ends_its_connection);
    ADD ("/ui/server/drip", test_a_dripped_header_is_cut);
    ADD ("/ui/server/late", test_a_late_answer);
    ADD ("/ui/server/never", test_no_answer_becomes_one);
    ADD ("/ui/server/vanished", test_a_client_that_vanished_hurts_nobody);
    ADD ("/ui/server/stop", test_stopping_answers_who_waits);
    ADD ("/ui/server/port", test_a_port_in_use_needs_a_person);
    ADD ("/ui/server/gzip", test_long_json_is_compressed);
    return g_test_run ();
}
