/* SPDX-License-Identifier: MIT */

#include "scheduler/service/service.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/service/import.h"
#include "tests/service/fixture.h"

#define TOMORROW "2026-11-26T08:00"

static void
test_book_and_reload (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const HtSession *session;
    const HtSeries *series;

    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, TOMORROW), ==, NULL);
    g_assert_cmpint (f->answer.number, ==, 1);
    fixture_close (f);
    fixture_open (f);

    g_assert_cmpint (ht_service_get_number (f->service), ==, 1);
    series = ht_reads_peek (f->service, HT_RECORD_SERIES, f->answer.id);
    g_assert_cmpstr (series->title, ==, "Tập huấn");
    g_assert_cmpint (series->organiser_id, ==, TRAINER);
    g_assert_cmpint (series->unit_id, ==, DISTRICT);
    session = fixture_session (f, 1);
    g_assert_cmpint (session->state, ==, HT_SESSION_SCHEDULED);
    g_assert_cmpint (session->start_us, ==, NOW_US + 25 * HOUR_US);
    g_assert_cmpint (session->end_us - session->start_us, ==, 3 * HOUR_US / 2);
    g_assert_cmpint (session->reservations->len, ==, 1);
    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, TOMORROW), ==, "clash");
    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T09:30"), ==, NULL);
}

static void
note_preview (const HtAnswer *answer, const HtPreview *preview, const GError *error,
              gpointer user_data)
{
    GString *text = user_data;
    const HtPreviewOccurrence *occurrence;

    if (error == NULL) {
        g_string_append_printf (text, "booked %d;", (int) answer->number);
        return;
    }
    occurrence = &g_array_index (preview->occurrences, HtPreviewOccurrence, 0);
    for (unsigned i = 0; i < occurrence->clashes->len; i++) {
        const HtClash *clash = &g_array_index (occurrence->clashes, HtClash, i);

        g_string_append_printf (text, "%s %d by %d;", ht_problem_get_id (error),
                                (int) clash->resource_id,
                                (int) g_array_index (clash->with, HtClashWith, 0).session_id);
    }
}

static void
test_two_clients_one_room (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    g_autoptr (GString) text = g_string_new (NULL);
    HtBooking booking = {
        .title = (char *) "A", .start = (char *) TOMORROW, .minutes = 60, .rooms = rooms
    };

    ht_service_submit (f->service, TRAINER, HT_COMMAND_BOOK, &booking, NULL, note_preview, text);
    g_assert_cmpstr (text->str, ==, ""); /* nobody is answered before the commit */
    g_assert_null (fixture_session (f, 1));
    ht_service_submit (f->service, OPERATOR, HT_COMMAND_BOOK, &booking, NULL, note_preview, text);
    g_assert_cmpstr (text->str, ==, "clash 1 by 1;");
    ht_store_flush (f->store);
    g_assert_cmpstr (text->str, ==, "clash 1 by 1;booked 1;");
    g_assert_nonnull (fixture_session (f, 1));
}

static void
test_idempotency (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    HtBooking booking = {
        .title = (char *) "A", .start = (char *) TOMORROW, .minutes = 60, .rooms = rooms
    };

    fixture_start (f, TRAINER, HT_COMMAND_BOOK, &booking, "k1");
    fixture_start (f, TRAINER, HT_COMMAND_BOOK, &booking, "k1");
    ht_store_flush (f->store);
    g_assert_cmpuint (f->n_answers, ==, 2);
    g_assert_cmpint (f->answer.number, ==, 1);
    fixture_close (f);
    fixture_open (f);
    fixture_start (f, TRAINER, HT_COMMAND_BOOK, &booking, "k1");
    g_assert_cmpuint (f->n_answers, ==, 3);
    g_assert_cmpint (f->answer.number, ==, 1);
    booking.minutes = 61;
    fixture_start (f, TRAINER, HT_COMMAND_BOOK, &booking, "k1");
    g_assert_cmpstr (f->problem, ==, "key-reused");
    fixture_start (f, OPERATOR, HT_COMMAND_BOOK, &booking, "k1");
    g_assert_cmpstr (f->problem, ==, "clash");
    ht_store_flush (f->store);
}

