/* SPDX-License-Identifier: MIT */

#include "scheduler/core/recurrence.h"

#include <stdlib.h>

#include "scheduler/base/error.h"
#include "scheduler/core/recurrence-days.h"

typedef enum { WALK_ON, WALK_DONE, WALK_TOO_COSTLY } Walk;

/* Numbers of a time part, ascending. */
typedef struct {
    int n;
    int values[60];
} Numbers;

typedef struct {
    const HtRecurrence *rule;
    const HtRecurrenceStart *start;
    const HtRecurrenceWindow *window;
    GArray *occurrences; /* (element-type HtOccurrence) */
    unsigned limit;      /* the length at which the array is full */
    int64_t start_s;     /* local */
    int64_t end_s;       /* local: of the window, or of the calendar */
    int64_t count;       /* of the rule, from its start */
    int64_t until_s;     /* local; INT64_MAX where UNTIL is an instant or absent */
    int64_t until_at_s;  /* the instant; INT64_MAX where it is local or absent */
    HtZoneSpan span;     /* the last offset used */
    HtDayAnchor anchor;
    Numbers hours, minutes, seconds;
    uint64_t steps;
    uint64_t idle_since; /* steps at the last occurrence */
    gboolean ended;      /* by COUNT, UNTIL or the limit, not by the calendar */
} Expansion;

gboolean
ht_year_bits_has (const HtYearBits *bits, int n)
{
    return (bits->words[n / 64] >> (n % 64) & 1) != 0;
}

gboolean
ht_year_bits_is_empty (const HtYearBits *bits)
{
    uint64_t any = 0;

    for (size_t i = 0; i < G_N_ELEMENTS (bits->words); i++)
        any |= bits->words[i];
    return any == 0;
}

static Walk
check_steps (const Expansion *e)
{
    return e->steps > HT_RECURRENCE_MAX_STEPS ||
                   e->steps - e->idle_since > HT_RECURRENCE_MAX_IDLE_STEPS
               ? WALK_TOO_COSTLY
               : WALK_ON;
}

static Walk
finish (Expansion *e)
{
    e->ended = TRUE;
    return WALK_DONE;
}

/* Finds the instant of @local_s; FALSE where it does not exist. */
static gboolean
resolve (Expansion *e, int64_t local_s, int64_t *ret_at_s)
{
    if (local_s < e->span.from_s || local_s >= e->span.until_s) {
        HtLocal local = ht_zone_find_local (e->start->zone, local_s, ret_at_s, &e->span);

        return local != HT_LOCAL_DOES_NOT_EXIST;
    }
    *ret_at_s = local_s - e->span.offset_s;
    return TRUE;
}

/* Takes the next member of the rule's set, before anything is cut off. */
static Walk
emit (Expansion *e, int64_t local_s)
{
    HtOccurrence occurrence = { .local_s = local_s };

    e->steps++;
    if (local_s < e->start_s)
        return check_steps (e);
    if (local_s >= e->end_s)
        return WALK_DONE;
    if (local_s > e->until_s)
        return finish (e);
    if (!resolve (e, local_s, &occurrence.at_s))
        return check_steps (e);
    if (occurrence.at_s > e->until_at_s)
        return finish (e);
    e->idle_since = e->steps;
    e->count++;
    if (local_s >= e->window->from_s)
        g_array_append_val (e->occurrences, occurrence);
    if (e->count == e->rule->count || e->occurrences->len == e->limit)
        return finish (e);
    return e->steps > HT_RECURRENCE_MAX_STEPS ? WALK_TOO_COSTLY : WALK_ON;
}

/* --- DAILY to YEARLY: days, and the times of each --------------------------------------------- */

static int
count_times (const Expansion *e)
{
    return e->hours.n * e->minutes.n * e->seconds.n;
}

static int
find_time (const Expansion *e, int index)
{
    int second = index % e->seconds.n;
    int minute = index / e->seconds.n % e->minutes.n;
    int hour = index / e->seconds.n / e->minutes.n;

    return e->hours.values[hour] * 3600 + e->minutes.values[minute] * 60 +
           e->seconds.values[second];
}

