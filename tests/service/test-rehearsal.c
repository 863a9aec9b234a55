/* SPDX-License-Identifier: MIT */

/* Rehearsals: booked with a conference or later, asked for like any session, moved and called off
 * with what they rehearse. */

#include "scheduler/service/command.h"
#include "tests/service/operated.h"

#define MINUTE_US (HOUR_US / 60)

/* Of the conference: 27 November, 08:00 in Huế. */
#define START_US (NOW_US + 49 * HOUR_US)

static const char *
book_with_by (Fixture *f, int64_t actor_id, HtRehearsal wanted)
{
    g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    g_autoptr (GArray) rehearsals = g_array_new (FALSE, FALSE, sizeof (HtRehearsal));
    HtBookingSite low = { .id = SITE_LOW, .kbps = 2000 };
    HtBooking booking = { .kind = HT_SERIES_CONFERENCE,
                          .title = (char *) "Giao ban",
                          .unit_id = DISTRICT,
                          .start = (char *) "2026-11-27T08:00",
                          .minutes = 60,
                          .main_site = SITE_TOP,
                          .sites = sites,
                          .rehearsals = rehearsals,
                          .run_on = HT_RUN_ON_YES };

    g_array_append_val (sites, low);
    g_array_append_val (rehearsals, wanted);
    return fixture_do (f, actor_id, HT_COMMAND_BOOK, &booking);
}

static const char *
book_with (Fixture *f, HtRehearsal wanted)
{
    return book_with_by (f, OPERATOR, wanted);
}

static const char *
rehearse (Fixture *f, int64_t actor_id, HtRehearsal wanted)
{
    HtRehearse asked = { .id = 1, .rehearsal = wanted };

    return fixture_do (f, actor_id, HT_COMMAND_REHEARSE, &asked);
}

static void
test_booked_together (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const HtSession *rehearsal;
    const HtSeries *series;

    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_DAY_BEFORE }), ==, NULL);
    rehearsal = fixture_session (f, 2);
    g_assert_cmpint (rehearsal->start_us, ==, START_US - 24 * HOUR_US);
    g_assert_cmpint (rehearsal->end_us - rehearsal->start_us, ==, HOUR_US / 2);
    g_assert_cmpint (rehearsal->state, ==, HT_SESSION_SCHEDULED);
    g_assert_cmpuint (rehearsal->members->len, ==, 2);
    g_assert_cmpint (operated_peek (f, 2)->rehearses_id, ==, 1);
    g_assert_cmpuint (operated_peek (f, 1)->rehearsal_ids->len, ==, 1);
    g_assert_true (operated_peek (f, 1)->runs_on);
    g_assert_cmpint (f->answer.id, ==, 1); /* the conference's series */
    series = ht_reads_peek (f->service, HT_RECORD_SERIES, rehearsal->series_id);
    g_assert_cmpstr (series->title, ==, "Tổng duyệt: Giao ban");
    /* it takes the sites */
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_B, "2026-11-26T08:15"), ==, "clash");
}

static void
test_all_or_nothing (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_B, "2026-11-26T08:15"), ==, NULL);
    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_DAY_BEFORE }), ==, "clash");
    g_assert_null (fixture_session (f, 2));
    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_HOUR_BEFORE }), ==, NULL);
    g_assert_cmpint (fixture_session (f, 3)->start_us, ==, START_US - HOUR_US);
}

static void
test_added_later (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) low = make_ids (SITE_LOW);
    g_autoptr (GArray) spare = make_ids (SITE_SPARE);

    g_assert_cmpstr (operated_book (f, "2026-11-27T08:00"), ==, NULL);
    g_assert_cmpstr (rehearse (f, CADRE, (HtRehearsal){ .sites = low }), ==, "denied");
    g_assert_cmpstr (rehearse (f, OPERATOR, (HtRehearsal){ .sites = spare }), ==, "no-such-member");
    g_assert_cmpstr (
        rehearse (f, OPERATOR, (HtRehearsal){ .lead = HT_REHEARSAL_HOUR_BEFORE, .minutes = 61 }),
        ==, "rehearsal-too-late");
    g_assert_cmpstr (rehearse (f, OPERATOR, (HtRehearsal){ .start = (char *) "2026-11-24T08:00" }),
                     ==, "rehearsal-past");
    g_assert_cmpstr (
        rehearse (f, OPERATOR, (HtRehearsal){ .start = (char *) "2026-11-26T15:00", .sites = low }),
        ==, NULL);
    g_assert_cmpint (f->answer.id, ==, 2);
    g_assert_cmpint (fixture_session (f, 2)->start_us, ==, NOW_US + 32 * HOUR_US);

    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_REHEARSE, &(HtRehearse){ .id = 2 }), ==,
                     "is-rehearsal");
}

