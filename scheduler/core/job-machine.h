/* SPDX-License-Identifier: MIT */

/* The life of a job: what recorders and pipelines do for a session, which event may follow which
 * state, and what must then be done. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    HT_JOB_PLANNED,
    HT_JOB_ARMING,     /* recorders run and hold a ring; nothing is kept yet */
    HT_JOB_RECORDING,  /* what comes is kept */
    HT_JOB_RECOVERING, /* at least one track brings nothing; the rest goes on */
    HT_JOB_DRAINING,   /* the end is reached; segments and journals are being closed */
    HT_JOB_FINALISING, /* segments become files */
    HT_JOB_DONE,
    HT_JOB_INCOMPLETE, /* over, and a person should know what is missing */
    HT_JOB_N_STATES,
} HtJobState;

extern const char *const ht_job_state_names[]; /* "planned", ..., "incomplete", NULL */

typedef enum {
    HT_JOB_ARM,        /* clock: some seconds before the start */
    HT_JOB_DISARM,     /* the session was moved away while its recorders were armed */
    HT_JOB_START,      /* clock: the start; the recorders know it themselves */
    HT_JOB_LOSE,       /* a track stopped bringing data */
    HT_JOB_REGAIN,     /* every track brings data again */
    HT_JOB_END,        /* the session ended, by the clock or by a person */
    HT_JOB_DRAINED,    /* every recorder has closed its last segment */
    HT_JOB_FINALISED,  /* every file is written and checked */
    HT_JOB_FALL_SHORT, /* a file is missing or holds less than it should */
    HT_JOB_CANCEL,     /* the session was cancelled: what is recorded is kept */
    HT_JOB_N_EVENTS,
} HtJobEvent;

extern const char *const ht_job_event_names[]; /* "arm", ..., "cancel", NULL */

/* What the one who applies the step does besides storing the new state. */
typedef enum {
    HT_JOB_START_RECORDERS = 1 << 0, /* where they do not run already */
    HT_JOB_STOP_RECORDERS = 1 << 1,  /* after their open segment */
    HT_JOB_FINALISE = 1 << 2,        /* put it into the queue */
    HT_JOB_TELL = 1 << 3,            /* a person must hear of it */
} HtJobEffects;

typedef struct {
    gboolean accepted; /* an edge that is not written is FALSE */
    HtJobState next;
    int effects; /* HtJobEffects, joined by | */
} HtJobStep;

/**
 * ht_job_machine_step:
 * @ret_step: (out): set on success only
 *
 * Pure: reads a table and touches nothing.
 *
 * Returns: %FALSE with %HT_ERROR_CONFLICT "job-state", naming both, where @from does not take
 *   @event; %HT_ERROR_INVALID where either is no state or event at all
 */
gboolean ht_job_machine_step (HtJobState from, HtJobEvent event, HtJobStep *ret_step,
                              GError **error);

/* Nothing leads out of it. */
gboolean ht_job_machine_is_final (HtJobState state);

/* Recorders should be running. */
gboolean ht_job_machine_is_live (HtJobState state);

G_END_DECLS
