/* SPDX-License-Identifier: MIT */

#include "tests/media/camera-media.h"

#include <string.h>

#define TYPE_VIDEO     96
#define TYPE_AUDIO     97
#define PICTURE_TICKS  3600
#define GOP            25
#define PIECE_BYTES    900
#define FRAME_SAMPLES  1024
#define FRAMES_A_THIRD 2
#define NTP_BASE       3900000000u

static const uint8_t PPS[] = { 0x68, 0xce, 0x38, 0x80 };
static const uint8_t START[] = { 0, 0, 0, 1 };
static const uint8_t DELIMITER[] = { 0, 0, 0, 1, 9, 0xf0 };

/* One stream on its way out. */
typedef struct {
    const HtCameraScript *script;
    GPtrArray *packets;
    GArray *units;
    GRand *rand;
    unsigned channel;
    unsigned type;
    uint16_t sequence;
    uint32_t ssrc;
    uint32_t base; /* stamp of the first picture or frame */
    unsigned sent;
    gboolean hit; /* the unit in hand lost a packet that matters */
} Line;

static void
put_bits (GByteArray *to, unsigned *at, unsigned value, unsigned count)
{
    while (count-- > 0) {
        if (*at % 8 == 0)
            g_byte_array_append (to, (const uint8_t *) "\0", 1);
        to->data[*at / 8] |= (uint8_t) ((value >> count & 1) << (7 - *at % 8));
        ++*at;
    }
}

static void
put_golomb (GByteArray *to, unsigned *at, unsigned value)
{
    unsigned length = g_bit_storage (value + 1);

    put_bits (to, at, 0, length - 1);
    put_bits (to, at, value + 1, length);
}

GBytes *
ht_camera_make_sps (unsigned depth)
{
    GByteArray *sps = g_byte_array_new ();
    unsigned at = 0;
    /* main profile, level 3; id, frame numbers, order type 0 and its bits, 4 references, gaps */
    static const unsigned BEFORE[] = { 0, 0, 0, 4 };

    put_bits (sps, &at, 0x674d001e, 32);
    for (unsigned i = 0; i < G_N_ELEMENTS (BEFORE); i++)
        put_golomb (sps, &at, BEFORE[i]);
    put_golomb (sps, &at, 4);
    put_bits (sps, &at, 0, 1);
    put_golomb (sps, &at, 320 / 16 - 1);
    put_golomb (sps, &at, 192 / 16 - 1);
    put_bits (sps, &at, 0x6, 3); /* frames only, direct inference, no cropping */
    put_bits (sps, &at, 1, 1);   /* usability follows: eight times nothing, then the restriction */
    put_bits (sps, &at, 1, 9);
    put_bits (sps, &at, 1, 1);
    put_golomb (sps, &at, 0);
    put_golomb (sps, &at, 0);
    put_golomb (sps, &at, 10);
    put_golomb (sps, &at, 10);
    put_golomb (sps, &at, depth);
    put_golomb (sps, &at, 4);
    put_bits (sps, &at, 1, 1);
    return g_byte_array_free_to_bytes (sps);
}

static unsigned
get_depth (const HtCameraScript *script)
{
    return script->b_pictures > 0 ? 1 : 0;
}

char *
ht_camera_media_dup_sprop (const HtCameraScript *script)
{
    g_autoptr (GBytes) sps = ht_camera_make_sps (get_depth (script));
    g_autofree char *first = g_base64_encode (g_bytes_get_data (sps, NULL), g_bytes_get_size (sps));
    g_autofree char *second = g_base64_encode (PPS, sizeof PPS);

    return g_strdup_printf ("%s,%s", first, second);
}

static void
add_frame (GPtrArray *packets, unsigned channel, GByteArray *packet)
{
    g_autoptr (GByteArray) framed = g_byte_array_new ();
    uint8_t frame[] = { '$', (uint8_t) channel, (uint8_t) (packet->len >> 8),
                        (uint8_t) packet->len };

    g_byte_array_append (framed, frame, sizeof frame);
    g_byte_array_append (framed, packet->data, packet->len);
    g_ptr_array_add (packets, g_bytes_new (framed->data, framed->len));
}

static void
put32 (uint8_t *to, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        to[i] = (uint8_t) (value >> (24 - 8 * i));
}

/* @vital: without it the unit is not whole. */
static void
send (Line *line, uint32_t stamp, gboolean last, gboolean vital, const uint8_t *head,
      unsigned head_bytes, const uint8_t *data, unsigned length)
{
    gboolean marker = line->script->markers == HT_CAMERA_ALWAYS ||
                      (line->script->markers == HT_CAMERA_HONEST && last);
    g_autoptr (GByteArray) packet = g_byte_array_new ();
    uint8_t rtp[12] = { 0x80, (uint8_t) ((marker ? 0x80 : 0) | line->type),
                        (uint8_t) (line->sequence >> 8), (uint8_t) line->sequence };

    line->sequence++;
    line->sent++;
    if (line->script->lose_every > 0 && line->type == TYPE_VIDEO &&
        line->sent % line->script->lose_every == 0) {
        line->hit |= vital;
        return;
    }
    put32 (rtp + 4, line->base + stamp);
    put32 (rtp + 8, line->ssrc);
    g_byte_array_append (packet, rtp, sizeof rtp);
    g_byte_array_append (packet, head, head_bytes);
    g_byte_array_append (packet, data, length);
    add_frame (line->packets, line->channel, packet);
    if (line->script->dirt && line->sent % 7 == 0)
        g_ptr_array_add (line->packets, g_bytes_new_static ("\xff$\xffugh", 6));
}

