/* SPDX-License-Identifier: MIT */

#include "scheduler/service/ticker.h"

#include <string.h>

#include "tests/service/fake-media.h"
#include "tests/service/fixture.h"

static const HtAgendaLeads leads = { HOUR_US / 12, HOUR_US / 60 };

static void
book_recorded (Fixture *f)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    g_autoptr (GArray) sources = make_ids (CAMERA);
    HtBooking booking = { .title = (char *) "Bài giảng",
                          .start = (char *) "2026-11-25T10:00", /* three hours from now */
                          .minutes = 60,
                          .rooms = rooms,
                          .sources = sources };

    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, NULL);
}

/* Sets the clock and lets everything that is due come true. */
static void
go_to (Fixture *f, HtTicker *ticker, int64_t now_us)
{
    f->clock.set_us = now_us;
    for (int i = 0; i < 5; i++) {
        ht_ticker_tick (ticker);
        ht_store_flush (f->store);
    }
}

static void
assert_stands (Fixture *f, HtSessionState state, HtJobState job_state)
{
    const HtJob *job = ht_reads_peek (f->service, HT_RECORD_JOB, 1);

    g_assert_cmpint (fixture_session (f, 1)->state, ==, state);
    g_assert_cmpint (job->state, ==, job_state);
}

static void
test_life (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    FakeMedia *media = fake_media_new ();
    HtMediaEvent event = { .session_id = 1 };
    HtTicker *ticker;

    book_recorded (f);
    ticker = ht_ticker_new (f->service, HT_MEDIA (media), &f->clock, &leads);
    g_assert_cmpint (ht_ticker_get_next_us (ticker), ==, NOW_US + 3 * HOUR_US - HOUR_US / 12);
    go_to (f, ticker, NOW_US + 3 * HOUR_US - HOUR_US / 12);
    assert_stands (f, HT_SESSION_OPEN, HT_JOB_PLANNED);
    g_assert_cmpstr (media->told->str, ==, "adopt 0;");
    go_to (f, ticker, NOW_US + 3 * HOUR_US - HOUR_US / 60);
    assert_stands (f, HT_SESSION_OPEN, HT_JOB_ARMING);
    g_assert_nonnull (strstr (media->told->str, "want 1 of 1;"));
    go_to (f, ticker, NOW_US + 3 * HOUR_US);
    assert_stands (f, HT_SESSION_RUNNING, HT_JOB_RECORDING);

    event.kind = HT_MEDIA_LOST;
    event.note = "the camera is silent";
    media->hear (&event, media->user_data);
    ht_store_flush (f->store);
    assert_stands (f, HT_SESSION_RUNNING, HT_JOB_RECOVERING);
    event.kind = HT_MEDIA_WRITING;
    media->hear (&event, media->user_data);
    ht_store_flush (f->store);
    assert_stands (f, HT_SESSION_RUNNING, HT_JOB_RECORDING);

    go_to (f, ticker, NOW_US + 4 * HOUR_US);
    assert_stands (f, HT_SESSION_CLOSING, HT_JOB_DRAINING);
    g_string_truncate (media->told, 0);
    event.kind = HT_MEDIA_DRAINED;
    media->hear (&event, media->user_data);
    ht_store_flush (f->store);
    g_assert_cmpstr (media->told->str, ==, "finalise 1 for 60 min;");
    go_to (f, ticker, NOW_US + 4 * HOUR_US + 1);
    assert_stands (f, HT_SESSION_ENDED, HT_JOB_FINALISING);
    event.kind = HT_MEDIA_DONE;
    event.bytes = 77;
    media->hear (&event, media->user_data);
    ht_store_flush (f->store);
    assert_stands (f, HT_SESSION_ENDED, HT_JOB_DONE);
    g_assert_cmpint (ht_ticker_get_next_us (ticker), ==, HT_AGENDA_NEVER);
    ht_ticker_free (ticker);
    g_object_unref (media);
}

static const struct {
    const char *why;
    int64_t at_us; /* after the booking */
    HtSessionState state;
    HtJobState job;
} starts[] = {
    { "nothing is due yet", HOUR_US, HT_SESSION_SCHEDULED, HT_JOB_PLANNED },
    { "the service was down at the start", 3 * HOUR_US + HOUR_US / 2, HT_SESSION_RUNNING,
      HT_JOB_RECORDING },
    { "the service was down for all of it", 9 * HOUR_US, HT_SESSION_ENDED, HT_JOB_INCOMPLETE },
};

