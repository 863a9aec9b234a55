/* SPDX-License-Identifier: MIT */

/* Bookings a second through the service, durable, with a million reservations present, beside
 * PostgreSQL 15 that writes the same rows under an exclusion constraint. with-postgres.sh gives the
 * server, through PGHOST. */

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "scheduler/base/clock.h"
#include "scheduler/core/civil.h"
#include "scheduler/service/reads.h"
#include "scheduler/store/sqlite-store.h"

#define N_ROOMS     200
#define N_SESSIONS  333334
#define N_BOOKINGS  12000 /* in one run */
#define MAX_CLIENTS 8
#define HOUR_US     (INT64_C (3600) * G_USEC_PER_SEC)

static int64_t base_us; /* when the first seeded session starts */

/* The nth slot: a room and an hour nobody else has. */
static int64_t
get_start_us (int64_t n)
{
    return base_us + n / N_ROOMS * HOUR_US;
}

/* Ours: seeding. */

static void
append (GArray *rows, HtRecordKind kind, gpointer record)
{
    HtEntry entry = { kind, ht_record_get_id (record), NULL, record };

    ht_entry_append_rows (&entry, rows);
    ht_entry_clear (&entry);
}

static void
append_resource (GArray *rows, int64_t id, HtResourceKind kind, int64_t capacity)
{
    HtResource *resource = ht_record_new (HT_RECORD_RESOURCE);

    resource->id = id;
    resource->kind = kind;
    resource->capacity = capacity;
    resource->name = g_strdup_printf ("Resource %d", (int) id);
    append (rows, HT_RECORD_RESOURCE, resource);
}

static void
append_person (GArray *rows, int64_t id)
{
    HtPerson *person = ht_record_new (HT_RECORD_PERSON);
    HtGrant grant = { HT_ROLE_ADMIN, 0 };

    person->id = id;
    person->name = g_strdup ("Somebody");
    person->resource_id = 2 * N_ROOMS + id;
    person->grants = g_array_new (FALSE, TRUE, sizeof grant);
    g_array_append_val (person->grants, grant);
    append (rows, HT_RECORD_PERSON, person);
}

static void
append_session (GArray *rows, int64_t n)
{
    HtSeries *series = ht_record_new (HT_RECORD_SERIES);
    HtSession *session = ht_record_new (HT_RECORD_SESSION);

    series->id = session->id = session->series_id = n + 1;
    series->title = g_strdup ("Tập huấn");
    series->zone = g_strdup ("Asia/Ho_Chi_Minh");
    series->organiser_id = 1;
    session->state = HT_SESSION_SCHEDULED;
    session->slot_us = session->start_us = get_start_us (n);
    session->end_us = session->start_us + HOUR_US;
    session->reservations = g_array_new (FALSE, TRUE, sizeof (HtReservation));
    for (int64_t i = 0; i < 3; i++) {
        HtReservation one = { 1 + n % N_ROOMS + i * N_ROOMS, session->start_us, session->end_us,
                              1 };

        g_array_append_val (session->reservations, one);
    }
    append (rows, HT_RECORD_SERIES, series);
    append (rows, HT_RECORD_SESSION, session);
}

static void
write_rows (HtStore *store, GArray **rows)
{
    HtWrite *write = ht_write_new ();

    g_array_unref (write->rows);
    write->rows = *rows;
    ht_store_write (store, write, NULL, NULL);
    *rows = g_array_new (FALSE, TRUE, sizeof (HtRow));
    g_array_set_clear_func (*rows, (GDestroyNotify) ht_row_clear);
}

