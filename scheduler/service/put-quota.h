/* SPDX-License-Identifier: MIT */

/* What an administrator allows a unit or a person, as it is asked for. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct {
    int64_t id; /* 0: a new one */
    int kind;   /* HtQuotaKind */
    int64_t unit_id, person_id;
    gboolean each;
    int64_t amount;
    char *from, *until; /* days, the latter not within; NULL: no bound */
} HtPutQuota;

G_END_DECLS
