/* SPDX-License-Identifier: MIT */

#include "scheduler/store/sqlite-store.h"

#include <sqlite3.h>

#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"
#include "scheduler/store/ballast.h"
#include "scheduler/store/migrations.h"
#include "scheduler/store/sqlite-error.h"
#include "scheduler/store/statements.h"

#define MAX_GROUP 256
#define WORTH     4 /* so many writes are worth waking the writer for while others are still told */

/* One write on its way there and back. */
typedef struct {
    HtWrite *write; /* (owned) */
    HtStoreDone done;
    gpointer user_data;
    GError *error; /* (owned) (nullable): the outcome */
} Job;

/* What is committed together. */
typedef struct {
    Job *jobs[MAX_GROUP];
    unsigned n_jobs;
    gboolean open; /* more may come while it is applied */
} Group;

struct _HtSqliteStore {
    GObject parent;

    char *ballast;
    GMainContext *context;
    sqlite3 *writer; /* owned by the thread while it runs */
    sqlite3 *reader;
    HtStatements *writing; /* the thread's */
    HtStatements *reading;
    GThread *thread;

    GMutex lock;
    GCond changed;
    GQueue waiting;        /* (element-type Job); protected by lock */
    GQueue finished;       /* (element-type Job); protected by lock */
    GSource *telling;      /* protected by lock; (nullable) */
    int64_t committing_us; /* monotonic, since when; 0: idle; protected by lock */
    gboolean telling_now;  /* protected by lock: who is told may ask again, see take_more() */
    gboolean stopping;     /* protected by lock */
    gboolean broken;       /* the thread's: an outcome was unknown */
};

static void store_init (HtStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HtSqliteStore, ht_sqlite_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HT_TYPE_STORE, store_init))

static void
job_free (Job *job)
{
    ht_write_free (job->write);
    g_clear_error (&job->error);
    g_free (job);
}

/* The writer's side. */

static gboolean
execute (HtSqliteStore *self, const char *sql, GError **error)
{
    int code = sqlite3_exec (self->writer, sql, NULL, NULL, NULL);

    return code == SQLITE_OK || ht_sqlite_error_set (error, self->writer, code, sql);
}

static gboolean
apply (HtSqliteStore *self, const HtWrite *write, GError **error)
{
    if (write->number > 0 && !ht_statements_write_change (self->writing, write, error))
        return FALSE;
    for (unsigned i = 0; i < write->rows->len; i++)
        if (!ht_statements_write_row (self->writing, &g_array_index (write->rows, HtRow, i), error))
            return FALSE;
    return TRUE;
}

/* Applies the job if its number follows @last; else it gets its outcome at once. */
static gboolean
apply_job (HtSqliteStore *self, Job *job, int64_t *last, GError **error)
{
    const HtWrite *write = job->write;

    if (write->number > 0 && write->number != *last + 1) {
        ht_problem_set (&job->error, HT_ERROR_STALE, NULL, NULL,
                        "change %" G_GINT64_FORMAT " does not follow %" G_GINT64_FORMAT,
                        write->number, *last);
        return TRUE;
    }
    if (!apply (self, write, error))
        return FALSE;
    if (write->number > 0)
        *last = write->number;
    return TRUE;
}

/* With the lock held. */
static void
take_waiting (HtSqliteStore *self, Group *group)
{
    while (group->n_jobs < MAX_GROUP && !g_queue_is_empty (&self->waiting))
        group->jobs[group->n_jobs++] = g_queue_pop_head (&self->waiting);
}

/* Clients that were answered together ask again together: a group is open for all of them, so that
 * it becomes as large as the last, and what they ask first is applied while they ask the rest. */
static void
take_more (HtSqliteStore *self, Group *group)
{
    g_mutex_lock (&self->lock);
    while (self->telling_now && !self->stopping && self->waiting.length < WORTH)
        g_cond_wait (&self->changed, &self->lock);
    take_waiting (self, group);
    g_mutex_unlock (&self->lock);
}

static gboolean
apply_group (HtSqliteStore *self, Group *group, GError **error)
{
    int64_t last = ht_statements_read_last_number (self->writing, error);

    if (last < 0)
        return FALSE;
    for (unsigned i = 0; i < group->n_jobs; i++) {
        if (!apply_job (self, group->jobs[i], &last, error))
            return FALSE;
        if (group->open && i + 1 == group->n_jobs)
            take_more (self, group);
    }
    return TRUE;
}

static gboolean
commit (HtSqliteStore *self, GError **error)
{
    int code = sqlite3_exec (self->writer, "COMMIT", NULL, NULL, NULL);

    if (code == SQLITE_OK)
        return TRUE;
    ht_sqlite_error_set_commit (error, self->writer, code);
    return FALSE;
}

/* One transaction. On failure nothing of it is stored and no job has an outcome, except that an
 * unknown outcome stays unknown. */
