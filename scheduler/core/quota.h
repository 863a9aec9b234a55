/* SPDX-License-Identifier: MIT */

/* How much a unit or a person may have: data of an administrator, in force from day to day. Hours a
 * week and sessions at once are capacity over time; notice and horizon say when one may book. */

#pragma once

#include <glib.h>
#include <stdint.h>

#include "scheduler/core/span.h"

G_BEGIN_DECLS

typedef enum {
    HT_QUOTA_HOURS_WEEK, /* amount: hours of sessions in a civil week */
    HT_QUOTA_CONCURRENT, /* sessions at any instant */
    HT_QUOTA_NOTICE,     /* hours: nothing is booked that starts sooner */
    HT_QUOTA_HORIZON,    /* days: nothing is booked that starts later */
    HT_QUOTA_N_KINDS,
} HtQuotaKind;

extern const char *const ht_quota_kind_names[]; /* "hours-week", ..., NULL */

typedef struct {
    int64_t id;
    int kind;          /* HtQuotaKind */
    int64_t unit_id;   /* whose sessions, with what lies below; 0: everybody's */
    int64_t person_id; /* of this organiser alone, before what holds for each; 0 */
    gboolean each;     /* for each organiser of the unit, not for all of its sessions together */
    int64_t amount;
    int64_t from_day;  /* since 1970-01-01 */
    int64_t until_day; /* not on it any more; 0: no end */
} HtQuota;

gboolean ht_quota_is_in_force (const HtQuota *quota, int64_t day);

/* Hours or sessions; of the two kinds that count. Rounded up: a minute above is above. */
int64_t ht_quota_measure (HtQuotaKind kind, const HtSpan *uses, size_t n_uses, HtSpan window);

G_END_DECLS
