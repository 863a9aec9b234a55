/* SPDX-License-Identifier: MIT */

/* The arguments of commands, as every door fills them. Their members' names in JSON are those of
 * the API; identities are 0 where nothing is meant. */

#pragma once

#include "scheduler/core/person.h"
#include "scheduler/core/session.h"
#include "scheduler/service/booking-rehearsal.h"
#include "scheduler/service/put-place.h"
#include "scheduler/service/put-quota.h"
#include "scheduler/service/session-change.h"
#include "scheduler/service/verdict.h"

G_BEGIN_DECLS

typedef struct {
    int64_t id;
    int64_t if_number; /* refused as stale where the record changed after it; 0: not asked */
} HtTarget;
typedef struct {
    int64_t id; /* session */
    int64_t if_number;
    HtRehearsal rehearsal;
} HtRehearse;
typedef struct {
    int64_t id; /* session */
    gboolean on;
} HtRunOn;
typedef struct {
    int64_t id; /* session */
    int64_t site_id;
    int on_post;      /* HtCheckAnswer, as the three below; KEEP leaves what was known */
    char *technician; /* NULL leaves what was known; "" forgets it */
    char *phone;      /* as above */
    int picture;
    int sound;
    int64_t line_kbps; /* 0 leaves what was measured; -1 forgets it */
    int signed_off;
    int64_t substitute_id; /* 0 leaves the one named; -1: none */
    char *note;            /* as technician */
} HtCheckSite;
typedef struct {
    int64_t id; /* session */
    int64_t if_number;
    int64_t site_id;       /* the one that fails */
    int64_t substitute_id; /* 0: the one that its check names */
    char *reason;
} HtSubstitute;

typedef struct {
    int64_t id; /* 0: a new one */
    int64_t unit_id;
    char *key, *name, *email, *phone, *login;
    char *password_hash; /* argon2id text; NULL: unchanged */
    gboolean must_change_password;
    gboolean teaches; /* can be booked: gets a resource */
    GArray *grants;   /* (element-type HtGrant); of a new one, and only from who may grant */
} HtPutPerson;
typedef struct {
    int64_t id;
    char *password_hash;
    gboolean must_change_password;
} HtSetPassword;
typedef struct {
    int64_t id;
    GArray *grants; /* (element-type HtGrant): all of them */
} HtGrants;
typedef struct {
    int scope;  /* HtFeedScope */
    int64_t id; /* 0 with person: oneself */
} HtSubscribe;
typedef struct {
    char *name, *token_hash;
    int64_t days; /* until it expires; 0: never */
} HtMakeToken;
typedef struct {
    int what;   /* HtImportKind of import.h */
    char *text; /* CSV */
    gboolean dry_run;
} HtImport;
typedef struct {
    int64_t id; /* session */
    int event;  /* HtSessionEvent */
} HtClockEvent;
typedef struct {
    int64_t id; /* session */
    int event;  /* HtCareEvent */
} HtCare;
typedef struct {
    int64_t id; /* session */
    int event;  /* HtJobEvent */
    int64_t bytes, duration_us, missing_us;
    char *note;
} HtJobReport;

G_END_DECLS
