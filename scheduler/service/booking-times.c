/* SPDX-License-Identifier: MIT */

#include "scheduler/service/booking-times.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/core/policy.h"
#include "scheduler/core/recurrence-text.h"
#include "scheduler/service/holidays.h"

#define MINUTE_US (INT64_C (60) * G_USEC_PER_SEC)

/* What is a minute late in a form is not worth a refusal. */
#define LATE_US MINUTE_US

gboolean
ht_booking_read_start (HtState *state, const char *start, const char *zone, int64_t *ret_start_us,
                       GError **error)
{
    const HtZone *known =
        ht_state_get_zone (state, zone == NULL ? HT_BOOKING_ZONE : zone, "zone", error);
    HtCivil civil;

    if (known == NULL)
        return FALSE;
    if (start == NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "required", "start", "start must be filled in");
        return FALSE;
    }
    return ht_civil_parse (start, "start", &civil, error) &&
           ht_zone_to_instant (known, &civil, "start", ret_start_us, error);
}

gboolean
ht_booking_check_minutes (int64_t minutes, GError **error)
{
    HtPolicy policy = ht_policy_get_default ();
    int64_t most = ht_policy_get (&policy, HT_POLICY_SESSION_LONGEST_US) / MINUTE_US;

    if (minutes >= 1 && minutes <= most)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "out-of-range", "minutes",
                    "minutes must be from 1 to %" G_GINT64_FORMAT, most);
    return FALSE;
}

gboolean
ht_booking_make_span (const HtDecider *decider, int64_t start_us, int64_t minutes, HtSpan *ret_span,
                      GError **error)
{
    HtPolicy policy = ht_policy_get_default ();

    if (!ht_booking_check_minutes (minutes, error))
        return FALSE;
    if (start_us < decider->now_us - LATE_US) {
        ht_problem_set (error, HT_ERROR_INVALID, "start-past", "start", "the start has passed");
        return FALSE;
    }
    if (start_us > decider->now_us + ht_policy_get (&policy, HT_POLICY_HORIZON_US)) {
        ht_problem_set (error, HT_ERROR_INVALID, "beyond-horizon", "start",
                        "nothing can be booked more than 24 months ahead");
        return FALSE;
    }
    return ht_span_make (start_us, start_us + minutes * MINUTE_US, ret_span, error);
}

static gboolean
has_rule (const HtBooking *booking)
{
    return booking->rule != NULL && booking->rule[0] != '\0';
}

static int64_t
get_most_occurrences (void)
{
    HtPolicy policy = ht_policy_get_default ();

    return ht_policy_get (&policy, HT_POLICY_OCCURRENCES_MOST);
}

static gboolean
check_rule (const HtRecurrence *rule, GError **error)
{
    int64_t most = get_most_occurrences ();

    if (rule->count == 0 && rule->until_form < 0) {
        ht_problem_set (error, HT_ERROR_INVALID, "rule-without-end", "rule",
                        "a booking's rule needs COUNT or UNTIL");
        return FALSE;
    }
    if (rule->frequency < HT_FREQUENCY_DAILY || rule->count > most) {
        ht_problem_set (error, HT_ERROR_INVALID, "rule-too-often", "rule",
                        "a booking repeats daily or less often, at most %" G_GINT64_FORMAT " times",
                        most);
        return FALSE;
    }
    return TRUE;
}

/* The days to leave out, as days since 1970. */
static GHashTable *
read_skipped (const HtBooking *booking, GError **error)
{
    g_autoptr (GHashTable) days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

    for (unsigned i = 0; booking->skip != NULL && booking->skip[i] != NULL; i++) {
        HtCivil civil;
        int64_t day;

        if (!ht_civil_parse_date (booking->skip[i], "skip", &civil, error))
            return NULL;
        day = ht_civil_days_from_date (civil.year, civil.month, civil.day);
        g_hash_table_add (days, g_memdup2 (&day, sizeof day));
    }
    return g_steal_pointer (&days);
}

static gboolean
add_span (const HtDecider *decider, GArray *spans, int64_t start_us, int64_t minutes,
          GError **error)
{
    HtSpan span;

    if (!ht_booking_make_span (decider, start_us, minutes, &span, error))
        return FALSE;
    g_array_append_val (spans, span);
    return TRUE;
}

