/* SPDX-License-Identifier: MIT */

#include "calendar/text/line.h"

#include <string.h>

#include "scheduler/core/civil.h"

/* How much of @text stands in one line of @most octets: whole letters, and one at least. */
static size_t
measure_piece (const char *text, size_t length, size_t most)
{
    size_t piece = MIN (length, most);

    /* 10xxxxxx continues a letter */
    while (piece > 1 && piece < length && ((unsigned char) text[piece] & 0xC0) == 0x80)
        piece--;
    return piece;
}

void
ht_line_append (GString *text, const char *name, const char *value)
{
    g_autofree char *line = g_strconcat (name, ":", value, NULL);
    const char *at = line;
    size_t left = strlen (line);
    size_t piece = measure_piece (at, left, HT_LINE_OCTETS);

    g_string_append_len (text, at, (gssize) piece);
    for (at += piece, left -= piece; left > 0; at += piece, left -= piece) {
        piece = measure_piece (at, left, HT_LINE_OCTETS - 1);
        g_string_append (text, "\r\n ");
        g_string_append_len (text, at, (gssize) piece);
    }
    g_string_append (text, "\r\n");
}

void
ht_line_append_text (GString *text, const char *name, const char *value)
{
    g_autoptr (GString) escaped = g_string_sized_new (strlen (value) + 16);

    for (const char *c = value; *c != '\0'; c++)
        switch (*c) {
        case '\\':
        case ';':
        case ',':
            g_string_append_c (escaped, '\\');
            g_string_append_c (escaped, *c);
            break;
        case '\n':
            g_string_append (escaped, "\\n");
            break;
        case '\r':
            break;
        default:
            g_string_append_c (escaped, *c);
        }
    ht_line_append (text, name, escaped->str);
}

void
ht_line_append_instant (GString *text, const char *name, int64_t at_us)
{
    int64_t at_s = at_us >= 0 ? at_us / HT_CIVIL_US : -((-at_us + HT_CIVIL_US - 1) / HT_CIVIL_US);
    HtCivil civil = ht_civil_from_local_s (at_s);
    char value[HT_CIVIL_TEXT_BYTES];

    ht_civil_write_basic (&civil, HT_CIVIL_TEXT_UTC, value);
    ht_line_append (text, name, value);
}
