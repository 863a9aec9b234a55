/* SPDX-License-Identifier: MIT */

#include "media/pipeline/bits.h"

static unsigned
take_one (HtBits *self)
{
    size_t octet = self->at_bits / 8;
    unsigned shift = 7 - (unsigned) (self->at_bits % 8);

    if (octet >= self->length_bytes) {
        self->overrun = TRUE;
        return 0;
    }
    self->at_bits++;
    return (self->data[octet] >> shift) & 1u;
}

uint32_t
ht_bits_take (HtBits *self, unsigned count)
{
    uint32_t value = 0;

    g_assert (count <= 32);
    for (unsigned i = 0; i < count; i++)
        value = value << 1 | take_one (self);
    return value;
}

uint32_t
ht_bits_take_golomb (HtBits *self)
{
    unsigned zeros = 0;

    while (take_one (self) == 0) {
        if (self->overrun || ++zeros > 31) {
            self->overrun = TRUE;
            return 0;
        }
    }
    return (uint32_t) (((uint64_t) 1 << zeros) - 1 + ht_bits_take (self, zeros));
}

int32_t
ht_bits_take_signed_golomb (HtBits *self)
{
    uint32_t code = ht_bits_take_golomb (self);
    int32_t half = (int32_t) (code / 2 + code % 2);

    return code % 2 != 0 ? half : -half;
}
