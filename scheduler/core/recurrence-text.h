/* SPDX-License-Identifier: MIT */

/* Recurrence rules as text: RFC 5545 3.3.10, Gregorian calendar. */

#pragma once

#include "scheduler/core/recurrence.h"

G_BEGIN_DECLS

/* The longest rule that is read; all year days, forwards and backwards, fit. */
#define HT_RECURRENCE_MAX_TEXT 8192

/**
 * ht_recurrence_parse:
 * @text: the value of an RRULE, "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10", in any case
 *
 * The RFC's own prohibitions are kept: a part that the frequency must not have is refused.
 *
 * Returns: %FALSE with %HT_ERROR_INVALID ("bad-rule") that names the part at fault
 */
gboolean ht_recurrence_parse (const char *text, HtRecurrence *ret_rule, GError **error);

/* (transfer full): the rule in one canonical form, which ht_recurrence_parse() takes back. */
char *ht_recurrence_format (const HtRecurrence *rule);

G_END_DECLS
