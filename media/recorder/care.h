/* SPDX-License-Identifier: MIT */

/* When an ingest is to be started and when it is to be killed. Instants are monotonic
 * microseconds, so that a wall clock that jumps disturbs nothing. Pure. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* A plain value; begins as zeros with stall_us set. */
typedef struct {
    int64_t stall_us; /* so long without data and it is lost */
    gboolean is_running;
    int64_t started_us;    /* the last start */
    int64_t last_data_us;  /* of the running one; 0 before its first */
    int64_t lost_us;       /* when data ceased; 0 while they come */
    int64_t next_start_us; /* not before */
} HtCare;

typedef enum { HT_CARE_WAIT, HT_CARE_START, HT_CARE_KILL } HtCareStep;

void ht_care_note_start (HtCare *care, int64_t now_us);
void ht_care_note_data (HtCare *care, int64_t now_us);

/* It exited or was killed. The next start is at once for the first 30 s without data, then every
 * 5 s; not before @retry_us in any case. */
void ht_care_note_exit (HtCare *care, int64_t retry_us, int64_t now_us);

HtCareStep ht_care_decide (const HtCare *care, gboolean is_wanted, int64_t now_us);

/* When ht_care_decide() will say something else than %HT_CARE_WAIT. */
int64_t ht_care_get_next_us (const HtCare *care);

G_END_DECLS
