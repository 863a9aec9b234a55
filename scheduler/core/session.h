/* SPDX-License-Identifier: MIT */

/* A series (a course or a recurring meeting) and its sessions. */

#pragma once

#include <glib.h>
#include <stdint.h>

#include "scheduler/core/choice.h"
#include "scheduler/core/job.h"
#include "scheduler/core/member.h"
#include "scheduler/core/rank.h"
#include "scheduler/core/resource.h"
#include "scheduler/core/session-machine.h"

G_BEGIN_DECLS

typedef enum { HT_SERIES_TRAINING, HT_SERIES_CONFERENCE, HT_SERIES_N_KINDS } HtSeriesKind;

extern const char *const ht_series_kind_names[]; /* "training", "conference", NULL */

typedef enum {
    HT_AUDIENCE_EVERYBODY, /* who is signed in */
    HT_AUDIENCE_UNITS,     /* the units named, with what lies below */
    HT_AUDIENCE_PERSONS,   /* the persons named */
    HT_AUDIENCE_N_KINDS,
} HtAudienceKind;

extern const char *const ht_audience_kind_names[]; /* "everybody", "units", "persons", NULL */

typedef struct {
    int64_t id;
    int kind; /* HtSeriesKind */
    char *title;
    char *description;
    int64_t unit_id;      /* who holds it */
    int64_t organiser_id; /* person */
    char *zone;           /* IANA name: the civil time that the rule counts in */
    char *rule;           /* RRULE value; NULL: a series of one */
    int audience;         /* HtAudienceKind */
    GArray *audience_ids; /* (element-type int64_t): units or persons */
    GArray *choices;    /* (element-type HtChoice): members that were asked for by what they are */
    int64_t related_id; /* the series it was split from; 0 */
    int64_t created_us;
    int rank;                 /* HtRank */
    char *document;           /* number of the invitation document */
    gboolean awaits_document; /* not published before the number is known */
    int64_t approver_id;      /* person: who approved it, perhaps still without the number; 0 */
} HtSeries;

typedef struct {
    int64_t id;
    int64_t series_id;
    int64_t slot_us; /* the start that the series' rule gives it: RECURRENCE-ID */
    int64_t start_us;
    int64_t end_us;
    char *title;  /* NULL: the series' */
    int state;    /* HtSessionState */
    char *reason; /* why it was cancelled or moved */
    int64_t sequence;
    int64_t created_us;
    int64_t changed_us;
    int64_t changed_number; /* of the log */
    int64_t hold_until_us;  /* while held; of a draft: while it waits for a place, else 0 */
    int64_t withdrawn_us;   /* since when feeds no longer tell that it was cancelled; 0: they do */
    int64_t yielded_to_id;  /* session that has its place: it was displaced, or lost; 0 */
    int64_t clash_us;       /* since when a closure or a lowered capacity hits it; 0 */
    char *description;      /* NULL: the series' */
    GArray *members;        /* (element-type HtMember) */
    GArray *reservations;   /* (element-type HtReservation) */
} HtSession;

G_END_DECLS
