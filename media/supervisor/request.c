/* SPDX-License-Identifier: MIT */

#include "media/supervisor/request.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

#include "scheduler/base/error.h"

#define PATIENCE_S 5

typedef struct {
    char *line;
    GSocketConnection *connection; /* (owned) (nullable) */
    GDataInputStream *input;       /* (owned) (nullable) */
    gboolean said;                 /* the hello was read and the request sent */
    GCancellable *cancellable;
    HtRequestDone done;
    gpointer user_data;
} Request;

static void
request_end (Request *request, const GError *error)
{
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        request->done (error, request->user_data);
    g_clear_object (&request->input);
    g_clear_object (&request->connection);
    g_clear_object (&request->cancellable);
    g_free (request->line);
    g_free (request);
}

static void
judge (Request *request, const char *line, size_t length)
{
    HtControlReply reply = { 0 };
    g_autoptr (GError) error = NULL;

    if (ht_control_decode (&ht_control_reply_fields, line, length, &reply, &error) && !reply.ok)
        ht_problem_set (&error, HT_ERROR_CONFLICT, "recorder-refused", NULL,
                        "the recorder refused: %s",
                        reply.message != NULL ? reply.message : "it does not say why");
    ht_fields_clear (&ht_control_reply_fields, &reply);
    request_end (request, error);
}

static void on_line (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_line (Request *request)
{
    g_data_input_stream_read_line_async (request->input, G_PRIORITY_DEFAULT, request->cancellable,
                                         on_line, request);
}

static void
on_said (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GError) error = NULL;

    if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
        request_end (user_data, error);
    else
        read_line (user_data);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Request *request = user_data;
    g_autoptr (GError) error = NULL;
    size_t length = 0;
    g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source),
                                                                  result, &length, &error);

    if (line == NULL && error == NULL)
        ht_problem_set (&error, HT_ERROR_NOT_FOUND, "recorder-gone", NULL,
                        "the recorder closed its socket");
    if (error != NULL)
        request_end (request, error);
    else if (request->said)
        judge (request, line, length);
    else {
        request->said = TRUE;
        g_output_stream_write_all_async (
            g_io_stream_get_output_stream (G_IO_STREAM (request->connection)), request->line,
            strlen (request->line), G_PRIORITY_DEFAULT, request->cancellable, on_said, request);
    }
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GError) error = NULL;
    GSocketConnection *connection =
        g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
    Request *request = user_data;

    if (connection == NULL) {
        request_end (request, error);
        return;
    }
    request->connection = connection;
    request->input =
        g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
    read_line (request);
}

void
ht_request_send (const char *socket, const HtControlRequest *request, GCancellable *cancellable,
                 HtRequestDone done, gpointer user_data)
{
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GSocketAddress) address = g_unix_socket_address_new (socket);
    Request *self = g_new0 (Request, 1);

    self->line = ht_control_encode (&ht_control_request_fields, request);
    self->cancellable = g_object_ref (cancellable);
    self->done = done;
    self->user_data = user_data;
    g_socket_client_set_timeout (client, PATIENCE_S);
    g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), cancellable,
                                   on_connected, self);
}

gboolean
ht_request_greet (const char *socket, HtControlHello *ret_hello, GError **error)
{
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GSocketAddress) address = g_unix_socket_address_new (socket);
    g_autoptr (GSocketConnection) connection = NULL;
    g_autoptr (GDataInputStream) input = NULL;
    g_autofree char *line = NULL;
    size_t length = 0;

    g_socket_client_set_timeout (client, 1);
    connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
    if (connection == NULL)
        return FALSE;
    input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
    line = g_data_input_stream_read_line (input, &length, NULL, error);
    if (line == NULL) {
        if (error != NULL && *error == NULL)
            ht_problem_set (error, HT_ERROR_NOT_FOUND, "recorder-gone", NULL,
                            "%s closed without a word", socket);
        return FALSE;
    }
    return ht_control_decode (&ht_control_hello_fields, line, length, ret_hello, error);
}
