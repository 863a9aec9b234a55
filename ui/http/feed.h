/* SPDX-License-Identifier: MIT */

/* A feed over HTTP: its strong etags, its gzip, "not modified". */

#pragma once

#include "calendar/publish/feed-cache.h"
#include "ui/http/reply.h"

G_BEGIN_DECLS

/**
 * ht_feed_send:
 * @key: of the feed, as the cache's source knows it
 *
 * Completes @reply. Returns: %FALSE with %HT_ERROR_NOT_FOUND where there is no such feed
 */
gboolean ht_feed_send (HtFeedCache *cache, const char *key, HtRequest *request, HtReply *reply,
                       GError **error);

G_END_DECLS
