/* SPDX-License-Identifier: MIT */

#include "scheduler/store/statements.h"

#include "scheduler/base/error.h"
#include "scheduler/store/sqlite-error.h"

#define MAX_COLUMNS 32

struct _HtStatements {
    sqlite3 *db; /* borrowed */
    sqlite3_stmt *load[HT_N_TABLES];
    sqlite3_stmt *write[HT_ROW_N_ACTIONS][HT_N_TABLES];
    sqlite3_stmt *append;
    sqlite3_stmt *last;
    sqlite3_stmt *log;
};

static void
append_columns (GString *sql, const HtTableSpec *spec, unsigned from, unsigned until,
                const char *format)
{
    for (unsigned i = from; i < until; i++) {
        if (i > from)
            g_string_append (sql, ", ");
        for (const char *p = format; *p != '\0'; p++)
            if (*p == '%')
                g_string_append (sql, spec->columns[i].name);
            else
                g_string_append_c (sql, *p);
    }
}

static char *
make_load (const HtTableSpec *spec)
{
    GString *sql = g_string_new ("SELECT ");

    append_columns (sql, spec, 0, spec->n_columns, "\"%\"");
    g_string_append_printf (sql, " FROM \"%s\" ORDER BY ", spec->name);
    append_columns (sql, spec, 0, spec->n_key, "\"%\"");
    return g_string_free (sql, FALSE);
}

static GString *
begin_insert (const HtTableSpec *spec)
{
    GString *sql = g_string_new (NULL);

    g_string_printf (sql, "INSERT INTO \"%s\" (", spec->name);
    append_columns (sql, spec, 0, spec->n_columns, "\"%\"");
    g_string_append (sql, ") VALUES (");
    append_columns (sql, spec, 0, spec->n_columns, "$%");
    g_string_append (sql, ")");
    return sql;
}

static char *
make_add (const HtTableSpec *spec)
{
    return g_string_free (begin_insert (spec), FALSE);
}

/* Costs twice what an addition does: it may fail half-way, so that SQLite keeps the pages aside. */
static char *
make_put (const HtTableSpec *spec)
{
    GString *sql = begin_insert (spec);

    g_string_append (sql, " ON CONFLICT (");
    append_columns (sql, spec, 0, spec->n_key, "\"%\"");
    g_string_append (sql, ") DO UPDATE SET ");
    append_columns (sql, spec, spec->n_key, spec->n_columns, "\"%\" = excluded.\"%\"");
    return g_string_free (sql, FALSE);
}

static char *
make_remove (const HtTableSpec *spec)
{
    GString *sql = g_string_new (NULL);

    g_string_printf (sql, "DELETE FROM \"%s\" WHERE (", spec->name);
    append_columns (sql, spec, 0, spec->n_key, "\"%\"");
    g_string_append (sql, ") = (");
    append_columns (sql, spec, 0, spec->n_key, "$%");
    g_string_append (sql, ")");
    return g_string_free (sql, FALSE);
}

static gboolean
prepare (HtStatements *self, const char *sql, sqlite3_stmt **statement, GError **error)
{
    int code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);

    return code == SQLITE_OK || ht_sqlite_error_set (error, self->db, code, "prepare a statement");
}

static gboolean
prepare_made (HtStatements *self, char *sql, sqlite3_stmt **statement, GError **error)
{
    gboolean done = prepare (self, sql, statement, error);

    g_free (sql);
    return done;
}

static gboolean
prepare_reading (HtStatements *self, GError **error)
{
    for (unsigned i = 0; i < HT_N_TABLES; i++)
        if (!prepare_made (self, make_load (&ht_tables[i]), &self->load[i], error))
            return FALSE;
    return prepare (self,
                    "SELECT number, at_us, actor_id, body, hash FROM \"change\""
                    " WHERE number >= $from ORDER BY number LIMIT $limit",
                    &self->log, error) &&
           prepare (self, "SELECT max (number) FROM \"change\"", &self->last, error);
}

