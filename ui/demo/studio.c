/* SPDX-License-Identifier: MIT */

#define G_LOG_DOMAIN "demo"

#include "ui/demo/studio.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <string.h>

#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"
#include "ui/demo/blocks.h"
#include "ui/demo/picture-log.h"
#include "ui/demo/slides.h"
#include "ui/demo/speech.h"

#define RATE_HZ             48000
#define SAMPLES_PER_PICTURE (RATE_HZ / HT_STUDIO_FPS)
#define GOP_PICTURES        (2 * HT_STUDIO_FPS)
#define GRAIN_LEVELS        16 /* of 256 */
#define GRAIN_STRIDE        7919
#define GRAIN_SEED          1

struct _HtStudio {
    GstElement *pipeline;
    GstElement *video, *audio, *slide; /* (owned); slide is (nullable) */
    GThread *painter;
    int stopping; /* atomic */
    HtStudioSettings settings;
    HtSpeech *speech;
    HtPictureLog *log; /* (nullable) */
    uint8_t *grain;    /* (owned) (nullable): two pictures' luma of noise */
    HtStudioEach each;
    gpointer user_data;
};

static GstElement *
build (const HtStudioSettings *s, GError **error)
{
    const char *overlay = s->blocks ? ""
                                    : "textoverlay name=slide valignment=center "
                                      "halignment=center font-desc=\"DejaVu Sans 16\" ! "
                                      "clockoverlay time-format=\"%H:%M:%S\" halignment=right "
                                      "valignment=bottom font-desc=\"DejaVu Sans Mono 14\" ! ";
    g_autofree char *text = g_strdup_printf (
        "appsrc name=video is-live=true format=time max-buffers=4 "
        "caps=video/x-raw,format=I420,width=%u,height=%u,framerate=%d/1 ! %s"
        "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=%d bitrate=%u "
        "byte-stream=true aud=false ! h264parse config-interval=-1 ! "
        "video/x-h264,stream-format=byte-stream,alignment=au ! "
        "appsink name=video-out sync=false max-buffers=50 "
        "appsrc name=audio is-live=true format=time max-buffers=8 "
        "caps=audio/x-raw,format=S16LE,rate=%d,channels=1,layout=interleaved ! "
        "audioconvert ! avenc_aac bitrate=64000 ! aacparse ! "
        "audio/mpeg,mpegversion=4,stream-format=raw ! "
        "appsink name=audio-out sync=false max-buffers=100",
        s->width, s->height, HT_STUDIO_FPS, overlay, GOP_PICTURES, s->kbps, RATE_HZ);

    return gst_parse_launch (text, error);
}

static uint8_t *
make_grain (size_t luma_bytes)
{
    uint8_t *grain = g_malloc (2 * luma_bytes);
    g_autoptr (GRand) rand = g_rand_new_with_seed (GRAIN_SEED);

    for (size_t i = 0; i < 2 * luma_bytes; i++)
        grain[i] = (uint8_t) g_rand_int_range (rand, 0, GRAIN_LEVELS);
    return grain;
}

/* Every picture takes another part of the noise. Shades stay away from the ends: no overflow. */
static void
add_grain (const uint8_t *grain, uint8_t *luma, size_t luma_bytes, uint32_t number)
{
    const uint8_t *from = grain + (size_t) number * GRAIN_STRIDE % luma_bytes;

    for (size_t i = 0; i < luma_bytes; i++)
        luma[i] = (uint8_t) (luma[i] / 2 + luma[i] / 4 + from[i]);
}

static void
push_picture (HtStudio *studio, uint32_t number, int64_t now_us)
{
    const HtStudioSettings *s = &studio->settings;
    size_t luma_bytes = (size_t) s->width * s->height;
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, luma_bytes * 3 / 2, NULL);
    GstMapInfo map;

    gst_buffer_map (buffer, &map, GST_MAP_WRITE);
    ht_slides_paint (map.data, s->width, s->height, number);
    if (studio->grain != NULL)
        add_grain (studio->grain, map.data, luma_bytes, number);
    if (s->blocks) {
        HtPlane plane = { map.data, s->width, s->height, s->width };

        ht_blocks_draw (&plane, number, now_us / 1000);
    }
    gst_buffer_unmap (buffer, &map);
    GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (number, GST_SECOND, HT_STUDIO_FPS);
    GST_BUFFER_DURATION (buffer) = GST_SECOND / HT_STUDIO_FPS;
    gst_app_src_push_buffer (GST_APP_SRC (studio->video), buffer);
}

