/* SPDX-License-Identifier: MIT */

/* Reads bits, most significant first. Past the end it gives zeros and says so. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* A plain value; @data is borrowed. */
typedef struct {
    const uint8_t *data;
    size_t length_bytes;
    size_t at_bits;
    gboolean overrun;
} HtBits;

/* At most 32. */
uint32_t ht_bits_take (HtBits *self, unsigned count);

/* An unsigned Exp-Golomb code, ue(v) (ITU-T H.264 9.1). */
uint32_t ht_bits_take_golomb (HtBits *self);

/* A signed one, se(v). */
int32_t ht_bits_take_signed_golomb (HtBits *self);

G_END_DECLS
