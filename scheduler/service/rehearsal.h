/* SPDX-License-Identifier: MIT */

/* Rehearsals: sessions of their own that try the sites of another before it begins. They are asked
 * for like any. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/**
 * ht_rehearsals_add:
 * @session_ids: (element-type int64_t): what is rehearsed
 * @wanted: (element-type HtRehearsal) (nullable): each of them for each session
 *
 * Asks for all of them at once, beside what the decision has made so far, and makes them. The
 * decision's preview takes their occurrences, and what is in the way.
 *
 * Returns: %FALSE with HT_ERROR_CONFLICT "clash", or what is wrong with @wanted
 */
gboolean ht_rehearsals_add (HtDecider *decider, const GArray *session_ids, const GArray *wanted,
                            GError **error);

/* Whether a session that is over at @end_us, if it is a rehearsal, is so before what it rehearses
 * begins. HT_ERROR_INVALID "rehearsal-too-late"; HT_ERROR_CONFLICT "session-state" where that is
 * called off. */
gboolean ht_rehearsal_check (HtDecider *decider, int64_t session_id, int64_t end_us,
                             GError **error);

/* (nullable), borrowed: what the session rehearses, as the decision so far leaves it. */
const HtSession *ht_rehearsal_peek_of (HtDecider *decider, int64_t session_id);

/* What is rehearsed may be set up already while it is rehearsed: leaves out of @taken what @held
 * has until later (both element-type HtReservation; @held nullable), since @taken's is among it. */
void ht_rehearsal_share (GArray *taken, const GArray *held);

/* (transfer full): what a rehearsal of @of is called. @series: that of @of */
char *ht_rehearsal_make_title (const HtSession *of, const HtSeries *series);

/* (transfer full) (element-type int64_t): the persons to be asked at the sites among @members. */
GArray *ht_rehearsal_list_contacts (HtDecider *decider, const GArray *members);

G_END_DECLS