static Walk
emit_days (Expansion *e, const HtDaySet *days)
{
    int times = count_times (e);
    int first_s = find_time (e, 0);

    for (int d = 0; d < days->n; d++) {
        int64_t midnight_s = (days->first_day + days->days[d]) * HT_CIVIL_DAY_S;
        Walk walk = emit (e, midnight_s + first_s);

        for (int t = 1; t < times && walk == WALK_ON; t++)
            walk = emit (e, midnight_s + find_time (e, t));
        if (walk != WALK_ON)
            return walk;
    }
    return WALK_ON;
}

static int
compare_indexes (gconstpointer a, gconstpointer b)
{
    int x = *(const int *) a, y = *(const int *) b;

    return (x > y) - (x < y);
}

/* BYSETPOS: the indexes it names in a set of @total members, ascending, each once. */
static int
find_positions (Expansion *e, int total, int indexes[2 * 366])
{
    int n = 0, kept = 0;

    for (int position = 1; position <= MIN (total, 366); position++) {
        if (ht_year_bits_has (&e->rule->positions, position))
            indexes[n++] = position - 1;
        if (ht_year_bits_has (&e->rule->positions_back, position))
            indexes[n++] = total - position;
    }
    e->steps += (uint64_t) n;
    qsort (indexes, (size_t) n, sizeof indexes[0], compare_indexes);
    for (int i = 0; i < n; i++)
        if (kept == 0 || indexes[kept - 1] != indexes[i])
            indexes[kept++] = indexes[i];
    return kept;
}

static gboolean
has_positions (const HtRecurrence *rule)
{
    return !ht_year_bits_is_empty (&rule->positions) ||
           !ht_year_bits_is_empty (&rule->positions_back);
}

static Walk
emit_positions (Expansion *e, const HtDaySet *days)
{
    int indexes[2 * 366];
    int times = count_times (e);
    int n = find_positions (e, days->n * times, indexes);

    for (int i = 0; i < n; i++) {
        int64_t day = days->first_day + days->days[indexes[i] / times];
        Walk walk = emit (e, day * HT_CIVIL_DAY_S + find_time (e, indexes[i] % times));

        if (walk != WALK_ON)
            return walk;
    }
    return WALK_ON;
}

/* The first period to look at: the start's, or without COUNT the one of the window. */
static int64_t
seek (const Expansion *e, int64_t first, int64_t wanted)
{
    int64_t interval = e->rule->interval;

    if (e->rule->count != 0 || wanted <= first)
        return first;
    return first + (wanted - first) / interval * interval;
}

static int64_t
clamp_day (int64_t local_s)
{
    return ht_civil_days_from_local_s (CLAMP (local_s, HT_CIVIL_MIN_DAY * (int64_t) HT_CIVIL_DAY_S,
                                              HT_CIVIL_MAX_DAY * (int64_t) HT_CIVIL_DAY_S));
}

/* Whether every period holds the same days, so that they are found once. */
static gboolean
is_plain_week (const HtRecurrence *rule)
{
    return rule->frequency == HT_FREQUENCY_WEEKLY && rule->months == 0;
}

/* The period after @period; a day that cannot match carries a DAILY rule into the next month that
 * can. */
static int64_t
step_period (const HtRecurrence *rule, int64_t period, gboolean empty)
{
    int64_t target;

    if (!empty || rule->frequency != HT_FREQUENCY_DAILY)
        return period + rule->interval;
    target = ht_recurrence_skip_day (rule, period);
    return period +
           MAX (1, (target - period + rule->interval - 1) / rule->interval) * rule->interval;
}

