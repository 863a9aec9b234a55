/* SPDX-License-Identifier: MIT */

/* The framing of a request: lines of name, colon, value. What is accepted keeps its promises. */

#include <stdint.h>
#include <string.h>

#include "ui/http/guard.h"

#define MAX_HEADERS 16

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static unsigned
count_named (const HtGuardHeader *headers, unsigned n, const char *name)
{
    unsigned found = 0;

    for (unsigned i = 0; i < n; i++)
        found += headers[i].name_length == strlen (name) &&
                 g_ascii_strncasecmp (headers[i].name, name, strlen (name)) == 0;
    return found;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    HtGuardHeader headers[MAX_HEADERS];
    const char *text = (const char *) data;
    HtGuardFraming framing;
    unsigned n = 0;

    while (size > 0 && n < MAX_HEADERS) {
        const char *end = memchr (text, '\n', size);
        size_t length = end == NULL ? size : (size_t) (end - text);
        const char *colon = memchr (text, ':', length);
        size_t name_length = colon == NULL ? length : (size_t) (colon - text);

        headers[n++] = (HtGuardHeader){ text, name_length, colon == NULL ? text : colon + 1,
                                        colon == NULL ? 0 : length - name_length - 1 };
        size -= MIN (size, length + 1);
        text += length + 1;
    }
    if (!ht_guard_check (headers, n, "HTTP/1.1", &framing, NULL))
        return 0;
    g_assert_cmpint (framing.content_length, >=, 0);
    g_assert_cmpuint (count_named (headers, n, "Host"), ==, 1);
    g_assert_cmpuint (count_named (headers, n, "Content-Length") +
                          count_named (headers, n, "Transfer-Encoding"),
                      <=, 1);
    return 0;
}
