/* SPDX-License-Identifier: MIT */

/* hoitruong-camera: a camera for demonstrations and tests. It films whether or not anybody looks;
 * every client that connects gets an RTSP session of its own, from the next key frame on. */

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/rtsp-server/rtsp-server.h>
#include <stdio.h>
#include <stdlib.h>

#include "scheduler/base/error.h"
#include "ui/demo/studio.h"

#define MAX_QUEUED_BYTES (4 * 1024 * 1024)
#define MAX_THREADS      64

/* One client's way out of the studio. */
typedef struct {
    GstElement *media;                        /* (owned) */
    GstElement *sources[HT_STUDIO_N_STREAMS]; /* (owned): appsrc */
    gboolean has_key;                         /* the client's first picture can be decoded */
} Tap;

typedef struct {
    GMutex lock;
    GPtrArray *taps;     /* (element-type Tap) (owned), protected by lock */
    GHashTable *clients; /* (element-type GstRTSPClient): who has a connection, protected by lock */
    unsigned most;       /* of them; 0: any number */
} Camera;

static const char *const stream_names[HT_STUDIO_N_STREAMS] = { "video", "audio" };

static const char launch[] =
    "( appsrc name=video is-live=true format=time "
    "caps=video/x-h264,stream-format=byte-stream,alignment=au ! h264parse ! "
    "video/x-h264,stream-format=byte-stream,alignment=au ! rtph264pay name=pay0 pt=96 "
    "appsrc name=audio is-live=true format=time ! aacparse ! rtpmp4gpay name=pay1 pt=97 )";

static void
tap_free (gpointer data)
{
    Tap *tap = data;

    for (int i = 0; i < HT_STUDIO_N_STREAMS; i++)
        gst_clear_object (&tap->sources[i]);
    gst_clear_object (&tap->media);
    g_free (tap);
}

static gboolean
wants (Tap *tap, HtStudioStream stream, GstBuffer *buffer)
{
    if (stream == HT_STUDIO_VIDEO && !GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT))
        tap->has_key = TRUE;
    return tap->has_key;
}

static void
push (Tap *tap, HtStudioStream stream, GstSample *sample, GstClockTime base_time)
{
    GstAppSrc *source = GST_APP_SRC (tap->sources[stream]);
    GstClockTime own_base = gst_element_get_base_time (tap->media);
    GstBuffer *buffer = gst_sample_get_buffer (sample);
    GstBuffer *copy;
    /* x264enc moves time stamps and segment by 1000 hours: only running time means anything */
    GstClockTime at =
        base_time + gst_segment_to_running_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                                 GST_BUFFER_PTS (buffer));

    if (own_base == 0 || at < own_base ||
        gst_app_src_get_current_level_bytes (source) > MAX_QUEUED_BYTES ||
        !wants (tap, stream, buffer))
        return;
    copy = gst_buffer_copy (buffer);
    GST_BUFFER_PTS (copy) = GST_BUFFER_DTS (copy) = at - own_base;
    if (stream == HT_STUDIO_AUDIO)
        gst_app_src_set_caps (source, gst_sample_get_caps (sample));
    gst_app_src_push_buffer (source, copy);
}

static void
on_encoded (HtStudioStream stream, GstSample *sample, GstClockTime base_time, gpointer user_data)
{
    Camera *camera = user_data;

    g_mutex_lock (&camera->lock);
    for (unsigned i = 0; i < camera->taps->len; i++)
        push (g_ptr_array_index (camera->taps, i), stream, sample, base_time);
    g_mutex_unlock (&camera->lock);
}

static void
on_media_gone (GstRTSPMedia *media, gpointer user_data)
{
    Camera *camera = user_data;
    g_autoptr (GstElement) element = gst_rtsp_media_get_element (media);

    g_mutex_lock (&camera->lock);
    for (unsigned i = 0; i < camera->taps->len; i++) {
        Tap *tap = g_ptr_array_index (camera->taps, i);

        if (tap->media == g_object_get_data (G_OBJECT (media), "tap")) {
            g_ptr_array_remove_index_fast (camera->taps, i);
            break;
        }
    }
    g_mutex_unlock (&camera->lock);
}

