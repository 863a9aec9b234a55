/* SPDX-License-Identifier: MIT */

/* What recorders do for a session. */

#pragma once

#include <glib.h>
#include <stdint.h>

#include "scheduler/core/job-machine.h"

G_BEGIN_DECLS

typedef struct {
    char *name; /* folder below the session's: "main", "slides" */
    int64_t source_id;
} HtTrack;

/* What recorders do for a session. Its identity is the session's. */
typedef struct {
    int64_t id;
    int state;             /* HtJobState */
    GArray *tracks;        /* (element-type HtTrack) */
    int64_t keep_until_us; /* end of retention */
    int64_t bytes;         /* of the final files */
    int64_t duration_us;
    int64_t missing_us; /* what the journal's gaps add up to */
    char *note;         /* what a person should know */
} HtJob;

G_END_DECLS
