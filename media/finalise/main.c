/* SPDX-License-Identifier: MIT */

/* hoitruong-finalise: one job from stdin, reports to stdout (finalise-job.h). It yields to
 * everything else on the machine. */

#include <libavutil/log.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

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

static int
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
    return error == NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (void)
{
    char line[8192];
    HtFinaliseJob job = { 0 };
    g_autoptr (GError) error = NULL;
    int result = EXIT_FAILURE;

    av_log_set_level (AV_LOG_WARNING);
    setpriority (PRIO_PROCESS, 0, NICENESS);
    if (fgets (line, sizeof line, stdin) == NULL)
        fprintf (stderr, "hoitruong-finalise: give it one line of JSON on stdin\n");
    else if (!ht_fields_decode_text (&ht_finalise_job_fields, line, strlen (line), &job, &error))
        fprintf (stderr, "hoitruong-finalise: %s\n", error->message);
    else
        result = run (&job);
    ht_fields_clear (&ht_finalise_job_fields, &job);
    return result;
}
