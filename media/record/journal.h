/* SPDX-License-Identifier: MIT */

/* What a track's journal says: its segments, gaps and marks. Replayed from the text by whoever
 * takes the track over, finalises it or makes a playlist of it; kept up by its recorder line by
 * line. The file is FOLDER/journal, segment n is FOLDER/seg%06d.ts. */

#pragma once

#include "media/record/journal-line.h"

G_BEGIN_DECLS

#define HT_JOURNAL_FILE "journal"

/* A segment as the journal knows it. Plain value. pts and duration in 1/90000 s. */
typedef struct {
    int64_t sequence;      /* media sequence number, from 0, never used twice */
    int64_t discontinuity; /* how many discontinuities lie before it in the track */
    gboolean is_cut;       /* one lies just before it */
    gboolean is_key;       /* begins with a key frame */
    gboolean is_closed;    /* CLOSE was read; else only sequence to wall_us are known */
    int64_t pts;           /* of its first unit */
    int64_t wall_us;       /* wall clock of its first unit: EXT-X-PROGRAM-DATE-TIME */
    int64_t end_pts;       /* of its last picture (of its last frame in a track of sound) */
    int64_t duration;      /* up to the next one's first unit where that goes on from it */
    int64_t bytes;
    int64_t units;    /* access units, sound included */
    int64_t pictures; /* of video */
    HtPictureHash first, last;
} HtSegment;

/* Units that were lost: all between @before and @after. Plain value. */
typedef struct {
    int64_t from_pts, to_pts;    /* of the last unit before it and the first after it */
    HtPictureHash before, after; /* hashes of these two; before is empty ahead of the first */
    HtGapCause cause;
    int64_t at_us;
} HtGap;

typedef struct {
    int64_t pts;
    int64_t at_us;
    char *text; /* (owned) */
} HtMark;

/**
 * HtJournal:
 *
 * Read by everyone, changed by ht_journal_apply() alone.
 */
typedef struct {
    int64_t session;
    char *track;           /* (owned) */
    int64_t start_us;      /* T */
    int64_t end_us;        /* the planned end, as last told */
    int64_t target_s;      /* EXT-X-TARGETDURATION; 0 before START */
    GArray *segments;      /* (element-type HtSegment) (owned): only the last may be open */
    GArray *gaps;          /* (element-type HtGap) (owned) */
    GArray *marks;         /* (element-type HtMark) (owned) */
    gboolean has_ended;    /* END was read */
    HtEndCause end_cause;  /* once it has */
    int64_t next_sequence; /* of the segment to open next */
    int64_t forgotten;     /* segments dropped by ht_journal_forget() */
    int64_t n_gaps;        /* in all */
    unsigned n_damaged;    /* lines in the middle that could not be read and were passed over */
    size_t valid_bytes;    /* up to here the text is whole; what follows is cut off */
} HtJournal;

HtJournal *ht_journal_new (void);

/**
 * ht_journal_parse:
 *
 * Replays a journal's text. A GAP whose other side never reached the disk is followed by another
 * from the same unit: the later one holds.
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_INVALID where the first line is no VERSION that
 *   we know
 */
HtJournal *ht_journal_parse (const char *text, size_t length, GError **error);

/* (transfer full): parses FOLDER/journal; %NULL with %HT_ERROR_NOT_FOUND where there is none. */
HtJournal *ht_journal_load (const char *folder, GError **error);

void ht_journal_apply (HtJournal *journal, const HtJournalLine *line);

/* Keeps the last @keep segments and gaps: a recorder that runs for hours needs no more. */
void ht_journal_forget (HtJournal *journal, unsigned keep);

/* (nullable): the segment that has no CLOSE; the last of all */
const HtSegment *ht_journal_get_open (const HtJournal *journal);
const HtSegment *ht_journal_get_last (const HtJournal *journal);

/* (transfer full): "seg000012.ts" */
char *ht_segment_dup_name (int64_t sequence);
void ht_journal_free (HtJournal *journal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtJournal, ht_journal_free)

G_END_DECLS
