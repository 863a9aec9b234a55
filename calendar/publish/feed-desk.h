/* SPDX-License-Identifier: MIT */

/* Answers for feeds, made in slices on the main loop, so that a large feed keeps nobody waiting. */

#pragma once

#include "calendar/publish/feed-cache.h"

G_BEGIN_DECLS

typedef struct _HtFeedDesk HtFeedDesk;

/* @answer: (nullable): NULL with an error, as of ht_feed_cache_get() or because the desk was freed
 */
typedef void (*HtFeedDone) (const HtFeedAnswer *answer, const GError *error, gpointer user_data);

/* @cache: (transfer none): must outlive the desk. Whoever still waits when it is freed is told. */
HtFeedDesk *ht_feed_desk_new (HtFeedCache *cache);
void ht_feed_desk_free (HtFeedDesk *desk);

/* @done is called once: at once where little has to be made, else on the main loop. */
void ht_feed_desk_ask (HtFeedDesk *desk, const HtFeedRequest *request, HtFeedDone done,
                       gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtFeedDesk, ht_feed_desk_free)

G_END_DECLS
