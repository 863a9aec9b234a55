/* SPDX-License-Identifier: MIT */

#include "media/pipeline/wire.h"

#include <string.h>

#include "scheduler/base/error.h"

#define FRAME_BYTES 4

typedef enum {
    PIECE_TAKEN,
    PIECE_CUT, /* the rest comes later */
    PIECE_JUNK,
    PIECE_BROKEN,
} Piece;

static gboolean
is_agreed (const HtWire *self, unsigned channel)
{
    /* in step with the camera every channel is real; after dirt a dollar may be part of it */
    return self->junk_bytes == 0 || channel < self->channels;
}

static Piece
take_packet (HtWire *self, const uint8_t *data, size_t length, size_t *used)
{
    size_t payload = (size_t) data[2] << 8 | data[3];

    if (!is_agreed (self, data[1]))
        return PIECE_JUNK;
    if (length - FRAME_BYTES < payload)
        return PIECE_CUT;
    self->sink->packet (self->user_data, data[1], data + FRAME_BYTES, payload);
    *used = FRAME_BYTES + payload;
    return PIECE_TAKEN;
}

static size_t
find_body_bytes (const char *head, size_t length)
{
    g_autofree char *value = ht_wire_dup_header (head, length, "Content-Length", 0);

    return value != NULL ? (size_t) g_ascii_strtoull (value, NULL, 10) : 0;
}

static Piece
take_message (HtWire *self, const uint8_t *data, size_t length, size_t *used)
{
    const char *head = (const char *) data;
    const char *end = memmem (data, MIN (length, HT_WIRE_MAX_HEAD), "\r\n\r\n", 4);
    size_t head_bytes, body_bytes;

    if (end == NULL)
        return length < HT_WIRE_MAX_HEAD ? PIECE_CUT : PIECE_JUNK;
    head_bytes = (size_t) (end - head) + 4;
    body_bytes = find_body_bytes (head, head_bytes);
    if (body_bytes > HT_WIRE_MAX_BODY)
        return PIECE_BROKEN;
    if (length - head_bytes < body_bytes)
        return PIECE_CUT;
    self->sink->message (self->user_data, head, head_bytes);
    *used = head_bytes + body_bytes;
    return PIECE_TAKEN;
}

/* A message begins with a method or "RTSP/"; a stray capital is dirt. */
static gboolean
begins_message (const uint8_t *data)
{
    for (unsigned i = 0; i < FRAME_BYTES; i++)
        if (!g_ascii_isupper ((char) data[i]) && (i == 0 || data[i] != '_'))
            return FALSE;
    return TRUE;
}

static Piece
take_piece (HtWire *self, const uint8_t *data, size_t length, size_t *used)
{
    *used = 1;
    if (data[0] == '$')
        return take_packet (self, data, length, used);
    if (begins_message (data))
        return take_message (self, data, length, used);
    return PIECE_JUNK;
}

gboolean
ht_wire_parse (HtWire *self, const uint8_t *data, size_t length, size_t *ret_used, GError **error)
{
    size_t at = 0;

    while (length - at >= FRAME_BYTES) {
        size_t used;
        Piece piece = take_piece (self, data + at, length - at, &used);

        if (piece == PIECE_CUT)
            break;
        at += used;
        self->junk_bytes = piece == PIECE_TAKEN ? 0 : self->junk_bytes + 1;
        if (piece == PIECE_BROKEN || self->junk_bytes > HT_WIRE_MAX_JUNK) {
            ht_problem_set (error, HT_ERROR_GONE, "broken-connection", NULL,
                            "the camera sends what is no RTSP");
            return FALSE;
        }
    }
    *ret_used = at;
    return TRUE;
}

unsigned
ht_wire_get_status (const char *head, size_t length)
{
    static const char VERSION[] = "RTSP/1.";
    const char *p = head + strlen (VERSION) + 2;

    if (length < strlen (VERSION) + 6 || strncmp (head, VERSION, strlen (VERSION)) != 0)
        return 0;
    for (unsigned i = 0; i < 3; i++)
        if (!g_ascii_isdigit (p[i]))
            return 0;
    return (unsigned) ((p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0'));
}

char *
ht_wire_dup_header (const char *head, size_t length, const char *name, unsigned index)
{
    const char *end = head + length;
    size_t name_length = strlen (name);
    const char *line = memchr (head, '\n', length);

    while (line != NULL && ++line < end) {
        const char *next = memchr (line, '\n', (size_t) (end - line));
        size_t line_length = (size_t) ((next != NULL ? next : end) - line);

        if (line_length > name_length && line[name_length] == ':' &&
            g_ascii_strncasecmp (line, name, name_length) == 0 && index-- == 0)
            return g_strstrip (g_strndup (line + name_length + 1, line_length - name_length - 1));
        line = next;
    }
    return NULL;
}
