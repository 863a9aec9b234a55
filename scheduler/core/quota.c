/* SPDX-License-Identifier: MIT */

#include "scheduler/core/quota.h"

#include "scheduler/core/timeline.h"

#define HOUR_US (INT64_C (3600) * G_USEC_PER_SEC)

const char *const ht_quota_kind_names[] = {
    [HT_QUOTA_HOURS_WEEK] = "hours-week",
    [HT_QUOTA_CONCURRENT] = "concurrent",
    [HT_QUOTA_NOTICE] = "notice",
    [HT_QUOTA_HORIZON] = "horizon",
    [HT_QUOTA_N_KINDS] = NULL,
};

gboolean
ht_quota_is_in_force (const HtQuota *quota, int64_t day)
{
    return day >= quota->from_day && (quota->until_day == 0 || day < quota->until_day);
}

static int64_t
measure_hours (const HtSpan *uses, size_t n_uses, HtSpan window)
{
    int64_t sum_us = 0;

    for (size_t i = 0; i < n_uses; i++) {
        HtSpan within = ht_span_intersect (uses[i], window);

        sum_us += MAX (within.end_us - within.start_us, 0);
    }
    return (sum_us + HOUR_US - 1) / HOUR_US;
}

static int64_t
measure_at_once (const HtSpan *uses, size_t n_uses, HtSpan window)
{
    g_autoptr (HtTimeline) timeline = ht_timeline_new ();

    for (size_t i = 0; i < n_uses; i++)
        ht_timeline_add (timeline, &(HtHolding){ (int64_t) i + 1, uses[i], 1 }, NULL);
    return ht_timeline_get_peak (timeline, window);
}

int64_t
ht_quota_measure (HtQuotaKind kind, const HtSpan *uses, size_t n_uses, HtSpan window)
{
    return kind == HT_QUOTA_HOURS_WEEK ? measure_hours (uses, n_uses, window)
                                       : measure_at_once (uses, n_uses, window);
}
