/* SPDX-License-Identifier: MIT */

#include "media/pipeline/rtsp-src.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "media/pipeline/receiver.h"
#include "media/pipeline/rtsp-session.h"
#include "media/pipeline/unit-sink.h"
#include "media/record/unit.h"
#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"

#define BUFFER_BYTES   (65536 + HT_WIRE_PACKET_BYTES)
#define CALM_BYTES     (32 * 1024) /* the least that wakes us, once arrivals decide nothing */
#define TICK_US        (250 * 1000)
#define FROZEN_US      (2 * (int64_t) G_USEC_PER_SEC)
#define FIRST_DATA_US  (5 * (int64_t) G_USEC_PER_SEC)
#define REPORT_PACE_US (5 * (int64_t) G_USEC_PER_SEC)
#define STREAMS        HT_RECEIVER_STREAMS

struct _HtRtspSrc {
    GstElement parent;
    char *location, *user, *password; /* (owned) (nullable) */
    GThread *thread;                  /* (owned) (nullable) */
    int stop_fd;                      /* readable: end */

    /* the rest belongs to the thread */
    HtRtspSession *session;
    HtReceiver *receiver;
    HtWire wire;
    GstPad *pads[STREAMS]; /* (nullable): the element owns them */
    unsigned width, height;
    int64_t now_us; /* wall clock of the octets in hand */
    GstFlowReturn flow;
    GError *error; /* (owned) (nullable): what ended it */
    int64_t data_us, alive_us,
        report_us;               /* monotonic: last octets, last sign of life, last report */
    gboolean began, moved, calm; /* PLAY was answered, octets came since, SO_RCVLOWAT is set */
    uint8_t *buffer;             /* (owned) */
    size_t filled;
};

G_DEFINE_TYPE (HtRtspSrc, ht_rtsp_src, GST_TYPE_ELEMENT)

enum { PROPERTY_LOCATION = 1, PROPERTY_USER, PROPERTY_PASSWORD };

enum { SIGNAL_DRAINED, N_SIGNALS };
static unsigned signals[N_SIGNALS];

static const char *const PAD_NAMES[STREAMS] = { "video", "audio" };

static GstCaps *
make_caps (HtRtspSrc *self, const HtSdpStream *stream)
{
    int rate = (int) stream->clock_hz;

    switch (stream->encoding) {
    case HT_ENCODING_H264:
        if (self->width == 0)
            return gst_caps_from_string (
                "video/x-h264, stream-format=byte-stream, alignment=au, parsed=true");
        return gst_caps_new_simple ("video/x-h264", "stream-format", G_TYPE_STRING, "byte-stream",
                                    "alignment", G_TYPE_STRING, "au", "parsed", G_TYPE_BOOLEAN,
                                    TRUE, "width", G_TYPE_INT, (int) self->width, "height",
                                    G_TYPE_INT, (int) self->height, NULL);
    case HT_ENCODING_AAC:
        return gst_caps_new_simple ("audio/mpeg", "mpegversion", G_TYPE_INT, 4, "stream-format",
                                    G_TYPE_STRING, "adts", "framed", G_TYPE_BOOLEAN, TRUE, "rate",
                                    G_TYPE_INT, (int) ht_receiver_get_rate_hz (self->receiver),
                                    "channels", G_TYPE_INT,
                                    (int) ht_receiver_get_channels (self->receiver), NULL);
    case HT_ENCODING_OPUS:
        return gst_caps_new_simple ("audio/x-opus", "channel-mapping-family", G_TYPE_INT, 0, "rate",
                                    G_TYPE_INT, rate, "channels", G_TYPE_INT,
                                    (int) stream->channels, NULL);
    default:
        return gst_caps_new_simple (
            stream->encoding == HT_ENCODING_PCMU ? "audio/x-mulaw" : "audio/x-alaw", "rate",
            G_TYPE_INT, rate, "channels", G_TYPE_INT, (int) stream->channels, NULL);
    }
}

/* The pad and what must be known of it before its first unit. */
static void
add_pad (HtRtspSrc *self, unsigned stream, const HtSdpStream *description)
{
    GstPad *pad = gst_pad_new (PAD_NAMES[stream], GST_PAD_SRC);
    g_autofree char *id = gst_pad_create_stream_id (pad, GST_ELEMENT (self), PAD_NAMES[stream]);
    g_autoptr (GstCaps) caps = make_caps (self, description);
    GstSegment segment;

    gst_segment_init (&segment, GST_FORMAT_TIME);
    gst_pad_set_active (pad, TRUE);
    gst_pad_push_event (pad, gst_event_new_stream_start (id));
    gst_pad_push_event (pad, gst_event_new_caps (caps));
    gst_pad_push_event (pad, gst_event_new_segment (&segment));
    self->pads[stream] = pad;
    gst_element_add_pad (GST_ELEMENT (self), pad);
}

