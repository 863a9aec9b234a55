/* SPDX-License-Identifier: MIT */

/* Against a real SMTP server, aiosmtpd, on loopback. */

#include <gio/gio.h>
#include <string.h>

#include "calendar/exchange/smtp-mail.h"
#include "scheduler/base/error.h"

typedef struct {
    GSubprocess *server;
    GDataInputStream *output;
    char *address;
    GError *error;
    gboolean answered;
} Fixture;

static uint16_t
find_port (void)
{
    g_autoptr (GSocket) socket =
        g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
    g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
    g_autoptr (GSocketAddress) bound = NULL;

    g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
    bound = g_socket_get_local_address (socket, NULL);
    return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static gboolean
answers (uint16_t port)
{
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GSocketConnection) connection =
        g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

    return connection != NULL;
}

static void
setup (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    uint16_t port = find_port ();
    g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", port);
    g_autoptr (GError) error = NULL;

    f->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/usr/bin/python3", "-u",
                                  "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Debugging",
                                  "stdout", "-l", listen, NULL);
    g_assert_no_error (error);
    f->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (f->server));
    f->address = g_strdup_printf ("smtp://%s", listen);
    for (int i = 0; i < 200 && !answers (port); i++)
        g_usleep (50000);
}

static void
teardown (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_subprocess_force_exit (f->server);
    g_subprocess_wait (f->server, NULL, NULL);
    g_clear_object (&f->output);
    g_clear_object (&f->server);
    g_clear_error (&f->error);
    g_free (f->address);
}

static void
on_done (const GError *error, gpointer user_data)
{
    Fixture *f = user_data;

    f->error = error == NULL ? NULL : g_error_copy (error);
    f->answered = TRUE;
}

static void
post (Fixture *f, const char *server, const char *to)
{
    HtSmtpSettings settings = { .server = server,
                                .sender_name = "Hội trường",
                                .sender_address = "lich@hue.example" };
    g_autoptr (HtSmtpMail) mail = ht_smtp_mail_new (&settings);
    HtMessage message = { "Lan", to, "Hủy buổi học", "Bão số 4.", "9-1@hue.example", NULL, NULL };

    f->answered = FALSE;
    g_clear_error (&f->error);
    ht_mail_send (HT_MAIL (mail), &message, on_done, f);
    while (!f->answered)
        g_main_context_iteration (NULL, TRUE);
}

static void
test_arrives (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    gboolean seen = FALSE;

    post (f, f->address, "lan@hue.example");
    g_assert_no_error (f->error);
    while (!seen) {
        g_autofree char *line = g_data_input_stream_read_line (f->output, NULL, NULL, NULL);

        g_assert_nonnull (line);
        seen = strstr (line, "Message-ID: <9-1@hue.example>") != NULL;
    }
}

static void
test_refusals_are_told_apart (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    post (f, f->address, "no address");
    g_assert_cmpstr (ht_problem_get_id (f->error), ==, "not-an-address");
    post (f, "smtp://127.0.0.1:1", "lan@hue.example");
    g_assert_cmpstr (ht_problem_get_id (f->error), ==, "mail-unreachable");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/calendar/smtp/arrives", Fixture, NULL, setup, test_arrives, teardown);
    g_test_add ("/calendar/smtp/refusals", Fixture, NULL, setup, test_refusals_are_told_apart,
                teardown);
    return g_test_run ();
}
