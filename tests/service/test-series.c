/* SPDX-License-Identifier: MIT */

/* When the sessions of a series are, and which rooms they get where any would do. */

#include "scheduler/service/import.h"
#include "tests/service/fixture.h"

/* What the tables add: labs of the district and of the commune, and a hall. */
enum { LAB_LARGE = CAMERA_PORTS + 1, LAB_SMALL, LAB_COMMUNE, HALL };

static void
do_import (Fixture *f, HtImportKind what, const char *text)
{
    HtImport import = { what, (char *) text, FALSE };

    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_IMPORT, &import), ==, NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
    fixture_set_up (f, data);
    do_import (
        f, HT_IMPORT_CLOSURES,
        "key,from,until,name\nle,2026-12-03,2026-12-05,Nghỉ bù\nle,2026-12-31,2027-01-02,Tết\n");
    do_import (f, HT_IMPORT_RESOURCES,
               "key,kind,name,unit_key,capacity,setup_minutes,teardown_minutes,seats,closure_key,"
               "features\n"
               "a,room,Phòng máy lớn,district,1,0,0,40,,lab projector\n"
               "b,room,Phòng máy nhỏ,district,1,0,0,30,,lab\n"
               "c,room,Phòng máy xã,commune,1,0,0,35,,lab\n"
               "d,room,Hội trường,province,1,,,200,le,stage\n");
}

/* "26 27 28": the days of November, counted on, of the sessions of the last booking. */
static char *
print_days (Fixture *f)
{
    g_autoptr (GPtrArray) sessions = ht_reads_series_sessions (f->service, ADMIN, f->answer.id);
    GString *text = g_string_new (NULL);

    for (unsigned i = 0; i < sessions->len; i++) {
        const HtSession *session = g_ptr_array_index (sessions, i);
        int64_t hours = (session->start_us - NOW_US) / HOUR_US + 7;

        g_string_append_printf (text, "%s%d@%d", i > 0 ? " " : "", (int) (25 + hours / 24),
                                (int) (hours % 24));
    }
    return g_string_free (text, FALSE);
}

static void
test_times (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    char *skip[] = { (char *) "2026-12-10", NULL };
    char *extra[] = { (char *) "2026-12-12", (char *) "2026-12-01T14:00", (char *) "2026-11-26",
                      NULL };
    char *bad[] = { (char *) "soon", NULL };
    char *near[] = { (char *) "2026-11-26T08:30", NULL };
    const struct {
        const char *sentence, *start, *rule;
        char **skip, **extra;
        int holidays;
        const char *problem, *days;
    } cases[] = {
        { "weekly", "2026-11-26T08:00", "FREQ=WEEKLY;COUNT=4", NULL, NULL, 0, NULL,
          "26@8 33@8 40@8 47@8" },
        { "until", "2026-11-26T08:00", "FREQ=DAILY;UNTIL=20261128T080000", NULL, NULL, 0, NULL,
          "26@8 27@8 28@8" },
        { "a day left out", "2026-11-26T08:00", "FREQ=WEEKLY;COUNT=4", skip, NULL, 0, NULL,
          "26@8 33@8 47@8" },
        { "added: a day, a time, and one that is there already", "2026-11-26T08:00",
          "FREQ=WEEKLY;COUNT=2", NULL, extra, 0, NULL, "26@8 31@14 33@8 42@8" },
        { "added to a single one", "2026-11-27T08:00", NULL, NULL, extra, 0, NULL,
          "26@8 27@8 31@14 42@8" },
        { "holidays skipped", "2026-11-26T08:00", "FREQ=WEEKLY;COUNT=4", NULL, NULL,
          HT_HOLIDAYS_SKIP, NULL, "26@8 40@8 47@8" },
        { "moved over the weekend, to the next working day", "2026-11-26T08:00",
          "FREQ=WEEKLY;COUNT=3", NULL, NULL, HT_HOLIDAYS_MOVE, NULL, "26@8 37@8 40@8" },
        { "two that move to one day are one", "2026-12-03T08:00", "FREQ=DAILY;COUNT=2", NULL, NULL,
          HT_HOLIDAYS_MOVE, NULL, "37@8" },
        { "none is left", "2026-12-03T08:00", "FREQ=DAILY;COUNT=2", NULL, NULL, HT_HOLIDAYS_SKIP,
          "rule-never-occurs", NULL },
        { "as many as may be", "2026-11-26T08:00", "FREQ=DAILY;COUNT=366", NULL, NULL, 0, NULL,
          NULL },
        { "one too many", "2026-11-26T08:00", "FREQ=DAILY;COUNT=366", NULL, near, 0,
          "rule-too-often", NULL },
        { "one begins before the other has ended", "2026-11-26T08:00", "FREQ=WEEKLY;COUNT=2", NULL,
          near, 0, "overlaps-itself", NULL },
        { "no end", "2026-11-26T08:00", "FREQ=DAILY", NULL, NULL, 0, "rule-without-end", NULL },
        { "no day", "2026-11-26T08:00", "FREQ=DAILY;COUNT=2", NULL, bad, 0, "bad-date", NULL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        HtBooking booking = { .title = (char *) "Khóa học",
                              .start = (char *) cases[i].start,
                              .minutes = 60,
                              .rule = (char *) cases[i].rule,
                              .skip = cases[i].skip,
                              .extra = cases[i].extra,
                              .holidays = cases[i].holidays };
        g_autofree char *days = NULL;

        g_test_message ("%s", cases[i].sentence);
        g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, cases[i].problem);
        days = cases[i].days == NULL ? NULL : print_days (f);
        g_assert_cmpstr (days, ==, cases[i].days);
    }
}

