/* SPDX-License-Identifier: MIT */

/* Identities: positive 64-bit numbers, allotted by the decider, written as decimal text. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_ID_NONE 0

/**
 * ht_id_parse:
 * @ret_id: (out): set on success only
 *
 * Takes what ht_id prints: decimal digits without sign, leading zero or space.
 *
 * Returns: %FALSE with %HT_ERROR_INVALID where @text is no identity
 */
gboolean ht_id_parse (const char *text, int64_t *ret_id, GError **error);

G_END_DECLS
