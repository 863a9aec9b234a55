/* SPDX-License-Identifier: MIT */

/* What may be asked of sessions that are booked. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum { HT_SCOPE_THIS, HT_SCOPE_FOLLOWING, HT_SCOPE_ALL, HT_SCOPE_N } HtScope;

typedef struct {
    int64_t id; /* session */
    int64_t if_number;
    char *start; /* civil */
    char *zone;
    int64_t minutes; /* new length; of extend: how much longer */
    int scope;       /* HtScope */
    char *reason;
    char *override; /* reason to pass closures, notice and quotas, where one may */
} HtMove;

/* What a session is, and when. What is absent stays: NULL, 0, an audience of 0. A list that is
 * there replaces the session's, and empties it where it is empty. */
typedef struct {
    HtMove move; /* start: NULL: stays; minutes: 0: stays */
    char *title, *description;
    int64_t unit_id;   /* of the series */
    GArray *rooms;     /* resources */
    GArray *trainers;  /* persons */
    int64_t main_site; /* 0: stays */
    GArray *sites;     /* (element-type HtBookingSite) */
    GArray *watchers;  /* (element-type HtBookingWatchers) */
    GArray *equipment; /* (element-type HtBookingEquipment) */
    GArray *sources;   /* recorded, a track each */
    int64_t keep_days;
    int audience; /* of the series: 1 more than HtAudienceKind; 0: stays */
    GArray *audience_ids;
} HtEdit;

typedef enum { HT_MANY_MOVE, HT_MANY_CANCEL } HtManyAction;
typedef enum { HT_THOSE_ALL, HT_THOSE_FITTING } HtThose;

/* All sessions of some days that have to do with a unit (and what lies below it), a site or a
 * resource; at least one of these is named. */
typedef struct {
    int64_t unit_id, site_id, resource_id;
    char *from, *until; /* local days, both within */
    char *zone;
    int action;            /* HtManyAction */
    int64_t days, minutes; /* the shift */
    char *to_day;          /* the day that the first one becomes: instead of days */
    char *reason;
    char *override;    /* as of HtMove */
    int those;         /* HtThose: all or nothing; or those that fit, the others named */
    int64_t if_number; /* refused as stale where one of them changed after it; 0: not asked */
} HtChangeMany;

G_END_DECLS
