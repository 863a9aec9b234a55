/* SPDX-License-Identifier: MIT */

/* The target of a request, "/api/v1/sessions/7?from=…", taken apart before it is decoded, so that
 * an escaped slash stays inside its segment (RFC 3986 section 3). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    GPtrArray *segments; /* (element-type utf8) (owned): decoded; "/" has none, "/a/" has "a", "" */
    GPtrArray *query;    /* (element-type utf8) (owned): name, value, name, value; decoded */
} HtUri;

/**
 * ht_uri_parse:
 * @raw: as it came, in origin form or absolute form
 * @ret_uri: (out caller-allocates): clear it with ht_uri_clear(); set on success only
 *
 * Returns: %FALSE with %HT_ERROR_INVALID "bad-request" where an escape is broken, what it decodes
 *   to is no UTF-8 or holds a control character or a slash, or a segment is "." or ".."
 */
gboolean ht_uri_parse (const char *raw, HtUri *ret_uri, GError **error);

/* Whether the first segment is @name. */
gboolean ht_uri_is_under (const HtUri *uri, const char *name);

/* (transfer full): the decoded segments joined by "/", without a slash in front. */
char *ht_uri_dup_path (const HtUri *uri);

void ht_uri_clear (HtUri *uri);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtUri, ht_uri_clear)

G_END_DECLS
