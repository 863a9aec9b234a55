/* SPDX-License-Identifier: MIT */

/* What those who run a session keep of it: its rehearsals, how ready its sites are, whether it may
 * run late. A session of which nothing of that was asked has none. */

#pragma once

#include "scheduler/core/site-check.h"

G_BEGIN_DECLS

typedef struct {
    int64_t id;              /* of the session */
    int64_t rehearses_id;    /* the session that this one rehearses; 0 */
    gboolean stays;          /* a rehearsal that does not move with what it rehearses */
    gboolean runs_on;        /* near its end it is extended by itself where that is free */
    int64_t n_extended;      /* how often it was extended while it ran */
    int64_t n_extended_auto; /* how often of these by itself */
    int64_t asked_us;        /* when its open questions were last told; 0 */
    GArray *rehearsal_ids;   /* (element-type int64_t): its own rehearsals */
    GArray *sites;           /* (element-type HtSiteCheck): those of which something is known */
} HtOperation;

/* (nullable): what is known of the site; @operation: (nullable). */
const HtSiteCheck *ht_operation_find_site (const HtOperation *operation, int64_t site_id);

/* The same to be written into; a new one where nothing was known. Borrowed until the next. */
HtSiteCheck *ht_operation_put_site (HtOperation *operation, int64_t site_id);

G_END_DECLS
