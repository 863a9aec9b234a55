/* SPDX-License-Identifier: MIT */

/* The numbers of the house: each has a name, a unit, a range and a default, and stands here once.
 */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
    HT_POLICY_EARLY_JOIN_US,
    HT_POLICY_WARN_FIRST_US,
    HT_POLICY_WARN_AGAIN_US,
    HT_POLICY_WARN_LAST_US,
    HT_POLICY_EXTEND_STEP_US,
    HT_POLICY_EXTEND_MOST,
    HT_POLICY_RUN_ON,
    HT_POLICY_RUN_ON_MOST,
    HT_POLICY_REHEARSAL_US,
    HT_POLICY_CHECK_DAY_BEFORE_US,
    HT_POLICY_CHECK_SITES_US,
    HT_POLICY_CHECK_ALL_US,
    HT_POLICY_ARM_US,
    HT_POLICY_NOW_US,
    HT_POLICY_KILL_AFTER_END_US,
    HT_POLICY_ROOM_SETUP_US,
    HT_POLICY_ROOM_TEARDOWN_US,
    HT_POLICY_CODEC_SETUP_US,
    HT_POLICY_CODEC_TEARDOWN_US,
    HT_POLICY_EQUIPMENT_SETUP_US,
    HT_POLICY_EQUIPMENT_TEARDOWN_US,
    HT_POLICY_PERSON_SETUP_US,
    HT_POLICY_PERSON_TEARDOWN_US,
    HT_POLICY_SESSION_LONGEST_US,
    HT_POLICY_OCCURRENCES_MOST,
    HT_POLICY_HORIZON_US,
    HT_POLICY_HOLD_US,
    HT_POLICY_TOMBSTONE_US,
    HT_POLICY_KEEP_US,
    HT_POLICY_DISK_MARGIN_PERCENT,
    HT_POLICY_SOURCE_CONNECTIONS,
    HT_POLICY_GRID_US,
    HT_POLICY_HEARTBEAT_US,
    HT_POLICY_LATE_US,
    HT_POLICY_OFFLINE_US,
    HT_POLICY_TRANSFER_JITTER_US,
    HT_POLICY_REMIND_SINGLE_US,
    HT_POLICY_REMIND_WEEKLY_US,
    HT_POLICY_REMIND_MONTHLY_US,
    HT_POLICY_N_NUMBERS,
} HtPolicyNumber;

typedef struct {
    const char *name;     /* "early-join" */
    const char *unit;     /* what a person counts it in: "min", "s", "d", "h", "" */
    int64_t unit_us;      /* microseconds in one of them; 1 where it is a count */
    int64_t standard;     /* default, in the unit */
    int64_t least, most;  /* in the unit */
    const char *sentence; /* what it does */
} HtPolicyRow;

extern const HtPolicyRow ht_policy_rows[HT_POLICY_N_NUMBERS];

/* The numbers in force, in microseconds or counts. A plain value. */
typedef struct {
    int64_t values[HT_POLICY_N_NUMBERS];
} HtPolicy;

HtPolicy ht_policy_get_default (void);

int64_t ht_policy_get (const HtPolicy *policy, HtPolicyNumber number);

/* How long before and after a session a resource of @kind (HtResourceKind) is taken unless its own
 * data say otherwise; none for what has no set-up. */
int64_t ht_policy_get_setup_us (const HtPolicy *policy, int kind);
int64_t ht_policy_get_teardown_us (const HtPolicy *policy, int kind);

/**
 * ht_policy_set:
 * @name: as in the table
 * @value: in the unit of the table
 *
 * Returns: %FALSE with %HT_ERROR_INVALID where there is no such name ("no-such-policy") or the
 *   value is out of its range ("policy-out-of-range"); @policy then stays as it is
 */
gboolean ht_policy_set (HtPolicy *policy, const char *name, int64_t value, GError **error);

G_END_DECLS
