/* SPDX-License-Identifier: MIT */

/* What a person may read: committed records only, those they may see. Arrays hold a reference to
 * each record, so they stay as they are while changes follow. */

#pragma once

#include "scheduler/service/service.h"
#include "scheduler/service/sign-in.h"

G_BEGIN_DECLS

/* (nullable): any committed record, without a question of rights: for who already asked. Borrowed
 * until control returns to the main loop. */
gconstpointer ht_reads_peek (HtService *service, HtRecordKind kind, int64_t id);

/* (element-type HtUnit or as kind says) (transfer full): all of a kind, by identity. Not for
 * sessions. */
GPtrArray *ht_reads_list (HtService *service, HtRecordKind kind);

/* (nullable): by the folded login. */
const HtPerson *ht_reads_find_login (HtService *service, const char *login);

/* (nullable): the token with that hash, where it has not ended or expired and its owner's account
 * is open. Borrowed until control returns to the main loop. */
const HtApiToken *ht_reads_find_token (HtService *service, const char *token_hash);

/* Nobody has been set up yet. */
gboolean ht_reads_is_empty (HtService *service);

/* Whether @actor_id may see @session: its audience, who takes part, who operates. 0 sees all. */
gboolean ht_reads_sees (HtService *service, int64_t actor_id, const HtSession *session);

/* (nullable): not found and not to be seen are the same answer: HT_ERROR_NOT_FOUND. */
const HtSession *ht_reads_get_session (HtService *service, int64_t actor_id, int64_t id,
                                       GError **error);

typedef enum {
    HT_AGENDA_ALL,
    HT_AGENDA_UNIT, /* of the unit or below, as holder or invited */
    HT_AGENDA_MINE, /* organised by the person, or they take part */
    HT_AGENDA_SITE,
    HT_AGENDA_SERIES,
} HtAgendaScope;

/* (element-type HtSession) (transfer full): sessions that touch [from_us, to_us), by start and
 * identity, that @actor_id may see; drafts and holds only to those whom they concern. @id says of
 * which unit, person, site or series. */
GPtrArray *ht_reads_sessions (HtService *service, int64_t actor_id, HtAgendaScope scope, int64_t id,
                              int64_t from_us, int64_t to_us);

/* The sessions of one series, by slot. */
GPtrArray *ht_reads_series_sessions (HtService *service, int64_t actor_id, int64_t series_id);

/* @session: (nullable): %NULL where the reader may not see what it is. */
typedef void (*HtBusyFunc) (const HtReservation *reservation, const HtSession *session,
                            gpointer user_data);

/* Every reservation of the resource that touches the span. */
void ht_reads_busy (HtService *service, int64_t actor_id, int64_t resource_id, int64_t from_us,
                    int64_t to_us, HtBusyFunc each, gpointer user_data);

/* Whether @actor_id may do @command to @session (or at all, where it is %NULL): what a page
 * offers. The command itself asks again. */
gboolean ht_reads_may (HtService *service, int64_t actor_id, HtCommand command,
                       const HtSession *session);

/* Whether @actor_id administers: people, places, the log. */
gboolean ht_reads_is_admin (HtService *service, int64_t actor_id);

/* What recorders say of it now. %FALSE where there are none. */
gboolean ht_reads_media (HtService *service, int64_t session_id, HtMediaEvent *ret_status);

G_END_DECLS
