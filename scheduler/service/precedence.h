/* SPDX-License-Identifier: MIT */

/* A higher rank takes the place of lower ones, never silently: a preview says which sessions would
 * have to make room and where each could go; a person with the right names them, and everything
 * happens in one change. An approval takes the place of holds of which nobody approved yet in the
 * same way. */

#pragma once

#include "scheduler/service/booking.h"
#include "scheduler/service/decider.h"

G_BEGIN_DECLS

typedef struct _HtPrecedence HtPrecedence;

/**
 * ht_precedence_new:
 * @rank: HtRank of what takes the place
 * @approving: holds that nobody approved yet make room whatever their rank
 * @displaces: (element-type HtDisplaced) (nullable)
 *
 * Reads and checks what is named: it is there, it may be displaced by that rank and by the actor,
 * and is as they have read it.
 *
 * Returns: (transfer full) (nullable): with HT_ERROR_NOT_FOUND, HT_ERROR_DENIED, HT_ERROR_STALE
 *   "changed-meanwhile", or HT_ERROR_CONFLICT "cannot-be-displaced"
 */
HtPrecedence *ht_precedence_new (HtDecider *decider, int rank, gboolean approving,
                                 const GArray *displaces, GError **error);
void ht_precedence_free (HtPrecedence *precedence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtPrecedence, ht_precedence_free)

/**
 * ht_precedence_admit:
 *
 * As ht_demand_admit(), with what is named out of the way and at its new places. Where it does not
 * fit, the preview tells what would have to make room and where that could go.
 *
 * Returns: %FALSE as that, or with HT_ERROR_CONFLICT "not-in-the-way" where something is named
 *   without need
 */
gboolean ht_precedence_admit (HtDecider *decider, const HtPrecedence *precedence,
                              const GArray *spans, const GPtrArray *reservations,
                              const GPtrArray *returned, HtPreview *preview, GError **error);

/* Moves what is named, or makes drafts of it, and tells whose it is. @taker_id: session that has
 * the place now. */
gboolean ht_precedence_carry_out (HtDecider *decider, const HtPrecedence *precedence,
                                  int64_t taker_id, GError **error);

/* Whether a session of @rank, or an approval, may take the place of @session at all; and whether
 * the decider's actor may say so. */
gboolean ht_precedence_outranks (HtDecider *decider, int rank, gboolean approving,
                                 const HtSession *session);
gboolean ht_precedence_may (HtDecider *decider, const HtSession *session);

/* What would have to make room where @spans did not fit, into @preview; nothing where something
 * else is in the way, or something of no lower rank. */
void ht_precedence_propose (HtDecider *decider, int rank, gboolean approving, const GArray *spans,
                            const GPtrArray *reservations, const GPtrArray *returned,
                            HtPreview *preview);

G_END_DECLS
