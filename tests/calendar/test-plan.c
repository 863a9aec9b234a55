/* SPDX-License-Identifier: MIT */

#include "calendar/text/plan.h"

#include <string.h>

#include "calendar/text/timezone.h"
#include "tests/calendar/feed-sample.h"

#define DAY_US (HT_CIVIL_DAY_S * HT_CIVIL_US)

/* A session of each letter, a week apart from Monday 2026-01-05, 08:00 in Huế: "." as the rule
 * says, m moved, c cancelled, t another title, l another length, - not in the feed, x a day off
 * any slot. */
static const struct {
    const char *what, *rule, *sessions;
    const char *events; /* M master, o override, C cancelled override, s single; EXDATEs follow + */
} cases[] = {
    { "a session of its own", NULL, ".", "s" },
    { "a weekly series", "FREQ=WEEKLY;COUNT=5", ".....", "M" },
    { "COUNT says more than the feed holds", "FREQ=WEEKLY;COUNT=50", "...", "M" },
    { "a rule without end", "FREQ=WEEKLY", "...", "M" },
    { "one moved", "FREQ=WEEKLY;COUNT=5", "..m..", "Mo" },
    { "the first moved", "FREQ=WEEKLY;COUNT=3", "m..", "Mo" },
    { "one cancelled", "FREQ=WEEKLY;COUNT=3", ".c.", "MC" },
    { "all cancelled", "FREQ=WEEKLY;COUNT=3", "ccc", "C" },
    { "one renamed, one longer", "FREQ=WEEKLY;COUNT=4", ".t.l", "Moo" },
    { "renamed from the second on: the master is like most", "FREQ=WEEKLY;COUNT=4", ".ttt", "Mo" },
    { "one that the feed does not hold", "FREQ=WEEKLY;COUNT=4", ".-..", "M+1" },
    { "the first is not in it", "FREQ=WEEKLY;COUNT=4", "-...", "M" },
    { "one beside the rule", "FREQ=WEEKLY;COUNT=4", "..x.", "M+1s" },
    { "a rule that has nothing to do with them", "FREQ=MONTHLY;BYMONTHDAY=31", "....", "ssss" },
    { "a rule that cannot be read", "FREQ=SOMETIMES", "..", "ss" },
    { "far fewer than the rule has", "FREQ=HOURLY", "...", "sss" },
    { "only one of a series is in it", "FREQ=WEEKLY;COUNT=4", "--.-", "s" },
};

static HtPlanSession
make_session (char letter, int week)
{
    HtPlanSession session = { .id = week + 1, .summary = "Giao ban", .changed_us = DAY_US * week };

    session.slot_us = INT64_C (1767574800000000) + week * 7 * DAY_US;
    session.slot_us += letter == 'x' ? DAY_US : 0;
    session.start_us = session.slot_us + (letter == 'm' ? DAY_US : 0);
    session.end_us = session.start_us + DAY_US / (letter == 'l' ? 12 : 24);
    session.cancelled = letter == 'c';
    session.summary = letter == 't' ? "Giao ban mở rộng" : session.summary;
    return session;
}

static char *
show (const HtCalendarPlan *plan)
{
    GString *text = g_string_new (NULL);

    for (unsigned i = 0; i < ht_calendar_plan_count (plan); i++) {
        const HtEvent *event = ht_calendar_plan_get (plan, i);

        g_string_append (text, event->cancelled                     ? "C"
                               : event->rule != NULL                ? "M"
                               : event->slot_us != HT_EVENT_NO_SLOT ? "o"
                                                                    : "s");
        if (event->excluded != NULL && event->excluded->len > 0)
            g_string_append_printf (text, "+%u", event->excluded->len);
    }
    return g_string_free (text, FALSE);
}

