/* SPDX-License-Identifier: MIT */

/* hoitruong-finalise: jobs from stdin, one after the other, reports to stdout (finalise-job.h).
 * Loading libavformat with all that it may need costs more than a short recording does: that is
 * done once, and each job runs in a process forked from there, so that one that crashes takes no
 * other with it. It yields to everything else on the machine. */

#include <fcntl.h>
#include <libavutil/log.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/finalise/finalise.h"

#define NICENESS 10

static void
say (const HtFinaliseReport *report)
{
    g_autoptr (GString) line = g_string_new (NULL);

    ht_fields_encode (&ht_finalise_report_fields, report, line, NULL, NULL);
    puts (line->str);
    fflush (stdout);
}

static void
on_progress (int64_t permille, gpointer user_data)
{
    int64_t *said = user_data;
    HtFinaliseReport report = { .permille = permille };

    if (permille / 10 == *said / 10)
        return;
    *said = permille;
    say (&report);
}

static void
run (const HtFinaliseJob *job)
{
    g_autoptr (GError) error = NULL;
    HtFinaliseReport report = { 0 };
    int64_t said = -1;

    if (!ht_finalise (job, on_progress, &said, &report, &error)) {
        report = (HtFinaliseReport){ .permille = 1000, .ended = TRUE };
        report.note = g_strdup (error->message);
        report.missing_us = MAX (0, job->end_us - job->start_us);
    }
    say (&report);
    ht_fields_clear (&ht_finalise_report_fields, &report);
}

/* What libraries say goes beside the recording that they say it about. */
static void
complain_into (const char *folder)
{
    g_autofree char *path = g_build_filename (folder, HT_FINAL_LOG, NULL);
    int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    if (fd < 0)
        return;
    dup2 (fd, STDERR_FILENO);
    close (fd);
}

static void
run_apart (const HtFinaliseJob *job)
{
    pid_t parent = getpid ();
    pid_t child = fork ();

    if (child == 0) {
        /* whoever ends us ends the job, so that it can be begun again */
        if (prctl (PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid () == parent) {
            complain_into (job->folder);
            run (job);
        }
        _exit (EXIT_SUCCESS);
    }
    if (child < 0)
        perror ("hoitruong-finalise: fork");
    else
        waitpid (child, NULL, 0);
}

static void
take (const char *line)
{
    HtFinaliseJob job = { 0 };
    g_autoptr (GError) error = NULL;

    if (ht_fields_decode_text (&ht_finalise_job_fields, line, strlen (line), &job, &error))
        run_apart (&job);
    else
        fprintf (stderr, "hoitruong-finalise: %s\n", error->message);
    ht_fields_clear (&ht_finalise_job_fields, &job);
    puts (""); /* an empty line ends every job, whatever became of it */
    fflush (stdout);
}

int
main (void)
{
    char line[8192];

    av_log_set_level (AV_LOG_WARNING);
    setpriority (PRIO_PROCESS, 0, NICENESS);
    while (fgets (line, sizeof line, stdin) != NULL)
        take (line);
    return EXIT_SUCCESS;
}
