/* SPDX-License-Identifier: MIT */

#include "scheduler/core/recurrence-days.h"

#include <string.h>

/* Days are collected as bits, so that parts that expand may come in any order. */
typedef struct {
    uint64_t words[HT_DAY_SET_MAX / 64];
    int64_t first_day;
    int length; /* days in the period */
    unsigned steps;
} Draft;

static void
put (Draft *draft, int day)
{
    draft->steps++;
    if (day >= 0 && day < draft->length)
        draft->words[day / 64] |= UINT64_C (1) << (day % 64);
}

static int
count_days_in_year (int year)
{
    return ht_civil_is_leap_year (year) ? 366 : 365;
}

/* The first day of week 1: the first week with at least four days in the year (RFC 5545). */
static int64_t
find_first_week (int year, int week_start)
{
    int64_t new_year = ht_civil_days_from_date (year, 1, 1);
    int into_week = (ht_civil_get_weekday (new_year) - week_start + 7) % 7;

    return into_week <= 3 ? new_year - into_week : new_year - into_week + 7;
}

static gboolean
counts_weeks (const HtRecurrence *rule)
{
    return (rule->weeks | rule->weeks_back) != 0;
}

static int
find_week_year (const HtRecurrence *rule, int64_t day)
{
    int year = ht_civil_from_days (day).year;

    if (day < find_first_week (year, rule->week_start))
        return year - 1;
    return day >= find_first_week (year + 1, rule->week_start) ? year + 1 : year;
}

