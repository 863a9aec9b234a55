/* SPDX-License-Identifier: MIT */

/* Whether two states are the same in every record, index and hash. */

#pragma once

#include "scheduler/service/state.h"

G_BEGIN_DECLS

void assert_same_state (HtState *a, HtState *b);

/* The log of @store, replayed from its first change on the province of the fixture, gives @state.
 * @folder takes a database for it, once. */
void assert_replays (HtStore *store, HtState *state, const char *folder);

G_END_DECLS
