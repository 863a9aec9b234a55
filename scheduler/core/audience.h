/* SPDX-License-Identifier: MIT */

/* Who may see a session: one question that agenda, feeds, events and media files all ask. */

#pragma once

#include "scheduler/core/rights.h"
#include "scheduler/core/session.h"

G_BEGIN_DECLS

/**
 * ht_audience_admits:
 * @ids: (nullable) (element-type int64_t): units or persons, as @kind says
 * @person: (nullable): nobody is signed in
 *
 * Everybody who is signed in, or who belongs to a unit that is named or to one below it, or who
 * is named. A closed account is nobody's; an audience of no kind admits nobody.
 */
gboolean ht_audience_admits (HtAudienceKind kind, const GArray *ids, const HtPerson *person,
                             HtUnitIsBelow is_below, gpointer user_data);

G_END_DECLS
