/* SPDX-License-Identifier: MIT */

#include "scheduler/core/span.h"

#include <inttypes.h>

#include "scheduler/base/error.h"

gboolean
ht_span_is_valid (HtSpan span)
{
    return span.start_us >= 0 && span.start_us < span.end_us &&
           span.end_us < HT_SPAN_END_OF_TIME_US;
}

gboolean
ht_span_make (int64_t start_us, int64_t end_us, HtSpan *ret_span, GError **error)
{
    HtSpan span = { start_us, end_us };

    if (start_us < 0 || end_us >= HT_SPAN_END_OF_TIME_US) {
        ht_problem_set (error, HT_ERROR_INVALID, "span-out-of-time", NULL,
                        "from %" PRId64 " to %" PRId64 " us is not between 1970 and 9999", start_us,
                        end_us);
        return FALSE;
    }
    if (!ht_span_is_valid (span)) {
        ht_problem_set (error, HT_ERROR_INVALID, "span-backwards", NULL,
                        "the end (%" PRId64 " us) is not after the start (%" PRId64 " us)", end_us,
                        start_us);
        return FALSE;
    }
    *ret_span = span;
    return TRUE;
}

int64_t
ht_span_get_duration_us (HtSpan span)
{
    return span.end_us - span.start_us;
}

gboolean
ht_span_contains (HtSpan span, int64_t at_us)
{
    return span.start_us <= at_us && at_us < span.end_us;
}

gboolean
ht_span_overlaps (HtSpan a, HtSpan b)
{
    return a.start_us < b.end_us && b.start_us < a.end_us;
}

HtSpan
ht_span_intersect (HtSpan a, HtSpan b)
{
    return (HtSpan){ MAX (a.start_us, b.start_us), MIN (a.end_us, b.end_us) };
}

HtSpan
ht_span_widen (HtSpan span, int64_t before_us, int64_t after_us)
{
    int64_t latest_us = HT_SPAN_END_OF_TIME_US - 1;

    return (HtSpan){
        before_us < span.start_us ? span.start_us - before_us : 0,
        after_us < latest_us - span.end_us ? span.end_us + after_us : latest_us,
    };
}

int
ht_span_compare (HtSpan a, HtSpan b)
{
    if (a.start_us != b.start_us)
        return a.start_us < b.start_us ? -1 : 1;
    if (a.end_us != b.end_us)
        return a.end_us < b.end_us ? -1 : 1;
    return 0;
}

static char *
format_instant (int64_t at_us)
{
    g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);

    return at == NULL ? g_strdup_printf ("%" PRId64 " us", at_us) : g_date_time_format_iso8601 (at);
}

char *
ht_span_to_string (HtSpan span)
{
    g_autofree char *start = format_instant (span.start_us);
    g_autofree char *end = format_instant (span.end_us);

    return g_strdup_printf ("[%s, %s)", start, end);
}
