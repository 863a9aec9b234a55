/* SPDX-License-Identifier: MIT */

/* What sites and watchers take of the lines, and recordings of a unit's disk. */

#include "scheduler/service/import.h"
#include "tests/service/fixture.h"

enum { DISTRICT_LINK = CAMERA_PORTS + 1, LINK_1, LINK_2, DISK, UNIT_DISK };
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
               "key,name,parent_key,kbps,relay\n"
               "d,A Lưới,,4000,yes\nl1,Xã 1,d,4000,no\nl2,Xã 2,d,4000,\n");
    do_import (f, HT_IMPORT_RESOURCES,
               "key,kind,name,unit_key,capacity,setup_minutes,teardown_minutes,seats,closure_key\n"
               "disk,disk,Kho,,1000000000000,,,,\nquota,disk,Huyện,district,4000000000,,,,\n");
    do_import (f, HT_IMPORT_SITES,
               "key,unit_key,name,short,seats,zone,room_key,link_key\n"
               "c,province,Trung tâm,C,,,,\ns1,commune,Xã 1,1,,,,l1\ns2,commune,Xã 2,2,,,,l2\n");
    do_import (f, HT_IMPORT_PROFILES,
               "key,name,profile,site_key,kbps\n"
               "full,Đầy đủ,full,,1500\nfull2,Đầy đủ ở Xã 2,full,s2,1200\n");
}

static int64_t
get_taken (const HtSession *session, int64_t resource_id)
{
    for (unsigned i = 0; i < session->reservations->len; i++) {
        const HtReservation *taken = &g_array_index (session->reservations, HtReservation, i);

        if (taken->resource_id == resource_id)
            return taken->amount;
    }
    return 0;
}

static const char *
book (Fixture *f, const char *start, const HtBookingSite *sites, unsigned n_sites,
      const HtBookingWatchers *watchers)
{
    g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    g_autoptr (GArray) watching = g_array_new (FALSE, FALSE, sizeof (HtBookingWatchers));
    HtBooking booking = { .title = (char *) "Giao ban",
                          .start = (char *) start,
                          .minutes = 60,
                          .main_site = CENTRE,
                          .sites = list,
                          .watchers = watching };

    g_array_append_vals (list, sites, n_sites);
    if (watchers != NULL)
        g_array_append_vals (watching, watchers, 1);
    return fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking);
}

static void
test_rates_are_data (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const HtBookingSite sites[] = { { SITE_1, 0, HT_PROFILE_FULL },
                                    { SITE_2, 0, HT_PROFILE_FULL } };
    const HtBookingSite quiet[] = { { SITE_1, 0, HT_PROFILE_AUDIO },
                                    { SITE_2, 0, HT_PROFILE_RECORD_LATER } };

    g_assert_cmpstr (book (f, "2026-11-26T08:00", sites, 2, NULL), ==, NULL);
    g_assert_cmpint (get_taken (fixture_session (f, 1), LINK_1), ==, 1500);
    g_assert_cmpint (get_taken (fixture_session (f, 1), LINK_2), ==, 1200);
    g_assert_cmpint (get_taken (fixture_session (f, 1), DISTRICT_LINK), ==, 1500); /* a relay */
    g_assert_cmpstr (book (f, "2026-11-27T08:00", quiet, 2, NULL), ==, NULL);
    g_assert_cmpint (get_taken (fixture_session (f, 2), LINK_1), ==, 64); /* as usual */
    g_assert_cmpint (get_taken (fixture_session (f, 2), LINK_2), ==, 0);
    do_import (f, HT_IMPORT_PROFILES, "key,name,profile,site_key,kbps\nfull,Đầy đủ,full,,1000\n");
    g_assert_cmpstr (book (f, "2026-11-28T08:00", sites, 2, NULL), ==, NULL);
    g_assert_cmpint (get_taken (fixture_session (f, 3), LINK_1), ==, 1000);
    g_assert_cmpint (get_taken (fixture_session (f, 1), LINK_1), ==, 1500); /* as it was booked */
}

