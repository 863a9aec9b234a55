/* SPDX-License-Identifier: MIT */

/* How a site takes part, and what that asks of the lines: profiles have names, rates are data. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Those that are live stand in the order of their rates, the highest first. */
typedef enum {
    HT_PROFILE_KBPS,         /* none: the booking says a rate itself */
    HT_PROFILE_FULL,         /* picture and sound both ways */
    HT_PROFILE_THUMBNAIL,    /* a small picture */
    HT_PROFILE_AUDIO,        /* sound alone */
    HT_PROFILE_RECORD_LATER, /* does not join: it watches the recording afterwards */
    HT_PROFILE_WATCH_ONLY,   /* watches what the service sends, and is not seen */
    HT_PROFILE_N_KINDS,
} HtProfile;

extern const char *const ht_profile_names[]; /* "kbps", "full", ..., NULL */

typedef struct {
    int64_t kbps;     /* unless data say otherwise */
    gboolean joins;   /* takes a codec, a port of the bridge and the way to the main site */
    gboolean present; /* takes the site's room */
} HtProfileRow;

extern const HtProfileRow ht_profile_rows[HT_PROFILE_N_KINDS];

/* What a profile's stream takes: everywhere, or at one site. */
typedef struct {
    int64_t id;
    char *key;
    char *name;
    int profile;     /* HtProfile */
    int64_t site_id; /* 0: every site that has no row of its own */
    int64_t kbps;
} HtProfileRate;

G_END_DECLS
