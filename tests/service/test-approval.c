/* SPDX-License-Identifier: MIT */

/* Holds, approvals, competing requests and precedence. */

#include "scheduler/service/waiting.h"
#include "tests/service/fixture.h"

#define ASK "2026-12-01T08:00" /* a Tuesday */

static GArray *
name (int64_t id, int64_t number, const char *start)
{
    GArray *named = g_array_new (FALSE, FALSE, sizeof (HtDisplaced));
    HtDisplaced one = { id, number, (char *) start };

    g_array_append_val (named, one);
    return named;
}

/* A meeting in room A of an hour. */
static const char *
ask (Fixture *f, int64_t actor, HtBooking booking)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);

    booking.title = (char *) "Giao ban";
    booking.minutes = 60;
    booking.rooms = rooms;
    if (booking.start == NULL)
        booking.start = (char *) ASK;
    return fixture_do (f, actor, HT_COMMAND_BOOK, &booking);
}

static const char *
say (Fixture *f, int64_t actor, HtCommand command, HtVerdict verdict)
{
    return fixture_do (f, actor, command, &verdict);
}

static void
assert_state (Fixture *f, int64_t id, HtSessionState state)
{
    g_assert_cmpstr (ht_session_state_names[fixture_session (f, id)->state], ==,
                     ht_session_state_names[state]);
}

static void
test_who_may_not_book_it_asks (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtBooking conference = { .kind = HT_SERIES_CONFERENCE };

    g_assert_cmpstr (ask (f, TRAINER, conference), ==, NULL);
    assert_state (f, 1, HT_SESSION_HELD);
    /* two working days from Wednesday 07:00 */
    g_assert_cmpint (fixture_session (f, 1)->hold_until_us, ==, NOW_US + 48 * HOUR_US);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, ASK), ==, "clash"); /* it occupies */
    g_assert_false (ht_reads_sees (f->service, STRANGER, fixture_session (f, 1)));
    g_assert_cmpstr (say (f, TRAINER, HT_COMMAND_APPROVE, (HtVerdict){ 1 }), ==, "denied");
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_APPROVE, (HtVerdict){ 1 }), ==, NULL);
    assert_state (f, 1, HT_SESSION_SCHEDULED);
    g_assert_true (ht_reads_sees (f->service, STRANGER, fixture_session (f, 1)));
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_APPROVE, (HtVerdict){ 1 }), ==, "not-waiting");
    conference.start = (char *) "2026-12-02T08:00";
    g_assert_cmpstr (ask (f, OPERATOR, conference), ==, NULL);
    assert_state (f, 2, HT_SESSION_SCHEDULED);
    conference.start = NULL;
    conference.now = TRUE;
    g_assert_cmpstr (ask (f, TRAINER, conference), ==, "needs-approval");
}

static void
test_refused_and_asked_for_again (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtBooking held = { .hold = TRUE, .rule = (char *) "FREQ=DAILY;COUNT=3" };

    g_assert_cmpstr (ask (f, TRAINER, held), ==, NULL);
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_REFUSE, (HtVerdict){ 1 }), ==, "required");
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_REFUSE,
                          (HtVerdict){ .id = 2, .only = TRUE, .reason = (char *) "phòng sửa" }),
                     ==, NULL);
    assert_state (f, 1, HT_SESSION_HELD);
    assert_state (f, 2, HT_SESSION_DRAFT);
    g_assert_cmpstr (fixture_session (f, 2)->reason, ==, "phòng sửa");
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-12-02T08:00"), ==, NULL);
    g_assert_cmpstr (say (f, TRAINER, HT_COMMAND_HOLD, (HtVerdict){ 2 }), ==, "clash");
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_APPROVE, (HtVerdict){ 1 }), ==, NULL);
    assert_state (f, 3, HT_SESSION_SCHEDULED); /* those that waited with it */
    assert_state (f, 2, HT_SESSION_DRAFT);
    g_assert_cmpstr (
        fixture_do (f, OPERATOR, HT_COMMAND_CANCEL, &(HtMove){ .id = 4, .reason = (char *) "x" }),
        ==, NULL);
    g_assert_cmpstr (say (f, TRAINER, HT_COMMAND_HOLD, (HtVerdict){ 2 }), ==, NULL);
    assert_state (f, 2, HT_SESSION_HELD);
    g_assert_null (fixture_session (f, 2)->reason);
    /* nobody was invited, so no feed says that it is off */
    g_assert_cmpstr (
        fixture_do (f, TRAINER, HT_COMMAND_CANCEL, &(HtMove){ .id = 2, .reason = (char *) "x" }),
        ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->withdrawn_us, ==, NOW_US);
}

