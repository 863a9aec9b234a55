/* SPDX-License-Identifier: MIT */

/* How the database came to be what it is: an append-only table of steps. A fresh database is made
 * by running them all. */

#pragma once

#include <glib.h>
#include <sqlite3.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The newest version that this program knows. */
int ht_migrations_get_newest (void);

/**
 * ht_migrations_run:
 * @path: of the database; a copy "<path>.before-<version>" is left beside it before an old one is
 *   taken further
 *
 * Returns: %FALSE with %HT_ERROR_ATTENTION where the database is newer than this program, which
 *   then has not touched it
 */
gboolean ht_migrations_run (sqlite3 *db, const char *path, int64_t now_us, GError **error);

G_END_DECLS
