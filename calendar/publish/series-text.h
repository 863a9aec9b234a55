/* SPDX-License-Identifier: MIT */

/* From the service's records to the text of one series' events. */

#pragma once

#include "calendar/text/plan.h"
#include "scheduler/core/zone.h"
#include "scheduler/service/service.h"

G_BEGIN_DECLS

/* What is the same for every event of the installation. Lent. */
typedef struct {
    HtService *service;
    const char *installation; /* behind the @ of every UID */
    const char *address;      /* "http://host/", where pages are */
    const HtZone *zone;       /* where a series names none that we know */
} HtSeriesTextSettings;

/**
 * ht_series_text_plan:
 * @zone: the series'
 * @sessions: (element-type HtSession): of @series
 * @texts: (element-type utf8): takes what is made for the plan, and must outlive it
 *
 * Returns: (transfer full): the events that they become
 */
HtCalendarPlan *ht_series_text_plan (const HtSeriesTextSettings *settings, const HtSeries *series,
                                     const HtZone *zone, const GPtrArray *sessions,
                                     GPtrArray *texts);

/* Appends the events of @sessions (element-type HtSession), which are of @series. @zone: the
 * series'. */
void ht_series_text_append (const HtSeriesTextSettings *settings, const HtSeries *series,
                            const HtZone *zone, const GPtrArray *sessions, GString *text);

G_END_DECLS
