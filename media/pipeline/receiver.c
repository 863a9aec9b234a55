/* SPDX-License-Identifier: MIT */

#include "media/pipeline/receiver.h"

#include "media/pipeline/h264-depay.h"
#include "media/pipeline/stream-clock.h"
#include "media/record/unit.h"
#include "scheduler/base/error.h"

#define VIDEO       0
#define AUDIO       1
#define OWN_SSRC    0x68746f69
#define NO_CHANNELS 0xffff

typedef struct {
    HtReceiver *receiver; /* borrowed */
    unsigned index;
    const HtSdpStream *description; /* borrowed; NULL: there is none */
    unsigned channel;
    HtRtpLine line;
    HtH264Depay *h264; /* (owned) (nullable) */
    HtAacDepay *aac;   /* (owned) (nullable) */
    uint32_t last_ntp; /* of the last sender report, its middle bits */
    int64_t report_us; /* when it came */
} Stream;

/* Cameras and servers send their first pictures late or in a burst: the instant of a picture is
 * what the fastest of the first ones says. Until then units wait. */
#define LEARNING_US (250 * (int64_t) G_TIME_SPAN_MILLISECOND)

/* A unit that waits. */
typedef struct {
    unsigned stream;
    HtDepayUnit unit; /* data is (owned) */
} Waiting;

struct _HtReceiver {
    GArray *waiting; /* (element-type Waiting) (owned) (nullable): NULL once the clock is learnt */
    HtReceiverFunc each;
    gpointer user_data;
    HtStreamClock clock;
    Stream streams[HT_RECEIVER_STREAMS];
};

static void
waiting_clear (gpointer data)
{
    g_free ((uint8_t *) ((Waiting *) data)->unit.data);
}

HtReceiver *
ht_receiver_new (HtReceiverFunc each, gpointer user_data)
{
    HtReceiver *self = g_new0 (HtReceiver, 1);

    self->each = each;
    self->user_data = user_data;
    self->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
    g_array_set_clear_func (self->waiting, waiting_clear);
    for (unsigned i = 0; i < HT_RECEIVER_STREAMS; i++) {
        self->streams[i].receiver = self;
        self->streams[i].index = i;
        self->streams[i].channel = NO_CHANNELS;
    }
    return self;
}

void
ht_receiver_free (HtReceiver *self)
{
    for (unsigned i = 0; i < HT_RECEIVER_STREAMS; i++) {
        g_clear_pointer (&self->streams[i].h264, ht_h264_depay_free);
        g_clear_pointer (&self->streams[i].aac, ht_aac_depay_free);
    }
    g_clear_pointer (&self->waiting, g_array_unref);
    g_free (self);
}

/* In ticks of HT_UNIT_CLOCK_HZ. */
static int64_t
scale (const Stream *stream, int64_t stamp)
{
    int64_t rate = stream->description->clock_hz;

    if (rate == HT_UNIT_CLOCK_HZ)
        return stamp;
    return stamp / rate * HT_UNIT_CLOCK_HZ + stamp % rate * HT_UNIT_CLOCK_HZ / rate;
}

/* In its place on the wall clock, to whoever listens. */
static void
give (HtReceiver *self, unsigned stream, const HtDepayUnit *unit)
{
    HtDepayUnit placed = *unit;

    if (!ht_stream_clock_is_laid (&self->clock, stream))
        ht_stream_clock_lay (&self->clock, stream, placed.pts, unit->first_arrival_us);
    placed.pts = ht_stream_clock_map (&self->clock, stream, placed.pts);
    placed.dts = ht_stream_clock_map (&self->clock, stream, placed.dts);
    self->each (self->user_data, stream, &placed);
}

/* What a unit says of where its stream lies: the less, the less it was delayed. In ticks. */
static int64_t
get_delay (const HtDepayUnit *unit)
{
    return unit->first_arrival_us / 100 * 9 - unit->dts;
}

/* The stream where its unit that was delayed least says; its first one is then shown when it would
 * have come, had it not been delayed: pictures in another order than they come change nothing. */
