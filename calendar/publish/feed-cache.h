/* SPDX-License-Identifier: MIT */

/* Feeds as octets: the text of each series made once per change, a feed joined and compressed on
 * the first request for a revision, "not modified" answered from numbers alone.
 *
 * Belongs to the main loop; nothing here blocks. Who must not keep others waiting for a large feed
 * asks through feed-desk.h. */

#pragma once

#include "calendar/publish/feed-source.h"

G_BEGIN_DECLS

/* Raised whenever the same sessions give another text, so that no subscriber keeps the old one. */
#define HT_FEED_SERIALISER 1

typedef struct {
    const char *key;           /* scope and audience, as the source knows them */
    const char *if_none_match; /* (nullable): the header */
    gboolean gzip;             /* whether the client takes it */
} HtFeedRequest;

typedef struct {
    char etag[48];  /* strong, with its quotes */
    gboolean gzip;  /* whether the body is compressed */
    GBytes *body;   /* (transfer full); NULL: 304 Not Modified */
    int64_t number; /* of the last committed change that altered the text */
} HtFeedAnswer;

/* What was done since the cache was made, for metrics and tests. */
typedef struct {
    uint64_t not_modified; /* requests answered so */
    uint64_t listed;       /* times that a feed's series were asked for */
    uint64_t written;      /* texts of series made */
    uint64_t joined;       /* plain bodies */
    uint64_t deflated;     /* pieces compressed */
} HtFeedTally;

typedef struct _HtFeedCache HtFeedCache;

/**
 * ht_feed_cache_new:
 * @source: (transfer none): must outlive the cache
 * @max_feeds: how many are kept; the one not asked for longest goes first
 */
HtFeedCache *ht_feed_cache_new (HtFeedSource *source, unsigned max_feeds);
void ht_feed_cache_free (HtFeedCache *cache);

/**
 * ht_feed_cache_get:
 * @ret_answer: (out): cleared with ht_feed_answer_clear()
 *
 * Returns: %FALSE with %HT_ERROR_NOT_FOUND where the source knows no such feed
 */
gboolean ht_feed_cache_get (HtFeedCache *cache, const HtFeedRequest *request,
                            HtFeedAnswer *ret_answer, GError **error);

typedef enum { HT_FEED_NONE, HT_FEED_READY, HT_FEED_UNFINISHED } HtFeedOutcome;

/**
 * ht_feed_cache_work:
 * @budget_bytes: of text made or compressed; the last piece may pass it
 * @answer: zeroed; filled where the outcome is READY
 *
 * A slice of what ht_feed_cache_get() does. UNFINISHED: what was made is kept; ask again.
 */
HtFeedOutcome ht_feed_cache_work (HtFeedCache *cache, const HtFeedRequest *request,
                                  size_t budget_bytes, HtFeedAnswer *answer);

void ht_feed_answer_clear (HtFeedAnswer *answer);

HtFeedTally ht_feed_cache_get_tally (const HtFeedCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtFeedCache, ht_feed_cache_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtFeedAnswer, ht_feed_answer_clear)

G_END_DECLS
