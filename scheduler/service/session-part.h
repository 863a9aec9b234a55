/* SPDX-License-Identifier: MIT */

/* The parts of a session that people change one by one: what each is called, and its value as a
 * text that two sessions have in common where they have the part in common. */

#pragma once

#include "scheduler/service/decider.h"

G_BEGIN_DECLS

typedef enum {
    HT_PART_TIME,
    HT_PART_TITLE,
    HT_PART_DESCRIPTION,
    HT_PART_ROOMS,
    HT_PART_TRAINERS,
    HT_PART_SITES,
    HT_PART_WATCHERS,
    HT_PART_EQUIPMENT,
    HT_PART_SOURCES,
    HT_PART_KEEP, /* how long its recording is kept */
    HT_PART_STATE,
    HT_N_PARTS,
} HtPart;

extern const char *const ht_part_names[]; /* "time", ..., NULL */

/* A session with what belongs to it. */
typedef struct {
    const HtSession *session;
    const HtSeries *series; /* (nullable) */
    const HtJob *job;       /* (nullable): nothing is recorded */
} HtPartOf;

/* As the decision so far leaves it. */
HtPartOf ht_part_of (HtDecider *decider, const HtSession *session);

/* (transfer full) */
char *ht_part_get_key (const HtPartOf *of, HtPart part);

/* The kinds of members that the part holds, as bits; 0 where it holds none. */
unsigned ht_part_get_members (HtPart part);

/* Which parts differ, as bits. */
unsigned ht_part_compare (const HtPartOf *a, const HtPartOf *b);

G_END_DECLS
