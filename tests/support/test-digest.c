/* SPDX-License-Identifier: MIT */

#include "scheduler/support/digest.h"

#include <string.h>

/* FIPS 180-4, the examples of its publisher. */
static const struct {
    const char *text, *digest;
} examples[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

/* Also octet by octet, and again with what was used before. */
static void
test_examples (void)
{
    g_autoptr (HtDigest) digest = ht_digest_new ();
    char text[HT_DIGEST_LETTERS + 1];

    for (size_t i = 0; i < G_N_ELEMENTS (examples); i++) {
        const uint8_t *octets = (const uint8_t *) examples[i].text;
        size_t length = strlen (examples[i].text);

        ht_digest_add (digest, octets, length);
        ht_digest_take_text (digest, text);
        g_assert_cmpstr (text, ==, examples[i].digest);
        for (size_t j = 0; j < length; j++)
            ht_digest_add (digest, octets + j, 1);
        ht_digest_take_text (digest, text);
        g_assert_cmpstr (text, ==, examples[i].digest);
    }
}

static void
test_octets (void)
{
    g_autoptr (HtDigest) digest = ht_digest_new ();
    uint8_t octets[HT_DIGEST_BYTES];

    ht_digest_add (digest, (const uint8_t *) "abc", 3);
    ht_digest_take (digest, octets);
    g_assert_cmphex (octets[0], ==, 0xba);
    g_assert_cmphex (octets[31], ==, 0xad);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/support/digest/examples", test_examples);
    g_test_add_func ("/support/digest/octets", test_octets);
    return g_test_run ();
}
