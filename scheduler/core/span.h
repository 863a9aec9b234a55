/* SPDX-License-Identifier: MIT */

/* A stretch of time. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * HtSpan:
 * @start_us: first instant inside, in UTC microseconds since 1970
 * @end_us: first instant after
 *
 * Half-open: two that touch do not overlap. A plain value.
 */
typedef struct {
    int64_t start_us;
    int64_t end_us;
} HtSpan;

/* First microsecond of the year 10000; no span reaches it. */
#define HT_SPAN_END_OF_TIME_US (INT64_C (253402300800) * G_USEC_PER_SEC)

/**
 * ht_span_make:
 * @ret_span: (out): set on success only
 *
 * Returns: %FALSE with %HT_ERROR_INVALID where the span would be empty, backwards, or not between
 *   1970 and 9999; within these bounds no arithmetic on spans overflows
 */
gboolean ht_span_make (int64_t start_us, int64_t end_us, HtSpan *ret_span, GError **error);

/* What ht_span_make() would take. */
gboolean ht_span_is_valid (HtSpan span);

int64_t ht_span_get_duration_us (HtSpan span);
gboolean ht_span_contains (HtSpan span, int64_t at_us);
gboolean ht_span_overlaps (HtSpan a, HtSpan b);

/* What both have; empty (start not before end) where they do not overlap. */
HtSpan ht_span_intersect (HtSpan a, HtSpan b);

/* Earlier at both ends, kept within time: what set-up and tear-down make of a session's span. */
HtSpan ht_span_widen (HtSpan span, int64_t before_us, int64_t after_us);

/* By start, then by end. */
int ht_span_compare (HtSpan a, HtSpan b);

/* (transfer full): "[2026-11-25T00:30:00Z, 2026-11-25T02:00:00Z)", for logs and tests; people are
 * shown civil time. */
char *ht_span_to_string (HtSpan span);

G_END_DECLS
