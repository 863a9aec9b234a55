/* SPDX-License-Identifier: MIT */

/* What an H.264 sequence parameter set says that an ingest must know (ITU-T H.264 7.3.2.1.1 and
 * Annex E). */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_SPS_MAX_BYTES 1024

/* A plain value. */
typedef struct {
    unsigned id;
    unsigned width, height; /* as shown, after cropping */
    unsigned reorder_depth; /* pictures, 0 to 16 */
} HtSps;

/**
 * ht_sps_read:
 * @nal: one NAL unit of type 7, its header first, without a start code
 * @ret_sps: (out): set on success only
 *
 * Where the set does not say how far pictures are reordered, the profile, the order count type and
 * the number of reference pictures bound it.
 *
 * Returns: %FALSE with %HT_ERROR_INVALID where it is cut short or out of range
 */
gboolean ht_sps_read (const uint8_t *nal, size_t length_bytes, HtSps *ret_sps, GError **error);

G_END_DECLS
