/* SPDX-License-Identifier: MIT */

/* What a booking or a move would do: its occurrences, what stands in the way of each and what is
 * free instead. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Somebody's reservation in the way. Whoever shows it asks ht_reads_sees() first. */
typedef struct {
    int64_t session_id; /* 0: another occurrence of the same booking */
    int64_t start_us, end_us;
    int64_t amount;
} HtClashWith;

typedef struct {
    int kind; /* HtObstacleKind: taken, closed, retired, unchecked */
    int64_t resource_id;
    int64_t start_us, end_us; /* the part that cannot be had */
    int64_t capacity, free, wanted;
    GArray *with; /* (element-type HtClashWith) (owned) */
} HtClash;

typedef struct {
    int64_t session_id; /* that would be moved there; 0: a new one */
    int64_t start_us, end_us;
    GArray *clashes; /* (element-type HtClash) (owned) */
    const char *why; /* (nullable): the problem's identifier, of one that is left out */
} HtPreviewOccurrence;

/* A session of the scope that has values of its own. */
typedef struct {
    int64_t session_id;
    unsigned parts; /* bits of HtPart: what stays */
} HtPreviewKept;

typedef enum {
    HT_ALTERNATIVE_TIME,         /* every occurrence by the same shift; start_us is of the first */
    HT_ALTERNATIVE_ROOM,         /* room_id in the place of instead_of */
    HT_ALTERNATIVE_SKIP,         /* without the occurrences that clash */
    HT_ALTERNATIVE_PROFILE,      /* the sites named with a lower profile */
    HT_ALTERNATIVE_RECORD_LATER, /* the sites named see the recording afterwards */
    HT_ALTERNATIVE_END,          /* a shorter extension: to end_us, the last that is free */
} HtAlternativeKind;

typedef struct {
    HtAlternativeKind kind;
    int64_t start_us, end_us;
    int64_t instead_of, room_id;
    int64_t n_skipped;
    GArray *sites; /* (element-type HtBookingSite) (owned) (nullable): in the place of theirs */
} HtAlternative;

/* A session of a lower rank in the way, and where it could go. */
typedef struct {
    int64_t session_id;
    int64_t number;           /* of its last change: who confirms names it */
    int64_t start_us, end_us; /* the nearest place for it; 0: none was found */
    gboolean may;             /* the actor may displace it */
} HtPreviewDisplaced;

typedef struct {
    int64_t number;       /* the state it was decided on, committed */
    char *zone;           /* of the booking */
    unsigned n_clashes;   /* 0: it can be booked */
    GArray *occurrences;  /* (element-type HtPreviewOccurrence) (owned) */
    GArray *alternatives; /* (element-type HtAlternative) (owned): at most 5 */
    GArray *displaced;    /* (element-type HtPreviewDisplaced) (owned): without these it can be */
    GArray *keeps;        /* (element-type HtPreviewKept) (owned) */
    GArray *past;         /* (element-type int64_t) (owned): sessions that have begun, and stay */
    GArray *left;         /* (element-type HtPreviewOccurrence) (owned): what one asked for and
                           * does not get */
} HtPreview;

HtPreview *ht_preview_new (void);
void ht_preview_free (HtPreview *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtPreview, ht_preview_free)

/* A new occurrence or clash at the end, zeroed but for its list; borrowed until the next one. */
HtPreviewOccurrence *ht_preview_add_occurrence (HtPreview *preview);
HtPreviewOccurrence *ht_preview_add_left (HtPreview *preview);
void ht_preview_add_session (HtPreview *preview, int64_t session_id, int64_t start_us,
                             int64_t end_us);
HtClash *ht_preview_add_clash (HtPreviewOccurrence *occurrence);

G_END_DECLS
