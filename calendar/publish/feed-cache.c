/* SPDX-License-Identifier: MIT */

#include "calendar/publish/feed-cache.h"

#include <string.h>

#include "calendar/publish/deflated.h"
#include "calendar/publish/feed-texts.h"
#include "scheduler/base/error.h"

/* One series in so many begins a piece, by its id alone: pieces keep their bounds when others come
 * and go, and are some 50 kB long. */
#define PIECE_SERIES 64

/* A run of series that is compressed as one. */
typedef struct {
    unsigned first, n;    /* of the feed's texts */
    HtDeflated *deflated; /* (owned) (nullable) */
} Piece;

typedef struct {
    char *key;
    int64_t number;         /* of the last change that altered its text; -1: not built yet */
    int64_t checked_number; /* of the state at which that was last true */
    uint64_t used;          /* the cache's count of requests at the last one */
    GPtrArray *texts;       /* (element-type HtFeedText), by series */
    GArray *pieces;         /* (element-type Piece) */
    GBytes *plain;          /* (owned) (nullable) */
    GBytes *gzip;           /* (owned) (nullable) */
} Feed;

struct _HtFeedCache {
    HtFeedSource *source;
    unsigned max_feeds;
    uint64_t requests;
    HtFeedTexts *texts;
    GHashTable *feeds; /* key -> Feed */
    HtFeedTally tally;
};

static void
clear_piece (gpointer data)
{
    g_clear_pointer (&((Piece *) data)->deflated, ht_deflated_free);
}

static GArray *
new_pieces (void)
{
    GArray *pieces = g_array_new (FALSE, TRUE, sizeof (Piece));

    g_array_set_clear_func (pieces, clear_piece);
    return pieces;
}

static void
free_feed (gpointer data)
{
    Feed *feed = data;

    g_clear_pointer (&feed->plain, g_bytes_unref);
    g_clear_pointer (&feed->gzip, g_bytes_unref);
    g_array_unref (feed->pieces);
    g_ptr_array_unref (feed->texts);
    g_free (feed->key);
    g_free (feed);
}

HtFeedCache *
ht_feed_cache_new (HtFeedSource *source, unsigned max_feeds)
{
    HtFeedCache *cache = g_new0 (HtFeedCache, 1);

    cache->source = source;
    cache->max_feeds = MAX (1, max_feeds);
    cache->texts = ht_feed_texts_new (source);
    cache->feeds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_feed);
    return cache;
}

void
ht_feed_cache_free (HtFeedCache *cache)
{
    g_hash_table_unref (cache->feeds);
    ht_feed_texts_free (cache->texts);
    g_free (cache);
}

static void
drop_oldest (HtFeedCache *cache)
{
    GHashTableIter iter;
    gpointer value;
    Feed *oldest = NULL;

    g_hash_table_iter_init (&iter, cache->feeds);
    while (g_hash_table_iter_next (&iter, NULL, &value))
        if (oldest == NULL || ((Feed *) value)->used < oldest->used)
            oldest = value;
    if (oldest != NULL)
        g_hash_table_remove (cache->feeds, oldest->key);
    ht_feed_texts_sweep (cache->texts);
}

static Feed *
add_feed (HtFeedCache *cache, const char *key)
{
    Feed *feed;

    if (g_hash_table_size (cache->feeds) >= cache->max_feeds)
        drop_oldest (cache);
    feed = g_new0 (Feed, 1);
    feed->key = g_strdup (key);
    feed->number = -1;
    feed->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) ht_feed_text_unref);
    feed->pieces = new_pieces ();
    g_hash_table_insert (cache->feeds, feed->key, feed);
    return feed;
}

/* --- building --------------------------------------------------------------------------------- */

static int
compare_entries (gconstpointer a, gconstpointer b)
{
    const HtFeedEntry *x = a, *y = b;

    return (x->series_id > y->series_id) - (x->series_id < y->series_id);
}

static HtFeedText *
get_text (const GPtrArray *texts, unsigned index)
{
    return g_ptr_array_index (texts, index);
}

static gboolean
begins_piece (const GPtrArray *texts, unsigned index)
{
    uint64_t id = (uint64_t) get_text (texts, index)->entry.series_id;

    /* neighbours shall not all be first: the upper bits of a product are mixed well */
    return index == 0 || (id * UINT64_C (0x9E3779B97F4A7C15) >> 32) % PIECE_SERIES == 0;
}

static int64_t
get_first_id (const GPtrArray *texts, const GArray *pieces, unsigned index)
{
    return get_text (texts, g_array_index (pieces, Piece, index).first)->entry.series_id;
}