static gboolean
run_transaction (HtSqliteStore *self, Group *group, GError **error)
{
    if (execute (self, "BEGIN IMMEDIATE", error) && apply_group (self, group, error) &&
        commit (self, error))
        return TRUE;
    if (!sqlite3_get_autocommit (self->writer))
        sqlite3_exec (self->writer, "ROLLBACK", NULL, NULL, NULL);
    for (unsigned i = 0; i < group->n_jobs; i++)
        g_clear_error (&group->jobs[i]->error);
    return FALSE;
}

static void
settle (HtSqliteStore *self, Group *group, const GError *error)
{
    self->broken = self->broken || g_error_matches (error, HT_ERROR, HT_ERROR_UNKNOWN);
    if (g_error_matches (error, HT_ERROR, HT_ERROR_FULL))
        ht_ballast_drop (self->ballast);
    for (unsigned i = 0; i < group->n_jobs; i++)
        group->jobs[i]->error = g_error_copy (error);
}

/* What fails together is tried again one by one, so that each has its own outcome. */
static void
write_group (HtSqliteStore *self, Group *group)
{
    g_autoptr (GError) error = NULL;

    if (self->broken) {
        g_set_error_literal (&error, HT_ERROR, HT_ERROR_UNKNOWN,
                             "the store has stopped after a write whose outcome is unknown");
        settle (self, group, error);
        return;
    }
    if (run_transaction (self, group, &error))
        return;
    if (group->n_jobs == 1 || error->code != HT_ERROR_INTERNAL) {
        settle (self, group, error);
        return;
    }
    for (unsigned i = 0; i < group->n_jobs; i++)
        write_group (self, &(Group){ { group->jobs[i] }, 1, FALSE });
}

static gboolean tell (gpointer user_data);

/* With the lock held. */
static void
start_telling (HtSqliteStore *self)
{
    if (self->telling != NULL)
        return;
    self->telling = g_idle_source_new ();
    g_source_set_priority (self->telling, G_PRIORITY_DEFAULT);
    g_source_set_callback (self->telling, tell, self, NULL);
    g_source_attach (self->telling, self->context);
}

static gpointer
run_writer (gpointer user_data)
{
    HtSqliteStore *self = user_data;
    Group group;

    g_mutex_lock (&self->lock);
    while (!self->stopping || !g_queue_is_empty (&self->waiting)) {
        if (g_queue_is_empty (&self->waiting)) {
            g_cond_wait (&self->changed, &self->lock);
            continue;
        }
        group.n_jobs = 0;
        group.open = TRUE;
        take_waiting (self, &group);
        self->committing_us = ht_clock_read_monotonic_us ();
        g_mutex_unlock (&self->lock);
        write_group (self, &group);
        g_mutex_lock (&self->lock);
        self->committing_us = 0;
        for (unsigned i = 0; i < group.n_jobs; i++)
            g_queue_push_tail (&self->finished, group.jobs[i]);
        start_telling (self);
        g_cond_broadcast (&self->changed);
    }
    g_mutex_unlock (&self->lock);
    return NULL;
}

/* The caller's side. */

static void
tell_finished (HtSqliteStore *self)
{
    GQueue finished;
    Job *job;

    g_mutex_lock (&self->lock);
    finished = self->finished;
    g_queue_init (&self->finished);
    if (self->telling != NULL)
        g_source_destroy (self->telling);
    g_clear_pointer (&self->telling, g_source_unref);
    self->telling_now = TRUE;
    g_mutex_unlock (&self->lock);
    while ((job = g_queue_pop_head (&finished)) != NULL) {
        if (job->done != NULL)
            job->done (job->error, job->user_data);
        job_free (job);
    }
    g_mutex_lock (&self->lock);
    self->telling_now = FALSE;
    g_cond_broadcast (&self->changed);
    g_mutex_unlock (&self->lock);
}

static gboolean
tell (gpointer user_data)
{
    g_autoptr (HtSqliteStore) self = g_object_ref (user_data);

    tell_finished (self);
    return G_SOURCE_REMOVE;
}

static void
write_later (HtStore *store, HtWrite *write, HtStoreDone done, gpointer user_data)
{
    HtSqliteStore *self = HT_SQLITE_STORE (store);
    Job *job = g_new0 (Job, 1);

    *job = (Job){ .write = write, .done = done, .user_data = user_data };
    g_mutex_lock (&self->lock);
    g_queue_push_tail (&self->waiting, job);
    if (!self->telling_now || self->waiting.length == WORTH)
        g_cond_broadcast (&self->changed);
    g_mutex_unlock (&self->lock);
}

static void
flush (HtStore *store)
{
    HtSqliteStore *self = HT_SQLITE_STORE (store);
    gboolean more;

    do {
        g_mutex_lock (&self->lock);
        self->telling_now = FALSE; /* one who is told may wait for more */
        g_cond_broadcast (&self->changed);
        while (!g_queue_is_empty (&self->waiting) || self->committing_us != 0)
            g_cond_wait (&self->changed, &self->lock);
        more = !g_queue_is_empty (&self->finished);
        g_mutex_unlock (&self->lock);
        if (more)
            tell_finished (self);
    } while (more);
}