static void
test_series_and_preview (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    g_autoptr (HtPreview) preview = NULL;
    g_autoptr (GPtrArray) sessions = NULL;
    char *skip[] = { (char *) "2026-12-10", NULL };
    HtBooking booking = { .title = (char *) "Khóa học",
                          .start = (char *) TOMORROW,
                          .minutes = 60,
                          .rule = (char *) "FREQ=WEEKLY;COUNT=4",
                          .skip = skip,
                          .rooms = rooms };

    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-12-03T08:30"), ==, NULL);
    preview = ht_service_preview (f->service, TRAINER, &booking, NULL);
    g_assert_cmpuint (preview->occurrences->len, ==, 3);
    g_assert_cmpuint (preview->n_clashes, ==, 1);
    g_assert_cmpuint (preview->alternatives->len, ==, 3);
    g_assert_cmpint (g_array_index (preview->alternatives, HtAlternative, 0).room_id, ==, ROOM_B);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, "clash");
    g_array_index (rooms, int64_t, 0) = ROOM_B;
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, NULL);
    sessions = ht_reads_series_sessions (f->service, TRAINER, f->answer.id);
    g_assert_cmpuint (sessions->len, ==, 3);
    booking.rule = (char *) "FREQ=DAILY";
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, "rule-without-end");
    booking.rule = (char *) "FREQ=DAILY;COUNT=3";
    booking.minutes = 60 * 25;
    booking.start = (char *) "2027-02-01T08:00";
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, "overlaps-itself");
}

static const struct {
    const char *why;
    int64_t actor, room;
    const char *start;
    const char *problem;
} refusals[] = {
    { "a cadre books nothing", CADRE, ROOM_A, TOMORROW, "denied" },
    { "nobody is nobody", 99, ROOM_A, TOMORROW, "unauthenticated" },
    { "no such room", TRAINER, 99, TOMORROW, "no-such-member" },
    { "a laptop is no room", TRAINER, LAPTOPS, TOMORROW, "no-such-member" },
    { "yesterday", TRAINER, ROOM_A, "2026-11-24T08:00", "start-past" },
    { "in 1969", TRAINER, ROOM_A, "1969-07-20T20:17", "start-past" },
    { "in three years", TRAINER, ROOM_A, "2029-11-24T08:00", "beyond-horizon" },
    { "no time", TRAINER, ROOM_A, "8 o'clock", "bad-time" },
    { "no start", TRAINER, ROOM_A, NULL, "required" },
};

static void
test_refusals (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    for (size_t i = 0; i < G_N_ELEMENTS (refusals); i++) {
        g_test_message ("%s", refusals[i].why);
        g_assert_cmpstr (fixture_book (f, refusals[i].actor, refusals[i].room, refusals[i].start),
                         ==, refusals[i].problem);
    }
    g_assert_cmpint (ht_service_get_number (f->service), ==, 0);
}

/* What the core makes of a booking reaches the reservations: the link of a site, the disk until
 * the end of retention. */
static void
test_reservations (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    g_autoptr (GArray) sources = make_ids (CAMERA);
    HtBookingSite site = { SITE_LOW, 3000 };
    HtTarget target = { 1, 0 };
    HtBooking booking = { .kind = HT_SERIES_CONFERENCE,
                          .title = (char *) "Giao ban",
                          .now = TRUE,
                          .minutes = 60,
                          .main_site = SITE_TOP,
                          .sites = sites,
                          .sources = sources,
                          .keep_days = 10 };
    HtImport import = {
        .what = HT_IMPORT_RESOURCES,
        .text =
            (char
                 *) "key,kind,name,unit_key,capacity,setup_minutes,teardown_minutes,seats,closure_key\n"
                    "disk,disk,Disk,,10000000000,,,,\n"
    };

    g_array_append_val (sites, site);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_IMPORT, &import), ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_BOOK, &booking), ==, NULL);
    g_assert_cmpuint (fixture_session (f, 1)->reservations->len, ==, 6);
    f->clock = ht_clock_make_fake (NOW_US + HOUR_US / 2);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_STOP, &target), ==, NULL);
    for (unsigned i = 0; i < 6; i++) {
        const HtReservation *one =
            &g_array_index (fixture_session (f, 1)->reservations, HtReservation, i);
        gboolean is_disk = one->resource_id > CAMERA_PORTS;

        /* recorded, so it starts four seconds after it was asked for */
        g_assert_cmpint (one->end_us, ==,
                         is_disk ? NOW_US + 4 * G_USEC_PER_SEC + 241 * HOUR_US
                                 : NOW_US + HOUR_US / 2);
        if (one->resource_id == LINK_LOW)
            g_assert_cmpint (one->amount, ==, 3000);
    }
    booking.main_site = 0;
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_BOOK, &booking), ==, "no-main-site");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
    g_test_add ("/service/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
    ADD ("book-and-reload", test_book_and_reload);
    ADD ("two-clients", test_two_clients_one_room);
    ADD ("idempotency", test_idempotency);
    ADD ("series-and-preview", test_series_and_preview);
    ADD ("refusals", test_refusals);
    ADD ("reservations", test_reservations);
    return g_test_run ();
}
