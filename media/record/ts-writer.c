/* SPDX-License-Identifier: MIT */

#include "media/record/ts-writer.h"

#include <string.h>

#define HEADER_BYTES    4
#define STREAM_VIDEO    0
#define STREAM_AUDIO    1
#define TYPE_H264       0x1B
#define TYPE_ADTS       0x0F
#define PES_VIDEO       0xE0
#define PES_AUDIO       0xC0
#define PES_HEAD_BYTES  6 /* start code, stream, length: not counted by the length */
#define MAX_PES_LENGTH  65535
#define MAX_PES_HEADER  19
#define CLOCK_LEAD      18000 /* the clock reference runs 0.2 s ahead of decoding */
#define CLOCK_MASK      ((INT64_C (1) << 33) - 1)
#define FIELD_RANDOM    0x40
#define FIELD_CLOCK     0x10
#define FIELD_PRIVATE   0x02
#define TAG_BYTES       2
#define PRIVATE_BYTES   (TAG_BYTES + 4)
#define PSI_POLY        0x04C11DB7u
#define N_STREAMS       2
#define N_TABLES        2
#define MAX_FIELD_BYTES 32

struct _HtTsWriter {
    GByteArray *packets; /* (owned): of the unit at hand */
    gboolean has[N_STREAMS];
    gboolean wants_tables;
    uint8_t counters[N_STREAMS];
    uint8_t table_counters[N_TABLES];
};

static const unsigned pids[N_STREAMS] = { HT_TS_PID_VIDEO, HT_TS_PID_AUDIO };

HtTsWriter *
ht_ts_writer_new (void)
{
    HtTsWriter *writer = g_new0 (HtTsWriter, 1);

    writer->packets = g_byte_array_new ();
    writer->has[STREAM_VIDEO] = writer->has[STREAM_AUDIO] = TRUE;
    writer->wants_tables = TRUE;
    return writer;
}

void
ht_ts_writer_set_streams (HtTsWriter *writer, gboolean has_video, gboolean has_audio)
{
    writer->has[STREAM_VIDEO] = has_video;
    writer->has[STREAM_AUDIO] = has_audio;
}

void
ht_ts_writer_begin (HtTsWriter *writer)
{
    writer->wants_tables = TRUE;
}

static uint32_t
psi_crc (const uint8_t *data, size_t length)
{
    uint32_t crc = ~0u;

    for (size_t i = 0; i < length; i++) {
        crc ^= (uint32_t) data[i] << 24;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc << 1) ^ ((crc >> 31) != 0 ? PSI_POLY : 0);
    }
    return crc;
}

static uint8_t *
add_packet (HtTsWriter *writer, unsigned pid, gboolean is_first, uint8_t *counter)
{
    size_t at = writer->packets->len;
    uint8_t *packet;

    g_byte_array_set_size (writer->packets, (unsigned) at + HT_TS_PACKET_BYTES);
    packet = writer->packets->data + at;
    packet[0] = 0x47;
    packet[1] = (uint8_t) ((is_first ? 0x40 : 0) | pid >> 8);
    packet[2] = (uint8_t) pid;
    packet[3] = (uint8_t) (0x10 | *counter);
    *counter = (*counter + 1) & 0xF;
    return packet;
}

/* @body: of the section, from table_id_extension on */
static void
add_section (HtTsWriter *writer, unsigned pid, uint8_t table, const uint8_t *body, size_t length)
{
    uint8_t *counter = &writer->table_counters[pid == 0 ? 0 : 1];
    uint8_t *packet = add_packet (writer, pid, TRUE, counter);
    uint8_t *section = packet + HEADER_BYTES + 1;
    size_t total = 3 + length;
    uint32_t crc;

    packet[HEADER_BYTES] = 0; /* pointer_field */
    section[0] = table;
    section[1] = 0xB0;
    section[2] = (uint8_t) (length + 4);
    memcpy (section + 3, body, length);
    crc = GUINT32_TO_BE (psi_crc (section, total));
    memcpy (section + total, &crc, sizeof crc);
    total += sizeof crc;
    memset (section + total, 0xFF, HT_TS_PACKET_BYTES - HEADER_BYTES - 1 - total);
}

static void
add_tables (HtTsWriter *writer)
{
    /* program 1 has its map on HT_TS_PID_PMT */
    static const uint8_t pat[] = { 0, 1, 0xC1, 0, 0, 0, 1, 0xF0, 0 };
    static const uint8_t types[N_STREAMS] = { TYPE_H264, TYPE_ADTS };
    unsigned clock = writer->has[STREAM_VIDEO] ? HT_TS_PID_VIDEO : HT_TS_PID_AUDIO;
    uint8_t pmt[9 + N_STREAMS * 5] = {
        0, 1, 0xC1, 0, 0, (uint8_t) (0xE0 | clock >> 8), (uint8_t) clock, 0xF0, 0,
    };
    size_t n = 9;

    for (unsigned i = 0; i < N_STREAMS; i++) {
        if (!writer->has[i])
            continue;
        pmt[n++] = types[i];
        pmt[n++] = (uint8_t) (0xE0 | pids[i] >> 8);
        pmt[n++] = (uint8_t) pids[i];
        pmt[n++] = 0xF0;
        pmt[n++] = 0;
    }
    add_section (writer, 0, 0, pat, sizeof pat);
    add_section (writer, HT_TS_PID_PMT, 2, pmt, n);
}

static uint8_t *
put_stamp (uint8_t *to, unsigned prefix, int64_t clock)
{
    clock &= CLOCK_MASK;
    to[0] = (uint8_t) (prefix << 4 | (clock >> 30 & 7) << 1 | 1);
    to[1] = (uint8_t) (clock >> 22);
    to[2] = (uint8_t) ((clock >> 15 & 0x7F) << 1 | 1);
    to[3] = (uint8_t) (clock >> 7);
    to[4] = (uint8_t) ((clock & 0x7F) << 1 | 1);
    return to + 5;
}

