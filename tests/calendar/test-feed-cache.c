/* SPDX-License-Identifier: MIT */

#include "calendar/publish/feed-desk.h"

#include <gio/gio.h>
#include <string.h>

#include "scheduler/base/error.h"

/* A state with series 1..n; "all" shows every one, "odd" every second, in a variant of its own
 * where the id is divisible by 5. */
typedef struct {
    HtFeedSource source;
    int64_t number;
    GArray *numbers;  /* (element-type int64_t): of series 1..n; -1: it is gone */
    int64_t all, odd; /* the last number that altered each feed */
    HtZone *zone;
} State;

static int64_t
read_number (HtFeedSource *source)
{
    return ((State *) (gpointer) source)->number;
}

static int64_t
list (HtFeedSource *source, const char *key, GArray *entries)
{
    State *state = (State *) (gpointer) source;
    gboolean odd = strcmp (key, "odd") == 0;

    if (!odd && strcmp (key, "all") != 0)
        return -1;
    /* last first, to show that the order is the cache's */
    for (int64_t id = state->numbers->len; id >= 1; id--) {
        HtFeedEntry entry = { id, odd && id % 5 == 0 ? 7 : 0,
                              g_array_index (state->numbers, int64_t, id - 1) };

        if (entry.number >= 0 && (!odd || id % 2 == 1))
            g_array_append_val (entries, entry);
    }
    return odd ? state->odd : state->all;
}

static HtZone *
write_entry (HtFeedSource *source, const HtFeedEntry *entry, GString *text)
{
    g_string_append_printf (text,
                            "BEGIN:VEVENT\r\nUID:%" G_GINT64_FORMAT "@x\r\n"
                            "SEQUENCE:%" G_GINT64_FORMAT "\r\nSUMMARY:%" G_GINT64_FORMAT
                            "\r\nEND:VEVENT\r\n",
                            entry->series_id, entry->number, entry->variant);
    return ht_zone_ref (((State *) (gpointer) source)->zone);
}

static void
write_head (HtFeedSource *source, const char *key, const GPtrArray *zones, GString *text)
{
    g_string_append_printf (text, "BEGIN:VCALENDAR\r\nNAME:%s, %u zones\r\n", key, zones->len);
}

static void
init_state (State *state, unsigned n)
{
    *state = (State){ { read_number, list, write_entry, write_head }, 5, NULL, 5, 5, NULL };
    state->numbers = g_array_new (FALSE, FALSE, sizeof (int64_t));
    state->zone = ht_zone_new ("Asia/Ho_Chi_Minh", NULL, NULL);
    for (int64_t number = 5; n > 0; n--)
        g_array_append_val (state->numbers, number);
}

static void
clear_state (State *state)
{
    g_array_unref (state->numbers);
    ht_zone_unref (state->zone);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, clear_state)

static void
change (State *state, int64_t id, gboolean gone)
{
    state->number++;
    g_array_index (state->numbers, int64_t, id - 1) = gone ? -1 : state->number;
    state->all = state->number;
    state->odd = id % 2 == 1 ? state->number : state->odd;
}

/* (transfer full) (nullable): the body, unpacked */
static char *
get (HtFeedCache *cache, const char *key, const char *if_none_match, gboolean gzip, char etag[48])
{
    g_auto (HtFeedAnswer) answer = { 0 };
    g_autoptr (GError) error = NULL;
    HtFeedRequest request = { key, if_none_match, gzip };
    g_autoptr (GConverter) unpacker = NULL;
    g_autoptr (GBytes) plain = NULL;

    ht_feed_cache_get (cache, &request, &answer, &error);
    g_assert_no_error (error);
    g_strlcpy (etag, answer.etag, sizeof answer.etag);
    if (answer.body == NULL)
        return NULL;
    g_assert_cmpint (answer.gzip, ==, gzip);
    if (!gzip)
        return g_strndup (g_bytes_get_data (answer.body, NULL), g_bytes_get_size (answer.body));
    unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
    {
        g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_bytes (answer.body);
        g_autoptr (GInputStream) stream = g_converter_input_stream_new (packed, unpacker);
        g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

        g_assert_cmpint (
            g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error),
            >, 0);
        g_assert_no_error (error);
        plain = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
    }
    return g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
}

