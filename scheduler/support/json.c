/* SPDX-License-Identifier: MIT */

#include "scheduler/support/json.h"

#include <string.h>

#define MAX_DIGITS 20 /* of an int64_t, with its sign */

/* Room for @length more octets, which the caller fills: a record has dozens of members, and one
 * call for each is a quarter of what three cost. */
static char *
extend (GString *json, size_t length)
{
    size_t at = json->len;

    g_string_set_size (json, at + length);
    return json->str + at;
}

static void
append_escaped (GString *json, char c)
{
    if (c == '"' || c == '\\') {
        g_string_append_c (json, '\\');
        g_string_append_c (json, c);
    } else
        g_string_append_printf (json, "\\u%04x", (unsigned char) c);
}

void
ht_json_append_string (GString *json, const char *text)
{
    if (text == NULL) {
        g_string_append (json, "null");
        return;
    }
    g_string_append_c (json, '"');
    for (const char *p = text;; p++) {
        const char *plain = p;

        while ((unsigned char) *p >= 0x20 && *p != '"' && *p != '\\')
            p++;
        memcpy (extend (json, (size_t) (p - plain)), plain, (size_t) (p - plain));
        if (*p == '\0')
            break;
        append_escaped (json, *p);
    }
    g_string_append_c (json, '"');
}

/* As printf() would, which costs more than all the rest of a record: half of what a booking takes
 * the decider would go there. */
void
ht_json_append_int (GString *json, int64_t value)
{
    char digits[MAX_DIGITS];
    unsigned at = MAX_DIGITS;
    uint64_t left = value < 0 ? -(uint64_t) value : (uint64_t) value;

    do
        digits[--at] = (char) ('0' + left % 10);
    while ((left /= 10) > 0);
    if (value < 0)
        digits[--at] = '-';
    memcpy (extend (json, MAX_DIGITS - at), digits + at, MAX_DIGITS - at);
}

void
ht_json_append_name (GString *json, const char *name)
{
    size_t length = strlen (name);
    char *to = extend (json, length + 3);

    to[0] = '"';
    memcpy (to + 1, name, length + 1); /* its end is written over */
    to[length + 1] = '"';
    to[length + 2] = ':';
}
