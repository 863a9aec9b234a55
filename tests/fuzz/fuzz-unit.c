/* SPDX-License-Identifier: MIT */

#include "media/record/unit.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever is read is written back to the same octets. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    uint8_t again[HT_UNIT_HEADER_BYTES];
    HtUnit unit;

    if (size < HT_UNIT_HEADER_BYTES || !ht_unit_read (data, &unit, NULL))
        return 0;
    ht_unit_write (&unit, again);
    g_assert_cmpmem (data, HT_UNIT_HEADER_BYTES, again, HT_UNIT_HEADER_BYTES);
    return 0;
}
