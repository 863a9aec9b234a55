/* SPDX-License-Identifier: MIT */

/* Content codings (RFC 9110 section 8.4): gzip, where a client asks for it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @accept, an Accept-Encoding header (nullable), takes gzip: named, or by "*", with no
 * weight of zero. */
gboolean ht_encoding_accepts_gzip (const char *accept);

/* Whether text of this type and length is worth compressing. @type may carry parameters. */
gboolean ht_encoding_is_worth_it (const char *type, size_t length);

/* (transfer full): @bytes as gzip, the same for the same bytes (no time stamp inside). */
GBytes *ht_encoding_gzip (GBytes *bytes);

G_END_DECLS
