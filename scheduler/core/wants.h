/* SPDX-License-Identifier: MIT */

/* From what a booking names to what it takes: a site brings its room, its codec and its stream on
 * every link between it and the main site; a track brings a slot of the recorder, a connection of
 * its source and room on the disk. Who only watches takes the way from the WAN's root, where the
 * service stands. */

#pragma once

#include "scheduler/core/person.h"
#include "scheduler/core/session.h"
#include "scheduler/core/site.h"
#include "scheduler/core/span.h"

G_BEGIN_DECLS

/* What one session asks for. */
typedef struct {
    HtSpan span;
    const HtMember *members; /* a site's amount is the kbit/s of its stream; 0: none */
    size_t n_members;
    const HtTrack *tracks; /* recorded */
    size_t n_tracks;
    int64_t keep_until_us;       /* end of retention; until then the disk is taken */
    int64_t disk_margin_percent; /* on top of what is expected */
    /* resources of the installation; 0: there is none, and none is taken */
    int64_t recorder_id;
    int64_t disk_id;
    int64_t ports_id; /* of the bridge: one port a site that joins */
    const int64_t
        *quota_ids; /* disks of units that the recording counts on beside the common one */
    size_t n_quotas;
} HtWants;

/* Each returns %NULL where there is no such thing. Borrowed until the call returns. */
typedef struct {
    const HtSite *(*get_site) (int64_t id, gpointer user_data);
    const HtVideoSource *(*get_source) (int64_t id, gpointer user_data);
    const HtPerson *(*get_person) (int64_t id, gpointer user_data);
    const HtResource *(*get_resource) (int64_t id, gpointer user_data);
    /* (nullable): whether a relay stands below the link, so that streams cross it once: the
     * greatest of them is taken instead of their sum; what is watched is a stream of its own */
    gboolean (*has_relay) (int64_t link_id, gpointer user_data);
    gpointer user_data;
} HtWantsLookup;

/* A WAN deeper than this is a circle. */
enum { HT_WANTS_MOST_LINKS = 16 };

/**
 * ht_wants_expand:
 *
 * A room, a person or a codec is taken once however often the booking names it; of everything
 * else the amounts of one resource add up. Set-up and tear-down of the resource widen its
 * reservation; links, ports and the recorder have none unless their data say so.
 *
 * Returns: (transfer full) (element-type HtReservation): one a resource, by identity; %NULL with
 *   %HT_ERROR_INVALID where something that is named does not exist ("no-such-site",
 *   "no-such-source", "no-such-person", "no-such-resource"), a person cannot be booked
 *   ("person-not-bookable"), sites join but none is the main one ("no-main-site"), the links form
 *   a circle ("links-in-a-circle") or an amount is none ("amount-not-positive",
 *   "amount-too-large")
 */
GArray *ht_wants_expand (const HtWants *wants, const HtWantsLookup *lookup, GError **error);

/* Octets of a stream of @kbps for so long, with the margin; -1 where that is no number. */
int64_t ht_wants_count_bytes (int64_t kbps, int64_t duration_us, int64_t margin_percent);

G_END_DECLS
