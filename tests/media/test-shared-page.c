/* SPDX-License-Identifier: MIT */

#include "media/record/shared-page.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scheduler/base/error.h"

static const HtTrackStatus status = {
    .state = HT_TRACK_RECORDING,
    .pid = 5,
    .units = 1234567890123,
    .last_cause = -1,
};

static void
test_round_trip (void)
{
    g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
    g_autofree char *path = g_build_filename (folder, "page", NULL);
    g_autoptr (HtSharedPage) writer = ht_shared_page_create (path, NULL);
    g_autoptr (HtSharedPage) reader = ht_shared_page_open (path, NULL);
    HtTrackStatus seen;

    g_assert_nonnull (writer);
    ht_shared_page_read (reader, &seen);
    g_assert_cmpint (seen.units, ==, 0);
    ht_shared_page_write (writer, &status);
    ht_shared_page_read (reader, &seen);
    g_assert_cmpmem (&status, sizeof status, &seen, sizeof seen);
    g_unlink (path);
    g_rmdir (folder);
}

/* What a process wrote that was killed can be read; the next one begins with nothing. */
static void
test_outlives_its_writer (void)
{
    g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
    g_autofree char *path = g_build_filename (folder, "page", NULL);
    g_autoptr (HtSharedPage) page = NULL;
    HtTrackStatus seen;
    pid_t child = fork ();

    if (child == 0) {
        HtSharedPage *mine = ht_shared_page_create (path, NULL);

        ht_shared_page_write (mine, &status);
        kill (getpid (), SIGKILL);
    }
    g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
    page = ht_shared_page_open (path, NULL);
    ht_shared_page_read (page, &seen);
    g_assert_cmpint (seen.units, ==, status.units);
    g_clear_pointer (&page, ht_shared_page_free);
    page = ht_shared_page_create (path, NULL);
    ht_shared_page_read (page, &seen);
    g_assert_cmpint (seen.pid, ==, 0);
    g_assert_cmpint (seen.units, ==, 0);
    g_unlink (path);
    g_rmdir (folder);
}

static void
test_what_is_no_page (void)
{
    g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
    g_autofree char *path = g_build_filename (folder, "page", NULL);
    g_autofree char *zeros = g_malloc0 (4096);
    g_autoptr (GError) missing = NULL;
    g_autoptr (GError) small = NULL;
    g_autoptr (GError) foreign = NULL;

    g_assert_null (ht_shared_page_open (path, &missing));
    g_assert_error (missing, HT_ERROR, HT_ERROR_NOT_FOUND);
    g_assert_true (g_file_set_contents (path, "x", 1, NULL));
    g_assert_null (ht_shared_page_open (path, &small));
    g_assert_error (small, HT_ERROR, HT_ERROR_INVALID);
    g_assert_true (g_file_set_contents (path, zeros, 4096, NULL));
    g_assert_null (ht_shared_page_open (path, &foreign));
    g_assert_error (foreign, HT_ERROR, HT_ERROR_INVALID);
    g_unlink (path);
    g_rmdir (folder);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/shared-page/round-trip", test_round_trip);
    g_test_add_func ("/media/shared-page/outlives", test_outlives_its_writer);
    g_test_add_func ("/media/shared-page/no-page", test_what_is_no_page);
    return g_test_run ();
}
