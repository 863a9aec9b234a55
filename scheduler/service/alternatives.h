/* SPDX-License-Identifier: MIT */

/* What is free instead of what was asked for. */

#pragma once

#include "scheduler/core/span.h"
#include "scheduler/service/decider.h"

G_BEGIN_DECLS

#define HT_ALTERNATIVES_MAX 3

/* Adds up to three to @preview, whose clashes are known: another room, another time, leaving out
 * what clashes. */
void ht_alternatives_find (HtDecider *decider, const GArray *spans, const GPtrArray *reservations,
                           HtPreview *preview);

G_END_DECLS