static void
test_a_hold_expires (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtClockEvent expire = { 1, HT_SESSION_EXPIRE };

    g_assert_cmpstr (ask (f, TRAINER, (HtBooking){ .hold = TRUE }), ==, NULL);
    g_assert_cmpstr (fixture_do (f, HT_ACTOR_CLOCK, HT_COMMAND_CLOCK, &expire), ==, NULL);
    assert_state (f, 1, HT_SESSION_DRAFT);
    g_assert_cmpint (fixture_session (f, 1)->hold_until_us, ==, 0);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, ASK), ==, NULL);
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_APPROVE, (HtVerdict){ 1 }), ==, "not-waiting");
}

static void
test_the_number_of_the_document (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtVerdict number = { .id = 1, .document = (char *) "15/GM-UBND" };
    const HtSeries *series;

    g_assert_cmpstr (ask (f, OPERATOR, (HtBooking){ .awaits_document = TRUE }), ==, NULL);
    assert_state (f, 1, HT_SESSION_HELD);
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_APPROVE, (HtVerdict){ 1 }), ==, NULL);
    assert_state (f, 1, HT_SESSION_HELD); /* in principle */
    g_assert_cmpint (fixture_session (f, 1)->hold_until_us, ==, fixture_session (f, 1)->start_us);
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_DOCUMENT, (HtVerdict){ 1 }), ==, "required");
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_DOCUMENT, number), ==, NULL);
    assert_state (f, 1, HT_SESSION_SCHEDULED);
    series = ht_reads_peek (f->service, HT_RECORD_SERIES, 1);
    g_assert_cmpstr (series->document, ==, "15/GM-UBND");
    /* known before it is approved, it publishes nothing; with the approval it does */
    g_assert_cmpstr (
        ask (f, TRAINER,
             (HtBooking){ .awaits_document = TRUE, .start = (char *) "2026-12-03T08:00" }),
        ==, NULL);
    number.id = 2;
    g_assert_cmpstr (say (f, TRAINER, HT_COMMAND_DOCUMENT, number), ==, NULL);
    assert_state (f, 2, HT_SESSION_HELD);
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_APPROVE, (HtVerdict){ 2 }), ==, NULL);
    assert_state (f, 2, HT_SESSION_SCHEDULED);
}

static void
test_requests_compete (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) items = NULL;
    g_autoptr (GArray) named = NULL;
    const HtWaiting *item;

    g_assert_cmpstr (ask (f, TRAINER, (HtBooking){ .hold = TRUE }), ==, NULL);
    g_assert_cmpstr (ask (f, OPERATOR, (HtBooking){ .hold = TRUE }), ==, "clash");
    g_assert_cmpstr (ask (f, OPERATOR, (HtBooking){ .compete = TRUE }), ==, NULL);
    g_assert_cmpstr (ask (f, TRAINER, (HtBooking){ .compete = TRUE }), ==, NULL);
    assert_state (f, 2, HT_SESSION_DRAFT);
    items = ht_waiting_list (f->service, OPERATOR);
    g_assert_cmpuint (items->len, ==, 3);
    item = &g_array_index (items, HtWaiting, 0);
    g_assert_cmpint (item->session->id, ==, 1);
    g_assert_cmpuint (item->competing->len, ==, 2);
    /* the place is the hold's until it is named */
    g_assert_cmpstr (say (f, OPERATOR, HT_COMMAND_APPROVE, (HtVerdict){ 2 }), ==, "clash");
    named = name (1, fixture_session (f, 1)->changed_number, NULL);
    g_assert_cmpstr (
        say (f, OPERATOR, HT_COMMAND_APPROVE, (HtVerdict){ .id = 2, .displaces = named }), ==,
        NULL);
    assert_state (f, 2, HT_SESSION_SCHEDULED);
    assert_state (f, 1, HT_SESSION_DRAFT);
    g_assert_cmpint (fixture_session (f, 1)->yielded_to_id, ==, 2);
    g_assert_cmpint (fixture_session (f, 3)->yielded_to_id, ==, 2); /* the third lost as well */
    g_assert_cmpint (fixture_session (f, 3)->hold_until_us, ==, 0);
    /* and back */
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_UNDO, &(HtTarget){ f->answer.number, 0 }),
                     ==, NULL);
    assert_state (f, 1, HT_SESSION_HELD);
    assert_state (f, 2, HT_SESSION_DRAFT);
    g_assert_cmpint (fixture_session (f, 3)->hold_until_us, >, 0);
}

static HtPreview *
preview (Fixture *f, int64_t actor, HtBooking booking)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    g_autoptr (GError) error = NULL;
    HtPreview *seen;

    booking.title = (char *) "Họp";
    booking.minutes = 60;
    booking.rooms = rooms;
    booking.start = (char *) ASK;
    seen = ht_service_preview (f->service, actor, &booking, &error);
    g_assert_no_error (error);
    return seen;
}

