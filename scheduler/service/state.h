/* SPDX-License-Identifier: MIT */

/* The state in memory, up to one number of the log: every record by identity, and what is asked
 * of them so often that it has an index. It changes by decisions alone, and back the same way. */

#pragma once

#include "scheduler/core/closure.h"
#include "scheduler/core/timeline.h"
#include "scheduler/core/zone.h"
#include "scheduler/ports/store.h"
#include "scheduler/service/decision.h"

G_BEGIN_DECLS

typedef struct _HtState HtState;

HtState *ht_state_new (void);
void ht_state_free (HtState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtState, ht_state_free)

/* Reads everything, checks that the last two changes of the log follow each other. Once. */
gboolean ht_state_load (HtState *state, HtStore *store, GError **error);

/* Of the last change applied, pending or not. */
int64_t ht_state_get_number (const HtState *state);
const uint8_t *ht_state_get_hash (const HtState *state); /* 32 octets */
void ht_state_set_head (HtState *state, int64_t number, const uint8_t *hash);

/* Puts each entry's after in the place of its before; and the other way round. */
void ht_state_apply (HtState *state, const HtDecision *decision);
void ht_state_revert (HtState *state, const HtDecision *decision);

/* (nullable), borrowed. */
gconstpointer ht_state_peek (const HtState *state, HtRecordKind kind, int64_t id);

/* The identity that the next new record of @kind gets; identities are 1 up to the one before. */
int64_t ht_state_get_next_id (const HtState *state, HtRecordKind kind);
int64_t ht_state_get_next_notice_id (const HtState *state);

/* What is taken of a resource. */
HtTimeline *ht_state_get_timeline (HtState *state, int64_t resource_id);

/* The installation's one of @kind (recorder, disk, ports of the bridge): the first that is not
 * retired. 0 where there is none, which then limits nothing. */
int64_t ht_state_find_common (HtState *state, HtResourceKind kind);

/* (nullable), borrowed: read once. HT_ERROR_INVALID "no-such-zone". */
const HtZone *ht_state_get_zone (HtState *state, const char *name, const char *field,
                                 GError **error);

/* (nullable), borrowed: the opening hours of a closure calendar as a timeline, made when they are
 * first asked for; %NULL where there is no such calendar, or it makes no sense. */
const HtClosure *ht_state_get_closure (HtState *state, int64_t closure_id);

/* (nullable) (transfer full): as @calendar says, which may be none that is in force. */
HtClosure *ht_state_make_closure (HtState *state, const HtClosureCalendar *calendar);

/* (nullable) (transfer full): opening hours of one's own, in the zone of that name. */
HtClosure *ht_state_make_hours (HtState *state, const char *zone, const HtClosureRule *rule);

/* (nullable) (element-type int64_t): the sessions of a series, in no order. */
const GArray *ht_state_peek_series (const HtState *state, int64_t series_id);

/* (nullable) (element-type int64_t): sessions that touch the UTC day @day (since 1970). */
const GArray *ht_state_peek_day (const HtState *state, int64_t day);

/* 0 where there is none; @login is folded. */
int64_t ht_state_find_login (const HtState *state, const char *login);

/* 0 where there is none: an HtApiToken by its hash. */
int64_t ht_state_find_token (const HtState *state, const char *token_hash);

/* Sessions and recordings on which the clock still has something to do. */
typedef void (*HtStateEach) (int64_t session_id, gpointer user_data);
void ht_state_foreach_live (const HtState *state, HtStateEach each, gpointer user_data);

/* Keeps a committed change for undo, among the last few hundred. @decision: (transfer full) */
void ht_state_take_recent (HtState *state, HtDecision *decision);

/* (nullable), borrowed. */
const HtDecision *ht_state_find_recent (const HtState *state, int64_t number);

/* (nullable), borrowed: the last one of @actor_id whose command is among @commands (HT_N_COMMANDS
 * of them) and that has not been undone. */
const HtDecision *ht_state_find_last (const HtState *state, int64_t actor_id,
                                      const gboolean *commands);

/* Whether @unit_id is @ancestor_id or lies below it on @day; ancestor 0 holds everything. */
gboolean ht_state_is_below (const HtState *state, int64_t unit_id, int64_t ancestor_id,
                            int64_t day);

G_END_DECLS
