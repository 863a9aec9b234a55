/* SPDX-License-Identifier: MIT */

#include "scheduler/store/migrations.h"

#include "scheduler/base/error.h"
#include "scheduler/store/sqlite-error.h"

/* Columns stand in the order of ht_tables (scheduler/ports/table.c). Keys that grow at the right
 * edge keep appends on one page. */
static const char first_tables[] =
    "CREATE TABLE \"change\" (number INTEGER PRIMARY KEY, at_us INTEGER NOT NULL,"
    " actor_id INTEGER NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL) STRICT;"
    "CREATE TRIGGER change_no_update BEFORE UPDATE ON \"change\""
    " BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;"
    "CREATE TRIGGER change_no_delete BEFORE DELETE ON \"change\""
    " BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;"
    "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE unit (id INTEGER PRIMARY KEY, \"key\" TEXT) STRICT;"
    "CREATE TABLE unit_term (unit_id INTEGER, position INTEGER, from_day INTEGER NOT NULL,"
    " until_day INTEGER NOT NULL, code TEXT, name TEXT, type TEXT, parent_id INTEGER NOT NULL,"
    " PRIMARY KEY (unit_id, position)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE resource (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, \"key\" TEXT, name TEXT,"
    " unit_id INTEGER NOT NULL, capacity INTEGER NOT NULL, parent_id INTEGER NOT NULL,"
    " setup_us INTEGER NOT NULL, teardown_us INTEGER NOT NULL, seats INTEGER NOT NULL,"
    " closure_id INTEGER NOT NULL, retired INTEGER NOT NULL) STRICT;"
    "CREATE TABLE closure (id INTEGER PRIMARY KEY, \"key\" TEXT, name TEXT, zone TEXT, hours TEXT,"
    " days TEXT) STRICT;"
    "CREATE TABLE site (id INTEGER PRIMARY KEY, \"key\" TEXT, unit_id INTEGER NOT NULL, name TEXT,"
    " short_name TEXT, zone TEXT, room_id INTEGER NOT NULL, codec_id INTEGER NOT NULL,"
    " link_id INTEGER NOT NULL, contact_id INTEGER NOT NULL, retired INTEGER NOT NULL) STRICT;"
    "CREATE TABLE source (id INTEGER PRIMARY KEY, \"key\" TEXT, name TEXT, kind TEXT NOT NULL,"
    " url TEXT, user TEXT, password TEXT, resource_id INTEGER NOT NULL, room_id INTEGER NOT NULL,"
    " kbps INTEGER NOT NULL, loops INTEGER NOT NULL, retired INTEGER NOT NULL) STRICT;";

static const char first_tables_of_people[] =
    "CREATE TABLE person (id INTEGER PRIMARY KEY, \"key\" TEXT, unit_id INTEGER NOT NULL,"
    " name TEXT, email TEXT, phone TEXT, login TEXT, resource_id INTEGER NOT NULL,"
    " password_hash TEXT, veil_key TEXT, must_change_password INTEGER NOT NULL,"
    " closed INTEGER NOT NULL) STRICT;"
    "CREATE TABLE role_grant (person_id INTEGER, position INTEGER, role TEXT NOT NULL,"
    " unit_id INTEGER NOT NULL, PRIMARY KEY (person_id, position)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE subscription (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL,"
    " scope TEXT NOT NULL, scope_id INTEGER NOT NULL, generation INTEGER NOT NULL,"
    " ended INTEGER NOT NULL) STRICT;"
    "CREATE TABLE sign_in (token_hash TEXT PRIMARY KEY, person_id INTEGER NOT NULL, csrf TEXT,"
    " created_us INTEGER NOT NULL, seen_us INTEGER NOT NULL, expires_us INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE idempotency (number INTEGER PRIMARY KEY, at_us INTEGER NOT NULL,"
    " actor_id INTEGER NOT NULL, \"key\" TEXT NOT NULL, request_hash TEXT NOT NULL,"
    " result_id INTEGER NOT NULL) STRICT;"
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY, number INTEGER NOT NULL, kind TEXT NOT NULL,"
    " session_id INTEGER NOT NULL, person_id INTEGER NOT NULL, due_us INTEGER NOT NULL,"
    " attempts INTEGER NOT NULL, done_us INTEGER NOT NULL, note TEXT) STRICT;";

