/* SPDX-License-Identifier: MIT */

/* What is free instead of what was asked for. */

#pragma once

#include "scheduler/core/span.h"
#include "scheduler/service/demand.h"

G_BEGIN_DECLS

#define HT_ALTERNATIVES_MAX 5

/* Adds up to five to @preview, whose clashes are known: another room, another time, leaving out
 * what clashes, and where lines are full a lower profile or the recording afterwards for some
 * sites. */
void ht_alternatives_find (HtDecider *decider, const HtDemandWhat *what, const GArray *spans,
                           const GPtrArray *reservations, HtPreview *preview);

G_END_DECLS