static void
test_watchers_count (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const HtBookingSite site = { SITE_1, 1000, HT_PROFILE_KBPS };
    HtBookingWatchers watchers = { .site_id = SITE_2, .count = 4 };

    g_assert_cmpstr (book (f, "2026-11-26T08:00", &site, 1, &watchers), ==, NULL);
    g_assert_cmpint (get_taken (fixture_session (f, 1), LINK_2), ==, 4 * 800);
    g_assert_cmpint (get_taken (fixture_session (f, 1), DISTRICT_LINK), ==, 1000 + 800);
    watchers = (HtBookingWatchers){ .unit_id = COMMUNE, .count = 6 };
    g_assert_cmpstr (book (f, "2026-11-27T08:00", &site, 1, &watchers), ==, "clash");
    watchers.kbps = 500; /* the commune's first site has the fixture's low link */
    g_assert_cmpstr (book (f, "2026-11-27T08:00", &site, 1, &watchers), ==, NULL);
    g_assert_cmpint (get_taken (fixture_session (f, 2), LINK_LOW), ==, 3000);
    watchers = (HtBookingWatchers){ .unit_id = DISTRICT, .count = 6 };
    g_assert_cmpstr (book (f, "2026-11-28T08:00", &site, 1, &watchers), ==, "no-such-member");
}

/* An hour of the camera is 1.98 GB with its margin: the district's 4 GB take two until a year has
 * passed, whoever else has room. */
static void
test_a_unit_has_a_disk_of_its_own (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GArray) sources = make_ids (CAMERA);
    HtBooking booking = { .title = (char *) "Ghi hình",
                          .start = (char *) "2026-11-26T08:00",
                          .minutes = 60,
                          .unit_id = COMMUNE, /* below the district */
                          .sources = sources };

    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, NULL);
    g_assert_cmpint (get_taken (fixture_session (f, 1), DISK), >, 1900000000);
    g_assert_cmpint (get_taken (fixture_session (f, 1), UNIT_DISK), >, 1900000000);
    booking.start = (char *) "2026-12-26T08:00";
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, NULL);
    booking.start = (char *) "2026-12-27T08:00";
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, "clash");
    booking.unit_id = PROVINCE;
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, NULL);
    g_assert_cmpint (get_taken (fixture_session (f, 3), UNIT_DISK), ==, 0);
    booking.unit_id = DISTRICT;
    booking.start = (char *) "2027-11-27T08:00"; /* the first has gone */
    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, NULL);
}

/* --- offers -------------------------------------------------------------------------------- */

static HtPreview *
preview (Fixture *f, HtBookingSite *sites, unsigned n_sites, const char *rule)
{
    g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    g_autoptr (GError) error = NULL;
    HtBooking booking = { .title = (char *) "Giao ban",
                          .start = (char *) "2026-11-26T08:00",
                          .minutes = 60,
                          .rule = (char *) rule,
                          .main_site = CENTRE,
                          .sites = list };
    HtPreview *seen;

    g_array_append_vals (list, sites, n_sites);
    seen = ht_service_preview (f->service, ADMIN, &booking, &error);
    g_assert_no_error (error);
    return seen;
}

static const HtAlternative *
find_offer (const HtPreview *seen, HtAlternativeKind kind)
{
    for (unsigned i = 0; i < seen->alternatives->len; i++) {
        const HtAlternative *offer = &g_array_index (seen->alternatives, HtAlternative, i);

        if (offer->kind == kind)
            return offer;
    }
    return NULL;
}

/* Puts what was offered over the booking's sites. */
static void
accept (HtBookingSite *sites, unsigned n_sites, const HtAlternative *offer)
{
    for (unsigned i = 0; i < n_sites; i++)
        for (unsigned j = 0; j < offer->sites->len; j++)
            if (g_array_index (offer->sites, HtBookingSite, j).id == sites[i].id)
                sites[i] = g_array_index (offer->sites, HtBookingSite, j);
}

