/* SPDX-License-Identifier: MIT */

/* Somebody: who they are, what they may do and where, and how they sign in. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
    HT_ROLE_CADRE,    /* sees what concerns them, subscribes, watches */
    HT_ROLE_TRAINER,  /* books, and changes their own */
    HT_ROLE_OPERATOR, /* runs sessions and recordings of any organiser */
    HT_ROLE_ADMIN,    /* people, places, everything */
    HT_ROLE_N_ROLES,
} HtRole;

extern const char *const ht_role_names[]; /* "cadre", "trainer", "operator", "admin", NULL */

/* A role held over a unit and everything below it. */
typedef struct {
    int role;        /* HtRole */
    int64_t unit_id; /* 0: everywhere */
} HtGrant;

typedef struct {
    int64_t id;
    char *key; /* import key */
    int64_t unit_id;
    char *name;          /* private: erased with the person */
    char *email;         /* private */
    char *phone;         /* private */
    char *login;         /* private; unique, folded */
    int64_t resource_id; /* HT_RESOURCE_PERSON, so that they can be booked; 0: cannot */
    GArray *grants;      /* (element-type HtGrant) */
    char *password_hash; /* secret; argon2id text; NULL: cannot sign in */
    char *veil_key;      /* secret; hexadecimal; private values in the log are HMACs under it */
    gboolean must_change_password;
    gboolean closed; /* cannot sign in, feeds are gone */
} HtPerson;

/* What a program of theirs shows in place of a password. */
typedef struct {
    int64_t id;
    int64_t person_id;
    char *name;       /* what its owner calls it: "máy ở văn phòng" */
    char *token_hash; /* secret; the token itself is known to its owner alone */
    int64_t created_us;
    int64_t expires_us; /* 0: never */
    gboolean ended;
} HtApiToken;

typedef enum {
    HT_FEED_PERSON,
    HT_FEED_UNIT, /* with what lies below */
    HT_FEED_SITE,
    HT_FEED_SERIES, /* a course */
    HT_FEED_N_SCOPES,
} HtFeedScope;

extern const char *const ht_feed_scope_names[]; /* "person", "unit", "site", "series", NULL */

/* One subscriber's secret way to one feed. The address carries an HMAC over identity and
 * generation; raising the generation revokes it. */
typedef struct {
    int64_t id;
    int64_t person_id;
    int scope; /* HtFeedScope */
    int64_t scope_id;
    int64_t generation;
    gboolean ended;
} HtSubscription;

G_END_DECLS
