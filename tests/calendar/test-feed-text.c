/* SPDX-License-Identifier: MIT */

/* The text of a feed, read by a parser that is not libical. */

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "tests/calendar/feed-sample.h"

static void
test_independent_parser (void)
{
    g_autoptr (HtZone) zone = ht_zone_new ("Asia/Ho_Chi_Minh", NULL, NULL);
    g_autoptr (GString) rows = g_string_new (NULL);
    g_autofree char *text = ht_feed_sample_write (zone, rows);
    g_autofree char *folder = g_dir_make_tmp ("hoitruong-feed-XXXXXX", NULL);
    g_autofree char *feed = g_build_filename (folder, "feed.ics", NULL);
    g_autofree char *table = g_build_filename (folder, "rows.tsv", NULL);
    g_autofree char *script =
        g_test_build_filename (G_TEST_DIST, "calendar", "check-feed.py", NULL);
    g_autoptr (GSubprocess) checker = NULL;
    g_autofree char *said = NULL;

    g_assert_true (g_file_set_contents (feed, text, -1, NULL));
    g_assert_true (g_file_set_contents (table, rows->str, -1, NULL));
    checker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                                NULL, "/usr/bin/python3", script, feed, table, NULL);
    g_assert_nonnull (checker);
    g_assert_true (g_subprocess_communicate_utf8 (checker, NULL, NULL, &said, NULL, NULL));
    g_remove (feed);
    g_remove (table);
    g_rmdir (folder);
    if (g_subprocess_get_exit_status (checker) == 77) {
        g_test_skip ("python3-icalendar is not installed: the feed was not read by another parser");
        return;
    }
    g_test_message ("%s", said);
    g_assert_cmpint (g_subprocess_get_exit_status (checker), ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/feed-text/independent-parser", test_independent_parser);
    return g_test_run ();
}
