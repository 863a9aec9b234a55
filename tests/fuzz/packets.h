/* SPDX-License-Identifier: MIT */

/* Fuzz input as RTP packets: an octet of flags (1 marker, 2 gap, 4 a new stamp, 8 an earlier one),
 * one of length, then the payload. */

#pragma once

#include "media/pipeline/rtp.h"

typedef void (*HtPacketsFunc) (gpointer user_data, const HtRtpPacket *packet, HtRtpOrder order,
                               int64_t stamp);

static inline void
ht_packets_foreach (const uint8_t *data, size_t size, HtPacketsFunc each, gpointer user_data)
{
    int64_t stamp = 0;

    while (size >= 2) {
        HtRtpPacket packet = { .marker = data[0] & 1, .length = MIN (data[1], size - 2) };
        g_autofree uint8_t *exact = g_memdup2 (data + 2, packet.length);

        packet.payload = exact;
        stamp += (data[0] & 4) != 0 ? 3600 : (data[0] & 8) != 0 ? -1800 : 0;
        each (user_data, &packet, (data[0] & 2) != 0 ? HT_RTP_GAP : HT_RTP_NEXT, stamp);
        data += 2 + packet.length;
        size -= 2 + packet.length;
    }
}
