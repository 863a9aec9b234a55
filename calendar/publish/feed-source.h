/* SPDX-License-Identifier: MIT */

/* Where feeds come from: the service's committed state, seen as series with change numbers. */

#pragma once

#include "calendar/text/envelope.h"

G_BEGIN_DECLS

/* One series as one feed shows it. Who sees the same sessions of it has the same variant, so that
 * its text is made once for all of them. */
typedef struct {
    int64_t series_id;
    int64_t variant; /* 0: all its sessions; else a number for the sessions shown */
    int64_t number;  /* of the last committed change that altered its text */
} HtFeedEntry;

typedef struct _HtFeedSource HtFeedSource;

/* @key names a scope and an audience; it is the same for all who subscribe to the same text. All
 * answers are of the committed state at the number that read_number() returns. */
struct _HtFeedSource {
    /* The number of the last committed change of all. Asked for every request: cheap. */
    int64_t (*read_number) (HtFeedSource *source);

    /* Appends the series of the feed in any order. Returns the number of the last committed change
     * that altered the feed's text, also by taking something out of it, or -1 where there is no
     * such feed. A source that cannot tell returns read_number(): right, but all fetch again. */
    int64_t (*list) (HtFeedSource *source, const char *key, GArray *entries);

    /* Appends the text of the events of @entry, and returns (transfer full) (nullable) the zone
     * that they name. */
    HtZone *(*write) (HtFeedSource *source, const HtFeedEntry *entry, GString *text);

    /* Appends what stands before the events; @zones (element-type HtZone) are those they name. */
    void (*write_head) (HtFeedSource *source, const char *key, const GPtrArray *zones,
                        GString *text);
};

G_END_DECLS
