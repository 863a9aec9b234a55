/* SPDX-License-Identifier: MIT */

/* hoitruong-recorder: records one track of one session. Its job is one line of JSON on stdin. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "media/recorder/recorder.h"
#include "scheduler/base/error.h"
#include "scheduler/support/log.h"

/* Reads the line and closes stdin: whoever started us need not live any longer. */
static GString *
read_job (void)
{
    GString *line = g_string_new (NULL);
    char buffer[4096];
    ssize_t n;
    int null_fd;

    while (line->len <= HT_TRACK_JOB_MAX_BYTES && memchr (line->str, '\n', line->len) == NULL) {
        n = read (STDIN_FILENO, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        g_string_append_len (line, buffer, n);
    }
    null_fd = open ("/dev/null", O_RDWR | O_CLOEXEC);
    if (null_fd >= 0)
        dup2 (null_fd, STDIN_FILENO);
    return line;
}

static int
record (GError **error)
{
    g_autoptr (GString) line = read_job ();
    g_auto (HtTrackJob) job = { 0 };
    g_autofree char *described = NULL;
    int status = HT_RECORDER_ATTENTION;

    if (!ht_track_job_decode (line->str, line->len, &job, error)) {
        g_prefix_error (error, "the job on stdin: ");
        return HT_RECORDER_ATTENTION;
    }
    described = ht_track_job_describe (&job);
    g_message ("job %s", described);
    if (!ht_recorder_run (&job, &status, error))
        return g_error_matches (*error, HT_ERROR, HT_ERROR_ATTENTION) ? HT_RECORDER_ATTENTION
                                                                      : HT_RECORDER_AGAIN;
    return status;
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    int status;

    if (argc != 1) {
        g_printerr ("usage: %s < JOB.json\n", argv[0]);
        return HT_RECORDER_ATTENTION;
    }
    ht_log_install (HT_LOG_MESSAGE);
    /* its ingests are in its group, and killing the group kills them all */
    setpgid (0, 0);
    status = record (&error);
    if (error != NULL)
        g_message ("recorder exits: %s", error->message);
    return status;
}
