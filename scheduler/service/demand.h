/* SPDX-License-Identifier: MIT */

/* What a booking takes: from its members, and the sources that are recorded, to reservations. */

#pragma once

#include "scheduler/core/admission.h"
#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* (transfer full) (element-type HtMember): of @booking; every one of them exists and is what it
 * must be. */
GArray *ht_demand_make_members (HtDecider *decider, const HtBooking *booking, GError **error);

/* Whether nothing is named twice among @members. HT_ERROR_INVALID "named-twice" */
gboolean ht_demand_check_doubles (const GArray *members, GError **error);

/* kbit/s of @profile at the site: its own row, else the one for all, else what is usual. */
int64_t ht_demand_get_rate (HtDecider *decider, HtProfile profile, int64_t site_id);

/* What one session takes, whenever it is. */
typedef struct {
    const GArray *members; /* (element-type HtMember) (nullable) */
    const GArray *sources; /* (element-type int64_t) (nullable): recorded */
    int64_t keep_us; /* retention: so long after the end the recording takes room on the disk */
    int64_t unit_id; /* whose session it is: its recordings count on the unit's disks */
} HtDemandWhat;

/* Of @booking, whose members are @members; borrows both. */
HtDemandWhat ht_demand_describe (const HtDecider *decider, const HtBooking *booking,
                                 const GArray *members);

/**
 * ht_demand_make_reservations:
 *
 * As ht_wants_expand(), with the installation's recorder, disk and bridge where it has them.
 *
 * Returns: (transfer full) (element-type HtReservation)
 */
GArray *ht_demand_make_reservations (HtDecider *decider, const HtDemandWhat *what, HtSpan span,
                                     GError **error);

/* (transfer full) (element-type HtDemand): of occurrences and their reservations, as below. */
GArray *ht_demand_list (const GArray *spans, const GPtrArray *reservations);

/* HtSupplyLookup. @decider: HtDecider */
gboolean ht_demand_look_up (int64_t resource_id, HtSupply *ret_supply, gpointer decider);

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
