/* SPDX-License-Identifier: MIT */

/* A storm, a swapped working day: many sessions in one change, or none. */

#include <string.h>

#include "scheduler/service/command.h"
#include "tests/service/fixture.h"

/* Saturday the 28th: two of the trainer in room A, one of the operator in room B, and one on
 * Friday that is not meant. Sessions 1 to 4. */
static void
book_saturday (Fixture *f)
{
    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-28T08:00"), ==, NULL);
    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-28T14:00"), ==, NULL);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_B, "2026-11-28T08:00"), ==, NULL);
    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-27T08:00"), ==, NULL);
}

static const HtChangeMany saturday = { .unit_id = PROVINCE,
                                       .from = (char *) "2026-11-28",
                                       .until = (char *) "2026-11-28" };

static const char *
do_many (Fixture *f, int64_t actor, HtChangeMany many)
{
    return fixture_do (f, actor, HT_COMMAND_CHANGE_MANY, &many);
}

static int64_t
get_day (Fixture *f, int64_t session_id) /* of November, in Huế */
{
    return (fixture_session (f, session_id)->start_us - NOW_US + 7 * HOUR_US) / (24 * HOUR_US) + 25;
}

static void
test_swapped_day (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtChangeMany many = saturday;
    g_autoptr (HtDecision) shown = NULL;
    HtTarget undo = { 0, 0 };

    book_saturday (f);
    many.to_day = (char *) "2026-11-30";
    shown = ht_service_try (f->service, ADMIN, HT_COMMAND_CHANGE_MANY, &many, NULL);
    g_assert_cmpuint (shown->entries->len, ==, 3);
    g_assert_cmpuint (shown->notices->len, ==, 2); /* persons, not sessions */
    g_assert_cmpint (get_day (f, 1), ==, 28);
    many.if_number = shown->preview->number;
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, NULL);
    for (int64_t id = 1; id <= 3; id++)
        g_assert_cmpint (get_day (f, id), ==, 30);
    g_assert_cmpint (fixture_session (f, 2)->start_us - fixture_session (f, 1)->start_us, ==,
                     6 * HOUR_US);
    g_assert_cmpint (get_day (f, 4), ==, 27);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_UNDO, &undo), ==, NULL);
    for (int64_t id = 1; id <= 3; id++)
        g_assert_cmpint (get_day (f, id), ==, 28);
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, "changed-meanwhile");
}

static void
test_all_or_nothing (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtChangeMany many = saturday;
    g_autoptr (HtDecision) shown = NULL;
    const HtPreviewOccurrence *left;

    book_saturday (f);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_B, "2026-11-30T08:30"), ==, NULL);
    many.days = 2;
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, "clash");
    g_assert_cmpint (get_day (f, 1), ==, 28);
    many.those = HT_THOSE_FITTING;
    shown = ht_service_try (f->service, ADMIN, HT_COMMAND_CHANGE_MANY, &many, NULL);
    g_assert_cmpuint (shown->entries->len, ==, 2);
    g_assert_cmpuint (shown->preview->left->len, ==, 1);
    left = &g_array_index (shown->preview->left, HtPreviewOccurrence, 0);
    g_assert_cmpint (left->session_id, ==, 3);
    g_assert_cmpstr (left->why, ==, "clash");
    g_assert_cmpuint (left->clashes->len, ==, 1);
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, NULL);
    g_assert_cmpint (get_day (f, 2), ==, 30);
    g_assert_cmpint (get_day (f, 3), ==, 28);
}

/* What stays in its place may be in the way of another that would take it. */
static void
test_chain (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtChangeMany many = { .resource_id = ROOM_A,
                          .from = (char *) "2026-11-26",
                          .until = (char *) "2026-11-27",
                          .days = 1,
                          .those = HT_THOSE_FITTING };

    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-27T08:00"), ==, NULL);
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, NULL);
    g_assert_cmpint (get_day (f, 1), ==, 27); /* into the place that the other leaves */
    g_assert_cmpint (get_day (f, 2), ==, 28);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-11-29T08:00"), ==, NULL);
    many.from = (char *) "2026-11-27";
    many.until = (char *) "2026-11-28";
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, NULL);
    g_assert_cmpint (f->answer.number, ==, 0); /* the second has no place, so the first has none */
    g_assert_cmpint (get_day (f, 1), ==, 27);
}