static void
lay (HtReceiver *self, const GArray *waiting, unsigned stream)
{
    const HtDepayUnit *first = NULL, *fastest = NULL;

    for (unsigned i = 0; i < waiting->len; i++) {
        const Waiting *one = &g_array_index (waiting, Waiting, i);

        if (one->stream != stream)
            continue;
        if (first == NULL)
            first = &one->unit;
        if (fastest == NULL || get_delay (&one->unit) < get_delay (fastest))
            fastest = &one->unit;
    }
    if (first != NULL)
        ht_stream_clock_lay (&self->clock, stream, fastest->dts + first->pts - first->dts,
                             fastest->first_arrival_us);
}

/* Lays the streams, and gives out what waited. */
static void
learn (HtReceiver *self)
{
    GArray *waiting = g_steal_pointer (&self->waiting);

    for (unsigned i = 0; i < HT_RECEIVER_STREAMS; i++)
        lay (self, waiting, i);
    for (unsigned i = 0; i < waiting->len; i++) {
        const Waiting *one = &g_array_index (waiting, Waiting, i);

        give (self, one->stream, &one->unit);
    }
    g_array_unref (waiting);
}

static void
wait_for_more (HtReceiver *self, unsigned stream, const HtDepayUnit *unit)
{
    Waiting one = { stream, *unit };

    one.unit.data = g_memdup2 (unit->data, unit->length);
    g_array_append_val (self->waiting, one);
    ht_receiver_tick (self, unit->arrival_us);
}

static void
on_unit (gpointer user_data, const HtDepayUnit *unit)
{
    Stream *stream = user_data;
    HtDepayUnit scaled = *unit;

    scaled.pts = scale (stream, unit->pts);
    scaled.dts = unit->dts == unit->pts ? scaled.pts : scale (stream, unit->dts);
    if (stream->receiver->waiting != NULL)
        wait_for_more (stream->receiver, stream->index, &scaled);
    else
        give (stream->receiver, stream->index, &scaled);
}

gboolean
ht_receiver_add (HtReceiver *self, unsigned index, const HtSdpStream *description, GError **error)
{
    Stream *stream = &self->streams[index];

    g_assert (index < HT_RECEIVER_STREAMS && stream->description == NULL);
    if (description->encoding == HT_ENCODING_AAC) {
        stream->aac = ht_aac_depay_new (&description->aac, on_unit, stream, error);
        if (stream->aac == NULL)
            return FALSE;
    }
    if (description->encoding == HT_ENCODING_H264) {
        stream->h264 = ht_h264_depay_new (on_unit, stream);
        if (description->parameters != NULL)
            ht_h264_depay_set_parameters (stream->h264, description->parameters);
    }
    stream->description = description;
    stream->line.rate_hz = description->clock_hz;
    self->clock.expected[index] = TRUE;
    return TRUE;
}

void
ht_receiver_set_channel (HtReceiver *self, unsigned stream, unsigned channel)
{
    self->streams[stream].channel = channel;
}

static void
give_as_it_is (Stream *stream, const HtRtpPacket *packet, HtRtpOrder order, int64_t arrival_us)
{
    HtDepayUnit unit = {
        .data = packet->payload,
        .length = packet->length,
        .pts = stream->line.stamp,
        .dts = stream->line.stamp,
        .first_arrival_us = arrival_us,
        .arrival_us = arrival_us,
        .flags = HT_UNIT_KEY | (order != HT_RTP_NEXT ? HT_UNIT_LOSS : 0u),
    };

    if (packet->length > 0)
        on_unit (stream, &unit);
}

