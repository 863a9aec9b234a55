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

/* A text in the making. */
typedef struct {
    GArray *entries;  /* (element-type HtFeedEntry), by series */
    GPtrArray *texts; /* (element-type HtFeedText): of the first of them */
    int64_t number;   /* of the last change that altered it */
    int64_t state;    /* in which it was listed; it says nothing about another */
} Work;

typedef struct {
    char *key;
    int64_t number;         /* of the last change that altered its text; -1: not built yet */
    int64_t checked_number; /* of the state at which that was last true */
    uint64_t used;          /* the cache's count of requests at the last one */
    GPtrArray *texts;       /* (element-type HtFeedText), by series */
    GArray *pieces;         /* (element-type Piece) */
    GBytes *plain;          /* (owned) (nullable) */
    GBytes *gzip;           /* (owned) (nullable) */
    Work *work;             /* (owned) (nullable): what takes the place of all this */
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

static Work *
work_new (void)
{
    Work *work = g_new0 (Work, 1);

    work->entries = g_array_new (FALSE, FALSE, sizeof (HtFeedEntry));
    work->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) ht_feed_text_unref);
    return work;
}

static void
work_free (Work *work)
{
    g_array_unref (work->entries);
    g_clear_pointer (&work->texts, g_ptr_array_unref);
    g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
free_feed (gpointer data)
{
    Feed *feed = data;

    g_clear_pointer (&feed->work, work_free);
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

/* Makes the texts that are not there yet. FALSE: the budget came to its end first. */
static gboolean
write_texts (HtFeedCache *cache, Work *work, size_t *budget)
{
    while (work->texts->len < work->entries->len) {
        const HtFeedEntry *entry = &g_array_index (work->entries, HtFeedEntry, work->texts->len);
        uint64_t written = cache->tally.written;
        HtFeedText *text;

        if (*budget == 0)
            return FALSE;
        text = ht_feed_texts_get (cache->texts, entry, &cache->tally.written);
        if (cache->tally.written != written)
            *budget -= MIN (*budget, text->length);
        g_ptr_array_add (work->texts, text);
    }
    return TRUE;
}

/* What was made takes the place of what the feed holds. */
static void
take_work (Feed *feed)
{
    g_autoptr (Work) work = g_steal_pointer (&feed->work);
    g_autoptr (GArray) pieces = new_pieces ();

    for (unsigned i = 0; i < work->texts->len; i++) {
        if (begins_piece (work->texts, i))
            g_array_append_val (pieces, ((Piece){ .first = i }));
        g_array_index (pieces, Piece, pieces->len - 1).n++;
    }
    reuse_pieces (feed, work->texts, pieces);
    g_clear_pointer (&feed->texts, g_ptr_array_unref);
    g_clear_pointer (&feed->pieces, g_array_unref);
    g_clear_pointer (&feed->plain, g_bytes_unref);
    g_clear_pointer (&feed->gzip, g_bytes_unref);
    feed->texts = g_steal_pointer (&work->texts);
    feed->pieces = g_steal_pointer (&pieces);
    feed->number = work->number;
    feed->checked_number = work->state;
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

/* Compresses the pieces that are not yet. FALSE: the budget came to its end first. */
static gboolean
deflate_pieces (HtFeedCache *cache, Feed *feed, size_t *budget)
{
    g_autoptr (GString) text = g_string_sized_new (65536);

    for (unsigned i = 0; i < feed->pieces->len; i++) {
        Piece *piece = &g_array_index (feed->pieces, Piece, i);

        if (piece->deflated != NULL)
            continue;
        if (*budget == 0)
            return FALSE;
        g_string_truncate (text, 0);
        append_texts (feed, piece->first, piece->n, text);
        piece->deflated = ht_deflated_new (text->str, text->len);
        *budget -= MIN (*budget, text->len);
        cache->tally.deflated++;
    }
    return TRUE;
}

/* Of pieces that are all compressed. */
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
    for (unsigned i = 0; i < feed->pieces->len; i++)
        g_ptr_array_add (pieces, g_array_index (feed->pieces, Piece, i).deflated);
    text = g_string_new (NULL);
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

/* (transfer full) (nullable): the series as they are listed now; NULL: no such feed. */
static Work *
list_series (HtFeedCache *cache, const char *key, int64_t state)
{
    g_autoptr (Work) work = work_new ();

    cache->tally.listed++;
    work->state = state;
    work->number = cache->source->list (cache->source, key, work->entries);
    if (work->number < 0)
        return NULL;
    g_array_sort (work->entries, compare_entries);
    return g_steal_pointer (&work);
}

/* The number of the feed's text, asking the source for its series where the log went on since: then
 * *@listed is what is to be made, unless the number is still the one of what the feed holds.
 * -1: no such feed. */
static int64_t
find_number (HtFeedCache *cache, const char *key, Feed *feed, Work **listed)
{
    int64_t state = cache->source->read_number (cache->source);

    if (feed != NULL && feed->work != NULL && feed->work->state == state)
        return feed->work->number;
    if (feed != NULL && feed->checked_number == state)
        return feed->number;
    *listed = list_series (cache, key, state);
    if (*listed == NULL)
        return -1;
    if (feed != NULL && feed->number == (*listed)->number)
        feed->checked_number = state;
    return (*listed)->number;
}

/* Makes what the answer needs. FALSE: the budget came to its end first. */
static gboolean
make (HtFeedCache *cache, Feed *feed, int64_t number, gboolean gzip, size_t *budget)
{
    if (feed->number != number) {
        if (!write_texts (cache, feed->work, budget))
            return FALSE;
        take_work (feed);
    } else
        g_clear_pointer (&feed->work, work_free);
    return !gzip || deflate_pieces (cache, feed, budget);
}

HtFeedOutcome
ht_feed_cache_work (HtFeedCache *cache, const HtFeedRequest *request, size_t budget_bytes,
                    HtFeedAnswer *answer)
{
    Feed *feed = g_hash_table_lookup (cache->feeds, request->key);
    g_autoptr (Work) listed = NULL;

    answer->number = find_number (cache, request->key, feed, &listed);
    if (answer->number < 0) {
        g_hash_table_remove (cache->feeds, request->key);
        return HT_FEED_NONE;
    }
    if (feed != NULL)
        feed->used = ++cache->requests;
    if (is_unmodified (request, answer->number, answer)) {
        cache->tally.not_modified++;
        return HT_FEED_READY;
    }
    if (feed == NULL)
        feed = add_feed (cache, request->key);
    feed->used = ++cache->requests;
    if (listed != NULL) {
        g_clear_pointer (&feed->work, work_free);
        feed->work = g_steal_pointer (&listed);
    }
    if (!make (cache, feed, answer->number, request->gzip, &budget_bytes))
        return HT_FEED_UNFINISHED;
    answer->gzip = request->gzip;
    answer->body = g_bytes_ref (request->gzip ? join_gzip (cache, feed) : join_plain (cache, feed));
    write_etag (answer->number, answer->gzip, answer->etag, sizeof answer->etag);
    return HT_FEED_READY;
}

gboolean
ht_feed_cache_get (HtFeedCache *cache, const HtFeedRequest *request, HtFeedAnswer *ret_answer,
                   GError **error)
{
    HtFeedAnswer answer = { 0 };

    if (ht_feed_cache_work (cache, request, SIZE_MAX, &answer) == HT_FEED_NONE) {
        ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-such-feed", NULL, "there is no such feed");
        return FALSE;
    }
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
