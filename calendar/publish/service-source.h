/* SPDX-License-Identifier: MIT */

/* The service's committed state as a source of feeds. */

#pragma once

#include "calendar/publish/feed-source.h"
#include "calendar/publish/series-text.h"

G_BEGIN_DECLS

typedef struct _HtServiceSource HtServiceSource;

/* @settings: what it points to is lent and outlives the source. The service has been loaded. */
HtServiceSource *ht_service_source_new (const HtSeriesTextSettings *settings, int64_t now_us);
void ht_service_source_free (HtServiceSource *self);

/* Lent: what a feed cache is made with. */
HtFeedSource *ht_service_source_peek (HtServiceSource *self);

/**
 * ht_service_source_get_key:
 *
 * The key of the feed that @subscription leads to. Where everybody signed in may see all of it, it
 * is one for all who subscribe to it; else one for the person.
 *
 * Returns: lent by @self
 */
const char *ht_service_source_get_key (HtServiceSource *self, const HtSubscription *subscription);

/* (transfer full) (nullable): what a feed's calendar is called. */
char *ht_service_source_dup_name (HtServiceSource *self, HtFeedScope scope, int64_t id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtServiceSource, ht_service_source_free)

G_END_DECLS
