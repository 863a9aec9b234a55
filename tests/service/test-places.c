/* SPDX-License-Identifier: MIT */

/* Working hours, closed days and capacities as an administrator sets them, and who is hit. */

#include "scheduler/core/civil.h"
#include "scheduler/service/clashing.h"
#include "scheduler/service/import.h"
#include "tests/service/fixture.h"

static const char *
book (Fixture *f, int64_t actor, const char *start, int64_t minutes)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    HtBooking booking = {
        .title = (char *) "Họp", .start = (char *) start, .minutes = minutes, .rooms = rooms
    };

    return fixture_do (f, actor, HT_COMMAND_BOOK, &booking);
}

static HtPutResource
room_a (int64_t closure_id)
{
    return (HtPutResource){ .id = ROOM_A,
                            .kind = HT_RESOURCE_ROOM,
                            .unit_id = PROVINCE,
                            .name = (char *) "Phòng A",
                            .capacity = 1,
                            .seats = 20,
                            .closure_id = closure_id };
}

/* Mornings and afternoons of Mondays and Tuesdays, with one day off. */
static const char *
set_office_hours (Fixture *f, int64_t id, const char *opens)
{
    g_autoptr (GArray) hours = g_array_new (FALSE, FALSE, sizeof (HtPutHours));
    const char *days[] = { "2026-12-01", NULL };
    HtPutClosure closure = {
        .id = id, .name = (char *) "Giờ hành chính", .hours = hours, .days = (char **) days
    };

    for (int day = 0; day < 2; day++) {
        HtPutHours morning = { day, (char *) opens, (char *) "11:30" };
        HtPutHours afternoon = { day, (char *) "13:30", (char *) "17:00" };

        g_array_append_val (hours, morning);
        g_array_append_val (hours, afternoon);
    }
    return fixture_do (f, ADMIN, HT_COMMAND_PUT_CLOSURE, &closure);
}

static void
test_working_hours (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *start;
        int64_t minutes;
        const char *problem, *sentence;
    } cases[] = {
        { "2026-11-30T07:00", 60, NULL, "the first hour of a Monday" },
        { "2026-11-30T10:30", 60, NULL, "up to the minute at which it closes" },
        { "2026-11-30T06:30", 60, "clash", "before it opens" },
        { "2026-11-30T11:00", 180, "clash", "over lunch" },
        { "2026-12-01T08:00", 60, "clash", "on a closed day" },
        { "2026-12-02T08:00", 60, "clash", "on a weekday without hours" },
        { "2026-12-08T15:30", 90, NULL, "the end of a Tuesday" },
    };
    HtPutResource room = room_a (1);

    g_assert_cmpstr (set_office_hours (f, 0, "07:00"), ==, NULL);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_PUT_RESOURCE, &room), ==, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_test_message ("%s", cases[i].sentence);
        g_assert_cmpstr (book (f, TRAINER, cases[i].start, cases[i].minutes), ==, cases[i].problem);
    }
    /* it opens later from now on: whoever is there before that is marked, and stays */
    g_assert_cmpstr (set_office_hours (f, 1, "08:00"), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->clash_us, ==, NOW_US);
    g_assert_cmpint (fixture_session (f, 2)->clash_us, ==, 0);
    g_assert_cmpstr (set_office_hours (f, 1, "11:30"), ==, "span-backwards");
    g_assert_cmpstr (set_office_hours (f, 1, "7:00"), ==, "bad-time");
}

/* A reason of who may set closures aside opens them, for a move and a later end too. */
static void
test_overrides_of_changes (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtPutResource room = room_a (1);
    HtMove move = { .id = 1, .start = (char *) "2026-12-02T08:00", .minutes = 60 };
    HtMove extend = { .id = 1, .minutes = 240 };

    g_assert_cmpstr (set_office_hours (f, 0, "07:00"), ==, NULL);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_PUT_RESOURCE, &room), ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, "2026-11-30T09:00", 60), ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &move), ==, "clash");
    move.override = (char *) "hoán đổi ngày làm việc";
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, "clash");
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &move), ==, NULL);
    move.start = (char *) "2026-11-30T09:00";
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_EXTEND, &extend), ==, "clash");
    extend.override = (char *) "họp chưa xong";
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_EXTEND, &extend), ==, NULL);
}

