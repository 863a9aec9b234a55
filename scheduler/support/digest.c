/* SPDX-License-Identifier: MIT */

#include "scheduler/support/digest.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>

struct _HtDigest {
    struct sha256_ctx context;
};

G_STATIC_ASSERT (SHA256_DIGEST_SIZE == HT_DIGEST_BYTES);
G_STATIC_ASSERT (BASE16_ENCODE_LENGTH (HT_DIGEST_BYTES) == HT_DIGEST_LETTERS);

HtDigest *
ht_digest_new (void)
{
    HtDigest *digest = g_new (HtDigest, 1);

    sha256_init (&digest->context);
    return digest;
}

void
ht_digest_add (HtDigest *digest, const uint8_t *data, size_t length)
{
    sha256_update (&digest->context, length, data);
}

void
ht_digest_take (HtDigest *digest, uint8_t ret_octets[HT_DIGEST_BYTES])
{
    sha256_digest (&digest->context, HT_DIGEST_BYTES, ret_octets);
}

void
ht_digest_take_text (HtDigest *digest, char ret_text[HT_DIGEST_LETTERS + 1])
{
    uint8_t octets[HT_DIGEST_BYTES];

    ht_digest_take (digest, octets);
    base16_encode_update (ret_text, sizeof octets, octets);
    ret_text[HT_DIGEST_LETTERS] = '\0';
}

void
ht_digest_free (HtDigest *digest)
{
    g_free (digest);
}
