/* SPDX-License-Identifier: MIT */

/* RTP packets (RFC 3550), and the line that a stream's packets make: order, losses, and time stamps
 * without wrap. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* A plain value; @payload is borrowed. */
typedef struct {
    gboolean marker;
    unsigned type;
    uint16_t sequence;
    uint32_t stamp;
    uint32_t ssrc;
    const uint8_t *payload;
    size_t length;
} HtRtpPacket;

/* FALSE where it is no whole RTP packet of version 2. */
gboolean ht_rtp_packet_read (const uint8_t *data, size_t length, HtRtpPacket *ret_packet);

typedef enum {
    HT_RTP_NEXT,  /* follows the last one */
    HT_RTP_GAP,   /* something before it was lost */
    HT_RTP_FRESH, /* a new count or clock begins: as after a gap, and its instant is by arrival */
    HT_RTP_DROP,  /* late, double, or not yet believed */
} HtRtpOrder;

/* A plain value; zero but for rate_hz at first. */
typedef struct {
    unsigned rate_hz;
    gboolean started;
    gboolean doubted; /* the last packet was out of every order */
    uint16_t sequence;
    uint16_t doubted_sequence;
    uint32_t ssrc;
    uint32_t raw;  /* the last stamp, as sent */
    int64_t stamp; /* the last stamp, without wrap */
    int64_t arrival_us;
    uint32_t packets, lost; /* for receiver reports */
    uint32_t highest;       /* sequence with its wraps counted */
} HtRtpLine;

/* Where @packet stands; self->stamp is its instant unless it is dropped. */
HtRtpOrder ht_rtp_line_take (HtRtpLine *self, const HtRtpPacket *packet, int64_t arrival_us);

/* @raw, a stamp near the last one, without wrap. */
int64_t ht_rtp_line_unwrap (const HtRtpLine *self, uint32_t raw);

G_END_DECLS