static const char first_tables_of_sessions[] =
    "CREATE TABLE series (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, title TEXT,"
    " description TEXT, unit_id INTEGER NOT NULL, organiser_id INTEGER NOT NULL, zone TEXT,"
    " rule TEXT, audience TEXT NOT NULL, audience_ids TEXT, related_id INTEGER NOT NULL,"
    " created_us INTEGER NOT NULL) STRICT;"
    "CREATE TABLE session (id INTEGER PRIMARY KEY, series_id INTEGER NOT NULL,"
    " slot_us INTEGER NOT NULL, start_us INTEGER NOT NULL, end_us INTEGER NOT NULL, title TEXT,"
    " state TEXT NOT NULL, reason TEXT, sequence INTEGER NOT NULL, created_us INTEGER NOT NULL,"
    " changed_us INTEGER NOT NULL, changed_number INTEGER NOT NULL,"
    " hold_until_us INTEGER NOT NULL) STRICT;"
    "CREATE TABLE member (session_id INTEGER, position INTEGER, kind TEXT NOT NULL,"
    " ref_id INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (session_id, position))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE reservation (session_id INTEGER, position INTEGER, resource_id INTEGER NOT NULL,"
    " start_us INTEGER NOT NULL, end_us INTEGER NOT NULL, amount INTEGER NOT NULL,"
    " PRIMARY KEY (session_id, position)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE job (id INTEGER PRIMARY KEY, state TEXT NOT NULL, keep_until_us INTEGER NOT NULL,"
    " bytes INTEGER NOT NULL, duration_us INTEGER NOT NULL, missing_us INTEGER NOT NULL, note TEXT)"
    " STRICT;"
    "CREATE TABLE track (job_id INTEGER, position INTEGER, name TEXT NOT NULL,"
    " source_id INTEGER NOT NULL, PRIMARY KEY (job_id, position)) STRICT, WITHOUT ROWID;";

/* Feeds show a cancelled session for a while; from when on they do not is a change like any. */
static const char withdrawn_sessions[] =
    "ALTER TABLE session ADD COLUMN withdrawn_us INTEGER NOT NULL DEFAULT 0;";

/* What those who run a session keep of it. */
static const char operations[] =
    "CREATE TABLE operation (id INTEGER PRIMARY KEY, rehearses_id INTEGER NOT NULL,"
    " stays INTEGER NOT NULL, runs_on INTEGER NOT NULL, n_extended INTEGER NOT NULL,"
    " n_extended_auto INTEGER NOT NULL, asked_us INTEGER NOT NULL, rehearsal_ids TEXT) STRICT;"
    "CREATE TABLE site_check (operation_id INTEGER, position INTEGER, site_id INTEGER NOT NULL,"
    " replaces_id INTEGER NOT NULL, on_post TEXT NOT NULL, technician TEXT, phone TEXT,"
    " picture TEXT NOT NULL, sound TEXT NOT NULL, line_kbps INTEGER NOT NULL,"
    " signed_by_id INTEGER NOT NULL, signed_us INTEGER NOT NULL, substitute_id INTEGER NOT NULL,"
    " note TEXT, changed_us INTEGER NOT NULL, PRIMARY KEY (operation_id, position))"
    " STRICT, WITHOUT ROWID;";

static const char profiles_and_relays[] =
    "CREATE TABLE profile (id INTEGER PRIMARY KEY, \"key\" TEXT, name TEXT, profile TEXT NOT NULL,"
    " site_id INTEGER NOT NULL, kbps INTEGER NOT NULL) STRICT;"
    "ALTER TABLE resource ADD COLUMN relay INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE resource ADD COLUMN features TEXT;"
    "ALTER TABLE member ADD COLUMN profile TEXT NOT NULL DEFAULT 'kbps';"
    "ALTER TABLE member ADD COLUMN count INTEGER NOT NULL DEFAULT 0;";

/* Requests are approved, rank, and yield to others. */
static const char holds[] =
    "ALTER TABLE series ADD COLUMN rank TEXT NOT NULL DEFAULT 'training';"
    "ALTER TABLE series ADD COLUMN document TEXT;"
    "ALTER TABLE series ADD COLUMN awaits_document INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE series ADD COLUMN approver_id INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE session ADD COLUMN yielded_to_id INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE session ADD COLUMN clash_us INTEGER NOT NULL DEFAULT 0;";

/* What people's programs show in place of a password. */
static const char api_tokens[] =
    "CREATE TABLE api_token (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL, name TEXT,"
    " token_hash TEXT, created_us INTEGER NOT NULL, expires_us INTEGER NOT NULL,"
    " ended INTEGER NOT NULL) STRICT;";

