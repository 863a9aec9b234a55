/* SPDX-License-Identifier: MIT */

/* Who takes part in a session that stands: other members with the reservations that follow. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/**
 * ht_session_change_members:
 * @members: (element-type HtMember): all of them, as they shall be
 *
 * Asks for what they take, giving back what the session holds, and edits it. Its state stays.
 *
 * Returns: %FALSE with HT_ERROR_CONFLICT "clash"; the decision's preview names who is in the way
 */
gboolean ht_session_change_members (HtDecider *decider, const HtSession *session,
                                    const GArray *members, GError **error);

G_END_DECLS
