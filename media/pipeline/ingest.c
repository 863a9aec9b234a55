/* SPDX-License-Identifier: MIT */

#include "media/pipeline/ingest.h"

#include <glib-unix.h>
#include <gst/gst.h>
#include <signal.h>

#include "media/pipeline/graph.h"
#include "media/pipeline/unit-sink.h"
#include "media/record/exit-note.h"
#include "scheduler/base/error.h"

#define FAREWELL_MS    500
#define PERSON_PACE_US (60 * (int64_t) G_USEC_PER_SEC)
#define ABSENT_PACE_US (5 * (int64_t) G_USEC_PER_SEC)

/* What runs. */
typedef struct {
    GMainLoop *loop;
    GstElement *pipeline; /* borrowed */
    gboolean again;       /* the file begins again at its end */
    gboolean stopping;
    GError *error; /* (owned) (nullable): what ended it */
} Ingest;

/* What stays as it is until a person mends it is tried rarely: cameras lock accounts. Everything
 * else is tried again at the recorder's own pace. */
static const struct {
    HtErrorCode code;
    int64_t retry_us;
} ATTENTION[] = {
    { HT_ERROR_INVALID, PERSON_PACE_US },
    { HT_ERROR_UNAUTHENTICATED, PERSON_PACE_US },
    { HT_ERROR_ATTENTION, PERSON_PACE_US },
    { HT_ERROR_NOT_FOUND, ABSENT_PACE_US }, /* a file or stream that may be put there */
};

int
ht_ingest_describe_exit (const GError *error, char **ret_note)
{
    HtExitNote note = {
        .reason = (char *) (error != NULL ? ht_problem_get_id (error) : "ended"),
        .text = error != NULL ? error->message : NULL,
    };
    int status = error != NULL ? HT_EXIT_AGAIN : HT_EXIT_ENDED;

    for (unsigned i = 0; error != NULL && i < G_N_ELEMENTS (ATTENTION); i++)
        if (g_error_matches (error, HT_ERROR, (int) ATTENTION[i].code)) {
            status = HT_EXIT_ATTENTION;
            note.retry_us = ATTENTION[i].retry_us;
        }
    *ret_note = ht_exit_note_dup_text (&note);
    return status;
}

/* GStreamer's errors in our words. */
static GError *
translate (GError *fault, const char *debug)
{
    GError *error = NULL;

    g_debug ("%s (%s)", fault->message, debug != NULL ? debug : "");
    if (fault->domain == HT_ERROR)
        return g_error_copy (fault);
    if (g_error_matches (fault, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND) ||
        g_error_matches (fault, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ))
        ht_problem_set (&error, HT_ERROR_NOT_FOUND, "no-such-file", "url", "%s", fault->message);
    else if (fault->domain == GST_STREAM_ERROR)
        ht_problem_set (&error, HT_ERROR_INVALID, "unreadable-file", "url", "%s", fault->message);
    else
        ht_problem_set (&error, HT_ERROR_INTERNAL, "pipeline-failed", NULL, "%s", fault->message);
    return error;
}

static void
on_error (Ingest *self, GstMessage *message)
{
    g_autoptr (GError) fault = NULL;
    g_autofree char *debug = NULL;

    gst_message_parse_error (message, &fault, &debug);
    if (self->error == NULL && !self->stopping)
        self->error = translate (fault, debug);
    g_main_loop_quit (self->loop);
}

/* One sink leads the whole file back to its beginning; the time line goes on with the clock. */
static void
on_end (Ingest *self)
{
    g_autoptr (GstElement) video = gst_bin_get_by_name (GST_BIN (self->pipeline), "video");
    g_autoptr (GstElement) audio = gst_bin_get_by_name (GST_BIN (self->pipeline), "audio");
    GstElement *leader = video != NULL ? video : audio;

    if (self->again && !self->stopping && leader != NULL &&
        gst_element_seek_simple (leader, GST_FORMAT_TIME,
                                 GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT, 0))
        return;
    g_main_loop_quit (self->loop);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
    Ingest *self = user_data;

    switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_ERROR:
        on_error (self, message);
        break;
    case GST_MESSAGE_EOS:
        on_end (self);
        break;
    default:
        break;
    }
    return G_SOURCE_CONTINUE;
}

static gboolean
on_farewell_over (gpointer user_data)
{
    Ingest *self = user_data;

    g_main_loop_quit (self->loop);
    return G_SOURCE_CONTINUE;
}

/* The source says goodbye to its camera and ends by itself, or does not. */
static gboolean
on_terminate (gpointer user_data)
{
    Ingest *self = user_data;

    if (self->stopping)
        return G_SOURCE_CONTINUE;
    self->stopping = TRUE;
    gst_element_send_event (self->pipeline, gst_event_new_eos ());
    g_timeout_add (FAREWELL_MS, on_farewell_over, self);
    return G_SOURCE_CONTINUE;
}

static gboolean
start (Ingest *self, GstBus *bus)
{
    g_autoptr (GstMessage) message = NULL;

    if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
        return TRUE;
    message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
    if (message != NULL)
        on_error (self, message);
    else
        ht_problem_set (&self->error, HT_ERROR_INTERNAL, "pipeline-failed", NULL,
                        "the pipeline does not start");
    return FALSE;
}

gboolean
ht_ingest_run (const HtIngestSource *source, HtUnitOut *out, GError **error)
{
    g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
    g_autoptr (GstElement) pipeline = ht_graph_build (source, out, error);
    g_autoptr (GstBus) bus = NULL;
    Ingest self = { .loop = loop, .pipeline = pipeline, .again = source->loop };

    if (pipeline == NULL)
        return FALSE;
    bus = gst_element_get_bus (pipeline);
    gst_bus_add_watch (bus, on_message, &self);
    g_unix_signal_add (SIGTERM, on_terminate, &self);
    g_unix_signal_add (SIGINT, on_terminate, &self);
    if (start (&self, bus))
        g_main_loop_run (loop);
    /* the process exits: a pipeline that is not taken down cannot fail at it */
    g_steal_pointer (&pipeline);
    if (self.error == NULL)
        return TRUE;
    g_propagate_error (error, self.error);
    return FALSE;
}
