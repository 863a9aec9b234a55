/* SPDX-License-Identifier: MIT */

/* When it could be: ranked times, and the reason where there is none. */

#include "scheduler/service/find-time.h"

#include "scheduler/base/error.h"
#include "scheduler/service/import.h"
#include "tests/service/fixture.h"

/* What the imported tables add: places of two communes behind one district's line. */
enum { DISTRICT_LINK = CAMERA_PORTS + 1, LINK_1, LINK_2 };
enum { CENTRE = SITE_LOW + 1, SITE_1, SITE_2 };

static void
do_import (Fixture *f, HtImportKind what, const char *text)
{
    HtImport import = { what, (char *) text, FALSE };

    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_IMPORT, &import), ==, NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
    fixture_set_up (f, data);
    do_import (f, HT_IMPORT_LINKS,
               "key,name,parent_key,kbps\nd,A Lưới,,4000\nl1,Xã 1,d,4000\nl2,Xã 2,d,4000\n");
    do_import (f, HT_IMPORT_SITES,
               "key,unit_key,name,short,seats,zone,room_key,link_key\n"
               "c,province,Trung tâm,C,,,,\ns1,commune,Xã 1,1,,,,l1\ns2,commune,Xã 2,2,,,,l2\n");
}

/* A conference of the centre with site 2, which takes so much of the district's line; daily. */
static void
fill_line (Fixture *f, const char *start, int64_t minutes, int64_t kbps, const char *rule)
{
    g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    HtBookingSite site = { SITE_2, kbps };
    HtBooking booking = { .title = (char *) "Giao ban",
                          .start = (char *) start,
                          .minutes = minutes,
                          .rule = (char *) rule,
                          .main_site = CENTRE,
                          .sites = sites };

    g_array_append_val (sites, site);
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, NULL);
}

static GArray *
make_sites (const HtBookingSite *sites, unsigned n)
{
    return g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (HtBookingSite)), sites, n);
}

static HtFoundTimes *
find (Fixture *f, const HtFindTime *asked)
{
    g_autoptr (GError) error = NULL;
    HtFoundTimes *found = ht_find_time (f->service, ADMIN, asked, &error);

    g_assert_no_error (error);
    g_assert_true (found->complete);
    return found;
}

/* "free 26T09:30", the day and hour in Huế. */
static char *
print_slots (const HtFoundTimes *found)
{
    GString *text = g_string_new (NULL);

    for (unsigned i = 0; i < found->slots->len; i++) {
        const HtFoundSlot *slot = &g_array_index (found->slots, HtFoundSlot, i);
        int64_t minutes = (slot->span.start_us - NOW_US) / (HOUR_US / 60) + 7 * 60;

        g_string_append_printf (text, "%s%s %d %02d:%02d", i > 0 ? ", " : "",
                                ht_found_kind_names[slot->kind], (int) (25 + minutes / 1440),
                                (int) (minutes % 1440 / 60), (int) (minutes % 60));
        if (slot->missing->len > 0)
            g_string_append_printf (text, " without %u", slot->missing->len);
        if (slot->displaced->len > 0)
            g_string_append_printf (text, " over %u", slot->displaced->len);
    }
    return g_string_free (text, FALSE);
}

#define ASSERT_SLOTS(found, expected)                                                              \
    G_STMT_START                                                                                   \
    {                                                                                              \
        g_autofree char *text_ = print_slots (found);                                              \
        g_assert_cmpstr (text_, ==, expected);                                                     \
    }                                                                                              \
    G_STMT_END

static void
test_free_times_come_first (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    HtFindTime asked = { .booking = { .minutes = 60, .rooms = rooms },
                         .from = (char *) "2026-11-26",
                         .to = (char *) "2026-11-26",
                         .hours_from = (char *) "08:00",
                         .hours_to = (char *) "12:00" };
    g_autoptr (HtFoundTimes) found = NULL;

    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    found = find (f, &asked);
    ASSERT_SLOTS (found, "free 26 09:30, free 26 10:30, displacing 26 08:00 over 1");
    g_assert_cmpuint (found->blockers->len, ==, 0);
}

