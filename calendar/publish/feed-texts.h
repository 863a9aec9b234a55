/* SPDX-License-Identifier: MIT */

/* The texts of series, shared by all feeds that show the same sessions of them. */

#pragma once

#include "calendar/publish/feed-source.h"

G_BEGIN_DECLS

typedef struct {
    grefcount refs;
    HtFeedEntry entry; /* of which series, and up to which change */
    char *octets;      /* UTF-8 */
    size_t length;
    HtZone *zone; /* (owned) (nullable): that the events name */
} HtFeedText;

HtFeedText *ht_feed_text_ref (HtFeedText *text);
void ht_feed_text_unref (HtFeedText *text);

typedef struct _HtFeedTexts HtFeedTexts;

HtFeedTexts *ht_feed_texts_new (HtFeedSource *source);
void ht_feed_texts_free (HtFeedTexts *texts);

/* (transfer full): the text of @entry, made where it is not there for its number yet; then
 * *@written is raised. */
HtFeedText *ht_feed_texts_get (HtFeedTexts *texts, const HtFeedEntry *entry, uint64_t *written);

/* Forgets the texts that no feed holds. */
void ht_feed_texts_sweep (HtFeedTexts *texts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtFeedTexts, ht_feed_texts_free)

G_END_DECLS
