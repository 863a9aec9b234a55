/* SPDX-License-Identifier: MIT */

/* What commands on sessions share: a step of the machine with the job that follows it, and other
 * times with the reservations that follow them. */

#pragma once

#include "scheduler/core/span.h"
#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* Steps @session and, where its job's machine takes it, the job. */
gboolean ht_session_step (HtDecider *decider, HtSession *session, HtSessionEvent event,
                          GError **error);

/* Gives back what lies after @at_us, but for the disk of what has begun. */
void ht_session_release (HtDecider *decider, HtSession *session, int64_t at_us);

/**
 * ht_session_move:
 * @sessions: (element-type HtSession): borrowed, as they are
 * @spans: (element-type HtSpan): where each shall be
 *
 * Asks for all together, giving back what they hold, and edits them. Their states stay.
 *
 * Returns: %FALSE with HT_ERROR_CONFLICT "clash"; the decision's preview names who is in the way
 */
gboolean ht_session_move (HtDecider *decider, const GPtrArray *sessions, const GArray *spans,
                          GError **error);

/* Tells the organiser and the trainers, but not the actor. */
void ht_session_tell (HtDecider *decider, const HtSession *session, HtNoticeKind kind);

G_END_DECLS