static void
test_cancel (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtChangeMany many = saturday;
    HtTarget undo = { 0, 0 };

    book_saturday (f);
    many.action = HT_MANY_CANCEL;
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, "required");
    many.reason = (char *) "bão số 9";
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, NULL);
    for (int64_t id = 1; id <= 3; id++)
        g_assert_cmpint (fixture_session (f, id)->state, ==, HT_SESSION_CANCELLED);
    g_assert_cmpint (fixture_session (f, 4)->state, ==, HT_SESSION_SCHEDULED);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_UNDO, &undo), ==, NULL);
    for (int64_t id = 1; id <= 3; id++)
        g_assert_cmpint (fixture_session (f, id)->state, ==, HT_SESSION_SCHEDULED);
    g_assert_cmpstr (fixture_book (f, OPERATOR, ROOM_A, "2026-11-28T08:00"), ==, "clash");
}

/* A trainer changes their own; those of others are named, where they are to be seen. */
static void
test_only_what_one_may (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtChangeMany many = saturday;
    g_autoptr (HtDecision) shown = NULL;
    const HtPreviewOccurrence *left;

    book_saturday (f);
    many.days = 3;
    g_assert_cmpstr (do_many (f, CADRE, many), ==, "denied");
    shown = ht_service_try (f->service, TRAINER, HT_COMMAND_CHANGE_MANY, &many, NULL);
    g_assert_cmpuint (shown->entries->len, ==, 2);
    g_assert_cmpuint (shown->preview->left->len, ==, 1);
    left = &g_array_index (shown->preview->left, HtPreviewOccurrence, 0);
    g_assert_cmpint (left->session_id, ==, 3);
    g_assert_cmpstr (left->why, ==, "denied");
}

static void
test_which (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        HtChangeMany many;
        unsigned n;
        const char *sentence;
    } rows[] = {
        { { .unit_id = PROVINCE }, 3, "rooms of the province" },
        { { .unit_id = DISTRICT }, 3, "held by units of the district" },
        { { .unit_id = COMMUNE }, 0, "nothing is held in the commune" },
        { { .resource_id = ROOM_A }, 2, "one room" },
        { { .resource_id = ROOM_B }, 1, "the other room" },
        { { .unit_id = DISTRICT, .resource_id = ROOM_B }, 1, "both must hold" },
        { { .site_id = SITE_LOW }, 0, "no conference" },
    };

    book_saturday (f);
    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (HtDecision) shown = NULL;
        HtChangeMany many = rows[i].many;

        many.from = many.until = (char *) "2026-11-28";
        many.days = 1;
        shown = ht_service_try (f->service, ADMIN, HT_COMMAND_CHANGE_MANY, &many, NULL);
        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpuint (shown->entries->len, ==, rows[i].n);
    }
}

static void
test_refused (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtChangeMany many = saturday;

    g_assert_cmpstr (do_many (f, ADMIN, many), ==, "required"); /* where to */
    many.days = 1;
    many.unit_id = 0;
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, "required"); /* which */
    many.resource_id = 99;
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, "not-found");
    many.resource_id = ROOM_A;
    many.until = (char *) "2026-11-27";
    g_assert_cmpstr (do_many (f, ADMIN, many), ==, "out-of-range");
    many.until = (char *) "2026-11-31";
    g_assert_nonnull (do_many (f, ADMIN, many));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
    g_test_add ("/service/change-many/" name, Fixture, NULL, fixture_set_up, function,             \
                fixture_tear_down)
    ADD ("swapped-day", test_swapped_day);
    ADD ("all-or-nothing", test_all_or_nothing);
    ADD ("chain", test_chain);
    ADD ("cancel", test_cancel);
    ADD ("only-what-one-may", test_only_what_one_may);
    ADD ("which", test_which);
    ADD ("refused", test_refused);
    return g_test_run ();
}
