/* SPDX-License-Identifier: MIT */

/* Members of a booking that are given by what they must be: which there are, and which is taken. */

#pragma once

#include "scheduler/core/choice.h"
#include "scheduler/service/demand.h"

G_BEGIN_DECLS

/**
 * ht_choices_list:
 * @members: (element-type HtMember): what they, and their sites, take already is none
 *
 * Returns: (transfer full) (element-type int64_t): the resources that would do, the smallest first,
 *   a few dozen at most
 */
GArray *ht_choices_list (HtDecider *decider, const HtChoice *choice, const GArray *members,
                         HtSpan span);

/**
 * ht_choices_resolve:
 * @any_of: (element-type HtChoice) (nullable)
 * @spans: (element-type HtSpan): the occurrences
 * @members: (element-type HtMember): is given one for each choice, in their order
 *
 * The first that is free in all occurrences; where none is, the first of all, so that the clash
 * says what is in the way. The same state and booking always give the same.
 *
 * Returns: %FALSE with HT_ERROR_INVALID "no-such-choice" where there is no such thing at all
 */
gboolean ht_choices_resolve (HtDecider *decider, const GArray *any_of, const GArray *spans,
                             GArray *members, GError **error);

/* %FALSE, with that error. */
gboolean ht_choices_refuse (const HtChoice *choice, GError **error);

/* (transfer full) (element-type HtChoice) (nullable): @any_of with what was chosen: the last of
 * @members. */
GArray *ht_choices_keep (const GArray *any_of, const GArray *members);

G_END_DECLS
