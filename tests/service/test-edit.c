/* SPDX-License-Identifier: MIT */

/* This one, the following or all: what changes, what keeps its own, what is past; shown before it
 * is made, and made as it was shown. */

#include <string.h>

#include "scheduler/service/command.h"
#include "scheduler/service/session-part.h"
#include "tests/service/fixture.h"

#define BIT(part) (1u << (part))

/* A weekly series of four in room A, Thursdays at eight. Sessions 1 to 4. */
static void
book_series (Fixture *f, const char *rule)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    g_autoptr (GArray) trainers = make_ids (TRAINER);
    HtBooking booking = { .title = (char *) "Khóa học",
                          .start = (char *) "2026-11-26T08:00",
                          .minutes = 60,
                          .rule = (char *) rule,
                          .rooms = rooms,
                          .trainers = trainers };

    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_BOOK, &booking), ==, NULL);
}

static const char *
do_edit (Fixture *f, HtEdit edit)
{
    return fixture_do (f, TRAINER, HT_COMMAND_EDIT, &edit);
}

static const char *
move_one (Fixture *f, int64_t id, const char *start)
{
    HtMove move = { .id = id, .start = (char *) start };

    return fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move);
}

static int
get_hour (Fixture *f, int64_t session_id) /* in Huế, of its day */
{
    return (int) ((fixture_session (f, session_id)->start_us / HOUR_US + 7) % 24);
}

static int64_t
get_room (Fixture *f, int64_t session_id)
{
    const HtSession *session = fixture_session (f, session_id);

    for (unsigned i = 0; i < session->members->len; i++)
        if (g_array_index (session->members, HtMember, i).kind == HT_MEMBER_ROOM)
            return g_array_index (session->members, HtMember, i).ref_id;
    return 0;
}

static const HtSeries *
get_series (Fixture *f, int64_t session_id)
{
    return ht_reads_peek (f->service, HT_RECORD_SERIES, fixture_session (f, session_id)->series_id);
}

static void
test_a_move_is_shown (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 1, .start = (char *) "2026-11-26T10:00", .scope = HT_SCOPE_ALL };
    g_autoptr (HtDecision) shown = NULL;
    const HtPreviewKept *kept;
    int64_t slot_us;

    book_series (f, "FREQ=WEEKLY;COUNT=4");
    slot_us = fixture_session (f, 2)->slot_us;
    g_assert_cmpstr (move_one (f, 2, "2026-12-04T15:00"), ==, NULL);
    shown = ht_service_try (f->service, TRAINER, HT_COMMAND_MOVE, &move, NULL);
    g_assert_cmpuint (shown->preview->occurrences->len, ==, 3);
    g_assert_cmpuint (shown->preview->keeps->len, ==, 1);
    kept = &g_array_index (shown->preview->keeps, HtPreviewKept, 0);
    g_assert_cmpint (kept->session_id, ==, 2);
    g_assert_cmpuint (kept->parts, ==, BIT (HT_PART_TIME));
    g_assert_cmpint (get_hour (f, 1), ==, 8); /* nothing is done yet */

    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, NULL);
    g_assert_cmpint (get_hour (f, 1), ==, 10);
    g_assert_cmpint (get_hour (f, 2), ==, 15);
    g_assert_cmpint (get_hour (f, 4), ==, 10);
    g_assert_cmpint (fixture_session (f, 2)->slot_us, ==, slot_us + 2 * HOUR_US);
}

/* One that had a time of its own comes back to the others when all are moved from it. */
static void
test_all_from_one_that_differs (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 2, .start = (char *) "2026-12-03T10:00", .scope = HT_SCOPE_ALL };

    book_series (f, "FREQ=WEEKLY;COUNT=4");
    g_assert_cmpstr (move_one (f, 2, "2026-12-03T15:00"), ==, NULL);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, NULL);
    for (int64_t id = 1; id <= 4; id++) {
        g_assert_cmpint (get_hour (f, id), ==, 10);
        g_assert_cmpint (fixture_session (f, id)->slot_us, ==, fixture_session (f, id)->start_us);
    }
}

/* What has begun stays as it was; the rest is a series of its own, linked to it. */
static void
test_past_stays (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 3, .start = (char *) "2026-12-11T11:00", .scope = HT_SCOPE_ALL };
    g_autoptr (HtDecision) shown = NULL;
    HtSession before;

    book_series (f, "FREQ=WEEKLY;BYDAY=TH;COUNT=4");
    f->clock.set_us = fixture_session (f, 1)->start_us + 1;
    before = *fixture_session (f, 1);
    shown = ht_service_try (f->service, TRAINER, HT_COMMAND_MOVE, &move, NULL);
    g_assert_cmpuint (shown->preview->past->len, ==, 1);
    g_assert_cmpint (g_array_index (shown->preview->past, int64_t, 0), ==, 1);
    g_assert_cmpstr (fixture_do (f, TRAINER, HT_COMMAND_MOVE, &move), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->slot_us, ==, before.slot_us);
    g_assert_cmpint (fixture_session (f, 1)->sequence, ==, before.sequence);
    g_assert_cmpint (get_series (f, 2)->related_id, ==, get_series (f, 1)->id);
    g_assert_cmpint (get_series (f, 2)->id, ==, get_series (f, 4)->id);
    g_assert_cmpstr (get_series (f, 1)->rule, ==, "FREQ=WEEKLY;UNTIL=20261126T010000Z;BYDAY=TH");
    g_assert_cmpstr (get_series (f, 2)->rule, ==, "FREQ=WEEKLY;UNTIL=20261218T040000Z;BYDAY=FR");
}

