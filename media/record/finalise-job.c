/* SPDX-License-Identifier: MIT */

#include "media/record/finalise-job.h"

#define JOB(member)    G_STRUCT_OFFSET (HtFinaliseJob, member)
#define REPORT(member) G_STRUCT_OFFSET (HtFinaliseReport, member)

static const HtField job_table[] = {
    { "folder", HT_FIELD_TEXT, JOB (folder), HT_FIELD_REQUIRED, 0, 4096 },
    { "start_us", HT_FIELD_INT, JOB (start_us), HT_FIELD_REQUIRED },
    { "end_us", HT_FIELD_INT, JOB (end_us), HT_FIELD_REQUIRED },
};

static const HtField report_table[] = {
    { "permille", HT_FIELD_INT, REPORT (permille), 0, 0, 1000 },
    { "ended", HT_FIELD_BOOL, REPORT (ended) },
    { "complete", HT_FIELD_BOOL, REPORT (complete) },
    { "bytes", HT_FIELD_INT, REPORT (bytes) },
    { "duration_us", HT_FIELD_INT, REPORT (duration_us) },
    { "missing_us", HT_FIELD_INT, REPORT (missing_us) },
    { "note", HT_FIELD_TEXT, REPORT (note), 0, 0, 1000 },
};

const HtFields ht_finalise_job_fields = HT_FIELDS ("finalise-job", HtFinaliseJob, job_table);
const HtFields ht_finalise_report_fields =
    HT_FIELDS ("finalise-report", HtFinaliseReport, report_table);
