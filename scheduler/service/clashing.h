/* SPDX-License-Identifier: MIT */

/* Sessions that stood before a closure or a lowered capacity hit them. They are marked in the
 * change that hits them, their organisers are told, and they are listed for who must act: nothing
 * is cancelled silently. They are the only exception to "never above capacity". */

#pragma once

#include "scheduler/service/decider.h"
#include "scheduler/service/service.h"

G_BEGIN_DECLS

/* Marks what the decision's resources and closures hit, in the decision itself. */
void ht_clashing_mark (HtDecider *decider);

typedef struct {
    const HtSession *session; /* (owned) */
    GArray *resources;        /* (element-type int64_t) (owned): what cannot be had any more */
} HtClashing;

/* (transfer full) (element-type int64_t): what @session has and could not have any more. */
GArray *ht_clashing_list_resources (HtState *state, const HtSession *session);

/* (transfer full) (element-type HtClashing): marked, and still hit; by start. What @actor_id
 * organises, and what they may edit. */
GArray *ht_clashing_list (HtService *service, int64_t actor_id);

G_END_DECLS
