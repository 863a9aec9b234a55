/* SPDX-License-Identifier: MIT */

/* The Cookie header (RFC 6265 section 4.2). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ht_cookie_dup:
 * @header: (nullable): the header's value
 *
 * Returns: (transfer full) (nullable): the value of the first cookie called @name; %NULL where
 *   there is none
 */
char *ht_cookie_dup (const char *header, const char *name);

G_END_DECLS
