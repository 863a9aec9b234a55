/* SPDX-License-Identifier: MIT */

/* A recurrence set (RFC 5545 3.8.5): a rule, the times that were added to it (RDATE) and those
 * that were taken away (EXDATE). */

#pragma once

#include "scheduler/core/recurrence.h"

G_BEGIN_DECLS

typedef struct {
    HtRecurrenceStart start;
    gboolean has_rule; /* without one the start itself is the first occurrence */
    HtRecurrence rule;
    GArray *added;         /* (element-type int64_t): local seconds */
    GArray *excluded;      /* (element-type int64_t): local seconds */
    GArray *excluded_days; /* (element-type int64_t): days since 1970, whatever the time */
} HtRecurrenceSet;

/**
 * ht_recurrence_set_init:
 * @rule: (nullable): copied
 *
 * The zone of @start must outlive the set.
 */
void ht_recurrence_set_init (HtRecurrenceSet *set, const HtRecurrenceStart *start,
                             const HtRecurrence *rule);
void ht_recurrence_set_clear (HtRecurrenceSet *set);

/**
 * ht_recurrence_set_add:
 * @text: basic format; a date alone excludes its whole day, and is added at the start's time
 * @exclude: whether this is an EXDATE
 *
 * Returns: %FALSE with %HT_ERROR_INVALID
 */
gboolean ht_recurrence_set_add (HtRecurrenceSet *set, const char *text, gboolean exclude,
                                GError **error);

/* As ht_recurrence_expand(); each time is listed once. */
gboolean ht_recurrence_set_expand (const HtRecurrenceSet *set, const HtRecurrenceWindow *window,
                                   GArray *occurrences, uint64_t *ret_steps, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtRecurrenceSet, ht_recurrence_set_clear)

G_END_DECLS
