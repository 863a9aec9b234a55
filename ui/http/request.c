/* SPDX-License-Identifier: MIT */

#include "ui/http/request.h"

#include <string.h>

#include "ui/http/route.h"

static const char *const header_names[HT_N_HEADERS] = {
    [HT_HEADER_ACCEPT_ENCODING] = "accept-encoding",
    [HT_HEADER_AUTHORIZATION] = "authorization",
    [HT_HEADER_CONTENT_TYPE] = "content-type",
    [HT_HEADER_COOKIE] = "cookie",
    [HT_HEADER_CSRF] = "x-csrf",
    [HT_HEADER_FETCH_SITE] = "sec-fetch-site",
    [HT_HEADER_FORWARDED_FOR] = "x-forwarded-for",
    [HT_HEADER_FORWARDED_PROTO] = "x-forwarded-proto",
    [HT_HEADER_HOST] = "host",
    [HT_HEADER_IDEMPOTENCY_KEY] = "idempotency-key",
    [HT_HEADER_IF_MATCH] = "if-match",
    [HT_HEADER_IF_NONE_MATCH] = "if-none-match",
    [HT_HEADER_IF_RANGE] = "if-range",
    [HT_HEADER_LAST_EVENT_ID] = "last-event-id",
    [HT_HEADER_RANGE] = "range",
    [HT_HEADER_USER_AGENT] = "user-agent",
};

HtRequest *
ht_request_new (const char *method, const char *address)
{
    HtRequest *request = g_new0 (HtRequest, 1);

    request->method = g_strdup (g_str_equal (method, "HEAD") ? "GET" : method);
    request->address = g_strdup (address);
    return request;
}

void
ht_request_take_header (HtRequest *request, const char *name, const char *value)
{
    for (unsigned i = 0; i < HT_N_HEADERS; i++)
        if (request->headers[i] == NULL && g_ascii_strcasecmp (name, header_names[i]) == 0)
            request->headers[i] = g_strdup (value);
}

void
ht_request_free (HtRequest *request)
{
    if (request->route != NULL && request->route->query != NULL)
        ht_fields_free (request->route->query, request->query);
    if (request->route != NULL && request->route->body != NULL)
        ht_fields_free (request->route->body, request->body);
    for (unsigned i = 0; i < HT_N_HEADERS; i++)
        g_free (request->headers[i]);
    ht_uri_clear (&request->uri);
    g_clear_pointer (&request->raw, g_bytes_unref);
    g_free (request->method);
    g_free (request->address);
    g_free (request->credential);
    g_free (request->csrf);
    if (request->secret != NULL)
        explicit_bzero (request->secret, strlen (request->secret));
    g_free (request->secret);
    g_free (request);
}