static void
test_late_start (Fixture *f, gconstpointer data)
{
    size_t i = GPOINTER_TO_SIZE (data);
    HtTicker *ticker;

    g_test_message ("%s", starts[i].why);
    book_recorded (f);
    fixture_close (f);
    f->clock.set_us = NOW_US + starts[i].at_us;
    fixture_open (f);
    ticker = ht_ticker_new (f->service, NULL, &f->clock, &leads);
    go_to (f, ticker, f->clock.set_us);
    assert_stands (f, starts[i].state, starts[i].job);
    ht_ticker_free (ticker);
}

static void
test_extension_is_followed (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 1, .minutes = 30 };
    HtTicker *ticker;

    book_recorded (f);
    ticker = ht_ticker_new (f->service, NULL, &f->clock, &leads);
    go_to (f, ticker, NOW_US + 3 * HOUR_US);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_EXTEND, &move), ==, NULL);
    go_to (f, ticker, NOW_US + 4 * HOUR_US);
    assert_stands (f, HT_SESSION_RUNNING, HT_JOB_RECORDING);
    go_to (f, ticker, NOW_US + 4 * HOUR_US + HOUR_US / 2);
    assert_stands (f, HT_SESSION_CLOSING, HT_JOB_DRAINING);
    ht_ticker_free (ticker);
}

/* What is recorded and started before its time starts when recorders can have its first picture. */
static void
test_started_before_its_time (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    FakeMedia *media = fake_media_new ();
    HtTarget target = { 1, 0 };
    HtTicker *ticker;

    book_recorded (f);
    ticker = ht_ticker_new (f->service, HT_MEDIA (media), &f->clock, &leads);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_START, &target), ==, NULL);
    assert_stands (f, HT_SESSION_RUNNING, HT_JOB_RECORDING);
    g_assert_cmpint (fixture_session (f, 1)->start_us, ==, NOW_US + 4 * G_USEC_PER_SEC);
    g_assert_nonnull (strstr (media->told->str, "want 1 of 1;"));
    ht_ticker_free (ticker);
    g_object_unref (media);
}

/* Feeds tell for 60 days that a session is cancelled; that they no longer do stands in the log. */
static void
test_cancelled_is_withdrawn (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const int64_t until_us = NOW_US + 60 * 24 * HOUR_US;
    HtMove cancel = { .id = 1, .reason = (char *) "mưa bão" };
    HtTicker *ticker;
    int64_t number;

    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    ticker = ht_ticker_new (f->service, NULL, &f->clock, &leads);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_CANCEL, &cancel), ==, NULL);
    number = ht_service_get_number (f->service);
    g_assert_cmpint (ht_ticker_get_next_us (ticker), ==, until_us);
    go_to (f, ticker, until_us - 1);
    g_assert_cmpint (fixture_session (f, 1)->withdrawn_us, ==, 0);
    go_to (f, ticker, until_us);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpint (fixture_session (f, 1)->withdrawn_us, ==, until_us);
    g_assert_cmpint (ht_service_get_number (f->service), ==, number + 1);
    g_assert_cmpint (ht_ticker_get_next_us (ticker), ==, HT_AGENDA_NEVER);
    ht_ticker_free (ticker);
    fixture_close (f);
    fixture_open (f);
    g_assert_cmpint (fixture_session (f, 1)->withdrawn_us, ==, until_us);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/service/ticker/life", Fixture, NULL, fixture_set_up, test_life,
                fixture_tear_down);
    for (size_t i = 0; i < G_N_ELEMENTS (starts); i++) {
        g_autofree char *name = g_strdup_printf ("/service/ticker/late-start/%zu", i);

        g_test_add (name, Fixture, GSIZE_TO_POINTER (i), fixture_set_up, test_late_start,
                    fixture_tear_down);
    }
    g_test_add ("/service/ticker/extension", Fixture, NULL, fixture_set_up,
                test_extension_is_followed, fixture_tear_down);
    g_test_add ("/service/ticker/start-now", Fixture, NULL, fixture_set_up,
                test_started_before_its_time, fixture_tear_down);
    g_test_add ("/service/ticker/withdrawn", Fixture, NULL, fixture_set_up,
                test_cancelled_is_withdrawn, fixture_tear_down);
    return g_test_run ();
}
