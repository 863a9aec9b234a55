/* SPDX-License-Identifier: MIT */

#include "ui/http/exchange.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

#include "scheduler/base/error.h"

#define FILE_BLOCK_BYTES  (256 * 1024)
#define EVENT_BLOCK_BYTES (4 * 1024)
#define HANDLING_LIMIT_US (60 * G_USEC_PER_SEC)

typedef struct {
    HtExchanges *all; /* lent */
    struct MHD_Connection *connection;
    char *raw;           /* (owned): the target as it came */
    HtReply *reply;      /* (owned) (nullable): since the header is complete */
    GByteArray *body;    /* (owned) (nullable) */
    int64_t since_us;    /* monotonic: when the handler was called */
    gboolean is_running; /* the handler has been called */
    gboolean is_suspended;
    gboolean is_ended; /* no more of its stream */
    gboolean must_close;
} HtExchange;

/* On every answer. The policy lets the page load nothing that is not ours, and nobody frame it. */
static const char *const common_headers[][2] = {
    { "Content-Security-Policy",
      "default-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; "
      "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
      "frame-ancestors 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
};

void *
ht_exchange_on_line (void *all, const char *raw, struct MHD_Connection *connection)
{
    HtExchange *exchange = g_new0 (HtExchange, 1);

    exchange->all = all;
    exchange->connection = connection;
    exchange->raw = g_strdup (raw);
    g_hash_table_add (exchange->all->running, exchange);
    return exchange;
}

static void
resume (HtExchange *exchange)
{
    if (!exchange->is_suspended)
        return;
    exchange->is_suspended = FALSE;
    MHD_resume_connection (exchange->connection);
    ht_loop_kick (exchange->all->source);
}

static void
suspend (HtExchange *exchange)
{
    exchange->is_suspended = TRUE;
    MHD_suspend_connection (exchange->connection);
}

static void
on_reply (HtReply *reply G_GNUC_UNUSED, gpointer user_data)
{
    resume (user_data);
}

static void
on_wake (gpointer user_data)
{
    resume (user_data);
}

static ssize_t
on_read (void *user_data, uint64_t offset, char *buffer, size_t size)
{
    HtExchange *exchange = user_data;
    HtStream *stream = ht_reply_get_stream (exchange->reply);
    gssize n = exchange->is_ended ? HT_STREAM_END : stream->read (stream, offset, buffer, size);

    if (n > 0)
        return n;
    if (n == HT_STREAM_LATER) {
        suspend (exchange);
        return 0;
    }
    return n == HT_STREAM_END ? MHD_CONTENT_READER_END_OF_STREAM
                              : MHD_CONTENT_READER_END_WITH_ERROR;
}

static void
unref_bytes (void *bytes)
{
    g_bytes_unref (bytes);
}

static struct MHD_Response *
make_response (HtExchange *exchange)
{
    HtStream *stream = ht_reply_get_stream (exchange->reply);
    GBytes *bytes = ht_reply_get_bytes (exchange->reply);
    int64_t size = ht_reply_get_size (exchange->reply);
    gconstpointer data;
    size_t length;

    if (stream != NULL) {
        stream->wake = on_wake;
        stream->wake_data = exchange;
        return size == HT_REPLY_SIZE_UNKNOWN
                   ? MHD_create_response_from_callback (MHD_SIZE_UNKNOWN, EVENT_BLOCK_BYTES,
                                                        on_read, exchange, NULL)
                   : MHD_create_response_from_callback ((uint64_t) size, FILE_BLOCK_BYTES, on_read,
                                                        exchange, NULL);
    }
    if (bytes == NULL)
        return MHD_create_response_from_buffer (0, NULL, MHD_RESPMEM_PERSISTENT);
    data = g_bytes_get_data (bytes, &length);
    return MHD_create_response_from_buffer_with_free_callback_cls (
        length, (void *) data, unref_bytes, g_bytes_ref (bytes));
}

static void
add_header (const char *name, const char *value, gpointer user_data)
{
    MHD_add_response_header (user_data, name, value);
}

static void
add_headers (HtExchange *exchange, struct MHD_Response *response)
{
    HtReply *reply = exchange->reply;
    g_autofree char *now_ms =
        g_strdup_printf ("%" PRId64, ht_clock_read_us (exchange->all->clock) / 1000);

    for (unsigned i = 0; i < G_N_ELEMENTS (common_headers); i++)
        add_header (common_headers[i][0], common_headers[i][1], response);
    ht_reply_foreach_header (reply, add_header, response);
    if (ht_reply_get_type (reply) != NULL)
        add_header ("Content-Type", ht_reply_get_type (reply), response);
    if (ht_reply_get_header (reply, "Cache-Control") == NULL)
        add_header ("Cache-Control", "no-store", response);
    add_header ("x-now", now_ms, response);
    if (exchange->must_close)
        add_header ("Connection", "close", response);
}

static enum MHD_Result
send_reply (HtExchange *exchange)
{
    struct MHD_Response *response;
    enum MHD_Result result;

    ht_reply_compress (exchange->reply);
    response = make_response (exchange);
    add_headers (exchange, response);
    result =
        MHD_queue_response (exchange->connection, ht_reply_get_status (exchange->reply), response);
    MHD_destroy_response (response);
    return result;
}

static enum MHD_Result
collect_header (void *user_data, enum MHD_ValueKind kind G_GNUC_UNUSED, const char *name,
                size_t name_length, const char *value, size_t value_length)
{
    HtGuardHeader header = { name, name_length, value == NULL ? "" : value,
                             value == NULL ? 0 : value_length };

    g_array_append_val ((GArray *) user_data, header);
    return MHD_YES;
}

/* (transfer full): a proxy of ours appends whom it speaks for. */
static char *
dup_address (HtExchange *exchange, const char *forwarded)
{
    const struct sockaddr *address =
        MHD_get_connection_info (exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)
            ->client_addr;
    char text[INET6_ADDRSTRLEN] = "";
    const char *comma;

    if (exchange->all->behind_proxy && forwarded != NULL) {
        comma = strrchr (forwarded, ',');
        return g_strstrip (g_strdup (comma == NULL ? forwarded : comma + 1));
    }
    if (address != NULL && address->sa_family == AF_INET)
        inet_ntop (AF_INET, &((const struct sockaddr_in *) (gconstpointer) address)->sin_addr, text,
                   sizeof text);
    else if (address != NULL && address->sa_family == AF_INET6)
        inet_ntop (AF_INET6, &((const struct sockaddr_in6 *) (gconstpointer) address)->sin6_addr,
                   text, sizeof text);
    return g_strdup (text);
}

static HtRequest *
make_request (HtExchange *exchange, const char *method, const GArray *headers)
{
    HtRequest *request = ht_request_new (method, NULL);

    for (unsigned i = 0; i < headers->len; i++) {
        const HtGuardHeader *header = &g_array_index (headers, HtGuardHeader, i);

        ht_request_take_header (request, header->name, header->value);
    }
    request->address = dup_address (exchange, request->headers[HT_HEADER_FORWARDED_FOR]);
    return request;
}

static HtPeer *
get_peer (struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info->socket_context;
}

/* The header is complete: everything that can be refused is refused now. */
static enum MHD_Result
begin (HtExchange *exchange, const char *method, const char *version)
{
    g_autoptr (GArray) headers = g_array_new (FALSE, FALSE, sizeof (HtGuardHeader));
    g_autoptr (GError) error = NULL;
    HtGuardFraming framing = { 0 };
    HtRequest *request;

    MHD_get_connection_values_n (exchange->connection, MHD_HEADER_KIND, collect_header, headers);
    request = make_request (exchange, method, headers);
    exchange->reply = ht_reply_new (request, on_reply, exchange);
    ht_peer_set_state (get_peer (exchange->connection), HT_PEER_SENDING,
                       ht_clock_read_monotonic_us ());
    if (!ht_guard_check ((const HtGuardHeader *) (gpointer) headers->data, headers->len, version,
                         &framing, &error) ||
        !ht_uri_parse (exchange->raw, &request->uri, &error)) {
        exchange->must_close = TRUE;
        ht_reply_send_problem (exchange->reply, error);
        return send_reply (exchange);
    }
    exchange->must_close = framing.chunked;
    if (ht_dispatch_admit (exchange->all->dispatch, exchange->reply, &framing))
        return MHD_YES;
    exchange->must_close = framing.chunked || framing.content_length > 0;
    return send_reply (exchange);
}

/* An upload without end cannot be answered by this library before it ends: it is cut. */
static enum MHD_Result
take_upload (HtExchange *exchange, const char *upload, size_t *size)
{
    if (exchange->body == NULL)
        exchange->body = g_byte_array_new ();
    if (*size > ht_dispatch_get_max_body (exchange->reply) - exchange->body->len)
        return MHD_NO;
    g_byte_array_append (exchange->body, (const uint8_t *) upload, (unsigned) *size);
    *size = 0;
    return MHD_YES;
}

static void
run (HtExchange *exchange)
{
    g_autoptr (GBytes) body = exchange->body == NULL
                                  ? NULL
                                  : g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));

    exchange->is_running = TRUE;
    exchange->since_us = ht_clock_read_monotonic_us ();
    ht_peer_set_state (get_peer (exchange->connection), HT_PEER_ANSWERING, exchange->since_us);
    ht_dispatch_run (exchange->all->dispatch, exchange->reply, body);
}

