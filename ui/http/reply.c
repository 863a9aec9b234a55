/* SPDX-License-Identifier: MIT */

#define G_LOG_DOMAIN "http"

#include "ui/http/reply.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "ui/http/encoding.h"
#include "ui/http/problem.h"

#define JSON_TYPE "application/json"

struct _HtReply {
    unsigned n_refs;
    gboolean is_done;
    HtRequest *request; /* (owned) */
    void (*done) (HtReply *reply, gpointer user_data);
    gpointer user_data;
    unsigned status;
    const char *type;   /* (nullable): a constant */
    GBytes *bytes;      /* (owned) (nullable) */
    HtStream *stream;   /* (owned) (nullable) */
    int64_t size;       /* of the stream, octets */
    GPtrArray *headers; /* (element-type utf8) (owned): name, value, name, value */
};

HtReply *
ht_reply_new (HtRequest *request, void (*done) (HtReply *reply, gpointer user_data),
              gpointer user_data)
{
    HtReply *reply = g_new0 (HtReply, 1);

    reply->n_refs = 1;
    reply->request = request;
    reply->done = done;
    reply->user_data = user_data;
    reply->headers = g_ptr_array_new_with_free_func (g_free);
    return reply;
}

HtReply *
ht_reply_ref (HtReply *reply)
{
    reply->n_refs++;
    return reply;
}

void
ht_reply_unref (HtReply *reply)
{
    if (--reply->n_refs > 0)
        return;
    if (reply->stream != NULL)
        reply->stream->free (reply->stream);
    g_clear_pointer (&reply->bytes, g_bytes_unref);
    g_clear_pointer (&reply->request, ht_request_free);
    g_ptr_array_unref (reply->headers);
    g_free (reply);
}

void
ht_reply_detach (HtReply *reply)
{
    reply->done = NULL;
    if (reply->stream != NULL)
        reply->stream->wake = NULL;
}

HtRequest *
ht_reply_get_request (HtReply *reply)
{
    return reply->request;
}

void
ht_reply_add_header (HtReply *reply, const char *name, const char *value)
{
    g_ptr_array_add (reply->headers, g_strdup (name));
    g_ptr_array_add (reply->headers, g_strdup (value));
}

static void
complete (HtReply *reply, unsigned status, const char *type)
{
    reply->is_done = TRUE;
    reply->status = status;
    reply->type = type;
    if (reply->done != NULL)
        reply->done (reply, reply->user_data);
}

void
ht_reply_send_json (HtReply *reply, unsigned status, GString *json)
{
    g_autoptr (GBytes) bytes = g_string_free_to_bytes (json);

    ht_reply_send_bytes (reply, status, JSON_TYPE, bytes);
}

void
ht_reply_send_bytes (HtReply *reply, unsigned status, const char *type, GBytes *bytes)
{
    if (reply->is_done)
        return;
    reply->bytes = bytes == NULL ? NULL : g_bytes_ref (bytes);
    complete (reply, status, type);
}

void
ht_reply_send_stream (HtReply *reply, unsigned status, const char *type, HtStream *stream,
                      int64_t size)
{
    if (reply->is_done) {
        stream->free (stream);
        return;
    }
    reply->stream = stream;
    reply->size = size;
    complete (reply, status, type);
}

static void
take_retry (const char *name, const char *value, gpointer user_data)
{
    if (strcmp (name, "retry_after_s") == 0)
        ht_reply_add_header (user_data, "Retry-After", value);
}

/* What a problem says in HTTP's own words too (RFC 9110 sections 10.2.3 and 11.6.1). The scheme's
 * name is ours: a browser that knows none asks nobody for a password. */
static void
add_problem_headers (HtReply *reply, const GError *error)
{
    if (error->code == HT_ERROR_UNAUTHENTICATED)
        ht_reply_add_header (reply, "WWW-Authenticate", "Cookie realm=\"hoitruong\"");
    ht_problem_foreach_argument (error, take_retry, reply);
    if (error->code == HT_ERROR_BUSY && ht_reply_get_header (reply, "Retry-After") == NULL)
        ht_reply_add_header (reply, "Retry-After", "1");
}

void
ht_reply_send_problem_with (HtReply *reply, const GError *error, const char *name, const char *json)
{
    g_autoptr (GBytes) bytes = NULL;
    GString *problem;

    if (reply->is_done)
        return;
    if (error->domain != HT_ERROR)
        g_warning ("a request failed: %s", error->message);
    else
        add_problem_headers (reply, error);
    problem = ht_problem_to_json (error);
    if (name != NULL) {
        g_string_truncate (problem, problem->len - 1);
        g_string_append_printf (problem, ",\"%s\":%s}", name, json);
    }
    bytes = g_string_free_to_bytes (problem);
    ht_reply_send_bytes (reply, ht_problem_get_status (error), HT_PROBLEM_TYPE, bytes);
}

void
ht_reply_send_problem (HtReply *reply, const GError *error)
{
    ht_reply_send_problem_with (reply, error, NULL, NULL);
}

gboolean
ht_reply_is_done (HtReply *reply)
{
    return reply->is_done;
}

unsigned
ht_reply_get_status (HtReply *reply)
{
    return reply->status;
}

const char *
ht_reply_get_type (HtReply *reply)
{
    return reply->type;
}

GBytes *
ht_reply_get_bytes (HtReply *reply)
{
    return reply->bytes;
}

HtStream *
ht_reply_get_stream (HtReply *reply)
{
    return reply->stream;
}

int64_t
ht_reply_get_size (HtReply *reply)
{
    return reply->size;
}

const char *
ht_reply_get_header (HtReply *reply, const char *name)
{
    for (unsigned i = 0; i < reply->headers->len; i += 2)
        if (g_ascii_strcasecmp (g_ptr_array_index (reply->headers, i), name) == 0)
            return g_ptr_array_index (reply->headers, i + 1);
    return NULL;
}

void
ht_reply_foreach_header (HtReply *reply,
                         void (*each) (const char *name, const char *value, gpointer user_data),
                         gpointer user_data)
{
    for (unsigned i = 0; i < reply->headers->len; i += 2)
        each (g_ptr_array_index (reply->headers, i), g_ptr_array_index (reply->headers, i + 1),
              user_data);
}

void
ht_reply_compress (HtReply *reply)
{
    GBytes *packed;

    if (reply->bytes == NULL || reply->type == NULL ||
        ht_reply_get_header (reply, "Content-Encoding") != NULL ||
        !ht_encoding_is_worth_it (reply->type, g_bytes_get_size (reply->bytes)))
        return;
    if (ht_reply_get_header (reply, "Vary") == NULL)
        ht_reply_add_header (reply, "Vary", "Accept-Encoding");
    if (!ht_encoding_accepts_gzip (reply->request->headers[HT_HEADER_ACCEPT_ENCODING]))
        return;
    packed = ht_encoding_gzip (reply->bytes);
    g_bytes_unref (reply->bytes);
    reply->bytes = packed;
    ht_reply_add_header (reply, "Content-Encoding", "gzip");
}
