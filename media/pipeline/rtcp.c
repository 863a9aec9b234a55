/* SPDX-License-Identifier: MIT */

#include "media/pipeline/rtcp.h"

#include <string.h>

#define VERSION         2
#define SENDER_REPORT   200
#define RECEIVER_REPORT 201
#define DESCRIPTION     202
#define BYE             203
#define REPORT_BYTES    32 /* of a receiver report with one block */
#define CNAME           1

static uint32_t
get16 (const uint8_t *from)
{
    return (uint32_t) from[0] << 8 | from[1];
}

static uint32_t
get32 (const uint8_t *from)
{
    return get16 (from) << 16 | get16 (from + 2);
}

static void
put16 (uint8_t *to, uint32_t value)
{
    to[0] = (uint8_t) (value >> 8);
    to[1] = (uint8_t) value;
}

static void
put32 (uint8_t *to, uint32_t value)
{
    put16 (to, value >> 16);
    put16 (to + 2, value & 0xffff);
}

unsigned
ht_rtcp_read (const uint8_t *data, size_t length, HtSenderReport *ret_report)
{
    unsigned found = 0;

    while (length >= 4 && data[0] >> 6 == VERSION) {
        size_t size = (get16 (data + 2) + 1) * 4u;

        if (size > length)
            break;
        if (data[1] == BYE)
            found |= HT_RTCP_BYE;
        if (data[1] == SENDER_REPORT && size >= 28) {
            found |= HT_RTCP_REPORT;
            ret_report->ssrc = get32 (data + 4);
            ret_report->ntp = (uint64_t) get32 (data + 8) << 32 | get32 (data + 12);
            ret_report->stamp = get32 (data + 16);
        }
        data += size;
        length -= size;
    }
    return found;
}

void
ht_rtcp_write_receiver (const HtRtpLine *line, uint32_t own_ssrc, uint32_t last_ntp, int64_t age_us,
                        uint8_t to[HT_RTCP_RECEIVER_BYTES])
{
    memset (to, 0, HT_RTCP_RECEIVER_BYTES);
    to[0] = VERSION << 6 | 1;
    to[1] = RECEIVER_REPORT;
    put16 (to + 2, REPORT_BYTES / 4 - 1);
    put32 (to + 4, own_ssrc);
    put32 (to + 8, line->ssrc);
    put32 (to + 12, MIN (line->lost, 0x7fffffu));
    put32 (to + 16, line->highest);
    put32 (to + 24, last_ntp);
    put32 (to + 28, last_ntp != 0 ? (uint32_t) (age_us * 65536 / G_USEC_PER_SEC) : 0);
    to[32] = VERSION << 6 | 1;
    to[33] = DESCRIPTION;
    put16 (to + 34, 2);
    put32 (to + 36, own_ssrc);
    to[40] = CNAME;
    to[41] = 1;
    to[42] = 'h';
}