static int64_t
divide_down (int64_t a, int64_t b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/* Day 4 of 1970, a Monday, moved to the week's first day. */
static int64_t
align_week (const HtRecurrence *rule)
{
    return 4 + rule->week_start;
}

int64_t
ht_recurrence_find_period (const HtRecurrence *rule, int64_t day)
{
    HtCivil civil;

    switch (rule->frequency) {
    case HT_FREQUENCY_WEEKLY:
        return divide_down (day - align_week (rule), 7);
    case HT_FREQUENCY_MONTHLY:
        civil = ht_civil_from_days (day);
        return (int64_t) civil.year * 12 + civil.month - 1;
    case HT_FREQUENCY_YEARLY:
        return counts_weeks (rule) ? find_week_year (rule, day) : ht_civil_from_days (day).year;
    default:
        return day;
    }
}

int64_t
ht_recurrence_find_first_day (const HtRecurrence *rule, int64_t period)
{
    switch (rule->frequency) {
    case HT_FREQUENCY_WEEKLY:
        return period * 7 + align_week (rule);
    case HT_FREQUENCY_MONTHLY:
        return ht_civil_days_from_date ((int) divide_down (period, 12),
                                        (int) (period - divide_down (period, 12) * 12) + 1, 1);
    case HT_FREQUENCY_YEARLY:
        return counts_weeks (rule) ? find_first_week ((int) period, rule->week_start)
                                   : ht_civil_days_from_date ((int) period, 1, 1);
    default:
        return period;
    }
}

/* --- limits ----------------------------------------------------------------------------------- */

static gboolean
has_nth (const HtRecurrence *rule)
{
    uint64_t any = 0;

    for (int weekday = 0; weekday < 7; weekday++)
        any |= rule->nth[weekday] | rule->nth_back[weekday];
    return any != 0;
}

/* Whether numbers of weekdays count within the month rather than the year. */
static gboolean
counts_in_month (const HtRecurrence *rule)
{
    return rule->frequency == HT_FREQUENCY_MONTHLY || rule->months != 0;
}

static gboolean
passes_weekday (const HtRecurrence *rule, const HtCivil *civil, int64_t day)
{
    int weekday = ht_civil_get_weekday (day);
    int index, length;

    if (rule->weekdays >> weekday & 1)
        return TRUE;
    if ((rule->nth[weekday] | rule->nth_back[weekday]) == 0)
        return rule->weekdays == 0 && !has_nth (rule);
    if (counts_in_month (rule)) {
        index = civil->day - 1;
        length = ht_civil_count_days_in_month (civil->year, civil->month);
    } else {
        index = (int) (day - ht_civil_days_from_date (civil->year, 1, 1));
        length = count_days_in_year (civil->year);
    }
    return (rule->nth[weekday] >> (index / 7 + 1) & 1) != 0 ||
           (rule->nth_back[weekday] >> ((length - 1 - index) / 7 + 1) & 1) != 0;
}

static gboolean
passes_month_day (const HtRecurrence *rule, const HtCivil *civil)
{
    int back = ht_civil_count_days_in_month (civil->year, civil->month) - civil->day + 1;

    return (rule->month_days | rule->month_days_back) == 0 ||
           (rule->month_days >> civil->day & 1) != 0 || (rule->month_days_back >> back & 1) != 0;
}

static gboolean
has_year_days (const HtRecurrence *rule)
{
    return !ht_year_bits_is_empty (&rule->year_days) ||
           !ht_year_bits_is_empty (&rule->year_days_back);
}

static gboolean
passes_year_day (const HtRecurrence *rule, const HtCivil *civil, int64_t day)
{
    int index;

    if (!has_year_days (rule))
        return TRUE;
    index = (int) (day - ht_civil_days_from_date (civil->year, 1, 1)) + 1;
    return ht_year_bits_has (&rule->year_days, index) ||
           ht_year_bits_has (&rule->year_days_back, count_days_in_year (civil->year) - index + 1);
}

gboolean
ht_recurrence_has_day (const HtRecurrence *rule, int64_t day)
{
    HtCivil civil = ht_civil_from_days (day);

    return (rule->months == 0 || (rule->months >> civil.month & 1) != 0) &&
           passes_month_day (rule, &civil) && passes_year_day (rule, &civil, day) &&
           passes_weekday (rule, &civil, day);
}

int64_t
ht_recurrence_skip_day (const HtRecurrence *rule, int64_t day)
{
    HtCivil civil = ht_civil_from_days (day);

    if (rule->months == 0 || (rule->months >> civil.month & 1) != 0)
        return day + 1;
    while ((rule->months >> civil.month & 1) == 0) {
        civil.year += civil.month == 12 ? 1 : 0;
        civil.month = civil.month % 12 + 1;
    }
    return ht_civil_days_from_date (civil.year, civil.month, 1);
}

/* --- expansion -------------------------------------------------------------------------------- */

/* Those of a plain or numbered weekday in the run of @length days from day @from of the draft. */
static void
put_weekdays (const HtRecurrence *rule, Draft *draft, int from, int length)
{
    int first = ht_civil_get_weekday (draft->first_day + from);

    for (int weekday = 0; weekday < 7; weekday++) {
        int index = (weekday - first + 7) % 7;
        int count = (length - index + 6) / 7;
        gboolean plain = (rule->weekdays >> weekday & 1) != 0;

        if (!plain && (rule->nth[weekday] | rule->nth_back[weekday]) == 0)
            continue;
        for (int n = 1; n <= count; n++)
            if (plain || (rule->nth[weekday] >> n & 1) != 0 ||
                (rule->nth_back[weekday] >> (count - n + 1) & 1) != 0)
                put (draft, from + index + (n - 1) * 7);
    }
}

static void
put_month_days (const HtRecurrence *rule, Draft *draft, int from, int length)
{
    for (int day = 1; day <= length; day++)
        if ((rule->month_days >> day & 1) != 0 ||
            (rule->month_days_back >> (length - day + 1) & 1) != 0)
            put (draft, from + day - 1);
}

static gboolean
has_month_days (const HtRecurrence *rule)
{
    return (rule->month_days | rule->month_days_back) != 0;
}

static gboolean
has_weekdays (const HtRecurrence *rule)
{
    return rule->weekdays != 0 || has_nth (rule);
}

/* What the month from day @from of the draft gives: RFC 5545's column for MONTHLY. */
static void
put_month (const HtRecurrence *rule, const HtDayAnchor *anchor, Draft *draft, int from, int length)
{
    draft->steps++;
    if (has_month_days (rule))
        put_month_days (rule, draft, from, length);
    else if (has_weekdays (rule))
        put_weekdays (rule, draft, from, length);
    else if (anchor->day <= length)
        put (draft, from + anchor->day - 1);
}

static void
put_months (const HtRecurrence *rule, const HtDayAnchor *anchor, Draft *draft, int year)
{
    /* without BYMONTH the days of every month are meant; with the start's day alone, its month's */
    uint64_t months = rule->months != 0       ? rule->months
                      : has_month_days (rule) ? 0x1FFE
                                              : UINT64_C (1) << anchor->month;
    int from = 0;

    for (int month = 1; month <= 12; month++) {
        int length = ht_civil_count_days_in_month (year, month);

        if (months >> month & 1)
            put_month (rule, anchor, draft, from, length);
        from += length;
    }
}

static void
put_weeks (const HtRecurrence *rule, const HtDayAnchor *anchor, Draft *draft)
{
    int weeks = draft->length / 7;
    /* named by the rule, or left to the other parts, or the start's */
    uint64_t weekdays = rule->weekdays != 0 ? rule->weekdays
                        : has_month_days (rule) || has_year_days (rule)
                            ? 0x7F
                            : UINT64_C (1) << anchor->weekday;

    for (int week = 1; week <= weeks; week++) {
        if ((rule->weeks >> week & 1) == 0 && (rule->weeks_back >> (weeks - week + 1) & 1) == 0)
            continue;
        for (int day = 0; day < 7; day++)
            if (weekdays >> ((rule->week_start + day) % 7) & 1)
                put (draft, (week - 1) * 7 + day);
    }
}

static void
put_year_days (const HtRecurrence *rule, Draft *draft)
{
    for (int day = 1; day <= draft->length; day++)
        if (ht_year_bits_has (&rule->year_days, day) ||
            ht_year_bits_has (&rule->year_days_back, draft->length - day + 1))
            put (draft, day - 1);
}

static void
put_year (const HtRecurrence *rule, const HtDayAnchor *anchor, Draft *draft, int year)
{
    if (counts_weeks (rule)) {
        draft->length = (int) (find_first_week (year + 1, rule->week_start) - draft->first_day);
        put_weeks (rule, anchor, draft);
        return;
    }
    draft->length = count_days_in_year (year);
    if (has_year_days (rule))
        put_year_days (rule, draft);
    else if (rule->months != 0 || has_month_days (rule) || !has_weekdays (rule))
        put_months (rule, anchor, draft, year);
    else
        put_weekdays (rule, draft, 0, draft->length);
}

static void
put_week (const HtRecurrence *rule, const HtDayAnchor *anchor, Draft *draft)
{
    draft->length = 7;
    if (rule->weekdays == 0)
        put (draft, (anchor->weekday - rule->week_start + 7) % 7);
    else
        put_weekdays (rule, draft, 0, 7);
}

/* Whether a day that was put may still fail another part. */
static gboolean
has_limits (const HtRecurrence *rule)
{
    int parts = (rule->months != 0) + has_month_days (rule) + has_year_days (rule) +
                has_weekdays (rule) + counts_weeks (rule);

    return parts > 1 || (parts == 1 && rule->frequency == HT_FREQUENCY_DAILY) ||
           (rule->months != 0 && rule->frequency != HT_FREQUENCY_YEARLY);
}

static void
collect (const HtRecurrence *rule, const Draft *draft, HtDaySet *ret_days)
{
    gboolean limits = has_limits (rule);

    ret_days->first_day = draft->first_day;
    ret_days->n = 0;
    for (unsigned word = 0; word < G_N_ELEMENTS (draft->words); word++)
        for (uint64_t bits = draft->words[word]; bits != 0; bits &= bits - 1) {
            int day = (int) (word * 64) + __builtin_ctzll (bits);

            if (!limits || ht_recurrence_has_day (rule, draft->first_day + day))
                ret_days->days[ret_days->n++] = (int16_t) day;
        }
}

unsigned
ht_recurrence_find_days (const HtRecurrence *rule, const HtDayAnchor *anchor, int64_t period,
                         HtDaySet *ret_days)
{
    Draft draft = { .first_day = ht_recurrence_find_first_day (rule, period), .steps = 1 };
    HtCivil civil = ht_civil_from_days (draft.first_day);

    switch (rule->frequency) {
    case HT_FREQUENCY_YEARLY:
        put_year (rule, anchor, &draft, (int) period);
        break;
    case HT_FREQUENCY_MONTHLY:
        draft.length = ht_civil_count_days_in_month (civil.year, civil.month);
        if (rule->months == 0 || (rule->months >> civil.month & 1) != 0)
            put_month (rule, anchor, &draft, 0, draft.length);
        break;
    case HT_FREQUENCY_WEEKLY:
        put_week (rule, anchor, &draft);
        break;
    default:
        draft.length = 1;
        put (&draft, 0);
        break;
    }
    collect (rule, &draft, ret_days);
    return draft.steps;
}
