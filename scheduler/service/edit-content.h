/* SPDX-License-Identifier: MIT */

/* What an edit says that sessions are from now on, whenever they are. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

typedef struct _HtEditContent HtEditContent;

/* (transfer full) (nullable): everything that @edit names exists and is what it must be. @edit must
 * outlive it. */
HtEditContent *ht_edit_content_new (HtDecider *decider, const HtEdit *edit, GError **error);
void ht_edit_content_free (HtEditContent *content);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtEditContent, ht_edit_content_free)

/* The parts that it names, as bits of HtPart. */
unsigned ht_edit_content_get_parts (const HtEditContent *content);

/* Changes those @parts of a session, and its job. @of_series: words are the series', so that the
 * session has none of its own. Reservations do not follow yet. */
gboolean ht_edit_content_apply (const HtEditContent *content, HtDecider *decider,
                                int64_t session_id, unsigned parts, gboolean of_series,
                                GError **error);

/* Before the series' words change: a session for which not all of them do, but those @parts only,
 * has the old ones of its own from then on. */
void ht_edit_content_keep_words (const HtEditContent *content, HtDecider *decider,
                                 int64_t session_id, unsigned parts);

/* Changes the series: unit, audience and, where @of_series, its words. */
void ht_edit_content_apply_series (const HtEditContent *content, HtDecider *decider,
                                   int64_t series_id, gboolean of_series);

G_END_DECLS