/* One session of a series may say something of its own. */
static const char described_sessions[] = "ALTER TABLE session ADD COLUMN description TEXT;";

static const char choices[] =
    "CREATE TABLE choice (series_id INTEGER, position INTEGER, kind TEXT NOT NULL,"
    " seats INTEGER NOT NULL, amount INTEGER NOT NULL, unit_id INTEGER NOT NULL, features TEXT,"
    " resource_id INTEGER NOT NULL, PRIMARY KEY (series_id, position)) STRICT, WITHOUT ROWID;";

/* How much units and persons may have. */
static const char quotas[] =
    "CREATE TABLE quota (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, unit_id INTEGER NOT NULL,"
    " person_id INTEGER NOT NULL, each INTEGER NOT NULL, amount INTEGER NOT NULL,"
    " from_day INTEGER NOT NULL, until_day INTEGER NOT NULL) STRICT;";

/* Append only: a step that was released is never altered. */
static const struct {
    int to;
    const char *name;
    const char *sql;
} steps[] = {
    /* clang-format off */
    { 1, "places and the log", first_tables },
    { 2, "people", first_tables_of_people },
    { 3, "sessions", first_tables_of_sessions },
    { 4, "withdrawn sessions", withdrawn_sessions },
    { 5, "operation of sessions", operations },
    { 6, "profiles and relays", profiles_and_relays },
    { 7, "holds and ranks", holds },
    { 8, "tokens of programs", api_tokens },
    { 9, "descriptions of sessions", described_sessions },
    { 10, "choices of series", choices },
    { 11, "quotas", quotas },
    /* clang-format on */
};

int
ht_migrations_get_newest (void)
{
    return steps[G_N_ELEMENTS (steps) - 1].to;
}

static gboolean
execute (sqlite3 *db, const char *sql, GError **error)
{
    int code = sqlite3_exec (db, sql, NULL, NULL, NULL);

    return code == SQLITE_OK || ht_sqlite_error_set (error, db, code, "change the database");
}

/* -1 with an error; 0 for a fresh file. */
static int
read_version (sqlite3 *db, GError **error)
{
    sqlite3_stmt *statement = NULL;
    int version, code;

    if (!execute (db,
                  "CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY,"
                  " name TEXT NOT NULL, at_us INTEGER NOT NULL) STRICT",
                  error))
        return -1;
    code =
        sqlite3_prepare_v2 (db, "SELECT max (version) FROM schema_migration", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step (statement);
    version = code == SQLITE_ROW ? sqlite3_column_int (statement, 0) : -1;
    sqlite3_finalize (statement);
    if (code != SQLITE_ROW)
        ht_sqlite_error_set (error, db, code, "read the database's version");
    return version;
}

static gboolean
run_step (sqlite3 *db, unsigned i, int64_t now_us, GError **error)
{
    char *row = sqlite3_mprintf ("INSERT INTO schema_migration VALUES (%d, %Q, %lld)", steps[i].to,
                                 steps[i].name, (long long) now_us);
    gboolean done = execute (db, "BEGIN IMMEDIATE", error) && execute (db, steps[i].sql, error) &&
                    execute (db, row, error) && execute (db, "COMMIT", error);

    sqlite3_free (row);
    if (!done)
        sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
    return done;
}

static gboolean
keep_copy (sqlite3 *db, const char *path, int version, GError **error)
{
    char *sql = sqlite3_mprintf ("VACUUM INTO '%q.before-%d'", path, version + 1);
    gboolean done = execute (db, sql, error);

    sqlite3_free (sql);
    return done;
}

gboolean
ht_migrations_run (sqlite3 *db, const char *path, int64_t now_us, GError **error)
{
    int version = read_version (db, error);

    if (version < 0)
        return FALSE;
    if (version > ht_migrations_get_newest ()) {
        ht_problem_set (error, HT_ERROR_ATTENTION, "newer-database", NULL,
                        "%s was written by a newer hoitruong (database version %d, this program "
                        "knows %d): install that version or a later one",
                        path, version, ht_migrations_get_newest ());
        return FALSE;
    }
    if (version > 0 && version < ht_migrations_get_newest () &&
        !keep_copy (db, path, version, error))
        return FALSE;
    for (unsigned i = 0; i < G_N_ELEMENTS (steps); i++)
        if (steps[i].to > version && !run_step (db, i, now_us, error))
            return FALSE;
    return TRUE;
}