static gboolean
is_writing (HtStore *store, int64_t longer_than_us)
{
    HtSqliteStore *self = HT_SQLITE_STORE (store);
    int64_t since_us;

    g_mutex_lock (&self->lock);
    since_us = self->committing_us;
    g_mutex_unlock (&self->lock);
    return since_us != 0 && ht_clock_read_monotonic_us () - since_us > longer_than_us;
}

static gboolean
load (HtStore *store, HtTable table, HtStoreRowFunc each, gpointer user_data, GError **error)
{
    return ht_statements_load (HT_SQLITE_STORE (store)->reading, table, each, user_data, error);
}

static gboolean
read_log (HtStore *store, int64_t from_number, unsigned limit, HtStoreChangeFunc each,
          gpointer user_data, GError **error)
{
    return ht_statements_read_log (HT_SQLITE_STORE (store)->reading, from_number, limit, each,
                                   user_data, error);
}

static void
store_init (HtStoreInterface *iface)
{
    iface->load = load;
    iface->read_log = read_log;
    iface->write = write_later;
    iface->flush = flush;
    iface->is_writing = is_writing;
}

static void
ht_sqlite_store_dispose (GObject *object)
{
    HtSqliteStore *self = HT_SQLITE_STORE (object);

    if (self->thread != NULL) {
        g_mutex_lock (&self->lock);
        self->stopping = TRUE;
        g_cond_broadcast (&self->changed);
        g_mutex_unlock (&self->lock);
        g_thread_join (g_steal_pointer (&self->thread));
    }
    if (self->telling != NULL)
        g_source_destroy (self->telling);
    g_clear_pointer (&self->telling, g_source_unref);
    g_queue_clear_full (&self->finished, (GDestroyNotify) job_free);
    G_OBJECT_CLASS (ht_sqlite_store_parent_class)->dispose (object);
}

static void
ht_sqlite_store_finalize (GObject *object)
{
    HtSqliteStore *self = HT_SQLITE_STORE (object);

    g_clear_pointer (&self->reading, ht_statements_free);
    g_clear_pointer (&self->writing, ht_statements_free);
    sqlite3_close (self->reader);
    if (self->writer != NULL && !self->broken)
        sqlite3_exec (self->writer, "PRAGMA optimize", NULL, NULL, NULL);
    sqlite3_close (self->writer);
    g_clear_pointer (&self->context, g_main_context_unref);
    g_free (self->ballast);
    g_mutex_clear (&self->lock);
    g_cond_clear (&self->changed);
    G_OBJECT_CLASS (ht_sqlite_store_parent_class)->finalize (object);
}

static void
ht_sqlite_store_class_init (HtSqliteStoreClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = ht_sqlite_store_dispose;
    G_OBJECT_CLASS (klass)->finalize = ht_sqlite_store_finalize;
}

static void
ht_sqlite_store_init (HtSqliteStore *self)
{
    g_mutex_init (&self->lock);
    g_cond_init (&self->changed);
    g_queue_init (&self->waiting);
    g_queue_init (&self->finished);
    self->context = g_main_context_ref_thread_default ();
}

static sqlite3 *
connect_to (const char *path, int flags, const char *pragmas, GError **error)
{
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes (db, 1);
        code = sqlite3_exec (db, pragmas, NULL, NULL, NULL);
    }
    if (code == SQLITE_OK)
        return db;
    ht_sqlite_error_set (error, db, code, "open the database");
    g_prefix_error (error, "%s: ", path);
    sqlite3_close (db);
    return NULL;
}

#define COMMON_PRAGMAS                                                                             \
    "PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"        \
    "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;"

static gboolean
open_writer (HtSqliteStore *self, const char *path, GError **error)
{
    self->writer = connect_to (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                               COMMON_PRAGMAS
                               "PRAGMA application_id = 1215591541; PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;"
                               "PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -8192;"
                               "PRAGMA secure_delete = FAST",
                               error);
    if (self->writer == NULL ||
        !ht_migrations_run (self->writer, path, ht_clock_read_us (ht_clock_get_system ()), error))
        return FALSE;
    self->writing = ht_statements_new (self->writer, FALSE, error);
    return self->writing != NULL;
}

static gboolean
open_reader (HtSqliteStore *self, const char *path, GError **error)
{
    self->reader = connect_to (path, SQLITE_OPEN_READONLY, COMMON_PRAGMAS, error);
    if (self->reader == NULL)
        return FALSE;
    self->reading = ht_statements_new (self->reader, TRUE, error);
    return self->reading != NULL;
}

HtStore *
ht_sqlite_store_open (const char *path, GError **error)
{
    g_autoptr (HtSqliteStore) self = g_object_new (HT_TYPE_SQLITE_STORE, NULL);

    if (!open_writer (self, path, error) || !open_reader (self, path, error))
        return NULL;
    self->ballast = g_strconcat (path, ".ballast", NULL);
    ht_ballast_keep (self->ballast);
    self->thread = g_thread_new ("store", run_writer, self);
    return HT_STORE (g_steal_pointer (&self));
}
