/* SPDX-License-Identifier: MIT */

/* What waits for approval, as a person may read it. */

#pragma once

#include "scheduler/service/service.h"

G_BEGIN_DECLS

typedef struct {
    const HtSession *session; /* (owned): the first of its series that waits */
    int64_t n_sessions;       /* of its series that wait */
    GArray *competing;        /* (element-type int64_t) (owned): sessions that cannot take place
                               * beside any of them */
} HtWaiting;

/* (transfer full) (element-type HtWaiting): by the instant at which they expire. What @actor_id
 * asked for, and what they may approve. Committed records. */
GArray *ht_waiting_list (HtService *service, int64_t actor_id);

G_END_DECLS
