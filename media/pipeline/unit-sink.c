/* SPDX-License-Identifier: MIT */

#include "media/pipeline/unit-sink.h"

#include <string.h>

#include "media/pipeline/dts.h"
#include "media/pipeline/sps.h"
#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"

#define CAPS                                                                                       \
    "video/x-h264, stream-format=byte-stream, alignment=au; "                                      \
    "audio/mpeg, mpegversion=4, stream-format=adts"
#define NAL_SPS       7
#define NAL_DELIMITER 9

/* Every picture type may follow (H.264 table 7-5). */
static const uint8_t DELIMITER[] = { 0, 0, 0, 1, NAL_DELIMITER, 0xf0 };

struct _HtUnitSink {
    GstBaseSink parent;
    HtUnitOut *out; /* borrowed */
    unsigned stream;
    HtUnitSinkTime time;
    HtStreamInfo info;
    gboolean announced; /* info was sent */
    gboolean began;     /* a unit was sent */
    HtDts dts;
    int64_t last_dts;
    GBytes *delimiter; /* (owned) */
};

G_DEFINE_TYPE (HtUnitSink, ht_unit_sink, GST_TYPE_BASE_SINK)

int64_t
ht_unit_ticks_to_ns (int64_t ticks)
{
    return (int64_t) gst_util_uint64_scale_round ((uint64_t) ticks, GST_SECOND, HT_UNIT_CLOCK_HZ);
}

int64_t
ht_unit_ticks_from_ns (int64_t ns)
{
    return (int64_t) gst_util_uint64_scale_round ((uint64_t) ns, HT_UNIT_CLOCK_HZ, GST_SECOND);
}

static gboolean
set_caps (GstBaseSink *sink, GstCaps *caps)
{
    HtUnitSink *self = HT_UNIT_SINK (sink);
    const GstStructure *structure = gst_caps_get_structure (caps, 0);
    HtStreamInfo info = { .codec = self->stream == 0 ? HT_CODEC_H264 : HT_CODEC_AAC };
    int value;

    if (gst_structure_get_int (structure, "width", &value))
        info.width = value;
    if (gst_structure_get_int (structure, "height", &value))
        info.height = value;
    if (gst_structure_get_int (structure, "rate", &value))
        info.rate_hz = value;
    if (gst_structure_get_int (structure, "channels", &value))
        info.channels = value;
    if (!ht_fields_equal (&HT_STREAM_INFO_FIELDS, &info, &self->info))
        self->announced = FALSE;
    self->info = info;
    return TRUE;
}

/* FALSE where the buffer has no such instant. */
static gboolean
find_ticks (HtUnitSink *self, GstClockTime time, int64_t *ret_ticks)
{
    GstElement *element = GST_ELEMENT (self);
    int64_t epoch_ns = 0;
    uint64_t running;
    int sign = gst_segment_to_running_time_full (&GST_BASE_SINK (self)->segment, GST_FORMAT_TIME,
                                                 time, &running);

    if (sign == 0 || !GST_CLOCK_TIME_IS_VALID (time))
        return FALSE;
    if (self->time == HT_UNIT_SINK_RUNNING_TIME) {
        GstClockTime base_time = gst_element_get_base_time (element);
        g_autoptr (GstClock) clock = gst_element_get_clock (element);
        GstClockTime now = clock != NULL ? gst_clock_get_time (clock) : base_time;

        epoch_ns = ht_unit_out_get_epoch_ns (self->out, (int64_t) base_time,
                                             GST_CLOCK_DIFF (base_time, now));
    }
    *ret_ticks = ht_unit_ticks_from_ns (epoch_ns + sign * (int64_t) running);
    return TRUE;
}

/* The reorder depth of the stream, where the unit holds a parameter set. Only for streams whose
 * decoding instants are not given. */
static void
learn_depth (HtUnitSink *self, const uint8_t *data, size_t length)
{
    const uint8_t *end = data + length;

    for (const uint8_t *p = data; end - p > 4; p++) {
        const uint8_t *next;
        HtSps sps;

        if (p[0] != 0 || p[1] != 0 || p[2] != 1 || (p[3] & 0x1f) != NAL_SPS)
            continue;
        next = memmem (p + 3, (size_t) (end - p - 3), "\0\0\1", 3);
        if (next == NULL)
            next = end;
        if (ht_sps_read (p + 3, (size_t) (next - p - 3), &sps, NULL))
            ht_dts_set_depth (&self->dts, sps.reorder_depth);
        return;
    }
}

static gboolean
has_delimiter (const uint8_t *data, size_t length)
{
    size_t zeros = 0;

    while (zeros < length && zeros < 3 && data[zeros] == 0)
        zeros++;
    return zeros >= 2 && zeros + 1 < length && data[zeros] == 1 &&
           (data[zeros + 1] & 0x1f) == NAL_DELIMITER;
}

