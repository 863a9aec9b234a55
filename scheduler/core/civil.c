/* SPDX-License-Identifier: MIT */

#include "scheduler/core/civil.h"

#include <string.h>

#include "scheduler/base/error.h"

/* Days from 0000-03-01, where the count of four centuries starts, to 1970-01-01. */
#define EPOCH_DAYS 719468

const char *const ht_weekday_names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU", NULL };

gboolean
ht_civil_is_leap_year (int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
ht_civil_count_days_in_month (int year, int month)
{
    static const int days[] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && ht_civil_is_leap_year (year) ? 29 : days[month];
}

gboolean
ht_civil_is_valid (const HtCivil *civil)
{
    if (civil->year < 1 || civil->year > 9999 || civil->month < 1 || civil->month > 12)
        return FALSE;
    if (civil->day < 1 || civil->day > ht_civil_count_days_in_month (civil->year, civil->month))
        return FALSE;
    return civil->hour >= 0 && civil->hour <= 23 && civil->minute >= 0 && civil->minute <= 59 &&
           civil->second >= 0 && civil->second <= 59;
}

/* The year is taken to begin in March, so that the leap day comes last and the lengths of the
 * months before it follow one line, (153 m + 2) / 5. */
int64_t
ht_civil_days_from_date (int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t cycle = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_cycle = y - cycle * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_cycle =
        year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;

    return cycle * HT_CIVIL_CYCLE_DAYS + day_of_cycle - EPOCH_DAYS;
}

HtCivil
ht_civil_from_days (int64_t days)
{
    int64_t z = days + EPOCH_DAYS;
    int64_t cycle = (z >= 0 ? z : z - (HT_CIVIL_CYCLE_DAYS - 1)) / HT_CIVIL_CYCLE_DAYS;
    int day_of_cycle = (int) (z - cycle * HT_CIVIL_CYCLE_DAYS);
    int year_of_cycle =
        (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 - day_of_cycle / 146096) / 365;
    int day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    int month = (5 * day_of_year + 2) / 153;

    return (HtCivil){
        .year = (int) (cycle * 400) + year_of_cycle + (month >= 10 ? 1 : 0),
        .month = month < 10 ? month + 3 : month - 9,
        .day = day_of_year - (153 * month + 2) / 5 + 1,
    };
}

int
ht_civil_get_weekday (int64_t days)
{
    /* 1970-01-01 was a Thursday */
    int weekday = (int) ((days + 3) % 7);

    return weekday < 0 ? weekday + 7 : weekday;
}

int64_t
ht_civil_to_local_s (const HtCivil *civil)
{
    return ht_civil_days_from_date (civil->year, civil->month, civil->day) * HT_CIVIL_DAY_S +
           civil->hour * 3600 + civil->minute * 60 + civil->second;
}

int64_t
ht_civil_days_from_local_s (int64_t local_s)
{
    return (local_s >= 0 ? local_s : local_s - (HT_CIVIL_DAY_S - 1)) / HT_CIVIL_DAY_S;
}

HtCivil
ht_civil_from_local_s (int64_t local_s)
{
    int64_t days = ht_civil_days_from_local_s (local_s);
    int second = (int) (local_s - days * HT_CIVIL_DAY_S);
    HtCivil civil = ht_civil_from_days (days);

    civil.hour = second / 3600;
    civil.minute = second / 60 % 60;
    civil.second = second % 60;
    return civil;
}

/* In a shape, Y M D h m s stand for a digit of that member, everything else for itself. */
static gboolean
read_shape (const char *text, const char *shape, HtCivil *civil)
{
    static const char members[] = "YMDhms";
    int values[6] = { 0 };

    for (; *shape != '\0'; shape++, text++) {
        const char *member = strchr (members, *shape);

        if (member == NULL && *text != *shape)
            return FALSE;
        if (member != NULL && !g_ascii_isdigit (*text))
            return FALSE;
        if (member != NULL)
            values[member - members] = values[member - members] * 10 + (*text - '0');
    }
    *civil = (HtCivil){ values[0], values[1], values[2], values[3], values[4], values[5] };
    return *text == '\0' && ht_civil_is_valid (civil);
}

static gboolean
refuse (const char *id, const char *field, const char *text, const char *shape, GError **error)
{
    g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, 40));

    ht_problem_set (error, HT_ERROR_INVALID, id, field, "%s: '%s' is not of the form %s",
                    field != NULL ? field : "time", shown, shape);
    return FALSE;
}

gboolean
ht_civil_parse (const char *text, const char *field, HtCivil *ret_civil, GError **error)
{
    HtCivil civil;

    if (!read_shape (text, "YYYY-MM-DDThh:mm", &civil) &&
        !read_shape (text, "YYYY-MM-DDThh:mm:ss", &civil))
        return refuse ("bad-time", field, text, "2026-11-25T07:30", error);
    *ret_civil = civil;
    return TRUE;
}

gboolean
ht_civil_parse_date (const char *text, const char *field, HtCivil *ret_civil, GError **error)
{
    HtCivil civil;

    if (!read_shape (text, "YYYY-MM-DD", &civil))
        return refuse ("bad-date", field, text, "2026-11-25", error);
    *ret_civil = civil;
    return TRUE;
}

gboolean
ht_civil_parse_minute (const char *text, const char *field, int *ret_minute, GError **error)
{
    gboolean shaped = strlen (text) == 5 && g_ascii_isdigit (text[0]) &&
                      g_ascii_isdigit (text[1]) && text[2] == ':' && text[3] >= '0' &&
                      text[3] < '6' && g_ascii_isdigit (text[4]);
    int minute = !shaped ? -1
                         : ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 +
                               text[4] - '0';

    if (minute < 0 || minute > 24 * 60)
        return refuse ("bad-time", field, text, "07:30", error);
    *ret_minute = minute;
    return TRUE;
}

gboolean
ht_civil_parse_basic (const char *text, const char *field, HtCivil *ret_civil,
                      HtCivilText *ret_form, GError **error)
{
    static const char *const shapes[] = {
        [HT_CIVIL_TEXT_DATE] = "YYYYMMDD",
        [HT_CIVIL_TEXT_LOCAL] = "YYYYMMDDThhmmss",
        [HT_CIVIL_TEXT_UTC] = "YYYYMMDDThhmmssZ",
    };
    HtCivil civil;

    for (size_t form = 0; form < G_N_ELEMENTS (shapes); form++)
        if (read_shape (text, shapes[form], &civil)) {
            *ret_civil = civil;
            *ret_form = (HtCivilText) form;
            return TRUE;
        }
    return refuse ("bad-time", field, text, "20261125, 20261125T073000 or 20261125T003000Z", error);
}

static char *
write_digits (char *at, int value, int digits)
{
    for (int i = digits - 1; i >= 0; i--, value /= 10)
        at[i] = (char) ('0' + value % 10);
    return at + digits;
}

void
ht_civil_write_basic (const HtCivil *civil, HtCivilText form, char *text)
{
    char *at = write_digits (text, civil->year, 4);

    at = write_digits (at, civil->month, 2);
    at = write_digits (at, civil->day, 2);
    if (form != HT_CIVIL_TEXT_DATE) {
        *at++ = 'T';
        at = write_digits (at, civil->hour, 2);
        at = write_digits (at, civil->minute, 2);
        at = write_digits (at, civil->second, 2);
    }
    if (form == HT_CIVIL_TEXT_UTC)
        *at++ = 'Z';
    *at = '\0';
}
