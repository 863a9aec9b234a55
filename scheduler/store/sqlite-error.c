/* SPDX-License-Identifier: MIT */

#include "scheduler/store/sqlite-error.h"

#include "scheduler/base/error.h"

/* By primary code; what is not here is our fault or the machine's. */
static const struct {
    int code;
    HtErrorCode becomes;
} translations[] = {
    { SQLITE_FULL, HT_ERROR_FULL },          { SQLITE_BUSY, HT_ERROR_BUSY },
    { SQLITE_CANTOPEN, HT_ERROR_ATTENTION }, { SQLITE_READONLY, HT_ERROR_ATTENTION },
    { SQLITE_NOTADB, HT_ERROR_ATTENTION },   { SQLITE_CORRUPT, HT_ERROR_ATTENTION },
    { SQLITE_PERM, HT_ERROR_ATTENTION },     { SQLITE_AUTH, HT_ERROR_ATTENTION },
};

gboolean
ht_sqlite_error_set (GError **error, sqlite3 *db, int code, const char *doing)
{
    HtErrorCode becomes = HT_ERROR_INTERNAL;

    for (unsigned i = 0; i < G_N_ELEMENTS (translations); i++)
        if (translations[i].code == (code & 0xff))
            becomes = translations[i].becomes;
    ht_problem_set (error, becomes, NULL, NULL, "could not %s: %s (SQLite %d)", doing,
                    db == NULL ? sqlite3_errstr (code) : sqlite3_errmsg (db),
                    db == NULL ? code : sqlite3_extended_errcode (db));
    return FALSE;
}

gboolean
ht_sqlite_error_set_commit (GError **error, sqlite3 *db, int code)
{
    int primary = code & 0xff;

    if (primary == SQLITE_FULL || primary == SQLITE_BUSY)
        return ht_sqlite_error_set (error, db, code, "commit");
    ht_problem_set (error, HT_ERROR_UNKNOWN, NULL, NULL,
                    "the disk failed while committing, so nobody knows yet whether it was stored: "
                    "%s (SQLite %d)",
                    sqlite3_errmsg (db), sqlite3_extended_errcode (db));
    return FALSE;
}
