/* SPDX-License-Identifier: MIT */

/* What goes along with mails, read by another parser than the one that wrote it. */

#include "calendar/publish/invitation.h"

#include <libical/ical.h>
#include <string.h>

#include "tests/service/fixture.h"

static void
book (Fixture *f, const char *start, const char *rule)
{
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    g_autoptr (GArray) trainers = make_ids (TRAINER);
    HtBooking booking = { .title = (char *) "Tin học, căn bản",
                          .start = (char *) start,
                          .minutes = 90,
                          .rule = (char *) rule,
                          .rooms = rooms,
                          .trainers = trainers };

    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_BOOK, &booking), ==, NULL);
}

static void
cancel (Fixture *f, int64_t session_id, HtScope scope)
{
    HtMove move = { .id = session_id, .scope = scope, .reason = (char *) "Bão" };

    g_assert_cmpstr (fixture_do (f, ADMIN, HT_COMMAND_CANCEL, &move), ==, NULL);
}

/* The object for @person about @session, as libical reads it. */
static icalcomponent *
invite (Fixture *f, HtNoticeKind kind, int64_t person, int64_t session, const char *wanted_method)
{
    g_autoptr (HtZone) zone = ht_zone_new ("Asia/Ho_Chi_Minh", NULL, NULL);
    HtSeriesTextSettings settings = { f->service, "hue.example", "https://lich.hue.example/",
                                      zone };
    HtInviter inviter = { &settings, "lich@hue.example" };
    HtNotice notice = { .number = ht_service_get_number (f->service),
                        .kind = kind,
                        .person_id = person,
                        .session_id = session };
    g_autoptr (GPtrArray) told = g_ptr_array_new ();
    const char *method = NULL;
    g_autofree char *text = NULL;
    icalcomponent *calendar;

    g_ptr_array_add (told, (gpointer) fixture_session (f, session));
    text = ht_invitation_make (&inviter, &notice, told, &method);
    g_test_message ("%s", text);
    g_assert_cmpstr (method, ==, wanted_method);
    calendar = icalparser_parse_string (text);
    g_assert_nonnull (calendar);
    g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
    g_assert_cmpint (icalcomponent_count_components (calendar, ICAL_VTIMEZONE_COMPONENT), ==, 1);
    return calendar;
}

static char *
get (icalcomponent *calendar, unsigned n, icalproperty_kind kind)
{
    icalcomponent *event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
    icalproperty *property;

    for (unsigned i = 0; i < n; i++)
        event = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT);
    g_assert_nonnull (event);
    property = icalcomponent_get_first_property (event, kind);
    return property == NULL ? NULL : g_strdup (icalproperty_get_value_as_string (property));
}

static void
assert_is (icalcomponent *calendar, unsigned n, icalproperty_kind kind, const char *wanted)
{
    g_autofree char *value = get (calendar, n, kind);

    g_assert_cmpstr (value, ==, wanted);
}

static int
count_events (icalcomponent *calendar)
{
    return icalcomponent_count_components (calendar, ICAL_VEVENT_COMPONENT);
}

static void
test_request (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    icalcomponent *calendar;

    book (f, "2026-11-26T07:30", NULL);
    calendar = invite (f, HT_NOTICE_BOOKED, TRAINER, 1, "REQUEST");
    g_assert_cmpint (icalcomponent_get_method (calendar), ==, ICAL_METHOD_REQUEST);
    g_assert_cmpint (count_events (calendar), ==, 1);
    assert_is (calendar, 0, ICAL_UID_PROPERTY, "1@hue.example");
    assert_is (calendar, 0, ICAL_SEQUENCE_PROPERTY, "0");
    assert_is (calendar, 0, ICAL_DTSTART_PROPERTY, "20261126T073000");
    assert_is (calendar, 0, ICAL_ORGANIZER_PROPERTY, "mailto:p1@hue.example");
    assert_is (calendar, 0, ICAL_ATTENDEE_PROPERTY, "mailto:p2@hue.example");
    icalcomponent_free (calendar);
    /* the organiser is not asked to come to what is their own */
    calendar = invite (f, HT_NOTICE_BOOKED, ADMIN, 1, "PUBLISH");
    assert_is (calendar, 0, ICAL_ATTENDEE_PROPERTY, NULL);
    icalcomponent_free (calendar);
}

static void
test_cancel (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    icalcomponent *calendar;

    book (f, "2026-11-26T07:30", NULL);
    cancel (f, 1, HT_SCOPE_THIS);
    calendar = invite (f, HT_NOTICE_CANCELLED, TRAINER, 1, "CANCEL");
    assert_is (calendar, 0, ICAL_UID_PROPERTY, "1@hue.example");
    assert_is (calendar, 0, ICAL_SEQUENCE_PROPERTY, "1");
    assert_is (calendar, 0, ICAL_STATUS_PROPERTY, "CANCELLED");
    icalcomponent_free (calendar);
}

/* One of a series: by its slot; all of it: by the UID alone. */
static void
test_cancel_series (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    icalcomponent *calendar;

    book (f, "2026-11-26T07:30", "FREQ=WEEKLY;COUNT=4");
    cancel (f, 2, HT_SCOPE_THIS);
    calendar = invite (f, HT_NOTICE_CANCELLED, TRAINER, 2, "CANCEL");
    g_assert_cmpint (count_events (calendar), ==, 1);
    assert_is (calendar, 0, ICAL_RECURRENCEID_PROPERTY, "20261203T073000");
    assert_is (calendar, 0, ICAL_RRULE_PROPERTY, NULL);
    icalcomponent_free (calendar);
    cancel (f, 1, HT_SCOPE_ALL);
    calendar = invite (f, HT_NOTICE_CANCELLED, TRAINER, 1, "CANCEL");
    g_assert_cmpint (count_events (calendar), ==, 1);
    assert_is (calendar, 0, ICAL_RECURRENCEID_PROPERTY, NULL);
    assert_is (calendar, 0, ICAL_UID_PROPERTY, "1@hue.example");
    icalcomponent_free (calendar);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
    g_test_add ("/calendar/invitation/" name, Fixture, NULL, fixture_set_up, test,                 \
                fixture_tear_down)
    ADD ("request", test_request);
    ADD ("cancel", test_cancel);
    ADD ("cancel-series", test_cancel_series);
#undef ADD
    return g_test_run ();
}
