/* SPDX-License-Identifier: MIT */

#include "ui/demo/blocks.h"

#include <string.h>

#define WIDTH  896
#define HEIGHT 64

static void
test_round_trip (void)
{
    static const struct {
        uint32_t number;
        int64_t instant_ms;
    } cases[] = { { 0, 0 }, { 1, 1 }, { 0xffffff, 0xffffffffffff }, { 123456, 1795576757197 } };
    g_autofree uint8_t *luma = g_malloc0 (WIDTH * HEIGHT);
    HtPlane plane = { luma, WIDTH, HEIGHT, WIDTH };

    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        uint32_t number;
        int64_t instant_ms;

        ht_blocks_draw (&plane, cases[i].number, cases[i].instant_ms);
        g_assert_true (ht_blocks_read (&plane, &number, &instant_ms));
        g_assert_cmpint (number, ==, cases[i].number);
        g_assert_cmpint (instant_ms, ==, cases[i].instant_ms);
    }
}

static void
test_damage_is_seen (void)
{
    g_autofree uint8_t *luma = g_malloc0 (WIDTH * HEIGHT);
    HtPlane plane = { luma, WIDTH, HEIGHT, WIDTH };
    uint32_t number;
    int64_t instant_ms;

    ht_blocks_draw (&plane, 77, 1000);
    memset (luma, 255, HT_BLOCKS_SIDE); /* the upper edge of one block: its middle still reads */
    g_assert_true (ht_blocks_read (&plane, &number, &instant_ms));
    for (unsigned y = 0; y < HT_BLOCKS_SIDE; y++)
        memset (luma + y * WIDTH, 255, HT_BLOCKS_SIDE);
    g_assert_false (ht_blocks_read (&plane, &number, &instant_ms));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ui/blocks/round-trip", test_round_trip);
    g_test_add_func ("/ui/blocks/damage", test_damage_is_seen);
    return g_test_run ();
}
