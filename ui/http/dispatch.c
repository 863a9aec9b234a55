/* SPDX-License-Identifier: MIT */

#include "ui/http/dispatch.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "ui/http/query.h"

#define JSON_TYPE "application/json"

struct _HtDispatch {
    HtIdentify identify; /* (nullable) */
    gpointer identify_data;
    GArray *tables;        /* (element-type HtRouteTable) (owned) */
    HtRouteTable fallback; /* of one row, or none */
};

/* Where the browser application answers nothing. */
static const char *const reserved[] = { "api", "calendar", "media", "dav", "metrics", "healthz" };

HtDispatch *
ht_dispatch_new (HtIdentify identify, gpointer user_data)
{
    HtDispatch *dispatch = g_new0 (HtDispatch, 1);

    dispatch->identify = identify;
    dispatch->identify_data = user_data;
    dispatch->tables = g_array_new (FALSE, FALSE, sizeof (HtRouteTable));
    return dispatch;
}

void
ht_dispatch_free (HtDispatch *dispatch)
{
    g_array_unref (dispatch->tables);
    g_free ((gpointer) dispatch->fallback.routes);
    g_free (dispatch);
}

void
ht_dispatch_add (HtDispatch *dispatch, const HtRoute *routes, unsigned n_routes, gpointer api)
{
    HtRouteTable table = { routes, n_routes, api };

    g_array_append_val (dispatch->tables, table);
}

void
ht_dispatch_set_fallback (HtDispatch *dispatch, HtHandler handler, gpointer user_data)
{
    HtRoute *route = g_new0 (HtRoute, 1);

    *route = (HtRoute){ .method = "GET", .path = "", .open = TRUE, .handler = handler };
    g_free ((gpointer) dispatch->fallback.routes);
    dispatch->fallback = (HtRouteTable){ route, 1, user_data };
}

static gboolean
is_reserved (const HtUri *uri)
{
    for (unsigned i = 0; i < G_N_ELEMENTS (reserved); i++)
        if (ht_uri_is_under (uri, reserved[i]))
            return TRUE;
    return FALSE;
}

static gboolean
refuse_method (HtRequest *request, HtReply *reply, const char *allowed, GError **error)
{
    ht_reply_add_header (reply, "Allow", allowed);
    ht_problem_set (error, HT_ERROR_INVALID, "unknown-method", NULL,
                    "this address does not know %.20s; it knows %s", request->method, allowed);
    return FALSE;
}

static gboolean
match_fallback (HtDispatch *dispatch, HtRequest *request, HtReply *reply, GError **error)
{
    if (dispatch->fallback.routes == NULL || is_reserved (&request->uri)) {
        ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-such-address", NULL,
                        "there is nothing at this address");
        return FALSE;
    }
    if (strcmp (request->method, "GET") != 0)
        return refuse_method (request, reply, "GET, HEAD", error);
    request->route = dispatch->fallback.routes;
    request->api = dispatch->fallback.api;
    return TRUE;
}

static gboolean
match (HtDispatch *dispatch, HtRequest *request, HtReply *reply, GError **error)
{
    g_autoptr (GString) allowed = g_string_new (NULL);
    HtRouteMatch found;

    switch (ht_route_match ((const HtRouteTable *) (gpointer) dispatch->tables->data,
                            dispatch->tables->len, request->method, &request->uri, &found,
                            allowed)) {
    case HT_ROUTE_FOUND:
        request->route = found.route;
        request->api = found.api;
        memcpy (request->texts, found.texts, sizeof found.texts);
        memcpy (request->ids, found.ids, sizeof found.ids);
        return TRUE;
    case HT_ROUTE_NO_METHOD:
        return refuse_method (request, reply, allowed->str, error);
    default:
        return match_fallback (dispatch, request, reply, error);
    }
}

GError *
ht_dispatch_make_too_large (size_t max_bytes)
{
    g_autofree char *most = g_strdup_printf ("%" G_GSIZE_FORMAT, max_bytes);
    GError *error = NULL;

    ht_problem_set (&error, HT_ERROR_TOO_LARGE, "body-too-large", NULL,
                    "the body may have at most %s octets", most);
    ht_problem_add (error, "most", most);
    return error;
}

static gboolean
check_size (const HtRequest *request, const HtGuardFraming *framing, GError **error)
{
    size_t most = request->route->max_body_bytes;

    if (framing->content_length <= (int64_t) most && (!framing->chunked || most > 0))
        return TRUE;
    g_propagate_error (error, ht_dispatch_make_too_large (most));
    return FALSE;
}

