/* SPDX-License-Identifier: MIT */

/* How many connections a source takes, and whose recorder has the one that a track needs. */

#pragma once

#include "media/supervisor/track.h"

G_BEGIN_DECLS

typedef struct _HtConnections HtConnections;

HtConnections *ht_connections_new (void);
void ht_connections_free (HtConnections *self);

/* @most: what the source at @url takes at a time; 0: any number */
void ht_connections_set (HtConnections *self, const char *url, int64_t most);

/**
 * ht_connections_find_host:
 * @tracks: (element-type HtSupervisedTrack): all there are
 *
 * Returns: (nullable) (transfer none): %NULL where a recorder of its own may connect to @track's
 *   source; else the running track of that source that ends first, as its need for a connection
 *   ends with it: the recorder that holds it is to feed @track too
 */
const HtSupervisedTrack *ht_connections_find_host (const HtConnections *self,
                                                   const GPtrArray *tracks,
                                                   const HtSupervisedTrack *track);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtConnections, ht_connections_free)

G_END_DECLS
