/* SPDX-License-Identifier: MIT */

#include "scheduler/store/sqlite-store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "scheduler/base/error.h"
#include "scheduler/store/lock.h"

#define N_ASKED 300 /* more than a group */

typedef struct {
    char *folder;
    char *path;
    HtStore *store;
    GString *outcomes; /* a letter a write: '.' stored, else the first of the problem */
    int64_t n_asked;   /* by those who are told */
} Fixture;

static void
open_store (Fixture *f)
{
    g_autoptr (GError) error = NULL;

    f->store = ht_sqlite_store_open (f->path, &error);
    g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    f->folder = g_dir_make_tmp ("ht-store-XXXXXX", NULL);
    f->path = g_build_filename (f->folder, "hoitruong.db", NULL);
    f->outcomes = g_string_new (NULL);
    open_store (f);
}

static void
remove_folder (const char *folder)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

    for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
    }
    g_rmdir (folder);
}

static void
tear_down (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    if (f->store != NULL)
        g_assert_finalize_object (f->store);
    remove_folder (f->folder);
    g_string_free (f->outcomes, TRUE);
    g_free (f->folder);
    g_free (f->path);
}

static void
note_outcome (const GError *error, gpointer user_data)
{
    Fixture *f = user_data;

    g_string_append_c (f->outcomes, error == NULL ? '.' : ht_problem_get_id (error)[0]);
}

static void
add_counter (HtWrite *write, const char *name, int64_t value, HtRowAction action)
{
    HtRow row = { HT_TABLE_COUNTER, action, 2, g_new0 (HtValue, 2) };

    row.values[0] = (HtValue){ name == NULL ? HT_VALUE_NULL : HT_VALUE_TEXT, 0, g_strdup (name) };
    row.values[1] = (HtValue){ HT_VALUE_INT, value, NULL };
    g_array_append_val (write->rows, row);
}

static HtWrite *
make_write (int64_t number, const char *name, int64_t value)
{
    HtWrite *write = ht_write_new ();

    write->number = number;
    write->at_us = 1000 + number;
    write->actor_id = 7;
    write->body = g_bytes_new ("{}", 2);
    memset (write->hash, (int) number, sizeof write->hash);
    add_counter (write, name, value, HT_ROW_PUT);
    return write;
}

static void
submit (Fixture *f, int64_t number, const char *name, int64_t value)
{
    ht_store_write (f->store, make_write (number, name, value), note_outcome, f);
}

static gboolean
print_row (const HtValue *values, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    g_string_append_printf (user_data, "%s=%" G_GINT64_FORMAT " ", values[0].text,
                            values[1].integer);
    return TRUE;
}

static gboolean
print_change (const HtChange *change, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    g_string_append_printf (
        user_data, "%" G_GINT64_FORMAT "@%" G_GINT64_FORMAT " by %" G_GINT64_FORMAT " %.*s %02x|",
        change->number, change->at_us, change->actor_id, (int) change->body_bytes, change->body,
        change->hash[31]);
    return TRUE;
}

static void
assert_counters (Fixture *f, const char *expected)
{
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GError) error = NULL;

    g_assert_true (ht_store_load (f->store, HT_TABLE_COUNTER, print_row, text, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (text->str, ==, expected);
}

static void
test_rows_and_log (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GString) log = g_string_new (NULL);
    HtWrite *removal = ht_write_new ();

    submit (f, 1, "b", 5);
    submit (f, 2, "a", 6);
    submit (f, 3, "b", 7);
    ht_store_flush (f->store);
    g_assert_cmpstr (f->outcomes->str, ==, "...");
    assert_counters (f, "a=6 b=7 ");

    add_counter (removal, "a", 0, HT_ROW_REMOVE);
    ht_store_write (f->store, removal, note_outcome, f);
    ht_store_flush (f->store);
    g_assert_finalize_object (f->store);
    open_store (f);
    assert_counters (f, "b=7 ");
    g_assert_true (ht_store_read_log (f->store, 2, 1, print_change, log, NULL));
    g_assert_cmpstr (log->str, ==, "2@1002 by 7 {} 02|");
}

static void
test_numbers_must_follow (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    submit (f, 1, "a", 1);
    submit (f, 3, "a", 3);
    submit (f, 2, "a", 2);
    submit (f, 2, "a", 9);
    ht_store_flush (f->store);
    g_assert_cmpstr (f->outcomes->str, ==, ".s.s");
    assert_counters (f, "a=2 ");
}

