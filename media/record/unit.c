/* SPDX-License-Identifier: MIT */

#include "media/record/unit.h"

#include <string.h>

#include "scheduler/base/error.h"

static void
put64 (uint8_t *to, int64_t value)
{
    uint64_t wire = GUINT64_TO_LE ((uint64_t) value);

    memcpy (to, &wire, sizeof wire);
}

static int64_t
get64 (const uint8_t *from)
{
    uint64_t wire;

    memcpy (&wire, from, sizeof wire);
    return (int64_t) GUINT64_FROM_LE (wire);
}

int64_t
ht_unit_pts (int64_t us)
{
    return us / 100 * 9 + us % 100 * 9 / 100;
}

int64_t
ht_unit_us (int64_t pts)
{
    return pts / 9 * 100 + pts % 9 * 100 / 9;
}

void
ht_unit_write (const HtUnit *unit, uint8_t header[HT_UNIT_HEADER_BYTES])
{
    uint32_t length = GUINT32_TO_LE (unit->length_bytes);

    header[0] = HT_UNIT_VERSION;
    header[1] = unit->type;
    header[2] = unit->stream;
    header[3] = unit->flags;
    memcpy (header + 4, &length, sizeof length);
    put64 (header + 8, unit->pts);
    put64 (header + 16, unit->dts);
    put64 (header + 24, unit->arrival_us);
}

gboolean
ht_unit_read (const uint8_t header[HT_UNIT_HEADER_BYTES], HtUnit *ret_unit, GError **error)
{
    uint32_t length;

    memcpy (&length, header + 4, sizeof length);
    length = GUINT32_FROM_LE (length);
    if (header[0] != HT_UNIT_VERSION || header[1] < HT_UNIT_STREAM || header[1] > HT_UNIT_NOTE ||
        length > HT_UNIT_MAX_BYTES) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-a-unit", NULL,
                        "version %u, type %u, %u octets is no unit of version %d", header[0],
                        header[1], length, HT_UNIT_VERSION);
        return FALSE;
    }
    *ret_unit = (HtUnit){
        .type = header[1],
        .stream = header[2],
        .flags = header[3],
        .length_bytes = length,
        .pts = get64 (header + 8),
        .dts = get64 (header + 16),
        .arrival_us = get64 (header + 24),
    };
    return TRUE;
}
