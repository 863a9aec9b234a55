/* SPDX-License-Identifier: MIT */

#include "media/record/track-job.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A job that is taken is written back to one that is equal. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_auto (HtTrackJob) job = { 0 };
    g_auto (HtTrackJob) again = { 0 };
    g_autofree char *line = NULL;

    if (!ht_track_job_decode ((const char *) data, size, &job, NULL))
        return 0;
    line = ht_track_job_encode (&job);
    g_assert_true (ht_track_job_decode (line, strlen (line), &again, NULL));
    g_assert_true (ht_fields_equal (&ht_track_job_fields, &job, &again));
    return 0;
}
