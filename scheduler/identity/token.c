/* SPDX-License-Identifier: MIT */

#include "scheduler/identity/token.h"

#include <sodium.h>
#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"

#define SECRET_BYTES   32
#define HASH_BYTES     32
#define CSRF_BYTES     18
#define BASE64_LETTERS 64 /* room for 32 octets and the zero */

static const unsigned char csrf_purpose[] = "hoitruong page";

static void
start (void)
{
    /* does nothing but the first time */
    if (sodium_init () < 0)
        g_critical ("libsodium does not start");
}

static char *
to_base64 (const unsigned char *octets, size_t n)
{
    char text[BASE64_LETTERS];

    sodium_bin2base64 (text, sizeof text, octets, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return g_strdup (text);
}

char *
ht_token_make (void)
{
    unsigned char secret[SECRET_BYTES];

    start ();
    randombytes_buf (secret, sizeof secret);
    return to_base64 (secret, sizeof secret);
}

char *
ht_token_hash (const char *token)
{
    unsigned char hash[HASH_BYTES];
    char text[2 * HASH_BYTES + 1];

    start ();
    crypto_generichash (hash, sizeof hash, (const unsigned char *) token, strlen (token), NULL, 0);
    return g_strdup (sodium_bin2hex (text, sizeof text, hash, sizeof hash));
}

gboolean
ht_token_equal (const char *a, const char *b)
{
    return a != NULL && b != NULL && strlen (a) == strlen (b) &&
           sodium_memcmp (a, b, strlen (a)) == 0;
}

char *
ht_token_make_csrf (const char *token)
{
    unsigned char hash[CSRF_BYTES];

    start ();
    crypto_generichash (hash, sizeof hash, (const unsigned char *) token, strlen (token),
                        csrf_purpose, sizeof csrf_purpose);
    return to_base64 (hash, sizeof hash);
}

void
ht_token_make_key (uint8_t key[HT_TOKEN_KEY_BYTES])
{
    start ();
    randombytes_buf (key, HT_TOKEN_KEY_BYTES);
}

static gboolean
refuse_key (const char *path, const char *why, GError **error)
{
    ht_problem_set (error, HT_ERROR_ATTENTION, "no-key", NULL, "the key in %s: %s", path, why);
    return FALSE;
}

static gboolean
make_key_file (const char *path, uint8_t *key, GError **error)
{
    g_autoptr (GError) fault = NULL;

    ht_token_make_key (key);
    return g_file_set_contents_full (path, (const char *) key, HT_TOKEN_KEY_BYTES,
                                     G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                     0600, &fault) ||
           refuse_key (path, fault->message, error);
}

gboolean
ht_token_load_key (const char *path, uint8_t key[HT_TOKEN_KEY_BYTES], GError **error)
{
    g_autoptr (GError) fault = NULL;
    g_autofree char *octets = NULL;
    size_t length;

    if (!g_file_get_contents (path, &octets, &length, &fault))
        return g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT)
                   ? make_key_file (path, key, error)
                   : refuse_key (path, fault->message, error);
    if (length != HT_TOKEN_KEY_BYTES)
        return refuse_key (path, "it has another length; put the file back from a backup", error);
    memcpy (key, octets, HT_TOKEN_KEY_BYTES);
    sodium_memzero (octets, length);
    return TRUE;
}

char *
ht_token_make_feed_mac (const uint8_t key[HT_TOKEN_KEY_BYTES], int64_t subscription,
                        int64_t generation)
{
    const int64_t numbers[] = { GINT64_TO_BE (subscription), GINT64_TO_BE (generation) };
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    g_autofree char *text = NULL;

    start ();
    crypto_auth_hmacsha256 (mac, (const unsigned char *) numbers, sizeof numbers, key);
    text = to_base64 (mac, sizeof mac);
    return g_strndup (text, HT_TOKEN_FEED_LETTERS);
}

static gboolean
is_signed (const uint8_t *key, int64_t subscription, int64_t generation, const char *mac)
{
    g_autofree char *wanted = ht_token_make_feed_mac (key, subscription, generation);

    return ht_token_equal (wanted, mac);
}

gboolean
ht_token_parse_feed (const uint8_t key[HT_TOKEN_KEY_BYTES], const char *name,
                     int64_t *ret_subscription, int64_t *ret_generation, GError **error)
{
    size_t length = strlen (name) - (g_str_has_suffix (name, ".ics") ? 4 : 0);
    g_autofree char *bare = g_strndup (name, length);
    g_auto (GStrv) parts = g_strsplit (bare, ".", 4);
    int64_t subscription, generation;

    if (g_strv_length (parts) == 3 && ht_id_parse (parts[0], &subscription, NULL) &&
        ht_id_parse (parts[1], &generation, NULL) &&
        is_signed (key, subscription, generation, parts[2])) {
        *ret_subscription = subscription;
        *ret_generation = generation;
        return TRUE;
    }
    ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-such-feed", NULL, "there is no such calendar");
    return FALSE;
}
