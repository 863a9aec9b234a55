/* SPDX-License-Identifier: MIT */

#include "scheduler/identity/token.h"

#include <glib/gstdio.h>
#include <string.h>

#include "scheduler/base/error.h"

static void
test_tokens (void)
{
    g_autofree char *a = ht_token_make ();
    g_autofree char *b = ht_token_make ();
    g_autofree char *hash = ht_token_hash (a);
    g_autofree char *again = ht_token_hash (a);
    g_autofree char *other = ht_token_hash (b);

    g_assert_cmpuint (strlen (a), ==, HT_TOKEN_LETTERS);
    g_assert_cmpuint (strspn (a, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_"), ==, 43);
    g_assert_cmpstr (a, !=, b);
    g_assert_cmpuint (strlen (hash), ==, 64);
    g_assert_cmpstr (hash, ==, again);
    g_assert_cmpstr (hash, !=, other);
    g_assert_true (ht_token_equal (hash, again));
    g_assert_false (ht_token_equal (hash, other));
    g_assert_false (ht_token_equal (NULL, NULL));
    g_assert_false (ht_token_equal ("a", "ab"));
}

/* The empty message of BLAKE2b-256, as its reference says. */
static void
test_the_hash_is_the_one_we_say (void)
{
    g_autofree char *hash = ht_token_hash ("");

    g_assert_cmpstr (hash, ==, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

static void
test_the_proof_of_a_page (void)
{
    g_autofree char *token = ht_token_make ();
    g_autofree char *csrf = ht_token_make_csrf (token);
    g_autofree char *again = ht_token_make_csrf (token);
    g_autofree char *other = ht_token_make_csrf ("x");

    g_assert_cmpstr (csrf, ==, again);
    g_assert_cmpstr (csrf, !=, other);
    g_assert_null (strstr (token, csrf));
}

/* One sentence a row; %s is the right signature of 12 and 3. */
static const struct {
    const char *what, *format;
    gboolean ok;
} feeds[] = {
    { "as it was given", "12.3.%s.ics", TRUE },
    { "without the ending", "12.3.%s", TRUE },
    { "another subscription", "13.3.%s.ics", FALSE },
    { "another generation", "12.4.%s.ics", FALSE },
    { "a zero in front", "012.3.%s.ics", FALSE },
    { "a part too many", "12.3.%s.x.ics", FALSE },
    { "a letter too many", "12.3.%sA.ics", FALSE },
    { "no signature", "12.3..ics", FALSE },
    { "two parts", "12.3", FALSE },
    { "nothing", "", FALSE },
    { "the ending alone", ".ics", FALSE },
    { "negative", "-12.3.%s.ics", FALSE },
};

static char *
put_mac (const char *format, const char *mac)
{
    g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

    return g_strjoinv (mac, parts);
}

static void
test_addresses_of_feeds (void)
{
    const uint8_t key[HT_TOKEN_KEY_BYTES] = { 1, 2, 3 }, another[HT_TOKEN_KEY_BYTES] = { 1, 2, 4 };
    g_autofree char *mac = ht_token_make_feed_mac (key, 12, 3);

    g_assert_cmpuint (strlen (mac), ==, HT_TOKEN_FEED_LETTERS);
    for (size_t i = 0; i < G_N_ELEMENTS (feeds); i++) {
        g_autofree char *name = put_mac (feeds[i].format, mac);
        g_autoptr (GError) error = NULL;
        int64_t subscription = 0, generation = 0;

        g_test_message ("%s", feeds[i].what);
        g_assert_cmpint (ht_token_parse_feed (key, name, &subscription, &generation, &error), ==,
                         feeds[i].ok);
        g_assert_cmpint (subscription, ==, feeds[i].ok ? 12 : 0);
        g_assert_cmpint (generation, ==, feeds[i].ok ? 3 : 0);
        if (!feeds[i].ok)
            g_assert_error (error, HT_ERROR, HT_ERROR_NOT_FOUND);
        g_assert_false (ht_token_parse_feed (another, name, &subscription, &generation, NULL));
    }
}

static void
test_a_key_is_made_once (void)
{
    g_autofree char *folder = g_dir_make_tmp ("ht-token-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "key", NULL);
    uint8_t first[HT_TOKEN_KEY_BYTES], again[HT_TOKEN_KEY_BYTES];
    g_autoptr (GError) error = NULL;
    GStatBuf status;

    g_assert_true (ht_token_load_key (path, first, NULL));
    g_assert_no_errno (g_stat (path, &status));
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    g_assert_true (ht_token_load_key (path, again, NULL));
    g_assert_cmpmem (first, sizeof first, again, sizeof again);
    g_assert_true (g_file_set_contents (path, "short", -1, NULL));
    g_assert_false (ht_token_load_key (path, again, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_ATTENTION);
    g_unlink (path);
    g_rmdir (folder);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/identity/token/tokens", test_tokens);
    g_test_add_func ("/identity/token/hash", test_the_hash_is_the_one_we_say);
    g_test_add_func ("/identity/token/csrf", test_the_proof_of_a_page);
    g_test_add_func ("/identity/token/feeds", test_addresses_of_feeds);
    g_test_add_func ("/identity/token/key", test_a_key_is_made_once);
    return g_test_run ();
}
