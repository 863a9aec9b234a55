/* SPDX-License-Identifier: MIT */

#include "scheduler/core/recurrence.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/core/recurrence-set.h"
#include "scheduler/core/recurrence-text.h"

typedef struct {
    const char *what, *zone, *start, *rule;
    unsigned limit;
    const char *expected; /* the occurrences, or the identifier of the refusal */
} Case;

/* clang-format off */
static const Case cases[] = {
    /* each frequency, by itself */
    { "every second", NULL, "20260105T235959", "FREQ=SECONDLY", 3,
      "20260105T235959 20260106T000000 20260106T000001" },
    { "every 90061 seconds", NULL, "20260105T000000", "FREQ=SECONDLY;INTERVAL=90061", 3,
      "20260105T000000 20260106T010101 20260107T020202" },
    { "every 90 minutes", NULL, "20260105T230000", "FREQ=MINUTELY;INTERVAL=90", 3,
      "20260105T230000 20260106T003000 20260106T020000" },
    { "every fifth hour", NULL, "20260105T230000Z", "FREQ=HOURLY;INTERVAL=5;COUNT=3", 9,
      "20260105T230000Z 20260106T040000Z 20260106T090000Z" },
    { "every day over a leap day", NULL, "20240228", "FREQ=DAILY", 3, "20240228 20240229 20240301" },
    { "every second week", NULL, "20260105", "FREQ=WEEKLY;INTERVAL=2", 3,
      "20260105 20260119 20260202" },
    { "the 31st skips short months", NULL, "20260131", "FREQ=MONTHLY", 4,
      "20260131 20260331 20260531 20260731" },
    { "29 February comes in leap years, not in 2100", NULL, "20920229", "FREQ=YEARLY", 4,
      "20920229 20960229 21040229 21080229" },
    { "before 1970 and across it", NULL, "19691230", "FREQ=DAILY;INTERVAL=2", 3,
      "19691230 19700101 19700103" },
    { "in year 1", NULL, "00010101", "FREQ=YEARLY;COUNT=2", 9, "00010101 00020101" },
    { "to the end of the calendar", NULL, "99980101", "FREQ=YEARLY", 9, "99980101 99990101" },
    { "a week that runs over the end of the calendar", NULL, "99991227", "FREQ=WEEKLY;BYDAY=MO,FR,SA", 9,
      "99991227 99991231" },

    /* the start and the end */
    { "a start that does not match is no occurrence", NULL, "20260105", "FREQ=WEEKLY;BYDAY=WE;COUNT=2", 9,
      "20260107 20260114" },
    { "UNTIL is inclusive", NULL, "20260105T080000", "FREQ=DAILY;UNTIL=20260107T080000", 9,
      "20260105T080000 20260106T080000 20260107T080000" },
    { "a date as UNTIL is its midnight", NULL, "20260105T080000", "FREQ=DAILY;UNTIL=20260107", 9,
      "20260105T080000 20260106T080000" },
    { "UNTIL before the start: none, and nothing wrong", NULL, "20260105", "FREQ=DAILY;UNTIL=20260101", 9, "" },
    { "UNTIL in UTC is an instant", "Asia/Ho_Chi_Minh", "20260105T080000", "FREQ=DAILY;UNTIL=20260107T010000Z", 9,
      "20260105T080000 20260106T080000 20260107T080000" },
    { "and a second less leaves one out", "Asia/Ho_Chi_Minh", "20260105T080000",
      "FREQ=DAILY;UNTIL=20260107T005959Z", 9, "20260105T080000 20260106T080000" },

    /* weeks */
    { "the week begins on Monday", NULL, "19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", 9,
      "19970805 19970810 19970819 19970824" },
    { "or on Sunday", NULL, "19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", 9,
      "19970805 19970817 19970819 19970831" },
    { "WKST in mid-week", NULL, "20270828", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=WE", 2,
      "20270831 20270914" },
    { "a week's last working day", NULL, "20260105", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", 2,
      "20260109 20260116" },
    { "week 53 is rare", NULL, "20200101", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", 3,
      "20201228 20261228 20321227" },
    { "week 1 may begin in the year before", NULL, "19970902", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", 3,
      "19971229 19990104 20000103" },
    { "the last week", NULL, "19970902", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", 3,
      "19971228 19990103 20000102" },
    { "the weekday of a week comes from the start", NULL, "20260514", "FREQ=YEARLY;BYWEEKNO=20", 2,
      "20260514 20270520" },

    /* months and years */
    { "the second Tuesday", NULL, "20260101", "FREQ=MONTHLY;BYDAY=2TU", 2, "20260113 20260210" },
    { "the last working day", NULL, "20260101", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", 3,
      "20260130 20260227 20260331" },
    { "Friday the 13th", NULL, "20260101", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", 3,
      "20260213 20260313 20261113" },
    { "the last day but two", NULL, "20260101", "FREQ=MONTHLY;BYMONTHDAY=-3", 3, "20260129 20260226 20260329" },
    { "named twice, taken once", NULL, "20260101", "FREQ=MONTHLY;BYMONTHDAY=31,-1", 2, "20260131 20260228" },
    { "the last day of the month, by day", NULL, "20260101", "FREQ=DAILY;BYMONTHDAY=-1", 2, "20260131 20260228" },
    { "the 20th Monday of the year", NULL, "19970519", "FREQ=YEARLY;BYDAY=20MO", 3, "19970519 19980518 19990517" },
    { "the first Monday of March", NULL, "20260101", "FREQ=YEARLY;BYMONTH=3;BYDAY=1MO", 2, "20260302 20270301" },
    { "election day", NULL, "19961105",
      "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", 3, "19961105 20001107 20041102" },
    { "days of every month", NULL, "19970902", "FREQ=YEARLY;COUNT=4;BYMONTHDAY=1,3", 9,
      "19970903 19971001 19971003 19971101" },
    { "the last day of the year", NULL, "20260101", "FREQ=YEARLY;BYYEARDAY=-1", 2, "20261231 20271231" },
    { "day 366", NULL, "20250101", "FREQ=YEARLY;BYYEARDAY=366", 2, "20281231 20321231" },
    { "day 100 where it lies in April", NULL, "19970902", "FREQ=YEARLY;BYMONTH=4,7;BYYEARDAY=1,100,200,365", 2,
      "19980410 19980719" },
    { "29 February on a Monday", NULL, "20000101", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", 3,
      "20160229 20440229 20720229" },
    { "once in a hundred years", NULL, "19000101", "FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29", 2,
      "20000229 24000229" },

    /* times */
    { "hours and minutes expand a day", NULL, "20260105T000000", "FREQ=DAILY;BYHOUR=8,14;BYMINUTE=0,30", 4,
      "20260105T080000 20260105T083000 20260105T140000 20260105T143000" },
    { "hours limit minutes", NULL, "20260105T000000", "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10", 7,
      "20260105T090000 20260105T092000 20260105T094000 20260105T100000 20260105T102000 20260105T104000 "
      "20260106T090000" },
    { "a second that is far away", NULL, "20260105T000000",
      "FREQ=SECONDLY;BYMONTH=12;BYMONTHDAY=31;BYHOUR=23;BYMINUTE=59;BYSECOND=59", 2,
      "20261231T235959 20271231T235959" },
    { "second 60 is 59", NULL, "20260105T000000", "FREQ=MINUTELY;BYSECOND=60", 1, "20260105T000059" },
    { "the last of a day", NULL, "20260105T000000", "FREQ=DAILY;BYHOUR=6,18;BYMINUTE=15,45;BYSETPOS=3,-3", 3,
      "20260105T064500 20260105T181500 20260106T064500" },
    { "the first of an hour", NULL, "20260105T000000", "FREQ=HOURLY;BYMINUTE=10,20;BYSETPOS=1", 2,
      "20260105T001000 20260105T011000" },
    { "a date ignores times of day", NULL, "20260105", "FREQ=DAILY;BYHOUR=8,14", 2, "20260105 20260106" },
    { "a date has no hours", NULL, "20260105", "FREQ=HOURLY", 2, "rule-needs-time" },

    /* zones: a local time that does not exist is ignored and not counted */
    { "over the gap", "America/New_York", "20260307T023000", "FREQ=DAILY;COUNT=3", 9,
      "20260307T023000 20260309T023000 20260310T023000" },
    { "over the hour that comes twice", "America/New_York", "20261031T013000", "FREQ=DAILY;COUNT=3", 9,
      "20261031T013000 20261101T013000 20261102T013000" },
    { "hourly over the gap", "America/New_York", "20260308T000000", "FREQ=HOURLY;COUNT=4", 9,
      "20260308T000000 20260308T010000 20260308T030000 20260308T040000" },
    { "without a zone there is no gap", NULL, "20260307T023000", "FREQ=DAILY;COUNT=3", 9,
      "20260307T023000 20260308T023000 20260309T023000" },

    /* what never ends or never comes */
    { "30 February", NULL, "20260105", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 9, "rule-never-occurs" },
    { "30 February, by the second", NULL, "20260105T000000", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", 9,
      "rule-too-costly" },
    { "30 February, by the minute", NULL, "20260105T000000", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", 9,
      "rule-too-costly" },
    { "day 366 in March", NULL, "20260105T000000", "FREQ=SECONDLY;BYYEARDAY=366;BYMONTH=3", 9, "rule-too-costly" },
    { "an hour that its interval misses", NULL, "20260105T000000", "FREQ=HOURLY;INTERVAL=24;BYHOUR=1", 9,
      "rule-too-costly" },
    { "the second of one", NULL, "20260105", "FREQ=MONTHLY;BYDAY=1TH;BYSETPOS=2", 9, "rule-too-costly" },
    { "more than the calendar has", NULL, "99900101", "FREQ=YEARLY;COUNT=20", 99, "rule-past-calendar" },
};
/* clang-format on */