static gboolean
prepare_writing (HtStatements *self, GError **error)
{
    static char *(*const makers[HT_ROW_N_ACTIONS]) (const HtTableSpec *) = {
        [HT_ROW_ADD] = make_add,
        [HT_ROW_PUT] = make_put,
        [HT_ROW_REMOVE] = make_remove,
    };

    for (unsigned i = 0; i < HT_N_TABLES; i++)
        for (unsigned action = 0; action < HT_ROW_N_ACTIONS; action++)
            if (!prepare_made (self, makers[action](&ht_tables[i]), &self->write[action][i], error))
                return FALSE;
    return prepare (self,
                    "INSERT INTO \"change\" (number, at_us, actor_id, body, hash)"
                    " VALUES ($number, $at, $actor, $body, $hash)",
                    &self->append, error) &&
           prepare (self, "SELECT max (number) FROM \"change\"", &self->last, error);
}

HtStatements *
ht_statements_new (sqlite3 *db, gboolean reading, GError **error)
{
    g_autoptr (HtStatements) self = g_new0 (HtStatements, 1);

    self->db = db;
    if (!(reading ? prepare_reading : prepare_writing) (self, error))
        return NULL;
    return g_steal_pointer (&self);
}

void
ht_statements_free (HtStatements *self)
{
    for (unsigned i = 0; i < HT_N_TABLES; i++) {
        sqlite3_finalize (self->load[i]);
        for (unsigned action = 0; action < HT_ROW_N_ACTIONS; action++)
            sqlite3_finalize (self->write[action][i]);
    }
    sqlite3_finalize (self->append);
    sqlite3_finalize (self->last);
    sqlite3_finalize (self->log);
    g_free (self);
}

/* The statement is ours and its parameters are named once each, in the order of the columns: so
 * their numbers are those of the columns. */
static void
bind (sqlite3_stmt *statement, const HtValue *values, unsigned n_values)
{
    for (unsigned i = 0; i < n_values; i++)
        switch (values[i].type) {
        case HT_VALUE_NULL:
            sqlite3_bind_null (statement, (int) i + 1);
            break;
        case HT_VALUE_INT:
            sqlite3_bind_int64 (statement, (int) i + 1, values[i].integer);
            break;
        case HT_VALUE_TEXT:
        case HT_VALUE_NAME:
            sqlite3_bind_text (statement, (int) i + 1, values[i].text, -1, SQLITE_STATIC);
            break;
        }
}

static gboolean
run (HtStatements *self, sqlite3_stmt *statement, const char *doing, GError **error)
{
    int code = sqlite3_step (statement);

    if (code != SQLITE_DONE)
        ht_sqlite_error_set (error, self->db, code, doing);
    sqlite3_reset (statement);
    return code == SQLITE_DONE;
}

gboolean
ht_statements_write_row (HtStatements *self, const HtRow *row, GError **error)
{
    const HtTableSpec *spec = &ht_tables[row->table];
    unsigned n_values = row->action == HT_ROW_REMOVE ? spec->n_key : spec->n_columns;
    sqlite3_stmt *statement = self->write[row->action][row->table];

    if (row->n_values < n_values) {
        ht_problem_set (error, HT_ERROR_INTERNAL, NULL, NULL, "a row of %s has %u values of %u",
                        spec->name, row->n_values, n_values);
        return FALSE;
    }
    bind (statement, row->values, n_values);
    return run (self, statement, "write a row", error);
}

gboolean
ht_statements_write_change (HtStatements *self, const HtWrite *write, GError **error)
{
    size_t bytes = 0;
    const void *body = g_bytes_get_data (write->body, &bytes);

    sqlite3_bind_int64 (self->append, 1, write->number);
    sqlite3_bind_int64 (self->append, 2, write->at_us);
    sqlite3_bind_int64 (self->append, 3, write->actor_id);
    sqlite3_bind_blob64 (self->append, 4, body, bytes, SQLITE_STATIC);
    sqlite3_bind_blob (self->append, 5, write->hash, sizeof write->hash, SQLITE_STATIC);
    return run (self, self->append, "append to the log", error);
}