static void
test_both_forms_say_the_same (void)
{
    g_auto (State) state = { 0 };
    g_autoptr (HtFeedCache) cache = NULL;
    char etag[48], packed_etag[48];

    init_state (&state, 1000);
    cache = ht_feed_cache_new (&state.source, 4);
    for (int round = 0; round < 5; round++) {
        g_autofree char *plain = get (cache, "all", NULL, FALSE, etag);
        g_autofree char *unpacked = get (cache, "all", NULL, TRUE, packed_etag);

        g_assert_cmpstr (plain, ==, unpacked);
        g_assert_cmpstr (etag, !=, packed_etag);
        g_assert_true (g_str_has_prefix (plain, "BEGIN:VCALENDAR\r\nNAME:all, 1 zones\r\n"));
        g_assert_true (g_str_has_suffix (plain, "END:VCALENDAR\r\n"));
        g_assert_nonnull (strstr (plain, "UID:1@x"));
        /* one that begins a piece may go, too */
        change (&state, 100 * round + 1, round % 2 == 1);
    }
}

static void
test_work_is_done_once (void)
{
    g_auto (State) state = { 0 };
    g_autoptr (HtFeedCache) cache = NULL;
    g_autofree char *first = NULL, *again = NULL, *changed = NULL, *odd = NULL;
    char etag[48];
    HtFeedTally tally;
    uint64_t deflated;

    init_state (&state, 1000);
    cache = ht_feed_cache_new (&state.source, 4);
    first = get (cache, "all", NULL, TRUE, etag);
    again = get (cache, "all", NULL, TRUE, etag);
    tally = ht_feed_cache_get_tally (cache);
    deflated = tally.deflated;
    g_assert_cmpuint (tally.written, ==, 1000);
    g_assert_cmpuint (tally.listed, ==, 1);
    g_assert_cmpuint (deflated, >, 5);

    change (&state, 500, FALSE);
    changed = get (cache, "all", NULL, TRUE, etag);
    tally = ht_feed_cache_get_tally (cache);
    g_assert_cmpstr (changed, !=, first);
    g_assert_cmpuint (tally.written, ==, 1001);
    g_assert_cmpuint (tally.deflated, ==, deflated + 1);

    /* another feed shares the texts, except those that it shows in another way */
    odd = get (cache, "odd", NULL, FALSE, etag);
    g_assert_cmpuint (ht_feed_cache_get_tally (cache).written, ==, 1101);
}

static void
test_tags (void)
{
    g_auto (State) state = { 0 };
    g_autoptr (HtFeedCache) cache = NULL;
    g_autofree char *body = NULL;
    char etag[48], other[48];

    init_state (&state, 10);
    cache = ht_feed_cache_new (&state.source, 4);
    body = get (cache, "odd", NULL, FALSE, etag);
    g_assert_cmpstr (etag, ==, "\"5-1\"");
    g_assert_null (get (cache, "odd", "\"5-1\"", FALSE, etag));
    g_assert_null (get (cache, "odd", "\"1\", W/\"5-1\"", FALSE, etag));
    g_assert_null (get (cache, "odd", "*", FALSE, etag));
    /* it asks for the other form but has this one: it needs neither */
    g_assert_null (get (cache, "odd", "\"5-1\"", TRUE, other));
    g_assert_cmpstr (other, ==, "\"5-1\"");
    g_assert_null (get (cache, "odd", "\"5-1-gzip\"", TRUE, other));
    g_assert_cmpstr (other, ==, "\"5-1-gzip\"");
    g_clear_pointer (&body, g_free);

    /* what does not alter the feed does not alter its tag */
    change (&state, 2, FALSE);
    g_assert_null (get (cache, "odd", "\"5-1\"", FALSE, etag));
    change (&state, 3, TRUE);
    body = get (cache, "odd", "\"5-1\"", FALSE, etag);
    g_assert_cmpstr (etag, ==, "\"7-1\"");
    g_assert_null (strstr (body, "UID:3@x"));
}