static void
test_moves_along (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove move = { .id = 1, .start = (char *) "2026-11-28T09:00" };

    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_DAY_BEFORE }), ==, NULL);
    g_assert_cmpstr (
        rehearse (f, OPERATOR, (HtRehearsal){ .lead = HT_REHEARSAL_HOUR_BEFORE, .stays = TRUE }),
        ==, NULL);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_B, "2026-11-27T09:15"), ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &move), ==, "clash");
    g_assert_cmpint (fixture_session (f, 1)->start_us, ==, START_US);
    move.start = (char *) "2026-11-28T10:45";
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &move), ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->start_us, ==, START_US + 2 * HOUR_US + 45 * MINUTE_US);
    g_assert_cmpint (fixture_session (f, 3)->start_us, ==, START_US - HOUR_US); /* stays */
    /* so near that it would have been yesterday */
    move.start = (char *) "2026-11-25T14:00";
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &move), ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_CANCELLED);
}

static void
test_called_off_along (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_DAY_BEFORE }), ==, NULL);
    g_assert_cmpstr (
        fixture_do (f, OPERATOR, HT_COMMAND_CANCEL, &(HtMove){ .id = 1, .reason = (char *) "bão" }),
        ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_B, "2026-11-26T08:15"), ==, NULL);
}

static void
test_only_the_rehearsal_is_called_off (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_DAY_BEFORE }), ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_CANCEL,
                                 &(HtMove){ .id = 2, .reason = (char *) "đủ rồi" }),
                     ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_SCHEDULED);
}

static void
test_undone_together (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtTarget undo = { 0 };

    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_DAY_BEFORE }), ==, NULL);
    undo.id = f->answer.number;
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_UNDO, &undo), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_CANCELLED);
}

/* Going along with every kind of change. */

static int
get_day (Fixture *f, int64_t session_id) /* of November, in Huế */
{
    return (int) ((fixture_session (f, session_id)->start_us - NOW_US + 7 * HOUR_US) /
                  (24 * HOUR_US)) +
           25;
}

static void
assert_days (Fixture *f, const int days[6])
{
    for (int64_t id = 1; id <= 6; id++)
        g_assert_cmpint (get_day (f, id), ==, days[id - 1]);
}

/* Sessions 1 to 3, and their rehearsals 4 to 6 on the days before. */
static const char *
book_three (Fixture *f, const char *rule)
{
    g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    g_autoptr (GArray) rehearsals = g_array_new (FALSE, FALSE, sizeof (HtRehearsal));
    HtBookingSite low = { .id = SITE_LOW, .kbps = 2000 };
    HtRehearsal day_before = { .start = NULL };
    HtBooking booking = { .kind = HT_SERIES_CONFERENCE,
                          .title = (char *) "Giao ban",
                          .unit_id = DISTRICT,
                          .start = (char *) "2026-11-27T08:00",
                          .minutes = 60,
                          .rule = (char *) rule,
                          .main_site = SITE_TOP,
                          .sites = sites,
                          .rehearsals = rehearsals };

    g_array_append_val (sites, low);
    g_array_append_val (rehearsals, day_before);
    return fixture_do (f, OPERATOR, HT_COMMAND_BOOK, &booking);
}

static void
test_in_each_others_way (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr (book_three (f, "FREQ=DAILY;COUNT=3"), ==, "clash");
    g_assert_null (fixture_session (f, 1));
    g_assert_cmpstr (book_three (f, "FREQ=WEEKLY;COUNT=3"), ==, NULL);
    assert_days (f, (int[]){ 27, 34, 41, 26, 33, 40 });
}

