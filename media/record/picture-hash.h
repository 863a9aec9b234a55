/* SPDX-License-Identifier: MIT */

/* The name of a coded picture or frame: the same whatever container it stands in, so that camera,
 * segments and final file can be compared. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_PICTURE_HASH_LETTERS 32

/* 32 lower-case hex digits and a NUL; empty where there is no picture. */
typedef struct {
    char text[HT_PICTURE_HASH_LETTERS + 1];
} HtPictureHash;

/**
 * ht_picture_hash:
 * @stream: 0 video, 1 audio (unit.h)
 * @data: an access unit: H.264 in Annex B (ITU-T H.264 Annex B), or an AAC frame with ADTS header
 *
 * Video: SHA-256 over the slice NAL units of the unit, types 1 to 5, in their order, each from its
 * header octet to its last octet that is not 0 (trailing_zero_8bits are no part of a NAL unit),
 * without start codes or lengths between them; delimiters, parameter sets, SEI and filler are
 * left out. Audio: SHA-256 over the frame without its ADTS header. The first 16 octets, in hex.
 */
HtPictureHash ht_picture_hash (unsigned stream, const uint8_t *data, size_t length);

/* Same octets in, piece by piece: for whoever holds NAL units with lengths (an MP4). */
typedef struct _HtPictureHasher HtPictureHasher;

HtPictureHasher *ht_picture_hasher_new (void);
void ht_picture_hasher_add_nal (HtPictureHasher *hasher, const uint8_t *nal, size_t length);
/* Takes the hash and begins anew. */
HtPictureHash ht_picture_hasher_take (HtPictureHasher *hasher);
void ht_picture_hasher_free (HtPictureHasher *hasher);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtPictureHasher, ht_picture_hasher_free)

/**
 * ht_annexb_next:
 * @offset: (inout): where to go on, 0 at first
 * @ret_length: (out): octets of the NAL unit, trailing zeros not counted
 *
 * Returns: the next NAL unit of an Annex B stream, or %NULL at its end
 */
const uint8_t *ht_annexb_next (const uint8_t *data, size_t length, size_t *offset,
                               size_t *ret_length);

G_END_DECLS
