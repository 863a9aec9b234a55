/* SPDX-License-Identifier: MIT */

#include "scheduler/support/metrics.h"

#define MAX_VALUES 100

struct _HtMetrics {
    const HtMetric *table;
    unsigned n_metrics;
    GTree **samples; /* (owned) one for each row: label's value (owned) -> double (owned) */
};

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
    return g_strcmp0 (a, b);
}

/* The number of a label's value, made where it is new. */
static double *
find (HtMetrics *metrics, unsigned index, const char *value)
{
    GTree *samples = metrics->samples[index];
    double *amount;

    g_assert ((value != NULL) == (metrics->table[index].label != NULL));
    if (value == NULL)
        value = "";
    amount = g_tree_lookup (samples, value);
    if (amount != NULL)
        return amount;
    if (g_tree_nnodes (samples) >= MAX_VALUES && !g_str_equal (value, "other"))
        return find (metrics, index, "other");
    amount = g_new0 (double, 1);
    g_tree_insert (samples, g_strdup (value), amount);
    return amount;
}

HtMetrics *
ht_metrics_new (const HtMetric *table, unsigned n_metrics)
{
    HtMetrics *metrics = g_new0 (HtMetrics, 1);

    metrics->table = table;
    metrics->n_metrics = n_metrics;
    metrics->samples = g_new0 (GTree *, n_metrics);
    for (unsigned i = 0; i < n_metrics; i++) {
        metrics->samples[i] = g_tree_new_full (compare, NULL, g_free, g_free);
        if (table[i].label == NULL)
            find (metrics, i, NULL);
    }
    return metrics;
}

void
ht_metrics_free (HtMetrics *metrics)
{
    for (unsigned i = 0; i < metrics->n_metrics; i++)
        g_tree_unref (metrics->samples[i]);
    g_free (metrics->samples);
    g_free (metrics);
}

void
ht_metrics_add (HtMetrics *metrics, unsigned index, const char *value, double amount)
{
    g_return_if_fail (index < metrics->n_metrics);
    *find (metrics, index, value) += amount;
}

void
ht_metrics_set (HtMetrics *metrics, unsigned index, const char *value, double amount)
{
    g_return_if_fail (index < metrics->n_metrics);
    *find (metrics, index, value) = amount;
}

static void
print_escaped (GString *out, const char *text, gboolean quoted)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            g_string_append (out, "\\n");
        else if (*text == '\\' || (quoted && *text == '"'))
            g_string_append_printf (out, "\\%c", *text);
        else
            g_string_append_c (out, *text);
    }
}

typedef struct {
    GString *out;
    const HtMetric *metric;
} Printing;

static gboolean
print_sample (gpointer value, gpointer amount, gpointer user_data)
{
    Printing *printing = user_data;
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append (printing->out, printing->metric->name);
    if (printing->metric->label != NULL) {
        g_string_append_printf (printing->out, "{%s=\"", printing->metric->label);
        print_escaped (printing->out, value, TRUE);
        g_string_append (printing->out, "\"}");
    }
    g_string_append_printf (printing->out, " %s\n",
                            g_ascii_dtostr (number, sizeof number, *(double *) amount));
    return FALSE;
}

char *
ht_metrics_print (HtMetrics *metrics)
{
    static const char *const types[] = { "counter", "gauge" };
    g_autoptr (GString) out = g_string_new (NULL);

    for (unsigned i = 0; i < metrics->n_metrics; i++) {
        const HtMetric *metric = &metrics->table[i];
        Printing printing = { out, metric };

        g_string_append_printf (out, "# HELP %s ", metric->name);
        print_escaped (out, metric->help, FALSE);
        g_string_append_printf (out, "\n# TYPE %s %s\n", metric->name, types[metric->type]);
        g_tree_foreach (metrics->samples[i], print_sample, &printing);
    }
    return g_string_free (g_steal_pointer (&out), FALSE);
}