/* "Not modified" comes from numbers: no text is made, and the series are not even listed again
 * while the log stands still. */
static void
test_not_modified_touches_no_event (void)
{
    g_auto (State) state = { 0 };
    g_autoptr (HtFeedCache) fresh = NULL;
    char etag[48];

    init_state (&state, 10);
    fresh = ht_feed_cache_new (&state.source, 4);
    g_assert_null (get (fresh, "all", "\"5-1\"", TRUE, etag));
    g_assert_cmpuint (ht_feed_cache_get_tally (fresh).written, ==, 0);
    g_assert_cmpuint (ht_feed_cache_get_tally (fresh).not_modified, ==, 1);
    g_free (get (fresh, "all", NULL, TRUE, etag));
    for (int i = 0; i < 10; i++)
        g_assert_null (get (fresh, "all", "\"5-1\"", TRUE, etag));
    g_assert_cmpuint (ht_feed_cache_get_tally (fresh).listed, ==, 2);
}

/* What was compressed piece by piece is to the octet what a fresh start makes of the same state:
 * the tag is strong. */
static void
test_octets_follow_from_the_state (void)
{
    g_auto (State) state = { 0 };
    g_autoptr (HtFeedCache) old = NULL, fresh = NULL;
    g_auto (HtFeedAnswer) a = { 0 }, b = { 0 };
    HtFeedRequest request = { "all", NULL, TRUE };
    char etag[48];

    init_state (&state, 700);
    old = ht_feed_cache_new (&state.source, 4);
    for (int64_t id = 1; id <= 700; id += 23) {
        g_free (get (old, "all", NULL, TRUE, etag));
        change (&state, id, id % 3 == 0);
    }
    fresh = ht_feed_cache_new (&state.source, 4);
    g_assert_true (ht_feed_cache_get (old, &request, &a, NULL));
    g_assert_true (ht_feed_cache_get (fresh, &request, &b, NULL));
    g_assert_cmpstr (a.etag, ==, b.etag);
    g_assert_true (g_bytes_equal (a.body, b.body));
}

