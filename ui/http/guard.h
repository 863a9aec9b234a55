/* SPDX-License-Identifier: MIT */

/* Checks the header of a request before anything believes it: its names, its values and what says
 * where its body ends (RFC 9112 sections 3.2, 5 and 6). A second server in front of us must never
 * see another end than we do. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* One line of the header, as it came; the octets are borrowed. */
typedef struct {
    const char *name;
    size_t name_length;
    const char *value;
    size_t value_length;
} HtGuardHeader;

typedef struct {
    int64_t content_length; /* octets; 0 where the request has no body */
    gboolean chunked;       /* the body's length is not known; answer with "Connection: close" */
} HtGuardFraming;

/**
 * ht_guard_check:
 * @version: "HTTP/1.0" or "HTTP/1.1"
 * @ret_framing: (out): set on success only
 *
 * Returns: %FALSE with %HT_ERROR_INVALID "bad-request", naming the header at fault, where a name
 *   is no token, a value holds a control octet, there is not exactly one Host of letters, digits
 *   and "-._:[]", or the body's length is given twice, in two ways or not in digits
 */
gboolean ht_guard_check (const HtGuardHeader *headers, unsigned n_headers, const char *version,
                         HtGuardFraming *ret_framing, GError **error);

G_END_DECLS