static void
send_nal (Line *line, uint32_t stamp, const uint8_t *nal, unsigned length, gboolean last)
{
    unsigned at = 1;

    if (length <= PIECE_BYTES) {
        send (line, stamp, last, TRUE, NULL, 0, nal, length);
        return;
    }
    while (at < length) {
        unsigned n = MIN (PIECE_BYTES, length - at);
        gboolean end = at + n == length;
        uint8_t head[] = { (uint8_t) ((nal[0] & 0xe0) | 28),
                           (uint8_t) ((at == 1 ? 0x80 : 0) | (end ? 0x40 : 0) | (nal[0] & 0x1f)) };

        send (line, stamp, last && end, TRUE, head, sizeof head, nal + at, n);
        at += n;
    }
}

/* Both parameter sets in one packet. */
static void
send_sets (Line *line, uint32_t stamp, GBytes *sps)
{
    g_autoptr (GByteArray) body = g_byte_array_new ();
    uint8_t size[] = { 0, (uint8_t) g_bytes_get_size (sps) };

    g_byte_array_append (body, size, sizeof size);
    g_byte_array_append (body, g_bytes_get_data (sps, NULL), size[1]);
    size[1] = sizeof PPS;
    g_byte_array_append (body, size, sizeof size);
    g_byte_array_append (body, PPS, sizeof PPS);
    send (line, stamp, FALSE, FALSE, (const uint8_t *) "\x78", 1, body->data, body->len);
}

/* A slice that starts at macroblock 0 or not; the rest is no start code. */
static GByteArray *
make_slice (Line *line, uint8_t header, gboolean first, unsigned length)
{
    GByteArray *nal = g_byte_array_new ();

    g_byte_array_append (nal, &header, 1);
    g_byte_array_append (nal, (const uint8_t *) (first ? "\x88" : "\x44"), 1);
    for (unsigned i = 0; i < length; i++) {
        uint8_t octet = (uint8_t) g_rand_int_range (line->rand, 1, 256);

        g_byte_array_append (nal, &octet, 1);
    }
    return nal;
}

static void
keep_unit (Line *line, unsigned stream, int64_t pts, gboolean key, GByteArray *octets)
{
    HtCameraUnit unit = { stream, pts, key, NULL };

    if (!line->hit) {
        unit.octets = g_bytes_new (octets->data, octets->len);
        g_array_append_val (line->units, unit);
    }
    line->hit = FALSE;
}

/* In decoding order: the reference comes before the pictures that are shown before it. */
static unsigned
find_shown (const HtCameraScript *script, unsigned i)
{
    unsigned run = script->b_pictures + 1;
    unsigned in_gop = i % GOP;

    if (script->b_pictures == 0 || in_gop == 0)
        return i;
    return (in_gop - 1) % run == 0 ? i + script->b_pictures : i - 1;
}

static void
send_picture (Line *line, GBytes *sps, unsigned i)
{
    const HtCameraScript *script = line->script;
    gboolean key = i % GOP == 0;
    unsigned slices = MAX (script->slices, 1);
    uint32_t shown = find_shown (script, i) * PICTURE_TICKS;
    gboolean b = script->b_pictures > 0 && find_shown (script, i) < i;
    g_autoptr (GByteArray) whole = g_byte_array_new ();

    g_byte_array_append (whole, DELIMITER, sizeof DELIMITER);
    if (key) {
        g_byte_array_append (whole, START, sizeof START);
        g_byte_array_append (whole, g_bytes_get_data (sps, NULL),
                             (unsigned) g_bytes_get_size (sps));
        g_byte_array_append (whole, START, sizeof START);
        g_byte_array_append (whole, PPS, sizeof PPS);
        if (!script->out_of_band)
            send_sets (line, shown, sps);
    }
    for (unsigned n = 0; n < slices; n++) {
        g_autoptr (GByteArray) nal = make_slice (line,
                                                 key ? 0x65
                                                 : b ? 0x01
                                                     : 0x41,
                                                 n == 0, (key ? 3000 : 400) + i * 13 % 700);

        g_byte_array_append (whole, START, sizeof START);
        g_byte_array_append (whole, nal->data, nal->len);
        send_nal (line, shown, nal->data, nal->len, n + 1 == slices);
    }
    keep_unit (line, 0, shown, key, whole);
}

