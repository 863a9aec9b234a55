/* SPDX-License-Identifier: MIT */

/* Quotas, notice, horizon, closures and who may pass them; sessions that are hit afterwards. */

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/core/quota.h"
#include "scheduler/service/clashing.h"
#include "scheduler/service/import.h"
#include "tests/service/fixture.h"

static const char *
set_quota (Fixture *f, int64_t actor, HtPutQuota quota)
{
    return fixture_do (f, actor, HT_COMMAND_PUT_QUOTA, &quota);
}

static const char *
book (Fixture *f, int64_t actor, int64_t room, const char *start, int64_t minutes,
      const char *override)
{
    g_autoptr (GArray) rooms = make_ids (room);
    HtBooking booking = { .title = (char *) "Họp",
                          .start = (char *) start,
                          .minutes = minutes,
                          .rooms = rooms,
                          .override = (char *) override };

    return fixture_do (f, actor, HT_COMMAND_BOOK, &booking);
}

static gboolean
find_in_body (const HtChange *change, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    const char **wanted = user_data;

    if (g_strstr_len (change->body, (gssize) change->body_bytes, *wanted) != NULL)
        *wanted = NULL;
    return TRUE;
}

static void
assert_logged (Fixture *f, const char *text)
{
    const char *wanted = text;

    g_assert_true (ht_service_read_log (f->service, HT_ACTOR_CLOCK, f->answer.number, 1,
                                        find_in_body, &wanted, NULL));
    g_assert_null (wanted);
}

static void
test_hours_of_a_unit (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 2, .start = (char *) "2026-12-07T08:00", .minutes = 120 };
    HtMove extend = { .id = 1, .minutes = 60 };

    g_assert_cmpstr (set_quota (f, OPERATOR, (HtPutQuota){ .unit_id = DISTRICT, .amount = 4 }), ==,
                     "denied");
    g_assert_cmpstr (set_quota (f, ADMIN, (HtPutQuota){ .unit_id = DISTRICT, .amount = 4 }), ==,
                     NULL);
    g_assert_cmpstr (book (f, TRAINER, ROOM_A, "2026-11-30T08:00", 180, NULL), ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, ROOM_B, "2026-12-06T08:00", 120, NULL), ==, "quota");
    g_assert_cmpstr (book (f, TRAINER, ROOM_B, "2026-12-06T08:00", 60, NULL), ==, NULL);
    g_assert_cmpstr (book (f, ADMIN, ROOM_B, "2026-12-01T08:00", 60, NULL), ==,
                     NULL); /* not theirs */
    /* another week, and back */
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, NULL);
    move.start = (char *) "2026-12-02T08:00";
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, "quota");
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_EXTEND, &extend), ==, NULL);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_EXTEND, &extend), ==, "quota");
    /* what a lowered quota passes keeps its place, and may shrink */
    g_assert_cmpstr (
        set_quota (f, ADMIN, (HtPutQuota){ .id = 1, .unit_id = DISTRICT, .amount = 2 }), ==, NULL);
    move = (HtMove){ .id = 1, .start = (char *) "2026-12-01T13:00", .minutes = 210 };
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, NULL);
}

static void
test_of_each_and_of_one (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtPutQuota each = {
        .kind = HT_QUOTA_CONCURRENT, .unit_id = DISTRICT, .each = TRUE, .amount = 1
    };
    HtPutQuota own = { .kind = HT_QUOTA_CONCURRENT, .person_id = TRAINER, .amount = 2 };

    g_assert_cmpstr (set_quota (f, ADMIN, each), ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, ROOM_A, "2026-12-01T08:00", 60, NULL), ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, ROOM_B, "2026-12-01T08:30", 60, NULL), ==, "quota");
    g_assert_cmpstr (book (f, TRAINER, ROOM_B, "2026-12-01T09:00", 60, NULL), ==, NULL);
    g_assert_cmpstr (book (f, OPERATOR, ROOM_B, "2026-12-01T08:00", 60, NULL), ==, NULL);
    g_assert_cmpstr (set_quota (f, ADMIN, own), ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, ROOM_A, "2026-12-01T09:00", 60, NULL), ==, NULL);
    own.unit_id = DISTRICT;
    g_assert_cmpstr (set_quota (f, ADMIN, own), ==, "quota-of-both");
    each.id = 2;
    g_assert_cmpstr (set_quota (f, ADMIN, each), ==, "quota-of-another");
}

