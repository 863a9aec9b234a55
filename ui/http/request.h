/* SPDX-License-Identifier: MIT */

/* A request as a handler sees it: decoded values, no socket. */

#pragma once

#include <glib.h>
#include <stdint.h>

#include "ui/http/uri.h"

G_BEGIN_DECLS

/* The headers that somebody here reads. */
typedef enum {
    HT_HEADER_ACCEPT_ENCODING,
    HT_HEADER_AUTHORIZATION,
    HT_HEADER_CONTENT_TYPE,
    HT_HEADER_COOKIE,
    HT_HEADER_CSRF,
    HT_HEADER_FETCH_SITE,
    HT_HEADER_FORWARDED_FOR,
    HT_HEADER_FORWARDED_PROTO,
    HT_HEADER_HOST,
    HT_HEADER_IDEMPOTENCY_KEY,
    HT_HEADER_IF_MATCH,
    HT_HEADER_IF_NONE_MATCH,
    HT_HEADER_IF_RANGE,
    HT_HEADER_LAST_EVENT_ID,
    HT_HEADER_RANGE,
    HT_HEADER_USER_AGENT,
    HT_N_HEADERS,
} HtHeader;

#define HT_REQUEST_MAX_PARAMS 4

typedef struct _HtRequest HtRequest;

struct _HtRequest {
    const struct _HtRoute *route; /* (nullable): of no table's, the browser application's */
    gpointer api;                 /* of the route's table */
    char *method;                 /* (owned): HEAD has become GET */
    char *address;                /* (owned): of the client, as text */
    HtUri uri;                    /* (owned) */
    char *headers[HT_N_HEADERS];  /* (owned) (nullable) each */
    const char *texts[HT_REQUEST_MAX_PARAMS]; /* the captures of the path, by position */
    int64_t ids[HT_REQUEST_MAX_PARAMS];       /* those that are identities */
    gpointer query;                           /* (owned) (nullable): a record of route->query */
    gpointer body;                            /* (owned) (nullable): a record of route->body */
    GBytes *raw;      /* (owned) (nullable): the body of a route with a raw type */
    int64_t person;   /* who asks; HT_ID_NONE for nobody */
    char *credential; /* (owned) (nullable): what the sign-in is known by: its token's hash */
    gboolean limited; /* must choose a password of their own first: little is open to them */
    char *csrf;       /* (owned) (nullable): what x-csrf must say; NULL where no cookie signed in */
    char *secret;     /* (owned) (nullable): made for this answer, wiped with it */
};

/* (transfer full): its uri and headers are empty. */
HtRequest *ht_request_new (const char *method, const char *address);

/* Keeps the header if it is one of the above; the first of a name counts. */
void ht_request_take_header (HtRequest *request, const char *name, const char *value);

/* (nullable) */
static inline const char *
ht_request_get_header (const HtRequest *request, HtHeader header)
{
    return request->headers[header];
}

void ht_request_free (HtRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtRequest, ht_request_free)

G_END_DECLS
