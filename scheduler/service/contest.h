/* SPDX-License-Identifier: MIT */

/* Several requests for one place: which sessions cannot take place together with another. */

#pragma once

#include "scheduler/service/state.h"

G_BEGIN_DECLS

/* (transfer full) (element-type int64_t): sessions that have not begun and cannot take place
 * beside @session with what it asks for: held and scheduled ones, and those that wait. */
GArray *ht_contest_list (HtState *state, const HtSession *session);

G_END_DECLS
