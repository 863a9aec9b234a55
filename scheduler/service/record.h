/* SPDX-License-Identifier: MIT */

/* The records of the state. One field table a kind says everything about it: its rows, its members
 * in the log, how it is copied and compared. A record never changes: another takes its place. */

#pragma once

#include "scheduler/core/operation.h"
#include "scheduler/core/person.h"
#include "scheduler/core/session.h"
#include "scheduler/core/site.h"
#include "scheduler/core/unit.h"
#include "scheduler/ports/table.h"
#include "scheduler/support/fields.h"

G_BEGIN_DECLS

typedef enum {
    HT_RECORD_UNIT,         /* HtUnit */
    HT_RECORD_RESOURCE,     /* HtResource */
    HT_RECORD_CLOSURE,      /* HtClosureCalendar */
    HT_RECORD_SITE,         /* HtSite */
    HT_RECORD_SOURCE,       /* HtVideoSource */
    HT_RECORD_PROFILE,      /* HtProfileRate */
    HT_RECORD_PERSON,       /* HtPerson */
    HT_RECORD_SUBSCRIPTION, /* HtSubscription */
    HT_RECORD_API_TOKEN,    /* HtApiToken */
    HT_RECORD_SERIES,       /* HtSeries */
    HT_RECORD_SESSION,      /* HtSession */
    HT_RECORD_JOB,          /* HtJob; has the identity of its session */
    HT_RECORD_OPERATION,    /* HtOperation; has the identity of its session */
    HT_RECORD_QUOTA,        /* HtQuota */
    HT_N_RECORDS,
} HtRecordKind;

extern const char *const ht_record_kind_names[]; /* "unit", ..., "quota", NULL */

/* When the resources that name it are open. */
typedef struct {
    int64_t id;
    char *key, *name;
    char *zone;  /* IANA name */
    char *hours; /* "0 480 1020": Monday from 08:00 to 17:00, and so on; NULL: the whole week */
    char *days;  /* holidays, days since 1970 with spaces between */
} HtClosureCalendar;

/* Every record begins with its identity. */
#define ht_record_get_id(record) (*(const int64_t *) (record))

const HtFields *ht_record_get_fields (HtRecordKind kind);

/* (transfer full): zeroed, with one reference. */
gpointer ht_record_new (HtRecordKind kind);

/* (transfer full): another with the same values, to be changed and put in its place. */
gpointer ht_record_copy (HtRecordKind kind, gconstpointer record);

gpointer ht_record_ref (gconstpointer record);
void ht_record_unref (HtRecordKind kind, gpointer record);

/* What a change does to one record: %NULL before means made, %NULL after means taken away. */
typedef struct {
    HtRecordKind kind;
    int64_t id;
    gpointer before; /* (owned) (nullable) */
    gpointer after;  /* (owned) (nullable) */
} HtEntry;

void ht_entry_clear (HtEntry *entry);

/* Appends the rows (element-type HtRow) that lead from before to after, the differences only. */
void ht_entry_append_rows (const HtEntry *entry, GArray *rows);

/* Appends a JSON object: kind, identity, and each member that differs under "from" and "to".
 * Private members stand as HMAC-SHA-256 under the person's veil key, secret ones do not stand. */
void ht_entry_append_json (const HtEntry *entry, GString *json);

/**
 * ht_entry_read_json:
 * @before: (nullable): the record as it is
 * @ret_after: (out) (transfer full) (nullable)
 *
 * The record that the logged entry leaves behind; private and secret members keep what @before
 * has. %FALSE where @object is no entry of ours.
 */
gboolean ht_entry_read_json (JsonObject *object, HtRecordKind kind, gconstpointer before,
                             gpointer *ret_after, GError **error);

/* The table of @kind, and a record from its row; those of its lists follow. */
HtTable ht_record_get_table (HtRecordKind kind);
gpointer ht_record_from_row (HtRecordKind kind, const HtValue *values, GError **error);

/* The list of @kind whose rows stand in @table: each row is added to the record it belongs to. */
gboolean ht_record_add_row (HtRecordKind kind, gpointer record, HtTable table,
                            const HtValue *values, GError **error);

/* The tables of the lists of @kind, ended by HT_N_TABLES. */
const HtTable *ht_record_get_list_tables (HtRecordKind kind);

G_END_DECLS