static void
test_resources (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        int64_t actor;
        HtPutResource asked;
        const char *problem, *sentence;
    } cases[] = {
        { OPERATOR, { .kind = HT_RESOURCE_ROOM, .capacity = 1 }, "denied", "not an operator" },
        { ADMIN, { .id = ROOM_A, .kind = HT_RESOURCE_LINK }, "kind-stays", "a room is no link" },
        { ADMIN, { .kind = HT_RESOURCE_PERSON }, "kind-of-another", "people are put as people" },
        { ADMIN, { .kind = HT_RESOURCE_ROOM, .capacity = 2 }, "capacity-of-one", "two of a room" },
        { ADMIN, { .kind = HT_RESOURCE_ROOM, .relay = TRUE }, "of-a-link", "a relay in a room" },
        { ADMIN, { .kind = HT_RESOURCE_ROOM, .unit_id = 99 }, "not-found", "of no unit" },
        { ADMIN, { .kind = HT_RESOURCE_ROOM, .closure_id = 9 }, "not-found", "no such calendar" },
        { ADMIN, { .id = 99, .kind = HT_RESOURCE_ROOM }, "not-found", "not there" },
        { ADMIN,
          { .id = LINK_TOP, .kind = HT_RESOURCE_LINK, .parent_id = LINK_LOW },
          "no-tree",
          "a link below what is below it" },
        { ADMIN,
          { .kind = HT_RESOURCE_LINK, .parent_id = LINK_TOP, .capacity = 4000 },
          NULL,
          "a new line" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_test_message ("%s", cases[i].sentence);
        g_assert_cmpstr (fixture_do (f, cases[i].actor, HT_COMMAND_PUT_RESOURCE, &cases[i].asked),
                         ==, cases[i].problem);
    }
}

/* Out of use from now on: who has it is marked, nobody else gets it. */
static void
test_out_of_use (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtPutResource room = room_a (0);

    g_assert_cmpstr (book (f, TRAINER, "2026-11-30T09:00", 60), ==, NULL);
    room.capacity = 0;
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_PUT_RESOURCE, &room), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->clash_us, ==, NOW_US);
    g_assert_cmpstr (book (f, TRAINER, "2026-12-01T09:00", 60), ==, "clash");
    room.capacity = 1;
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_PUT_RESOURCE, &room), ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, "2026-12-01T09:00", 60), ==, NULL);
}

static void
test_imported_hours (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtImport hours = { HT_IMPORT_HOURS,
                       (char *) "key,weekday,from,until\nlab,MO,07:00,11:30\nlab,SA,08:00,24:00\n",
                       FALSE };
    HtImport bad = { HT_IMPORT_HOURS, (char *) "key,weekday,from,until\nlab,T2,07:00,11:30\n",
                     FALSE };
    HtPutResource room = room_a (1);

    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_IMPORT, &bad), ==, "bad-lines");
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_IMPORT, &hours), ==, NULL);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_PUT_RESOURCE, &room), ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, "2026-11-28T22:00", 120), ==, NULL); /* a Saturday */
    g_assert_cmpstr (book (f, TRAINER, "2026-11-29T08:00", 60), ==, "clash");
    /* a newer table says all of it */
    hours.text = (char *) "key,weekday,from,until\nlab,SU,07:00,11:30\n";
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_IMPORT, &hours), ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, "2026-11-29T08:00", 60), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->clash_us, ==, NOW_US);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
    g_test_add ("/service/places/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
    ADD ("hours", test_working_hours);
    ADD ("override", test_overrides_of_changes);
    ADD ("resources", test_resources);
    ADD ("out-of-use", test_out_of_use);
    ADD ("imported-hours", test_imported_hours);
    return g_test_run ();
}
