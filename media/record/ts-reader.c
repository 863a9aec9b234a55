/* SPDX-License-Identifier: MIT */

#include "media/record/ts-reader.h"

#include <string.h>

#define SYNC            0x47
#define HEADER_BYTES    4
#define PES_HEAD_BYTES  6
#define MIN_PES_BYTES   14
#define STREAM_VIDEO    0
#define STREAM_AUDIO    1
#define CLOCK_BITS      33
#define FIELD_RANDOM    0x40
#define FIELD_CLOCK     0x10
#define FIELD_SPLICE    0x04
#define FIELD_OPCR      0x08
#define FIELD_PRIVATE   0x02
#define CLOCK_BYTES     6
#define TAG_BYTES       2
#define PRIVATE_BYTES   (TAG_BYTES + 4)
#define MAX_TOTAL_BYTES (HT_UNIT_MAX_BYTES + 64)

/* One packet, taken apart. */
typedef struct {
    unsigned pid;
    gboolean is_first;
    gboolean is_key;
    size_t said_bytes; /* of the PES packet by the private data, 0 where not said */
    const uint8_t *payload;
    size_t length;
} Packet;

/* The unit being gathered. */
typedef struct {
    GByteArray *pes; /* (owned) */
    gboolean is_on;
    size_t total_bytes;
    unsigned pid;
    gboolean is_key;
    size_t offset;
    int64_t reference;
} Gathering;

/* @field: from its flags on */
static void
read_field (const uint8_t *field, size_t length, Packet *packet)
{
    size_t at = 1;
    uint32_t said;

    packet->is_key = (field[0] & FIELD_RANDOM) != 0;
    if ((field[0] & FIELD_CLOCK) != 0)
        at += CLOCK_BYTES;
    if ((field[0] & FIELD_OPCR) != 0)
        at += CLOCK_BYTES;
    if ((field[0] & FIELD_SPLICE) != 0)
        at++;
    if ((field[0] & FIELD_PRIVATE) == 0 || length < at + 1 + PRIVATE_BYTES ||
        field[at] != PRIVATE_BYTES || memcmp (field + at + 1, HT_TS_LENGTH_TAG, TAG_BYTES) != 0)
        return;
    memcpy (&said, field + at + 1 + TAG_BYTES, sizeof said);
    packet->said_bytes = GUINT32_FROM_BE (said);
}

static gboolean
read_packet (const uint8_t *data, Packet *ret_packet)
{
    size_t begin = HEADER_BYTES;
    Packet packet = {
        .pid = (data[1] & 0x1Fu) << 8 | data[2],
        .is_first = (data[1] & 0x40) != 0,
    };

    if (data[0] != SYNC)
        return FALSE;
    if ((data[3] & 0x20) != 0) {
        size_t field = data[HEADER_BYTES];

        if (HEADER_BYTES + 1 + field > HT_TS_PACKET_BYTES)
            return FALSE;
        if (field > 0)
            read_field (data + HEADER_BYTES + 1, field, &packet);
        begin += 1 + field;
    }
    packet.payload = data + begin;
    packet.length = (data[3] & 0x10) != 0 ? HT_TS_PACKET_BYTES - begin : 0;
    *ret_packet = packet;
    return TRUE;
}

static int64_t
read_stamp (const uint8_t *from)
{
    return (int64_t) (from[0] >> 1 & 7) << 30 | (int64_t) from[1] << 22 |
           (int64_t) (from[2] >> 1) << 15 | (int64_t) from[3] << 7 | from[4] >> 1;
}

/* The instant nearest to @reference whose low 33 bits are @stamp. */
static int64_t
unwrap (int64_t stamp, int64_t reference)
{
    int64_t turn = INT64_C (1) << CLOCK_BITS;
    int64_t away = (stamp - reference) & (turn - 1);

    if (away >= turn / 2)
        away -= turn;
    return reference + away;
}