/* FALSE where the unit has no place on the time line and is left out. */
static gboolean
stamp (HtUnitSink *self, GstBuffer *buffer, const GstMapInfo *map, HtUnit *unit)
{
    if (!find_ticks (self, GST_BUFFER_PTS (buffer), &unit->pts))
        return FALSE;
    unit->dts = unit->pts;
    if (self->stream == 0 && !find_ticks (self, GST_BUFFER_DTS (buffer), &unit->dts)) {
        if ((unit->flags & HT_UNIT_KEY) != 0)
            learn_depth (self, map->data, map->size);
        unit->dts = ht_dts_next (&self->dts, &unit->pts);
    }
    if (self->began && unit->dts <= self->last_dts)
        unit->dts = self->last_dts + 1;
    if (unit->dts > unit->pts)
        return FALSE;
    self->last_dts = unit->dts;
    return TRUE;
}

static HtUnit
describe (HtUnitSink *self, GstBuffer *buffer)
{
    HtUnit unit = { .type = HT_UNIT_ACCESS, .stream = (uint8_t) self->stream };

    if (!GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT))
        unit.flags |= HT_UNIT_KEY;
    /* of a file nothing is lost: there the flag marks a new beginning */
    if (self->time != HT_UNIT_SINK_RUNNING_TIME && self->began &&
        GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT))
        unit.flags |= HT_UNIT_LOSS;
    if (!GST_BUFFER_FLAG_IS_SET (buffer, HT_BUFFER_UNSETTLED))
        unit.flags |= HT_UNIT_SETTLED;
    unit.arrival_us = self->time == HT_UNIT_SINK_WALL_TIME_ARRIVAL
                          ? (int64_t) GST_BUFFER_OFFSET (buffer)
                          : ht_clock_read_us (ht_clock_get_system ());
    return unit;
}

static gboolean
send (HtUnitSink *self, GstBuffer *buffer, const GstMapInfo *map, GError **error)
{
    HtUnit unit = describe (self, buffer);
    GBytes *head =
        self->stream == 0 && !has_delimiter (map->data, map->size) ? self->delimiter : NULL;

    if (!stamp (self, buffer, map, &unit))
        return TRUE;
    if (!self->announced && !ht_unit_out_send_info (self->out, self->stream, &self->info, error))
        return FALSE;
    self->announced = TRUE;
    if (!ht_unit_out_send (self->out, unit, head, map->data, map->size, error))
        return FALSE;
    self->began = TRUE;
    return TRUE;
}

static GstFlowReturn
render (GstBaseSink *sink, GstBuffer *buffer)
{
    HtUnitSink *self = HT_UNIT_SINK (sink);
    g_autoptr (GError) error = NULL;
    GstMapInfo map;
    gboolean sent;

    if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
        return GST_FLOW_ERROR;
    sent = send (self, buffer, &map, &error);
    gst_buffer_unmap (buffer, &map);
    if (sent)
        return GST_FLOW_OK;
    gst_element_post_message (GST_ELEMENT (self),
                              gst_message_new_error (GST_OBJECT (self), error, NULL));
    return GST_FLOW_ERROR;
}

static void
finalize (GObject *object)
{
    HtUnitSink *self = HT_UNIT_SINK (object);

    g_clear_pointer (&self->delimiter, g_bytes_unref);
    G_OBJECT_CLASS (ht_unit_sink_parent_class)->finalize (object);
}

static void
ht_unit_sink_class_init (HtUnitSinkClass *class)
{
    GstElementClass *element = GST_ELEMENT_CLASS (class);
    GstBaseSinkClass *sink = GST_BASE_SINK_CLASS (class);
    g_autoptr (GstCaps) caps = gst_caps_from_string (CAPS);

    G_OBJECT_CLASS (class)->finalize = finalize;
    gst_element_class_add_pad_template (
        element, gst_pad_template_new ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, caps));
    gst_element_class_set_static_metadata (element, "Unit sink", "Sink",
                                           "Hands access units to the recorder", "hoitruong");
    sink->set_caps = set_caps;
    sink->render = render;
}

static void
ht_unit_sink_init (HtUnitSink *self)
{
    self->delimiter = g_bytes_new_static (DELIMITER, sizeof DELIMITER);
}

void
ht_unit_sink_register (void)
{
    gst_element_register (NULL, "htunitsink", GST_RANK_NONE, HT_TYPE_UNIT_SINK);
}

void
ht_unit_sink_bind (HtUnitSink *self, HtUnitOut *out, unsigned stream, HtUnitSinkTime time)
{
    self->out = out;
    self->stream = stream;
    self->time = time;
    ht_unit_out_expect (out, stream);
}
