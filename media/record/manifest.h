/* SPDX-License-Identifier: MIT */

/* recording.json: what a track's final file holds, what it lacks, and what it was proved against.
 */

#pragma once

#include "scheduler/support/fields.h"

G_BEGIN_DECLS

/* Something to jump to: a mark, or where a gap begins and ends. */
typedef struct {
    int64_t at_ms; /* from the start of the presentation */
    char *title;   /* (owned) */
} HtChapter;

typedef struct {
    int64_t from_ms, to_ms; /* from the start of the presentation */
    char *cause;            /* (owned): as in the journal */
    char *before;           /* (owned): hash of the last picture before it; may be empty */
    char *after;            /* (owned): hash of the first after it; may be empty */
} HtManifestGap;

typedef struct {
    int64_t version;
    int64_t bytes;
    char *sha256;          /* (owned): of the file */
    int64_t start_us;      /* the instant that presentation begins with */
    int64_t duration_ms;   /* of the presentation */
    int64_t lead_in_ms;    /* before it, hidden by the edit list */
    int64_t missing_ms;    /* gaps within the presentation */
    int64_t pictures;      /* in the file, lead-in included */
    int64_t frames;        /* of sound that came from the source */
    int64_t silent_frames; /* of sound put where the source sent none */
    gboolean complete;     /* nothing is missing */
    GArray *gaps;          /* (element-type HtManifestGap) */
    GArray *chapters;      /* (element-type HtChapter) */
} HtManifest;

#define HT_MANIFEST_VERSION 1

extern const HtFields ht_manifest_fields;

G_END_DECLS
