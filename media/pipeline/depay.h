/* SPDX-License-Identifier: MIT */

/* What the depayloaders give out. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * HtDepayUnit:
 * @data: borrowed: one access unit as media/record/unit.h wants it
 * @pts: presentation instant on the stream's own clock, without wrap
 * @dts: decoding instant, same clock
 * @first_arrival_us: when its first packet came
 * @arrival_us: when its last one came
 * @flags: HT_UNIT_KEY, HT_UNIT_LOSS
 */
typedef struct {
    const uint8_t *data;
    size_t length;
    int64_t pts, dts;
    int64_t first_arrival_us, arrival_us;
    unsigned flags;
} HtDepayUnit;

typedef void (*HtDepayFunc) (gpointer user_data, const HtDepayUnit *unit);

G_END_DECLS
