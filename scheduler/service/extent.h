/* SPDX-License-Identifier: MIT */

/* Which sessions of a series a command with a scope reaches, and which it leaves as they are. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* (element-type HtSession), borrowed, by slot. */
typedef struct {
    GPtrArray *open;    /* (owned): not begun; the chosen one always */
    GPtrArray *past;    /* (owned): begun or over: they stay */
    GPtrArray *gone;    /* (owned): cancelled, at or after the first open one's slot */
    GPtrArray *outside; /* (owned): of the series, but not of the scope, and not cancelled */
} HtExtent;

/* @scope: HtScope, around @chosen */
HtExtent ht_extent_find (HtDecider *decider, const HtSession *chosen, int scope);

void ht_extent_clear (HtExtent *extent);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtExtent, ht_extent_clear)

/* Nothing of the series stays behind that took place or will. */
gboolean ht_extent_is_whole (const HtExtent *extent);

G_END_DECLS