/* Takes over what was compressed of the same texts before. Both runs of pieces ascend. */
static void
reuse_pieces (Feed *feed, const GPtrArray *texts, GArray *pieces)
{
    unsigned old = 0;

    for (unsigned i = 0; i < pieces->len; i++) {
        Piece *piece = &g_array_index (pieces, Piece, i);
        int64_t id = get_first_id (texts, pieces, i);
        Piece *before;

        while (old < feed->pieces->len && get_first_id (feed->texts, feed->pieces, old) < id)
            old++;
        if (old == feed->pieces->len)
            return;
        before = &g_array_index (feed->pieces, Piece, old);
        if (before->n == piece->n &&
            memcmp (&texts->pdata[piece->first], &feed->texts->pdata[before->first],
                    piece->n * sizeof (gpointer)) == 0)
            piece->deflated = g_steal_pointer (&before->deflated);
    }
}

static void
build (HtFeedCache *cache, Feed *feed, GArray *entries)
{
    g_autoptr (GPtrArray) texts =
        g_ptr_array_new_full (entries->len, (GDestroyNotify) ht_feed_text_unref);
    g_autoptr (GArray) pieces = new_pieces ();

    g_array_sort (entries, compare_entries);
    for (unsigned i = 0; i < entries->len; i++) {
        const HtFeedEntry *entry = &g_array_index (entries, HtFeedEntry, i);

        g_ptr_array_add (texts, ht_feed_texts_get (cache->texts, entry, &cache->tally.written));
        if (begins_piece (texts, i))
            g_array_append_val (pieces, ((Piece){ .first = i }));
        g_array_index (pieces, Piece, pieces->len - 1).n++;
    }
    reuse_pieces (feed, texts, pieces);
    g_clear_pointer (&feed->texts, g_ptr_array_unref);
    g_clear_pointer (&feed->pieces, g_array_unref);
    g_clear_pointer (&feed->plain, g_bytes_unref);
    g_clear_pointer (&feed->gzip, g_bytes_unref);
    feed->texts = g_steal_pointer (&texts);
    feed->pieces = g_steal_pointer (&pieces);
}

static GPtrArray *
find_zones (const Feed *feed)
{
    GPtrArray *zones = g_ptr_array_new ();

    for (unsigned i = 0; i < feed->texts->len; i++) {
        HtZone *zone = get_text (feed->texts, i)->zone;
        gboolean known = zone == NULL;

        for (unsigned z = 0; z < zones->len && !known; z++)
            known = zone == zones->pdata[z] ||
                    strcmp (ht_zone_get_name (zone), ht_zone_get_name (zones->pdata[z])) == 0;
        if (!known)
            g_ptr_array_add (zones, zone);
    }
    return zones;
}

static GString *
write_head (HtFeedCache *cache, const Feed *feed)
{
    g_autoptr (GPtrArray) zones = find_zones (feed);
    GString *text = g_string_sized_new (2048);

    cache->source->write_head (cache->source, feed->key, zones, text);
    return text;
}

static void
append_texts (const Feed *feed, unsigned first, unsigned n, GString *text)
{
    for (unsigned i = first; i < first + n; i++) {
        const HtFeedText *one = get_text (feed->texts, i);

        g_string_append_len (text, one->octets, (gssize) one->length);
    }
}

static GBytes *
join_plain (HtFeedCache *cache, Feed *feed)
{
    GString *text;
    size_t length = 0;

    if (feed->plain != NULL)
        return feed->plain;
    text = write_head (cache, feed);
    for (unsigned i = 0; i < feed->texts->len; i++)
        length += get_text (feed->texts, i)->length;
    /* room for all at once */
    g_string_set_size (text, text->len + length + 64);
    g_string_truncate (text, text->len - length - 64);
    append_texts (feed, 0, feed->texts->len, text);
    ht_envelope_append_tail (text);
    cache->tally.joined++;
    feed->plain = g_string_free_to_bytes (text);
    return feed->plain;
}

