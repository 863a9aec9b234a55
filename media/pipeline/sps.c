/* SPDX-License-Identifier: MIT */

#include "media/pipeline/sps.h"

#include <string.h>

#include "media/pipeline/bits.h"
#include "scheduler/base/error.h"

#define NAL_SPS          7
#define MAX_DEPTH        16
#define MAX_MACROBLOCKS  1024 /* a side of 16384 pixels */
#define MAX_REF_FRAMES   16
#define MAX_CYCLE        255
#define EXTENDED_SAR     255
#define PROFILE_BASELINE 66
#define CHROMA_444       3

/* What the walk through the set gathers on its way. */
typedef struct {
    HtBits bits;
    unsigned profile;
    unsigned chroma;
    unsigned order_type;
    unsigned ref_frames;
    unsigned width_macroblocks, height_units;
    gboolean frames_only;
    int reorder;      /* -1: the set does not say */
    unsigned crop[4]; /* left, right, top, bottom */
} Walk;

/* Takes the emulation prevention octets out (7.4.1). */
static size_t
unescape (const uint8_t *nal, size_t length_bytes, uint8_t *to)
{
    size_t n = 0;
    unsigned zeros = 0;

    for (size_t i = 0; i < length_bytes; i++) {
        if (zeros >= 2 && nal[i] == 3) {
            zeros = 0;
            continue;
        }
        zeros = nal[i] == 0 ? zeros + 1 : 0;
        to[n++] = nal[i];
    }
    return n;
}

static void
skip_scaling_list (HtBits *bits, unsigned size)
{
    int last = 8;
    int next = 8;

    for (unsigned i = 0; i < size && !bits->overrun; i++) {
        if (next != 0)
            next = (int) ((last + (int64_t) ht_bits_take_signed_golomb (bits) + 256) & 0xff);
        if (next != 0)
            last = next;
    }
}

static void
read_chroma (Walk *walk)
{
    static const uint8_t HIGH[] = { 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 };
    HtBits *bits = &walk->bits;

    walk->chroma = 1;
    if (memchr (HIGH, (int) walk->profile, sizeof HIGH) == NULL)
        return;
    walk->chroma = ht_bits_take_golomb (bits);
    if (walk->chroma == CHROMA_444)
        ht_bits_take (bits, 1);
    ht_bits_take_golomb (bits);
    ht_bits_take_golomb (bits);
    ht_bits_take (bits, 1);
    if (ht_bits_take (bits, 1) == 0)
        return;
    for (unsigned i = 0; i < (walk->chroma != CHROMA_444 ? 8u : 12u); i++)
        if (ht_bits_take (bits, 1) != 0)
            skip_scaling_list (bits, i < 6 ? 16 : 64);
}

static void
read_order (Walk *walk)
{
    HtBits *bits = &walk->bits;
    unsigned cycle;

    walk->order_type = ht_bits_take_golomb (bits);
    if (walk->order_type == 0)
        ht_bits_take_golomb (bits);
    if (walk->order_type != 1)
        return;
    ht_bits_take (bits, 1);
    ht_bits_take_signed_golomb (bits);
    ht_bits_take_signed_golomb (bits);
    cycle = ht_bits_take_golomb (bits);
    if (cycle > MAX_CYCLE)
        bits->overrun = TRUE;
    for (unsigned i = 0; i < cycle && !bits->overrun; i++)
        ht_bits_take_signed_golomb (bits);
}

static void
read_size (Walk *walk)
{
    HtBits *bits = &walk->bits;

    walk->ref_frames = ht_bits_take_golomb (bits);
    ht_bits_take (bits, 1);
    walk->width_macroblocks = ht_bits_take_golomb (bits) + 1;
    walk->height_units = ht_bits_take_golomb (bits) + 1;
    walk->frames_only = ht_bits_take (bits, 1) != 0;
    if (!walk->frames_only)
        ht_bits_take (bits, 1);
    ht_bits_take (bits, 1);
    if (ht_bits_take (bits, 1) != 0)
        for (unsigned i = 0; i < G_N_ELEMENTS (walk->crop); i++)
            walk->crop[i] = ht_bits_take_golomb (bits);
}

static void
skip_hrd (HtBits *bits)
{
    unsigned count = ht_bits_take_golomb (bits) + 1;

    ht_bits_take (bits, 8);
    if (count > 32)
        bits->overrun = TRUE;
    for (unsigned i = 0; i < count && !bits->overrun; i++) {
        ht_bits_take_golomb (bits);
        ht_bits_take_golomb (bits);
        ht_bits_take (bits, 1);
    }
    ht_bits_take (bits, 20);
}