static char *
show (const GArray *occurrences, HtCivilText form)
{
    GString *text = g_string_new (NULL);

    for (unsigned i = 0; i < occurrences->len; i++) {
        HtCivil civil =
            ht_civil_from_local_s (g_array_index (occurrences, HtOccurrence, i).local_s);
        char one[HT_CIVIL_TEXT_BYTES];

        ht_civil_write_basic (&civil, form, one);
        g_string_append_printf (text, "%s%s", i > 0 ? " " : "", one);
    }
    return g_string_free (text, FALSE);
}

static HtRecurrence
parse (const char *text)
{
    g_autoptr (GError) error = NULL;
    HtRecurrence rule;

    ht_recurrence_parse (text, &rule, &error);
    g_assert_no_error (error);
    return rule;
}

static HtRecurrenceStart
parse_start (const char *text, const HtZone *zone)
{
    HtRecurrenceStart start = { .zone = zone };

    g_assert_true (ht_civil_parse_basic (text, NULL, &start.civil, &start.form, NULL));
    return start;
}

static void
test_vectors (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        const Case *c = &cases[i];
        g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
        g_autoptr (HtZone) zone = c->zone == NULL ? NULL : ht_zone_new (c->zone, NULL, NULL);
        g_autoptr (GError) error = NULL;
        g_autofree char *shown = NULL;
        HtRecurrenceStart start = parse_start (c->start, zone);
        HtRecurrence rule = parse (c->rule);
        HtRecurrenceWindow window = { INT64_MIN, INT64_MAX, c->limit };
        uint64_t steps = 0;

        g_test_message ("%s", c->what);
        if (ht_recurrence_expand (&rule, &start, &window, occurrences, &steps, &error))
            shown = show (occurrences, start.form);
        else
            g_assert_cmpuint (occurrences->len, ==, 0);
        g_assert_cmpstr (error != NULL ? ht_problem_get_id (error) : shown, ==, c->expected);
        g_assert_cmpuint (steps, <=, HT_RECURRENCE_MAX_STEPS + 1000);
    }
}