static void
on_configure (GstRTSPMediaFactory *factory G_GNUC_UNUSED, GstRTSPMedia *media, gpointer user_data)
{
    Camera *camera = user_data;
    g_autoptr (GstElement) element = gst_rtsp_media_get_element (media);
    Tap *tap = g_new0 (Tap, 1);

    tap->media = gst_object_ref (element);
    for (int i = 0; i < HT_STUDIO_N_STREAMS; i++)
        tap->sources[i] = gst_bin_get_by_name (GST_BIN (element), stream_names[i]);
    g_object_set_data (G_OBJECT (media), "tap", tap->media);
    g_signal_connect (media, "unprepared", G_CALLBACK (on_media_gone), camera);
    g_mutex_lock (&camera->lock);
    g_ptr_array_add (camera->taps, tap);
    g_mutex_unlock (&camera->lock);
}

/* As cameras do that send one stream only: whoever comes too many is told so at SETUP. */
static GstRTSPStatusCode
on_setup (GstRTSPClient *client, GstRTSPContext *context G_GNUC_UNUSED, gpointer user_data)
{
    Camera *camera = user_data;
    gboolean has_place;

    g_mutex_lock (&camera->lock);
    has_place = camera->most == 0 || g_hash_table_contains (camera->clients, client) ||
                g_hash_table_size (camera->clients) < camera->most;
    if (has_place)
        g_hash_table_add (camera->clients, client);
    g_mutex_unlock (&camera->lock);
    return has_place ? GST_RTSP_STS_OK : GST_RTSP_STS_NOT_ENOUGH_BANDWIDTH;
}

static void
on_closed (GstRTSPClient *client, gpointer user_data)
{
    Camera *camera = user_data;

    g_mutex_lock (&camera->lock);
    g_hash_table_remove (camera->clients, client);
    g_mutex_unlock (&camera->lock);
}

static void
on_client (GstRTSPServer *server G_GNUC_UNUSED, GstRTSPClient *client, gpointer camera)
{
    g_signal_connect (client, "pre-setup-request", G_CALLBACK (on_setup), camera);
    g_signal_connect (client, "closed", G_CALLBACK (on_closed), camera);
}

static GstRTSPServer *
serve (Camera *camera, const char *port, int n_mounts)
{
    GstRTSPServer *server = gst_rtsp_server_new ();
    g_autoptr (GstRTSPMountPoints) mounts = gst_rtsp_server_get_mount_points (server);
    g_autoptr (GstRTSPThreadPool) pool = gst_rtsp_server_get_thread_pool (server);

    /* DESCRIBE waits for a key frame: others who connect meanwhile must not wait behind it */
    gst_rtsp_thread_pool_set_max_threads (pool, MAX_THREADS);
    gst_rtsp_server_set_address (server, "127.0.0.1");
    gst_rtsp_server_set_service (server, port);
    g_signal_connect (server, "client-connected", G_CALLBACK (on_client), camera);
    for (int i = 0; i <= n_mounts; i++) {
        GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new ();
        g_autofree char *path = i == 0 ? g_strdup ("/lecture") : g_strdup_printf ("/%d", i);

        gst_rtsp_media_factory_set_launch (factory, launch);
        gst_rtsp_media_factory_set_shared (factory, FALSE);
        g_signal_connect (factory, "media-configure", G_CALLBACK (on_configure), camera);
        gst_rtsp_mount_points_add_factory (mounts, path, factory);
    }
    return server;
}

/* gst-rtsp-server forgets clients that died without a word only when asked. */
static gboolean
on_clean_up (gpointer user_data)
{
    g_autoptr (GstRTSPSessionPool) pool = gst_rtsp_server_get_session_pool (user_data);

    gst_rtsp_session_pool_cleanup (pool);
    return G_SOURCE_CONTINUE;
}