static void
test_a_higher_rank_displaces (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtBooking of_province = { .rank = HT_RANK_PROVINCE };
    g_autoptr (HtPreview) seen = NULL;
    g_autoptr (GArray) named = NULL;
    const HtPreviewDisplaced *displaced;

    g_assert_cmpstr (ask (f, TRAINER, (HtBooking){ 0 }), ==, NULL);
    seen = preview (f, ADMIN, of_province);
    g_assert_cmpuint (seen->displaced->len, ==, 1);
    displaced = &g_array_index (seen->displaced, HtPreviewDisplaced, 0);
    g_assert_cmpint (displaced->session_id, ==, 1);
    g_assert_true (displaced->may);
    g_assert_cmpint (displaced->start_us, >, 0);
    g_assert_cmpint (ABS (displaced->start_us - fixture_session (f, 1)->start_us), <=, 2 * HOUR_US);
    g_assert_cmpstr (ask (f, ADMIN, of_province), ==, "clash"); /* never silently */
    named = name (1, displaced->number + 1, NULL);
    of_province.displaces = named;
    g_assert_cmpstr (ask (f, ADMIN, of_province), ==, "changed-meanwhile");
    g_array_index (named, HtDisplaced, 0).number = displaced->number;
    g_array_index (named, HtDisplaced, 0).start = (char *) "2026-12-01T09:00";
    g_assert_cmpstr (ask (f, ADMIN, of_province), ==, NULL);
    assert_state (f, 1, HT_SESSION_SCHEDULED);
    assert_state (f, 2, HT_SESSION_SCHEDULED);
    g_assert_cmpint (fixture_session (f, 1)->start_us, ==, fixture_session (f, 2)->end_us);
    g_assert_cmpint (fixture_session (f, 1)->yielded_to_id, ==, 2);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_UNDO, &(HtTarget){ f->answer.number, 0 }), ==,
                     NULL);
    assert_state (f, 2, HT_SESSION_CANCELLED);
    g_assert_cmpint (fixture_session (f, 1)->start_us, ==, fixture_session (f, 2)->start_us);
    g_assert_cmpint (fixture_session (f, 1)->yielded_to_id, ==, 0);
}

static void
test_a_draft_where_no_place_is_named (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtBooking of_province = { .rank = HT_RANK_PROVINCE };
    g_autoptr (GArray) named = NULL;

    g_assert_cmpstr (ask (f, TRAINER, (HtBooking){ 0 }), ==, NULL);
    of_province.displaces = named = name (1, f->answer.number, NULL);
    g_assert_cmpstr (ask (f, ADMIN, of_province), ==, NULL);
    assert_state (f, 1, HT_SESSION_DRAFT);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_UNDO, &(HtTarget){ f->answer.number, 0 }), ==,
                     NULL);
    assert_state (f, 1, HT_SESSION_SCHEDULED);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, ASK), ==, "clash");
}

static void
test_who_may_not_be_displaced (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtBooking of_department = { .rank = HT_RANK_DEPARTMENT };
    g_autoptr (GArray) named = NULL;
    g_autoptr (HtPreview) seen = NULL;

    g_assert_cmpstr (ask (f, ADMIN, (HtBooking){ .rank = HT_RANK_DEPARTMENT }), ==, NULL);
    seen = preview (f, ADMIN, of_department);
    g_assert_cmpuint (seen->displaced->len, ==, 0);
    of_department.displaces = named = name (1, f->answer.number, NULL);
    g_assert_cmpstr (ask (f, ADMIN, of_department), ==, "cannot-be-displaced");
    /* the operator of a district displaces nothing of the province's */
    of_department.rank = HT_RANK_GOVERNMENT;
    g_assert_cmpstr (ask (f, OPERATOR, of_department), ==, "denied");
    /* who may not say that it ranks so high asks */
    g_assert_cmpstr (ask (f, TRAINER, of_department), ==, "needs-approval");
    /* nobody is displaced in passing */
    of_department.start = (char *) "2026-12-04T08:00";
    g_assert_cmpstr (ask (f, ADMIN, of_department), ==, "not-in-the-way");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
    g_test_add ("/service/approval/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
    ADD ("asks", test_who_may_not_book_it_asks);
    ADD ("refused", test_refused_and_asked_for_again);
    ADD ("expires", test_a_hold_expires);
    ADD ("document", test_the_number_of_the_document);
    ADD ("competes", test_requests_compete);
    ADD ("displaces", test_a_higher_rank_displaces);
    ADD ("draft", test_a_draft_where_no_place_is_named);
    ADD ("not-displaced", test_who_may_not_be_displaced);
    return g_test_run ();
}
