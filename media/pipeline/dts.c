/* SPDX-License-Identifier: MIT */

#include "media/pipeline/dts.h"

#include <string.h>

void
ht_dts_set_depth (HtDts *self, unsigned depth)
{
    self->depth = MIN (depth, HT_DTS_MAX_DEPTH);
}

static void
insert (HtDts *self, int64_t pts)
{
    unsigned at = self->n_waiting;

    for (; at > 0 && self->waiting[at - 1] > pts; at--)
        self->waiting[at] = self->waiting[at - 1];
    self->waiting[at] = pts;
    self->n_waiting++;
}

static int64_t
take_smallest (HtDts *self)
{
    int64_t smallest = self->waiting[0];

    self->n_waiting--;
    memmove (self->waiting, self->waiting + 1, self->n_waiting * sizeof self->waiting[0]);
    return smallest;
}

int64_t
ht_dts_next (HtDts *self, int64_t *pts)
{
    int64_t dts;

    insert (self, *pts);
    while (self->n_waiting > self->depth + 1)
        take_smallest (self);
    /* the first ones have nothing to wait for: they stand just below what follows */
    if (self->n_waiting <= self->depth)
        dts = self->waiting[0] - (int64_t) (self->depth + 1 - self->n_waiting);
    else
        dts = take_smallest (self);
    dts = MIN (dts, *pts);
    if (self->started && dts <= self->last)
        dts = self->last + 1;
    if (dts > *pts) {
        *pts = dts;
        ht_dts_set_depth (self, self->depth + 1);
    }
    self->started = TRUE;
    self->last = dts;
    return dts;
}
