/* SPDX-License-Identifier: MIT */

/* Calendars of other programs, in shared/data/ics beside the sources or in $HT_SHARED. */

#include "calendar/text/reader.h"

static void
read_folder (const char *path, unsigned *files, unsigned *read)
{
    g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
    const char *name;

    while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
        g_autofree char *inner = g_build_filename (path, name, NULL);
        g_autofree char *text = NULL;
        g_autoptr (GPtrArray) events = NULL;
        g_autoptr (GError) error = NULL;
        size_t length;

        if (g_file_test (inner, G_FILE_TEST_IS_DIR)) {
            read_folder (inner, files, read);
            continue;
        }
        if (!g_str_has_suffix (name, ".ics") || !g_file_get_contents (inner, &text, &length, NULL))
            continue;
        events = ht_reader_read (text, length, &error);
        g_assert_true ((events == NULL) == (error != NULL));
        *files += 1;
        *read += events != NULL && events->len > 0 ? 1 : 0;
    }
}

/* Real and hostile calendars: none may harm us, most must be read. */
static void
test_real_calendars (void)
{
    const char *shared = g_getenv ("HT_SHARED");
    g_autofree char *folder = shared != NULL
                                  ? g_strdup (shared)
                                  : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", NULL);
    g_autofree char *path = g_build_filename (folder, "data", "ics", NULL);
    unsigned files = 0, read = 0;

    if (!g_file_test (path, G_FILE_TEST_IS_DIR)) {
        g_test_skip ("shared/data/ics is not there: real calendars not read");
        return;
    }
    read_folder (path, &files, &read);
    g_test_message ("%u calendars, %u with events", files, read);
    g_assert_cmpuint (files, >, 700);
    g_assert_cmpuint (read * 2, >, files);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/real-calendars/read", test_real_calendars);
    return g_test_run ();
}
