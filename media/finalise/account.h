/* SPDX-License-Identifier: MIT */

/* What a recording lacks and where one may jump to, from its journal. Pure. */

#pragma once

#include "media/record/journal.h"
#include "media/record/manifest.h"

G_BEGIN_DECLS

/* The presentation and what lies in it: 1/90000 s since 1970. */
typedef struct {
    int64_t start, end;
    int64_t first_pts, last_pts; /* of what was recorded */
    int64_t picture;             /* how long the last one is shown */
} HtAccountSpan;

/**
 * ht_account_fill:
 *
 * Sets duration, missing, complete, gaps and chapters of @manifest. Missing are the gaps of the
 * journal within the presentation, the time before the first picture and, where the source did
 * not last, after the last one. A chapter begins where a gap begins and where it ends, and at each
 * mark.
 */
void ht_account_fill (const HtJournal *journal, const HtAccountSpan *span, HtManifest *manifest);

G_END_DECLS
