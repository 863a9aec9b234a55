/* SPDX-License-Identifier: MIT */

/* A rehearsal that is asked for, with a booking or later. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* When a rehearsal is, where it does not say. */
typedef enum {
    HT_REHEARSAL_DAY_BEFORE,  /* at the same hour */
    HT_REHEARSAL_HOUR_BEFORE, /* 60 minutes before the start */
    HT_REHEARSAL_N_LEADS,
} HtRehearsalLead;

typedef struct {
    int lead;        /* HtRehearsalLead */
    char *start;     /* civil; NULL: as lead says */
    char *zone;      /* of start; NULL: the zone of what is rehearsed */
    int64_t minutes; /* 0: as the policy says */
    GArray *sites;   /* (element-type int64_t): beside the main site; NULL: all */
    gboolean stays;  /* where what is rehearsed is moved */
} HtRehearsal;

G_END_DECLS
