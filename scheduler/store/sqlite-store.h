/* SPDX-License-Identifier: MIT */

/* The store port on SQLite. One thread owns the connection that writes and commits whatever waits
 * for it together; another connection, for reading only, serves the caller's thread. */

#pragma once

#include "scheduler/ports/store.h"

G_BEGIN_DECLS

#define HT_TYPE_SQLITE_STORE (ht_sqlite_store_get_type ())
G_DECLARE_FINAL_TYPE (HtSqliteStore, ht_sqlite_store, HT, SQLITE_STORE, GObject)

/**
 * ht_sqlite_store_open:
 * @path: of the database, made where it is not there
 *
 * Outcomes are told on the thread-default main context of the caller.
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_ATTENTION where a person must act: the file is
 *   newer than this program, is no database, or cannot be written
 */
HtStore *ht_sqlite_store_open (const char *path, GError **error);

G_END_DECLS