/* Returns the header's octets; *ret_total is the whole PES packet with it. */
static size_t
make_pes_header (const HtUnit *unit, uint8_t header[MAX_PES_HEADER], size_t *ret_total)
{
    gboolean two = unit->dts != unit->pts;
    size_t n = two ? MAX_PES_HEADER : MAX_PES_HEADER - 5;
    size_t length = n - PES_HEAD_BYTES + unit->length_bytes;
    size_t said = length <= MAX_PES_LENGTH ? length : 0;
    static const uint8_t start_code[] = { 0, 0, 1 };
    uint8_t *at;

    memcpy (header, start_code, sizeof start_code);
    header[3] = unit->stream == STREAM_VIDEO ? PES_VIDEO : PES_AUDIO;
    header[4] = (uint8_t) (said >> 8);
    header[5] = (uint8_t) said;
    header[6] = 0x84; /* the unit begins right after the header */
    header[7] = two ? 0xC0 : 0x80;
    header[8] = two ? 10 : 5;
    at = put_stamp (header + 9, two ? 3 : 2, unit->pts);
    if (two)
        put_stamp (at, 1, unit->dts);
    *ret_total = n + unit->length_bytes;
    return n;
}

static size_t
put_clock (uint8_t *to, int64_t dts)
{
    int64_t base = (dts - CLOCK_LEAD) & CLOCK_MASK;

    to[0] = (uint8_t) (base >> 25);
    to[1] = (uint8_t) (base >> 17);
    to[2] = (uint8_t) (base >> 9);
    to[3] = (uint8_t) (base >> 1);
    to[4] = (uint8_t) ((base & 1) << 7 | 0x7E);
    to[5] = 0;
    return 6;
}

/* The first packet's adaptation field from its flags on; 0 octets where there is nothing to say. */
static size_t
make_field (HtTsWriter *writer, const HtUnit *unit, size_t total, uint8_t field[MAX_FIELD_BYTES])
{
    size_t n = 1;

    field[0] = 0;
    if ((unit->flags & HT_UNIT_KEY) != 0)
        field[0] |= FIELD_RANDOM;
    if (unit->stream == STREAM_VIDEO || !writer->has[STREAM_VIDEO]) {
        field[0] |= FIELD_CLOCK;
        n += put_clock (field + n, unit->dts);
    }
    if (total - PES_HEAD_BYTES > MAX_PES_LENGTH) {
        uint32_t length = GUINT32_TO_BE ((uint32_t) total);

        field[0] |= FIELD_PRIVATE;
        field[n++] = PRIVATE_BYTES;
        memcpy (field + n, HT_TS_LENGTH_TAG, TAG_BYTES);
        memcpy (field + n + TAG_BYTES, &length, sizeof length);
        n += PRIVATE_BYTES;
    }
    return field[0] == 0 ? 0 : n;
}

/* Puts the field, lengthened by stuffing so that @left octets end with the packet or fill it.
 * Returns where the payload begins; a stuffed field of one octet is its length alone. */
static size_t
put_field (uint8_t *packet, const uint8_t *field, size_t length, size_t left)
{
    size_t room = HT_TS_PACKET_BYTES - HEADER_BYTES;
    size_t used = length > 0 ? length + 1 : 0;
    size_t padded = left < room - used ? room - left : used;

    if (padded == 0)
        return HEADER_BYTES;
    packet[3] |= 0x20;
    packet[HEADER_BYTES] = (uint8_t) (padded - 1);
    if (padded > 1) {
        uint8_t *at = packet + HEADER_BYTES + 1;

        memset (at, 0xFF, padded - 1);
        at[0] = 0;
        memcpy (at, field, length);
    }
    return HEADER_BYTES + padded;
}

/* Takes the PES header first, then the unit itself. */
static void
put_payload (uint8_t *to, size_t room, const uint8_t **header, size_t *n_header,
             const uint8_t **data)
{
    size_t n = MIN (room, *n_header);

    memcpy (to, *header, n);
    *header += n;
    *n_header -= n;
    memcpy (to + n, *data, room - n);
    *data += room - n;
}

const uint8_t *
ht_ts_writer_write (HtTsWriter *writer, const HtUnit *unit, const uint8_t *data, size_t *ret_length)
{
    unsigned stream = unit->stream == STREAM_VIDEO ? STREAM_VIDEO : STREAM_AUDIO;
    uint8_t header[MAX_PES_HEADER], field[MAX_FIELD_BYTES];
    const uint8_t *header_at = header;
    size_t left, n_header = make_pes_header (unit, header, &left);
    size_t n_field = make_field (writer, unit, left, field);
    gboolean is_first = TRUE;

    g_byte_array_set_size (writer->packets, 0);
    if (writer->wants_tables)
        add_tables (writer);
    writer->wants_tables = FALSE;
    while (left > 0) {
        uint8_t *packet = add_packet (writer, pids[stream], is_first, &writer->counters[stream]);
        size_t begin = put_field (packet, field, is_first ? n_field : 0, left);
        size_t room = HT_TS_PACKET_BYTES - begin;

        put_payload (packet + begin, room, &header_at, &n_header, &data);
        left -= room;
        is_first = FALSE;
    }
    *ret_length = writer->packets->len;
    return writer->packets->data;
}

void
ht_ts_writer_free (HtTsWriter *writer)
{
    if (writer == NULL)
        return;
    g_byte_array_unref (writer->packets);
    g_free (writer);
}