static void
test_instants_follow_the_zone (void)
{
    g_autoptr (HtZone) zone = ht_zone_new ("America/New_York", NULL, NULL);
    g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
    HtRecurrenceStart start = parse_start ("20260301T013000", zone);
    HtRecurrence rule = parse ("FREQ=DAILY");
    HtRecurrenceWindow window = { INT64_MIN, INT64_MAX, 3000 };

    g_assert_true (ht_recurrence_expand (&rule, &start, &window, occurrences, NULL, NULL));
    for (unsigned i = 0; i < occurrences->len; i++) {
        HtOccurrence here = g_array_index (occurrences, HtOccurrence, i);
        int64_t at_s;

        ht_zone_find_local (zone, here.local_s, &at_s, NULL);
        g_assert_cmpint (here.at_s, ==, at_s);
    }
}

/* What a window shows is what the whole shows there, for every kind of rule. */
static void
test_windows (void)
{
    static const char *const rules[] = {
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SU;WKST=SU",
        "FREQ=DAILY;INTERVAL=5;BYMONTH=1,7",
        "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR",
        "FREQ=YEARLY;BYWEEKNO=1,53",
        "FREQ=YEARLY;INTERVAL=3;BYYEARDAY=1,-1",
        "FREQ=HOURLY;INTERVAL=1001;BYDAY=MO,TU,WE",
        "FREQ=DAILY;COUNT=1500",
    };
    HtRecurrenceStart start = parse_start ("19950103T080000", NULL);
    const int64_t from_s = 900000000, until_s = 960000000;

    for (size_t i = 0; i < G_N_ELEMENTS (rules); i++) {
        g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
        g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
        HtRecurrence rule = parse (rules[i]);
        HtRecurrenceWindow whole = { INT64_MIN, until_s, 100000 };
        HtRecurrenceWindow window = { from_s, until_s, 100000 };
        unsigned before = 0;

        g_assert_true (ht_recurrence_expand (&rule, &start, &whole, all, NULL, NULL));
        g_assert_true (ht_recurrence_expand (&rule, &start, &window, some, NULL, NULL));
        while (before < all->len && g_array_index (all, HtOccurrence, before).local_s < from_s)
            before++;
        g_array_remove_range (all, 0, before);
        g_assert_cmpmem (all->data, all->len * sizeof (HtOccurrence), some->data,
                         some->len * sizeof (HtOccurrence));
        g_assert_cmpuint (some->len, >, 0);
    }
}

