/* SPDX-License-Identifier: MIT */

/* What the decider made of a command: what changes from what to what, and what must be told. All
 * else follows from it: the rows, the line in the log, taking it back, undoing it. */

#pragma once

#include "scheduler/ports/store.h"
#include "scheduler/service/command.h"
#include "scheduler/service/preview.h"
#include "scheduler/service/record.h"

G_BEGIN_DECLS

/* Something that must leave the house. */
typedef struct {
    int64_t id;
    int64_t number; /* the change that causes it */
    int kind;       /* HtNoticeKind */
    int64_t session_id;
    int64_t person_id;
    int64_t due_us;
    int64_t attempts;
    int64_t done_us; /* 0: not yet */
    char *note;      /* (owned) (nullable): how it went */
} HtNotice;

typedef enum {
    HT_NOTICE_BOOKED,
    HT_NOTICE_MOVED,
    HT_NOTICE_CANCELLED,
    HT_NOTICE_INCOMPLETE, /* a recording misses something */
    HT_NOTICE_N_KINDS,
} HtNoticeKind;

extern const char *const ht_notice_kind_names[];

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

/* Appends the row of @notice. */
void ht_notice_append_row (const HtNotice *notice, GArray *rows);

G_END_DECLS
