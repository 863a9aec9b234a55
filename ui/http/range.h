/* SPDX-License-Identifier: MIT */

/* The Range header (RFC 9110 section 14). One range is served; several in one request would cost
 * more than they are worth and are refused like one that lies outside. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
    HT_RANGE_WHOLE,     /* no range, or one in words we do not know: send everything */
    HT_RANGE_PART,      /* send [first, last] */
    HT_RANGE_IMPOSSIBLE /* nothing of the file lies in it, or there are several: 416 */
} HtRangeKind;

typedef struct {
    HtRangeKind kind;
    int64_t first, last; /* octets, both inclusive; of HT_RANGE_PART and HT_RANGE_WHOLE */
} HtRange;

/* @text: (nullable): the header's value; @size: of the file, in octets */
HtRange ht_range_parse (const char *text, int64_t size);

G_END_DECLS
