/* SPDX-License-Identifier: MIT */

#include "scheduler/service/import.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "tests/service/fixture.h"

static const char *
import (Fixture *f, int what, const char *text, gboolean dry_run)
{
    HtImport asked = { what, (char *) text, dry_run };

    return fixture_do (f, HT_ACTOR_CLOCK, HT_COMMAND_IMPORT, &asked);
}

static void
test_demonstration (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    for (int round = 0; round < 2; round++)
        for (int what = 0; what < HT_IMPORT_COURSES; what++) {
            g_autofree char *name = g_strconcat (ht_import_kind_names[what], ".csv", NULL);
            g_autofree char *path =
                g_test_build_filename (G_TEST_DIST, "..", "ui", "demo", name, NULL);
            g_autofree char *text = NULL;
            int64_t number = ht_service_get_number (f->service);

            if (what == HT_IMPORT_HOURS)
                continue; /* it is open at all hours */
            g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
            g_assert_cmpstr (import (f, what, text, TRUE), ==, NULL);
            g_assert_cmpint (ht_service_get_number (f->service), ==, number);
            g_assert_cmpstr (import (f, what, text, FALSE), ==, NULL);
            g_assert_cmpint (ht_service_get_number (f->service), ==, number + (round == 0));
        }
    g_assert_nonnull (ht_reads_find_login (f->service, "Lan.Nguyen"));
}

static const struct {
    const char *why;
    int what;
    const char *text;
    const char *said;
} bad[] = {
    { "a key that is nowhere", HT_IMPORT_LINKS, "key,name,parent_key,kbps\na,A,nowhere,5\n",
      "line 2: parent_key" },
    { "every bad line is named", HT_IMPORT_LINKS,
      "key,name,parent_key,kbps\na,A,,-5\nb,B,,7\n,C,,9\nd,D,,x\n", "3 bad lines: line 2: kbps" },
    { "days backwards", HT_IMPORT_CLOSURES, "key,from,until,name\nle,2026-01-02,2026-01-01,x\n",
      "line 2: from and until" },
    { "no such day", HT_IMPORT_UNITS,
      "key,from,until,code,name,type,parent_key\nu,2026-02-30,,1,U,xa,\n", "line 2: " },
    { "a column that is not known", HT_IMPORT_LINKS, "key,nom,parent_key,kbps\n", "name" },
    { "no role", HT_IMPORT_PEOPLE,
      "key,name,unit_key,roles,login,trainer,phone,email\np,P,,king,,no,,\n", "'king' is no role" },
    { "nothing at all", HT_IMPORT_PEOPLE, "", "" },
};

static void
note_error (const HtAnswer *answer G_GNUC_UNUSED, const HtPreview *preview G_GNUC_UNUSED,
            const GError *error, gpointer user_data)
{
    *(char **) user_data = g_strdup (error == NULL ? NULL : error->message);
}

static void
test_bad_lines (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
        HtImport asked = { bad[i].what, (char *) bad[i].text, FALSE };
        g_autofree char *said = NULL;

        g_test_message ("%s", bad[i].why);
        ht_service_submit (f->service, HT_ACTOR_CLOCK, HT_COMMAND_IMPORT, &asked, NULL, note_error,
                           &said);
        g_assert_nonnull (said);
        g_assert_nonnull (strstr (said, bad[i].said));
    }
    g_assert_cmpint (ht_service_get_number (f->service), ==, 0);
}

static void
test_holidays_close_rooms (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    int64_t room;

    import (f, HT_IMPORT_CLOSURES, "key,from,until,name\nle,2026-11-27,2026-11-28,x\n", FALSE);
    g_assert_cmpstr (f->problem, ==, NULL);
    import (f, HT_IMPORT_RESOURCES,
            "key,kind,name,unit_key,capacity,setup_minutes,teardown_minutes,seats,closure_key\n"
            "r,room,R,,1,15,5,10,le\n",
            FALSE);
    g_assert_cmpstr (f->problem, ==, NULL);
    room = CAMERA_PORTS + 1;
    g_assert_cmpstr (fixture_book (f, TRAINER, room, "2026-11-27T08:00"), ==, "clash");
    g_assert_cmpstr (fixture_book (f, TRAINER, room, "2026-11-26T08:00"), ==, NULL);
    g_assert_cmpstr (fixture_book (f, TRAINER, room, "2026-11-26T09:45"), ==, "clash");
    g_assert_cmpstr (fixture_book (f, TRAINER, room, "2026-11-26T09:50"), ==, NULL);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
    g_test_add ("/service/import/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
    ADD ("demonstration", test_demonstration);
    ADD ("bad-lines", test_bad_lines);
    ADD ("holidays", test_holidays_close_rooms);
    return g_test_run ();
}
