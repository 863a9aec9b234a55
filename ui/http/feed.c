/* SPDX-License-Identifier: MIT */

#include "ui/http/feed.h"

#include "ui/http/encoding.h"

#define FEED_TYPE "text/calendar; charset=utf-8"

/* The cache chooses the representation: what it gives is not compressed again. */
static void
send (const HtFeedAnswer *answer, const GError *error, gpointer user_data)
{
    g_autoptr (HtReply) reply = user_data;

    if (error != NULL) {
        ht_reply_send_problem (reply, error);
        return;
    }
    ht_reply_add_header (reply, "ETag", answer->etag);
    ht_reply_add_header (reply, "Vary", "Accept-Encoding");
    ht_reply_add_header (reply, "Cache-Control", "private, no-cache");
    if (answer->body == NULL) {
        ht_reply_send_bytes (reply, 304, NULL, NULL);
        return;
    }
    if (answer->gzip)
        ht_reply_add_header (reply, "Content-Encoding", "gzip");
    ht_reply_send_bytes (reply, 200, FEED_TYPE, answer->body);
}

void
ht_feed_send (HtFeedDesk *desk, const char *key, HtRequest *request, HtReply *reply)
{
    const HtFeedRequest asked = {
        .key = key,
        .if_none_match = ht_request_get_header (request, HT_HEADER_IF_NONE_MATCH),
        .gzip =
            ht_encoding_accepts_gzip (ht_request_get_header (request, HT_HEADER_ACCEPT_ENCODING)),
    };

    ht_feed_desk_ask (desk, &asked, send, ht_reply_ref (reply));
}