static void
test_a_draft_takes_nothing_of_a_quota (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtVerdict verdict = { .id = 1, .reason = (char *) "x" };
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    HtBooking held = { .title = (char *) "x",
                       .start = (char *) "2026-12-01T08:00",
                       .minutes = 120,
                       .rooms = rooms,
                       .hold = TRUE };

    g_assert_cmpstr (set_quota (f, ADMIN, (HtPutQuota){ .amount = 2 }), ==, NULL);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &held), ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, ROOM_B, "2026-12-02T08:00", 60, NULL), ==, "quota");
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_REFUSE, &verdict), ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, ROOM_B, "2026-12-02T08:00", 60, NULL), ==, NULL);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_HOLD, &verdict), ==, "quota");
}

static void
test_notice_and_horizon (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 1, .start = (char *) "2026-11-25T10:00", .minutes = 60 };

    g_assert_cmpstr (set_quota (f, ADMIN, (HtPutQuota){ .kind = HT_QUOTA_NOTICE, .amount = 24 }),
                     ==, NULL);
    g_assert_cmpstr (set_quota (f, ADMIN, (HtPutQuota){ .kind = HT_QUOTA_HORIZON, .amount = 30 }),
                     ==, NULL);
    g_assert_cmpstr (book (f, TRAINER, ROOM_A, "2026-11-25T10:00", 60, NULL), ==,
                     "notice-too-short");
    g_assert_cmpstr (book (f, TRAINER, ROOM_A, "2026-12-28T10:00", 60, NULL), ==,
                     "beyond-quota-horizon");
    g_assert_cmpstr (book (f, TRAINER, ROOM_A, "2026-11-26T07:00", 60, NULL), ==, NULL);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, "notice-too-short");
    /* who may not set notice aside does not by giving a reason; who may is logged */
    g_assert_cmpstr (book (f, TRAINER, ROOM_A, "2026-11-25T10:00", 60, "bão"), ==,
                     "notice-too-short");
    g_assert_cmpstr (book (f, ADMIN, ROOM_A, "2026-11-25T10:00", 60, "bão"), ==, NULL);
    assert_logged (f, "\"override\":\"bão\"");
    assert_logged (f, "\"overrode\":[\"notice\"]");
}

/* What would be refused is told while the booking is being written. */
static void
test_a_preview_tells_of_quotas (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    HtBooking booking = {
        .title = (char *) "x", .start = (char *) "2026-12-01T08:00", .minutes = 90, .rooms = rooms
    };
    g_autoptr (HtPreview) seen = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_cmpstr (set_quota (f, ADMIN, (HtPutQuota){ .amount = 1 }), ==, NULL);
    seen = ht_service_preview (f->service, TRAINER, &booking, &error);
    g_assert_null (seen);
    g_assert_cmpstr (ht_problem_get_id (error), ==, "quota");
    booking.minutes = 60;
    seen = ht_service_preview (f->service, TRAINER, &booking, NULL);
    g_assert_nonnull (seen);
    g_assert_cmpstr (book (f, TRAINER, ROOM_A, "2026-12-01T08:00", 60, NULL), ==, NULL);
}

static void
test_passing_a_quota (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr (set_quota (f, ADMIN, (HtPutQuota){ .amount = 1 }), ==, NULL);
    g_assert_cmpstr (book (f, OPERATOR, ROOM_A, "2026-12-01T08:00", 90, "gấp"), ==, "quota");
    g_assert_cmpstr (book (f, ADMIN, ROOM_A, "2026-12-01T08:00", 90, NULL), ==, "quota");
    g_assert_cmpstr (book (f, ADMIN, ROOM_A, "2026-12-01T08:00", 90, "gấp"), ==, NULL);
    assert_logged (f, "\"overrode\":[\"quota\"]");
}

static const char *
import (Fixture *f, int what, const char *text)
{
    HtImport asked = { what, (char *) text, FALSE };

    return fixture_do (f, ADMIN, HT_COMMAND_IMPORT, &asked);
}

