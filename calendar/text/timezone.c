/* SPDX-License-Identifier: MIT */

#include "calendar/text/timezone.h"

#include <stdlib.h>
#include <string.h>

#include "calendar/text/line.h"

/* 2024-01-01, before any session of ours, and how many years from there a rule must hold. */
#define SINCE_US (INT64_C (1704067200) * HT_CIVIL_US)
#define YEARS    12

/* A yearly change: the nth (negative: from the end) weekday of a month at a local time. */
typedef struct {
    int month, weekday, nth, time_s;
    int offset_from_s, offset_s;
    const char *abbreviation;
} Rule;

typedef struct {
    int n; /* 0: one offset; 2 */
    Rule rules[2];
} Rules;

static HtCivil
find_local (const HtZoneChange *change)
{
    return ht_civil_from_local_s (change->at_us / HT_CIVIL_US + change->offset_from_s);
}

static int64_t
find_nth (int year, const Rule *rule)
{
    int length = ht_civil_count_days_in_month (year, rule->month);
    int64_t first = ht_civil_days_from_date (year, rule->month, 1);
    int64_t last = first + length - 1;

    if (rule->nth < 0)
        return last - (ht_civil_get_weekday (last) - rule->weekday + 7) % 7;
    return first + (rule->weekday - ht_civil_get_weekday (first) + 7) % 7 + (rule->nth - 1) * 7;
}

static gboolean
matches (const Rule *rule, const HtZoneChange *change)
{
    HtCivil local = find_local (change);

    return rule->offset_s == change->offset_s && rule->offset_from_s == change->offset_from_s &&
           rule->time_s == local.hour * 3600 + local.minute * 60 + local.second &&
           find_nth (local.year, rule) ==
               ht_civil_days_from_date (local.year, local.month, local.day);
}

static Rule
make_rule (const HtZoneChange *change, gboolean from_end)
{
    HtCivil local = find_local (change);

    return (Rule){
        .month = local.month,
        .weekday =
            ht_civil_get_weekday (ht_civil_days_from_date (local.year, local.month, local.day)),
        .nth = from_end ? -1 : (local.day - 1) / 7 + 1,
        .time_s = local.hour * 3600 + local.minute * 60 + local.second,
        .offset_from_s = change->offset_from_s,
        .offset_s = change->offset_s,
        .abbreviation = change->abbreviation,
    };
}

/* Whether every second change from the @first on keeps @rule. */
static gboolean
holds (const Rule *rule, const HtZoneChange *changes, int first)
{
    for (int i = first; i < 2 * YEARS; i += 2)
        if (!matches (rule, &changes[i]))
            return FALSE;
    return TRUE;
}

static gboolean
find_rule (const HtZoneChange *changes, int first, Rule *ret_rule)
{
    for (int from_end = 0; from_end <= 1; from_end++) {
        *ret_rule = make_rule (&changes[first], from_end == 1);
        if (holds (ret_rule, changes, first))
            return TRUE;
    }
    return FALSE;
}

static gboolean
find_rules (const HtZone *zone, Rules *ret_rules)
{
    HtZoneChange changes[2 * YEARS];
    int64_t after_us = SINCE_US;

    *ret_rules = (Rules){ 0 };
    if (ht_zone_get_offset_s (zone, SINCE_US) % 60 != 0)
        return FALSE;
    for (int i = 0; i < 2 * YEARS; i++) {
        if (!ht_zone_find_change (zone, after_us, &changes[i]))
            return i == 0;
        after_us = changes[i].at_us;
    }
    ret_rules->n = 2;
    return find_rule (changes, 0, &ret_rules->rules[0]) &&
           find_rule (changes, 1, &ret_rules->rules[1]);
}

gboolean
ht_timezone_is_regular (const HtZone *zone)
{
    Rules rules;

    return find_rules (zone, &rules);
}

static void
append_offset (GString *text, const char *name, int offset_s)
{
    char value[16];

    g_snprintf (value, sizeof value, "%c%02d%02d", offset_s < 0 ? '-' : '+', abs (offset_s) / 3600,
                abs (offset_s) / 60 % 60);
    ht_line_append (text, name, value);
}

static void
append_rule (GString *text, const Rule *rule)
{
    static const char *const weekdays[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
    HtCivil civil = ht_civil_from_local_s (find_nth (1970, rule) * HT_CIVIL_DAY_S + rule->time_s);
    const char *kind = rule->offset_s > rule->offset_from_s ? "DAYLIGHT" : "STANDARD";
    g_autofree char *value = g_strdup_printf ("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", rule->month,
                                              rule->nth, weekdays[rule->weekday]);
    char start[HT_CIVIL_TEXT_BYTES];

    ht_civil_write_basic (&civil, HT_CIVIL_TEXT_LOCAL, start);
    ht_line_append (text, "BEGIN", kind);
    append_offset (text, "TZOFFSETFROM", rule->offset_from_s);
    append_offset (text, "TZOFFSETTO", rule->offset_s);
    ht_line_append_text (text, "TZNAME", rule->abbreviation);
    ht_line_append (text, "DTSTART", start);
    ht_line_append (text, "RRULE", value);
    ht_line_append (text, "END", kind);
}

static void
append_constant (GString *text, int offset_s)
{
    ht_line_append (text, "BEGIN", "STANDARD");
    append_offset (text, "TZOFFSETFROM", offset_s);
    append_offset (text, "TZOFFSETTO", offset_s);
    append_offset (text, "TZNAME", offset_s);
    ht_line_append (text, "DTSTART", "19700101T000000");
    ht_line_append (text, "END", "STANDARD");
}

void
ht_timezone_append (const HtZone *zone, GString *text)
{
    Rules rules;

    if (strcmp (ht_zone_get_name (zone), "UTC") == 0 || !find_rules (zone, &rules))
        return;
    ht_line_append (text, "BEGIN", "VTIMEZONE");
    ht_line_append (text, "TZID", ht_zone_get_name (zone));
    if (rules.n == 0)
        append_constant (text, ht_zone_get_offset_s (zone, SINCE_US));
    for (int i = 0; i < rules.n; i++)
        append_rule (text, &rules.rules[i]);
    ht_line_append (text, "END", "VTIMEZONE");
}
