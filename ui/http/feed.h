/* SPDX-License-Identifier: MIT */

/* A feed over HTTP: its strong etags, its gzip, "not modified". */

#pragma once

#include "calendar/publish/feed-desk.h"
#include "ui/http/reply.h"

G_BEGIN_DECLS

/**
 * ht_feed_send:
 * @key: of the feed, as the source of the desk's cache knows it
 *
 * Completes @reply, at once or, where much has to be made first, later.
 */
void ht_feed_send (HtFeedDesk *desk, const char *key, HtRequest *request, HtReply *reply);

G_END_DECLS