int64_t
ht_statements_read_last_number (HtStatements *self, GError **error)
{
    int code = sqlite3_step (self->last);
    int64_t number = code == SQLITE_ROW ? sqlite3_column_int64 (self->last, 0) : -1;

    if (code != SQLITE_ROW)
        ht_sqlite_error_set (error, self->db, code, "read the last number");
    sqlite3_reset (self->last);
    return number;
}

/* By its value, which a connection opened without a mutex lends: each sqlite3_column_ function
 * would look the column up again, and a start reads tens of millions of them. */
static void
take_column (sqlite3_stmt *statement, unsigned i, HtValue *value)
{
    sqlite3_value *column = sqlite3_column_value (statement, (int) i);
    int type = sqlite3_value_type (column);

    *value = (HtValue){ HT_VALUE_NULL, 0, NULL };
    if (type == SQLITE_INTEGER) {
        value->type = HT_VALUE_INT;
        value->integer = sqlite3_value_int64 (column);
    } else if (type == SQLITE_TEXT) {
        value->type = HT_VALUE_TEXT;
        value->text = (const char *) sqlite3_value_text (column);
    }
}

gboolean
ht_statements_load (HtStatements *self, HtTable table, HtStoreRowFunc each, gpointer user_data,
                    GError **error)
{
    sqlite3_stmt *statement = self->load[table];
    HtValue values[MAX_COLUMNS];
    gboolean going = TRUE;
    int code = SQLITE_DONE;

    g_assert (ht_tables[table].n_columns <= MAX_COLUMNS);
    while (going && (code = sqlite3_step (statement)) == SQLITE_ROW) {
        for (unsigned i = 0; i < ht_tables[table].n_columns; i++)
            take_column (statement, i, &values[i]);
        going = each (values, user_data, error);
    }
    if (going && code != SQLITE_DONE)
        ht_sqlite_error_set (error, self->db, code, "read a table");
    sqlite3_reset (statement);
    return going && code == SQLITE_DONE;
}

static gboolean
give_change (sqlite3_stmt *statement, HtStoreChangeFunc each, gpointer user_data, GError **error)
{
    HtChange change = {
        .number = sqlite3_column_int64 (statement, 0),
        .at_us = sqlite3_column_int64 (statement, 1),
        .actor_id = sqlite3_column_int64 (statement, 2),
        .body = sqlite3_column_blob (statement, 3),
        .body_bytes = (size_t) sqlite3_column_bytes (statement, 3),
        .hash = sqlite3_column_blob (statement, 4),
    };

    if (sqlite3_column_bytes (statement, 4) != 32 || change.body == NULL) {
        ht_problem_set (error, HT_ERROR_ATTENTION, "log-damaged", NULL,
                        "change %" G_GINT64_FORMAT " of the log is damaged", change.number);
        return FALSE;
    }
    return each (&change, user_data, error);
}

gboolean
ht_statements_read_log (HtStatements *self, int64_t from_number, unsigned limit,
                        HtStoreChangeFunc each, gpointer user_data, GError **error)
{
    int64_t last = from_number < 0 ? ht_statements_read_last_number (self, error) : 0;
    gboolean going = last >= 0;
    int code = SQLITE_DONE;

    sqlite3_bind_int64 (self->log, 1, from_number < 0 ? last + 1 + from_number : from_number);
    sqlite3_bind_int64 (self->log, 2, limit);
    while (going && (code = sqlite3_step (self->log)) == SQLITE_ROW)
        going = give_change (self->log, each, user_data, error);
    if (going && code != SQLITE_DONE)
        ht_sqlite_error_set (error, self->db, code, "read the log");
    sqlite3_reset (self->log);
    return going && code == SQLITE_DONE;
}