static void
take_media (Stream *stream, const uint8_t *data, size_t length, int64_t arrival_us)
{
    gboolean began = stream->line.started;
    HtRtpPacket packet;
    HtRtpOrder order;

    if (!ht_rtp_packet_read (data, length, &packet) ||
        packet.type != stream->description->payload_type)
        return;
    order = ht_rtp_line_take (&stream->line, &packet, arrival_us);
    if (order == HT_RTP_DROP)
        return;
    if (order == HT_RTP_FRESH && began)
        ht_stream_clock_forget (&stream->receiver->clock, stream->index);
    if (stream->h264 != NULL)
        ht_h264_depay_take (stream->h264, &packet, order, stream->line.stamp, arrival_us);
    else if (stream->aac != NULL)
        ht_aac_depay_take (stream->aac, &packet, order, stream->line.stamp, arrival_us);
    else
        give_as_it_is (stream, &packet, order, arrival_us);
}

static gboolean
take_control (Stream *stream, const uint8_t *data, size_t length, int64_t arrival_us,
              GError **error)
{
    HtSenderReport report;
    unsigned found = ht_rtcp_read (data, length, &report);

    if ((found & HT_RTCP_BYE) != 0) {
        ht_problem_set (error, HT_ERROR_GONE, "closed", NULL, "the camera ended the stream");
        return FALSE;
    }
    if ((found & HT_RTCP_REPORT) == 0 || !stream->line.started || report.ssrc != stream->line.ssrc)
        return TRUE;
    stream->last_ntp = (uint32_t) (report.ntp >> 16);
    stream->report_us = arrival_us;
    ht_stream_clock_report (&stream->receiver->clock, stream->index, report.ntp,
                            scale (stream, ht_rtp_line_unwrap (&stream->line, report.stamp)));
    return TRUE;
}

gboolean
ht_receiver_take (HtReceiver *self, unsigned channel, const uint8_t *data, size_t length,
                  int64_t arrival_us, GError **error)
{
    for (unsigned i = 0; i < HT_RECEIVER_STREAMS; i++) {
        Stream *stream = &self->streams[i];

        if (stream->description == NULL)
            continue;
        if (channel == stream->channel)
            take_media (stream, data, length, arrival_us);
        else if (channel == stream->channel + 1)
            return take_control (stream, data, length, arrival_us, error);
    }
    return TRUE;
}

void
ht_receiver_tick (HtReceiver *self, int64_t now_us)
{
    if (self->waiting != NULL && self->waiting->len > 0 &&
        now_us - g_array_index (self->waiting, Waiting, 0).unit.first_arrival_us >= LEARNING_US)
        learn (self);
}

void
ht_receiver_finish (HtReceiver *self)
{
    if (self->streams[VIDEO].h264 != NULL)
        ht_h264_depay_finish (self->streams[VIDEO].h264);
    if (self->waiting != NULL)
        learn (self);
}

gboolean
ht_receiver_is_complete (const HtReceiver *self)
{
    return ht_stream_clock_is_complete (&self->clock);
}

gboolean
ht_receiver_is_settled (const HtReceiver *self, int64_t now_us)
{
    return ht_stream_clock_is_settled (&self->clock, now_us);
}

gboolean
ht_receiver_write_report (const HtReceiver *self, unsigned index, int64_t now_us,
                          unsigned *ret_channel, uint8_t to[HT_RTCP_RECEIVER_BYTES])
{
    const Stream *stream = &self->streams[index];

    if (stream->description == NULL || !stream->line.started)
        return FALSE;
    *ret_channel = stream->channel + 1;
    ht_rtcp_write_receiver (&stream->line, OWN_SSRC, stream->last_ntp, now_us - stream->report_us,
                            to);
    return TRUE;
}

const HtSps *
ht_receiver_get_sps (const HtReceiver *self)
{
    const HtH264Depay *depay = self->streams[VIDEO].h264;

    return depay != NULL ? ht_h264_depay_get_sps (depay) : NULL;
}

unsigned
ht_receiver_get_rate_hz (const HtReceiver *self)
{
    const HtAacDepay *depay = self->streams[AUDIO].aac;

    return depay != NULL ? ht_aac_depay_get_rate_hz (depay) : 0;
}

unsigned
ht_receiver_get_channels (const HtReceiver *self)
{
    const HtAacDepay *depay = self->streams[AUDIO].aac;

    return depay != NULL ? ht_aac_depay_get_channels (depay) : 0;
}
