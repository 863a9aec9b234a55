/* SPDX-License-Identifier: MIT */

#include "ui/demo/blocks.h"

#include <string.h>

#define BLACK  32
#define WHITE  224
#define MIDDLE 128

static uint64_t
add_check (uint64_t value, unsigned bits)
{
    uint64_t sum = 0;

    for (unsigned shift = 0; shift < bits; shift += 8)
        sum += value >> shift & 0xff;
    return value << HT_BLOCKS_CHECK_BITS | (sum & 0xff);
}

static void
draw_row (const HtPlane *plane, unsigned row, uint64_t value, unsigned bits)
{
    for (unsigned i = 0; i < bits; i++) {
        int shade = value >> (bits - 1 - i) & 1 ? WHITE : BLACK;

        for (unsigned y = 0; y < HT_BLOCKS_SIDE; y++)
            memset (plane->luma + (size_t) (row * HT_BLOCKS_SIDE + y) * plane->stride +
                        (size_t) i * HT_BLOCKS_SIDE,
                    shade, HT_BLOCKS_SIDE);
    }
}

static gboolean
read_row (const HtPlane *plane, unsigned row, unsigned value_bits, uint64_t *ret_value)
{
    unsigned bits = value_bits + HT_BLOCKS_CHECK_BITS;
    uint64_t value = 0;

    for (unsigned i = 0; i < bits; i++) {
        size_t y = row * HT_BLOCKS_SIDE + HT_BLOCKS_SIDE / 2;
        size_t x = i * HT_BLOCKS_SIDE + HT_BLOCKS_SIDE / 2;

        value = value << 1 | (plane->luma[y * plane->stride + x] > MIDDLE);
    }
    *ret_value = value >> HT_BLOCKS_CHECK_BITS;
    return add_check (*ret_value, value_bits) == value;
}

static gboolean
has_room (const HtPlane *plane)
{
    return plane->width >= (HT_BLOCKS_INSTANT_BITS + HT_BLOCKS_CHECK_BITS) * HT_BLOCKS_SIDE &&
           plane->height >= 2 * HT_BLOCKS_SIDE;
}

void
ht_blocks_draw (const HtPlane *plane, uint32_t number, int64_t instant_ms)
{
    g_return_if_fail (has_room (plane));
    draw_row (plane, 0, add_check (number, HT_BLOCKS_NUMBER_BITS),
              HT_BLOCKS_NUMBER_BITS + HT_BLOCKS_CHECK_BITS);
    draw_row (plane, 1, add_check ((uint64_t) instant_ms, HT_BLOCKS_INSTANT_BITS),
              HT_BLOCKS_INSTANT_BITS + HT_BLOCKS_CHECK_BITS);
}

gboolean
ht_blocks_read (const HtPlane *plane, uint32_t *ret_number, int64_t *ret_instant_ms)
{
    uint64_t number, instant;

    if (!has_room (plane) || !read_row (plane, 0, HT_BLOCKS_NUMBER_BITS, &number) ||
        !read_row (plane, 1, HT_BLOCKS_INSTANT_BITS, &instant))
        return FALSE;
    *ret_number = (uint32_t) number;
    *ret_instant_ms = (int64_t) instant;
    return TRUE;
}
