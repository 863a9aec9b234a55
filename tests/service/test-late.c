/* SPDX-License-Identifier: MIT */

/* Running late: by a step, as far as is free, by itself; and ending early. */

#include <string.h>

#include "scheduler/base/error.h"
#include "tests/service/fake-media.h"
#include "tests/service/operated.h"

#define MINUTE_US (HOUR_US / 60)

/* Session 1 is recorded in room A, from 10:00 to 11:00 in Huế: three hours from now. */
enum { START_H = 3, END_H = 4 };

static void
book_recorded (Fixture *f, int run_on)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    g_autoptr (GArray) sources = make_ids (CAMERA);
    HtBooking booking = { .title = (char *) "Bài giảng",
                          .start = (char *) "2026-11-25T10:00",
                          .minutes = 60,
                          .rooms = rooms,
                          .sources = sources };

    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, NULL);
    if (run_on) {
        HtRunOn on = { 1, TRUE };

        g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_RUN_ON, &on), ==, NULL);
    }
}

static const char *
extend (Fixture *f, int64_t minutes)
{
    HtMove move = { .id = 1, .minutes = minutes };

    return fixture_do (f, TRAINER, HT_COMMAND_EXTEND, &move);
}

static int
get_end_minute (Fixture *f)
{
    return (int) ((fixture_session (f, 1)->end_us - NOW_US - END_H * HOUR_US) / MINUTE_US);
}

/* What the clash said: how long an extension is free, and who is in the way. */
static struct {
    int minutes;
    int64_t with;
} seen;

static void
note (const HtAnswer *answer, const HtPreview *preview, const GError *error, gpointer user_data)
{
    Fixture *f = user_data;
    const HtPreviewOccurrence *first;
    const HtAlternative *shorter;

    g_assert_null (answer);
    g_assert_cmpstr (ht_problem_get_id (error), ==, "clash");
    first = &g_array_index (preview->occurrences, HtPreviewOccurrence, 0);
    seen.with =
        g_array_index (g_array_index (first->clashes, HtClash, 0).with, HtClashWith, 0).session_id;
    seen.minutes = 0;
    f->n_answers++;
    if (preview->alternatives->len == 0)
        return;
    shorter = &g_array_index (preview->alternatives, HtAlternative, 0);
    g_assert_cmpint (shorter->kind, ==, HT_ALTERNATIVE_END);
    seen.minutes = (int) ((shorter->end_us - shorter->start_us) / MINUTE_US);
}

static void
test_who_is_in_the_way_and_how_much_is_free (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 1, .minutes = 30 };
    g_autoptr (HtTicker) ticker = NULL;

    book_recorded (f, FALSE);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-11-25T11:20"), ==, NULL);
    ticker = operated_start_ticker (f, NULL);
    operated_go_to (f, ticker, NOW_US + END_H * HOUR_US - 10 * MINUTE_US);
    ht_service_submit (f->service, TRAINER, HT_COMMAND_EXTEND, &move, NULL, note, f);
    g_assert_cmpint (seen.with, ==, 2);
    g_assert_cmpint (seen.minutes, ==, 20);
    g_assert_cmpstr (extend (f, seen.minutes + 1), ==, "clash");
    g_assert_cmpstr (extend (f, seen.minutes), ==, NULL);
    ht_service_submit (f->service, TRAINER, HT_COMMAND_EXTEND, &move, NULL, note, f);
    g_assert_cmpint (seen.minutes, ==, 0);
}

static void
test_a_step_and_its_bound (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtTicker) ticker = NULL;

    book_recorded (f, FALSE);
    g_assert_cmpstr (extend (f, 0), ==, NULL); /* before it began that counts for nothing */
    g_assert_cmpint (get_end_minute (f), ==, 15);
    g_assert_null (operated_peek (f, 1));
    ticker = operated_start_ticker (f, NULL);
    operated_go_to (f, ticker, NOW_US + START_H * HOUR_US);
    for (int i = 0; i < 16; i++)
        g_assert_cmpstr (extend (f, 1), ==, NULL);
    g_assert_cmpint (operated_peek (f, 1)->n_extended, ==, 16);
    g_assert_cmpstr (extend (f, 1), ==, "extended-too-often");
    g_assert_cmpint (get_end_minute (f), ==, 31);
}

