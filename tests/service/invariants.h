/* SPDX-License-Identifier: MIT */

/* What holds of every state, whatever was asked: no resource above its capacity, no quota passed,
 * nothing rehearsed that is called off. */

#pragma once

#include "scheduler/service/state.h"

G_BEGIN_DECLS

/* The quotas that hold in the district: hours a week, and sessions at once of each organiser. */
enum { HOURS_OF_DISTRICT = 45, AT_ONCE_OF_EACH = 3 };

/* @ret_n_rehearsals: how many there are, whatever became of them */
void assert_invariants (HtState *state, unsigned *ret_n_rehearsals);

G_END_DECLS
