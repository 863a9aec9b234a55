/* SPDX-License-Identifier: MIT */

/* What the files of the service share. */

#pragma once

#include "scheduler/service/service.h"
#include "scheduler/service/state.h"

G_BEGIN_DECLS

/* A command that was decided and waits for its commit. */
typedef struct {
    HtService *service;
    HtDecision *decision; /* (owned) */
    gpointer arguments;   /* (owned) */
    char *key;            /* (owned) (nullable) */
    char *request_hash;   /* (owned) (nullable) */
    GArray *waiting;      /* (element-type HtWaiter) (owned): who is answered */
    uint8_t previous_hash[32];
    gboolean lost; /* taken back with one before it: decided again when the store has refused it */
} HtPending;

struct _HtService {
    GObject parent;

    HtStore *store;
    HtMedia *media; /* (nullable) */
    HtMail *mail;   /* (nullable) */
    HtClock *clock;
    HtState *state;
    GQueue pending;       /* (element-type HtPending) (owned), by number */
    GHashTable *overlay;  /* kind and identity to the committed record, where one is pending */
    GHashTable *answers;  /* "actor key" to HtAnswered */
    GQueue answered;      /* (element-type HtAnswered), by age */
    GHashTable *sign_ins; /* token hash to HtSignIn */
    int64_t number;       /* committed */
    gboolean stopped;     /* an outcome is unknown */
};

/* (nullable), borrowed: committed. */
gconstpointer ht_service_peek (HtService *service, HtRecordKind kind, int64_t id);

/* Identities of sessions that are pending, as committed or to be. */
void ht_service_foreach_pending (HtService *service, HtRecordKind kind, HtStateEach each,
                                 gpointer user_data);

/* Marks what a decision makes pending; and what its commit or its taking back ends. */
void ht_service_mark_pending (HtService *service, const HtDecision *decision);
void ht_service_mark_committed (HtService *service, const HtDecision *decision);
void ht_service_mark_reverted (HtService *service, const HtDecision *decision);

void ht_service_clear_sign_ins (HtService *service);
gboolean ht_service_load_sign_ins (HtService *service, GError **error);

/* An idempotency key that was used. */
typedef struct {
    char *place; /* "actor key" */
    char *request_hash;
    HtAnswer answer;
    int64_t at_us;
    HtPending *pending; /* borrowed; (nullable): answered */
} HtAnswered;

typedef struct {
    HtServiceDone done;
    gpointer user_data;
} HtWaiter;

void ht_service_clear_answers (HtService *service);
gboolean ht_service_load_answers (HtService *service, GError **error);

/* (nullable): what @key was used for by that actor. */
HtAnswered *ht_service_find_answer (HtService *service, int64_t actor_id, const char *key);

/* Remembers that @pending uses its key, and appends its row and the removal of old ones. */
void ht_service_keep_answer (HtService *service, HtPending *pending, GArray *rows);
void ht_service_settle_answer (HtService *service, HtPending *pending, gboolean committed);

G_END_DECLS
