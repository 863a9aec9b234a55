/* SPDX-License-Identifier: MIT */

/* What a booking could do where lines are full: a lower profile, or the recording afterwards, for
 * as few sites as that takes. */

#pragma once

#include "scheduler/service/demand.h"

G_BEGIN_DECLS

/**
 * ht_site_offers_add:
 * @spans: (element-type HtSpan): the occurrences
 * @preview: its clashes are known; offers are added to its alternatives
 *
 * An offer is made only where the booking would be admitted with it. Nothing is offered where
 * something else than a line is in the way, for that stays.
 */
void ht_site_offers_add (HtDecider *decider, const HtDemandWhat *what, const GArray *spans,
                         HtPreview *preview);

G_END_DECLS
