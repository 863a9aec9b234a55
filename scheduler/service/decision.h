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

typedef struct {
    HtCommand command;
    int64_t number;
    int64_t at_us;
    int64_t actor_id;
    GArray *entries; /* (element-type HtEntry) (owned) */
    GArray *notices; /* (element-type HtNotice) (owned) */
    int64_t result_id;
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