static gboolean
check_type (const HtRequest *request, const HtGuardFraming *framing, GError **error)
{
    const HtRoute *route = request->route;
    const char *wanted = route->raw_type != NULL ? route->raw_type : JSON_TYPE;
    const char *type = request->headers[HT_HEADER_CONTENT_TYPE];
    size_t length = type == NULL ? 0 : strcspn (type, "; \t");

    if (framing->content_length == 0 && !framing->chunked && route->body == NULL)
        return TRUE;
    if (length == strlen (wanted) && g_ascii_strncasecmp (type, wanted, length) == 0)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "unsupported-type", "Content-Type",
                    "the body must be %s", wanted);
    return FALSE;
}

/* A browser sends the cookie along with what other pages make it ask; the header it adds only for
 * our own. A request without a sign-in has nothing to be stolen but a sign-in itself, which a page
 * elsewhere cannot ask for: JSON needs our leave first, and browsers say where they come from. */
static gboolean
check_forgery (const HtRequest *request, GError **error)
{
    const char *site = request->headers[HT_HEADER_FETCH_SITE];
    const char *csrf = request->headers[HT_HEADER_CSRF];

    if (strcmp (request->method, "GET") == 0)
        return TRUE;
    if ((site == NULL || strcmp (site, "cross-site") != 0) &&
        (request->csrf == NULL || request->route->open || g_strcmp0 (csrf, request->csrf) == 0))
        return TRUE;
    ht_problem_set (error, HT_ERROR_DENIED, "csrf", "x-csrf",
                    "the request does not prove that it comes from our own page");
    return FALSE;
}

static gboolean
sign_in (HtDispatch *dispatch, HtRequest *request, GError **error)
{
    if (dispatch->identify != NULL)
        dispatch->identify (dispatch->identify_data, request);
    if (request->person == HT_ID_NONE && !request->route->open) {
        ht_problem_set (error, HT_ERROR_UNAUTHENTICATED, "sign-in", NULL, "sign in first");
        return FALSE;
    }
    if (request->limited && !request->route->open && !request->route->limited) {
        ht_problem_set (error, HT_ERROR_DENIED, "must-change-password", NULL,
                        "choose a password of your own first");
        return FALSE;
    }
    return check_forgery (request, error);
}

gboolean
ht_dispatch_admit (HtDispatch *dispatch, HtReply *reply, const HtGuardFraming *framing)
{
    HtRequest *request = ht_reply_get_request (reply);
    g_autoptr (GError) error = NULL;

    if (match (dispatch, request, reply, &error) && check_size (request, framing, &error) &&
        sign_in (dispatch, request, &error) && check_type (request, framing, &error))
        return TRUE;
    ht_reply_send_problem (reply, error);
    return FALSE;
}

size_t
ht_dispatch_get_max_body (HtReply *reply)
{
    const HtRequest *request = ht_reply_get_request (reply);

    return request->route == NULL ? 0 : request->route->max_body_bytes;
}

static gboolean
decode_query (HtRequest *request, GError **error)
{
    const HtFields *fields = request->route->query;

    /* the application's own addresses carry what its pages like */
    if (request->route->path[0] == '\0')
        return TRUE;
    request->query = fields == NULL ? NULL : g_malloc0 (fields->size);
    return ht_query_decode (fields, &request->uri, request->query, error);
}

static gboolean
decode_body (HtRequest *request, GBytes *body, GError **error)
{
    const HtFields *fields = request->route->body;
    size_t length = 0;
    const char *text = body == NULL ? NULL : g_bytes_get_data (body, &length);

    if (request->route->raw_type != NULL)
        request->raw = body == NULL ? g_bytes_new (NULL, 0) : g_bytes_ref (body);
    if (fields == NULL)
        return TRUE;
    request->body = g_malloc0 (fields->size);
    return ht_fields_decode_text (fields, text == NULL ? "" : text, length, request->body, error);
}

void
ht_dispatch_run (HtDispatch *dispatch G_GNUC_UNUSED, HtReply *reply, GBytes *body)
{
    HtRequest *request = ht_reply_get_request (reply);
    g_autoptr (GError) error = NULL;

    if (!decode_query (request, &error) || !decode_body (request, body, &error) ||
        !request->route->handler (request->api, request, reply, &error))
        ht_reply_send_problem (reply, error);
}
