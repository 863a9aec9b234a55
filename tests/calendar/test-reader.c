/* SPDX-License-Identifier: MIT */

#include "calendar/text/reader.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/core/recurrence-text.h"
#include "tests/calendar/feed-sample.h"

#define EVENT(lines)                                                                               \
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n" lines                         \
    "END:VEVENT\r\nEND:VCALENDAR\r\n"

static const struct {
    const char *what, *text, *problem;
    unsigned events;
} cases[] = {
    { "one event", EVENT ("UID:1\r\nDTSTART:20260105T080000Z\r\n"), NULL, 1 },
    { "without a UID", EVENT ("DTSTART:20260105T080000Z\r\n"), NULL, 0 },
    { "without a start", EVENT ("UID:1\r\n"), NULL, 0 },
    { "30 February", EVENT ("UID:1\r\nDTSTART:20260230T080000Z\r\n"), NULL, 0 },
    { "two calendars",
      EVENT ("UID:1\r\nDTSTART:20260105\r\n") EVENT ("UID:2\r\nDTSTART:20260105\r\n"), NULL, 2 },
    { "an END too many", EVENT ("UID:1\r\nEND:VEVENT\r\n"), "bad-calendar", 0 },
    { "nothing", "", "bad-calendar", 0 },
    { "a web page", "<html></html>", "bad-calendar", 0 },
};

static void
test_cases (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (GPtrArray) events =
            ht_reader_read (cases[i].text, strlen (cases[i].text), &error);

        g_test_message ("%s", cases[i].what);
        g_assert_cmpstr (error == NULL ? NULL : ht_problem_get_id (error), ==, cases[i].problem);
        g_assert_cmpuint (events == NULL ? 0 : events->len, ==, cases[i].events);
    }
}

static void
test_hostile (void)
{
    g_autoptr (GString) deep = g_string_new (NULL);
    g_autofree char *large = g_strnfill (HT_READER_MAX_OCTETS + 1, 'x');
    g_autoptr (GError) error = NULL;

    for (int i = 0; i < 100000; i++)
        g_string_append (deep, i % 2 == 0 ? "BEGIN:X\n" : "BEG\r\n IN:X\n");
    g_assert_null (ht_reader_read (deep->str, deep->len, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
    g_clear_error (&error);
    g_assert_null (ht_reader_read (large, HT_READER_MAX_OCTETS + 1, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_TOO_LARGE);
    g_clear_error (&error);
    g_assert_null (ht_reader_read ("BEGIN:VCALENDAR\0", 16, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
}

static void
test_own_feed_comes_back (void)
{
    g_autoptr (HtZone) zone = ht_zone_new ("Asia/Ho_Chi_Minh", NULL, NULL);
    g_autofree char *text = ht_feed_sample_write (zone, NULL);
    g_autoptr (GPtrArray) events = ht_reader_read (text, strlen (text), NULL);
    const HtReadEvent *first;
    HtRecurrence rule;

    g_assert_cmpuint (events->len, >, 10);
    first = g_ptr_array_index (events, 0);
    g_assert_cmpstr (first->uid, ==, "10@sample");
    g_assert_cmpstr (first->zone, ==, "Asia/Ho_Chi_Minh");
    g_assert_cmpint (first->form, ==, HT_CIVIL_TEXT_LOCAL);
    g_assert_cmpint (first->start.hour, ==, 8);
    g_assert_cmpstr (first->summary, ==,
                     "Tập huấn chuyển đổi số cho cán bộ cấp xã, phường; đợt 1: dịch vụ công");
    g_assert_true (ht_recurrence_parse (first->rule, &rule, NULL));
    g_assert_true (((const HtReadEvent *) g_ptr_array_index (events, 1))->override);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/reader/cases", test_cases);
    g_test_add_func ("/reader/hostile", test_hostile);
    g_test_add_func ("/reader/own-feed", test_own_feed_comes_back);
    return g_test_run ();
}
