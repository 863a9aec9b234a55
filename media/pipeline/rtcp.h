/* SPDX-License-Identifier: MIT */

/* RTCP packets (RFC 3550 section 6): the sender's reports read, a receiver's written. */

#pragma once

#include <glib.h>
#include <stdint.h>

#include "media/pipeline/rtp.h"

G_BEGIN_DECLS

/* A sender report's bond of clocks. */
typedef struct {
    uint32_t ssrc;
    uint64_t ntp; /* 32.32 fixed point; 0: the sender has no clock */
    uint32_t stamp;
} HtSenderReport;

typedef enum {
    HT_RTCP_REPORT = 1 << 0,
    HT_RTCP_BYE = 1 << 1,
} HtRtcpFound;

/* Looks through a compound packet. Returns: HtRtcpFound; @ret_report is set with HT_RTCP_REPORT. */
unsigned ht_rtcp_read (const uint8_t *data, size_t length, HtSenderReport *ret_report);

#define HT_RTCP_RECEIVER_BYTES 44

/* A receiver report for @line with a canonical name, which some cameras take as a sign of life.
 * @last_ntp: the middle 32 bits of the last sender report, @age_us: since it came. */
void ht_rtcp_write_receiver (const HtRtpLine *line, uint32_t own_ssrc, uint32_t last_ntp,
                             int64_t age_us, uint8_t to[HT_RTCP_RECEIVER_BYTES]);

G_END_DECLS