static void
test_closures (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) items = NULL, theirs = NULL;

    g_assert_cmpstr (
        import (f, HT_IMPORT_CLOSURES, "key,from,until,name\nle,2026-12-25,2026-12-26,Lễ\n"), ==,
        NULL);
    g_assert_cmpstr (import (f, HT_IMPORT_RESOURCES,
                             "key,kind,name,unit_key,capacity,setup_minutes,teardown_minutes,seats,"
                             "closure_key\nr1,room,A,province,1,0,0,20,le\n"),
                     ==, NULL);
    g_assert_cmpstr (book (f, OPERATOR, ROOM_A, "2026-12-25T08:00", 60, NULL), ==, "clash");
    g_assert_cmpstr (book (f, TRAINER, ROOM_A, "2026-12-25T08:00", 60, "gấp"), ==, "clash");
    g_assert_cmpstr (book (f, OPERATOR, ROOM_A, "2026-12-25T08:00", 60, "gấp"), ==, NULL);
    assert_logged (f, "\"overrode\":[\"closure\"]");
    g_assert_cmpstr (book (f, TRAINER, ROOM_A, "2026-12-28T08:00", 60, NULL), ==, NULL);
    /* a storm: what stood there is marked, and stays */
    g_assert_cmpstr (
        import (f, HT_IMPORT_CLOSURES, "key,from,until,name\nle,2026-12-25,2026-12-30,Bão\n"), ==,
        NULL);
    g_assert_cmpint (fixture_session (f, 2)->clash_us, ==, NOW_US);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_SCHEDULED);
    g_assert_cmpint (fixture_session (f, 1)->clash_us, ==, 0); /* it was out of hours before */
    items = ht_clashing_list (f->service, TRAINER);
    g_assert_cmpuint (items->len, ==, 1);
    g_assert_cmpint (g_array_index (items, HtClashing, 0).session->id, ==, 2);
    g_assert_cmpint (g_array_index (g_array_index (items, HtClashing, 0).resources, int64_t, 0), ==,
                     ROOM_A);
    theirs = ht_clashing_list (f->service, CADRE);
    g_assert_cmpuint (theirs->len, ==, 0);
    g_clear_pointer (&items, g_array_unref);
    g_assert_cmpstr (
        fixture_do (f, TRAINER, HT_COMMAND_MOVE,
                    &(HtMove){ .id = 2, .start = (char *) "2027-01-05T08:00", .minutes = 60 }),
        ==, NULL);
    items = ht_clashing_list (f->service, TRAINER);
    g_assert_cmpuint (items->len, ==, 0);
}

static const char *
hold_laptops (Fixture *f, const char *start)
{
    g_autoptr (GArray) equipment = g_array_new (FALSE, FALSE, sizeof (HtBookingEquipment));
    HtBookingEquipment laptops = { LAPTOPS, 20 };
    HtBooking booking = { .title = (char *) "x",
                          .start = (char *) start,
                          .minutes = 60,
                          .equipment = equipment,
                          .hold = TRUE };

    g_array_append_val (equipment, laptops);
    return fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking);
}

static void
test_a_lowered_capacity (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtVerdict verdict = { .id = 1 };

    g_assert_cmpstr (hold_laptops (f, "2026-12-25T08:00"), ==, NULL);
    g_assert_cmpstr (import (f, HT_IMPORT_RESOURCES,
                             "key,kind,name,unit_key,capacity,setup_minutes,teardown_minutes,seats,"
                             "closure_key\nr3,equipment,L,province,10,0,0,0,\n"),
                     ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->clash_us, ==, NOW_US);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_APPROVE, &verdict), ==, "clash");
    g_assert_cmpstr (import (f, HT_IMPORT_RESOURCES,
                             "key,kind,name,unit_key,capacity,setup_minutes,teardown_minutes,seats,"
                             "closure_key\nr3,equipment,L,province,25,0,0,0,\n"),
                     ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_APPROVE, &verdict), ==, NULL);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
    g_test_add ("/service/limits/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
    ADD ("hours", test_hours_of_a_unit);
    ADD ("each", test_of_each_and_of_one);
    ADD ("draft", test_a_draft_takes_nothing_of_a_quota);
    ADD ("notice", test_notice_and_horizon);
    ADD ("preview", test_a_preview_tells_of_quotas);
    ADD ("pass", test_passing_a_quota);
    ADD ("closures", test_closures);
    ADD ("capacity", test_a_lowered_capacity);
    return g_test_run ();
}
