/* SPDX-License-Identifier: MIT */

/* What is said about requests that wait for approval. */

#pragma once

#include "scheduler/service/booking.h"

G_BEGIN_DECLS

typedef struct {
    int64_t id; /* session; with it all of its series that wait */
    int64_t if_number;
    gboolean only;     /* this session alone */
    char *document;    /* number of the invitation document */
    char *reason;      /* of a refusal */
    char *override;    /* reason to pass closures, notice and quotas, where one may */
    GArray *displaces; /* (element-type HtDisplaced) (nullable): what makes room */
} HtVerdict;

G_END_DECLS