static void
test_the_recorder_follows_the_end (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    FakeMedia *media = fake_media_new ();
    HtTarget stop = { 1, 0 };
    HtTicker *ticker;

    book_recorded (f, FALSE);
    ticker = operated_start_ticker (f, HT_MEDIA (media));
    operated_go_to (f, ticker, NOW_US + START_H * HOUR_US);
    g_assert_cmpint (media->end_us, ==, NOW_US + END_H * HOUR_US);
    g_assert_cmpstr (extend (f, 15), ==, NULL);
    g_assert_cmpint (media->end_us, ==, NOW_US + END_H * HOUR_US + 15 * MINUTE_US);
    operated_go_to (f, ticker, NOW_US + END_H * HOUR_US + 10 * MINUTE_US);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_RUNNING);
    g_string_truncate (media->told, 0);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_STOP, &stop), ==, NULL);
    g_assert_cmpstr (media->told->str, ==, "stop 1;stop 1;");
    ht_ticker_free (ticker);
    g_object_unref (media);
}

static void
test_ending_early_frees_the_rest (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtTarget stop = { 1, 0 };
    g_autoptr (HtTicker) ticker = NULL;

    book_recorded (f, FALSE);
    ticker = operated_start_ticker (f, NULL);
    operated_go_to (f, ticker, NOW_US + START_H * HOUR_US + 10 * MINUTE_US);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-11-25T10:15"), ==, "clash");
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_STOP, &stop), ==, NULL);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-11-25T10:15"), ==, NULL);
}

static void
test_running_on_until_it_is_stopped (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtTicker) ticker = NULL;

    book_recorded (f, TRUE);
    ticker = operated_start_ticker (f, NULL);
    operated_go_to (f, ticker, NOW_US + END_H * HOUR_US - 6 * MINUTE_US);
    g_assert_cmpint (get_end_minute (f), ==, 0);
    operated_go_to (f, ticker, NOW_US + END_H * HOUR_US - 5 * MINUTE_US);
    g_assert_cmpint (get_end_minute (f), ==, 15);
    g_assert_cmpstr (operated_list_told (HT_NOTICE_EXTENDED), ==, "2");
    /* four times, then it ends */
    for (int minute = 10; minute <= 70; minute += 5)
        operated_go_to (f, ticker, NOW_US + END_H * HOUR_US + minute * MINUTE_US);
    g_assert_cmpint (get_end_minute (f), ==, 60);
    g_assert_cmpint (operated_peek (f, 1)->n_extended_auto, ==, 4);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_CLOSING);
    g_assert_cmpstr (operated_list_told (HT_NOTICE_ENDS), ==, "2,3"); /* and the operator */
}

static void
test_running_on_as_far_as_is_free (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtTicker) ticker = NULL;

    book_recorded (f, TRUE);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-11-25T11:07"), ==, NULL);
    ticker = operated_start_ticker (f, NULL);
    operated_go_to (f, ticker, NOW_US + END_H * HOUR_US - 5 * MINUTE_US);
    g_assert_cmpint (get_end_minute (f), ==, 7);
    operated_go_to (f, ticker, NOW_US + END_H * HOUR_US + 2 * MINUTE_US);
    g_assert_cmpint (get_end_minute (f), ==, 7);
    g_assert_false (operated_peek (f, 1)->runs_on);
    operated_go_to (f, ticker, NOW_US + END_H * HOUR_US + 7 * MINUTE_US);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_CLOSING);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_RUNNING);
}

static void
test_who_may (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtRunOn on = { 1, TRUE };
    HtCare care = { 1, HT_CARE_RUN_ON };

    book_recorded (f, FALSE);
    g_assert_cmpstr (fixture_do (f, CADRE, HT_COMMAND_RUN_ON, &on), ==, "denied");
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_RUN_ON, &on), ==, NULL);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_CARE, &care), ==, "denied");
    g_assert_cmpstr (fixture_do (f, HT_ACTOR_CLOCK, HT_COMMAND_CARE, &care), ==, "session-state");
}

#define ADD(name, test)                                                                            \
    g_test_add ("/service/late/" name, Fixture, NULL, operated_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("in-the-way", test_who_is_in_the_way_and_how_much_is_free);
    ADD ("step", test_a_step_and_its_bound);
    ADD ("recorder", test_the_recorder_follows_the_end);
    ADD ("early", test_ending_early_frees_the_rest);
    ADD ("run-on", test_running_on_until_it_is_stopped);
    ADD ("run-on-as-far", test_running_on_as_far_as_is_free);
    ADD ("rights", test_who_may);
    return g_test_run ();
}