static void
test_days_and_hours (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    char *weekdays[] = { (char *) "FR", (char *) "WE", NULL };
    g_autoptr (GArray) trainers = make_ids (TRAINER);
    HtFindTime asked = { .booking = { .minutes = 120, .trainers = trainers },
                         .to = (char *) "2026-12-04",
                         .hours_from = (char *) "07:30",
                         .hours_to = (char *) "10:00",
                         .weekdays = weekdays,
                         .most = 3 };
    g_autoptr (HtFoundTimes) found = find (f, &asked);

    ASSERT_SLOTS (found, "free 25 07:30, free 27 07:30, free 32 07:30");
}

/* The line of A Lưới is full every morning until 30 November. */
static void
test_a_line_is_full (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) sites = make_sites (&(HtBookingSite){ SITE_1, 1000 }, 1);
    HtFindTime asked = { .booking = { .minutes = 60, .main_site = CENTRE, .sites = sites },
                         .from = (char *) "2026-11-26",
                         .to = (char *) "2026-11-30",
                         .hours_from = (char *) "08:00",
                         .hours_to = (char *) "12:00",
                         .most = 2 };
    g_autoptr (HtFoundTimes) found = NULL;
    const HtFoundBlocker *blocker;

    fill_line (f, "2026-11-26T08:00", 240, 4000, "FREQ=DAILY;COUNT=5");
    found = find (f, &asked);
    ASSERT_SLOTS (found, "fewer-sites 26 08:00 without 1, displacing 26 08:00 over 1");
    g_assert_cmpuint (found->blockers->len, ==, 1);
    blocker = &g_array_index (found->blockers, HtFoundBlocker, 0);
    g_assert_cmpint (blocker->resource_id, ==, DISTRICT_LINK);
    g_assert_cmpint (blocker->without.start_us, ==, NOW_US + 25 * HOUR_US);
    g_assert_cmpint (blocker->free_from_us, ==, NOW_US + (6 * 24 + 1) * HOUR_US); /* 1 December */
    g_assert_cmpint (blocker->parts[HT_FOUND_MORNING].n_days, ==, 5);
    g_assert_cmpint (blocker->parts[HT_FOUND_MORNING].n_full, ==, 5);
    g_assert_cmpint (blocker->parts[HT_FOUND_MORNING].full_until, ==, 20787); /* 2026-11-30 */
    g_assert_cmpint (blocker->parts[HT_FOUND_AFTERNOON].n_days, ==, 0);
    g_assert_cmpuint (blocker->with->len, ==, 1);
    g_assert_cmpint (g_array_index (blocker->with, int64_t, 0), ==, 1);
    asked.hours_to = (char *) "17:00";
    g_clear_pointer (&found, ht_found_times_free);
    found = find (f, &asked);
    ASSERT_SLOTS (found, "free 26 12:00, free 26 13:00");
}

/* Two things are in the way, neither of which alone explains it. */
static void
test_several_are_in_the_way (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) sites = make_sites (&(HtBookingSite){ SITE_1, 1000 }, 1);
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    HtFindTime asked = {
        .booking = { .minutes = 60, .main_site = CENTRE, .sites = sites, .rooms = rooms },
        .from = (char *) "2026-11-26",
        .to = (char *) "2026-11-26",
        .hours_from = (char *) "08:00",
        .hours_to = (char *) "09:00"
    };
    g_autoptr (HtFoundTimes) found = NULL;

    fill_line (f, "2026-11-26T08:00", 240, 4000, NULL);
    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    found = find (f, &asked);
    ASSERT_SLOTS (found, "displacing 26 08:00 over 2");
    g_assert_cmpuint (found->without_resources->len, ==, 2);
    g_assert_cmpint (found->without.start_us, ==, NOW_US + 25 * HOUR_US);
    g_assert_cmpuint (found->blockers->len, ==, 2); /* both have no time at all */
}

/* The line has room for one of two: the last named stays away. */
static void
test_a_line_has_room_for_some (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) sites =
        make_sites ((const HtBookingSite[]){ { SITE_1, 800 }, { SITE_2, 800 } }, 2);
    HtFindTime asked = { .booking = { .minutes = 60, .main_site = CENTRE, .sites = sites },
                         .from = (char *) "2026-11-26",
                         .to = (char *) "2026-11-26",
                         .hours_from = (char *) "08:00",
                         .hours_to = (char *) "09:00" };
    g_autoptr (HtFoundTimes) found = NULL;
    const HtFoundSlot *slot;

    fill_line (f, "2026-11-26T08:00", 240, 3000, NULL);
    found = find (f, &asked);
    ASSERT_SLOTS (found, "fewer-sites 26 08:00 without 1, displacing 26 08:00 over 1");
    slot = &g_array_index (found->slots, HtFoundSlot, 0);
    g_assert_cmpint (slot->n_sites, ==, 2);
    g_assert_cmpint (g_array_index (slot->missing, int64_t, 0), ==, SITE_2);
}

