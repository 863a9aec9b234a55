/* SPDX-License-Identifier: MIT */

#include "media/supervisor/finalising.h"

#include <glib/gstdio.h>
#include <string.h>

/* A finaliser that notes each time it is started and each job; a job whose folder ends in "dies"
 * has no result, one in "ends" takes the whole process with it. */
static const char program[] =
    "#!/bin/sh\n"
    "echo start >>\"$0.log\"\n"
    "while read -r line; do\n"
    "  echo \"$line\" | sed 's/.*\"folder\":\"\\([^\"]*\\)\".*/\\1/' >>\"$0.log\"\n"
    "  case $line in\n"
    "  *ends\\\"*) exit 1 ;;\n"
    "  *dies\\\"*) ;;\n"
    "  *) echo '{\"permille\":500}'; echo '{\"permille\":1000,\"ended\":true,\"complete\":true}' ;;\n"
    "  esac\n"
    "  echo\n"
    "done\n";

typedef struct {
    char *folder, *program;
    GString *heard; /* what the reports say, a word each */
    unsigned n_ended;
    HtFinalising *finalising;
} Fixture;

static void
hear (const char *folder, const HtFinaliseReport *report, gpointer user_data)
{
    Fixture *f = user_data;

    if (report->ended) {
        f->n_ended++;
        g_string_append_printf (f->heard, "%s:%s ", folder,
                                report->complete ? "complete" : report->note);
    }
}

static void
set_up (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    f->folder = g_dir_make_tmp ("ht-finalising-XXXXXX", NULL);
    f->program = g_build_filename (f->folder, "finalise", NULL);
    g_assert_true (g_file_set_contents (f->program, program, -1, NULL));
    g_assert_cmpint (g_chmod (f->program, 0700), ==, 0);
    f->heard = g_string_new (NULL);
    f->finalising = ht_finalising_new (f->program, hear, f);
}

static void
tear_down (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *log = g_strconcat (f->program, ".log", NULL);

    ht_finalising_free (f->finalising);
    g_unlink (log);
    g_unlink (f->program);
    g_rmdir (f->folder);
    g_string_free (f->heard, TRUE);
    g_free (f->program);
    g_free (f->folder);
}

static void
finalise (Fixture *f, const char *const *folders)
{
    unsigned n_folders = g_strv_length ((char **) folders);

    for (unsigned i = 0; i < n_folders; i++)
        ht_finalising_add (f->finalising, &(HtFinaliseJob){ (char *) folders[i], 1, 2 });
    while (f->n_ended < n_folders)
        g_main_context_iteration (NULL, TRUE);
}

static void
assert_log (const Fixture *f, const char *expected)
{
    g_autofree char *path = g_strconcat (f->program, ".log", NULL);
    g_autofree char *log = NULL;

    g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
    g_assert_cmpstr (log, ==, expected);
}

static void
test_one_process_for_those_that_wait (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    finalise (f, (const char *const[]){ "one", "two", "three", NULL });
    g_assert_cmpstr (f->heard->str, ==, "one:complete two:complete three:complete ");
    assert_log (f, "start\none\ntwo\nthree\n");
}

static void
test_one_that_dies_takes_no_other_along (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    finalise (f, (const char *const[]){ "dies", "two", NULL });
    g_assert_cmpstr (f->heard->str, ==,
                     "dies:the finaliser died before it had a result two:complete ");
    assert_log (f, "start\ndies\ntwo\n");
}

static void
test_the_process_is_started_again (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    finalise (f, (const char *const[]){ "ends", "two", NULL });
    g_assert_cmpstr (f->heard->str, ==,
                     "ends:the finaliser died before it had a result two:complete ");
    assert_log (f, "start\nends\nstart\ntwo\n");
}

static void
test_no_program (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpint (g_chmod (f->program, 0600), ==, 0);
    finalise (f, (const char *const[]){ "one", NULL });
    g_assert_true (g_str_has_prefix (f->heard->str, "one:"));
    g_assert_null (strstr (f->heard->str, "complete"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
    g_test_add ("/media/finalising/" name, Fixture, NULL, set_up, function, tear_down)
    ADD ("one-process", test_one_process_for_those_that_wait);
    ADD ("one-dies", test_one_that_dies_takes_no_other_along);
    ADD ("process-dies", test_the_process_is_started_again);
    ADD ("no-program", test_no_program);
    return g_test_run ();
}
