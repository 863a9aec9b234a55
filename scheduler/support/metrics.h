/* SPDX-License-Identifier: MIT */

/* Numbers for Prometheus: a registry described by a table, printed as its text format 0.0.4. To be
 * used from the main loop. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HT_METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

typedef enum {
    HT_METRIC_COUNTER, /* only grows; its name ends with _total */
    HT_METRIC_GAUGE,
} HtMetricType;

typedef struct {
    const char *name; /* "hoitruong_bookings_total" */
    HtMetricType type;
    const char *help;
    const char *label; /* (nullable): the name of the one label, "outcome" */
} HtMetric;

typedef struct _HtMetrics HtMetrics;

/* @table is borrowed for good. A metric without a label shows 0 from the start. */
HtMetrics *ht_metrics_new (const HtMetric *table, unsigned n_metrics);

void ht_metrics_free (HtMetrics *metrics);

/* @index is a row of the table; @value names the label's value, %NULL where the row has none. A
 * label takes at most 100 values; what comes later is counted as "other". */
void ht_metrics_add (HtMetrics *metrics, unsigned index, const char *value, double amount);
void ht_metrics_set (HtMetrics *metrics, unsigned index, const char *value, double amount);

/* (transfer full): all of them, rows in the table's order, values in their own. */
char *ht_metrics_print (HtMetrics *metrics);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtMetrics, ht_metrics_free)

G_END_DECLS
