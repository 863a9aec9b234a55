/* SPDX-License-Identifier: MIT */

/* What hoitruong-finalise is asked, a line of JSON on its stdin for each job, and what it says,
 * lines of JSON on its stdout: how far it is, at last the outcome, then an empty line. One that
 * died before it had an outcome leaves the empty line alone. */

#pragma once

#include "scheduler/support/fields.h"

G_BEGIN_DECLS

#define HT_FINAL_FILE     "recording.mp4"
#define HT_FINAL_MANIFEST "recording.json"
#define HT_FINAL_LOG      "finalise.log"

/**
 * HtFinaliseJob:
 * @folder: (owned): the track's folder, with journal and segments; the final file goes there
 * @start_us: the scheduled instant: presentation begins with its picture
 * @end_us: where the session ended
 */
typedef struct {
    char *folder;
    int64_t start_us;
    int64_t end_us;
} HtFinaliseJob;

/**
 * HtFinaliseReport:
 * @permille: how far
 * @ended: the last report; only then the rest counts
 * @complete: the file is proved against the journal and the journal has no gap
 * @bytes: of the final file; 0 where there is none
 * @duration_us: of its presentation
 * @missing_us: what gaps add up to within the session
 * @note: (owned) (nullable): what a person should know
 */
typedef struct {
    int64_t permille;
    gboolean ended;
    gboolean complete;
    int64_t bytes;
    int64_t duration_us;
    int64_t missing_us;
    char *note;
} HtFinaliseReport;

extern const HtFields ht_finalise_job_fields;
extern const HtFields ht_finalise_report_fields;

G_END_DECLS