static void
seed (HtStore *store)
{
    HtWrite *empty = ht_write_new ();
    GArray *rows = g_array_ref (empty->rows);

    ht_write_free (empty);
    for (int64_t i = 1; i <= N_ROOMS; i++) {
        append_resource (rows, i, HT_RESOURCE_ROOM, 1);
        append_resource (rows, N_ROOMS + i, HT_RESOURCE_EQUIPMENT, 30);
        append_resource (rows, 2 * N_ROOMS + i, HT_RESOURCE_PERSON, 1);
        append_person (rows, i);
    }
    for (int64_t n = 0; n < N_SESSIONS; n++) {
        append_session (rows, n);
        if (n % 10000 == 9999) {
            write_rows (store, &rows);
            ht_store_flush (store);
        }
    }
    write_rows (store, &rows);
    ht_store_flush (store);
    g_array_unref (rows);
}

/* Ours: clients, each of whom books again when it is answered. */

typedef struct {
    HtService *service;
    HtStore *store;
    int64_t next; /* slot */
    int64_t until;
    int64_t n_done;
    unsigned n_active;
} Run;

static void book_next (Run *run);

static void
take_answer (const HtAnswer *answer G_GNUC_UNUSED, const HtPreview *preview G_GNUC_UNUSED,
             const GError *error, gpointer user_data)
{
    Run *run = user_data;

    if (error != NULL)
        g_error ("a booking was refused: %s", error->message);
    run->n_done++;
    run->n_active--;
    if (run->next < run->until)
        book_next (run);
}

static GArray *
make_ids (int64_t id)
{
    GArray *ids = g_array_new (FALSE, FALSE, sizeof id);

    g_array_append_val (ids, id);
    return ids;
}

static void
book_next (Run *run)
{
    int64_t n = run->next++;
    HtCivil civil = ht_civil_from_local_s (get_start_us (n) / G_USEC_PER_SEC + INT64_C (7) * 3600);
    g_autofree char *start =
        g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d", civil.year, civil.month, civil.day,
                         civil.hour, civil.minute, civil.second);
    g_autofree char *key = g_strdup_printf ("bench-%d", (int) n);
    g_autoptr (GArray) rooms = make_ids (1 + n % N_ROOMS);
    g_autoptr (GArray) trainers = make_ids (1 + n % N_ROOMS);
    g_autoptr (GArray) equipment = g_array_new (FALSE, FALSE, sizeof (HtBookingEquipment));
    HtBookingEquipment pool = { 1 + N_ROOMS + n % N_ROOMS, 1 };
    HtBooking booking = { .title = (char *) "Tập huấn",
                          .start = start,
                          .minutes = 60,
                          .rooms = rooms,
                          .trainers = trainers,
                          .equipment = equipment };

    g_array_append_val (equipment, pool);
    run->n_active++;
    /* the trainer books: one notice */
    ht_service_submit (run->service, 1 + n % N_ROOMS, HT_COMMAND_BOOK, &booking, key, take_answer,
                       run);
}

static double
book_ours (Run *run, unsigned n_clients)
{
    int64_t began_us = ht_clock_read_monotonic_us ();

    run->until = run->next + N_BOOKINGS;
    run->n_done = 0;
    for (unsigned i = 0; i < n_clients; i++)
        book_next (run);
    while (run->n_active > 0)
        g_main_context_iteration (NULL, TRUE);
    return (double) run->n_done * G_USEC_PER_SEC /
           (double) (ht_clock_read_monotonic_us () - began_us);
}

/* PostgreSQL: the same rows, one transaction a booking, sent as one pipeline. */