/* The line of the district has 1600 kbit/s left, where both communes want 2700. */
static void
fill_lines (Fixture *f)
{
    const HtBookingSite first = { SITE_2, 2400, HT_PROFILE_KBPS };

    do_import (f, HT_IMPORT_LINKS,
               "key,name,parent_key,kbps,relay\n"
               "d,A Lưới,,4000,no\nl1,Xã 1,d,4000,no\nl2,Xã 2,d,4000,no\n");
    g_assert_cmpstr (book (f, "2026-11-26T08:00", &first, 1, NULL), ==, NULL);
}

static void
check_offer (Fixture *f, HtAlternativeKind kind, HtProfile profile)
{
    HtBookingSite sites[] = { { SITE_1, 0, HT_PROFILE_FULL }, { SITE_2, 0, HT_PROFILE_FULL } };
    g_autoptr (HtPreview) seen = preview (f, sites, 2, "FREQ=DAILY;COUNT=3");
    g_autoptr (HtPreview) then = NULL;
    const HtAlternative *offer = find_offer (seen, kind);
    const HtClash *clash = &g_array_index (
        g_array_index (seen->occurrences, HtPreviewOccurrence, 0).clashes, HtClash, 0);

    g_assert_cmpuint (seen->n_clashes, ==, 1);
    g_assert_cmpint (clash->resource_id, ==, DISTRICT_LINK);
    g_assert_cmpint (clash->free, ==, 1600);
    g_assert_cmpint (clash->wanted, ==, 2700);
    g_assert_cmpuint (clash->with->len, ==, 1);
    g_assert_nonnull (find_offer (seen, HT_ALTERNATIVE_TIME));
    g_assert_nonnull (offer);
    g_assert_cmpuint (offer->sites->len, ==, 1); /* one is enough: the wider one */
    g_assert_cmpint (g_array_index (offer->sites, HtBookingSite, 0).id, ==, SITE_1);
    g_assert_cmpint (g_array_index (offer->sites, HtBookingSite, 0).profile, ==, profile);
    accept (sites, 2, offer);
    then = preview (f, sites, 2, "FREQ=DAILY;COUNT=3");
    g_assert_cmpuint (then->n_clashes, ==, 0);
    g_assert_cmpstr (book (f, "2026-11-26T08:00", sites, 2, NULL), ==, NULL);
}

static void
test_a_lower_profile_is_offered (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    fill_lines (f);
    check_offer (f, HT_ALTERNATIVE_PROFILE, HT_PROFILE_THUMBNAIL);
}

static void
test_the_recording_is_offered (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    fill_lines (f);
    check_offer (f, HT_ALTERNATIVE_RECORD_LATER, HT_PROFILE_RECORD_LATER);
}

/* Sound alone does not fit either: nothing is offered that would not be admitted. */
static void
test_nothing_is_offered_in_vain (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtBookingSite sites[] = { { SITE_1, 0, HT_PROFILE_FULL } };
    const HtBookingSite first = { SITE_2, 3990, HT_PROFILE_KBPS };
    g_autoptr (HtPreview) seen = NULL;

    fill_lines (f);
    g_assert_cmpstr (book (f, "2026-11-27T08:00", &first, 1, NULL), ==, NULL);
    seen = preview (f, sites, 1, "FREQ=DAILY;COUNT=2");
    g_assert_cmpuint (seen->n_clashes, ==, 1);
    g_assert_null (find_offer (seen, HT_ALTERNATIVE_PROFILE));
    g_assert_nonnull (find_offer (seen, HT_ALTERNATIVE_RECORD_LATER));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, fixture_tear_down)
    ADD ("/service/profiles/rates", test_rates_are_data);
    ADD ("/service/profiles/watchers", test_watchers_count);
    ADD ("/service/profiles/disk", test_a_unit_has_a_disk_of_its_own);
    ADD ("/service/profiles/offer", test_a_lower_profile_is_offered);
    ADD ("/service/profiles/offer-recording", test_the_recording_is_offered);
    ADD ("/service/profiles/in-vain", test_nothing_is_offered_in_vain);
    return g_test_run ();
}