static Walk
walk_days (Expansion *e)
{
    const HtRecurrence *rule = e->rule;
    gboolean positions = has_positions (rule);
    int64_t period =
        seek (e, ht_recurrence_find_period (rule, ht_civil_days_from_local_s (e->start_s)),
              ht_recurrence_find_period (rule, clamp_day (e->window->from_s)));
    int64_t last = ht_recurrence_find_period (rule, clamp_day (e->window->until_s));
    gboolean found = FALSE;
    HtDaySet days;

    while (period <= last) {
        Walk walk;

        if (found)
            days.first_day = ht_recurrence_find_first_day (rule, period);
        else
            e->steps += ht_recurrence_find_days (rule, &e->anchor, period, &days);
        found = is_plain_week (rule);
        walk = positions ? emit_positions (e, &days) : emit_days (e, &days);
        if (walk == WALK_ON)
            walk = check_steps (e);
        if (walk != WALK_ON)
            return walk;
        period = step_period (rule, period, days.n == 0);
    }
    return WALK_DONE;
}

/* --- SECONDLY to HOURLY ----------------------------------------------------------------------- */

static gboolean
has_bit (uint64_t bits, int n)
{
    return bits == 0 || (bits >> n & 1) != 0;
}

/* Where the parts above the frequency's own forbid @local_s, the first second that they may allow
 * again; else @local_s. @day is the last day that was found to pass. */
static int64_t
skip_forbidden (const HtRecurrence *rule, int64_t local_s, int64_t *day)
{
    int64_t today = ht_civil_days_from_local_s (local_s);
    int second = (int) (local_s - today * HT_CIVIL_DAY_S);

    if (today != *day && !ht_recurrence_has_day (rule, today))
        return ht_recurrence_skip_day (rule, today) * HT_CIVIL_DAY_S;
    *day = today;
    if (!has_bit (rule->hours, second / 3600))
        return local_s - second % 3600 + 3600;
    if (rule->frequency < HT_FREQUENCY_HOURLY && !has_bit (rule->minutes, second / 60 % 60))
        return local_s - second % 60 + 60;
    if (rule->frequency < HT_FREQUENCY_MINUTELY && !has_bit (rule->seconds, second % 60))
        return local_s + 1;
    return local_s;
}

/* The times of the period from @from_s: what the frequency expands. */
static Walk
emit_times (Expansion *e, int64_t from_s)
{
    HtFrequency frequency = e->rule->frequency;
    int minutes = frequency == HT_FREQUENCY_HOURLY ? e->minutes.n : 1;
    int seconds = frequency == HT_FREQUENCY_SECONDLY ? 1 : e->seconds.n;
    int indexes[2 * 366];
    gboolean positions = has_positions (e->rule);
    int n = positions ? find_positions (e, minutes * seconds, indexes) : minutes * seconds;

    for (int i = 0; i < n; i++) {
        int index = positions ? indexes[i] : i;
        int minute = frequency < HT_FREQUENCY_HOURLY ? 0 : e->minutes.values[index / seconds];
        int second = frequency < HT_FREQUENCY_MINUTELY ? 0 : e->seconds.values[index % seconds];
        Walk walk = emit (e, from_s + minute * 60 + second);

        if (walk != WALK_ON)
            return walk;
    }
    return check_steps (e);
}

static Walk
walk_times (Expansion *e)
{
    static const int64_t units_s[] = {
        [HT_FREQUENCY_SECONDLY] = 1,
        [HT_FREQUENCY_MINUTELY] = 60,
        [HT_FREQUENCY_HOURLY] = 3600,
    };
    int64_t unit_s = units_s[e->rule->frequency];
    int64_t interval_s = e->rule->interval * unit_s;
    /* the start of the period that holds the start */
    int64_t first_s = e->start_s - ((e->start_s % unit_s) + unit_s) % unit_s;
    int64_t at_s = first_s;
    int64_t day = INT64_MIN;

    if (e->rule->count == 0 && e->window->from_s > first_s)
        at_s += (e->window->from_s - first_s) / interval_s * interval_s;
    while (at_s < e->end_s) {
        int64_t allowed_s = skip_forbidden (e->rule, at_s, &day);
        Walk walk;

        e->steps++;
        walk = allowed_s == at_s ? emit_times (e, at_s) : check_steps (e);
        if (walk != WALK_ON)
            return walk;
        at_s += MAX (1, (allowed_s - at_s + interval_s - 1) / interval_s) * interval_s;
    }
    return WALK_DONE;
}

/* --- setting up ------------------------------------------------------------------------------- */

