/* SPDX-License-Identifier: MIT */

#include "scheduler/support/metrics.h"

#include <string.h>

enum { BOOKINGS, WRITING, DISK };

static const HtMetric table[] = {
    [BOOKINGS] = { "ht_bookings_total", HT_METRIC_COUNTER, "Bookings\nby \\outcome", "outcome" },
    [WRITING] = { "ht_writing", HT_METRIC_GAUGE, "Tracks being written", NULL },
    [DISK] = { "ht_disk_free_bytes", HT_METRIC_GAUGE, "Octets free", NULL },
};

static void
test_text (void)
{
    g_autoptr (HtMetrics) metrics = ht_metrics_new (table, G_N_ELEMENTS (table));
    g_autofree char *text = NULL;

    ht_metrics_add (metrics, BOOKINGS, "refused", 1);
    ht_metrics_add (metrics, BOOKINGS, "made", 2);
    ht_metrics_add (metrics, BOOKINGS, "made", 3);
    ht_metrics_add (metrics, BOOKINGS, "a\"b\\c\nd", 1);
    ht_metrics_set (metrics, WRITING, NULL, 4);
    ht_metrics_set (metrics, WRITING, NULL, 2.5);
    text = ht_metrics_print (metrics);
    g_assert_cmpstr (text, ==,
                     "# HELP ht_bookings_total Bookings\\nby \\\\outcome\n"
                     "# TYPE ht_bookings_total counter\n"
                     "ht_bookings_total{outcome=\"a\\\"b\\\\c\\nd\"} 1\n"
                     "ht_bookings_total{outcome=\"made\"} 5\n"
                     "ht_bookings_total{outcome=\"refused\"} 1\n"
                     "# HELP ht_writing Tracks being written\n"
                     "# TYPE ht_writing gauge\n"
                     "ht_writing 2.5\n"
                     "# HELP ht_disk_free_bytes Octets free\n"
                     "# TYPE ht_disk_free_bytes gauge\n"
                     "ht_disk_free_bytes 0\n");
}

static void
test_values_are_bounded (void)
{
    g_autoptr (HtMetrics) metrics = ht_metrics_new (table, G_N_ELEMENTS (table));
    g_autofree char *text = NULL;

    for (int i = 0; i < 1000; i++) {
        g_autofree char *value = g_strdup_printf ("v%03d", i);

        ht_metrics_add (metrics, BOOKINGS, value, 1);
    }
    text = ht_metrics_print (metrics);
    g_assert_nonnull (strstr (text, "{outcome=\"v099\"} 1\n"));
    g_assert_null (strstr (text, "v100"));
    g_assert_nonnull (strstr (text, "{outcome=\"other\"} 900\n"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/support/metrics/text", test_text);
    g_test_add_func ("/support/metrics/bounded", test_values_are_bounded);
    return g_test_run ();
}
