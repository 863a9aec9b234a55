/* SPDX-License-Identifier: MIT */

/* hoitruong recur: shows the occurrences of a recurrence rule, without a daemon. */

#pragma once

#include <glib.h>
#include <stdio.h>

#include "scheduler/core/zone.h"

G_BEGIN_DECLS

#define HT_RECUR_LIMIT     1000
#define HT_RECUR_MAX_LIMIT 100000

/**
 * ht_recur_show:
 * @start: "20261125" (a date), "20261125T073000" (local) or "20261125T003000Z" (UTC)
 * @rule: the value of an RRULE
 * @zone: (nullable): of a local start
 *
 * Returns: (transfer full): the occurrences in the form of @start with spaces between, without
 *   a line end, or "refused: REASON"
 */
char *ht_recur_show (const char *start, const char *rule, const HtZone *zone, unsigned limit);

/* Answers each line START<TAB>RULE of @in with one line on @out. */
void ht_recur_show_lines (FILE *in, FILE *out, const HtZone *zone, unsigned limit);

/* The subcommand. Returns the exit status: 0, or 2 where it was called wrongly. */
int ht_recur_run (int argc, char **argv);

G_END_DECLS