static void
test_room_of_one (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_B);
    HtSession before;

    book_series (f, "FREQ=WEEKLY;COUNT=4");
    before = *fixture_session (f, 2);
    g_assert_cmpstr (do_edit (f, (HtEdit){ .move.id = 2, .rooms = rooms }), ==, NULL);
    g_assert_cmpint (get_room (f, 1), ==, ROOM_A);
    g_assert_cmpint (get_room (f, 2), ==, ROOM_B);
    g_assert_cmpint (fixture_session (f, 2)->start_us, ==, before.start_us);
    g_assert_cmpint (fixture_session (f, 2)->sequence, ==, before.sequence + 1);
    g_assert_cmpint (fixture_session (f, 2)->series_id, ==, before.series_id);
    /* the trainer is still there, and room A is free for somebody else */
    g_assert_cmpuint (fixture_session (f, 2)->members->len, ==, 2);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-12-03T08:00"), ==, NULL);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_B, "2026-12-03T08:00"), ==, "clash");
}

static void
test_room_of_following (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_B), none = make_ids (ROOM_B);
    HtEdit edit = { .move = { .id = 2, .scope = HT_SCOPE_FOLLOWING }, .rooms = rooms };
    g_autoptr (HtDecision) shown = NULL;

    book_series (f, "FREQ=WEEKLY;COUNT=4");
    g_array_set_size (none, 0);
    g_assert_cmpstr (do_edit (f, (HtEdit){ .move.id = 3, .rooms = none }), ==, NULL);
    g_assert_cmpint (get_room (f, 3), ==, 0);
    shown = ht_service_try (f->service, TRAINER, HT_COMMAND_EDIT, &edit, NULL);
    g_assert_cmpuint (shown->preview->keeps->len, ==, 1);
    g_assert_cmpint (g_array_index (shown->preview->keeps, HtPreviewKept, 0).session_id, ==, 3);
    g_assert_cmpstr (do_edit (f, edit), ==, NULL);
    g_assert_cmpint (get_room (f, 1), ==, ROOM_A);
    g_assert_cmpint (get_room (f, 2), ==, ROOM_B);
    g_assert_cmpint (get_room (f, 3), ==, 0);
    g_assert_cmpint (get_room (f, 4), ==, ROOM_B);
    g_assert_cmpint (get_series (f, 4)->id, ==, get_series (f, 1)->id); /* no rule changed */
}

/* A clash is no error where the difference is asked for, and leaves everything as it was. */
static void
test_clash_is_shown (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_B);
    HtEdit edit = { .move = { .id = 1, .scope = HT_SCOPE_ALL }, .rooms = rooms };
    g_autoptr (HtDecision) shown = NULL;
    const HtPreviewOccurrence *third;

    book_series (f, "FREQ=WEEKLY;COUNT=4");
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_B, "2026-12-10T08:30"), ==, NULL);
    shown = ht_service_try (f->service, TRAINER, HT_COMMAND_EDIT, &edit, NULL);
    g_assert_cmpuint (shown->preview->n_clashes, ==, 1);
    third = &g_array_index (shown->preview->occurrences, HtPreviewOccurrence, 2);
    g_assert_cmpint (third->session_id, ==, 3);
    g_assert_cmpuint (third->clashes->len, ==, 1);
    g_assert_cmpuint (shown->entries->len, ==, 4); /* and yet the whole difference */
    g_assert_cmpstr (do_edit (f, edit), ==, "clash");
    for (int64_t id = 1; id <= 4; id++)
        g_assert_cmpint (get_room (f, id), ==, ROOM_A);
}

static void
test_words (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtEdit one = { .move.id = 2, .title = (char *) "Ôn tập", .description = (char *) "Mang sách" };
    HtEdit all = { .move = { .id = 3, .scope = HT_SCOPE_ALL }, .title = (char *) "Khóa nâng cao" };

    book_series (f, "FREQ=WEEKLY;COUNT=4");
    g_assert_cmpstr (do_edit (f, one), ==, NULL);
    f->clock.set_us = fixture_session (f, 1)->start_us + 1;
    g_assert_cmpstr (do_edit (f, all), ==, NULL);
    g_assert_cmpstr (fixture_session (f, 1)->title, ==, "Khóa học"); /* as it was held */
    g_assert_cmpstr (fixture_session (f, 2)->title, ==, "Ôn tập");
    g_assert_cmpstr (fixture_session (f, 2)->description, ==, "Mang sách");
    g_assert_cmpstr (fixture_session (f, 3)->title, ==, NULL);
    g_assert_cmpstr (get_series (f, 3)->title, ==, "Khóa nâng cao");
    all.title = (char *) "";
    g_assert_cmpstr (do_edit (f, all), ==, "required");
}