/* --- any room that will do ----------------------------------------------------------------- */

static const char *
book_any (Fixture *f, HtChoice choice, const char *start, const char *rule)
{
    g_autoptr (GArray) any_of = g_array_new (FALSE, FALSE, sizeof (HtChoice));
    HtBooking booking = { .title = (char *) "Thực hành",
                          .start = (char *) start,
                          .minutes = 60,
                          .rule = (char *) rule,
                          .any_of = any_of };

    g_array_append_val (any_of, choice);
    return fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking);
}

static int64_t
get_room (Fixture *f, int64_t series_id)
{
    const HtSeries *series = ht_reads_peek (f->service, HT_RECORD_SERIES, series_id);
    g_autoptr (GPtrArray) sessions = ht_reads_series_sessions (f->service, ADMIN, series_id);
    const HtSession *session = g_ptr_array_index (sessions, 0);

    g_assert_cmpuint (series->choices->len, ==, 1); /* what was asked for is kept */
    g_assert_cmpint (g_array_index (series->choices, HtChoice, 0).resource_id, ==,
                     g_array_index (session->members, HtMember, 0).ref_id);
    return g_array_index (session->members, HtMember, 0).ref_id;
}

static void
test_any_lab (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtChoice lab = { HT_RESOURCE_ROOM, 30, 0, DISTRICT, (char *) "lab" };
    HtChoice hall = { HT_RESOURCE_ROOM, 300 };
    int64_t series_id;

    g_assert_cmpstr (book_any (f, lab, "2026-11-27T08:00", NULL), ==, NULL);
    g_assert_cmpint (get_room (f, f->answer.id), ==, LAB_SMALL); /* the smallest */
    g_assert_cmpstr (book_any (f, lab, "2026-11-26T08:00", "FREQ=DAILY;COUNT=3"), ==, NULL);
    g_assert_cmpint (get_room (f, f->answer.id), ==,
                     LAB_COMMUNE); /* the next that is free each time */
    g_assert_cmpstr (book_any (f, lab, "2026-11-26T08:30", "FREQ=DAILY;COUNT=3"), ==, NULL);
    series_id = f->answer.id;
    g_assert_cmpint (get_room (f, series_id), ==, LAB_LARGE);
    g_assert_cmpstr (book_any (f, lab, "2026-11-26T08:30", "FREQ=DAILY;COUNT=3"), ==, "clash");
    g_assert_cmpstr (book_any (f, hall, "2026-11-26T08:30", NULL), ==, "no-such-choice");
    lab.kind = HT_RESOURCE_LINK;
    g_assert_cmpstr (book_any (f, lab, "2026-11-26T08:30", NULL), ==, "no-such-choice");
    fixture_close (f); /* what was asked for is there after a restart */
    fixture_open (f);
    g_assert_cmpint (get_room (f, series_id), ==, LAB_LARGE);
}

/* Two labs for one booking are two. */
static void
test_two_labs (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) any_of = g_array_new (FALSE, FALSE, sizeof (HtChoice));
    g_autoptr (GArray) rooms = make_ids (LAB_SMALL);
    HtChoice lab = { HT_RESOURCE_ROOM, 0, 0, 0, (char *) "lab" };
    HtBooking booking = { .title = (char *) "Thi",
                          .start = (char *) "2026-11-26T08:00",
                          .minutes = 60,
                          .rooms = rooms,
                          .any_of = any_of };
    const HtSession *session;

    g_array_append_val (any_of, lab);
    g_array_append_val (any_of, lab);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, NULL);
    session = fixture_session (f, 1);
    g_assert_cmpuint (session->members->len, ==, 3);
    g_assert_cmpint (g_array_index (session->members, HtMember, 1).ref_id, ==, LAB_COMMUNE);
    g_assert_cmpint (g_array_index (session->members, HtMember, 2).ref_id, ==, LAB_LARGE);
}

/* The hall's table says nothing: a room is usually taken from 15 minutes before to 5 after. */
static void
test_usual_margins (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr (fixture_book (f, ADMIN, HALL, "2026-11-26T08:00"), ==, NULL);
    g_assert_cmpstr (fixture_book (f, ADMIN, HALL, "2026-11-26T09:49"), ==, "clash");
    g_assert_cmpstr (fixture_book (f, ADMIN, HALL, "2026-11-26T09:50"), ==, NULL);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, fixture_tear_down)
    ADD ("/service/series/times", test_times);
    ADD ("/service/series/any-lab", test_any_lab);
    ADD ("/service/series/two-labs", test_two_labs);
    ADD ("/service/series/margins", test_usual_margins);
    return g_test_run ();
}
