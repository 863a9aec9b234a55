/* SPDX-License-Identifier: MIT */

/* The real hoitruong-recorder in a folder of its own, with the fake ingest for its pipeline; and
 * what its folder must hold afterwards. The programs are named by HT_RECORDER and HT_FAKE_INGEST.
 */

#pragma once

#include <sys/types.h>

#include "media/record/journal.h"
#include "media/record/shared-page.h"
#include "media/record/track-job.h"

#define STAGE_STEP_US 5000 /* between two looks at something that is to happen */

typedef struct {
    char *root; /* (owned): everything of this test lies in it */
    HtTrackJob job;
    pid_t pid; /* of the recorder, 0 while there is none */
    HtSharedPage *page;
} Stage;

/* GTest fixture functions: a job that starts in 0.7 s and lasts
 * until it is stopped: how long anything takes is not for a test to say. */
void stage_set_up (Stage *stage, gconstpointer data);
void stage_tear_down (Stage *stage, gconstpointer data);

int64_t stage_now_us (void);

/* Starts a recorder as a supervisor does: the job on stdin, which is closed; stderr a file. */
pid_t stage_spawn (Stage *stage);

/* kill -9, and its exit status taken. */
void stage_kill_recorder (Stage *stage);

/* What the shared page says. */
HtTrackStatus stage_look (Stage *stage);

typedef gboolean (*StageCondition) (const HtTrackStatus *status, gconstpointer data);

/* Waits for what the page of this recorder, not of the one before it, is to say. */
HtTrackStatus stage_wait_for (Stage *stage, StageCondition condition, gconstpointer data);

gboolean stage_is_recording (const HtTrackStatus *status, gconstpointer data);

/* More starts of the ingest than *@data (int64_t), and recording again. */
gboolean stage_is_back (const HtTrackStatus *status, gconstpointer data);

/* Returns: the exit status */
int stage_wait_for_exit (pid_t pid);

/* The recorder exits, and well. */
void stage_wait_for_end (Stage *stage);

/* Ends it by its control socket. */
void stage_stop (Stage *stage);

/* Adds the hashes of segment @sequence's pictures; returns its octets that hold whole units. */
size_t stage_read_segment (const Stage *stage, int64_t sequence, int64_t reference,
                           GPtrArray *hashes);

/* (transfer full) (element-type utf8): all of them; the journal agrees with every segment */
GPtrArray *stage_read_pictures (const Stage *stage, const HtJournal *journal);

/* The pictures on the disk are the camera's from the first to the last one there, less whole runs
 * whose neighbours a GAP names. Returns how many are missing. */
unsigned stage_check_complete (const Stage *stage);

/* Whether the journal tells a gap of that cause. */
gboolean stage_has_cause (const Stage *stage, HtGapCause cause);
