/* SPDX-License-Identifier: MIT */

#include "media/pipeline/sps.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What is taken is within bounds. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    HtSps sps;

    if (!ht_sps_read (data, size, &sps, NULL))
        return 0;
    g_assert_cmpuint (sps.width, >, 0);
    g_assert_cmpuint (sps.width, <=, 16384);
    g_assert_cmpuint (sps.height, >, 0);
    g_assert_cmpuint (sps.id, <, 32);
    g_assert_cmpuint (sps.reorder_depth, <=, 16);
    return 0;
}
