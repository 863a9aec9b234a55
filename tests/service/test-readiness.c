/* SPDX-License-Identifier: MIT */

/* The readiness of a conference's sites: who says it, what is open, who takes over. */

#include <string.h>

#include "scheduler/service/command.h"
#include "tests/service/operated.h"

#define MINUTE_US (HOUR_US / 60)

static const char *
check (Fixture *f, int64_t actor_id, HtCheckSite said)
{
    said.id = 1;
    if (said.site_id == 0)
        said.site_id = SITE_LOW;
    return fixture_do (f, actor_id, HT_COMMAND_CHECK_SITE, &said);
}

static const HtSiteCheck *
peek (Fixture *f, int64_t site_id)
{
    return ht_operation_find_site (operated_peek (f, 1), site_id);
}

static void
test_who_may_say_it (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtCheckSite good = { .picture = HT_CHECK_YES };
    HtCheckSite top = { .site_id = SITE_TOP, .picture = HT_CHECK_YES };
    HtCheckSite other = { .site_id = SITE_SPARE, .picture = HT_CHECK_YES };

    g_assert_cmpstr (operated_book (f, "2026-11-27T08:00"), ==, NULL);
    g_assert_cmpstr (check (f, CADRE, good), ==, NULL); /* the site's contact */
    g_assert_cmpstr (check (f, CADRE, top), ==, "denied");
    g_assert_cmpstr (check (f, OPERATOR, top), ==, NULL);          /* of the session's unit */
    g_assert_cmpstr (check (f, TRAINER, good), ==, "denied");      /* of a unit that takes part */
    g_assert_cmpstr (check (f, OPERATOR, other), ==, "not-found"); /* takes no part */
}

static void
test_what_was_said_is_kept (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr (operated_book (f, "2026-11-27T08:00"), ==, NULL);
    g_assert_cmpstr (check (f, OPERATOR,
                            (HtCheckSite){ .on_post = HT_CHECK_YES,
                                           .technician = (char *) "Trần Văn Tùng",
                                           .phone = (char *) "0905000000" }),
                     ==, NULL);
    g_assert_cmpstr (check (f, CADRE, (HtCheckSite){ .sound = HT_CHECK_NO, .line_kbps = 1900 }), ==,
                     NULL);
    fixture_close (f);
    fixture_open (f);
    g_assert_cmpstr (peek (f, SITE_LOW)->technician, ==, "Trần Văn Tùng");
    g_assert_cmpstr (peek (f, SITE_LOW)->phone, ==, "0905000000");
    g_assert_cmpint (peek (f, SITE_LOW)->on_post, ==, HT_CHECK_YES);
    g_assert_cmpint (peek (f, SITE_LOW)->sound, ==, HT_CHECK_NO);
    g_assert_cmpint (peek (f, SITE_LOW)->picture, ==, HT_CHECK_UNKNOWN);
    g_assert_cmpint (peek (f, SITE_LOW)->line_kbps, ==, 1900);
    g_assert_cmpstr (check (f, OPERATOR, (HtCheckSite){ .phone = (char *) "", .line_kbps = -1 }),
                     ==, NULL);
    g_assert_null (peek (f, SITE_LOW)->phone);
    g_assert_cmpint (peek (f, SITE_LOW)->line_kbps, ==, 0);
}

static gboolean
find_name (const HtChange *change, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    g_autofree char *body = g_strndup (change->body, change->body_bytes);

    g_assert_null (strstr (body, "Tùng"));
    g_assert_null (strstr (body, "0905"));
    *(unsigned *) user_data += strstr (body, "check-site") != NULL;
    return TRUE;
}

static void
test_the_log_names_no_technician (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    unsigned n_checks = 0;

    g_assert_cmpstr (operated_book (f, "2026-11-27T08:00"), ==, NULL);
    g_assert_cmpstr (check (f, OPERATOR,
                            (HtCheckSite){ .technician = (char *) "Trần Văn Tùng",
                                           .phone = (char *) "0905000000" }),
                     ==, NULL);
    g_assert_true (ht_store_read_log (f->store, 1, 100, find_name, &n_checks, NULL));
    g_assert_cmpuint (n_checks, ==, 1);
}

