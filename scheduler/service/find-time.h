/* SPDX-License-Identifier: MIT */

/* When could it be? The best times for what a booking would take, and where there is none, what is
 * in the way and what the answer would be without it. */

#pragma once

#include "scheduler/core/span.h"
#include "scheduler/service/booking.h"
#include "scheduler/service/service.h"

G_BEGIN_DECLS

enum { HT_FIND_TIME_MOST_DAYS = 62 };

typedef struct {
    HtBooking booking;           /* without a title and a start */
    char *from, *to;             /* local days, both within; NULL: today, 13 days later */
    char *hours_from, *hours_to; /* "08:00": it starts and ends between them; NULL: any hour */
    char **weekdays;             /* (nullable): "MO", ...; NULL: any day */
    int64_t most;                /* times wanted; 0: 5 */
} HtFindTime;

typedef enum {
    HT_FOUND_FREE,        /* everything is free */
    HT_FOUND_FEWER_SITES, /* free without some of the sites */
    HT_FOUND_DISPLACING,  /* free once other sessions have moved */
    HT_FOUND_N_KINDS,
} HtFoundKind;

extern const char *const ht_found_kind_names[]; /* "free", "fewer-sites", "displacing", NULL */

typedef struct {
    HtFoundKind kind;
    HtSpan span;
    int64_t n_sites;   /* that can take part, the main one too */
    GArray *missing;   /* (element-type int64_t) (owned): sites that cannot */
    GArray *displaced; /* (element-type int64_t) (owned): sessions that would have to move */
} HtFoundSlot;

/* How full a resource is in the hours that were asked for. */
typedef struct {
    int64_t n_days;     /* on which it could be */
    int64_t n_full;     /* of these, on which the resource is never free long enough */
    int64_t full_until; /* day since 1970: full on each day from the first to this one; -1: no */
} HtFoundPart;

typedef enum { HT_FOUND_MORNING, HT_FOUND_AFTERNOON, HT_FOUND_N_PARTS } HtFoundPartOfDay;

typedef struct {
    int64_t resource_id;
    HtSpan without;       /* the first slot if this one were not in the way; empty: there is none */
    int64_t free_from_us; /* when it alone is free again; -1: not within 90 days more */
    HtFoundPart parts[HT_FOUND_N_PARTS];
    GArray *with; /* (element-type int64_t) (owned): sessions that hold it then */
} HtFoundBlocker;

typedef struct {
    int64_t number; /* committed */
    char *zone;
    GArray *slots;             /* (element-type HtFoundSlot) (owned), the best first */
    GArray *blockers;          /* (element-type HtFoundBlocker) (owned), where nothing is free */
    HtSpan without;            /* the slot that the fewest keep from being free; empty: none */
    GArray *without_resources; /* (element-type int64_t) (owned): those */
    gboolean complete;         /* no search was cut off at its bound */
} HtFoundTimes;

void ht_found_times_free (HtFoundTimes *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtFoundTimes, ht_found_times_free)

/**
 * ht_find_time:
 *
 * On committed and pending state, for who may book it. Its searches are bounded.
 *
 * Returns: (transfer full): %NULL where it could not be booked at any time, or the question is
 *   none
 */
HtFoundTimes *ht_find_time (HtService *service, int64_t actor_id, const HtFindTime *asked,
                            GError **error);

G_END_DECLS
