/* SPDX-License-Identifier: MIT */

#include "media/pipeline/h264-depay.h"
#include "tests/fuzz/packets.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Every unit begins with a delimiter, and decoding instants rise. */
static void
on_unit (gpointer user_data, const HtDepayUnit *unit)
{
    int64_t *last_dts = user_data;

    g_assert_cmpuint (unit->length, >, 6);
    g_assert_cmpmem (unit->data, 5, "\0\0\0\1\x09", 5);
    g_assert_cmpint (unit->dts, <=, unit->pts);
    g_assert_cmpint (unit->dts, >, *last_dts);
    *last_dts = unit->dts;
}

static void
on_packet (gpointer user_data, const HtRtpPacket *packet, HtRtpOrder order, int64_t stamp)
{
    ht_h264_depay_take (user_data, packet, order, stamp, 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    int64_t last_dts = G_MININT64;
    g_autoptr (HtH264Depay) depay = ht_h264_depay_new (on_unit, &last_dts);

    ht_h264_depay_set_parameters (depay, "Z01AHtoKA8JrUBAQFAAAAwAEAAADAMgQAA==,aM44gA==");
    ht_packets_foreach (data, size, on_packet, depay);
    ht_h264_depay_finish (depay);
    return 0;
}
