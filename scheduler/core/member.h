/* SPDX-License-Identifier: MIT */

/* Who and what a booking asked for; its reservations follow from it. */

#pragma once

#include "scheduler/core/profile.h"

G_BEGIN_DECLS

typedef enum {
    HT_MEMBER_MAIN_SITE,
    HT_MEMBER_SITE,
    HT_MEMBER_TRAINER, /* person */
    HT_MEMBER_ROOM,    /* resource */
    HT_MEMBER_EQUIPMENT,
    HT_MEMBER_WATCHERS, /* site: people who watch from behind its line */
    HT_MEMBER_N_KINDS,
} HtMemberKind;

extern const char *const ht_member_kind_names[];

typedef struct {
    int kind; /* HtMemberKind */
    int64_t ref_id;
    int64_t amount; /* kbit/s of a site's or a watcher's stream, pieces of equipment, else 1 */
    int profile;    /* HtProfile: of a site */
    int64_t count;  /* of watchers: how many are expected */
} HtMember;

G_END_DECLS
