/* SPDX-License-Identifier: MIT */

/* One line of a track's journal: `KIND key=value... CRC\n`. CRC is CRC-32 (IEEE 802.3) over what
 * stands before the space in front of it, in eight hex digits; text is percent-encoded. Keys stand
 * in the order of the kind's table, all of them, so that a line has one spelling only. */

#pragma once

#include "media/record/picture-hash.h"

G_BEGIN_DECLS

#define HT_JOURNAL_FORMAT          1
#define HT_JOURNAL_MAX_LINE_OCTETS 4096

typedef enum {
    HT_JOURNAL_VERSION, /* the first line: format, session, track, start (T), at */
    HT_JOURNAL_ARM,     /* a recorder took the track: pid, end, at */
    HT_JOURNAL_START,   /* before the first OPEN: target (s), pts of T, at */
    HT_JOURNAL_OPEN,    /* seq, disc (number), cut (1: a discontinuity precedes), key, pts, wall */
    HT_JOURNAL_CLOSE,   /* seq, duration, bytes, units, pictures, first, last, end (pts), at */
    HT_JOURNAL_GAP,     /* from, to (pts), before, after (hashes), cause, at; before is - ahead of
                           the first unit, after is - where nothing came any more */
    HT_JOURNAL_MARK,    /* pts, text, at */
    HT_JOURNAL_PLAN,    /* the end was moved: end, at */
    HT_JOURNAL_END,     /* nothing follows: pts, cause, at */
    HT_JOURNAL_N_KINDS,
} HtJournalKind;

typedef enum {
    HT_GAP_SOURCE_ENDED,   /* the connection ended or broke */
    HT_GAP_SOURCE_SILENT,  /* no data for the stall time */
    HT_GAP_SOURCE_REFUSED, /* wrong user or password */
    HT_GAP_INGEST_DIED,    /* the ingest process died */
    HT_GAP_RECORDER_DIED,  /* the recorder died and another took the track over */
    HT_GAP_DISK,           /* no room, or writing failed */
    HT_GAP_NETWORK,        /* units were lost on the way; the connection stood */
    HT_GAP_TIME,           /* the source's time line jumped */
    HT_GAP_LATE,           /* ahead of everything: nothing came in time for T */
    HT_GAP_N_CAUSES,
} HtGapCause;

typedef enum {
    HT_END_PLANNED, /* the end of the job */
    HT_END_STOPPED, /* somebody said stop */
    HT_END_SOURCE,  /* a file that does not loop came to its end */
} HtEndCause;

extern const char *const ht_gap_cause_names[];
extern const char *const ht_end_cause_names[];

/**
 * HtJournalLine:
 *
 * A plain value; which members count is told by @kind (see HtJournalKind). Times called pts are in
 * 1/90000 s since 1970 (unit.h), those called _us in microseconds.
 */
typedef struct {
    HtJournalKind kind;
    int64_t at_us; /* when the line was written */
    int64_t format, session, start_us, end_us, pid, target_s;
    int64_t sequence, discontinuity, is_cut, is_key;
    int64_t pts, end_pts, wall_us, duration, bytes, units, pictures;
    int64_t cause;             /* HtGapCause or HtEndCause */
    HtPictureHash first, last; /* CLOSE; GAP: last is the one before it, first the one after it */
    char text[808];            /* MARK, up to 200 letters; VERSION: the track's name */
} HtJournalLine;

/* Appends the line with its end of line to @text. */
void ht_journal_line_write (const HtJournalLine *line, GString *text);

/**
 * ht_journal_line_read:
 * @text: the line without its end of line
 * @ret_line: (out): set on success only
 *
 * Returns: %FALSE with %HT_ERROR_INVALID where CRC, kind or a value is not right
 */
gboolean ht_journal_line_read (const char *text, size_t length, HtJournalLine *ret_line,
                               GError **error);

G_END_DECLS
