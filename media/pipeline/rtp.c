/* SPDX-License-Identifier: MIT */

#include "media/pipeline/rtp.h"

#define VERSION      2
#define HEADER_BYTES 12
#define LATE_PACKETS 100
#define GAP_PACKETS  3000
#define JUMP_SECONDS 30

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

/* Octets before the payload; more than @length where they are not all there. */
static size_t
find_payload (const uint8_t *data, size_t length)
{
    size_t at = HEADER_BYTES + (data[0] & 0x0fu) * 4u;

    if ((data[0] & 0x10) == 0)
        return at;
    if (at + 4 > length)
        return length + 1;
    return at + 4 + get16 (data + at + 2) * 4u;
}

gboolean
ht_rtp_packet_read (const uint8_t *data, size_t length, HtRtpPacket *ret_packet)
{
    size_t at, padding;

    if (length < HEADER_BYTES || data[0] >> 6 != VERSION)
        return FALSE;
    at = find_payload (data, length);
    padding = (data[0] & 0x20) != 0 ? data[length - 1] : 0;
    if (at > length || padding > length - at)
        return FALSE;
    *ret_packet = (HtRtpPacket){
        .marker = (data[1] & 0x80) != 0,
        .type = data[1] & 0x7f,
        .sequence = (uint16_t) get16 (data + 2),
        .stamp = get32 (data + 4),
        .ssrc = get32 (data + 8),
        .payload = data + at,
        .length = length - at - padding,
    };
    return TRUE;
}

int64_t
ht_rtp_line_unwrap (const HtRtpLine *self, uint32_t raw)
{
    return self->stamp + (int32_t) (raw - self->raw);
}

static void
accept_packet (HtRtpLine *self, const HtRtpPacket *packet, int64_t stamp, int64_t arrival_us)
{
    self->highest += (uint16_t) (packet->sequence - self->sequence);
    self->started = TRUE;
    self->doubted = FALSE;
    self->sequence = packet->sequence;
    self->ssrc = packet->ssrc;
    self->raw = packet->stamp;
    self->stamp = stamp;
    self->arrival_us = arrival_us;
    self->packets++;
}

/* A new time base goes on where the old one is by now. */
static HtRtpOrder
begin_again (HtRtpLine *self, const HtRtpPacket *packet, int64_t arrival_us)
{
    int64_t away_us = CLAMP (arrival_us - self->arrival_us, 0, JUMP_SECONDS * G_USEC_PER_SEC);
    int64_t stamp = self->stamp + MAX (away_us * self->rate_hz / G_USEC_PER_SEC, 1);

    accept_packet (self, packet, self->started ? stamp : packet->stamp, arrival_us);
    return HT_RTP_FRESH;
}

/* The sequence jumped beyond reason: two in a row are believed. */
static HtRtpOrder
doubt (HtRtpLine *self, const HtRtpPacket *packet, int64_t arrival_us)
{
    if (self->doubted && packet->sequence == (uint16_t) (self->doubted_sequence + 1))
        return begin_again (self, packet, arrival_us);
    self->doubted = TRUE;
    self->doubted_sequence = packet->sequence;
    return HT_RTP_DROP;
}

HtRtpOrder
ht_rtp_line_take (HtRtpLine *self, const HtRtpPacket *packet, int64_t arrival_us)
{
    int step = (int16_t) (packet->sequence - self->sequence);
    int64_t stamp = ht_rtp_line_unwrap (self, packet->stamp);

    if (!self->started)
        return begin_again (self, packet, arrival_us);
    if (packet->ssrc != self->ssrc)
        return begin_again (self, packet, arrival_us);
    if (step <= 0 && step >= -LATE_PACKETS)
        return HT_RTP_DROP;
    if (step < 0 || step > GAP_PACKETS)
        return doubt (self, packet, arrival_us);
    if (ABS (stamp - self->stamp) > (int64_t) JUMP_SECONDS * self->rate_hz)
        return begin_again (self, packet, arrival_us);
    accept_packet (self, packet, stamp, arrival_us);
    self->lost += (uint32_t) step - 1;
    return step == 1 ? HT_RTP_NEXT : HT_RTP_GAP;
}
