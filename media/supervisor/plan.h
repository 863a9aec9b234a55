/* SPDX-License-Identifier: MIT */

/* What to do about one track now, from how it should be and how it is. Pure. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* How long a recorder may be silent in its shared page before it is held for hung. */
#define HT_PLAN_HEARTBEAT_US (10 * G_USEC_PER_SEC)

/* How the track should be. */
typedef struct {
    int64_t start_us;
    int64_t end_us;
    gboolean stop; /* close now */
} HtTrackWish;

/* How it is. */
typedef struct {
    gboolean running;       /* its recorder lives */
    gboolean ended;         /* END stands in its journal: nothing will follow */
    int64_t start_us;       /* as its recorder has been told */
    int64_t end_us;         /* as its recorder has been told */
    int64_t heartbeat_us;   /* the newest sign of life, its start included */
    int64_t first_death_us; /* of the present row of deaths; 0: none */
    int64_t last_start_us;  /* when a recorder was started last; 0: never */
} HtTrackSight;

typedef enum {
    HT_PLAN_REST,
    HT_PLAN_START,   /* a recorder */
    HT_PLAN_SET_END, /* tell it the wished end */
    HT_PLAN_STOP,    /* tell it to close now */
    HT_PLAN_LEAVE,   /* tell it to let go; START follows */
    HT_PLAN_KILL,    /* its whole process group; START follows */
} HtTrackAct;

/* A dead recorder is replaced at once for 30 s, then every 5 s. One whose start was moved before
 * it began is told to let the track go, and replaced; one that is hung is killed first. */
HtTrackAct ht_track_plan (const HtTrackWish *wish, const HtTrackSight *sight, int64_t now_us);

G_END_DECLS