static void
execute (PGconn *connection, const char *sql)
{
    PGresult *result = PQexec (connection, sql);
    ExecStatusType status = PQresultStatus (result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        g_error ("PostgreSQL: %s: %s", sql, PQerrorMessage (connection));
    PQclear (result);
}

static const char *const statements[] = {
    "BEGIN",
    "INSERT INTO session VALUES ($1, $1, $2, $2, $2 + 3600000000, 'Tập huấn', 'scheduled', 0)",
    /* one statement of three rows: NOLINTNEXTLINE(bugprone-suspicious-missing-comma) */
    "INSERT INTO reservation VALUES ($1, 0, $3, int8range ($2, $2 + 3600000000), 1),"
    " ($1, 1, $3 + 200, int8range ($2, $2 + 3600000000), 1),"
    " ($1, 2, $3 + 400, int8range ($2, $2 + 3600000000), 1)",
    "INSERT INTO change VALUES ($1, $2, 1, repeat ('x', 900)::bytea, repeat ('h', 32)::bytea)",
    "INSERT INTO outbox VALUES ($1, $1, 'booked', $1, 1, $2, 0, 0, NULL)",
    "INSERT INTO idempotency VALUES ('bench-' || $1, $2, 1, repeat ('h', 64), $1)",
    "COMMIT",
};

static const int n_parameters[] = { 0, 2, 3, 2, 2, 2, 0 };

static void
seed_postgres (PGconn *connection)
{
    g_autofree char *sessions = g_strdup_printf (
        "INSERT INTO session SELECT n + 1, n + 1, s, s, s + 3600000000, 'Tập huấn', 'scheduled', 0"
        " FROM (SELECT n, %" G_GINT64_FORMAT " + n / 200 * 3600000000 AS s"
        " FROM generate_series (0::bigint, %d) n) x",
        base_us, N_SESSIONS - 1);
    g_autofree char *reservations =
        g_strdup_printf ("INSERT INTO reservation SELECT n + 1, i, 1 + n %% 200 + i * 200,"
                         " int8range (s, s + 3600000000), 1 FROM (SELECT n, %" G_GINT64_FORMAT
                         " + n / 200 * 3600000000 AS s FROM generate_series (0::bigint, %d) n) x,"
                         " generate_series (0, 2) i",
                         base_us, N_SESSIONS - 1);

    execute (connection, "CREATE EXTENSION btree_gist");
    execute (connection, "CREATE TABLE session (id bigint PRIMARY KEY, series_id bigint,"
                         " slot_us bigint, start_us bigint, end_us bigint, title text, state text,"
                         " sequence bigint)");
    execute (connection, "CREATE TABLE reservation (session_id bigint, position bigint,"
                         " resource_id bigint, span int8range, amount bigint)");
    execute (connection, "CREATE TABLE change (number bigint PRIMARY KEY, at_us bigint,"
                         " actor_id bigint, body bytea, hash bytea)");
    execute (connection, "CREATE TABLE outbox (id bigint PRIMARY KEY, number bigint, kind text,"
                         " session_id bigint, person_id bigint, due_us bigint, attempts bigint,"
                         " done_us bigint, note text)");
    execute (connection, "CREATE TABLE idempotency (key text PRIMARY KEY, at_us bigint,"
                         " actor_id bigint, request_hash text, result_id bigint)");
    execute (connection, sessions);
    execute (connection, reservations);
    execute (connection, "ALTER TABLE reservation ADD PRIMARY KEY (session_id, position)");
    /* pools hold thirty: only rooms and persons exclude each other */
    execute (connection, "ALTER TABLE reservation ADD EXCLUDE USING gist (resource_id WITH =,"
                         " span WITH &&) WHERE (resource_id <= 200 OR resource_id > 400)");
    execute (connection, "ANALYZE");
}

static void
book_postgres (PGconn *connection, int64_t n)
{
    g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, n + 1);
    g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, get_start_us (n));
    g_autofree char *room = g_strdup_printf ("%" G_GINT64_FORMAT, 1 + n % N_ROOMS);
    const char *values[] = { id, start, room };
    PGresult *result;

    for (unsigned i = 0; i < G_N_ELEMENTS (statements); i++) {
        g_autofree char *name = g_strdup_printf ("s%u", i);

        PQsendQueryPrepared (connection, name, n_parameters[i], values, NULL, NULL, 0);
    }
    PQpipelineSync (connection);
    for (unsigned i = 0; i < G_N_ELEMENTS (statements); i++) {
        result = PQgetResult (connection);
        if (PQresultStatus (result) != PGRES_COMMAND_OK)
            g_error ("PostgreSQL: %s", PQresultErrorMessage (result));
        PQclear (result);
        PQgetResult (connection); /* the end of this statement */
    }
    PQclear (PQgetResult (connection)); /* the end of the pipeline */
}