static void
test_plans (void)
{
    g_autoptr (HtZone) zone = ht_zone_new ("Asia/Ho_Chi_Minh", NULL, NULL);

    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        HtPlanSeries series = {
            .id = 7, .installation = "here", .zone = zone, .rule = cases[i].rule
        };
        g_autoptr (GArray) sessions = g_array_new (FALSE, FALSE, sizeof (HtPlanSession));
        g_autoptr (HtCalendarPlan) plan = NULL;
        g_autofree char *shown = NULL;

        g_test_message ("%s", cases[i].what);
        for (int week = (int) strlen (cases[i].sessions) - 1; week >= 0; week--)
            if (cases[i].sessions[week] != '-') {
                HtPlanSession session = make_session (cases[i].sessions[week], week);

                g_array_append_val (sessions, session);
            }
        plan = ht_calendar_plan_new (&series, (const HtPlanSession *) (gpointer) sessions->data,
                                     sessions->len);
        shown = show (plan);
        g_assert_cmpstr (shown, ==, cases[i].events);
    }
}

static void
test_master_never_goes_back (void)
{
    g_autoptr (HtZone) zone = ht_zone_new ("Asia/Ho_Chi_Minh", NULL, NULL);
    HtPlanSeries series = { .id = 7, .installation = "here", .zone = zone, .rule = "FREQ=WEEKLY" };
    HtPlanSession sessions[] = { make_session ('.', 0), make_session ('m', 1),
                                 make_session ('.', 2) };
    g_autoptr (HtCalendarPlan) plan = NULL;

    sessions[1].sequence = 4;
    sessions[1].changed_us = 90 * DAY_US;
    plan = ht_calendar_plan_new (&series, sessions, 3);
    g_assert_cmpint (ht_calendar_plan_get (plan, 0)->sequence, ==, 4);
    g_assert_cmpint (ht_calendar_plan_get (plan, 0)->dtstamp_us, ==, 90 * DAY_US);
    g_assert_cmpstr (ht_calendar_plan_get (plan, 0)->uid, ==, "7@here");
    g_assert_cmpstr (ht_calendar_plan_get (plan, 0)->rule, ==,
                     "FREQ=WEEKLY;UNTIL=20260119T010000Z");
}

static const struct {
    const char *zone;
    gboolean regular;
    const char *part; /* of its VTIMEZONE */
} zones[] = {
    { "Asia/Ho_Chi_Minh", TRUE,
      "BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0700\r\n"
      "TZOFFSETTO:+0700\r\nTZNAME:+0700\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\n"
      "END:VTIMEZONE\r\n" },
    { "Europe/Paris", TRUE, "DTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" },
    { "America/New_York", TRUE, "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU" },
    { "Africa/Casablanca", FALSE, "" },
    { "UTC", TRUE, "" },
};

static void
test_zones (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (zones); i++) {
        g_autoptr (HtZone) zone = ht_zone_new (zones[i].zone, NULL, NULL);
        g_autoptr (GString) text = g_string_new (NULL);

        g_test_message ("%s", zones[i].zone);
        g_assert_cmpint (ht_timezone_is_regular (zone), ==, zones[i].regular);
        ht_timezone_append (zone, text);
        g_assert_nonnull (strstr (text->str, zones[i].part));
        g_assert_cmpint (text->len == 0, ==, *zones[i].part == '\0');
    }
}

/* Made twice, the same octets; and the lines keep their bounds. */
static void
test_sample_is_stable (void)
{
    g_autoptr (HtZone) zone = ht_zone_new ("Asia/Ho_Chi_Minh", NULL, NULL);
    g_autofree char *text = ht_feed_sample_write (zone, NULL);
    g_autofree char *again = ht_feed_sample_write (zone, NULL);
    g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

    g_assert_cmpstr (text, ==, again);
    for (char **line = lines; *line != NULL; line++) {
        g_assert_cmpuint (strlen (*line), <=, 75);
        g_assert_true (g_utf8_validate (*line, -1, NULL));
        g_assert_null (strchr (*line, '\n'));
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/plan/plans", test_plans);
    g_test_add_func ("/plan/master", test_master_never_goes_back);
    g_test_add_func ("/plan/zones", test_zones);
    g_test_add_func ("/plan/sample", test_sample_is_stable);
    return g_test_run ();
}
