/* SPDX-License-Identifier: MIT */

#include "tests/media/made-units.h"

#include <string.h>

#define ADTS_BYTES  7
#define SOUND_BYTES 120

/* Digits only: nothing in them looks like a start code. */
static void
append_number (GByteArray *array, unsigned number, size_t length)
{
    char digits[16];
    size_t begin = array->len;

    g_snprintf (digits, sizeof digits, "%010u", number);
    while (array->len - begin < MAX (length, 10))
        g_byte_array_append (array, (const uint8_t *) digits, 10);
}

GBytes *
made_picture (unsigned number, gboolean is_key, size_t length)
{
    static const uint8_t delimiter[] = { 0, 0, 0, 1, 9, 0xF0 };
    static const uint8_t sets[] = { 0, 0, 0, 1, 0x67, 0x42, 0xC0, 0x1E, 0xD9,
                                    0, 0, 0, 1, 0x68, 0xCE, 0x3C, 0x80 };
    const uint8_t slice[] = { 0, 0, 0, 1, is_key ? 0x65 : 0x41, 0x88 };
    GByteArray *array = g_byte_array_new ();

    g_byte_array_append (array, delimiter, sizeof delimiter);
    if (is_key)
        g_byte_array_append (array, sets, sizeof sets);
    g_byte_array_append (array, slice, sizeof slice);
    append_number (array, number, length);
    return g_byte_array_free_to_bytes (array);
}

GBytes *
made_sound (unsigned number)
{
    size_t total = ADTS_BYTES + SOUND_BYTES;
    const uint8_t header[ADTS_BYTES] = {
        0xFF,
        0xF1,
        0x4C,
        (uint8_t) (0x80 | total >> 11),
        (uint8_t) (total >> 3),
        (uint8_t) ((total & 7) << 5 | 0x1F),
        0xFC,
    };
    GByteArray *array = g_byte_array_new ();

    g_byte_array_append (array, header, sizeof header);
    append_number (array, number, SOUND_BYTES);
    return g_byte_array_free_to_bytes (array);
}

HtUnit
made_unit (unsigned stream, unsigned flags, int64_t pts, GBytes *data)
{
    return (HtUnit){
        .type = HT_UNIT_ACCESS,
        .stream = (uint8_t) stream,
        .flags = (uint8_t) flags,
        .length_bytes = (uint32_t) g_bytes_get_size (data),
        .pts = pts,
        .dts = pts,
        .arrival_us = ht_unit_us (pts),
    };
}
