/* SPDX-License-Identifier: MIT */

/* SHA-256 (FIPS 180-4) of what comes in pieces, by the processor's own instructions where it has
 * them: whole
 * recordings and every change go through it. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_DIGEST_BYTES   32
#define HT_DIGEST_LETTERS 64

typedef struct _HtDigest HtDigest;

HtDigest *ht_digest_new (void);
void ht_digest_add (HtDigest *digest, const uint8_t *data, size_t length);

/* Both begin anew; the second writes lower-case hex digits and a NUL. */
void ht_digest_take (HtDigest *digest, uint8_t ret_octets[HT_DIGEST_BYTES]);
void ht_digest_take_text (HtDigest *digest, char ret_text[HT_DIGEST_LETTERS + 1]);

void ht_digest_free (HtDigest *digest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtDigest, ht_digest_free)

G_END_DECLS
