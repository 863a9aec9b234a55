/* SPDX-License-Identifier: MIT */

/* Secrets that a machine made: 32 random octets as text, kept as a hash, since what is random
 * needs no slow one. And what is derived from a key: addresses of feeds, proofs against forgery. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_TOKEN_LETTERS      43 /* 32 octets in base64url without padding */
#define HT_TOKEN_KEY_BYTES    32
#define HT_TOKEN_FEED_LETTERS 22 /* 132 bits */

/* (transfer full): a new secret, base64url */
char *ht_token_make (void);

/* (transfer full): what is kept of it: BLAKE2b-256, hexadecimal. Any text can be hashed. */
char *ht_token_hash (const char *token);

/* Whether both are the same text; takes as long wherever they differ. NULL equals nothing. */
gboolean ht_token_equal (const char *a, const char *b);

/* (transfer full): what a page must send in x-csrf: follows from the cookie's token, which the
 * page itself cannot read, and tells nothing about it. */
char *ht_token_make_csrf (const char *token);

/* 32 random octets. */
void ht_token_make_key (uint8_t key[HT_TOKEN_KEY_BYTES]);

/**
 * ht_token_load_key:
 * @path: a file of the key's octets; made, readable by its owner alone, where there is none
 *
 * Returns: %FALSE with %HT_ERROR_ATTENTION where it cannot be read or made, or is no key
 */
gboolean ht_token_load_key (const char *path, uint8_t key[HT_TOKEN_KEY_BYTES], GError **error);

/* (transfer full): 22 letters of HMAC-SHA-256 over both numbers */
char *ht_token_make_feed_mac (const uint8_t key[HT_TOKEN_KEY_BYTES], int64_t subscription,
                              int64_t generation);

/**
 * ht_token_parse_feed:
 * @name: "<subscription>.<generation>.<22 letters>", with or without ".ics"
 * @ret_subscription, @ret_generation: (out): set on success only
 *
 * Returns: %FALSE with %HT_ERROR_NOT_FOUND where it is no such name or not signed by @key
 */
gboolean ht_token_parse_feed (const uint8_t key[HT_TOKEN_KEY_BYTES], const char *name,
                              int64_t *ret_subscription, int64_t *ret_generation, GError **error);

G_END_DECLS
