/* SPDX-License-Identifier: MIT */

/* Quotas, notice and horizon, held against what a decision leaves behind: so every command asks
 * them, through whatever door. */

#pragma once

#include "scheduler/core/quota.h"
#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/**
 * ht_allowance_check:
 * @notice: whether it matters how soon and how far ahead what is new or moved begins
 *
 * What passes a quota only because the quota was lowered is not refused, as long as it does not
 * grow. The decider's override passes what its actor may pass, and is noted in the decision.
 *
 * Returns: %FALSE with HT_ERROR_CONFLICT "quota", "notice-too-short" or "beyond-quota-horizon"
 */
gboolean ht_allowance_check (HtDecider *decider, gboolean notice, GError **error);

/* Whether @quota counts sessions of @series. */
gboolean ht_allowance_applies (HtDecider *decider, const HtQuota *quota, const HtSeries *series);

/* The civil week that @at_us lies in, from Monday to Monday. */
HtSpan ht_allowance_get_week (HtState *state, int64_t at_us);

/* How much of @quota is used in @window, by @organiser_id where it is for each or for one. */
int64_t ht_allowance_measure (HtDecider *decider, const HtQuota *quota, int64_t organiser_id,
                              HtSpan window, gboolean before);

/* Whether the decider's actor may pass closures for @unit_id with the reason that was given: then
 * ht_demand_admit() does. */
void ht_allowance_use_override (HtDecider *decider, const char *reason, int64_t unit_id);

/* The same for the unit of @session's series. */
void ht_allowance_use_override_for (HtDecider *decider, const char *reason,
                                    const HtSession *session);

G_END_DECLS