static GBytes *
join_gzip (HtFeedCache *cache, Feed *feed)
{
    g_autoptr (GPtrArray) pieces = g_ptr_array_new ();
    g_autoptr (HtDeflated) first = NULL;
    g_autoptr (HtDeflated) last = NULL;
    g_autoptr (GString) head = NULL;
    g_autoptr (GString) text = NULL;

    if (feed->gzip != NULL)
        return feed->gzip;
    head = write_head (cache, feed);
    first = ht_deflated_new (head->str, head->len);
    g_ptr_array_add (pieces, first);
    text = g_string_sized_new (65536);
    for (unsigned i = 0; i < feed->pieces->len; i++) {
        Piece *piece = &g_array_index (feed->pieces, Piece, i);

        if (piece->deflated == NULL) {
            g_string_truncate (text, 0);
            append_texts (feed, piece->first, piece->n, text);
            piece->deflated = ht_deflated_new (text->str, text->len);
            cache->tally.deflated++;
        }
        g_ptr_array_add (pieces, piece->deflated);
    }
    g_string_truncate (text, 0);
    ht_envelope_append_tail (text);
    last = ht_deflated_new (text->str, text->len);
    g_ptr_array_add (pieces, last);
    feed->gzip = ht_deflated_join (pieces);
    return feed->gzip;
}

/* --- answering -------------------------------------------------------------------------------- */

static void
write_etag (int64_t number, gboolean gzip, char *etag, size_t size)
{
    g_snprintf (etag, size, "\"%" G_GINT64_FORMAT "-%d%s\"", number, HT_FEED_SERIALISER,
                gzip ? "-gzip" : "");
}

/* Whether the list of tags of If-None-Match has @etag, by the weak comparison (RFC 9110 8.8.3.2):
 * a proxy may have made it weak. Our tags hold no comma. */
static gboolean
has_tag (const char *header, const char *etag)
{
    g_auto (GStrv) tags = g_strsplit (header, ",", 64);

    for (char **tag = tags; *tag != NULL; tag++) {
        const char *at = g_strstrip (*tag);

        if (g_str_has_prefix (at, "W/"))
            at += 2;
        if (strcmp (at, etag) == 0 || strcmp (at, "*") == 0)
            return TRUE;
    }
    return FALSE;
}

/* Who holds either form of the present text needs neither again. */
static gboolean
is_unmodified (const HtFeedRequest *request, int64_t number, HtFeedAnswer *answer)
{
    if (request->if_none_match == NULL)
        return FALSE;
    for (int other = 0; other <= 1; other++) {
        answer->gzip = other == 0 ? request->gzip : !request->gzip;
        write_etag (number, answer->gzip, answer->etag, sizeof answer->etag);
        if (has_tag (request->if_none_match, answer->etag))
            return TRUE;
    }
    return FALSE;
}

/* Asks the source for the series where the log went on since. @entries is NULL where nothing needs
 * to be built. FALSE: no such feed. */
static gboolean
find_number (HtFeedCache *cache, const char *key, Feed *feed, int64_t state, GArray *entries,
             int64_t *ret_number)
{
    if (feed != NULL && feed->checked_number == state) {
        *ret_number = feed->number;
        return TRUE;
    }
    cache->tally.listed++;
    *ret_number = cache->source->list (cache->source, key, entries);
    if (feed != NULL && feed->number == *ret_number)
        feed->checked_number = state;
    return *ret_number >= 0;
}

gboolean
ht_feed_cache_get (HtFeedCache *cache, const HtFeedRequest *request, HtFeedAnswer *ret_answer,
                   GError **error)
{
    g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (HtFeedEntry));
    Feed *feed = g_hash_table_lookup (cache->feeds, request->key);
    int64_t state = cache->source->read_number (cache->source);
    HtFeedAnswer answer = { 0 };

    if (!find_number (cache, request->key, feed, state, entries, &answer.number)) {
        g_hash_table_remove (cache->feeds, request->key);
        ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-such-feed", NULL, "there is no such feed");
        return FALSE;
    }
    if (feed != NULL)
        feed->used = ++cache->requests;
    if (is_unmodified (request, answer.number, &answer)) {
        cache->tally.not_modified++;
        *ret_answer = answer;
        return TRUE;
    }
    if (feed == NULL)
        feed = add_feed (cache, request->key);
    if (feed->number != answer.number) {
        build (cache, feed, entries);
        feed->number = answer.number;
        feed->checked_number = state;
    }
    feed->used = ++cache->requests;
    answer.gzip = request->gzip;
    answer.body = g_bytes_ref (request->gzip ? join_gzip (cache, feed) : join_plain (cache, feed));
    write_etag (answer.number, answer.gzip, answer.etag, sizeof answer.etag);
    *ret_answer = answer;
    return TRUE;
}

void
ht_feed_answer_clear (HtFeedAnswer *answer)
{
    g_clear_pointer (&answer->body, g_bytes_unref);
}

HtFeedTally
ht_feed_cache_get_tally (const HtFeedCache *cache)
{
    return cache->tally;
}
