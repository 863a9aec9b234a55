/* SPDX-License-Identifier: MIT */

/* The way of every request: match, sign-in, decode, handle. The server walks it in two steps, the
 * first before it has read a body, so that nothing is read that nobody wants. */

#pragma once

#include "ui/http/guard.h"
#include "ui/http/route.h"

G_BEGIN_DECLS

typedef struct _HtDispatch HtDispatch;

/* Says who asks: sets person, credential, limited and csrf of @request from its headers, or leaves
 * them. */
typedef void (*HtIdentify) (gpointer user_data, HtRequest *request);

/* @identify: (nullable): nobody is ever signed in */
HtDispatch *ht_dispatch_new (HtIdentify identify, gpointer user_data);
void ht_dispatch_free (HtDispatch *dispatch);

/* @routes: not copied; @api is given to the handlers. */
void ht_dispatch_add (HtDispatch *dispatch, const HtRoute *routes, unsigned n_routes, gpointer api);

/* Who answers GET of what no table knows and lies outside /api, /calendar, /media, /dav, /metrics
 * and /healthz: the browser application. */
void ht_dispatch_set_fallback (HtDispatch *dispatch, HtHandler handler, gpointer user_data);

/**
 * ht_dispatch_admit:
 * @reply: of a request with method, target and headers
 *
 * Everything that can be said before the body is there: 404, 405, 413, 415, 401, 403.
 *
 * Returns: %FALSE where @reply has been completed with a problem
 */
gboolean ht_dispatch_admit (HtDispatch *dispatch, HtReply *reply, const HtGuardFraming *framing);

/* The most octets of body that the admitted request may bring. */
size_t ht_dispatch_get_max_body (HtReply *reply);

/* Decodes @body (nullable) and calls the handler. @reply is completed now or later. */
void ht_dispatch_run (HtDispatch *dispatch, HtReply *reply, GBytes *body);

/* (transfer full): the error of a body that is longer than it may be. */
GError *ht_dispatch_make_too_large (size_t max_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtDispatch, ht_dispatch_free)

G_END_DECLS
