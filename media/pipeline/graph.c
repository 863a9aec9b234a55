/* SPDX-License-Identifier: MIT */

#include "media/pipeline/graph.h"

#include <stdlib.h>
#include <string.h>

#include "media/pipeline/unit-sink.h"
#include "scheduler/base/error.h"

#define H264_UNITS                                                                                 \
    "h264parse config-interval=-1 ! video/x-h264,stream-format=byte-stream,alignment=au"
#define FILE_QUEUE                                                                                 \
    "queue name=in max-size-buffers=0 max-size-bytes=67108864 max-size-time=5000000000 ! "
#define AAC_UNITS  "aacparse ! audio/mpeg,mpegversion=4,stream-format=adts"
#define AAC_ENCODE "audioconvert ! audioresample ! avenc_aac bitrate=128000 ! " AAC_UNITS
#define H264_ENCODE                                                                                \
    "video/x-raw,format=I420 ! x264enc tune=zerolatency speed-preset=veryfast bitrate=2000 key-int-max=50 ! " H264_UNITS

#define TEST_PICTURE                                                                                          \
    "videotestsrc is-live=true pattern=smpte ! video/x-raw,format=I420,width=1280,height=720,framerate=25/1 " \
    "! clockoverlay time-format=\"%d.%m.%Y %H:%M:%S\" halignment=center valignment=center "                   \
    "font-desc=\"Sans 48\" ! " H264_ENCODE " ! htunitsink name=video sync=false async=false "                 \
    "audiotestsrc is-live=true wave=ticks samplesperbuffer=1024 ! "                                           \
    "audio/x-raw,rate=48000,channels=2 ! " AAC_ENCODE                                                         \
    " ! htunitsink name=audio sync=false async=false"

static const char *const TEST_PLUGINS[] = {
    "coreelements",    "videotestsrc", "pango",        "x264",
    "videoparsersbad", "audioconvert", "audiotestsrc", "audioresample",
    "audioparsers",    "libav",        NULL,
};
static const char *const G711_PLUGINS[] = {
    "coreelements", "mulaw", "alaw", "audioconvert", "audioresample", "audioparsers", "libav", NULL,
};
static const char *const OPUS_PLUGINS[] = {
    "coreelements", "opus", "audioconvert", "audioresample", "audioparsers", "libav", NULL,
};

/* How a pad of a source is led to the recorder: by the name of its media type. */
typedef struct {
    const char *media; /* its beginning */
    unsigned stream;
    const char *by; /* NULL: access units as they are */
    const char *const *plugins;
} Lead;

static const Lead FILE_LEADS[] = {
    { "video/x-h264", 0, H264_UNITS },
    { "video/", 0, "decodebin ! videoconvert ! " H264_ENCODE },
    { "image/", 0, "decodebin ! videoconvert ! " H264_ENCODE },
    { "audio/", 1, "decodebin ! " AAC_ENCODE },
    { NULL },
};
static const Lead FILE_AAC_LEAD = { "audio/mpeg", 1, AAC_UNITS };
static const Lead CAMERA_LEADS[] = {
    { "video/x-h264", 0, NULL, NULL },
    { "audio/mpeg", 1, NULL, NULL },
    { "audio/x-mulaw", 1, "mulawdec name=in ! " AAC_ENCODE, G711_PLUGINS },
    { "audio/x-alaw", 1, "alawdec name=in ! " AAC_ENCODE, G711_PLUGINS },
    { "audio/x-opus", 1, "opusdec name=in ! " AAC_ENCODE, OPUS_PLUGINS },
    { NULL },
};

/* What the pads of one bin share. Freed with it. */
typedef struct {
    GstBin *bin;    /* borrowed: it owns this */
    HtUnitOut *out; /* borrowed */
    HtSourceKind kind;
    gboolean taken[HT_UNIT_OUT_STREAMS]; /* by the first pad of its sort */
} Graph;

static const char *const SINK_NAMES[HT_UNIT_OUT_STREAMS] = { "video", "audio" };

void
ht_graph_prepare (HtSourceKind kind)
{
    if (kind != HT_SOURCE_FILE)
        g_setenv ("GST_REGISTRY_DISABLE", "yes", TRUE);
    g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
    g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
}

