/* SPDX-License-Identifier: MIT */

/* What a booking takes: from its members, and the sources that are recorded, to reservations. */

#pragma once

#include "scheduler/core/admission.h"
#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* (transfer full) (element-type HtMember): of @booking; every one of them exists and is what it
 * must be. */
GArray *ht_demand_make_members (HtDecider *decider, const HtBooking *booking, GError **error);

/**
 * ht_demand_make_reservations:
 * @sources: (element-type int64_t) (nullable): recorded
 *
 * A site brings its room, its codec and its stream's rate on every link between it and the main
 * site; each link once, with the sum. Set-up and tear-down belong to the resource. A person, a
 * pool or a room that is named twice is reserved once, with the sum.
 *
 * Returns: (transfer full) (element-type HtReservation)
 */
GArray *ht_demand_make_reservations (HtDecider *decider, const GArray *members,
                                     const GArray *sources, HtSpan span);

/**
 * ht_demand_admit:
 * @spans: (element-type HtSpan): the occurrences
 * @reservations: (element-type GArray of HtReservation): of each
 * @returned: (element-type HtSession) (nullable): sessions whose reservations are given back
 * @preview: takes the occurrences and what is in their way
 *
 * Returns: %FALSE with HT_ERROR_CONFLICT "clash"
 */
gboolean ht_demand_admit (HtDecider *decider, const GArray *spans, const GPtrArray *reservations,
                          const GPtrArray *returned, HtPreview *preview, GError **error);

G_END_DECLS