/* the parameters are libmicrohttpd's */
/* NOLINTBEGIN(readability-function-size) */
enum MHD_Result
ht_exchange_on_request (void *all G_GNUC_UNUSED, struct MHD_Connection *connection G_GNUC_UNUSED,
                        const char *url G_GNUC_UNUSED, const char *method, const char *version,
                        const char *upload, size_t *upload_size, void **closure)
{
    HtExchange *exchange = *closure;

    if (exchange->reply == NULL)
        return begin (exchange, method, version);
    if (*upload_size > 0)
        return take_upload (exchange, upload, upload_size);
    if (!exchange->is_running)
        run (exchange);
    if (ht_reply_is_done (exchange->reply))
        return send_reply (exchange);
    suspend (exchange);
    return MHD_YES;
}
/* NOLINTEND(readability-function-size) */

void
ht_exchange_on_completed (void *all, struct MHD_Connection *connection, void **closure,
                          enum MHD_RequestTerminationCode code G_GNUC_UNUSED)
{
    HtExchange *exchange = *closure;
    HtPeer *peer = get_peer (connection);

    if (exchange == NULL)
        return;
    if (peer != NULL)
        ht_peer_set_state (peer, HT_PEER_IDLE, ht_clock_read_monotonic_us ());
    g_hash_table_remove (((HtExchanges *) all)->running, exchange);
    if (exchange->reply != NULL)
        ht_reply_detach (exchange->reply);
    g_clear_pointer (&exchange->reply, ht_reply_unref);
    g_clear_pointer (&exchange->body, g_byte_array_unref);
    g_free (exchange->raw);
    g_free (exchange);
    *closure = NULL;
}

