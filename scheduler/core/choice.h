/* SPDX-License-Identifier: MIT */

/* "Any lab with 30 seats in this district": a member of a booking that is given by what it must
 * be. It is resolved to one resource when the booking is decided; what was asked is kept. */

#pragma once

#include "scheduler/core/resource.h"

G_BEGIN_DECLS

typedef struct {
    int kind;            /* HtResourceKind: a room or a pool of equipment */
    int64_t seats;       /* at least */
    int64_t amount;      /* pieces; 0 is one */
    int64_t unit_id;     /* of this unit or below it; 0: anybody's */
    char *features;      /* (nullable): words that it must all have, with spaces between */
    int64_t resource_id; /* what was chosen; 0 before */
} HtChoice;

/* Whether @resource is such a thing; whose it is the caller asks. */
gboolean ht_choice_fits (const HtChoice *choice, const HtResource *resource);

/* The smallest that is large enough comes first: by seats, capacity and identity. */
int ht_choice_compare (const HtResource *one, const HtResource *other);

G_END_DECLS