static void
test_signing (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtCheckSite sign = { .signed_off = HT_CHECK_YES };

    g_assert_cmpstr (operated_book (f, "2026-11-27T08:00"), ==, NULL);
    g_assert_cmpstr (check (f, CADRE, sign), ==, "questions-open");
    g_assert_null (peek (f, SITE_LOW)); /* nothing of it was taken */
    g_assert_cmpstr (check (f, CADRE,
                            (HtCheckSite){ .on_post = HT_CHECK_YES,
                                           .picture = HT_CHECK_YES,
                                           .sound = HT_CHECK_YES,
                                           .line_kbps = 2000,
                                           .signed_off = HT_CHECK_YES }),
                     ==, NULL);
    g_assert_cmpint (peek (f, SITE_LOW)->signed_by_id, ==, CADRE);
    g_assert_cmpint (peek (f, SITE_LOW)->signed_us, ==, NOW_US);
    /* what gets worse must be signed again */
    g_assert_cmpstr (check (f, CADRE, (HtCheckSite){ .line_kbps = 1500 }), ==, NULL);
    g_assert_cmpint (peek (f, SITE_LOW)->signed_by_id, ==, 0);
    g_assert_cmpstr (check (f, OPERATOR, sign), ==, "questions-open");
    sign.note = (char *) "chỉ nghe và xem";
    g_assert_cmpstr (check (f, OPERATOR, sign), ==, NULL);
    g_assert_cmpint (peek (f, SITE_LOW)->signed_by_id, ==, OPERATOR);
    g_assert_cmpstr (check (f, OPERATOR, (HtCheckSite){ .signed_off = HT_CHECK_NO }), ==, NULL);
    g_assert_cmpint (peek (f, SITE_LOW)->signed_by_id, ==, 0);
}

static void
test_open_questions_are_told (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    int64_t start_us = NOW_US + 49 * HOUR_US; /* 27 November, 08:00 in Huế */
    HtCheckSite all = { .on_post = HT_CHECK_YES,
                        .picture = HT_CHECK_YES,
                        .sound = HT_CHECK_YES,
                        .line_kbps = 2000,
                        .signed_off = HT_CHECK_YES };
    g_autoptr (HtTicker) ticker = NULL;

    g_assert_cmpstr (operated_book (f, "2026-11-27T08:00"), ==, NULL);
    ticker = operated_start_ticker (f, NULL);
    operated_go_to (f, ticker, start_us - 24 * HOUR_US - 1);
    g_assert_cmpstr (operated_list_told (HT_NOTICE_QUESTIONS), ==, "");
    operated_go_to (f, ticker, start_us - 24 * HOUR_US);
    g_assert_cmpstr (operated_list_told (HT_NOTICE_QUESTIONS), ==, "4,3"); /* contact, operator */
    g_assert_cmpint (operated_peek (f, 1)->asked_us, ==, start_us - 24 * HOUR_US);
    operated_go_to (f, ticker, start_us - HOUR_US);
    g_assert_cmpstr (operated_list_told (HT_NOTICE_QUESTIONS), ==, "4,3");
    g_assert_cmpstr (check (f, CADRE, all), ==, NULL);
    all.site_id = SITE_TOP;
    g_assert_cmpstr (check (f, OPERATOR, all), ==, NULL);
    operated_go_to (f, ticker, start_us - 15 * MINUTE_US);
    g_assert_cmpstr (operated_list_told (HT_NOTICE_QUESTIONS), ==, ""); /* none is open */
    g_assert_cmpint (operated_peek (f, 1)->asked_us, ==, start_us - 15 * MINUTE_US);
}

/* Taking over. */

static const char *
substitute (Fixture *f, int64_t actor_id, int64_t substitute_id)
{
    HtSubstitute asked = {
        .id = 1, .site_id = SITE_LOW, .substitute_id = substitute_id, .reason = (char *) "mất điện"
    };

    return fixture_do (f, actor_id, HT_COMMAND_SUBSTITUTE, &asked);
}

static int64_t
sum_taken (Fixture *f, int64_t resource_id)
{
    const HtSession *session = fixture_session (f, 1);
    int64_t sum = 0;

    for (unsigned i = 0; i < session->reservations->len; i++) {
        const HtReservation *r = &g_array_index (session->reservations, HtReservation, i);

        if (r->resource_id == resource_id)
            sum += (r->end_us - r->start_us) / MINUTE_US * r->amount;
    }
    return sum;
}

