/* SPDX-License-Identifier: MIT */

/* What a booking asks for, as every door fills it. Its members' names in JSON are those of the API;
 * identities are 0 where nothing is meant. */

#pragma once

#include "scheduler/core/session.h"

G_BEGIN_DECLS

typedef struct {
    int64_t id;
    int64_t kbps; /* 0 with a profile: what the profile takes at the site */
    int profile;  /* HtProfile */
} HtBookingSite;

/* What becomes of occurrences on a holiday. */
typedef enum {
    HT_HOLIDAYS_KEEP,
    HT_HOLIDAYS_SKIP,
    HT_HOLIDAYS_MOVE, /* to the next working day */
    HT_HOLIDAYS_N_CHOICES,
} HtHolidayChoice;

extern const char *const ht_holiday_choice_names[]; /* "keep", "skip", "move", NULL */

/* People who are expected to watch from behind the line of a site. */
typedef struct {
    int64_t site_id;
    int64_t unit_id; /* in the place of a site: the unit's */
    int64_t count;
    int64_t kbps; /* 0: what watching takes there */
} HtBookingWatchers;

typedef struct {
    int64_t id;
    int64_t amount;
} HtBookingEquipment;

/* A session that shall make room. Who names it has read it: it is refused as stale where it changed
 * after @number. */
typedef struct {
    int64_t id;
    int64_t number; /* of its last change, as the preview told */
    char *start;    /* civil, in its own zone: where it goes; NULL: it becomes a draft */
} HtDisplaced;

/* Whether a session is extended by itself near its end. */
typedef enum { HT_RUN_ON_POLICY, HT_RUN_ON_NO, HT_RUN_ON_YES, HT_RUN_ON_N } HtRunOnChoice;

typedef struct {
    int kind; /* HtSeriesKind */
    char *title;
    char *description;
    int64_t unit_id; /* 0: the actor's */
    char *start;     /* civil: "2026-11-25T07:30"; NULL with now */
    gboolean now;    /* starts at once */
    char *zone;      /* NULL: Asia/Ho_Chi_Minh */
    int64_t minutes;
    char *rule;       /* RRULE value; NULL: once */
    char **skip;      /* (nullable): days of it that are left out, "2026-12-02" */
    char **extra;     /* (nullable): days or times that are added, "2026-12-05T14:00" */
    int holidays;     /* HtHolidayChoice */
    GArray *any_of;   /* (element-type HtChoice): rooms and equipment by what they must be */
    GArray *rooms;    /* resources */
    GArray *trainers; /* persons */
    int64_t main_site;
    GArray *sites;     /* (element-type HtBookingSite) */
    GArray *watchers;  /* (element-type HtBookingWatchers) */
    GArray *equipment; /* (element-type HtBookingEquipment) */
    GArray *sources;   /* recorded, a track each */
    int64_t keep_days; /* of the recording; 0: a year */
    int audience;      /* HtAudienceKind */
    GArray *audience_ids;
    int64_t number;   /* of the preview that it follows; 0 */
    int rank;         /* HtRank */
    gboolean hold;    /* until somebody approves, though one might book it outright */
    gboolean compete; /* file it where the place is taken too: it takes nothing until approved */
    char *document;   /* number of the invitation document */
    gboolean awaits_document; /* held until the number is known */
    char *override;           /* reason to pass closures, notice and quotas, where one may */
    GArray *displaces;        /* (element-type HtDisplaced) (nullable) */
    GArray *rehearsals;       /* (element-type HtRehearsal) (nullable): of each session */
    int run_on;               /* HtRunOnChoice */
} HtBooking;

G_END_DECLS
