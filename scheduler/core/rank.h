/* SPDX-License-Identifier: MIT */

/* Whose meeting it is, where two cannot have the same place: a higher rank may displace a lower
 * one, never one of its own. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ascending. */
typedef enum {
    HT_RANK_TRAINING,   /* a course, a meeting of one unit */
    HT_RANK_DEPARTMENT, /* of a department for all units */
    HT_RANK_PROVINCE,   /* of the Party committee, the council, the people's committee */
    HT_RANK_GOVERNMENT, /* called from above the province */
    HT_N_RANKS,
} HtRank;

extern const char *const ht_rank_names[]; /* "training", ..., "government", NULL */

/* Whether a session of @rank may displace one of @other. What is no rank displaces nothing and
 * is displaced by nothing. */
gboolean ht_rank_may_displace (int rank, int other);

G_END_DECLS
