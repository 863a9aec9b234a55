/* SPDX-License-Identifier: MIT */

/* One table a resource says which requests there are. Finding the row of a request knows nothing
 * of sockets. */

#pragma once

#include "scheduler/support/fields.h"
#include "ui/http/reply.h"
#include "ui/http/request.h"

G_BEGIN_DECLS

typedef struct _HtRoute HtRoute;

/* Answers @request through @reply, now or later (then it keeps a reference to it). Returns: %FALSE
 * with an error that becomes the answer. */
typedef gboolean (*HtHandler) (gpointer api, HtRequest *request, HtReply *reply, GError **error);

struct _HtRoute {
    const char *method; /* "GET" answers HEAD too */
    const char *path; /* "/api/v1/sessions/{id}": {id} and {…_id} take an identity, other names any
                       * one segment that is not empty */
    gboolean open;    /* asked without a sign-in too */
    const HtFields *query; /* (nullable): its parameters; %NULL refuses any */
    const HtFields *body;  /* (nullable): its JSON */
    const char *raw_type;  /* (nullable): the media type of a body that is no JSON */
    size_t max_body_bytes; /* 0 where there is no body */
    HtHandler handler;
    const char *summary; /* what it does, as the API's description says it */
    gboolean limited;    /* also for who must choose a password of their own first */
};

typedef struct {
    const HtRoute *routes;
    unsigned n_routes;
    gpointer api; /* what its handlers are given */
} HtRouteTable;

typedef enum { HT_ROUTE_FOUND, HT_ROUTE_NO_PATH, HT_ROUTE_NO_METHOD } HtRouteOutcome;

typedef struct {
    const HtRoute *route;
    gpointer api;
    const char *texts[HT_REQUEST_MAX_PARAMS]; /* borrowed from the uri */
    int64_t ids[HT_REQUEST_MAX_PARAMS];       /* %HT_ID_NONE where the parameter is a text */
} HtRouteMatch;

/**
 * ht_route_match:
 * @ret_match: (out caller-allocates): set on %HT_ROUTE_FOUND only
 * @allowed: (nullable): is given the methods of the path, "GET, HEAD, POST", on
 *   %HT_ROUTE_NO_METHOD
 */
HtRouteOutcome ht_route_match (const HtRouteTable *tables, unsigned n_tables, const char *method,
                               const HtUri *uri, HtRouteMatch *ret_match, GString *allowed);

G_END_DECLS
