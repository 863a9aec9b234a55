/* SPDX-License-Identifier: MIT */

/* What commands on sessions share: a step of the machine with the job that follows it, and other
 * times with the reservations that follow them. */

#pragma once

#include "scheduler/core/span.h"
#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* (nullable), borrowed: the session, with HT_ERROR_NOT_FOUND; HT_ERROR_STALE where it changed after
 * @if_number (0: not asked). */
const HtSession *ht_session_find (HtDecider *decider, int64_t id, int64_t if_number,
                                  GError **error);

/* Steps @session and, where its job's machine takes it, the job. */
gboolean ht_session_step (HtDecider *decider, HtSession *session, HtSessionEvent event,
                          GError **error);

/* Gives back what lies after @at_us, but for the disk of what has begun. */
void ht_session_release (HtDecider *decider, HtSession *session, int64_t at_us);

/**
 * ht_session_make_reservations:
 * @members: (nullable) (element-type HtMember): perhaps not those that the session has
 *
 * What the session takes in @span with its recording. Of one that runs, what lies behind stays as
 * it was.
 *
 * Returns: (transfer full) (element-type HtReservation)
 */
GArray *ht_session_make_reservations (HtDecider *decider, const HtSession *session,
                                      const GArray *members, HtSpan span, GError **error);

/* What those who run it keep of a session, to be changed; made where there is none. Borrowed. */
HtOperation *ht_session_operate (HtDecider *decider, int64_t session_id);

/**
 * ht_session_move:
 * @sessions: (element-type HtSession): borrowed, as they are
 * @spans: (element-type HtSpan): where each shall be
 *
 * Asks for all together, giving back what they hold, and edits them. Their states stay. What they
 * take follows from their members and jobs as the decision so far leaves these. Rehearsals
 * go along.
 *
 * Returns: %FALSE with HT_ERROR_CONFLICT "clash", unless the decider is previewing; the decision's
 *   preview names who is in the way
 */
gboolean ht_session_move (HtDecider *decider, const GPtrArray *sessions, const GArray *spans,
                          GError **error);

/* As ht_session_move(), where @given_back (element-type HtSession) (nullable) give up their places
 * too. */
gboolean ht_session_swap (HtDecider *decider, const GPtrArray *sessions, const GArray *spans,
                          const GPtrArray *given_back, GError **error);

/* Puts a session and its recording at @span, with what it takes there: who calls it has asked for
 * that. */
void ht_session_put (HtDecider *decider, int64_t session_id, HtSpan span, GArray *reservations);

/* Cancels one session, with its job, and tells those whom it concerns. */
gboolean ht_session_cancel (HtDecider *decider, int64_t id, const char *reason, GError **error);

/* Whether a session may be cancelled with that. HT_ERROR_INVALID "required" */
gboolean ht_session_check_reason (const char *reason, GError **error);

/* Tells the organiser and the trainers, but not the actor. */
void ht_session_tell (HtDecider *decider, const HtSession *session, HtNoticeKind kind);

G_END_DECLS
