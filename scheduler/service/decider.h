/* SPDX-License-Identifier: MIT */

/* What a command's decide function holds in its hands: the state to read, and the decision that it
 * writes. It changes nothing else, so that the same function decides, previews and decides again.
 */

#pragma once

#include "scheduler/service/state.h"

G_BEGIN_DECLS

typedef struct _HtDecider HtDecider;

struct _HtDecider {
    HtState *state;
    int64_t actor_id;
    const HtPerson *actor; /* (nullable): the clock */
    int64_t now_us;
    gboolean previewing;       /* clashes are wanted, not refused */
    const char *override;      /* (nullable): the reason to pass what the actor may pass */
    gboolean ignores_closures; /* the actor may, and gave a reason */
    HtDecision *decision;
    GHashTable *places; /* kind and identity to the entry's place */
    int64_t next_ids[HT_N_RECORDS];
};

/* @decision: borrowed */
void ht_decider_init (HtDecider *decider, HtState *state, HtDecision *decision);
void ht_decider_clear (HtDecider *decider);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtDecider, ht_decider_clear)

/* (nullable): the record as the decision so far leaves it. */
gconstpointer ht_decider_peek (HtDecider *decider, HtRecordKind kind, int64_t id);

/* The record as it will be, to be changed; it must exist. Borrowed. */
gpointer ht_decider_edit (HtDecider *decider, HtRecordKind kind, int64_t id);

/* A new record with the next identity. Borrowed. */
gpointer ht_decider_make (HtDecider *decider, HtRecordKind kind);

/* A new record with an identity that follows from another's: a session's job. */
gpointer ht_decider_make_with_id (HtDecider *decider, HtRecordKind kind, int64_t id);

void ht_decider_remove (HtDecider *decider, HtRecordKind kind, int64_t id);

/* Something that @person_id must hear of, once it is committed. */
void ht_decider_tell (HtDecider *decider, HtNoticeKind kind, int64_t session_id, int64_t person_id);

/* (nullable): as peek, with HT_ERROR_NOT_FOUND where there is none. */
gconstpointer ht_decider_find (HtDecider *decider, HtRecordKind kind, int64_t id, const char *field,
                               GError **error);

/* Moves @session by its machine and stamps it as changed. @ret_effects: (nullable). */
gboolean ht_decider_step_session (HtDecider *decider, HtSession *session, HtSessionEvent event,
                                  int *ret_effects, GError **error);

/* Refuses as stale where the session changed after @if_number; 0 asks nothing. */
gboolean ht_decider_check_number (const HtSession *session, int64_t if_number, GError **error);

/* Today in days since 1970, in UTC. */
int64_t ht_decider_get_day (const HtDecider *decider);

G_END_DECLS