static const struct {
    const char *what;
    int scope;
    int days[6]; /* of November: the conferences, then their rehearsals */
} scopes[] = {
    { "this one alone", HT_SCOPE_THIS, { 27, 36, 41, 26, 35, 40 } },
    { "this and those that follow", HT_SCOPE_FOLLOWING, { 27, 36, 43, 26, 35, 42 } },
    { "all", HT_SCOPE_ALL, { 29, 36, 43, 28, 35, 42 } },
};

static void
test_scopes (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr (book_three (f, "FREQ=WEEKLY;COUNT=3"), ==, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (scopes); i++) {
        HtMove move = { .id = 2, .start = (char *) "2026-12-06T08:00", .scope = scopes[i].scope };
        HtTarget undo = { 0, 0 };
        g_autoptr (HtDecision) shown =
            ht_service_try (f->service, OPERATOR, HT_COMMAND_MOVE, &move, NULL);

        g_test_message ("%s", scopes[i].what);
        g_assert_nonnull (shown);
        assert_days (f, (int[]){ 27, 34, 41, 26, 33, 40 });
        g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &move), ==, NULL);
        assert_days (f, scopes[i].days);
        g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_UNDO, &undo), ==, NULL);
        assert_days (f, (int[]){ 27, 34, 41, 26, 33, 40 });
    }
}

static void
test_cancel_scope (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove cancel = { .id = 2, .scope = HT_SCOPE_FOLLOWING, .reason = (char *) "bão" };
    HtTarget undo = { 0, 0 };

    g_assert_cmpstr (book_three (f, "FREQ=WEEKLY;COUNT=3"), ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_CANCEL, &cancel), ==, NULL);
    g_assert_cmpint (fixture_session (f, 4)->state, ==, HT_SESSION_SCHEDULED);
    g_assert_cmpint (fixture_session (f, 5)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpint (fixture_session (f, 6)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpstr (fixture_session (f, 6)->reason, ==, "bão");
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_UNDO, &undo), ==, NULL);
    g_assert_cmpint (fixture_session (f, 6)->state, ==, HT_SESSION_SCHEDULED);
}

static const char *
edit_sites (Fixture *f, int scope, const int64_t *ids, unsigned n)
{
    g_autoptr (GArray) sites = g_array_new (FALSE, TRUE, sizeof (HtBookingSite));
    HtEdit edit = { .move = { .id = 2, .scope = scope }, .sites = sites };

    for (unsigned i = 0; i < n; i++)
        g_array_append_val (sites, ((HtBookingSite){ .id = ids[i], .kbps = 1000 }));
    return fixture_do (f, OPERATOR, HT_COMMAND_EDIT, &edit);
}

static void
assert_sites (Fixture *f, int64_t session_id, const char *expected)
{
    g_autoptr (GString) sites = g_string_new (NULL);
    const GArray *members = fixture_session (f, session_id)->members;

    for (unsigned i = 0; i < members->len; i++)
        g_string_append_printf (sites, "%d@%d ", (int) g_array_index (members, HtMember, i).ref_id,
                                (int) g_array_index (members, HtMember, i).amount);
    g_assert_cmpstr (sites->str, ==, expected);
}

static void
test_sites_agree (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const int64_t both[] = { SITE_LOW, SITE_SPARE }, spare[] = { SITE_SPARE };
    HtTarget undo = { 0, 0 };

    g_assert_cmpstr (book_three (f, "FREQ=WEEKLY;COUNT=3"), ==, NULL);
    assert_sites (f, 5, "1@0 2@2000 ");
    g_assert_cmpstr (edit_sites (f, HT_SCOPE_THIS, both, 2), ==, NULL);
    assert_sites (f, 4, "1@0 2@2000 ");
    assert_sites (f, 5, "1@0 2@1000 3@1000 ");
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_UNDO, &undo), ==, NULL);
    assert_sites (f, 5, "1@0 2@2000 ");
    g_assert_cmpstr (edit_sites (f, HT_SCOPE_ALL, spare, 1), ==, NULL);
    for (int64_t id = 4; id <= 6; id++)
        assert_sites (f, id, "1@0 3@1000 ");
    /* the rehearsal's line is asked for, too */
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_C, "2026-12-03T08:15"), ==, "clash");
}

