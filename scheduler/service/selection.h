/* SPDX-License-Identifier: MIT */

/* The sessions of some days that have to do with a unit, a site or a resource. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

typedef struct {
    const HtZone *zone;  /* borrowed: in which the days are days */
    int64_t from, until; /* days since 1970, both within */
    GPtrArray *chosen;   /* (element-type HtSession) (owned), by start: borrowed records */
    GPtrArray *past;     /* (owned): begun or over */
    GPtrArray *denied;   /* (owned): seen by the actor, who may not change them */
} HtSelection;

/* @command: what is to be done to them, HT_COMMAND_MOVE or HT_COMMAND_CANCEL. %FALSE where days,
 * zone or names make no sense, or there are more than a change may hold. */
gboolean ht_selection_find (HtDecider *decider, const HtChangeMany *asked, HtCommand command,
                            HtSelection *ret_selection, GError **error);

void ht_selection_clear (HtSelection *selection);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtSelection, ht_selection_clear)

/* The day of a text such as "2026-11-25". */
gboolean ht_selection_read_day (const char *text, const char *field, int64_t *ret_day,
                                GError **error);

G_END_DECLS
