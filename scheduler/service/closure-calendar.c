/* SPDX-License-Identifier: MIT */

#include "scheduler/service/closure-calendar.h"

/* (element-type int64_t): the numbers in @text. */
static GArray *
read_numbers (const char *text)
{
    GArray *numbers = g_array_new (FALSE, FALSE, sizeof (int64_t));
    char *end = NULL;

    for (const char *p = text == NULL ? "" : text; *p != '\0'; p = end) {
        int64_t number = g_ascii_strtoll (p, &end, 10);

        if (end == p)
            break;
        g_array_append_val (numbers, number);
    }
    return numbers;
}

GArray *
ht_closure_calendar_list_days (const HtClosureCalendar *calendar)
{
    return read_numbers (calendar->days);
}

GArray *
ht_closure_calendar_list_hours (const HtClosureCalendar *calendar)
{
    g_autoptr (GArray) numbers = read_numbers (calendar->hours);
    GArray *hours = g_array_new (FALSE, FALSE, sizeof (HtOpenHours));

    for (unsigned i = 0; i + 2 < numbers->len; i += 3) {
        HtOpenHours one = { (int) g_array_index (numbers, int64_t, i),
                            (int) g_array_index (numbers, int64_t, i + 1),
                            (int) g_array_index (numbers, int64_t, i + 2) };

        g_array_append_val (hours, one);
    }
    return hours;
}

static void
append (GString *text, int64_t number)
{
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, text->len > 0 ? " " : "", number);
}

/* An empty text is none. */
static void
put (char **member, GString *text)
{
    g_free (*member);
    *member = g_string_free (text, text->len == 0);
}

void
ht_closure_calendar_set_hours (HtClosureCalendar *calendar, const GArray *hours)
{
    GString *text = g_string_new (NULL);

    for (unsigned i = 0; i < hours->len; i++) {
        const HtOpenHours *one = &g_array_index (hours, HtOpenHours, i);

        append (text, one->weekday);
        append (text, one->from_minute);
        append (text, one->until_minute);
    }
    put (&calendar->hours, text);
}

void
ht_closure_calendar_set_days (HtClosureCalendar *calendar, const GArray *days)
{
    GString *text = g_string_new (NULL);

    for (unsigned i = 0; i < days->len; i++)
        append (text, g_array_index (days, int64_t, i));
    put (&calendar->days, text);
}