static GArray *
expand (const HtBooking *booking, const HtRecurrence *rule, const HtZone *zone, GError **error)
{
    g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
    HtRecurrenceStart start = { .form = HT_CIVIL_TEXT_LOCAL, .zone = zone };
    int64_t most = get_most_occurrences ();
    HtRecurrenceWindow window = { INT64_MIN, INT64_MAX, most + 1 };

    if (booking->start == NULL || !ht_civil_parse (booking->start, "start", &start.civil, error) ||
        !ht_recurrence_expand (rule, &start, &window, found, NULL, error))
        return NULL;
    if (found->len > most) {
        ht_problem_set (error, HT_ERROR_INVALID, "rule-too-often", "rule",
                        "the rule gives more than %" G_GINT64_FORMAT " occurrences", most);
        return NULL;
    }
    return g_steal_pointer (&found);
}

/* --- what the rule gives ------------------------------------------------------------------- */

/* Local starts, but for the days that are left out. */
static gboolean
add_by_rule (const HtBooking *booking, const HtZone *zone, GArray *starts, GError **error)
{
    g_autoptr (GHashTable) skipped = read_skipped (booking, error);
    g_autoptr (GArray) found = NULL;
    HtRecurrence rule;

    if (skipped == NULL || !ht_recurrence_parse (booking->rule, &rule, error) ||
        !check_rule (&rule, error))
        return FALSE;
    found = expand (booking, &rule, zone, error);
    for (unsigned i = 0; found != NULL && i < found->len; i++) {
        int64_t local_s = g_array_index (found, HtOccurrence, i).local_s;
        int64_t day = ht_civil_days_from_local_s (local_s);

        if (!g_hash_table_contains (skipped, &day))
            g_array_append_val (starts, local_s);
    }
    return found != NULL;
}

/* One more: a time of its own, or a day at the series' time. */
static gboolean
add_extra (const char *text, const HtCivil *first, const HtZone *zone, GArray *starts,
           GError **error)
{
    HtCivil civil;
    int64_t local_s, at_us;

    if (strchr (text, 'T') != NULL) {
        if (!ht_civil_parse (text, "extra", &civil, error))
            return FALSE;
    } else {
        if (!ht_civil_parse_date (text, "extra", &civil, error))
            return FALSE;
        civil.hour = first->hour;
        civil.minute = first->minute;
        civil.second = first->second;
    }
    if (!ht_zone_to_instant (zone, &civil, "extra", &at_us, error))
        return FALSE;
    local_s = ht_civil_to_local_s (&civil);
    g_array_append_val (starts, local_s);
    return TRUE;
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
    int64_t one = *(const int64_t *) a, other = *(const int64_t *) b;

    return (one > other) - (one < other);
}

/* In order, each once, as RFC 5545 has it of RDATE. */
static void
sort_starts (GArray *starts)
{
    g_array_sort (starts, compare_starts);
    for (unsigned i = starts->len; i > 1; i--)
        if (g_array_index (starts, int64_t, i - 1) == g_array_index (starts, int64_t, i - 2))
            g_array_remove_index (starts, i - 1);
}

/* --- holidays ------------------------------------------------------------------------------ */

/* The day to which an occurrence on @day goes; -1: it does not take place. */
static int64_t
find_day (GHashTable *holidays, int choice, int64_t day)
{
    if (!ht_holidays_has (holidays, day))
        return day;
    return choice == HT_HOLIDAYS_MOVE ? ht_holidays_find_next (holidays, day) : -1;
}

/* Those that fall on the same day then are one. */
static void
mind_holidays (HtDecider *decider, const HtBooking *booking, GArray *starts)
{
    g_autoptr (GHashTable) holidays = NULL;
    unsigned kept = 0;

    if (booking->holidays == HT_HOLIDAYS_KEEP)
        return;
    holidays = ht_holidays_collect (decider, booking);
    for (unsigned i = 0; i < starts->len; i++) {
        int64_t local_s = g_array_index (starts, int64_t, i);
        int64_t day = ht_civil_days_from_local_s (local_s);
        int64_t other = find_day (holidays, booking->holidays, day);

        if (other >= 0)
            g_array_index (starts, int64_t, kept++) = local_s + (other - day) * HT_CIVIL_DAY_S;
    }
    g_array_set_size (starts, kept);
    sort_starts (starts);
}

