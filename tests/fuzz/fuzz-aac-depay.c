/* SPDX-License-Identifier: MIT */

#include "media/pipeline/aac-depay.h"
#include "tests/fuzz/packets.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Every frame is as long as its header says. */
static void
on_unit (gpointer user_data, const HtDepayUnit *unit)
{
    unsigned full =
        (unsigned) (unit->data[3] & 3) << 11 | (unsigned) unit->data[4] << 3 | unit->data[5] >> 5;

    g_assert_cmpuint (full, ==, unit->length);
}

static void
on_packet (gpointer user_data, const HtRtpPacket *packet, HtRtpOrder order, int64_t stamp)
{
    ht_aac_depay_take (user_data, packet, order, stamp, 1);
}

/* The first three octets say how frames are laid out. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    HtAacFormat format = { .config = "1190", .clock_hz = 48000 };
    g_autoptr (HtAacDepay) depay = NULL;

    if (size < 3)
        return 0;
    format.size_length = data[0];
    format.index_length = data[1];
    format.index_delta_length = data[2];
    depay = ht_aac_depay_new (&format, on_unit, NULL, NULL);
    if (depay != NULL)
        ht_packets_foreach (data + 3, size - 3, on_packet, depay);
    return 0;
}
