/* SPDX-License-Identifier: MIT */

/* What whoever submitted a command is told. */

#pragma once

#include "scheduler/service/preview.h"

G_BEGIN_DECLS

/* What was done: @id is the record that the command made or changed (a booking's series), @number
 * its change; 0 where nothing had to change. */
typedef struct {
    int64_t number;
    int64_t id;
    const HtPreview *preview; /* (nullable): which sessions, and which were left out; borrowed for
                               * the call, and not there where a key was used again */
} HtAnswer;

/* Called once, on the main loop, after the commit; or with @error and nothing done, except for
 * HT_ERROR_UNKNOWN. A "clash" is HT_ERROR_CONFLICT; @preview then says what is in the way. */
typedef void (*HtServiceDone) (const HtAnswer *answer, const HtPreview *preview,
                               const GError *error, gpointer user_data);

G_END_DECLS
