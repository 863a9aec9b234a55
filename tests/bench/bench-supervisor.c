/* SPDX-License-Identifier: MIT */

/* The media port as the daemon holds it and nothing else, to be measured from outside:
 *
 *   bench-supervisor FOLDER BUILD URL N START_US APART_US END_US
 *
 * records N cameras URL1 to URLN as sessions 1 to N into FOLDER/sessions, the programs being those
 * of the build folder. The first starts at START_US, each further one APART_US later. The end of
 * stdin ends it all. */

#include <gio/gio.h>
#include <glib-unix.h>
#include <stdlib.h>

#include "media/supervisor/supervisor.h"
#include "scheduler/support/log.h"

#define PATIENCE_US (10 * G_USEC_PER_SEC)

enum { FOLDER = 1, BUILD, URL, N, START_US, APART_US, END_US, N_ARGUMENTS };

static gboolean
on_stdin (int fd G_GNUC_UNUSED, GIOCondition condition G_GNUC_UNUSED, gpointer loop)
{
    g_main_loop_quit (loop);
    return G_SOURCE_REMOVE;
}

static HtSupervisor *
make_supervisor (const char *folder, const char *build, GError **error)
{
    g_autofree char *sessions = g_build_filename (folder, "sessions", NULL);
    g_autofree char *runtime = g_build_filename (folder, "run", NULL);
    g_autofree char *recorder = g_build_filename (build, "media/recorder/hoitruong-recorder", NULL);
    g_autofree char *pipeline = g_build_filename (build, "media/pipeline/hoitruong-pipeline", NULL);
    g_autofree char *finalise = g_build_filename (build, "media/finalise/hoitruong-finalise", NULL);

    return ht_supervisor_new (
        &(HtSupervisorSettings){ sessions, runtime, recorder, pipeline, finalise }, error);
}

static void
want (HtSupervisor *supervisor, char **arguments)
{
    int64_t n = g_ascii_strtoll (arguments[N], NULL, 10);
    int64_t start_us = g_ascii_strtoll (arguments[START_US], NULL, 10);
    int64_t apart_us = g_ascii_strtoll (arguments[APART_US], NULL, 10);

    for (int64_t i = 1; i <= n; i++) {
        g_autofree char *url = g_strdup_printf ("%s%d", arguments[URL], (int) i);
        HtMediaTrack track = { .name = "main", .source_kind = "rtsp", .url = url };
        HtMediaJob job = { .session_id = i,
                           .start_us = start_us + (i - 1) * apart_us,
                           .end_us = g_ascii_strtoll (arguments[END_US], NULL, 10),
                           .tracks = &track,
                           .n_tracks = 1 };

        ht_media_want (HT_MEDIA (supervisor), &job);
    }
}

int
main (int argc, char **argv)
{
    g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
    g_autoptr (HtSupervisor) supervisor = NULL;
    g_autoptr (GError) error = NULL;

    ht_log_install (HT_LOG_INFO);
    if (argc != N_ARGUMENTS) {
        g_warning ("FOLDER BUILD URL N START_US APART_US END_US");
        return EXIT_FAILURE;
    }
    supervisor = make_supervisor (argv[FOLDER], argv[BUILD], &error);
    if (supervisor == NULL) {
        g_warning ("%s", error->message);
        return EXIT_FAILURE;
    }
    want (supervisor, argv);
    g_unix_fd_add (0, G_IO_IN | G_IO_HUP, on_stdin, loop);
    g_main_loop_run (loop);
    ht_supervisor_leave (supervisor, PATIENCE_US);
    return EXIT_SUCCESS;
}