/* Seeking makes a late window as cheap as an early one; the bound holds for every rule. */
static void
test_steps_are_counted (void)
{
    static const struct {
        const char *rule;
        uint64_t most;
    } rules[] = {
        { "FREQ=WEEKLY", 120 },
        { "FREQ=DAILY;BYDAY=MO,TU", 2200 },
        { "FREQ=MONTHLY;BYDAY=2TU", 100 },
        { "FREQ=SECONDLY;BYMONTH=12;BYMONTHDAY=31;BYHOUR=23;BYMINUTE=59;BYSECOND=59", 500 },
    };
    HtRecurrenceStart start = parse_start ("19900101T080000", NULL);
    HtRecurrenceWindow window = { 1798761600, 1798761600 + 2 * 365 * 86400, 100000 };

    for (size_t i = 0; i < G_N_ELEMENTS (rules); i++) {
        g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
        HtRecurrence rule = parse (rules[i].rule);
        uint64_t steps = 0;

        g_assert_true (ht_recurrence_expand (&rule, &start, &window, occurrences, &steps, NULL));
        g_test_message ("%s: %" G_GUINT64_FORMAT " steps", rules[i].rule, steps);
        g_assert_cmpuint (steps, >=, occurrences->len);
        g_assert_cmpuint (steps, <=, rules[i].most);
    }
}

