/* SPDX-License-Identifier: MIT */

#include "media/pipeline/aac-depay.h"

#include <string.h>

#include "media/pipeline/bits.h"
#include "media/record/unit.h"
#include "scheduler/base/error.h"

#define ADTS_BYTES     7
#define MAX_FRAME      (8191 - ADTS_BYTES) /* 13 bits, its header included */
#define FRAME_SAMPLES  1024
#define MAX_CONFIG     64
#define MAX_FIELD_BITS 32
#define OBJECT_SBR     5
#define OBJECT_PS      29
#define OBJECT_ESCAPE  31
#define OBJECT_MAX     4 /* ADTS has two bits for it */
#define RATE_EXPLICIT  15

static const unsigned RATES_HZ[] = { 96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                     22050, 16000, 12000, 11025, 8000,  7350 };

struct _HtAacDepay {
    HtDepayFunc each;
    gpointer user_data;
    unsigned size_length, index_length, index_delta_length;
    unsigned object, rate_index, channels;
    int64_t frame_ticks; /* in the clock of the time stamps */
    uint8_t frame[ADTS_BYTES + MAX_FRAME];
    size_t partial, wanted; /* octets of a frame that spans packets; 0: none is open */
    int64_t partial_stamp, partial_arrival_us;
    gboolean loss;
};

static gboolean
refuse (GError **error, const char *what)
{
    ht_problem_set (error, HT_ERROR_INVALID, "unsupported-stream", NULL, "the audio stream %s",
                    what);
    return FALSE;
}

static gboolean
decode_hex (const char *text, uint8_t *to, size_t *ret_length)
{
    size_t n = text != NULL ? strlen (text) / 2 : 0;

    if (n < 2 || n > MAX_CONFIG)
        return FALSE;
    for (size_t i = 0; i < n; i++) {
        int high = g_ascii_xdigit_value (text[2 * i]);
        int low = g_ascii_xdigit_value (text[2 * i + 1]);

        if (high < 0 || low < 0)
            return FALSE;
        to[i] = (uint8_t) (high << 4 | low);
    }
    *ret_length = n;
    return TRUE;
}

/* AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1). With SBR the core's object and rate are what
 * ADTS says; a decoder finds the rest. */
static gboolean
read_config (HtAacDepay *self, const char *text, GError **error)
{
    uint8_t octets[MAX_CONFIG];
    HtBits bits = { .data = octets };

    if (!decode_hex (text, octets, &bits.length_bytes))
        return refuse (error, "has no readable config");
    self->object = ht_bits_take (&bits, 5);
    if (self->object == OBJECT_ESCAPE)
        return refuse (error, "is of an extended object type");
    self->rate_index = ht_bits_take (&bits, 4);
    if (self->rate_index == RATE_EXPLICIT)
        return refuse (error, "has an odd sampling rate");
    self->channels = ht_bits_take (&bits, 4);
    if (self->object == OBJECT_SBR || self->object == OBJECT_PS) {
        if (ht_bits_take (&bits, 4) == RATE_EXPLICIT)
            ht_bits_take (&bits, 24);
        self->object = ht_bits_take (&bits, 5);
    }
    if (bits.overrun || self->object == 0 || self->object > OBJECT_MAX ||
        self->rate_index >= G_N_ELEMENTS (RATES_HZ) || self->channels == 0 || self->channels > 7)
        return refuse (error, "is of a kind that ADTS cannot carry");
    return TRUE;
}

HtAacDepay *
ht_aac_depay_new (const HtAacFormat *format, HtDepayFunc each, gpointer user_data, GError **error)
{
    g_autoptr (HtAacDepay) self = g_new0 (HtAacDepay, 1);

    self->each = each;
    self->user_data = user_data;
    self->size_length = format->size_length;
    self->index_length = format->index_length;
    self->index_delta_length = format->index_delta_length;
    if (format->size_length == 0 || format->size_length > 16 ||
        format->index_length > MAX_FIELD_BITS || format->index_delta_length > MAX_FIELD_BITS ||
        format->clock_hz == 0) {
        refuse (error, "does not say how its frames are laid out");
        return NULL;
    }
    if (!read_config (self, format->config, error))
        return NULL;
    self->frame_ticks = (int64_t) FRAME_SAMPLES * format->clock_hz / RATES_HZ[self->rate_index];
    return g_steal_pointer (&self);
}

void
ht_aac_depay_free (HtAacDepay *self)
{
    g_free (self);
}

unsigned
ht_aac_depay_get_rate_hz (const HtAacDepay *self)
{
    return RATES_HZ[self->rate_index];
}

unsigned
ht_aac_depay_get_channels (const HtAacDepay *self)
{
    return self->channels == 7 ? 8 : self->channels;
}