/* The size is known with the first key frame, and may change with any. */
static void
follow_size (HtRtspSrc *self)
{
    const HtSps *sps = ht_receiver_get_sps (self->receiver);
    const HtSdp *sdp = ht_rtsp_session_get_sdp (self->session);
    g_autoptr (GstCaps) caps = NULL;

    if (sps == NULL || (sps->width == self->width && sps->height == self->height))
        return;
    self->width = sps->width;
    self->height = sps->height;
    caps = make_caps (self, sdp->video);
    gst_pad_push_event (self->pads[0], gst_event_new_caps (caps));
}

static void
on_unit (gpointer user_data, unsigned stream, const HtDepayUnit *unit)
{
    HtRtspSrc *self = user_data;
    GstBuffer *buffer;
    GstFlowReturn flow;

    if (stream == 0 && (unit->flags & HT_UNIT_KEY) != 0)
        follow_size (self);
    buffer = gst_buffer_new_memdup (unit->data, unit->length);
    GST_BUFFER_PTS (buffer) = (GstClockTime) ht_unit_ticks_to_ns (unit->pts);
    GST_BUFFER_DTS (buffer) = (GstClockTime) ht_unit_ticks_to_ns (unit->dts);
    GST_BUFFER_OFFSET (buffer) = (uint64_t) unit->arrival_us;
    if ((unit->flags & HT_UNIT_KEY) == 0)
        GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
    if ((unit->flags & HT_UNIT_LOSS) != 0)
        GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
    if (!ht_receiver_is_settled (self->receiver, self->now_us))
        GST_BUFFER_FLAG_SET (buffer, HT_BUFFER_UNSETTLED);
    flow = gst_pad_push (self->pads[stream], buffer);
    if (flow != GST_FLOW_OK && flow != GST_FLOW_NOT_LINKED)
        self->flow = flow;
}

static void
on_packet (gpointer user_data, unsigned channel, const uint8_t *data, size_t length)
{
    HtRtspSrc *self = user_data;

    if (!self->began)
        self->now_us = ht_clock_read_us (ht_clock_get_system ());
    if (self->error == NULL)
        ht_receiver_take (self->receiver, channel, data, length, self->now_us, &self->error);
}

static void
on_wire_message (gpointer user_data, const char *head, size_t length)
{
    HtRtspSrc *self = user_data;

    if (self->error == NULL)
        ht_rtsp_session_take_message (self->session, head, length, &self->error);
}

static const HtWireSink WIRE_SINK = { on_packet, on_wire_message };

static gboolean
set_up (HtRtspSrc *self, unsigned stream, const HtSdpStream *description, GError **error)
{
    unsigned channel;

    if (description == NULL)
        return TRUE;
    if (!ht_receiver_add (self->receiver, stream, description, error) ||
        !ht_rtsp_session_setup (self->session, description, self->wire.channels, &channel, error))
        return FALSE;
    ht_receiver_set_channel (self->receiver, stream, channel);
    self->wire.channels = MAX (self->wire.channels, channel) + 2;
    add_pad (self, stream, description);
    return TRUE;
}

static gboolean
begin (HtRtspSrc *self, GError **error)
{
    const HtSdp *sdp;

    self->session =
        ht_rtsp_session_new (self->location, self->user, self->password, &WIRE_SINK, self, error);
    if (self->session == NULL || !ht_rtsp_session_open (self->session, error))
        return FALSE;
    sdp = ht_rtsp_session_get_sdp (self->session);
    if (!set_up (self, 0, sdp->video, error) || !set_up (self, 1, sdp->audio, error))
        return FALSE;
    gst_element_no_more_pads (GST_ELEMENT (self));
    if (!ht_rtsp_session_play (self->session, error))
        return FALSE;
    self->began = TRUE;
    self->data_us = ht_clock_read_monotonic_us ();
    self->alive_us = self->report_us = self->data_us;
    return TRUE;
}

