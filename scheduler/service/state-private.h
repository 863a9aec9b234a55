/* SPDX-License-Identifier: MIT */

/* What state.c and state-load.c share. */

#pragma once

#include "scheduler/base/id.h"
#include "scheduler/service/state.h"

G_BEGIN_DECLS

#define HT_DAY_US (INT64_C (86400) * G_USEC_PER_SEC)

struct _HtState {
    GPtrArray *records[HT_N_RECORDS]; /* by identity, from 1; (element-type record) (owned) */
    GPtrArray *timelines; /* by resource; (element-type HtTimeline) (owned) (nullable) */
    GPtrArray *closures;  /* by calendar; (element-type HtClosure) (owned) (nullable) */
    GPtrArray *series;    /* by series; (element-type GArray) (owned) (nullable) */
    GHashTable *days;     /* day to GArray of sessions */
    GHashTable *logins;   /* text to identity */
    GHashTable *tokens;   /* hash to identity */
    GHashTable *zones;    /* name to HtZone */
    GHashTable *live;     /* (element-type HtSession), borrowed from records */
    GQueue recent;        /* (element-type HtDecision) (owned), by number */
    int64_t common[HT_RESOURCE_N_KINDS]; /* by kind; -1: not looked for since they changed */
    int64_t next_notice_id;
    int64_t number;
    uint8_t hash[32];
};

/* The place of @i, made where it is not there. */
gpointer *ht_state_get_slot (GPtrArray *array, int64_t i);

/* @record: (transfer full) */
void ht_state_take_loaded (HtState *state, HtRecordKind kind, gpointer record);

/* Reads from the log what ht_state_find_recent() finds, as it would be without a restart. Entries
 * of private and secret members stand in it as they are now. */
gboolean ht_state_load_recent (HtState *state, HtStore *store, GError **error);

/* Makes every index but the timelines. */
void ht_state_index_loaded (HtState *state);

/* @timeline: (transfer full) */
void ht_state_take_timeline (HtState *state, int64_t resource_id, HtTimeline *timeline);

G_END_DECLS