/* Without CRC (ISO/IEC 13818-7, 6.2). */
static void
write_adts (const HtAacDepay *self, size_t frame_bytes, uint8_t to[ADTS_BYTES])
{
    unsigned full = (unsigned) frame_bytes + ADTS_BYTES;

    to[0] = 0xff;
    to[1] = 0xf1;
    to[2] = (uint8_t) ((self->object - 1) << 6 | self->rate_index << 2 | self->channels >> 2);
    to[3] = (uint8_t) ((self->channels & 3) << 6 | full >> 11);
    to[4] = (uint8_t) (full >> 3);
    to[5] = (uint8_t) ((full & 7) << 5 | 0x1f);
    to[6] = 0xfc;
}

/* The frame lies in self->frame behind room for its header. */
static void
give (HtAacDepay *self, size_t length, int64_t stamp, int64_t first_us, int64_t arrival_us)
{
    HtDepayUnit unit = {
        .data = self->frame,
        .length = ADTS_BYTES + length,
        .pts = stamp,
        .dts = stamp,
        .first_arrival_us = first_us,
        .arrival_us = arrival_us,
        .flags = HT_UNIT_KEY | (self->loss ? HT_UNIT_LOSS : 0u),
    };

    write_adts (self, length, self->frame);
    self->loss = FALSE;
    self->each (self->user_data, &unit);
}

static void
take_partial (HtAacDepay *self, const uint8_t *data, size_t length, int64_t arrival_us)
{
    size_t n = MIN (length, self->wanted - self->partial);

    if (n > 0)
        memcpy (self->frame + ADTS_BYTES + self->partial, data, n);
    self->partial += n;
    if (self->partial < self->wanted)
        return;
    give (self, self->wanted, self->partial_stamp, self->partial_arrival_us, arrival_us);
    self->wanted = 0;
}

/* One frame, of which this packet holds the first part only. */
static void
begin_partial (HtAacDepay *self, const uint8_t *data, size_t length, size_t wanted, int64_t stamp,
               int64_t arrival_us)
{
    self->wanted = wanted;
    self->partial = 0;
    self->partial_stamp = stamp;
    self->partial_arrival_us = arrival_us;
    take_partial (self, data, length, arrival_us);
}

static void
lose_partial (HtAacDepay *self)
{
    if (self->wanted > 0)
        self->loss = TRUE;
    self->wanted = 0;
}

/* The headers of the frames come first, all of them, then the frames. */
static void
take_frames (HtAacDepay *self, HtBits *headers, const uint8_t *data, size_t length, int64_t stamp,
             int64_t arrival_us)
{
    size_t end_bits = headers->length_bytes * 8;
    unsigned bits = self->size_length + self->index_length;

    while (headers->at_bits + bits <= end_bits) {
        size_t size = ht_bits_take (headers, self->size_length);

        ht_bits_take (headers, bits - self->size_length); /* the index: we know the order */
        if (size == 0 || size > MAX_FRAME)
            self->loss = TRUE;
        else if (size > length) {
            begin_partial (self, data, length, size, stamp, arrival_us);
            return;
        } else {
            memcpy (self->frame + ADTS_BYTES, data, size);
            give (self, size, stamp, arrival_us, arrival_us);
        }
        size = MIN (size, length);
        data += size;
        length -= size;
        stamp += self->frame_ticks;
        bits = self->size_length + self->index_delta_length;
    }
}

void
ht_aac_depay_take (HtAacDepay *self, const HtRtpPacket *packet, HtRtpOrder order, int64_t stamp,
                   int64_t arrival_us)
{
    size_t header_bits, header_bytes, first_size;
    HtBits headers, peek;

    if (order != HT_RTP_NEXT) {
        lose_partial (self);
        self->loss = TRUE;
    }
    if (packet->length < 2)
        return;
    header_bits = (size_t) packet->payload[0] << 8 | packet->payload[1];
    header_bytes = (header_bits + 7) / 8;
    if (header_bits < self->size_length || header_bytes > packet->length - 2) {
        lose_partial (self);
        self->loss = TRUE;
        return;
    }
    headers = (HtBits){ .data = packet->payload + 2, .length_bytes = header_bytes };
    peek = headers;
    first_size = ht_bits_take (&peek, self->size_length);
    if (self->wanted > 0 && stamp == self->partial_stamp && first_size == self->wanted) {
        take_partial (self, packet->payload + 2 + header_bytes, packet->length - 2 - header_bytes,
                      arrival_us);
        return;
    }
    lose_partial (self);
    take_frames (self, &headers, packet->payload + 2 + header_bytes,
                 packet->length - 2 - header_bytes, stamp, arrival_us);
}
