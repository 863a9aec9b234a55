/* SPDX-License-Identifier: MIT */

/* What requests that wait for approval have in common. A hold occupies what it asks for; a request
 * for a place that is taken waits as a draft and occupies nothing. */

#pragma once

#include "scheduler/service/booking.h"
#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* Whether @session waits for somebody's word. */
gboolean ht_approval_is_waiting (const HtSession *session);

/* Whether @booking is a hold at first: it asks to be, it ranks higher than its actor may say, it
 * waits for the number of a document, or it is for somebody else to approve. */
gboolean ht_approval_is_needed (HtDecider *decider, const HtBooking *booking, int64_t unit_id);

/* When what is asked for now ends unless it is approved. @zone: name, (nullable). */
int64_t ht_approval_find_end_us (HtDecider *decider, const char *zone);

/* Those who asked at the same time as @session: all of its series that wait, by slot; or it alone.
 * (transfer container) (element-type HtSession) */
GPtrArray *ht_approval_list (HtDecider *decider, const HtSession *session, gboolean only);

/* What waited for the place of @winner has lost it: it no longer waits, and who asked hears of it.
 * @winner: as the decision leaves it */
void ht_approval_tell_losers (HtDecider *decider, const HtSession *winner);

/* To who asked for @session, but not where it is the actor. */
void ht_approval_tell_asker (HtDecider *decider, const HtSession *session, HtNoticeKind kind);

G_END_DECLS