static void
test_named_alike (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) only_top = make_ids (SITE_TOP);

    g_assert_cmpstr (operated_book (f, "2026-11-27T08:00"), ==, NULL);
    g_assert_cmpstr (rehearse (f, OPERATOR, (HtRehearsal){ .sites = only_top }), ==, NULL);
    assert_sites (f, 2, "1@0 ");
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_EDIT,
                                 &(HtEdit){ .move = { .id = 1 }, .title = (char *) "Họp" }),
                     ==, NULL);
    g_assert_cmpstr (((const HtSeries *) ht_reads_peek (f->service, HT_RECORD_SERIES,
                                                        fixture_session (f, 2)->series_id))
                         ->title,
                     ==, "Tổng duyệt: Họp");
}

static void
test_substitute_takes_over (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtSubstitute substitute = { .id = 1, .site_id = SITE_LOW, .substitute_id = SITE_SPARE };

    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_DAY_BEFORE }), ==, NULL);
    /* the spare room is taken while it is rehearsed */
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_C, "2026-11-26T08:15"), ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_SUBSTITUTE, &substitute), ==, "clash");
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_CANCEL,
                                 &(HtMove){ .id = 3, .reason = (char *) "nhường chỗ" }),
                     ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_SUBSTITUTE, &substitute), ==, NULL);
    assert_sites (f, 1, "1@0 3@2000 ");
    assert_sites (f, 2, "1@0 3@2000 ");
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_C, "2026-11-26T08:15"), ==, "clash");
}

static int64_t
get_end_us (Fixture *f, int64_t session_id, int64_t resource_id)
{
    const GArray *reservations = fixture_session (f, session_id)->reservations;

    for (unsigned i = 0; i < reservations->len; i++)
        if (g_array_index (reservations, HtReservation, i).resource_id == resource_id)
            return g_array_index (reservations, HtReservation, i).end_us;
    return 0;
}

/* A room is set up once for both, 45 minutes before what is rehearsed. */
static void
test_shares_what_is_set_up (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtSubstitute substitute = { .id = 1, .site_id = SITE_LOW, .substitute_id = SITE_SPARE };
    HtMove move = { .id = 1, .start = (char *) "2026-11-28T08:00" };
    HtTarget undo = { 0, 0 };

    g_assert_cmpstr (
        book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_HOUR_BEFORE, .stays = TRUE }), ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_SUBSTITUTE, &substitute), ==, NULL);
    g_assert_cmpint (get_end_us (f, 2, ROOM_C), ==, START_US - 45 * MINUTE_US);
    g_assert_cmpstr (
        rehearse (f, OPERATOR,
                  (HtRehearsal){ .start = (char *) "2026-11-27T07:30", .stays = TRUE }),
        ==, "clash"); /* it must be set up for that, too */
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &move), ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->end_us, ==, START_US - 30 * MINUTE_US);
    g_assert_cmpint (get_end_us (f, 2, ROOM_C), ==, START_US - 30 * MINUTE_US);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_UNDO, &undo), ==, NULL);
    g_assert_cmpint (get_end_us (f, 2, ROOM_C), ==, START_US - 45 * MINUTE_US);
}

static void
test_approved_together (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtVerdict verdict = { .id = 1, .reason = (char *) "chưa cần" };
    HtTarget undo = { 0, 0 };

    g_assert_cmpstr (book_with_by (f, TRAINER, (HtRehearsal){ .lead = HT_REHEARSAL_DAY_BEFORE }),
                     ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_HELD);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_HELD);
    g_assert_cmpint (fixture_session (f, 2)->hold_until_us, >, 0);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_APPROVE, &verdict), ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_SCHEDULED);
    g_assert_cmpint (fixture_session (f, 2)->hold_until_us, ==, 0);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_UNDO, &undo), ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_HELD);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_REFUSE, &verdict), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->state, ==, HT_SESSION_DRAFT);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpstr (fixture_session (f, 2)->reason, ==, "chưa cần");
}