static void
test_a_substitute_takes_over (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr (operated_book (f, "2026-11-27T08:00"), ==, NULL);
    g_assert_cmpstr (substitute (f, OPERATOR, 0), ==, "required");
    g_assert_cmpstr (check (f, CADRE, (HtCheckSite){ .substitute_id = SITE_TOP }), ==,
                     "named-twice");
    g_assert_cmpstr (check (f, CADRE, (HtCheckSite){ .substitute_id = SITE_SPARE }), ==, NULL);
    g_assert_cmpstr (substitute (f, CADRE, 0), ==, "denied");
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_C, "2026-11-27T08:30"), ==, NULL);
    g_assert_cmpstr (substitute (f, OPERATOR, 0), ==, "clash"); /* its room is taken */
    g_assert_cmpstr (
        fixture_do (f, OPERATOR, HT_COMMAND_CANCEL,
                    &(HtMove){ .id = 2, .reason = (char *) "nhường điểm cầu dự phòng" }),
        ==, NULL);
    g_assert_cmpstr (substitute (f, OPERATOR, 0), ==, NULL);
    g_assert_null (peek (f, SITE_LOW));
    g_assert_cmpint (peek (f, SITE_SPARE)->replaces_id, ==, SITE_LOW);
    g_assert_cmpint (peek (f, SITE_SPARE)->picture, ==, HT_CHECK_UNKNOWN);
    g_assert_cmpint (sum_taken (f, ROOM_B), ==, 0);
    g_assert_cmpint (sum_taken (f, LINK_LOW), ==, 0);
    g_assert_cmpint (sum_taken (f, LINK_SPARE), ==, 60 * 2000);
    g_assert_cmpstr (fixture_session (f, 1)->reason, ==, "mất điện");
    g_assert_cmpstr (operated_list_told (HT_NOTICE_SUBSTITUTED), ==, "4");
}

/* What was taken before stays taken; who had the room before that is in nobody's way. */
static void
test_a_substitute_while_it_runs (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove extend = { .id = 1, .minutes = 15 };
    g_autoptr (HtTicker) ticker = NULL;

    g_assert_cmpstr (operated_book (f, "2026-11-25T08:30"), ==, NULL); /* 90 minutes from now */
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_C, "2026-11-25T07:15"), ==, NULL);
    ticker = operated_start_ticker (f, NULL);
    operated_go_to (f, ticker, NOW_US + 90 * MINUTE_US);
    operated_go_to (f, ticker, NOW_US + 100 * MINUTE_US);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_RUNNING);
    g_assert_cmpstr (substitute (f, OPERATOR, SITE_SPARE), ==, "clash"); /* until 08:45 */
    operated_go_to (f, ticker, NOW_US + 110 * MINUTE_US);
    g_assert_cmpstr (substitute (f, OPERATOR, SITE_SPARE), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_RUNNING);
    g_assert_cmpint (sum_taken (f, ROOM_B), ==, 20);
    g_assert_cmpint (sum_taken (f, ROOM_C), ==, 40);
    g_assert_cmpint (sum_taken (f, ROOM_A), ==, 60);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_EXTEND, &extend), ==, NULL);
    g_assert_cmpint (sum_taken (f, ROOM_C), ==, 55);
    g_assert_cmpint (sum_taken (f, ROOM_A), ==, 75);
}

static void
test_what_is_over_is_not_asked (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtCheckSite good = { .picture = HT_CHECK_YES };

    g_assert_cmpstr (operated_book (f, "2026-11-27T08:00"), ==, NULL);
    g_assert_cmpstr (
        fixture_do (f, OPERATOR, HT_COMMAND_CANCEL, &(HtMove){ .id = 1, .reason = (char *) "bão" }),
        ==, NULL);
    g_assert_cmpstr (check (f, OPERATOR, good), ==, "session-state");
    g_assert_cmpstr (substitute (f, OPERATOR, SITE_SPARE), ==, "session-state");
}

#define ADD(name, test)                                                                            \
    g_test_add ("/service/readiness/" name, Fixture, NULL, operated_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("rights", test_who_may_say_it);
    ADD ("kept", test_what_was_said_is_kept);
    ADD ("log", test_the_log_names_no_technician);
    ADD ("signing", test_signing);
    ADD ("told", test_open_questions_are_told);
    ADD ("substitute", test_a_substitute_takes_over);
    ADD ("substitute-while-running", test_a_substitute_while_it_runs);
    ADD ("over", test_what_is_over_is_not_asked);
    return g_test_run ();
}