/* Any room: one of two is free at each of these times, and nothing is between them. */
static void
test_any_room (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) any_of = g_array_new (FALSE, FALSE, sizeof (HtChoice));
    HtChoice room = { .kind = HT_RESOURCE_ROOM };
    HtFindTime asked = { .booking = { .minutes = 60, .any_of = any_of },
                         .from = (char *) "2026-11-26",
                         .to = (char *) "2026-11-26",
                         .hours_from = (char *) "08:00",
                         .hours_to = (char *) "10:30",
                         .most = 2 };
    g_autoptr (HtFoundTimes) found = NULL;
    g_autoptr (GError) error = NULL;

    g_array_append_val (any_of, room);
    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_A, "2026-11-26T08:00"), ==, NULL);
    g_assert_cmpstr (fixture_book (f, TRAINER, ROOM_B, "2026-11-26T08:30"), ==, NULL);
    found = find (f, &asked);
    ASSERT_SLOTS (found, "free 26 09:30, displacing 26 08:00 over 1");
    g_array_index (any_of, HtChoice, 0).seats = 1000;
    g_assert_null (ht_find_time (f->service, ADMIN, &asked, &error));
    g_assert_cmpstr (ht_problem_get_id (error), ==, "no-such-choice");
}

static void
test_refusals (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        int64_t actor;
        HtFindTime asked;
        const char *problem, *why;
    } cases[] = {
        { CADRE, { .booking = { .minutes = 60 } }, "denied", "who may not book asks no times" },
        { ADMIN, { .booking = { .minutes = 0 } }, "out-of-range", "no length" },
        { ADMIN,
          { .booking = { .minutes = 60 },
            .from = (char *) "2026-12-02",
            .to = (char *) "2026-12-01" },
          "out-of-range",
          "backwards" },
        { ADMIN,
          { .booking = { .minutes = 60 },
            .from = (char *) "2026-12-01",
            .to = (char *) "2027-03-01" },
          "out-of-range",
          "too many days" },
        { ADMIN,
          { .booking = { .minutes = 60 },
            .from = (char *) "2026-11-01",
            .to = (char *) "2026-11-24" },
          "out-of-range",
          "past" },
        { ADMIN, { .booking = { .minutes = 60 }, .from = (char *) "soon" }, "bad-date", "no day" },
        { ADMIN,
          { .booking = { .minutes = 60 }, .hours_from = (char *) "8:00" },
          "bad-time",
          "no hour" },
        { ADMIN,
          { .booking = { .minutes = 60 }, .hours_to = (char *) "24:01" },
          "bad-time",
          "after the end of the day" },
        { ADMIN,
          { .booking = { .minutes = 90 },
            .hours_from = (char *) "08:00",
            .hours_to = (char *) "09:00" },
          "hours-too-short",
          "longer than the hours" },
        { ADMIN,
          { .booking = { .minutes = 60 },
            .from = (char *) "2029-12-01",
            .to = (char *) "2029-12-01" },
          "beyond-horizon",
          "years ahead" },
        { ADMIN, { .booking = { .minutes = 60, .main_site = 99 } }, "no-such-member", "no site" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;

        g_test_message ("%s", cases[i].why);
        g_assert_null (ht_find_time (f->service, cases[i].actor, &cases[i].asked, &error));
        g_assert_cmpstr (ht_problem_get_id (error), ==, cases[i].problem);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, fixture_tear_down)
    ADD ("/service/find-time/free", test_free_times_come_first);
    ADD ("/service/find-time/hours", test_days_and_hours);
    ADD ("/service/find-time/full", test_a_line_is_full);
    ADD ("/service/find-time/several", test_several_are_in_the_way);
    ADD ("/service/find-time/some", test_a_line_has_room_for_some);
    ADD ("/service/find-time/any-room", test_any_room);
    ADD ("/service/find-time/refusals", test_refusals);
    return g_test_run ();
}
