/* SPDX-License-Identifier: MIT */

#include "ui/http/range.h"

#include <string.h>

#define MAX_DIGITS 18

/* Moves *text past its digits. Returns: the number, or -1 where there is none or too many digits.
 */
static int64_t
take_number (const char **text)
{
    int64_t number = 0;
    size_t n = strspn (*text, "0123456789");

    if (n == 0 || n > MAX_DIGITS)
        return -1;
    for (size_t i = 0; i < n; i++)
        number = number * 10 + ((*text)[i] - '0');
    *text += n;
    return number;
}

static HtRange
make_part (int64_t first, int64_t last, int64_t size)
{
    if (first >= size)
        return (HtRange){ HT_RANGE_IMPOSSIBLE, 0, 0 };
    return (HtRange){ HT_RANGE_PART, first, MIN (last, size - 1) };
}

HtRange
ht_range_parse (const char *text, int64_t size)
{
    const HtRange whole = { HT_RANGE_WHOLE, 0, size - 1 };
    gboolean suffix;
    int64_t first = 0, last;

    if (text == NULL || g_ascii_strncasecmp (text, "bytes=", 6) != 0)
        return whole;
    text += 6;
    if (strchr (text, ',') != NULL)
        return (HtRange){ HT_RANGE_IMPOSSIBLE, 0, 0 };
    suffix = *text == '-';
    if (!suffix && (first = take_number (&text)) < 0)
        return whole;
    if (*text++ != '-')
        return whole;
    if (*text == '\0' && !suffix)
        return make_part (first, size - 1, size);
    last = take_number (&text);
    if (last < 0 || *text != '\0' || (!suffix && last < first))
        return whole;
    if (suffix)
        return last == 0 ? (HtRange){ HT_RANGE_IMPOSSIBLE, 0, 0 }
                         : make_part (MAX (size - last, 0), size - 1, size);
    return make_part (first, last, size);
}
