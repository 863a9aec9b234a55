/* SPDX-License-Identifier: MIT */

/* Which events a series becomes in a feed: one with an RRULE where that, with overrides and
 * exclusions, gives the stored sessions exactly; one for each session otherwise.
 *
 * The sessions are the truth. A session that was moved, renamed or cancelled is an override
 * (RECURRENCE-ID); a slot that has no session in this feed is excluded (EXDATE). */

#pragma once

#include "calendar/text/event.h"

G_BEGIN_DECLS

typedef struct {
    int64_t id;
    const char *installation; /* what stands behind the @ of every UID */
    const HtZone *zone;       /* that the rule counts in */
    const char *rule;         /* (nullable): RRULE as it is stored; a series of one has none */
    int64_t created_us;
    int64_t related_id;            /* the series it was split from; 0 */
    const char *organiser_name;    /* (nullable) */
    const char *organiser_mail;    /* (nullable) */
    const char *const *categories; /* (nullable): NULL-terminated */
} HtPlanSeries;

typedef struct {
    int64_t id;
    int64_t slot_us; /* the start that the rule gives it */
    int64_t start_us;
    int64_t end_us;
    int64_t sequence;
    int64_t changed_us;
    gboolean cancelled;
    const char *summary;
    const char *location;    /* (nullable) */
    const char *description; /* (nullable) */
    const char *url;         /* (nullable) */
} HtPlanSession;

typedef struct _HtCalendarPlan HtCalendarPlan;

/**
 * ht_calendar_plan_new:
 * @sessions: those that the feed shows, in any order; their texts and those of @series must
 *   outlive the plan
 *
 * Returns: (transfer full)
 */
HtCalendarPlan *ht_calendar_plan_new (const HtPlanSeries *series, const HtPlanSession *sessions,
                                      unsigned n_sessions);

void ht_calendar_plan_free (HtCalendarPlan *plan);

unsigned ht_calendar_plan_count (const HtCalendarPlan *plan);

/* (transfer none): the master first, then its overrides by slot, then what stands alone */
const HtEvent *ht_calendar_plan_get (const HtCalendarPlan *plan, unsigned index);

/* Appends the text of all its events. */
void ht_calendar_plan_append (const HtCalendarPlan *plan, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtCalendarPlan, ht_calendar_plan_free)

G_END_DECLS