static void
test_one_failure_leaves_the_others (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    submit (f, 1, "a", 1);
    submit (f, 2, NULL, 2); /* the key may not be NULL */
    submit (f, 2, "b", 3);
    submit (f, 3, "c", 4);
    ht_store_flush (f->store);
    g_assert_cmpstr (f->outcomes->str, ==, ".i..");
    assert_counters (f, "a=1 b=3 c=4 ");
}

static void
test_what_is_added_must_be_new (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtWrite *first = ht_write_new (), *again = ht_write_new ();

    add_counter (first, "a", 1, HT_ROW_ADD);
    add_counter (again, "b", 2, HT_ROW_PUT);
    add_counter (again, "a", 3, HT_ROW_ADD);
    ht_store_write (f->store, first, note_outcome, f);
    ht_store_write (f->store, again, note_outcome, f);
    ht_store_flush (f->store);
    g_assert_cmpstr (f->outcomes->str, ==, ".i");
    assert_counters (f, "a=1 ");
}

static HtWrite *
make_next (Fixture *f)
{
    f->n_asked++;
    return make_write (f->n_asked, "a", f->n_asked);
}

/* Each of those who are told asks twice more. */
static void
ask_again (const GError *error, gpointer user_data)
{
    Fixture *f = user_data;

    g_assert_no_error (error);
    for (unsigned i = 0; i < 2 && f->n_asked < N_ASKED; i++)
        ht_store_write (f->store, make_next (f), ask_again, f);
}

static void
test_who_is_told_asks_again (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GString) log = g_string_new (NULL);

    ht_store_write (f->store, make_next (f), ask_again, f);
    while (f->n_asked < N_ASKED)
        g_main_context_iteration (NULL, TRUE);
    ht_store_flush (f->store);
    g_assert_true (ht_store_read_log (f->store, -1, 1, print_change, log, NULL));
    g_assert_true (g_str_has_prefix (log->str, G_STRINGIFY (N_ASKED) "@"));
    assert_counters (f, "a=" G_STRINGIFY (N_ASKED) " ");
}

static void
execute (const char *path, const char *sql, int expected)
{
    sqlite3 *db = NULL;

    g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
    g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, expected);
    sqlite3_close (db);
}

static void
test_log_is_append_only (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    submit (f, 1, "a", 1);
    ht_store_flush (f->store);
    execute (f->path, "DELETE FROM \"change\"", SQLITE_CONSTRAINT);
    execute (f->path, "UPDATE \"change\" SET actor_id = 8", SQLITE_CONSTRAINT);
}

static void
test_newer_database (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GError) error = NULL;

    g_assert_finalize_object (g_steal_pointer (&f->store));
    execute (f->path, "INSERT INTO schema_migration VALUES (999, 'from the future', 0)", SQLITE_OK);
    g_assert_null (ht_sqlite_store_open (f->path, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_ATTENTION);
    g_assert_cmpstr (ht_problem_get_id (error), ==, "newer-database");
    g_assert_null (strchr (error->message, '\n'));
}

static void
test_no_database (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *path = g_build_filename (f->folder, "text.db", NULL);
    const char *nowhere = "/nonexistent/folder/a.db";

    g_assert_true (g_file_set_contents (path, "Not a database at all, but long enough.", -1, NULL));
    g_assert_null (ht_sqlite_store_open (path, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_ATTENTION);
    g_clear_error (&error);
    g_assert_null (ht_sqlite_store_open (nowhere, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_ATTENTION);
    g_assert_nonnull (strstr (error->message, nowhere));
}

static void
test_lock (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = g_build_filename (f->folder, "lock", NULL);
    g_autofree char *pid = g_strdup_printf ("process %d:", (int) getpid ());
    g_autoptr (GError) error = NULL;
    g_autoptr (HtLock) lock = ht_lock_take (path, &error);
    g_autoptr (HtLock) again = NULL;

    g_assert_no_error (error);
    g_assert_null (ht_lock_take (path, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_ATTENTION);
    g_assert_nonnull (strstr (error->message, pid));
    g_clear_error (&error);
    g_clear_pointer (&lock, ht_lock_free);
    again = ht_lock_take (path, &error);
    g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
    g_test_add ("/store/sqlite/" name, Fixture, NULL, set_up, function, tear_down)
    ADD ("rows-and-log", test_rows_and_log);
    ADD ("numbers-must-follow", test_numbers_must_follow);
    ADD ("one-failure", test_one_failure_leaves_the_others);
    ADD ("added-is-new", test_what_is_added_must_be_new);
    ADD ("told-and-asking", test_who_is_told_asks_again);
    ADD ("append-only", test_log_is_append_only);
    ADD ("newer-database", test_newer_database);
    ADD ("no-database", test_no_database);
    ADD ("lock", test_lock);
    return g_test_run ();
}
