/* SPDX-License-Identifier: MIT */

#include "ui/http/feed.h"

#include <string.h>

#include "scheduler/base/error.h"

/* A source of one feed, "known", with one series of plain text. */
static int64_t
read_number (HtFeedSource *source G_GNUC_UNUSED)
{
    return 7;
}

static int64_t
list (HtFeedSource *source G_GNUC_UNUSED, const char *key, GArray *entries)
{
    const HtFeedEntry entry = { 1, 0, 7 };

    if (strcmp (key, "known") != 0)
        return -1;
    g_array_append_val (entries, entry);
    return 7;
}

static HtZone *
write_series (HtFeedSource *source G_GNUC_UNUSED, const HtFeedEntry *entry G_GNUC_UNUSED,
              GString *text)
{
    for (int i = 0; i < 100; i++)
        g_string_append (text, "BEGIN:VEVENT\r\nEND:VEVENT\r\n");
    return NULL;
}

static void
write_head (HtFeedSource *source G_GNUC_UNUSED, const char *key G_GNUC_UNUSED,
            const GPtrArray *zones G_GNUC_UNUSED, GString *text)
{
    g_string_append (text, "BEGIN:VCALENDAR\r\n");
}

static HtFeedSource source = { read_number, list, write_series, write_head };

static HtReply *
ask (HtFeedDesk *desk, const char *key, HtHeader header, const char *value)
{
    HtRequest *request = ht_request_new ("GET", "");
    HtReply *reply = ht_reply_new (request, NULL, NULL);

    request->headers[header] = g_strdup (value);
    ht_feed_send (desk, key, request, reply);
    ht_reply_compress (reply);
    return reply;
}

static void
test_the_text (void)
{
    g_autoptr (HtFeedCache) cache = ht_feed_cache_new (&source, 4);
    g_autoptr (HtFeedDesk) desk = ht_feed_desk_new (cache);
    g_autoptr (HtReply) plain = ask (desk, "known", HT_HEADER_RANGE, NULL);
    g_autoptr (HtReply) packed = ask (desk, "known", HT_HEADER_ACCEPT_ENCODING, "gzip");
    const uint8_t *octets = g_bytes_get_data (ht_reply_get_bytes (packed), NULL);

    g_assert_cmpuint (ht_reply_get_status (plain), ==, 200);
    g_assert_cmpstr (ht_reply_get_type (plain), ==, "text/calendar; charset=utf-8");
    g_assert_cmpmem (g_bytes_get_data (ht_reply_get_bytes (plain), NULL), 15, "BEGIN:VCALENDAR",
                     15);
    g_assert_cmpstr (ht_reply_get_header (packed, "Content-Encoding"), ==, "gzip");
    g_assert_cmphex (octets[0], ==, 0x1f);
    g_assert_cmpstr (ht_reply_get_header (packed, "ETag"), !=, ht_reply_get_header (plain, "ETag"));
    g_assert_cmpstr (ht_reply_get_header (packed, "Vary"), ==, "Accept-Encoding");
}

static void
test_what_is_known_is_not_sent (void)
{
    g_autoptr (HtFeedCache) cache = ht_feed_cache_new (&source, 4);
    g_autoptr (HtFeedDesk) desk = ht_feed_desk_new (cache);
    g_autoptr (HtReply) first = ask (desk, "known", HT_HEADER_RANGE, NULL);
    g_autoptr (HtReply) again =
        ask (desk, "known", HT_HEADER_IF_NONE_MATCH, ht_reply_get_header (first, "ETag"));

    g_assert_cmpuint (ht_reply_get_status (again), ==, 304);
    g_assert_null (ht_reply_get_bytes (again));
    g_assert_cmpstr (ht_reply_get_header (again, "ETag"), ==, ht_reply_get_header (first, "ETag"));
}

static void
test_one_that_is_not_there (void)
{
    g_autoptr (HtFeedCache) cache = ht_feed_cache_new (&source, 4);
    g_autoptr (HtFeedDesk) desk = ht_feed_desk_new (cache);
    g_autoptr (HtReply) reply = ask (desk, "another", HT_HEADER_RANGE, NULL);

    g_assert_cmpuint (ht_reply_get_status (reply), ==, 404);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ui/feed/text", test_the_text);
    g_test_add_func ("/ui/feed/known", test_what_is_known_is_not_sent);
    g_test_add_func ("/ui/feed/missing", test_one_that_is_not_there);
    return g_test_run ();
}
