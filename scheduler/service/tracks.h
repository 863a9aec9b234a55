/* SPDX-License-Identifier: MIT */

/* The tracks of a recording. */

#pragma once

#include "scheduler/core/session.h"

G_BEGIN_DECLS

/* (transfer full) (element-type HtTrack): one for each of @sources (element-type int64_t), the
 * first being "main". */
GArray *ht_tracks_make (const GArray *sources);

/* (transfer full) (nullable): with the names that it owns. */
void ht_tracks_clear (GArray *tracks);

G_END_DECLS