static const struct {
    const char *what, *rule, *canonical; /* NULL: refused */
} texts[] = {
    { "in its own order", "FREQ=WEEKLY;WKST=SU;BYDAY=FR,MO;COUNT=3",
      "FREQ=WEEKLY;COUNT=3;BYDAY=MO,FR;WKST=SU" },
    { "small letters", "freq=daily;until=20261125t003000z", "FREQ=DAILY;UNTIL=20261125T003000Z" },
    { "FREQ need not come first", "INTERVAL=2;FREQ=DAILY", "FREQ=DAILY;INTERVAL=2" },
    { "signs", "FREQ=MONTHLY;BYDAY=+1MO,-1FR;BYMONTHDAY=-1,+3",
      "FREQ=MONTHLY;BYMONTHDAY=3,-1;BYDAY=1MO,-1FR" },
    { "the Gregorian scale", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=OMIT", "FREQ=YEARLY" },
    { "nothing", "", NULL },
    { "no frequency", "COUNT=3", NULL },
    { "an unknown frequency", "FREQ=FORTNIGHTLY", NULL },
    { "an unknown part", "FREQ=DAILY;BYWEEKDAY=MO", NULL },
    { "a part twice", "FREQ=DAILY;COUNT=1;COUNT=2", NULL },
    { "COUNT and UNTIL", "FREQ=DAILY;COUNT=1;UNTIL=20260101", NULL },
    { "COUNT=0", "FREQ=DAILY;COUNT=0", NULL },
    { "INTERVAL=0", "FREQ=DAILY;INTERVAL=0", NULL },
    { "a negative interval", "FREQ=DAILY;INTERVAL=-1", NULL },
    { "a number without end", "FREQ=DAILY;INTERVAL=99999999999999999999", NULL },
    { "month 13", "FREQ=YEARLY;BYMONTH=13", NULL },
    { "a leap month", "FREQ=YEARLY;BYMONTH=5L", NULL },
    { "hour 24", "FREQ=DAILY;BYHOUR=24", NULL },
    { "a negative hour", "FREQ=DAILY;BYHOUR=-1", NULL },
    { "month day 0", "FREQ=MONTHLY;BYMONTHDAY=0", NULL },
    { "no weekday", "FREQ=WEEKLY;BYDAY=XX", NULL },
    { "half a list", "FREQ=WEEKLY;BYDAY=MO,", NULL },
    { "a number of a weekday in a week", "FREQ=WEEKLY;BYDAY=2MO", NULL },
    { "a number of a weekday beside a week", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=2MO", NULL },
    { "a weekday 0", "FREQ=MONTHLY;BYDAY=0MO", NULL },
    { "BYWEEKNO in a month", "FREQ=MONTHLY;BYWEEKNO=20", NULL },
    { "BYYEARDAY in a week", "FREQ=WEEKLY;BYYEARDAY=20", NULL },
    { "BYMONTHDAY in a week", "FREQ=WEEKLY;BYMONTHDAY=20", NULL },
    { "BYSETPOS alone", "FREQ=DAILY;BYSETPOS=1", NULL },
    { "another calendar", "RSCALE=CHINESE;FREQ=YEARLY", NULL },
    { "UNTIL that is no time", "FREQ=DAILY;UNTIL=20260230", NULL },
    { "something behind", "FREQ=DAILY;", NULL },
    { "not ASCII", "FREQ=DAILY;BYDAY=\xc4\x90", NULL },
};

static void
test_text (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *canonical = NULL;
        HtRecurrence rule, again;

        g_test_message ("%s", texts[i].what);
        if (ht_recurrence_parse (texts[i].rule, &rule, &error)) {
            canonical = ht_recurrence_format (&rule);
            again = parse (canonical);
            g_assert_cmpmem (&rule, sizeof rule, &again, sizeof again);
        } else {
            g_assert_cmpstr (ht_problem_get_id (error), ==, "bad-rule");
            g_assert_cmpstr (ht_problem_get_field (error), ==, "rule");
        }
        g_assert_cmpstr (canonical, ==, texts[i].canonical);
    }
}

static const struct {
    const char *what, *zone, *start, *rule, *added, *excluded, *expected;
} sets[] = {
    { "a rule less one", NULL, "20260105T080000", "FREQ=DAILY;COUNT=3", "", "20260106T080000",
      "20260105T080000 20260107T080000" },
    { "an EXDATE that hits nothing", NULL, "20260105T080000", "FREQ=DAILY;COUNT=2", "",
      "20260106T090000", "20260105T080000 20260106T080000" },
    { "a date excludes its day", NULL, "20260105T080000", "FREQ=DAILY;COUNT=2", "", "20260106",
      "20260105T080000" },
    { "one more", NULL, "20260105T080000", "FREQ=DAILY;COUNT=2", "20260105T140000", "",
      "20260105T080000 20260105T140000 20260106T080000" },
    { "added twice, listed once", NULL, "20260105", "FREQ=DAILY;COUNT=2", "20260106 20260106", "",
      "20260105 20260106" },
    { "without a rule the start is the first", NULL, "20260105", NULL, "20260108 20260107",
      "20260107", "20260105 20260108" },
    { "UTC in a zone", "Asia/Ho_Chi_Minh", "20260105T080000", "FREQ=DAILY;COUNT=3",
      "20260105T070000Z", "20260106T010000Z", "20260105T080000 20260105T140000 20260107T080000" },
};

static void
add_all (HtRecurrenceSet *set, const char *texts_of, gboolean exclude)
{
    g_auto (GStrv) pieces = g_strsplit (texts_of, " ", -1);

    for (char **piece = pieces; *piece != NULL && **piece != '\0'; piece++)
        g_assert_true (ht_recurrence_set_add (set, *piece, exclude, NULL));
}

static void
test_sets (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (sets); i++) {
        g_autoptr (HtZone) zone =
            sets[i].zone == NULL ? NULL : ht_zone_new (sets[i].zone, NULL, NULL);
        g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
        g_autofree char *shown = NULL;
        g_auto (HtRecurrenceSet) set = { 0 };
        HtRecurrenceStart start = parse_start (sets[i].start, zone);
        HtRecurrenceWindow window = { INT64_MIN, INT64_MAX, 100 };
        HtRecurrence rule = parse (sets[i].rule != NULL ? sets[i].rule : "FREQ=DAILY");

        g_test_message ("%s", sets[i].what);
        ht_recurrence_set_init (&set, &start, sets[i].rule != NULL ? &rule : NULL);
        add_all (&set, sets[i].added, FALSE);
        add_all (&set, sets[i].excluded, TRUE);
        g_assert_true (ht_recurrence_set_expand (&set, &window, occurrences, NULL, NULL));
        shown = show (occurrences, start.form);
        g_assert_cmpstr (shown, ==, sets[i].expected);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/recurrence/vectors", test_vectors);
    g_test_add_func ("/recurrence/instants", test_instants_follow_the_zone);
    g_test_add_func ("/recurrence/windows", test_windows);
    g_test_add_func ("/recurrence/steps", test_steps_are_counted);
    g_test_add_func ("/recurrence/text", test_text);
    g_test_add_func ("/recurrence/sets", test_sets);
    return g_test_run ();
}