static void
test_audience (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) persons = make_ids (CADRE);
    HtEdit edit = { .move.id = 2, .audience = 1 + HT_AUDIENCE_PERSONS, .audience_ids = persons };

    book_series (f, "FREQ=WEEKLY;COUNT=4");
    g_assert_cmpstr (do_edit (f, edit), ==, "belongs-to-series");
    edit.move.scope = HT_SCOPE_FOLLOWING;
    g_assert_cmpstr (do_edit (f, edit), ==, NULL);
    g_assert_true (ht_reads_sees (f->service, STRANGER, fixture_session (f, 1)));
    g_assert_false (ht_reads_sees (f->service, STRANGER, fixture_session (f, 2)));
    g_assert_true (ht_reads_sees (f->service, CADRE, fixture_session (f, 4)));
    g_assert_cmpint (get_series (f, 2)->related_id, ==, get_series (f, 1)->id);
    edit.audience = 0;
    g_assert_cmpstr (do_edit (f, edit), ==, "required");
}

static void
test_sources (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) sources = make_ids (CAMERA), none = make_ids (CAMERA);
    HtEdit edit = { .move = { .id = 1, .scope = HT_SCOPE_ALL }, .sources = sources };
    const HtJob *job;

    g_array_set_size (none, 0);
    book_series (f, "FREQ=WEEKLY;COUNT=2");
    g_assert_cmpstr (do_edit (f, edit), ==, NULL);
    job = ht_reads_peek (f->service, HT_RECORD_JOB, 2);
    g_assert_cmpstr (g_array_index (job->tracks, HtTrack, 0).name, ==, "main");
    edit.sources = none;
    edit.move.id = 2;
    edit.move.scope = HT_SCOPE_THIS;
    g_assert_cmpstr (do_edit (f, edit), ==, NULL);
    g_assert_nonnull (ht_reads_peek (f->service, HT_RECORD_JOB, 1));
    g_assert_null (ht_reads_peek (f->service, HT_RECORD_JOB, 2));
}

static void
test_sites_with_time (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    HtBookingSite low = { SITE_LOW, 3000 };
    HtEdit edit = { .move = { .id = 1, .start = (char *) "2026-11-26T14:00", .minutes = 30 },
                    .main_site = SITE_TOP,
                    .sites = sites };

    g_array_append_val (sites, low);
    book_series (f, "FREQ=WEEKLY;COUNT=2");
    g_assert_cmpstr (do_edit (f, edit), ==, NULL);
    g_assert_cmpint (get_hour (f, 1), ==, 14);
    g_assert_cmpint (fixture_session (f, 1)->end_us - fixture_session (f, 1)->start_us, ==,
                     HOUR_US / 2);
    g_assert_cmpuint (fixture_session (f, 1)->members->len, ==, 4);
    edit.main_site = SITE_LOW; /* is among the sites already */
    edit.sites = NULL;
    g_assert_cmpstr (do_edit (f, edit), ==, "named-twice");
}

static void
test_refused (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (LAPTOPS);
    HtEdit edit = { .move.id = 1, .rooms = rooms };

    book_series (f, "FREQ=WEEKLY;COUNT=2");
    g_assert_cmpstr (fixture_do (f, CADRE, HT_COMMAND_EDIT, &edit), ==, "denied");
    g_assert_cmpstr (do_edit (f, edit), ==, "no-such-member");
    edit.move.if_number = 99;
    g_assert_cmpstr (do_edit (f, edit), ==, "changed-meanwhile");
    edit.move = (HtMove){ .id = 77 };
    g_assert_cmpstr (do_edit (f, edit), ==, "not-found");
    edit = (HtEdit){ .move = { .id = 1, .start = (char *) "2026-11-24T08:00" } };
    g_assert_cmpstr (do_edit (f, edit), ==, "start-past");
    edit = (HtEdit){ .move = { .id = 1 } };
    g_assert_cmpstr (do_edit (f, edit), ==, NULL);
    g_assert_cmpint (f->answer.number, ==, 0); /* nothing is asked, nothing changes */
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
    g_test_add ("/service/edit/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
    ADD ("a-move-is-shown", test_a_move_is_shown);
    ADD ("all-from-one-that-differs", test_all_from_one_that_differs);
    ADD ("past-stays", test_past_stays);
    ADD ("room-of-one", test_room_of_one);
    ADD ("room-of-following", test_room_of_following);
    ADD ("clash-is-shown", test_clash_is_shown);
    ADD ("words", test_words);
    ADD ("audience", test_audience);
    ADD ("sources", test_sources);
    ADD ("sites-with-time", test_sites_with_time);
    ADD ("refused", test_refused);
    return g_test_run ();
}
