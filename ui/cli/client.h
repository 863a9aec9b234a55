/* SPDX-License-Identifier: MIT */

/* Requests to the service, over HTTP through libcurl. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HtClient HtClient;

typedef struct {
    unsigned status; /* of HTTP */
    char *text;      /* (owned): the body */
} HtClientAnswer;

/* @url: as ht_login_check_url() gives it. @token: (nullable): none is shown. Both are copied. */
HtClient *ht_client_new (const char *url, const char *token);
void ht_client_free (HtClient *client);

/* From here on sent with every request that changes something; cookies are kept by themselves. */
void ht_client_set_csrf (HtClient *client, const char *csrf);

/**
 * ht_client_ask:
 * @path: "/api/v1/me", with its query
 * @body: (nullable): JSON
 * @if_match: (nullable): an etag
 * @ret_answer: (out caller-allocates): whatever the service answered, to be cleared
 *
 * A request that changes something carries an idempotency key and is repeated where the service
 * went away before it answered: it is done once all the same.
 *
 * Returns: %FALSE with %HT_ERROR_TIMED_OUT "unreachable" where there was no answer
 */
gboolean ht_client_ask (HtClient *client, const char *method, const char *path, const char *body,
                        const char *if_match, HtClientAnswer *ret_answer, GError **error);

void ht_client_answer_clear (HtClientAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtClient, ht_client_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtClientAnswer, ht_client_answer_clear)

G_END_DECLS
