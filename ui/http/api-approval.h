/* SPDX-License-Identifier: MIT */

/* What a session says of its approval, its rank and what has its place. */

#pragma once

#include "ui/http/api-private.h"

G_BEGIN_DECLS

/* Members of the object that @writer is in. */
void ht_api_write_approval (HtApi *api, HtWriter *writer, int64_t person_id, const HtSeries *series,
                            const HtSession *session);

G_END_DECLS
