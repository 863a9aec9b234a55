/* SPDX-License-Identifier: MIT */

#include "media/record/ts-reader.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Reading what was found whole finds the same again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    HtTsSummary summary, again;

    ht_ts_summarise (data, size, INT64_C (161600000000000), &summary);
    g_assert_cmpint (summary.bytes % HT_TS_PACKET_BYTES, ==, 0);
    g_assert_cmpint (summary.bytes, <=, (int64_t) size);
    ht_ts_summarise (data, (size_t) summary.bytes, INT64_C (161600000000000), &again);
    g_assert_cmpint (summary.units, ==, again.units);
    g_assert_cmpint (summary.bytes, ==, again.bytes);
    return 0;
}