void
ht_exchange_on_connection (void *all, struct MHD_Connection *connection, void **socket_context,
                           enum MHD_ConnectionNotificationCode code)
{
    HtPeers *peers = ((HtExchanges *) all)->peers;
    const union MHD_ConnectionInfo *info;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context = ht_peers_add (peers, info->connect_fd, ht_clock_read_monotonic_us ());
    } else {
        ht_peers_remove (peers, *socket_context);
        *socket_context = NULL;
    }
}

static void
give_up (HtExchange *exchange, HtErrorCode code, const char *id, const char *what)
{
    g_autoptr (GError) error = NULL;

    ht_problem_set (&error, code, id, NULL, "%s", what);
    ht_reply_send_problem (exchange->reply, error);
}

static gboolean
is_waiting (const HtExchange *exchange)
{
    return exchange->is_running && !ht_reply_is_done (exchange->reply);
}

void
ht_exchange_expire (HtExchanges *all, int64_t now_us)
{
    g_autoptr (GList) running = g_hash_table_get_keys (all->running);

    for (GList *l = running; l != NULL; l = l->next) {
        HtExchange *exchange = l->data;

        if (is_waiting (exchange) && now_us - exchange->since_us >= HANDLING_LIMIT_US)
            give_up (exchange, HT_ERROR_TIMED_OUT, "timed-out",
                     "there was no answer within a minute; ask again with the same key");
    }
}

void
ht_exchange_end_all (HtExchanges *all)
{
    g_autoptr (GList) running = g_hash_table_get_keys (all->running);

    for (GList *l = running; l != NULL; l = l->next) {
        HtExchange *exchange = l->data;

        exchange->is_ended = TRUE;
        if (is_waiting (exchange))
            give_up (exchange, HT_ERROR_UNKNOWN, "stopping",
                     "the service is stopping; ask again with the same key");
        else
            resume (exchange);
    }
}
