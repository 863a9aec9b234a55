/* SPDX-License-Identifier: MIT */

#include "ui/http/feed.h"

#include "ui/http/encoding.h"

#define FEED_TYPE "text/calendar; charset=utf-8"

/* The cache chooses the representation: what it gives is not compressed again. */
gboolean
ht_feed_send (HtFeedCache *cache, const char *key, HtRequest *request, HtReply *reply,
              GError **error)
{
    const HtFeedRequest asked = {
        .key = key,
        .if_none_match = ht_request_get_header (request, HT_HEADER_IF_NONE_MATCH),
        .gzip =
            ht_encoding_accepts_gzip (ht_request_get_header (request, HT_HEADER_ACCEPT_ENCODING)),
    };
    g_auto (HtFeedAnswer) answer = { 0 };

    if (!ht_feed_cache_get (cache, &asked, &answer, error))
        return FALSE;
    ht_reply_add_header (reply, "ETag", answer.etag);
    ht_reply_add_header (reply, "Vary", "Accept-Encoding");
    ht_reply_add_header (reply, "Cache-Control", "private, no-cache");
    if (answer.body == NULL) {
        ht_reply_send_bytes (reply, 304, NULL, NULL);
        return TRUE;
    }
    if (answer.gzip)
        ht_reply_add_header (reply, "Content-Encoding", "gzip");
    ht_reply_send_bytes (reply, 200, FEED_TYPE, answer.body);
    return TRUE;
}
