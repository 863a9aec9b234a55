/* SPDX-License-Identifier: MIT */

/* The one place where a right is asked for, whatever door a command or a read came through. */

#pragma once

#include "scheduler/core/rights.h"
#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* Whether the decider's actor may do @command with @arguments. HT_ERROR_DENIED, or
 * HT_ERROR_UNAUTHENTICATED where the actor is nobody. */
gboolean ht_permit (HtDecider *decider, HtCommand command, gconstpointer arguments, GError **error);

/* Whether @person may do @command to @session; or at all, somewhere, where it is %NULL. */
gboolean ht_permit_offer (HtState *state, const HtPerson *person, HtCommand command,
                          const HtSession *session, int64_t day);

/* Whether @person may do @action over @unit_id (0: over everything): the table of
 * scheduler/core/rights on the tree of units as it is on @day. */
gboolean ht_permit_may (HtState *state, const HtPerson *person, HtAction action, int64_t unit_id,
                        int64_t day);

/* Whether @person is an operator of the unit: whom those things are told that somebody must see to.
 */
gboolean ht_permit_operates (HtState *state, const HtPerson *person, int64_t unit_id, int64_t day);

/* Whether @person may say how ready a site of @session is. */
gboolean ht_permit_checks (HtState *state, const HtPerson *person, const HtSession *session,
                           int64_t site_id, int64_t day);

/* Whether @person may give @wanted to somebody. */
gboolean ht_permit_may_grant (HtState *state, const HtPerson *person, const HtGrant *wanted,
                              int64_t day);

/* Whether @person may see @session: its audience, who takes part, who operates. */
gboolean ht_permit_sees (HtState *state, const HtPerson *person, const HtSession *session,
                         const HtSeries *series, int64_t day);

G_END_DECLS
