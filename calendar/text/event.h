/* SPDX-License-Identifier: MIT */

/* One VEVENT of a feed as a plain value, and its text. */

#pragma once

#include "scheduler/core/zone.h"

G_BEGIN_DECLS

/* An event that is no override. */
#define HT_EVENT_NO_SLOT INT64_MIN

/* All texts are UTF-8 and lent by whoever made the value. */
typedef struct {
    const char *uid;
    int64_t slot_us; /* RECURRENCE-ID, or HT_EVENT_NO_SLOT */
    int64_t sequence;
    int64_t dtstamp_us; /* of the last change, never "now": the text must not change by itself */
    int64_t created_us;
    int64_t last_modified_us;
    int64_t start_us;
    int64_t end_us;
    const HtZone *zone; /* of the local times; (nullable): times in UTC */
    const char *summary;
    const char *location;          /* (nullable) */
    const char *description;       /* (nullable) */
    const char *url;               /* (nullable): the link to join; also put in the description */
    const char *const *categories; /* (nullable): NULL-terminated */
    gboolean cancelled;
    const char *organiser_name; /* (nullable) */
    const char *organiser_mail; /* (nullable): without it there is no ORGANIZER */
    const char *attendee_name;  /* (nullable) */
    const char *attendee_mail;  /* (nullable): whom an invitation is for; feeds name nobody */
    const char *rule;           /* (nullable): the RRULE of a series */
    const GArray *excluded;     /* (element-type int64_t) (nullable): EXDATE, microseconds */
    const char *related_uid;    /* (nullable): the series it was split from */
} HtEvent;

/* Appends the VEVENT to @text: CRLF, folded at 75 octets. */
void ht_event_append (const HtEvent *event, GString *text);

G_END_DECLS