static void
test_oldest_goes (void)
{
    g_auto (State) state = { 0 };
    g_autoptr (HtFeedCache) cache = NULL;
    g_autoptr (GError) error = NULL;
    g_auto (HtFeedAnswer) answer = { 0 };
    HtFeedRequest request = { "none", NULL, TRUE };
    char etag[48];

    init_state (&state, 10);
    cache = ht_feed_cache_new (&state.source, 1);
    g_free (get (cache, "odd", NULL, TRUE, etag));
    g_free (get (cache, "all", NULL, TRUE, etag));
    g_free (get (cache, "odd", NULL, TRUE, etag));
    g_assert_cmpuint (ht_feed_cache_get_tally (cache).listed, ==, 3);
    g_assert_false (ht_feed_cache_get (cache, &request, &answer, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_NOT_FOUND);
}

/* A slice at a time, the state going on meanwhile: the same octets, and no text made twice. */
static void
test_slices (void)
{
    g_auto (State) state = { 0 };
    g_autoptr (HtFeedCache) cache = NULL, fresh = NULL;
    g_auto (HtFeedAnswer) a = { 0 }, b = { 0 };
    HtFeedRequest request = { "all", NULL, TRUE };
    unsigned n_slices = 1;

    init_state (&state, 1000);
    cache = ht_feed_cache_new (&state.source, 4);
    while (ht_feed_cache_work (cache, &request, 2000, &a) == HT_FEED_UNFINISHED)
        if (n_slices++ == 5)
            change (&state, 900, FALSE);
    g_assert_cmpuint (n_slices, >, 30);
    g_assert_cmpuint (ht_feed_cache_get_tally (cache).written, ==, 1000);
    fresh = ht_feed_cache_new (&state.source, 4);
    g_assert_true (ht_feed_cache_get (fresh, &request, &b, NULL));
    g_assert_cmpstr (a.etag, ==, b.etag);
    g_assert_true (g_bytes_equal (a.body, b.body));
}

static void
hear (const HtFeedAnswer *answer, const GError *error, gpointer user_data)
{
    g_string_append (user_data, answer == NULL         ? ht_problem_get_id (error)
                                : answer->body == NULL ? "known"
                                : answer->gzip         ? "packed"
                                                       : "plain");
    g_string_append_c (user_data, ' ');
}

/* Who asks for what is small or known is answered before those who asked for much. */
static void
test_desk (void)
{
    g_auto (State) state = { 0 };
    g_autoptr (HtFeedCache) cache = NULL;
    g_autoptr (HtFeedDesk) desk = NULL;
    g_autoptr (GString) heard = g_string_new (NULL);
    unsigned n_turns = 0;

    init_state (&state, 3000);
    cache = ht_feed_cache_new (&state.source, 4);
    desk = ht_feed_desk_new (cache);
    ht_feed_desk_ask (desk, &(HtFeedRequest){ "all", NULL, TRUE }, hear, heard);
    ht_feed_desk_ask (desk, &(HtFeedRequest){ "all", NULL, FALSE }, hear, heard);
    ht_feed_desk_ask (desk, &(HtFeedRequest){ "none", NULL, TRUE }, hear, heard);
    ht_feed_desk_ask (desk, &(HtFeedRequest){ "all", "\"5-1\"", TRUE }, hear, heard);
    g_assert_cmpstr (heard->str, ==, "no-such-feed known ");
    for (; strstr (heard->str, "plain") == NULL; n_turns++)
        g_main_context_iteration (NULL, TRUE);
    g_assert_cmpstr (heard->str, ==, "no-such-feed known packed plain ");
    g_assert_cmpuint (n_turns, >, 3);
    g_assert_false (g_main_context_pending (NULL));
}

static void
test_desk_goes (void)
{
    g_auto (State) state = { 0 };
    g_autoptr (HtFeedCache) cache = NULL;
    g_autoptr (GString) heard = g_string_new (NULL);
    HtFeedDesk *desk;

    init_state (&state, 3000);
    cache = ht_feed_cache_new (&state.source, 4);
    desk = ht_feed_desk_new (cache);
    ht_feed_desk_ask (desk, &(HtFeedRequest){ "all", NULL, TRUE }, hear, heard);
    g_assert_cmpstr (heard->str, ==, "");
    ht_feed_desk_free (desk);
    g_assert_true (g_str_has_suffix (heard->str, " "));
    g_assert_false (g_main_context_pending (NULL));
}

static void
test_empty (void)
{
    g_auto (State) state = { 0 };
    g_autoptr (HtFeedCache) cache = NULL;
    g_autofree char *body = NULL;
    char etag[48];

    init_state (&state, 0);
    cache = ht_feed_cache_new (&state.source, 1);
    body = get (cache, "all", NULL, TRUE, etag);
    g_assert_cmpstr (body, ==, "BEGIN:VCALENDAR\r\nNAME:all, 0 zones\r\nEND:VCALENDAR\r\n");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/feed-cache/both-forms", test_both_forms_say_the_same);
    g_test_add_func ("/feed-cache/once", test_work_is_done_once);
    g_test_add_func ("/feed-cache/tags", test_tags);
    g_test_add_func ("/feed-cache/not-modified", test_not_modified_touches_no_event);
    g_test_add_func ("/feed-cache/octets", test_octets_follow_from_the_state);
    g_test_add_func ("/feed-cache/oldest", test_oldest_goes);
    g_test_add_func ("/feed-cache/slices", test_slices);
    g_test_add_func ("/feed-cache/desk", test_desk);
    g_test_add_func ("/feed-cache/desk-goes", test_desk_goes);
    g_test_add_func ("/feed-cache/empty", test_empty);
    return g_test_run ();
}
