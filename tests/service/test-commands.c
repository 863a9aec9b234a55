/* SPDX-License-Identifier: MIT */

/* Each command once as it should be, and where it is refused. */

#include "scheduler/service/command.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "tests/service/fixture.h"

/* A weekly series of three in room A, Thursdays at eight. Sessions 1 to 3. */
static void
book_series (Fixture *f)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    HtBooking booking = { .title = (char *) "Khóa học",
                          .start = (char *) "2026-11-26T08:00",
                          .minutes = 60,
                          .rule = (char *) "FREQ=WEEKLY;COUNT=3",
                          .rooms = rooms };

    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, NULL);
}

static const char *
do_move (Fixture *f, int64_t actor, HtCommand command, HtMove move)
{
    return fixture_do (f, actor, command, &move);
}

static const char *
do_target (Fixture *f, int64_t actor, HtCommand command, int64_t id)
{
    HtTarget target = { id, 0 };

    return fixture_do (f, actor, command, &target);
}

static int
get_hour (Fixture *f, int64_t session_id) /* in Huế, of its day */
{
    return (int) ((fixture_session (f, session_id)->start_us / HOUR_US + 7) % 24);
}

static void
test_move_this (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 2, .start = (char *) "2026-12-03T14:00" };

    book_series (f);
    g_assert_cmpstr (do_move (f, CADRE, HT_COMMAND_MOVE, move), ==, "denied");
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_MOVE, move), ==, NULL);
    g_assert_cmpint (get_hour (f, 1), ==, 8);
    g_assert_cmpint (get_hour (f, 2), ==, 14);
    g_assert_cmpint (fixture_session (f, 2)->sequence, ==, 1);
    g_assert_cmpint (fixture_session (f, 2)->slot_us, !=, fixture_session (f, 2)->start_us);
    move.if_number = 1;
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_MOVE, move), ==, "changed-meanwhile");
    move.id = 77;
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_MOVE, move), ==, "not-found");
}

static void
test_move_following (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 2, .start = (char *) "2026-12-04T10:00", .scope = HT_SCOPE_FOLLOWING };
    const HtSeries *later;

    book_series (f);
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_MOVE, move), ==, NULL);
    g_assert_cmpint (get_hour (f, 1), ==, 8);
    g_assert_cmpint (get_hour (f, 2), ==, 10);
    g_assert_cmpint (get_hour (f, 3), ==, 10);
    later = ht_reads_peek (f->service, HT_RECORD_SERIES, fixture_session (f, 3)->series_id);
    g_assert_cmpint (later->related_id, ==, fixture_session (f, 1)->series_id);
    g_assert_cmpint (fixture_session (f, 3)->slot_us, ==, fixture_session (f, 3)->start_us);
}

static void
test_move_all_into_somebody (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 1, .start = (char *) "2026-11-26T10:00", .scope = HT_SCOPE_ALL };

    book_series (f);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-12-10T10:30"), ==, NULL);
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_MOVE, move), ==, "clash");
    g_assert_cmpint (get_hour (f, 1), ==, 8);
    move.start = (char *) "2026-11-26T08:30"; /* into their own place */
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_MOVE, move), ==, NULL);
    g_assert_cmpint (fixture_session (f, 3)->start_us % HOUR_US, ==, HOUR_US / 2);
}

static void
test_cancel (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 1 };

    book_series (f);
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_CANCEL, move), ==, "required");
    move.reason = (char *) "bão số 9";
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_CANCEL, move), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpstr (fixture_session (f, 1)->reason, ==, "bão số 9");
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_CANCEL, move), ==, "session-state");
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    move.scope = HT_SCOPE_ALL;
    move.id = 2;
    g_assert_cmpstr (do_move (f, OPERATOR, HT_COMMAND_CANCEL, move), ==, NULL);
    g_assert_cmpint (fixture_session (f, 3)->state, ==, HT_SESSION_CANCELLED);
}

