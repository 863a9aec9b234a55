/* SPDX-License-Identifier: MIT */

/* The way from the log back to the state: what a change's line says, applied. */

#pragma once

#include "scheduler/service/state.h"

G_BEGIN_DECLS

/**
 * ht_replay_change:
 *
 * Applies @change, which must follow the state's last one, by number and by hash. Private and
 * secret members do not stand in the log and stay as they are.
 *
 * Returns: %FALSE with %HT_ERROR_ATTENTION "log-damaged"
 */
gboolean ht_replay_change (HtState *state, const HtChange *change, GError **error);

G_END_DECLS