static gboolean
begin (Gathering *now, const Packet *packet, size_t offset)
{
    const uint8_t *p = packet->payload;

    now->is_on = FALSE;
    if (packet->length < MIN_PES_BYTES || memcmp (p, "\0\0\1", 3) != 0)
        return FALSE;
    now->total_bytes = packet->said_bytes;
    if (now->total_bytes == 0 && (p[4] | p[5]) != 0)
        now->total_bytes = PES_HEAD_BYTES + (size_t) (p[4] << 8 | p[5]);
    if (now->total_bytes < MIN_PES_BYTES || now->total_bytes > MAX_TOTAL_BYTES)
        return FALSE;
    g_byte_array_set_size (now->pes, 0);
    now->is_on = TRUE;
    now->pid = packet->pid;
    now->is_key = packet->is_key;
    now->offset = offset;
    return TRUE;
}

static gboolean
hand_over (Gathering *now, HtTsUnitFunc each, gpointer user_data)
{
    const uint8_t *p = now->pes->data;
    size_t header = 9u + p[8];
    gboolean two = (p[7] & 0xC0) == 0xC0;
    HtTsUnit unit = {
        .stream = now->pid == HT_TS_PID_VIDEO ? STREAM_VIDEO : STREAM_AUDIO,
        .is_key = now->is_key,
        .offset = now->offset,
        .data = p + header,
    };

    now->is_on = FALSE;
    if ((p[7] & 0x80) == 0 || p[8] < (two ? 10 : 5) || header > now->total_bytes)
        return FALSE;
    unit.length = now->total_bytes - header;
    unit.pts = unwrap (read_stamp (p + 9), now->reference);
    unit.dts = two ? unwrap (read_stamp (p + 14), now->reference) : unit.pts;
    if (each != NULL)
        each (&unit, user_data);
    return TRUE;
}

/* Returns whether a unit was completed by this packet. */
static gboolean
take (Gathering *now, const Packet *packet, size_t offset, HtTsUnitFunc each, gpointer user_data)
{
    if (packet->pid != HT_TS_PID_VIDEO && packet->pid != HT_TS_PID_AUDIO)
        return FALSE;
    if (packet->is_first && !begin (now, packet, offset))
        return FALSE;
    if (!now->is_on || packet->pid != now->pid)
        return FALSE;
    g_byte_array_append (now->pes, packet->payload, (unsigned) packet->length);
    if (now->pes->len < now->total_bytes)
        return FALSE;
    return hand_over (now, each, user_data);
}

size_t
ht_ts_read (const uint8_t *data, size_t length, int64_t reference, HtTsUnitFunc each,
            gpointer user_data)
{
    g_autoptr (GByteArray) pes = g_byte_array_new ();
    Gathering now = { .pes = pes, .reference = reference };
    size_t whole = 0;
    Packet packet;

    for (size_t at = 0; length - at >= HT_TS_PACKET_BYTES; at += HT_TS_PACKET_BYTES) {
        if (!read_packet (data + at, &packet))
            break;
        if (take (&now, &packet, at, each, user_data))
            whole = at + HT_TS_PACKET_BYTES;
    }
    return whole;
}

typedef struct {
    HtTsSummary streams[2];
    int64_t counts[2];
} Counting;

static void
count (const HtTsUnit *unit, gpointer user_data)
{
    Counting *counting = user_data;
    HtTsSummary *summary = &counting->streams[unit->stream];

    summary->last = ht_picture_hash (unit->stream, unit->data, unit->length);
    if (counting->counts[unit->stream]++ == 0) {
        summary->first = summary->last;
        summary->pts = summary->end_pts = unit->pts;
    }
    summary->end_pts = MAX (summary->end_pts, unit->pts);
}

void
ht_ts_summarise (const uint8_t *data, size_t length, int64_t reference, HtTsSummary *ret_summary)
{
    Counting counting = { 0 };
    size_t bytes = ht_ts_read (data, length, reference, count, &counting);
    unsigned stream = counting.counts[STREAM_VIDEO] > 0 ? STREAM_VIDEO : STREAM_AUDIO;
    HtTsSummary summary = counting.streams[stream];
    int64_t n = counting.counts[stream], span = summary.end_pts - summary.pts;

    summary.bytes = (int64_t) bytes;
    summary.units = counting.counts[STREAM_VIDEO] + counting.counts[STREAM_AUDIO];
    summary.pictures = counting.counts[STREAM_VIDEO];
    summary.duration = n > 1 ? span + span / (n - 1) : 0;
    *ret_summary = summary;
}
