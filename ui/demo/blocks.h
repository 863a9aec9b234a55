/* SPDX-License-Identifier: MIT */

/* Numbers drawn into a picture as black and white blocks, so that whoever decodes it, a test or a
 * browser's canvas, reads back which picture it is and when it was taken. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Two rows of blocks from the top left corner: above the number, below the instant. Each row is
 * its bits, highest first, then eight bits of check: the sum of the value's octets. */
#define HT_BLOCKS_SIDE         16 /* luma samples a side */
#define HT_BLOCKS_NUMBER_BITS  24
#define HT_BLOCKS_INSTANT_BITS 48 /* milliseconds since 1970 */
#define HT_BLOCKS_CHECK_BITS   8

/* One plane of luma. */
typedef struct {
    uint8_t *luma;
    unsigned width;
    unsigned height;
    unsigned stride;
} HtPlane;

void ht_blocks_draw (const HtPlane *plane, uint32_t number, int64_t instant_ms);

/* %FALSE where a check fails: the picture is not one of these, or is damaged. */
gboolean ht_blocks_read (const HtPlane *plane, uint32_t *ret_number, int64_t *ret_instant_ms);

G_END_DECLS
