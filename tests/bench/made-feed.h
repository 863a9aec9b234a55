/* SPDX-License-Identifier: MIT */

/* A feed of many sessions to measure with: the events' text is made by the same code as in the
 * service. */

#pragma once

#include "calendar/publish/feed-source.h"

G_BEGIN_DECLS

#define MADE_FEED_SESSIONS 10000

typedef struct _MadeFeed MadeFeed;

MadeFeed *made_feed_new (void);
void made_feed_free (MadeFeed *feed);

/* Lent: what a feed cache is made with. Every key leads to all sessions. */
HtFeedSource *made_feed_peek (MadeFeed *feed);

/* Changes one session, numbered from 0. Returns: the change's number */
int64_t made_feed_change (MadeFeed *feed, unsigned session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadeFeed, made_feed_free)

G_END_DECLS
