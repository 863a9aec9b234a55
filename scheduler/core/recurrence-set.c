/* SPDX-License-Identifier: MIT */

#include "scheduler/core/recurrence-set.h"

#include <stdlib.h>

void
ht_recurrence_set_init (HtRecurrenceSet *set, const HtRecurrenceStart *start,
                        const HtRecurrence *rule)
{
    *set = (HtRecurrenceSet){
        .start = *start,
        .has_rule = rule != NULL,
        .added = g_array_new (FALSE, FALSE, sizeof (int64_t)),
        .excluded = g_array_new (FALSE, FALSE, sizeof (int64_t)),
        .excluded_days = g_array_new (FALSE, FALSE, sizeof (int64_t)),
    };
    if (rule != NULL) {
        set->rule = *rule;
    } else {
        int64_t start_s = ht_civil_to_local_s (&start->civil);

        g_array_append_val (set->added, start_s);
    }
}

void
ht_recurrence_set_clear (HtRecurrenceSet *set)
{
    g_clear_pointer (&set->added, g_array_unref);
    g_clear_pointer (&set->excluded, g_array_unref);
    g_clear_pointer (&set->excluded_days, g_array_unref);
}

gboolean
ht_recurrence_set_add (HtRecurrenceSet *set, const char *text, gboolean exclude, GError **error)
{
    const HtRecurrenceStart *start = &set->start;
    HtCivil civil;
    HtCivilText form;
    int64_t local_s;

    if (!ht_civil_parse_basic (text, exclude ? "EXDATE" : "RDATE", &civil, &form, error))
        return FALSE;
    local_s = ht_civil_to_local_s (&civil);
    if (form == HT_CIVIL_TEXT_UTC && start->form == HT_CIVIL_TEXT_LOCAL && start->zone != NULL)
        local_s += ht_zone_get_offset_s (start->zone, local_s * HT_CIVIL_US);
    if (start->form == HT_CIVIL_TEXT_DATE || form == HT_CIVIL_TEXT_DATE) {
        int64_t day = ht_civil_days_from_local_s (local_s);

        local_s = day * HT_CIVIL_DAY_S + start->civil.hour * 3600 + start->civil.minute * 60 +
                  start->civil.second;
        if (exclude)
            g_array_append_val (set->excluded_days, day);
    }
    g_array_append_val (exclude ? set->excluded : set->added, local_s);
    return TRUE;
}

static void
append_added (const HtRecurrenceSet *set, const HtRecurrenceWindow *window, GArray *occurrences)
{
    const HtZone *zone = set->start.form == HT_CIVIL_TEXT_LOCAL ? set->start.zone : NULL;

    for (unsigned i = 0; i < set->added->len; i++) {
        int64_t local_s = g_array_index (set->added, int64_t, i);
        HtOccurrence occurrence = { .local_s = local_s, .at_s = local_s };

        /* an added time that does not exist is what the offset before makes of it (3.3.5) */
        if (zone != NULL)
            ht_zone_find_local (zone, local_s, &occurrence.at_s, NULL);
        if (local_s >= window->from_s && local_s < window->until_s)
            g_array_append_val (occurrences, occurrence);
    }
}

static int
compare_occurrences (gconstpointer a, gconstpointer b)
{
    int64_t x = ((const HtOccurrence *) a)->local_s, y = ((const HtOccurrence *) b)->local_s;

    return (x > y) - (x < y);
}

static gboolean
has_value (const GArray *values, int64_t value)
{
    for (unsigned i = 0; i < values->len; i++)
        if (g_array_index (values, int64_t, i) == value)
            return TRUE;
    return FALSE;
}

/* Drops doubles and what is excluded from the ascending run that begins at @length. */
static void
drop_excluded (const HtRecurrenceSet *set, GArray *occurrences, unsigned length)
{
    unsigned kept = length;

    for (unsigned i = length; i < occurrences->len; i++) {
        HtOccurrence here = g_array_index (occurrences, HtOccurrence, i);

        if (kept > length &&
            g_array_index (occurrences, HtOccurrence, kept - 1).local_s == here.local_s)
            continue;
        if (has_value (set->excluded, here.local_s) ||
            has_value (set->excluded_days, ht_civil_days_from_local_s (here.local_s)))
            continue;
        g_array_index (occurrences, HtOccurrence, kept++) = here;
    }
    g_array_set_size (occurrences, kept);
}

gboolean
ht_recurrence_set_expand (const HtRecurrenceSet *set, const HtRecurrenceWindow *window,
                          GArray *occurrences, uint64_t *ret_steps, GError **error)
{
    unsigned length = occurrences->len;
    HtRecurrenceWindow wider = *window;

    if (ret_steps != NULL)
        *ret_steps = 0;
    wider.limit =
        (unsigned) MIN ((uint64_t) window->limit + set->excluded->len, HT_RECURRENCE_MAX_STEPS);
    if (set->has_rule &&
        !ht_recurrence_expand (&set->rule, &set->start, &wider, occurrences, ret_steps, error))
        return FALSE;
    append_added (set, window, occurrences);
    if (occurrences->len > length)
        qsort (&g_array_index (occurrences, HtOccurrence, length), occurrences->len - length,
               sizeof (HtOccurrence), compare_occurrences);
    drop_excluded (set, occurrences, length);
    g_array_set_size (occurrences, MIN (occurrences->len, length + window->limit));
    return TRUE;
}