static void
test_run (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    HtBooking booking = { .title = (char *) "Ngay", .now = TRUE, .minutes = 60, .rooms = rooms };
    HtMove longer = { .id = 1, .minutes = 30 };

    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_RUNNING);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-11-25T08:15"), ==, NULL);
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_EXTEND, longer), ==, "clash");
    longer.minutes = 15;
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_EXTEND, longer), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->end_us, ==, NOW_US + 5 * HOUR_US / 4);

    f->clock.set_us += HOUR_US / 2;
    g_assert_cmpstr (do_target (f, STRANGER, HT_COMMAND_STOP, 1), ==, "denied");
    g_assert_cmpstr (do_target (f, TRAINER, HT_COMMAND_STOP, 1), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->end_us, ==, f->clock.set_us);
    g_assert_cmpstr (do_target (f, TRAINER, HT_COMMAND_STOP, 1), ==, "session-state");
    g_assert_cmpstr (do_target (f, OPERATOR, HT_COMMAND_START, 2), ==, NULL); /* the room is free */
    g_assert_cmpint (fixture_session (f, 2)->start_us, ==, f->clock.set_us);
}

static void
test_undo (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 1, .start = (char *) "2026-11-26T14:00" };
    int64_t number;

    book_series (f);
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_MOVE, move), ==, NULL);
    number = f->answer.number;
    g_assert_cmpstr (do_target (f, OPERATOR, HT_COMMAND_UNDO, number), ==, "cannot-undo");
    g_assert_cmpstr (do_target (f, TRAINER, HT_COMMAND_UNDO, number), ==, NULL);
    g_assert_cmpint (get_hour (f, 1), ==, 8);
    g_assert_cmpint (fixture_session (f, 1)->sequence, ==, 2);
    g_assert_cmpstr (do_target (f, TRAINER, HT_COMMAND_UNDO, number), ==, "changed-since");
    g_assert_cmpstr (do_target (f, TRAINER, HT_COMMAND_UNDO, 1), ==, "changed-since");

    move.reason = (char *) "x";
    move.id = 2;
    g_assert_cmpstr (do_move (f, TRAINER, HT_COMMAND_CANCEL, move), ==, NULL);
    number = f->answer.number;
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-12-03T08:00"), ==, NULL);
    g_assert_cmpstr (do_target (f, TRAINER, HT_COMMAND_UNDO, number), ==, "clash");
    g_assert_cmpstr (do_target (f, OPERATOR, HT_COMMAND_UNDO, number + 1), ==, NULL);
    g_assert_cmpstr (do_target (f, TRAINER, HT_COMMAND_UNDO, number), ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_SCHEDULED);
}

static void
test_conference (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    HtBookingSite low = { SITE_LOW, 3000 };
    HtBooking booking = { .kind = HT_SERIES_CONFERENCE,
                          .title = (char *) "Giao ban",
                          .start = (char *) "2026-11-26T08:00",
                          .minutes = 60,
                          .main_site = SITE_TOP,
                          .sites = sites };
    g_autoptr (HtPreview) preview = NULL;
    const HtClash *clash;

    g_array_append_val (sites, low);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, NULL);
    g_assert_cmpuint (fixture_session (f, 1)->reservations->len, ==, 4); /* rooms and links */
    booking.main_site = SITE_LOW;
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, "named-twice");
    booking.main_site = SITE_TOP;
    g_array_index (sites, HtBookingSite, 0).kbps = 9000; /* more than the line carries */
    booking.start = (char *) "2026-11-27T08:00";
    preview = ht_service_preview (f->service, ADMIN, &booking, NULL);
    clash = &g_array_index (g_array_index (preview->occurrences, HtPreviewOccurrence, 0).clashes,
                            HtClash, 1);
    g_assert_cmpint (clash->resource_id, ==, LINK_LOW);
    g_assert_cmpint (clash->capacity, ==, 4000);
    g_assert_cmpint (clash->wanted, ==, 9000);
}

static void
test_subscriptions (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtSubscribe asked = { HT_FEED_UNIT, DISTRICT };
    const HtSubscription *one;

    g_assert_cmpstr (fixture_do (f, CADRE, HT_COMMAND_SUBSCRIBE, &asked), ==, NULL);
    g_assert_cmpint (f->answer.id, ==, 1);
    g_assert_cmpstr (fixture_do (f, CADRE, HT_COMMAND_SUBSCRIBE, &asked), ==, NULL);
    g_assert_cmpint (f->answer.id, ==, 1);
    g_assert_cmpint (f->answer.number, ==, 0); /* nothing had to change */
    g_assert_cmpstr (do_target (f, STRANGER, HT_COMMAND_RENEW, 1), ==, "denied");
    g_assert_cmpstr (do_target (f, CADRE, HT_COMMAND_RENEW, 1), ==, NULL);
    one = ht_reads_peek (f->service, HT_RECORD_SUBSCRIPTION, 1);
    g_assert_cmpint (one->generation, ==, 2);
    g_assert_cmpstr (do_target (f, CADRE, HT_COMMAND_END_SUBSCRIPTION, 1), ==, NULL);
    g_assert_cmpstr (do_target (f, CADRE, HT_COMMAND_RENEW, 1), ==, "subscription-ended");
    asked.id = 99;
    g_assert_cmpstr (fixture_do (f, CADRE, HT_COMMAND_SUBSCRIBE, &asked), ==, "not-found");
}

