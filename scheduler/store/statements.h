/* SPDX-License-Identifier: MIT */

/* The statements of one connection, made from ht_tables and all prepared when it opens, so that a
 * column that is not there fails at start. */

#pragma once

#include <sqlite3.h>

#include "scheduler/ports/store.h"

G_BEGIN_DECLS

typedef struct _HtStatements HtStatements;

/* @reading: only what loads and reads; otherwise only what writes. */
HtStatements *ht_statements_new (sqlite3 *db, gboolean reading, GError **error);
void ht_statements_free (HtStatements *self);

gboolean ht_statements_write_row (HtStatements *self, const HtRow *row, GError **error);
gboolean ht_statements_write_change (HtStatements *self, const HtWrite *write, GError **error);

/* -1 with an error; 0 where there is none. */
int64_t ht_statements_read_last_number (HtStatements *self, GError **error);

gboolean ht_statements_load (HtStatements *self, HtTable table, HtStoreRowFunc each,
                             gpointer user_data, GError **error);
gboolean ht_statements_read_log (HtStatements *self, int64_t from_number, unsigned limit,
                                 HtStoreChangeFunc each, gpointer user_data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtStatements, ht_statements_free)

G_END_DECLS