/* --- the whole ----------------------------------------------------------------------------- */

static gboolean
overlaps_itself (const GArray *starts, int64_t minutes)
{
    for (unsigned i = 1; i < starts->len; i++)
        if (g_array_index (starts, int64_t, i) - g_array_index (starts, int64_t, i - 1) <
            minutes * 60)
            return TRUE;
    return FALSE;
}

static gboolean
check_starts (const GArray *starts, int64_t minutes, GError **error)
{
    int64_t most = get_most_occurrences ();

    if (starts->len == 0)
        ht_problem_set (error, HT_ERROR_INVALID, "rule-never-occurs", "rule",
                        "the rule leaves no occurrence");
    else if (starts->len > most)
        ht_problem_set (error, HT_ERROR_INVALID, "rule-too-often", "rule",
                        "the rule gives more than %" G_GINT64_FORMAT " occurrences", most);
    else if (overlaps_itself (starts, minutes))
        ht_problem_set (error, HT_ERROR_INVALID, "overlaps-itself", "rule",
                        "an occurrence begins before the one before has ended");
    else
        return TRUE;
    return FALSE;
}

static GArray *
make_spans (HtDecider *decider, const HtBooking *booking, const HtZone *zone, const GArray *starts,
            GError **error)
{
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));

    for (unsigned i = 0; i < starts->len; i++) {
        int64_t at_s = 0;

        ht_zone_find_local (zone, g_array_index (starts, int64_t, i), &at_s, NULL);
        if (!add_span (decider, spans, at_s * G_USEC_PER_SEC, booking->minutes, error))
            return NULL;
    }
    return g_steal_pointer (&spans);
}

static GArray *
make_repeated (HtDecider *decider, const HtBooking *booking, const HtZone *zone, GError **error)
{
    g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (int64_t));
    HtCivil first;

    if (booking->start == NULL || !ht_civil_parse (booking->start, "start", &first, error))
        return NULL;
    if (has_rule (booking) ? !add_by_rule (booking, zone, starts, error)
                           : !add_extra (booking->start, &first, zone, starts, error))
        return NULL;
    for (unsigned i = 0; booking->extra != NULL && booking->extra[i] != NULL; i++)
        if (!add_extra (booking->extra[i], &first, zone, starts, error))
            return NULL;
    sort_starts (starts);
    mind_holidays (decider, booking, starts);
    if (!check_starts (starts, booking->minutes, error))
        return NULL;
    return make_spans (decider, booking, zone, starts, error);
}

int64_t
ht_booking_find_now_us (const HtDecider *decider, gboolean is_recorded)
{
    HtPolicy policy = ht_policy_get_default ();

    return decider->now_us + (is_recorded ? ht_policy_get (&policy, HT_POLICY_NOW_US) : 0);
}

GArray *
ht_booking_make_spans (HtDecider *decider, const HtBooking *booking, GError **error)
{
    const char *zone_name = booking->zone == NULL ? HT_BOOKING_ZONE : booking->zone;
    const HtZone *zone = ht_state_get_zone (decider->state, zone_name, "zone", error);
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    gboolean is_recorded = booking->sources != NULL && booking->sources->len > 0;
    int64_t start_us = ht_booking_find_now_us (decider, is_recorded);

    if (zone == NULL)
        return NULL;
    if (!booking->now && (has_rule (booking) || booking->holidays != HT_HOLIDAYS_KEEP ||
                          (booking->extra != NULL && booking->extra[0] != NULL)))
        return make_repeated (decider, booking, zone, error);
    if (!booking->now &&
        !ht_booking_read_start (decider->state, booking->start, zone_name, &start_us, error))
        return NULL;
    if (!add_span (decider, spans, start_us, booking->minutes, error))
        return NULL;
    return g_steal_pointer (&spans);
}