/* Takes what waits in the socket. A short read has emptied it. */
static gboolean
read_all (HtRtspSrc *self, int64_t now_us, GError **error)
{
    for (;;) {
        size_t room = BUFFER_BYTES - self->filled;
        gssize n = ht_rtsp_session_read (self->session, self->buffer + self->filled, room, error);
        size_t used;

        if (n <= 0)
            return n == 0;
        self->data_us = now_us;
        self->moved = TRUE;
        self->now_us = ht_clock_read_us (ht_clock_get_system ());
        self->filled += (size_t) n;
        if (!ht_wire_parse (&self->wire, self->buffer, self->filled, &used, error))
            return FALSE;
        self->filled -= used;
        memmove (self->buffer, self->buffer + used, self->filled);
        if (self->error != NULL || self->flow != GST_FLOW_OK)
            return TRUE;
        if ((size_t) n < room && !ht_rtsp_session_is_buffered (self->session))
            return TRUE;
    }
}

/* Rarer wake-ups blur arrival times, by which the streams find their places. */
static void
calm_down (HtRtspSrc *self)
{
    int least = CALM_BYTES;

    if (self->calm || ht_rtsp_session_is_buffered (self->session) ||
        !ht_receiver_is_complete (self->receiver))
        return;
    self->calm = TRUE;
    setsockopt (ht_rtsp_session_get_fd (self->session), SOL_SOCKET, SO_RCVLOWAT, &least,
                sizeof least);
}