/* Without a registry a plugin is known once its file is loaded. */
static gboolean
load_plugins (const char *const *names, GError **error)
{
    for (; names != NULL && *names != NULL; names++) {
        g_autofree char *path = g_strdup_printf (HT_GST_PLUGIN_DIR "/libgst%s.so", *names);
        g_autoptr (GError) fault = NULL;
        g_autoptr (GstPlugin) plugin = gst_plugin_load_file (path, &fault);

        if (plugin != NULL)
            continue;
        ht_problem_set (error, HT_ERROR_ATTENTION, "missing-element", NULL,
                        "the plugin %s is needed: %s", *names, fault->message);
        return FALSE;
    }
    return TRUE;
}

static void
convert (const GError *fault, GError **error)
{
    ht_problem_set (error, HT_ERROR_ATTENTION, "missing-element", NULL, "%s", fault->message);
}

static const Lead *
find_lead (const Graph *graph, GstCaps *caps)
{
    const GstStructure *structure = gst_caps_get_structure (caps, 0);
    const char *media = gst_structure_get_name (structure);
    gboolean file = graph->kind == HT_SOURCE_FILE;
    const Lead *leads = file ? FILE_LEADS : CAMERA_LEADS;
    int version = 0;

    if (file && g_str_equal (media, "audio/mpeg") &&
        (!gst_structure_get_int (structure, "mpegversion", &version) || version >= 2))
        return &FILE_AAC_LEAD;
    while (leads->media != NULL && !g_str_has_prefix (media, leads->media))
        leads++;
    return leads->media != NULL ? leads : NULL;
}

/* Lends @branch the sink pad of its element "in", else of @sink. Asking for any unlinked pad would
 * find that of a decoder's successor, which is linked later. */
static void
open_front (GstElement *branch, GstElement *sink)
{
    g_autoptr (GstElement) in = gst_bin_get_by_name (GST_BIN (branch), "in");
    g_autoptr (GstPad) pad = gst_element_get_static_pad (in != NULL ? in : sink, "sink");

    gst_element_add_pad (branch, gst_ghost_pad_new ("sink", pad));
}

/* The sink at the end of @lead, and what stands before it. */
static GstElement *
make_branch (Graph *graph, const Lead *lead, GError **error)
{
    gboolean file = graph->kind == HT_SOURCE_FILE;
    g_autofree char *text = g_strdup_printf (
        "%s%s%s htunitsink name=%s sync=%s async=%s", file ? FILE_QUEUE : "",
        lead->by != NULL ? lead->by : "", lead->by != NULL ? " !" : "", SINK_NAMES[lead->stream],
        file ? "true" : "false", file ? "true" : "false");
    HtUnitSinkTime time = file               ? HT_UNIT_SINK_RUNNING_TIME
                          : lead->by != NULL ? HT_UNIT_SINK_WALL_TIME
                                             : HT_UNIT_SINK_WALL_TIME_ARRIVAL;
    g_autoptr (GError) fault = NULL;
    g_autoptr (GstElement) sink = NULL;
    GstElement *branch;

    if (!load_plugins (lead->plugins, error))
        return NULL;
    branch = gst_parse_bin_from_description (text, FALSE, &fault);
    if (branch == NULL) {
        convert (fault, error);
        return NULL;
    }
    sink = gst_bin_get_by_name (GST_BIN (branch), SINK_NAMES[lead->stream]);
    open_front (branch, sink);
    ht_unit_sink_bind (HT_UNIT_SINK (sink), graph->out, lead->stream, time);
    return branch;
}

static void
attach (Graph *graph, GstPad *pad, GstElement *branch)
{
    g_autoptr (GstPad) sink = gst_element_get_static_pad (branch, "sink");

    gst_bin_add (graph->bin, branch);
    gst_pad_link (pad, sink);
    gst_element_sync_state_with_parent (branch);
}

/* What nobody records flows away: a demuxer may wait for each of its pads. */
static void
attach_drain (Graph *graph, GstPad *pad)
{
    GstElement *drain = gst_element_factory_make ("fakesink", NULL);

    if (drain == NULL)
        return;
    g_object_set (drain, "async", FALSE, "sync", FALSE, NULL);
    attach (graph, pad, drain);
}