static void
test_displaced_together (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_B);
    g_autoptr (GArray) displaces = g_array_new (FALSE, TRUE, sizeof (HtDisplaced));
    HtDisplaced moved = { .id = 1, .start = (char *) "2026-11-27T14:00" };
    HtBooking booking = { .title = (char *) "Họp khẩn",
                          .unit_id = DISTRICT,
                          .start = (char *) "2026-11-27T08:00",
                          .minutes = 60,
                          .rooms = rooms,
                          .rank = HT_N_RANKS - 1,
                          .displaces = displaces };

    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_DAY_BEFORE }), ==, NULL);
    moved.number = fixture_session (f, 1)->changed_number;
    g_array_append_val (displaces, moved);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, NULL);
    g_assert_cmpint (fixture_session (f, 1)->start_us, ==, START_US + 6 * HOUR_US);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpuint (fixture_session (f, 2)->reservations->len, ==, 0);
}

static void
test_with_many (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtChangeMany many = { .unit_id = PROVINCE,
                          .from = (char *) "2026-11-27",
                          .until = (char *) "2026-11-27",
                          .those = HT_THOSE_FITTING,
                          .days = 1 };

    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_HOUR_BEFORE }), ==, NULL);
    g_assert_cmpstr (rehearse (f, OPERATOR, (HtRehearsal){ .start = (char *) "2026-11-25T15:00" }),
                     ==, NULL);
    /* in the way of the second rehearsal: so its conference stays, too */
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_B, "2026-11-26T15:15"), ==, NULL);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_CHANGE_MANY, &many), ==, NULL);
    g_assert_cmpint (get_day (f, 1), ==, 27);
    g_assert_cmpint (get_day (f, 2), ==, 27);
    g_assert_cmpint (get_day (f, 3), ==, 25);
    many.days = 2;
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_CHANGE_MANY, &many), ==, NULL);
    g_assert_cmpint (get_day (f, 1), ==, 29);
    g_assert_cmpint (get_day (f, 2), ==, 29);
    g_assert_cmpint (get_day (f, 3), ==, 27);
}

static void
test_stays_before (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtMove late = { .id = 2, .start = (char *) "2026-11-27T07:45" };
    HtMove early = { .id = 1, .start = (char *) "2026-11-26T08:15" };
    HtTarget undo = { 0, 0 };

    g_assert_cmpstr (book_with (f, (HtRehearsal){ .lead = HT_REHEARSAL_DAY_BEFORE, .stays = TRUE }),
                     ==, NULL);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &late), ==, "rehearsal-too-late");
    early.start = (char *) "2026-11-26T14:00";
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &early), ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_SCHEDULED);
    early.start = (char *) "2026-11-26T06:00"; /* before it could be rehearsed */
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_MOVE, &early), ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpstr (fixture_do (f, OPERATOR, HT_COMMAND_UNDO, &undo), ==, NULL);
    g_assert_cmpint (fixture_session (f, 2)->state, ==, HT_SESSION_SCHEDULED);
}

#define ADD(name, test)                                                                            \
    g_test_add ("/service/rehearsal/" name, Fixture, NULL, operated_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("together", test_booked_together);
    ADD ("all-or-nothing", test_all_or_nothing);
    ADD ("later", test_added_later);
    ADD ("moves", test_moves_along);
    ADD ("called-off", test_called_off_along);
    ADD ("alone", test_only_the_rehearsal_is_called_off);
    ADD ("undone", test_undone_together);
    ADD ("in-the-way", test_in_each_others_way);
    ADD ("scopes", test_scopes);
    ADD ("cancel-scope", test_cancel_scope);
    ADD ("sites", test_sites_agree);
    ADD ("named-alike", test_named_alike);
    ADD ("substitute", test_substitute_takes_over);
    ADD ("shares", test_shares_what_is_set_up);
    ADD ("approved", test_approved_together);
    ADD ("displaced", test_displaced_together);
    ADD ("many", test_with_many);
    ADD ("stays", test_stays_before);
    return g_test_run ();
}
