/* SPDX-License-Identifier: MIT */

/* What commands and imports do to a person alike. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

/* Fills the person, which the decision holds already, from @put; grants and key of a new one
 * too. */
gboolean ht_people_fill (HtDecider *decider, int64_t person_id, const HtPutPerson *put,
                         GError **error);

/* Ends every token of a person: after a reset, or with the account. */
void ht_people_end_tokens (HtDecider *decider, int64_t person_id);

G_END_DECLS
