/* SPDX-License-Identifier: MIT */

/* The service as a process that is killed at random instants, whose disk is full, or whose disk
 * fails: what was acknowledged is there. HT_BOOKER and HT_FAIL_SYNC_LIBRARY name what is run. */

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scheduler/service/state.h"
#include "tests/service/fixture.h"
#include "tests/service/same-state.h"

#define N_KILLS 100

typedef struct {
    char *folder;
    char *path;
    GArray *acknowledged; /* (element-type int64_t): series */
    int64_t slot;
    char *problem;
} Faults;

static void
set_up (Faults *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtStore) store = NULL;

    f->folder = g_dir_make_tmp ("ht-faults-XXXXXX", NULL);
    f->path = g_build_filename (f->folder, "hoitruong.db", NULL);
    f->acknowledged = g_array_new (FALSE, FALSE, sizeof (int64_t));
    store = ht_sqlite_store_open (f->path, NULL);
    fixture_seed_province (store);
}

static void
tear_down (Faults *f, gconstpointer data G_GNUC_UNUSED)
{
    const char *words[] = { "rm", "-rf", f->folder, NULL };

    g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                  NULL);
    g_array_unref (f->acknowledged);
    g_free (f->folder);
    g_free (f->path);
    g_free (f->problem);
}

static GPid
start (Faults *f, char **environment, FILE **ret_lines)
{
    g_autofree char *slot = g_strdup_printf ("%d", (int) f->slot);
    const char *words[] = { g_getenv ("HT_BOOKER"), f->path, slot, NULL };
    g_autoptr (GError) error = NULL;
    GPid pid = 0;
    int fd = -1;

    g_spawn_async_with_pipes (NULL, (char **) words, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                              NULL, &pid, NULL, &fd, NULL, &error);
    g_assert_no_error (error);
    *ret_lines = fdopen (fd, "r");
    return pid;
}

/* Takes in lines until there are @most, or none comes any more. */
static void
read_lines (Faults *f, FILE *lines, unsigned most)
{
    char line[200];

    for (unsigned n = 0; n < most && fgets (line, sizeof line, lines) != NULL; n++) {
        int64_t series_id = g_ascii_strtoll (line + 1, NULL, 10);

        if (strchr (line, '\n') == NULL)
            break; /* cut off by the kill */
        if (line[0] == '!') {
            g_free (f->problem);
            f->problem = g_strndup (line + 1, strlen (line) - 2);
        } else
            g_array_append_val (f->acknowledged, series_id);
    }
}

static int64_t
assert_all_there (Faults *f)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (HtStore) store = ht_sqlite_store_open (f->path, &error);
    g_autoptr (HtState) state = ht_state_new ();

    g_assert_no_error (error);
    ht_state_load (state, store, &error);
    g_assert_no_error (error);
    for (unsigned i = 0; i < f->acknowledged->len; i++)
        g_assert_nonnull (
            ht_state_peek (state, HT_RECORD_SERIES, g_array_index (f->acknowledged, int64_t, i)));
    for (int64_t room = ROOM_A; room <= ROOM_B; room++)
        g_assert_cmpint (ht_timeline_get_peak (ht_state_get_timeline (state, room),
                                               (HtSpan){ 0, HT_SPAN_END_OF_TIME_US }),
                         <=, 1);
    return ht_state_get_next_id (state, HT_RECORD_SERIES) - 1;
}

/* From the first number on. */
static void
assert_log_replays (Faults *f)
{
    g_autoptr (HtStore) store = ht_sqlite_store_open (f->path, NULL);
    g_autoptr (HtState) state = ht_state_new ();
    g_autoptr (GError) error = NULL;

    ht_state_load (state, store, &error);
    g_assert_no_error (error);
    assert_replays (store, state, f->folder);
}

static void
test_killed (Faults *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (100);
    FILE *lines;

    for (unsigned i = 0; i < N_KILLS; i++) {
        GPid pid = start (f, NULL, &lines);

        read_lines (f, lines, (unsigned) g_rand_int_range (rand, 1, 40));
        kill (pid, SIGKILL);
        read_lines (f, lines, 10000);
        waitpid (pid, NULL, 0);
        fclose (lines);
        f->slot += 400; /* what was decided and not acknowledged may be there too */
        if (i % 20 == 19)
            assert_all_there (f);
    }
    g_assert_cmpstr (f->problem, ==, NULL);
    g_assert_cmpuint (f->acknowledged->len, >=, N_KILLS);
    g_test_message ("%u acknowledged, %d stored", f->acknowledged->len, (int) assert_all_there (f));
    assert_log_replays (f);
}

/* What the disk refused may be there or not: the service says that it does not know, and stops. */
static void
test_failing_sync (Faults *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *armed = g_build_filename (f->folder, "armed", NULL);
    g_auto (GStrv) environment = g_get_environ ();
    FILE *lines;
    GPid pid;

    environment = g_environ_setenv (environment, "HT_FAIL_SYNC", armed, TRUE);
    environment =
        g_environ_setenv (environment, "LD_PRELOAD", g_getenv ("HT_FAIL_SYNC_LIBRARY"), TRUE);
    pid = start (f, environment, &lines);
    read_lines (f, lines, 50);
    g_assert_true (g_file_set_contents (armed, "", 0, NULL));
    read_lines (f, lines, 1000000);
    waitpid (pid, NULL, 0);
    fclose (lines);
    g_assert_cmpstr (f->problem, ==, "outcome-unknown");
    g_assert_cmpuint (f->acknowledged->len, >=, 50);
    assert_all_there (f);
}

/* In namespaces of its own, on a file system of three megabytes. */
static void
test_full_disk (Faults *f, gconstpointer data G_GNUC_UNUSED)
{
    static const char script[] =
        "mount -t tmpfs -o size=3m none \"$1/small\" && cp \"$1/hoitruong.db\" \"$1/small/\" && "
        "\"$2\" \"$1/small/hoitruong.db\" 0; cp \"$1\"/small/hoitruong.db* \"$1/\"";
    g_autofree char *small = g_build_filename (f->folder, "small", NULL);
    const char *words[] = { "unshare", "-rm", "sh",      "-c",
                            script,    "sh",  f->folder, g_getenv ("HT_BOOKER"),
                            NULL };
    g_autofree char *said = NULL;
    g_autoptr (GError) error = NULL;
    FILE *lines;

    g_mkdir (small, 0700);
    if (!g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, NULL,
                       NULL, &error) ||
        said[0] == '\0') {
        g_test_skip ("no namespaces here");
        return;
    }
    lines = fmemopen (said, strlen (said), "r");
    read_lines (f, lines, 1000000);
    fclose (lines);
    g_assert_cmpstr (f->problem, ==, "disk-full");
    g_assert_cmpuint (f->acknowledged->len, >, 20);
    assert_all_there (f);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    if (g_getenv ("HT_BOOKER") == NULL)
        return 77;
    g_test_add ("/service/faults/killed", Faults, NULL, set_up, test_killed, tear_down);
    g_test_add ("/service/faults/failing-sync", Faults, NULL, set_up, test_failing_sync, tear_down);
    g_test_add ("/service/faults/full-disk", Faults, NULL, set_up, test_full_disk, tear_down);
    return g_test_run ();
}
