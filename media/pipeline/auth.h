/* SPDX-License-Identifier: MIT */

/* Signing in at a camera: Basic, Digest with MD5 or SHA-256, without qop (RFC 2069) and with
 * qop=auth (RFC 7616). libgstrtsp answers the first two only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HtAuth HtAuth;

/* Both are copied; (nullable): without a user nothing can be answered. */
HtAuth *ht_auth_new (const char *user, const char *password);
void ht_auth_free (HtAuth *self);

/* Before the headers of another reply. */
void ht_auth_begin_challenge (HtAuth *self);

/* Takes one WWW-Authenticate header, which may hold several challenges. The strongest seen since
 * ht_auth_begin_challenge() is kept; what is not understood is passed over. */
void ht_auth_take_challenge (HtAuth *self, const char *header);

/**
 * ht_auth_may_answer:
 *
 * Cameras lock an account after a few refusals, so each challenge is answered once: again only
 * where the camera says that merely its nonce was stale.
 */
gboolean ht_auth_may_answer (const HtAuth *self);

/* The camera took the last answer: the next challenge is a new one. */
void ht_auth_accept (HtAuth *self);

/**
 * ht_auth_dup_answer:
 * @uri: exactly as in the request line
 * @cnonce: letters of the client's choice
 *
 * Returns: (transfer full) (nullable): the value of the Authorization header; %NULL before any
 *   challenge
 */
char *ht_auth_dup_answer (HtAuth *self, const char *method, const char *uri, const char *cnonce);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtAuth, ht_auth_free)

G_END_DECLS
