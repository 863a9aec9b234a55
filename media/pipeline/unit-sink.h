/* SPDX-License-Identifier: MIT */

/* `htunitsink`: the end of every ingest. Hands access units to the recorder, H.264 with a delimiter
 * first (Annex B), AAC as ADTS frames. */

#pragma once

#include <gst/base/gstbasesink.h>

#include "media/pipeline/unit-out.h"

G_BEGIN_DECLS

#define HT_TYPE_UNIT_SINK (ht_unit_sink_get_type ())
G_DECLARE_FINAL_TYPE (HtUnitSink, ht_unit_sink, HT, UNIT_SINK, GstBaseSink)

/* On a buffer from htrtspsrc: its time line may still move. */
#define HT_BUFFER_UNSETTLED GST_BUFFER_FLAG_LAST

typedef enum {
    /* running time 0 is put on the wall clock when the first unit comes */
    HT_UNIT_SINK_RUNNING_TIME,
    /* running time is the wall clock since 1970; the second: the offset of a buffer its arrival, us
     */
    HT_UNIT_SINK_WALL_TIME,
    HT_UNIT_SINK_WALL_TIME_ARRIVAL,
} HtUnitSinkTime;

/* Makes the element known to gst_parse_launch(). */
void ht_unit_sink_register (void);

/* @out is borrowed and outlives the sink; @stream is 0 for video, 1 for audio. */
void ht_unit_sink_bind (HtUnitSink *self, HtUnitOut *out, unsigned stream, HtUnitSinkTime time);

/* Ticks of HT_UNIT_CLOCK_HZ to nanoseconds and back, exact in this order. */
int64_t ht_unit_ticks_to_ns (int64_t ticks);
int64_t ht_unit_ticks_from_ns (int64_t ns);

G_END_DECLS
