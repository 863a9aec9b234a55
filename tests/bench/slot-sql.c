/* SPDX-License-Identifier: MIT */

#include "tests/bench/slot-sql.h"

#include <libpq-fe.h>

/* The union of what is taken, taken away from the time that is searched: what is left is free. */
static const char question_sql[] =
    "SELECT min (start) FROM unnest (int8multirange (int8range ($2, $3)) -"
    " (SELECT range_agg (during) FROM reservation WHERE resource_id = ANY ($1::int8[])"
    "  AND during && int8range ($2, $3))) AS free,"
    " LATERAL (SELECT $2 + (lower (free) - $2 + $5 - 1) / $5 * $5 AS start) AS grid"
    " WHERE start + $4 <= upper (free)";

static void
check (PGconn *connection, PGresult *result, ExecStatusType wanted)
{
    if (PQresultStatus (result) != wanted)
        g_error ("PostgreSQL: %s", PQerrorMessage (connection));
}

static void
tell (PGconn *connection, const char *sql, ExecStatusType wanted)
{
    PGresult *result = PQexec (connection, sql);

    check (connection, result, wanted);
    PQclear (result);
}

static void
load (PGconn *connection, const HtSlotSql *question)
{
    g_autoptr (GString) text = g_string_new (NULL);

    tell (connection, "CREATE EXTENSION IF NOT EXISTS btree_gist", PGRES_COMMAND_OK);
    tell (connection, "DROP TABLE IF EXISTS reservation", PGRES_COMMAND_OK);
    tell (connection, "CREATE TABLE reservation (resource_id int8, during int8range)",
          PGRES_COMMAND_OK);
    tell (connection, "COPY reservation FROM STDIN", PGRES_COPY_IN);
    for (size_t i = 0; i < question->n_rows; i++) {
        const HtSlotSqlRow *row = &question->rows[i];

        g_string_printf (text,
                         "%" G_GINT64_FORMAT "\t[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ")\n",
                         row->resource_id, row->span.start_us, row->span.end_us);
        PQputCopyData (connection, text->str, (int) text->len);
    }
    PQputCopyEnd (connection, NULL);
    for (PGresult *result; (result = PQgetResult (connection)) != NULL; PQclear (result))
        check (connection, result, PGRES_COMMAND_OK);
    tell (connection, "CREATE INDEX ON reservation USING gist (resource_id, during)",
          PGRES_COMMAND_OK);
    tell (connection, "VACUUM ANALYZE reservation", PGRES_COMMAND_OK);
    tell (connection, "SET max_parallel_workers_per_gather = 0", PGRES_COMMAND_OK);
}

static char *
print_ids (const HtSlotSql *question)
{
    GString *text = g_string_new ("{");

    for (size_t i = 0; i < question->n_resource_ids; i++)
        g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                                question->resource_ids[i]);
    g_string_append_c (text, '}');
    return g_string_free (text, FALSE);
}

static int64_t
ask (PGconn *connection, const char *const *values)
{
    static const Oid types[] = { 0, 20, 20, 20, 20 }; /* int8 */
    PGresult *result = PQexecParams (connection, question_sql, 5, types, values, NULL, NULL, 0);
    int64_t start_us;

    check (connection, result, PGRES_TUPLES_OK);
    start_us = g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10);
    PQclear (result);
    return start_us;
}

double
ht_slot_sql_ask (const HtSlotSql *question, unsigned rounds, int64_t *ret_start_us)
{
    PGconn *connection = PQconnectdb ("dbname=postgres user=postgres");
    g_autofree char *ids = print_ids (question);
    g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, question->within.start_us);
    g_autofree char *until = g_strdup_printf ("%" G_GINT64_FORMAT, question->within.end_us);
    g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, question->length_us);
    g_autofree char *grid = g_strdup_printf ("%" G_GINT64_FORMAT, question->grid_us);
    const char *const values[] = { ids, from, until, length, grid };
    g_autoptr (GTimer) timer = NULL;

    if (PQstatus (connection) != CONNECTION_OK)
        g_error ("PostgreSQL: %s", PQerrorMessage (connection));
    load (connection, question);
    *ret_start_us = ask (connection, values); /* the first reads the pages in */
    timer = g_timer_new ();
    for (unsigned i = 0; i < rounds; i++)
        *ret_start_us = ask (connection, values);
    g_timer_stop (timer);
    PQfinish (connection);
    return g_timer_elapsed (timer, NULL) * 1e3 / rounds;
}
