/* SPDX-License-Identifier: MIT */

/* The process round a track, or round several that one ingest feeds: descriptors, clocks, the
 * ingest. It decides nothing. */

#pragma once

#include "media/record/track-job.h"

G_BEGIN_DECLS

/* Exit statuses of hoitruong-recorder. */
#define HT_RECORDER_ENDED     0  /* END stands in the journal */
#define HT_RECORDER_AGAIN     75 /* not at its end: another is to go on with the same job */
#define HT_RECORDER_ATTENTION 78 /* a person must act: a bad job, a journal from the future */

/**
 * ht_recorder_run:
 *
 * Records @job, and what others ask it to take from the same source meanwhile, to the end of all,
 * or until SIGTERM or the request to leave each.
 *
 * Returns: whether it could begin; then *@ret_status is the exit status
 */
gboolean ht_recorder_run (const HtTrackJob *job, int *ret_status, GError **error);

G_END_DECLS
