/* SPDX-License-Identifier: MIT */

/* What the files that find a time share. */

#pragma once

#include "scheduler/core/slot-grid.h"
#include "scheduler/core/zone.h"
#include "scheduler/service/demand.h"
#include "scheduler/service/find-time.h"

G_BEGIN_DECLS

typedef struct {
    HtDecider *decider;
    const HtFindTime *asked;
    HtDemandWhat what;
    HtSpan model;        /* the session that the demands are made for */
    GArray *members;     /* (element-type HtMember) (owned) */
    GArray *demands;     /* (element-type HtDemand) (owned): of the model */
    GPtrArray *brought;  /* (element-type GArray of HtReservation) (owned) (nullable): what each
                          * site takes beside the main one, by member; %NULL of others */
    HtSlotSearch search; /* of all demands */
    HtSlotGrid *grid;    /* (owned) (nullable): made where free slots are few */
    HtFoundTimes *found; /* (owned) */
    const HtZone *zone;
    int64_t from_day, until_day; /* the latter not within */
    int minute_from, minute_to;  /* of the day */
    unsigned weekdays;           /* bit 0 is Monday */
    HtClosure *hours;            /* (owned) */
} HtFinder;

/* What is asked of timelines at most in one search. */
enum { HT_FINDER_MOST_STEPS = 400000 };

/* So far beyond the window it is told when something is free again. */
enum { HT_FINDER_MORE_DAYS = 90 };

/* When: days, hours and the length; and the search, still without demands. */
gboolean ht_finder_read_window (HtFinder *finder, GError **error);

/* The instant at which the clock shows @minute of @day. */
int64_t ht_finder_get_instant (const HtFinder *finder, int64_t day, int minute);

/* The party of each demand of the finder, for the grid. (transfer full) (element-type unsigned) */
GArray *ht_finder_list_parties (HtFinder *finder);

/* Slots that are free without some sites, or once sessions have moved: up to @most more. */
void ht_finder_add_lesser (HtFinder *finder, unsigned most);

/* What is in the way, where nothing is free. */
void ht_finder_explain (HtFinder *finder);

/* (transfer full) (element-type HtObstacle) (nullable): what stands in the way of @members at
 * @start_us; %NULL: nothing. %FALSE where it could not be asked. */
gboolean ht_finder_try (HtFinder *finder, const GArray *members, int64_t start_us,
                        GArray **ret_obstacles);

G_END_DECLS
