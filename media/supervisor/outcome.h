/* SPDX-License-Identifier: MIT */

/* What came of finalising a session: its tracks' reports, added up. Pure. */

#pragma once

#include "media/record/finalise-job.h"
#include "scheduler/ports/media.h"

G_BEGIN_DECLS

typedef struct _HtOutcome HtOutcome;

/* @folders: (element-type utf8): the tracks to be heard of; at least one */
HtOutcome *ht_outcome_new (const GPtrArray *folders);
void ht_outcome_free (HtOutcome *self);

/**
 * ht_outcome_take:
 * @ret_event: (out): what there is to say now: progress, or done, or incomplete; its note is lent
 *   by @self
 *
 * Returns: %FALSE where @folder is none of those awaited
 */
gboolean ht_outcome_take (HtOutcome *self, const char *folder, const HtFinaliseReport *report,
                          HtMediaEvent *ret_event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtOutcome, ht_outcome_free)

G_END_DECLS
