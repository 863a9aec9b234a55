/* SPDX-License-Identifier: MIT */

#include "scheduler/identity/throttle.h"

#include "scheduler/base/error.h"

struct _HtThrottle {
    unsigned burst;
    unsigned max_names;
    int64_t refill_us;
    GHashTable *buckets; /* (element-type utf8 Bucket) (owned) */
};

/* Instead of tokens: until when they are spent. Each try moves it on by one refill. */
typedef struct {
    int64_t spent_until_us;
} Bucket;

HtThrottle *
ht_throttle_new (unsigned burst, int64_t refill_us, unsigned max_names)
{
    HtThrottle *throttle = g_new0 (HtThrottle, 1);

    throttle->burst = burst;
    throttle->refill_us = refill_us;
    throttle->max_names = max_names;
    throttle->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    return throttle;
}

void
ht_throttle_free (HtThrottle *throttle)
{
    g_hash_table_unref (throttle->buckets);
    g_free (throttle);
}

static gboolean
is_full (gpointer name G_GNUC_UNUSED, gpointer bucket, gpointer now_us)
{
    return ((const Bucket *) bucket)->spent_until_us <= *(const int64_t *) now_us;
}

static void
forget_one (HtThrottle *throttle)
{
    GHashTableIter iter;
    gpointer name, bucket, oldest = NULL;
    int64_t oldest_us = INT64_MAX;

    g_hash_table_iter_init (&iter, throttle->buckets);
    while (g_hash_table_iter_next (&iter, &name, &bucket))
        if (((const Bucket *) bucket)->spent_until_us < oldest_us) {
            oldest_us = ((const Bucket *) bucket)->spent_until_us;
            oldest = name;
        }
    if (oldest != NULL)
        g_hash_table_remove (throttle->buckets, oldest);
}

static Bucket *
get_bucket (HtThrottle *throttle, const char *name, int64_t now_us)
{
    Bucket *bucket = g_hash_table_lookup (throttle->buckets, name);

    if (bucket != NULL)
        return bucket;
    if (g_hash_table_size (throttle->buckets) >= throttle->max_names &&
        g_hash_table_foreach_remove (throttle->buckets, is_full, &now_us) == 0)
        forget_one (throttle);
    bucket = g_new0 (Bucket, 1);
    bucket->spent_until_us = now_us;
    g_hash_table_insert (throttle->buckets, g_strdup (name), bucket);
    return bucket;
}

gboolean
ht_throttle_take (HtThrottle *throttle, const char *name, int64_t now_us, GError **error)
{
    Bucket *bucket = get_bucket (throttle, name, now_us);
    int64_t spent_until_us = MAX (bucket->spent_until_us, now_us) + throttle->refill_us;
    int64_t wait_us = spent_until_us - now_us - throttle->burst * throttle->refill_us;
    g_autofree char *wait_s = NULL;

    if (wait_us <= 0) {
        bucket->spent_until_us = spent_until_us;
        return TRUE;
    }
    wait_s = g_strdup_printf ("%" G_GINT64_FORMAT, wait_us / G_USEC_PER_SEC + 1);
    ht_problem_set (error, HT_ERROR_BUSY, "too-many-tries", NULL,
                    "tried too often; try again in %s s", wait_s);
    if (error != NULL)
        ht_problem_add (*error, "retry_after_s", wait_s);
    return FALSE;
}

void
ht_throttle_give_back (HtThrottle *throttle, const char *name)
{
    Bucket *bucket = g_hash_table_lookup (throttle->buckets, name);

    if (bucket != NULL)
        bucket->spent_until_us -= throttle->refill_us;
}

unsigned
ht_throttle_count (const HtThrottle *throttle)
{
    return g_hash_table_size (throttle->buckets);
}