/* Everything in the usability information that stands before the buffering and restriction. */
static void
skip_display (HtBits *bits)
{
    if (ht_bits_take (bits, 1) != 0 && ht_bits_take (bits, 8) == EXTENDED_SAR)
        ht_bits_take (bits, 32);
    if (ht_bits_take (bits, 1) != 0)
        ht_bits_take (bits, 1);
    if (ht_bits_take (bits, 1) != 0) {
        ht_bits_take (bits, 4);
        if (ht_bits_take (bits, 1) != 0)
            ht_bits_take (bits, 24);
    }
    if (ht_bits_take (bits, 1) != 0) {
        ht_bits_take_golomb (bits);
        ht_bits_take_golomb (bits);
    }
    if (ht_bits_take (bits, 1) != 0) {
        ht_bits_take (bits, 32);
        ht_bits_take (bits, 32);
        ht_bits_take (bits, 1);
    }
}

static void
read_usability (Walk *walk)
{
    HtBits *bits = &walk->bits;
    gboolean nal_hrd, vcl_hrd;
    uint32_t depth;

    if (ht_bits_take (bits, 1) == 0)
        return;
    skip_display (bits);
    if ((nal_hrd = ht_bits_take (bits, 1) != 0))
        skip_hrd (bits);
    if ((vcl_hrd = ht_bits_take (bits, 1) != 0))
        skip_hrd (bits);
    if (nal_hrd || vcl_hrd)
        ht_bits_take (bits, 1);
    ht_bits_take (bits, 1);
    if (ht_bits_take (bits, 1) == 0)
        return;
    ht_bits_take (bits, 1);
    for (int i = 0; i < 4; i++)
        ht_bits_take_golomb (bits);
    depth = ht_bits_take_golomb (bits);
    walk->reorder = (int) MIN (depth, MAX_DEPTH);
    /* a set that is cut in here still says its size: cameras that pad wrongly exist */
    if (bits->overrun)
        walk->reorder = -1;
    bits->overrun = FALSE;
}

static unsigned
find_depth (const Walk *walk)
{
    if (walk->order_type == 2 || walk->profile == PROFILE_BASELINE)
        return 0;
    if (walk->reorder >= 0)
        return (unsigned) walk->reorder;
    return walk->ref_frames <= 1 ? 0 : MIN (walk->ref_frames, MAX_DEPTH);
}

static gboolean
find_size (const Walk *walk, HtSps *sps)
{
    gboolean subsampled = walk->chroma == 1 || walk->chroma == 2;
    uint64_t unit_x = subsampled ? 2 : 1;
    uint64_t unit_y = (walk->chroma == 1 ? 2 : 1) * (walk->frames_only ? 1u : 2u);
    uint64_t width = walk->width_macroblocks * 16ull;
    uint64_t height = walk->height_units * (walk->frames_only ? 16ull : 32ull);
    uint64_t crop_x = ((uint64_t) walk->crop[0] + walk->crop[1]) * unit_x;
    uint64_t crop_y = ((uint64_t) walk->crop[2] + walk->crop[3]) * unit_y;

    if (walk->width_macroblocks == 0 || walk->width_macroblocks > MAX_MACROBLOCKS ||
        walk->height_units == 0 || walk->height_units > MAX_MACROBLOCKS || crop_x >= width ||
        crop_y >= height)
        return FALSE;
    sps->width = (unsigned) (width - crop_x);
    sps->height = (unsigned) (height - crop_y);
    return TRUE;
}

static gboolean
refuse (GError **error, const char *what)
{
    ht_problem_set (error, HT_ERROR_INVALID, "bad-parameter-set", NULL,
                    "the sequence parameter set %s", what);
    return FALSE;
}

gboolean
ht_sps_read (const uint8_t *nal, size_t length_bytes, HtSps *ret_sps, GError **error)
{
    uint8_t plain[HT_SPS_MAX_BYTES];
    Walk walk = { .bits = { .data = plain }, .reorder = -1 };
    HtSps sps = { 0 };

    if (length_bytes < 5 || length_bytes > HT_SPS_MAX_BYTES || (nal[0] & 0x1f) != NAL_SPS)
        return refuse (error, "has the wrong length or type");
    walk.bits.length_bytes = unescape (nal + 1, length_bytes - 1, plain);
    walk.profile = ht_bits_take (&walk.bits, 8);
    ht_bits_take (&walk.bits, 8);
    ht_bits_take (&walk.bits, 8);
    sps.id = ht_bits_take_golomb (&walk.bits);
    read_chroma (&walk);
    ht_bits_take_golomb (&walk.bits);
    read_order (&walk);
    read_size (&walk);
    if (walk.bits.overrun)
        return refuse (error, "is cut short");
    if (sps.id > 31 || walk.chroma > CHROMA_444 || walk.order_type > 2 ||
        walk.ref_frames > MAX_REF_FRAMES)
        return refuse (error, "is out of range");
    read_usability (&walk);
    sps.reorder_depth = find_depth (&walk);
    if (!find_size (&walk, &sps))
        return refuse (error, "has an impossible size");
    *ret_sps = sps;
    return TRUE;
}
