/* SPDX-License-Identifier: MIT */

/* The tables of the state and their rows: what the service fills and the store keeps. A row is
 * values in the order of its table's columns. The service makes rows from its records' field
 * tables and knows nothing of SQL; the store knows nothing of what the rows mean. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Every table beside the log. HT_TABLE_*_LIST tables hold the lists of the record above them. */
typedef enum {
    HT_TABLE_COUNTER,
    HT_TABLE_UNIT,
    HT_TABLE_UNIT_TERM,
    HT_TABLE_RESOURCE,
    HT_TABLE_CLOSURE,
    HT_TABLE_SITE,
    HT_TABLE_SOURCE,
    HT_TABLE_PROFILE,
    HT_TABLE_PERSON,
    HT_TABLE_GRANT,
    HT_TABLE_SUBSCRIPTION,
    HT_TABLE_API_TOKEN,
    HT_TABLE_SERIES,
    HT_TABLE_CHOICE,
    HT_TABLE_SESSION,
    HT_TABLE_MEMBER,
    HT_TABLE_RESERVATION,
    HT_TABLE_JOB,
    HT_TABLE_TRACK,
    HT_TABLE_QUOTA,
    HT_TABLE_OPERATION,
    HT_TABLE_SITE_CHECK,
    HT_TABLE_OUTBOX,
    HT_TABLE_IDEMPOTENCY,
    HT_TABLE_SIGN_IN,
    HT_N_TABLES,
} HtTable;

/* NAME: text that stands for ever, which nobody frees. */
typedef enum { HT_VALUE_NULL, HT_VALUE_INT, HT_VALUE_TEXT, HT_VALUE_NAME } HtValueType;

/* Text is borrowed or owned as the function that takes it says. */
typedef struct {
    HtValueType type;
    int64_t integer;
    const char *text;
} HtValue;

typedef enum { HT_COLUMN_INT, HT_COLUMN_TEXT } HtColumnType;

typedef struct {
    const char *name;
    HtColumnType type;
} HtColumn;

/* @n_key: how many of the first columns make the key. */
typedef struct {
    const char *name;
    unsigned n_key;
    unsigned n_columns;
    const HtColumn *columns;
} HtTableSpec;

/* The columns as the service counts them. A test holds them against the store's migrations. */
extern const HtTableSpec ht_tables[HT_N_TABLES];

typedef enum {
    HT_ROW_ADD,    /* none with its key is there: where one is, the write fails */
    HT_ROW_PUT,    /* takes the place of the one with its key, if there is one */
    HT_ROW_REMOVE, /* only the key counts */
    HT_ROW_N_ACTIONS,
} HtRowAction;

typedef struct {
    HtTable table;
    HtRowAction action;
    unsigned n_values;
    HtValue *values; /* (owned), each text (owned) */
} HtRow;

void ht_row_clear (HtRow *row);

G_END_DECLS