static void
on_pad_added (GstElement *source, GstPad *pad, gpointer user_data)
{
    Graph *graph = user_data;
    g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
    g_autoptr (GError) error = NULL;
    const Lead *lead;
    GstElement *branch;

    if (caps == NULL)
        caps = gst_pad_query_caps (pad, NULL);
    lead = gst_caps_is_empty (caps) || gst_caps_is_any (caps) ? NULL : find_lead (graph, caps);
    if (lead == NULL || graph->taken[lead->stream]) {
        attach_drain (graph, pad);
        return;
    }
    graph->taken[lead->stream] = TRUE;
    branch = make_branch (graph, lead, &error);
    if (branch != NULL)
        attach (graph, pad, branch);
    else
        gst_element_post_message (source, gst_message_new_error (GST_OBJECT (source), error, NULL));
}

static void
bind_test_sinks (GstElement *front, HtUnitOut *out)
{
    for (unsigned stream = 0; stream < HT_UNIT_OUT_STREAMS; stream++) {
        g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (front), SINK_NAMES[stream]);

        ht_unit_sink_bind (HT_UNIT_SINK (sink), out, stream, HT_UNIT_SINK_RUNNING_TIME);
    }
}

/* Whatever the source had at hand goes to the recorder at once. */
static void
on_drained (GstElement *source, gpointer user_data)
{
    g_autoptr (GError) error = NULL;

    if (!ht_unit_out_flush (user_data, &error))
        gst_element_post_message (source, gst_message_new_error (GST_OBJECT (source), error, NULL));
}

static void
gather_units (GstElement *source, HtUnitOut *out)
{
    ht_unit_out_gather (out);
    g_signal_connect (source, "drained", G_CALLBACK (on_drained), out);
}

static void
configure_source (GstElement *element, const HtIngestSource *source)
{
    if (source->kind == HT_SOURCE_FILE) {
        g_object_set (element, "location", source->url, NULL);
        return;
    }
    g_object_set (element, "location", source->url, "user", source->user, "password",
                  source->password, NULL);
}

/* The part that stands before any pad is known. */
static GstElement *
make_front (HtSourceKind kind, GError **error)
{
    static const char *const TEXTS[HT_SOURCE_N_KINDS] = {
        [HT_SOURCE_RTSP] = "htrtspsrc name=source",
        [HT_SOURCE_FILE] = "filesrc name=source ! parsebin name=pads",
        [HT_SOURCE_TEST] = TEST_PICTURE,
    };
    g_autoptr (GError) fault = NULL;
    GstElement *front;

    if (kind == HT_SOURCE_TEST && !load_plugins (TEST_PLUGINS, error))
        return NULL;
    front = gst_parse_bin_from_description_full (TEXTS[kind], FALSE, NULL,
                                                 GST_PARSE_FLAG_FATAL_ERRORS, &fault);
    if (front == NULL)
        convert (fault, error);
    return front;
}

static void
follow_pads (GstElement *front, const HtIngestSource *source, HtUnitOut *out)
{
    g_autoptr (GstElement) first = gst_bin_get_by_name (GST_BIN (front), "source");
    g_autoptr (GstElement) pads = gst_bin_get_by_name (GST_BIN (front), "pads");
    Graph *graph = g_new0 (Graph, 1);

    *graph = (Graph){ .bin = GST_BIN (front), .out = out, .kind = (HtSourceKind) source->kind };
    g_object_set_data_full (G_OBJECT (front), "graph", graph, g_free);
    configure_source (first, source);
    if (source->kind == HT_SOURCE_RTSP)
        gather_units (first, out);
    g_signal_connect (pads != NULL ? pads : first, "pad-added", G_CALLBACK (on_pad_added), graph);
}

GstElement *
ht_graph_build (const HtIngestSource *source, HtUnitOut *out, GError **error)
{
    GstElement *front = make_front ((HtSourceKind) source->kind, error);
    GstElement *pipeline;

    if (front == NULL)
        return NULL;
    if (source->kind == HT_SOURCE_TEST)
        bind_test_sinks (front, out);
    else
        follow_pads (front, source, out);
    pipeline = gst_pipeline_new (NULL);
    gst_bin_add (GST_BIN (pipeline), front);
    return pipeline;
}
