/* SPDX-License-Identifier: MIT */

/* What the decider made of a command: what changes from what to what, and what must be told. All
 * else follows from it: the rows, the line in the log, taking it back, undoing it. */

#pragma once

#include "scheduler/ports/store.h"
#include "scheduler/service/command.h"
#include "scheduler/service/notice.h"
#include "scheduler/service/preview.h"
#include "scheduler/service/record.h"

G_BEGIN_DECLS

/* What was passed for a reason that the arguments give: the log says it. */
typedef enum {
    HT_OVERRODE_CLOSURE = 1 << 0,
    HT_OVERRODE_NOTICE = 1 << 1,
    HT_OVERRODE_QUOTA = 1 << 2,
} HtOverrode;

typedef struct {
    HtCommand command;
    int64_t number;
    int64_t at_us;
    int64_t actor_id;
    GArray *entries; /* (element-type HtEntry) (owned) */
    GArray *notices; /* (element-type HtNotice) (owned) */
    int64_t result_id;
    int overrode;       /* HtOverrode, joined by | */
    HtPreview *preview; /* (owned) (nullable) */
} HtDecision;

HtDecision *ht_decision_new (HtCommand command, int64_t number, int64_t at_us, int64_t actor_id);
void ht_decision_free (HtDecision *decision);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtDecision, ht_decision_free)

/* Drops entries that leave a record as it was. */
void ht_decision_tidy (HtDecision *decision);

/* (transfer full): everything that is stored for it. @arguments: what was asked; @previous_hash:
 * 32 octets; the change's own are in the result. */
HtWrite *ht_decision_to_write (const HtDecision *decision, gconstpointer arguments,
                               const uint8_t *previous_hash);

/* SHA-256 over the hash before, number, at_us, actor (big-endian) and body, into 32 octets. */
void ht_decision_hash_change (const uint8_t *previous, const HtChange *change, uint8_t *ret_hash);

G_END_DECLS
