/* SPDX-License-Identifier: MIT */

/* Text that came from outside, checked once at the door. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ht_text_check:
 * @text: octets that a client sent
 * @length: how many
 * @max_letters: the most Unicode code points allowed
 * @lines: whether line breaks and tabs are allowed
 * @field: (nullable): the member's name, for the error
 *
 * Returns: (transfer full): @text in NFC without space at either end; %NULL with
 *   %HT_ERROR_INVALID where it is no UTF-8, holds U+0000 or another control character, a
 *   bidirectional override, or is too long
 */
char *ht_text_check (const char *text, size_t length, unsigned max_letters, gboolean lines,
                     const char *field, GError **error);

/* (transfer full): @text as one searches for it: lower case, without diacritics, đ as d, so
 * that "giao ban" finds "Giao ban" and "hue" finds "Huế". */
char *ht_text_fold (const char *text);

G_END_DECLS
