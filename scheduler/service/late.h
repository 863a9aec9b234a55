/* SPDX-License-Identifier: MIT */

/* Running late: how far a session may go on, and that it does. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* By how much @session can be extended, at most @most_us: whole minutes; 0 where not by one. */
int64_t ht_late_find_longest_us (HtDecider *decider, const HtSession *session, int64_t most_us);

/* Whether it was extended as often as the policy allows while it runs. */
gboolean ht_late_is_exhausted (HtDecider *decider, const HtSession *session);

/* Extends it: a running session goes on, one that has not begun is given a later end.
 * HT_ERROR_CONFLICT "clash", or "extended-too-often". */
gboolean ht_late_extend (HtDecider *decider, const HtSession *session, int64_t by_us,
                         GError **error);

/* Whether a session that @booking makes runs on, as it or the policy says. */
void ht_late_book (HtDecider *decider, const HtBooking *booking, int64_t session_id);

G_END_DECLS
