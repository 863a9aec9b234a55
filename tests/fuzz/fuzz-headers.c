/* SPDX-License-Identifier: MIT */

/* Single headers: a range stays inside the file, a cookie is part of its header. */

#include <stdint.h>
#include <string.h>

#include "ui/http/cookie.h"
#include "ui/http/encoding.h"
#include "ui/http/range.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup ((const char *) data, size);
    g_autofree char *cookie = ht_cookie_dup (text, "ht_session");
    int64_t file_size = size % 3 == 0 ? 0 : 1000;
    HtRange range = ht_range_parse (text, file_size);

    if (range.kind == HT_RANGE_PART) {
        g_assert_cmpint (range.first, >=, 0);
        g_assert_cmpint (range.first, <=, range.last);
        g_assert_cmpint (range.last, <, file_size);
    }
    if (cookie != NULL)
        g_assert_nonnull (strstr (text, cookie));
    ht_encoding_accepts_gzip (text);
    return 0;
}
