/* SPDX-License-Identifier: MIT */

/* SQLite's result codes in the words of HT_ERROR. */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Sets @error from @code and what @db says; @doing completes "could not ...". Always %FALSE. */
gboolean ht_sqlite_error_set (GError **error, sqlite3 *db, int code, const char *doing);

/* The same for a COMMIT: what is neither full nor busy may or may not be on the disk. */
gboolean ht_sqlite_error_set_commit (GError **error, sqlite3 *db, int code);

G_END_DECLS