static gboolean
find_text (const HtChange *change, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    gboolean *found = user_data;

    *found = *found || g_strstr_len (change->body, (gssize) change->body_bytes, "Bí Mật") != NULL ||
             g_strstr_len (change->body, (gssize) change->body_bytes, "argon2") != NULL;
    return TRUE;
}

static void
test_people (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtPutPerson put = { .name = (char *) "Nguyễn Bí Mật",
                        .login = (char *) "Bi.Mat",
                        .unit_id = DISTRICT,
                        .password_hash = (char *) "$argon2id$x",
                        .teaches = TRUE };
    HtSetPassword password = { CADRE, (char *) "$argon2id$y", FALSE };
    gboolean found = FALSE;
    int64_t id;

    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_PUT_PERSON, &put), ==, "denied");
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_PUT_PERSON, &put), ==, NULL);
    id = f->answer.id;
    g_assert_cmpint (ht_reads_find_login (f->service, "BI.MAT")->id, ==, id);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_PUT_PERSON, &put), ==, "login-taken");
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_SET_UP, &put), ==, "denied");
    g_assert_cmpstr (fixture_do (f, HT_ACTOR_CLOCK, HT_COMMAND_SET_UP, &put), ==, "already-set-up");
    g_assert_cmpstr (fixture_do (f, STRANGER, HT_COMMAND_SET_PASSWORD, &password), ==, "denied");
    g_assert_cmpstr (fixture_do (f, CADRE, HT_COMMAND_SET_PASSWORD, &password), ==, NULL);
    g_assert_cmpstr (do_target (f, ADMIN, HT_COMMAND_CLOSE_PERSON, ADMIN), ==, "closes-oneself");
    g_assert_cmpstr (do_target (f, ADMIN, HT_COMMAND_CLOSE_PERSON, id), ==, NULL);
    g_assert_cmpstr (fixture_book (f, id, ROOM_A, "2026-11-26T08:00"), ==, "unauthenticated");

    g_assert_true (ht_service_read_log (f->service, ADMIN, 1, 100, find_text, &found, NULL));
    g_assert_false (found); /* neither a name nor a hash stands in the log */
    g_assert_false (ht_service_read_log (f->service, TRAINER, 1, 100, find_text, &found, NULL));
}

static void
test_audience (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    g_autoptr (GArray) units = make_ids (DISTRICT);
    g_autoptr (GPtrArray) seen = NULL;
    HtBooking booking = { .title = (char *) "Nội bộ",
                          .start = (char *) "2026-11-26T08:00",
                          .minutes = 60,
                          .rooms = rooms,
                          .audience = HT_AUDIENCE_UNITS,
                          .audience_ids = units };

    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, NULL);
    g_assert_true (ht_reads_sees (f->service, CADRE, fixture_session (f, 1)));
    g_assert_false (ht_reads_sees (f->service, STRANGER, fixture_session (f, 1)));
    g_assert_null (ht_reads_get_session (f->service, STRANGER, 1, NULL));
    g_assert_cmpstr (do_target (f, STRANGER, HT_COMMAND_STOP, 1), ==, "not-found");
    seen =
        ht_reads_sessions (f->service, STRANGER, HT_AGENDA_ALL, 0, NOW_US, NOW_US + 99 * HOUR_US);
    g_assert_cmpuint (seen->len, ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
    g_test_add ("/service/commands/" name, Fixture, NULL, fixture_set_up, function,                \
                fixture_tear_down)
    ADD ("move-this", test_move_this);
    ADD ("move-following", test_move_following);
    ADD ("move-all", test_move_all_into_somebody);
    ADD ("cancel", test_cancel);
    ADD ("run", test_run);
    ADD ("undo", test_undo);
    ADD ("conference", test_conference);
    ADD ("subscriptions", test_subscriptions);
    ADD ("people", test_people);
    ADD ("audience", test_audience);
    return g_test_run ();
}
