/* SPDX-License-Identifier: MIT */

/* Server-sent events: what was committed, as it is committed, to every browser that listens. All
 * read from one ring; the ids are the log's numbers, so that who was away goes on where he was. */

#pragma once

#include "ui/http/route.h"

G_BEGIN_DECLS

typedef struct _HtEvents HtEvents;

/* Whether @person may learn of @about, a session; asked for each event. */
typedef gboolean (*HtEventsMaySee) (gpointer user_data, int64_t person, int64_t about);

/* Where a page was when it was made; Last-Event-ID, which follows it, counts more. */
typedef struct {
    int64_t after; /* a number of the log; 0: from now on */
} HtEventsQuery;

extern const HtFields ht_events_query_fields;

/* @last: the number that is committed now; @reset: lent for good: the data of the event that says
 * "read everything again"; @may_see: (nullable): everybody sees everything */
HtEvents *ht_events_new (int64_t last, const char *reset, HtEventsMaySee may_see,
                         gpointer user_data);

/* All its streams must have ended. */
void ht_events_free (HtEvents *events);

/**
 * ht_events_push:
 * @number: of the log; 0 for what has none and is not told again, a level, a progress
 * @name: (nullable): of the event, "job"; the others are messages
 * @about: the session it is about; 0 where everybody signed in may know
 * @json: without line breaks
 */
void ht_events_push (HtEvents *events, int64_t number, const char *name, int64_t about,
                     const char *json);

/* An HtHandler; @events is an HtEvents. After Last-Event-ID comes what was missed; where that is
 * not held any more, the reset. Returns: %FALSE with %HT_ERROR_BUSY
 * where the person or all together listen too often. */
gboolean ht_events_handle (gpointer events, HtRequest *request, HtReply *reply, GError **error);

/* Ends the streams of @person; with @credential, only those of that sign-in. */
void ht_events_end (HtEvents *events, int64_t person, const char *credential);

/* Sends everybody a comment, so that proxies and browsers know that we live, and that we learn who
 * has gone. Called every 20 s by itself. */
void ht_events_comment (HtEvents *events);

unsigned ht_events_count (HtEvents *events);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtEvents, ht_events_free)

G_END_DECLS
