/* SPDX-License-Identifier: MIT */

#include "scheduler/core/recurrence-text.h"
#include "scheduler/core/recurrence.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* START, a tab, RULE: a rule that is read comes back from its own text, its expansion ascends
 * and keeps its bounds. */
static void
expand (const char *start_text, const HtRecurrence *rule, const HtZone *zone)
{
    g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
    HtRecurrenceWindow window = { INT64_MIN, INT64_MAX, 50 };
    HtRecurrenceStart start = { .zone = zone };
    uint64_t steps = 0;

    if (!ht_civil_parse_basic (start_text, NULL, &start.civil, &start.form, NULL))
        return;
    ht_recurrence_expand (rule, &start, &window, occurrences, &steps, NULL);
    g_assert_cmpuint (occurrences->len, <=, 50);
    /* one period may take its steps past the bound before it is asked */
    g_assert_cmpuint (steps, <=, HT_RECURRENCE_MAX_STEPS + 90000);
    for (unsigned i = 0; i < occurrences->len; i++) {
        HtOccurrence here = g_array_index (occurrences, HtOccurrence, i);

        g_assert_cmpint (here.local_s, >=, ht_civil_to_local_s (&start.civil));
        if (i > 0)
            g_assert_cmpint (here.local_s, >,
                             g_array_index (occurrences, HtOccurrence, i - 1).local_s);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static HtZone *zone;
    g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
    g_autofree char *canonical = NULL;
    char *tab = strchr (text, '\t');
    HtRecurrence rule, again;

    if (zone == NULL)
        zone = ht_zone_new ("America/New_York", NULL, NULL);
    if (tab == NULL || !ht_recurrence_parse (tab + 1, &rule, NULL))
        return 0;
    canonical = ht_recurrence_format (&rule);
    g_assert_true (ht_recurrence_parse (canonical, &again, NULL));
    g_assert_cmpmem (&rule, sizeof rule, &again, sizeof again);
    *tab = '\0';
    expand (text, &rule, zone);
    return 0;
}
