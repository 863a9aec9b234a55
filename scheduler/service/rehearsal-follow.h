/* SPDX-License-Identifier: MIT */

/* Rehearsals go along with what they rehearse: to other times and other sites, when it is approved,
 * and when it is called off. One that `stays` keeps its time all the same. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* Appends to @sessions (element-type HtSession), which are given the times @spans (element-type
 * HtSpan) and have the members that the decision so far leaves them, the rehearsals that go along:
 * by the same hours of the day, with the same sites. */
void ht_rehearsals_join (HtDecider *decider, GPtrArray *sessions, GArray *spans);

/* Once all of @sessions have their times: steps those from @first on, which were appended, as
 * moved; a rehearsal that could not go along, since it would lie in the past or has no site any
 * more, is called off. */
gboolean ht_rehearsals_go_along (HtDecider *decider, const GPtrArray *sessions, unsigned first,
                                 GError **error);

/* Calls off those that are still to come: what is rehearsed was given another place by somebody
 * else. */
gboolean ht_rehearsals_call_off (HtDecider *decider, const HtSession *session, GError **error);

/* Whether what the session rehearses is among @sessions (element-type HtSession), and at which
 * place. */
gboolean ht_rehearsal_is_of (HtDecider *decider, int64_t session_id, const GPtrArray *sessions,
                             unsigned *ret_place);

/* After a step of @session: its rehearsals are called as it is, approved with it, and called off
 * with it or where they would come too late. */
gboolean ht_rehearsals_follow (HtDecider *decider, const HtSession *session, GError **error);

G_END_DECLS