static int
fail (const char *doing, const GError *error)
{
    fprintf (stderr, "hoitruong-camera: %s: %s\n", doing, error->message);
    return EXIT_FAILURE;
}

static int
run (const HtStudioSettings *settings, const char *port, int n_mounts, unsigned most)
{
    g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
    g_autoptr (GError) error = NULL;
    g_autoptr (HtStudio) studio = NULL;
    g_autoptr (GstRTSPServer) server = NULL;
    Camera camera = { .taps = g_ptr_array_new_with_free_func (tap_free),
                      .clients = g_hash_table_new (NULL, NULL),
                      .most = most };

    g_mutex_init (&camera.lock);
    studio = ht_studio_start (settings, on_encoded, &camera, &error);
    if (studio == NULL)
        return fail ("start", error);
    server = serve (&camera, port, n_mounts);
    if (gst_rtsp_server_attach (server, NULL) == 0) {
        fprintf (stderr, "hoitruong-camera: port %s is in use\n", port);
        return 78;
    }
    printf ("camera: rtsp://127.0.0.1:%d/lecture\n", gst_rtsp_server_get_bound_port (server));
    fflush (stdout);
    g_timeout_add_seconds (2, on_clean_up, server);
    g_main_loop_run (loop);
    return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
    HtStudioSettings settings = { .width = 1280, .height = 720, .kbps = 1200 };
    g_autofree char *port = NULL;
    g_autofree char *speech = NULL;
    g_autofree char *log = NULL;
    int mounts = 8, connections = 0, width = 1280, height = 720, kbps = 1200;
    /* clang-format off */
    const GOptionEntry options[] = {
        { "port", 0, 0, G_OPTION_ARG_STRING, &port, "Listen on this port of 127.0.0.1 (0: any)", "N" },
        { "blocks", 0, 0, G_OPTION_ARG_NONE, &settings.blocks, "Show numbers as blocks instead of the lecture", NULL },
        { "grain", 0, 0, G_OPTION_ARG_NONE, &settings.grain, "Let no picture be at rest: the bit rate is used up", NULL },
        { "speech", 0, 0, G_OPTION_ARG_FILENAME, &speech, "Speak this WAV file (16 bit, mono)", "FILE" },
        { "log", 0, 0, G_OPTION_ARG_FILENAME, &log, "Write a line for each coded picture", "FILE" },
        { "mounts", 0, 0, G_OPTION_ARG_INT, &mounts, "Offer /1 to /N beside /lecture", "N" },
        { "connections", 0, 0, G_OPTION_ARG_INT, &connections, "Refuse whoever would be one too many (0: nobody)", "N" },
        { "width", 0, 0, G_OPTION_ARG_INT, &width, "Width of the picture", "N" },
        { "height", 0, 0, G_OPTION_ARG_INT, &height, "Height of the picture", "N" },
        { "kbps", 0, 0, G_OPTION_ARG_INT, &kbps, "Bit rate of the picture, kbit/s", "N" },
        { NULL },
    };
    /* clang-format on */
    g_autoptr (GOptionContext) context = g_option_context_new (NULL);
    g_autoptr (GError) error = NULL;

    g_setenv ("TZ", "Asia/Ho_Chi_Minh", FALSE); /* the clock on the slides is the hall's */
    gst_init (NULL, NULL);
    g_option_context_add_main_entries (context, options, NULL);
    if (!g_option_context_parse (context, &argc, &argv, &error))
        return fail ("options", error);
    settings.width = (unsigned) CLAMP (width, 896, 3840) & ~1u;
    settings.height = (unsigned) CLAMP (height, 64, 2160) & ~1u;
    settings.kbps = (unsigned) CLAMP (kbps, 50, 50000);
    settings.speech = speech;
    settings.log = log;
    return run (&settings, port != NULL ? port : "0", CLAMP (mounts, 0, 64),
                (unsigned) MAX (connections, 0));
}