static GByteArray *
make_frame (Line *line, GByteArray *adts)
{
    unsigned length = (unsigned) g_rand_int_range (line->rand, 90, 300);
    unsigned full = length + 7;
    GByteArray *frame = g_byte_array_new ();
    /* AAC-LC, 48 kHz, stereo, no CRC */
    uint8_t header[] = { 0xff,
                         0xf1,
                         0x4c,
                         (uint8_t) (0x80 | full >> 11),
                         (uint8_t) (full >> 3),
                         (uint8_t) ((full & 7) << 5 | 0x1f),
                         0xfc };

    for (unsigned i = 0; i < length; i++) {
        uint8_t octet = (uint8_t) g_rand_int (line->rand);

        g_byte_array_append (frame, &octet, 1);
    }
    g_byte_array_append (adts, header, sizeof header);
    g_byte_array_append (adts, frame->data, frame->len);
    return frame;
}

static void
send_frame_in_pieces (Line *line, uint32_t stamp, const GByteArray *frame)
{
    unsigned pieces = line->script->frame_pieces;
    uint8_t head[] = { 0, 16, (uint8_t) (frame->len >> 5), (uint8_t) (frame->len << 3) };

    for (unsigned i = 0; i < pieces; i++) {
        unsigned from = frame->len * i / pieces;
        unsigned to = frame->len * (i + 1) / pieces;

        send (line, stamp, i + 1 == pieces, TRUE, head, sizeof head, frame->data + from, to - from);
    }
}

/* Frames of sound from @first on, in one packet or, a single one, in several. */
static void
send_frames (Line *line, unsigned first, unsigned count)
{
    g_autoptr (GByteArray) heads = g_byte_array_new ();
    g_autoptr (GByteArray) bodies = g_byte_array_new ();
    uint8_t bits[] = { (uint8_t) (count * 16 >> 8), (uint8_t) (count * 16) };

    g_byte_array_append (heads, bits, sizeof bits);
    for (unsigned i = 0; i < count; i++) {
        g_autoptr (GByteArray) adts = g_byte_array_new ();
        g_autoptr (GByteArray) frame = make_frame (line, adts);
        uint8_t head[] = { (uint8_t) (frame->len >> 5), (uint8_t) (frame->len << 3) };

        g_byte_array_append (heads, head, sizeof head);
        g_byte_array_append (bodies, frame->data, frame->len);
        keep_unit (line, 1, (int64_t) (first + i) * FRAME_SAMPLES * 90 / 48, TRUE, adts);
        if (line->script->frame_pieces > 1)
            send_frame_in_pieces (line, (first + i) * FRAME_SAMPLES, frame);
    }
    if (line->script->frame_pieces <= 1)
        send (line, first * FRAME_SAMPLES, TRUE, TRUE, heads->data, heads->len, bodies->data,
              bodies->len);
}

/* The stamp 0 of the line is NTP_BASE plus @late_ticks. */
static void
send_report (Line *line, int64_t late_ticks)
{
    g_autoptr (GByteArray) packet = g_byte_array_new ();
    uint64_t ntp = ((uint64_t) NTP_BASE << 32) + ((uint64_t) (late_ticks + 900000) << 32) / 90000;
    uint8_t report[28] = { 0x80, 200, 0, 6 };

    put32 (report + 4, line->ssrc);
    put32 (report + 8, (uint32_t) (ntp >> 32));
    put32 (report + 12, (uint32_t) ntp);
    put32 (report + 16, line->base);
    g_byte_array_append (packet, report, sizeof report);
    add_frame (line->packets, line->channel + 1, packet);
}

static void
send_goodbye (Line *line)
{
    g_autoptr (GByteArray) packet = g_byte_array_new ();
    uint8_t bye[8] = { 0x81, 203, 0, 1 };

    put32 (bye + 4, line->ssrc);
    g_byte_array_append (packet, bye, sizeof bye);
    add_frame (line->packets, line->channel + 1, packet);
}

GPtrArray *
ht_camera_media_new (const HtCameraScript *script, const unsigned channels[2], GArray *units)
{
    GPtrArray *packets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
    g_autoptr (GRand) rand = g_rand_new_with_seed (3);
    g_autoptr (GBytes) sps = ht_camera_make_sps (get_depth (script));
    unsigned at_once = MAX (script->frames_a_packet, 1);
    unsigned frame = 0;
    Line video = { script,
                   packets,
                   units,
                   rand,
                   channels[0],
                   TYPE_VIDEO,
                   script->first_sequence,
                   0x11111111,
                   script->first_stamp };
    Line audio = { script,
                   packets,
                   units,
                   rand,
                   channels[1],
                   TYPE_AUDIO,
                   script->first_sequence,
                   0x22222222,
                   script->first_stamp };

    for (unsigned i = 0; i < script->pictures; i++) {
        if (script->begin_again_at > 0 && i == script->begin_again_at) {
            video.ssrc++;
            video.sequence = (uint16_t) (video.sequence + 20000);
            video.base += 0x30000000;
        }
        send_picture (&video, sps, i);
        for (; !script->silent && frame * FRAME_SAMPLES < i * 1920; frame += at_once)
            send_frames (&audio, frame, at_once);
        if (i == FRAMES_A_THIRD && script->sound_early_ticks != 0) {
            send_report (&video, 0);
            send_report (&audio, -script->sound_early_ticks);
        }
    }
    if (script->end == HT_CAMERA_GOODBYE)
        send_goodbye (&video);
    return packets;
}
