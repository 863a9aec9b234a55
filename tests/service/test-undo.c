/* SPDX-License-Identifier: MIT */

/* The last change goes back while nothing depends on it, after a restart too; where something
 * does, it is named. */

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/service/command.h"
#include "tests/service/fixture.h"

static const char *
do_undo (Fixture *f, int64_t actor, int64_t number)
{
    HtTarget target = { number, 0 };

    return fixture_do (f, actor, HT_COMMAND_UNDO, &target);
}

static void
restart (Fixture *f)
{
    fixture_close (f);
    fixture_open (f);
}

static int64_t
get_room (Fixture *f, int64_t session_id)
{
    return g_array_index (fixture_session (f, session_id)->members, HtMember, 0).ref_id;
}

static void
edit_room (Fixture *f)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_B), sources = make_ids (CAMERA);
    HtEdit edit = { .move = { .id = 1, .start = (char *) "2026-11-27T10:00" },
                    .title = (char *) "Khác",
                    .rooms = rooms,
                    .sources = sources };

    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_EDIT, &edit), ==, NULL);
}

static void
test_edit (Fixture *f, gconstpointer again)
{
    HtSession before;

    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    before = *fixture_session (f, 1);
    edit_room (f);
    g_assert_cmpint (get_room (f, 1), ==, ROOM_B);
    if (again != NULL)
        restart (f);
    g_assert_cmpstr (do_undo (f, TRAINER, 0), ==, NULL);
    g_assert_cmpint (get_room (f, 1), ==, ROOM_A);
    g_assert_cmpint (fixture_session (f, 1)->start_us, ==, before.start_us);
    g_assert_cmpint (fixture_session (f, 1)->sequence, ==, before.sequence + 2);
    g_assert_null (ht_reads_peek (f->service, HT_RECORD_JOB, 1));
    g_assert_cmpstr (((const HtSeries *) ht_reads_peek (f->service, HT_RECORD_SERIES, 1))->title,
                     ==, "Tập huấn");
    /* the room is taken, and the other one free, as they were */
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-11-26T08:00"), ==, "clash");
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_B, "2026-11-27T10:00"), ==, NULL);
}

/* Each undo takes back the one before; what was undone is not undone again. */
static void
test_one_by_one (Fixture *f, gconstpointer again)
{
    HtMove move = { .id = 1, .start = (char *) "2026-11-26T14:00" };

    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, NULL);
    g_assert_cmpstr (do_undo (f, TRAINER, 0), ==, NULL);
    g_assert_cmpint (f->answer.id, ==, 2); /* the number that was undone */
    if (again != NULL)
        restart (f);
    /* the booking has changed since: it was moved and put back */
    g_assert_cmpstr (do_undo (f, TRAINER, 0), ==, "changed-since");
    g_assert_cmpstr (do_undo (f, OPERATOR, 0), ==, "cannot-undo");
}

static void
test_split (Fixture *f, gconstpointer again)
{
    HtBooking booking = { .title = (char *) "Khóa học",
                          .start = (char *) "2026-11-26T08:00",
                          .minutes = 60,
                          .rule = (char *) "FREQ=WEEKLY;COUNT=3" };
    HtMove move = { .id = 2, .start = (char *) "2026-12-04T10:00", .scope = HT_SCOPE_FOLLOWING };
    const HtSeries *series;

    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, NULL);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, NULL);
    g_assert_cmpint (fixture_session (f, 3)->series_id, ==, 2);
    if (again != NULL)
        restart (f);
    g_assert_cmpstr (do_undo (f, TRAINER, 2), ==, NULL);
    g_assert_cmpint (fixture_session (f, 3)->series_id, ==, 1);
    g_assert_cmpint (fixture_session (f, 3)->slot_us, ==, fixture_session (f, 3)->start_us);
    series = ht_reads_peek (f->service, HT_RECORD_SERIES, 1);
    g_assert_cmpstr (series->rule, ==, "FREQ=WEEKLY;COUNT=3");
}

typedef struct {
    char *id, *said;
} Refusal;

static void
append_argument (const char *name, const char *value, gpointer user_data)
{
    g_string_append_printf (user_data, "%s=%s ", name, value);
}

static void
take_refusal (const HtAnswer *answer G_GNUC_UNUSED, const HtPreview *preview G_GNUC_UNUSED,
              const GError *error, gpointer user_data)
{
    Refusal *refusal = user_data;
    GString *said = g_string_new (NULL);

    refusal->id = g_strdup (ht_problem_get_id (error));
    ht_problem_foreach_argument (error, append_argument, said);
    refusal->said = g_string_free (said, FALSE);
}

static void
test_what_depends_is_named (Fixture *f, gconstpointer again)
{
    HtMove move = { .id = 1, .start = (char *) "2026-11-26T14:00" };
    HtTarget target = { 1, 0 };
    Refusal refusal = { 0 };

    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &move), ==, NULL);
    if (again != NULL)
        restart (f);
    ht_service_submit (f->service, TRAINER, HT_COMMAND_UNDO, &target, NULL, take_refusal, &refusal);
    g_assert_cmpstr (refusal.id, ==, "changed-since");
    g_test_message ("%s", refusal.said);
    g_assert_nonnull (strstr (refusal.said, "sessionId=1 title=Tập huấn number=2 "));
    g_assert_nonnull (strstr (refusal.said, "command=move by=Person 3"));
    g_free (refusal.id);
    g_free (refusal.said);
}

static void
test_begun (Fixture *f, gconstpointer again)
{
    HtMove move = { .id = 1, .start = (char *) "2026-11-26T14:00" };

    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, NULL);
    f->clock.set_us += 26 * HOUR_US; /* the time it would go back to has passed */
    if (again != NULL)
        restart (f);
    g_assert_cmpstr (do_undo (f, TRAINER, 0), ==, "session-begun");
}

/* What was made is called off, and stays called off. */
static void
test_booking (Fixture *f, gconstpointer again)
{
    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    if (again != NULL)
        restart (f);
    g_assert_cmpstr (do_undo (f, TRAINER, 0), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    g_assert_cmpstr (do_undo (f, TRAINER, 0), ==, "cannot-undo");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
    g_test_add ("/service/undo/" name, Fixture, NULL, fixture_set_up, function,                    \
                fixture_tear_down);                                                                \
    g_test_add ("/service/undo/after-restart/" name, Fixture, "again", fixture_set_up, function,   \
                fixture_tear_down)
    ADD ("edit", test_edit);
    ADD ("one-by-one", test_one_by_one);
    ADD ("split", test_split);
    ADD ("what-depends-is-named", test_what_depends_is_named);
    ADD ("begun", test_begun);
    ADD ("booking", test_booking);
    return g_test_run ();
}