static gpointer
run_connection (gpointer next_pointer)
{
    static int64_t until;
    int64_t *next = next_pointer;
    PGconn *connection = PQconnectdb ("dbname=postgres user=postgres");
    int64_t n;

    until = next[1];
    for (unsigned i = 0; i < G_N_ELEMENTS (statements); i++) {
        static const Oid types[] = { 20, 20, 20 };
        g_autofree char *name = g_strdup_printf ("s%u", i);

        PQclear (PQprepare (connection, name, statements[i], n_parameters[i], types));
    }
    PQenterPipelineMode (connection);
    while ((n = __atomic_fetch_add (&next[0], 1, __ATOMIC_RELAXED)) < until)
        book_postgres (connection, n);
    PQfinish (connection);
    return NULL;
}

static double
book_peer (int64_t *next, unsigned n_clients)
{
    GThread *threads[MAX_CLIENTS];
    int64_t began_us = ht_clock_read_monotonic_us ();

    next[1] = next[0] + N_BOOKINGS;
    for (unsigned i = 0; i < n_clients; i++)
        threads[i] = g_thread_new ("client", run_connection, next);
    for (unsigned i = 0; i < n_clients; i++)
        g_thread_join (threads[i]);
    next[0] = next[1];
    return (double) N_BOOKINGS * G_USEC_PER_SEC /
           (double) (ht_clock_read_monotonic_us () - began_us);
}

static void
print (const char *name, double ours, double peer)
{
    g_print ("BENCH %s ours=%.0f peer=%.0f ratio=%.2f unit=bookings/s peer-name=postgresql-15\n",
             name, ours, peer, ours / peer);
}

static void
measure (Run *run)
{
    static const unsigned clients[] = { 1, MAX_CLIENTS };
    PGconn *connection = PQconnectdb ("dbname=postgres user=postgres");
    int64_t next[2] = { N_SESSIONS, 0 };

    if (PQstatus (connection) != CONNECTION_OK)
        g_error ("PostgreSQL: %s", PQerrorMessage (connection));
    seed_postgres (connection);
    for (unsigned i = 0; i < G_N_ELEMENTS (clients); i++) {
        g_autofree char *name = g_strdup_printf ("booking.durable.%u", clients[i]);
        double ours = book_ours (run, clients[i]);

        print (name, ours, book_peer (next, clients[i]));
    }
    PQfinish (connection);
}

int
main (void)
{
    g_autofree char *folder = g_dir_make_tmp ("ht-bench-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "hoitruong.db", NULL);
    g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", folder);
    g_autoptr (GError) error = NULL;
    Run run = { .next = N_SESSIONS };
    int64_t began_us;

    base_us = (ht_clock_read_us (ht_clock_get_system ()) / HOUR_US + 24) * HOUR_US;
    run.store = ht_sqlite_store_open (path, &error);
    g_assert_no_error (error);
    seed (run.store);
    g_object_unref (run.store);

    began_us = ht_clock_read_monotonic_us ();
    run.store = ht_sqlite_store_open (path, &error);
    g_assert_no_error (error);
    run.service = ht_service_new (run.store, NULL, NULL, ht_clock_get_system ());
    ht_service_load (run.service, &error);
    g_assert_no_error (error);
    g_print ("BENCH booking.load ours=%.2f peer=- ratio=- unit=s peer-name=-\n",
             (double) (ht_clock_read_monotonic_us () - began_us) / G_USEC_PER_SEC);
    measure (&run);
    g_object_unref (run.service);
    g_object_unref (run.store);
    return g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL) ? 0 : 1;
}
