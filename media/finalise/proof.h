/* SPDX-License-Identifier: MIT */

/* Reads a final file back and holds it against what should be in it. */

#pragma once

#include "media/record/picture-hash.h"

G_BEGIN_DECLS

/**
 * ht_proof_check:
 * @pictures: (element-type HtPictureHash): every picture, in decoding order
 * @frames: how many frames of sound
 *
 * Returns: %FALSE with %HT_ERROR_INTERNAL naming the first difference
 */
gboolean ht_proof_check (const char *path, const GArray *pictures, int64_t frames, GError **error);

G_END_DECLS
