/* SPDX-License-Identifier: MIT */

/* The readiness board of sessions, for reading: which questions are open, who may see and answer
 * them. */

#pragma once

#include "scheduler/service/reads.h"

G_BEGIN_DECLS

/* How near the start is. */
typedef enum {
    HT_BOARD_LATER,
    HT_BOARD_DAY,  /* within HT_POLICY_CHECK_DAY_BEFORE_US */
    HT_BOARD_HOUR, /* within HT_POLICY_CHECK_SITES_US */
    HT_BOARD_NOW,  /* within HT_POLICY_CHECK_ALL_US */
    HT_BOARD_RUNNING,
    HT_BOARD_N_STAGES,
} HtBoardStage;

extern const char *const ht_board_stage_names[]; /* "later", ..., "running", NULL */

HtBoardStage ht_board_get_stage (HtService *service, const HtSession *session);

/* Whether @actor_id may say how ready the site is. */
gboolean ht_board_may_check (HtService *service, int64_t actor_id, const HtSession *session,
                             int64_t site_id);

/* Whether @actor_id may read the board: who organises it, or may report one of its sites. */
gboolean ht_board_may_read (HtService *service, int64_t actor_id, const HtSession *session);

/* The open questions of a site that takes part, a bit for each HtCheckQuestion. */
unsigned ht_board_list_questions (HtService *service, const HtSession *session,
                                  const HtMember *member);

/* (element-type HtSession) (transfer full): sessions that are to come or run and touch
 * [from_us, to_us), with a question open, whose board @actor_id may read; by start. No rehearsals.
 */
GPtrArray *ht_board_list_open (HtService *service, int64_t actor_id, int64_t from_us,
                               int64_t to_us);

G_END_DECLS
