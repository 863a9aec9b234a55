/* SPDX-License-Identifier: MIT */

#include "media/record/picture-hash.h"

#include <string.h>

/* SHA-256 of 65 88 84 25 41 9a 01 02, its first 16 octets */
#define WANTED_LETTERS HT_PICTURE_HASH_LETTERS

#define AUD   0, 0, 0, 1, 0x09, 0xf0
#define SPS   0, 0, 0, 1, 0x67, 0x42, 0x00, 0x1e
#define PPS   0, 0, 0, 1, 0x68, 0xce, 0x3c, 0x80
#define SLICE 0, 0, 1, 0x65, 0x88, 0x84, 0x25
#define MORE  0, 0, 1, 0x41, 0x9a, 0x01, 0x02

static const uint8_t bare[] = { SLICE, MORE };
static const uint8_t dressed[] = {
    AUD, SPS, PPS, 0, 0, 0, 1, 0x65, 0x88, 0x84, 0x25, 0, MORE, 0, 0
};
static const uint8_t swapped[] = { MORE, SLICE };
static const uint8_t none[] = { AUD, SPS };

static void
test_dress_does_not_count (void)
{
    HtPictureHash a = ht_picture_hash (0, bare, sizeof bare);
    HtPictureHash b = ht_picture_hash (0, dressed, sizeof dressed);
    HtPictureHash c = ht_picture_hash (0, swapped, sizeof swapped);
    HtPictureHash d = ht_picture_hash (0, none, sizeof none);
    g_autofree char *plain = NULL;
    static const uint8_t octets[] = { 0x65, 0x88, 0x84, 0x25, 0x41, 0x9a, 0x01, 0x02 };

    plain = g_compute_checksum_for_data (G_CHECKSUM_SHA256, octets, sizeof octets);
    plain[WANTED_LETTERS] = '\0';
    g_assert_cmpstr (a.text, ==, plain);
    g_assert_cmpstr (b.text, ==, plain);
    g_assert_cmpstr (c.text, !=, plain);
    g_assert_cmpstr (d.text, ==, "");
}

static void
test_by_nal (void)
{
    static const uint8_t one[] = { 0x65, 0x88, 0x84, 0x25 }, two[] = { 0x41, 0x9a, 0x01, 0x02, 0 };
    static const uint8_t sei[] = { 0x06, 1, 2 };
    g_autoptr (HtPictureHasher) hasher = ht_picture_hasher_new ();

    for (int turn = 0; turn < 2; turn++) {
        ht_picture_hasher_add_nal (hasher, sei, sizeof sei);
        ht_picture_hasher_add_nal (hasher, one, sizeof one);
        ht_picture_hasher_add_nal (hasher, two, sizeof two);
        g_assert_cmpstr (ht_picture_hasher_take (hasher).text, ==,
                         ht_picture_hash (0, bare, sizeof bare).text);
    }
    g_assert_cmpstr (ht_picture_hasher_take (hasher).text, ==, "");
}

static void
test_sound_without_its_header (void)
{
    static const uint8_t frame[] = { 0xff, 0xf1, 1, 2, 3, 4, 5, 0xaa, 0xbb };
    static const uint8_t other[] = { 0xff, 0xf1, 9, 9, 9, 9, 9, 0xaa, 0xbb };
    static const uint8_t with_crc[] = { 0xff, 0xf0, 9, 9, 9, 9, 9, 7, 7, 0xaa, 0xbb };
    HtPictureHash hash = ht_picture_hash (1, frame, sizeof frame);

    g_assert_cmpstr (hash.text, ==, ht_picture_hash (1, other, sizeof other).text);
    g_assert_cmpstr (hash.text, ==, ht_picture_hash (1, with_crc, sizeof with_crc).text);
    g_assert_cmpstr (ht_picture_hash (1, frame, 7).text, ==, "");
    g_assert_cmpstr (ht_picture_hash (1, frame, 0).text, ==, "");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/picture-hash/dress", test_dress_does_not_count);
    g_test_add_func ("/media/picture-hash/by-nal", test_by_nal);
    g_test_add_func ("/media/picture-hash/sound", test_sound_without_its_header);
    return g_test_run ();
}
