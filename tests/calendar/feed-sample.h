/* SPDX-License-Identifier: MIT */

/* A feed with everything that may stand in one, for tests that read it back. */

#pragma once

#include "calendar/text/plan.h"

/* (transfer full): the whole text. Rows go to @rows (nullable), one line for each session that
 * takes place: UID, start and end in UTC, summary, with tabs between. */
char *ht_feed_sample_write (const HtZone *zone, GString *rows);
