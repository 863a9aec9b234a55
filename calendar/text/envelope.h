/* SPDX-License-Identifier: MIT */

/* What stands around the events of a feed: VCALENDAR with its names, hints for subscribers and
 * the zones. Text of our own: libical leaves X-WR-CALNAME unescaped. */

#pragma once

#include "scheduler/core/zone.h"

G_BEGIN_DECLS

typedef struct {
    const char *name;        /* shown by the subscriber: "Phòng họp trực tuyến Huế" */
    const char *description; /* (nullable) */
    const char *uid;         /* of the calendar itself, for ever the same (RFC 7986) */
    const char *source_url; /* (nullable): where it is fetched; a feed shared by several has none */
    int64_t last_modified_us; /* of the last change that altered a text in it */
    const HtZone *zone;       /* the one that the calendar is shown in */
} HtEnvelope;

/**
 * ht_envelope_append_head:
 * @zones: (element-type HtZone): those that the events name
 *
 * Appends everything that comes before the first event.
 */
void ht_envelope_append_head (const HtEnvelope *envelope, const GPtrArray *zones, GString *text);

void ht_envelope_append_tail (GString *text);

G_END_DECLS