static void
push_sound (HtStudio *studio, uint32_t number)
{
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, SAMPLES_PER_PICTURE * 2, NULL);
    GstMapInfo map;

    gst_buffer_map (buffer, &map, GST_MAP_WRITE);
    ht_speech_fill (studio->speech, (uint64_t) number * SAMPLES_PER_PICTURE, RATE_HZ,
                    (int16_t *) (gpointer) map.data, SAMPLES_PER_PICTURE);
    gst_buffer_unmap (buffer, &map);
    GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (number, GST_SECOND, HT_STUDIO_FPS);
    GST_BUFFER_DURATION (buffer) = GST_SECOND / HT_STUDIO_FPS;
    gst_app_src_push_buffer (GST_APP_SRC (studio->audio), buffer);
}

/* One thread paces both streams by the pipeline's clock. */
static gpointer
paint (gpointer user_data)
{
    HtStudio *studio = user_data;
    g_autoptr (GstClock) clock = gst_system_clock_obtain ();
    GstClockTime base = gst_element_get_base_time (studio->pipeline);

    for (uint32_t number = 0; !g_atomic_int_get (&studio->stopping); number++) {
        GstClockTime at = base + gst_util_uint64_scale (number, GST_SECOND, HT_STUDIO_FPS);
        GstClockID id = gst_clock_new_single_shot_id (clock, at);
        int64_t now_us;

        gst_clock_id_wait (id, NULL);
        gst_clock_id_unref (id);
        now_us = ht_clock_read_us (ht_clock_get_system ());
        if (studio->slide != NULL && number % HT_STUDIO_FPS == 0)
            g_object_set (studio->slide, "text", ht_slides_get_text (number / HT_STUDIO_FPS), NULL);
        if (studio->log != NULL)
            ht_picture_log_drawn (studio->log, number, now_us);
        push_picture (studio, number, now_us);
        push_sound (studio, number);
    }
    return NULL;
}

static GstFlowReturn
hand_on (GstAppSink *sink, HtStudio *studio, HtStudioStream stream)
{
    GstSample *sample = gst_app_sink_pull_sample (sink);

    if (sample == NULL)
        return GST_FLOW_EOS;
    if (stream == HT_STUDIO_VIDEO && studio->log != NULL)
        ht_picture_log_coded (studio->log, gst_sample_get_buffer (sample));
    studio->each (stream, sample, gst_element_get_base_time (studio->pipeline), studio->user_data);
    gst_sample_unref (sample);
    return GST_FLOW_OK;
}

static GstFlowReturn
on_video (GstAppSink *sink, gpointer user_data)
{
    return hand_on (sink, user_data, HT_STUDIO_VIDEO);
}

static GstFlowReturn
on_audio (GstAppSink *sink, gpointer user_data)
{
    return hand_on (sink, user_data, HT_STUDIO_AUDIO);
}

static void
connect_sink (HtStudio *studio, const char *name,
              GstFlowReturn (*on_sample) (GstAppSink *, gpointer))
{
    g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (studio->pipeline), name);
    GstAppSinkCallbacks callbacks = { .new_sample = on_sample };

    gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, studio, NULL);
}

HtStudio *
ht_studio_start (const HtStudioSettings *settings, HtStudioEach each, gpointer user_data,
                 GError **error)
{
    g_autoptr (HtStudio) studio = g_new0 (HtStudio, 1);

    studio->settings = *settings;
    studio->each = each;
    studio->user_data = user_data;
    studio->speech = ht_speech_open (settings->speech, error);
    if (studio->speech == NULL)
        return NULL;
    if (settings->log != NULL && (studio->log = ht_picture_log_open (settings->log, error)) == NULL)
        return NULL;
    if (settings->grain)
        studio->grain = make_grain ((size_t) settings->width * settings->height);
    studio->pipeline = build (settings, error);
    if (studio->pipeline == NULL)
        return NULL;
    studio->video = gst_bin_get_by_name (GST_BIN (studio->pipeline), "video");
    studio->audio = gst_bin_get_by_name (GST_BIN (studio->pipeline), "audio");
    studio->slide = gst_bin_get_by_name (GST_BIN (studio->pipeline), "slide");
    connect_sink (studio, "video-out", on_video);
    connect_sink (studio, "audio-out", on_audio);
    if (gst_element_set_state (studio->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
        ht_problem_set (error, HT_ERROR_INTERNAL, "camera-failed", NULL,
                        "the demonstration camera's encoder does not start");
        return NULL;
    }
    studio->painter = g_thread_new ("painter", paint, studio);
    return g_steal_pointer (&studio);
}

void
ht_studio_stop (HtStudio *studio)
{
    g_atomic_int_set (&studio->stopping, 1);
    g_clear_pointer (&studio->painter, g_thread_join);
    if (studio->pipeline != NULL)
        gst_element_set_state (studio->pipeline, GST_STATE_NULL);
    g_clear_object (&studio->video);
    g_clear_object (&studio->audio);
    g_clear_object (&studio->slide);
    g_clear_object (&studio->pipeline);
    g_clear_pointer (&studio->speech, ht_speech_close);
    g_clear_pointer (&studio->log, ht_picture_log_close);
    g_free (studio->grain);
    g_free (studio);
}