static gboolean
send_reports (HtRtspSrc *self, GError **error)
{
    for (unsigned i = 0; i < STREAMS; i++) {
        uint8_t report[HT_RTCP_RECEIVER_BYTES];
        unsigned channel;

        if (ht_receiver_write_report (self->receiver, i, self->now_us, &channel, report) &&
            !ht_rtsp_session_send_packet (self->session, channel, report, sizeof report, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
keep_alive (HtRtspSrc *self, int64_t now_us, GError **error)
{
    int64_t silence_us = now_us - self->data_us;

    if (silence_us > (self->moved ? FROZEN_US : FIRST_DATA_US)) {
        ht_problem_set (error, HT_ERROR_TIMED_OUT, "frozen", NULL,
                        "the camera has sent nothing for %d s",
                        (int) (silence_us / G_USEC_PER_SEC));
        return FALSE;
    }
    if (now_us - self->report_us >= REPORT_PACE_US) {
        self->report_us = now_us;
        if (!send_reports (self, error))
            return FALSE;
    }
    if (now_us - self->alive_us < ht_rtsp_session_get_pace_us (self->session))
        return TRUE;
    self->alive_us = now_us;
    return ht_rtsp_session_keep_alive (self->session, error);
}

static gboolean
must_stop (const HtRtspSrc *self)
{
    struct pollfd poller = { .fd = self->stop_fd, .events = POLLIN };

    return poll (&poller, 1, 0) > 0;
}

/* One wait and what came of it. FALSE at the end; @error is set where something failed. */
static gboolean
turn (HtRtspSrc *self, GError **error)
{
    struct pollfd pollers[] = {
        { .fd = ht_rtsp_session_get_fd (self->session), .events = POLLIN },
        { .fd = self->stop_fd, .events = POLLIN },
    };
    int64_t now_us;

    if (poll (pollers, G_N_ELEMENTS (pollers), TICK_US / 1000) < 0 && errno != EINTR)
        return FALSE;
    if (pollers[1].revents != 0)
        return FALSE;
    now_us = ht_clock_read_monotonic_us ();
    /* at a tick too: the rest below the least that wakes us must not grow old */
    if (!read_all (self, now_us, error))
        return FALSE;
    ht_receiver_tick (self->receiver, ht_clock_read_us (ht_clock_get_system ()));
    g_signal_emit (self, signals[SIGNAL_DRAINED], 0);
    if (self->error != NULL) {
        g_propagate_error (error, g_steal_pointer (&self->error));
        return FALSE;
    }
    if (self->flow != GST_FLOW_OK)
        return FALSE;
    calm_down (self);
    return keep_alive (self, now_us, error);
}

static gpointer
run (gpointer user_data)
{
    HtRtspSrc *self = user_data;
    g_autoptr (GError) error = NULL;

    if (begin (self, &error))
        while (turn (self, &error))
            ;
    if (self->flow == GST_FLOW_OK)
        ht_receiver_finish (self->receiver);
    g_signal_emit (self, signals[SIGNAL_DRAINED], 0);
    if (must_stop (self) && self->session != NULL)
        ht_rtsp_session_tear_down (self->session);
    else if (error != NULL)
        gst_element_post_message (GST_ELEMENT (self),
                                  gst_message_new_error (GST_OBJECT (self), error, NULL));
    for (unsigned i = 0; i < STREAMS; i++)
        if (self->pads[i] != NULL)
            gst_pad_push_event (self->pads[i], gst_event_new_eos ());
    return NULL;
}

static void
ask_stop (HtRtspSrc *self)
{
    eventfd_write (self->stop_fd, 1);
}

static gboolean
send_event (GstElement *element, GstEvent *event)
{
    gboolean end = GST_EVENT_TYPE (event) == GST_EVENT_EOS;

    gst_event_unref (event);
    if (end)
        ask_stop (HT_RTSP_SRC (element));
    return end;
}

static GstStateChangeReturn
change_state (GstElement *element, GstStateChange transition)
{
    HtRtspSrc *self = HT_RTSP_SRC (element);
    GstStateChangeReturn changed;

    if (transition == GST_STATE_CHANGE_PAUSED_TO_READY) {
        ask_stop (self);
        g_clear_pointer (&self->thread, g_thread_join);
    }
    changed = GST_ELEMENT_CLASS (ht_rtsp_src_parent_class)->change_state (element, transition);
    if (changed == GST_STATE_CHANGE_FAILURE)
        return changed;
    if (transition == GST_STATE_CHANGE_READY_TO_PAUSED && self->thread == NULL)
        self->thread = g_thread_new ("camera", run, self);
    if (transition == GST_STATE_CHANGE_READY_TO_PAUSED ||
        transition == GST_STATE_CHANGE_PLAYING_TO_PAUSED)
        return GST_STATE_CHANGE_NO_PREROLL;
    return changed;
}

static void
set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *spec)
{
    HtRtspSrc *self = HT_RTSP_SRC (object);
    char **texts[] = { [PROPERTY_LOCATION] = &self->location,
                       [PROPERTY_USER] = &self->user,
                       [PROPERTY_PASSWORD] = &self->password };

    if (id == 0 || id >= G_N_ELEMENTS (texts)) {
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
        return;
    }
    g_free (*texts[id]);
    *texts[id] = g_value_dup_string (value);
}

static void
finalize (GObject *object)
{
    HtRtspSrc *self = HT_RTSP_SRC (object);

    g_clear_pointer (&self->session, ht_rtsp_session_free);
    g_clear_pointer (&self->receiver, ht_receiver_free);
    g_clear_error (&self->error);
    g_free (self->buffer);
    g_free (self->location);
    g_free (self->user);
    g_free (self->password);
    close (self->stop_fd);
    G_OBJECT_CLASS (ht_rtsp_src_parent_class)->finalize (object);
}

static void
install (GObjectClass *class, unsigned id, const char *name, const char *blurb)
{
    g_object_class_install_property (
        class, id,
        g_param_spec_string (name, name, blurb, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
ht_rtsp_src_class_init (HtRtspSrcClass *class)
{
    GObjectClass *object = G_OBJECT_CLASS (class);
    GstElementClass *element = GST_ELEMENT_CLASS (class);

    object->set_property = set_property;
    object->finalize = finalize;
    install (object, PROPERTY_LOCATION, "location", "Address, rtsp:// or rtsps://");
    install (object, PROPERTY_USER, "user", "Name to sign in with");
    install (object, PROPERTY_PASSWORD, "password", "Its password");
    signals[SIGNAL_DRAINED] = g_signal_new ("drained", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    element->change_state = change_state;
    element->send_event = send_event;
    for (unsigned i = 0; i < STREAMS; i++)
        gst_element_class_add_pad_template (
            element,
            gst_pad_template_new (PAD_NAMES[i], GST_PAD_SRC, GST_PAD_SOMETIMES, GST_CAPS_ANY));
    gst_element_class_set_static_metadata (element, "RTSP source", "Source/Network",
                                           "A camera's access units on the wall clock",
                                           "hoitruong");
}

static void
ht_rtsp_src_init (HtRtspSrc *self)
{
    self->stop_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
    self->buffer = g_malloc (BUFFER_BYTES);
    self->receiver = ht_receiver_new (on_unit, self);
    self->wire = (HtWire){ .sink = &WIRE_SINK, .user_data = self };
    GST_OBJECT_FLAG_SET (self, GST_ELEMENT_FLAG_SOURCE);
}

void
ht_rtsp_src_register (void)
{
    gst_element_register (NULL, "htrtspsrc", GST_RANK_NONE, HT_TYPE_RTSP_SRC);
}