static Numbers
list_numbers (uint64_t bits, int otherwise)
{
    Numbers numbers = { 0 };

    for (int value = 0; value < 60; value++)
        if (bits >> value & 1)
            numbers.values[numbers.n++] = value;
    if (numbers.n == 0)
        numbers.values[numbers.n++] = otherwise;
    return numbers;
}

static void
set_until (Expansion *e)
{
    const HtRecurrence *rule = e->rule;

    e->until_s = INT64_MAX;
    e->until_at_s = INT64_MAX;
    if (rule->until_form < 0)
        return;
    if (e->start->form == HT_CIVIL_TEXT_DATE)
        e->until_s = ht_civil_days_from_local_s (rule->until_s) * HT_CIVIL_DAY_S;
    else if (rule->until_form == HT_CIVIL_TEXT_UTC)
        e->until_at_s = rule->until_s;
    else
        e->until_s = rule->until_s;
}

static void
set_times (Expansion *e)
{
    const HtRecurrence *rule = e->rule;
    const HtCivil *civil = &e->start->civil;

    if (e->start->form == HT_CIVIL_TEXT_DATE) {
        /* times of day are ignored for a date (RFC 5545 3.3.10) */
        e->hours = e->minutes = e->seconds = (Numbers){ .n = 1 };
        return;
    }
    e->hours = list_numbers (rule->hours, civil->hour);
    e->minutes = list_numbers (rule->minutes, civil->minute);
    e->seconds = list_numbers (rule->seconds, civil->second);
}

static gboolean
refuse (const char *id, const char *sentence, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, id, "rule", "%s", sentence);
    return FALSE;
}

static gboolean
judge (const Expansion *e, Walk walk, GError **error)
{
    if (walk == WALK_TOO_COSTLY)
        return refuse ("rule-too-costly",
                       e->count == 0 ? "the rule finds no occurrence within its bound of steps"
                                     : "the rule needs more steps than its bound",
                       error);
    if (e->ended || e->window->until_s != INT64_MAX || e->rule->until_form >= 0)
        return TRUE;
    if (e->count == 0 && e->window->from_s == INT64_MIN)
        return refuse ("rule-never-occurs", "the rule never occurs", error);
    if (e->rule->count != 0)
        return refuse ("rule-past-calendar", "the rule's COUNT lies past the year 9999", error);
    return TRUE;
}

gboolean
ht_recurrence_expand (const HtRecurrence *rule, const HtRecurrenceStart *start,
                      const HtRecurrenceWindow *window, GArray *occurrences, uint64_t *ret_steps,
                      GError **error)
{
    unsigned length = occurrences->len;
    int64_t start_s = ht_civil_to_local_s (&start->civil);
    Expansion e = { .rule = rule,
                    .start = start,
                    .window = window,
                    .occurrences = occurrences,
                    .limit = length + MAX (1, MIN (window->limit, HT_RECURRENCE_MAX_STEPS)),
                    .start_s = start_s,
                    .end_s =
                        MIN (window->until_s, (HT_CIVIL_MAX_DAY + 1) * (int64_t) HT_CIVIL_DAY_S),
                    .anchor = { start->civil.month, start->civil.day,
                                ht_civil_get_weekday (ht_civil_days_from_local_s (start_s)) } };
    Walk walk;

    if (start->form == HT_CIVIL_TEXT_DATE && rule->frequency < HT_FREQUENCY_DAILY)
        return refuse ("rule-needs-time", "a rule by hours, minutes or seconds needs a time",
                       error);
    if (start->form != HT_CIVIL_TEXT_LOCAL || start->zone == NULL)
        e.span = (HtZoneSpan){ INT64_MIN, INT64_MAX, 0 };
    set_until (&e);
    set_times (&e);
    walk = rule->frequency < HT_FREQUENCY_DAILY ? walk_times (&e) : walk_days (&e);
    if (ret_steps != NULL)
        *ret_steps = e.steps;
    if (judge (&e, walk, error))
        return TRUE;
    g_array_set_size (occurrences, length);
    return FALSE;
}
