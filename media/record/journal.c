/* SPDX-License-Identifier: MIT */

#include "media/record/journal.h"

#include <inttypes.h>
#include <string.h>

#include "scheduler/base/error.h"

static void
clear_mark (gpointer data)
{
    HtMark *mark = data;

    g_free (mark->text);
}

HtJournal *
ht_journal_new (void)
{
    HtJournal *journal = g_new0 (HtJournal, 1);

    journal->segments = g_array_new (FALSE, TRUE, sizeof (HtSegment));
    journal->gaps = g_array_new (FALSE, TRUE, sizeof (HtGap));
    journal->marks = g_array_new (FALSE, TRUE, sizeof (HtMark));
    g_array_set_clear_func (journal->marks, clear_mark);
    return journal;
}

static void
apply_version (HtJournal *journal, const HtJournalLine *line)
{
    journal->session = line->session;
    journal->start_us = line->start_us;
    g_free (journal->track);
    journal->track = g_strdup (line->text);
}

static void
apply_plan (HtJournal *journal, const HtJournalLine *line)
{
    journal->end_us = line->end_us;
}

static void
apply_start (HtJournal *journal, const HtJournalLine *line)
{
    journal->target_s = line->target_s;
}

static HtSegment *
peek_last (const HtJournal *journal)
{
    return journal->segments->len > 0
               ? &g_array_index (journal->segments, HtSegment, journal->segments->len - 1)
               : NULL;
}

/* An OPEN that follows an OPEN: the one before it never got a unit that survived. */
static void
drop_open (HtJournal *journal)
{
    const HtSegment *last = peek_last (journal);

    if (last != NULL && !last->is_closed)
        g_array_set_size (journal->segments, journal->segments->len - 1);
}

static void
apply_open (HtJournal *journal, const HtJournalLine *line)
{
    HtSegment segment = {
        .sequence = line->sequence,
        .discontinuity = line->discontinuity,
        .is_cut = line->is_cut != 0,
        .is_key = line->is_key != 0,
        .pts = line->pts,
        .wall_us = line->wall_us,
    };

    drop_open (journal);
    g_array_append_val (journal->segments, segment);
    journal->next_sequence = MAX (journal->next_sequence, line->sequence + 1);
}

static void
apply_close (HtJournal *journal, const HtJournalLine *line)
{
    HtSegment *last = peek_last (journal);

    if (last == NULL || last->is_closed || last->sequence != line->sequence)
        return;
    if (line->units == 0) {
        drop_open (journal);
        return;
    }
    last->is_closed = TRUE;
    last->duration = line->duration;
    last->bytes = line->bytes;
    last->units = line->units;
    last->pictures = line->pictures;
    last->end_pts = line->end_pts;
    last->first = line->first;
    last->last = line->last;
}

static void
apply_gap (HtJournal *journal, const HtJournalLine *line)
{
    HtGap gap = {
        .from_pts = line->pts,
        .to_pts = line->end_pts,
        .before = line->last,
        .after = line->first,
        .cause = (HtGapCause) line->cause,
        .at_us = line->at_us,
    };
    unsigned n = journal->gaps->len;
    HtGap *last = n > 0 ? &g_array_index (journal->gaps, HtGap, n - 1) : NULL;

    if (last != NULL && last->from_pts == gap.from_pts &&
        strcmp (last->before.text, gap.before.text) == 0) {
        *last = gap;
        return;
    }
    g_array_append_val (journal->gaps, gap);
    journal->n_gaps++;
}

static void
apply_mark (HtJournal *journal, const HtJournalLine *line)
{
    HtMark mark = { line->pts, line->at_us, g_strdup (line->text) };

    g_array_append_val (journal->marks, mark);
}

static void
apply_end (HtJournal *journal, const HtJournalLine *line)
{
    journal->has_ended = TRUE;
    journal->end_cause = (HtEndCause) line->cause;
}

static void (*const appliers[HT_JOURNAL_N_KINDS]) (HtJournal *, const HtJournalLine *) = {
    [HT_JOURNAL_VERSION] = apply_version, [HT_JOURNAL_ARM] = apply_plan,
    [HT_JOURNAL_START] = apply_start,     [HT_JOURNAL_OPEN] = apply_open,
    [HT_JOURNAL_CLOSE] = apply_close,     [HT_JOURNAL_GAP] = apply_gap,
    [HT_JOURNAL_MARK] = apply_mark,       [HT_JOURNAL_PLAN] = apply_plan,
    [HT_JOURNAL_END] = apply_end,
};

void
ht_journal_apply (HtJournal *journal, const HtJournalLine *line)
{
    appliers[line->kind](journal, line);
}

void
ht_journal_forget (HtJournal *journal, unsigned keep)
{
    if (journal->segments->len > keep) {
        unsigned n = journal->segments->len - keep;

        g_array_remove_range (journal->segments, 0, n);
        journal->forgotten += n;
    }
    if (journal->gaps->len > keep)
        g_array_remove_range (journal->gaps, 0, journal->gaps->len - keep);
}

static gboolean
check_version (const char *text, size_t length, GError **error)
{
    HtJournalLine line;
    const char *end = length > 0 ? memchr (text, '\n', length) : NULL;

    if (end == NULL || !ht_journal_line_read (text, (size_t) (end - text), &line, NULL) ||
        line.kind != HT_JOURNAL_VERSION) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-a-journal", NULL,
                        "the first line is no VERSION line of a journal");
        return FALSE;
    }
    if (line.format != HT_JOURNAL_FORMAT) {
        ht_problem_set (error, HT_ERROR_INVALID, "journal-version", NULL,
                        "the journal is of format %" PRId64 ", known is %d", line.format,
                        HT_JOURNAL_FORMAT);
        return FALSE;
    }
    return TRUE;
}

/* Lines that cannot be read and are followed by good ones are passed over and counted; those at
 * the end are what a crash left and are no part of the journal. */
HtJournal *
ht_journal_parse (const char *text, size_t length, GError **error)
{
    HtJournal *journal;
    HtJournalLine line;
    const char *at = text, *end;
    unsigned n_bad = 0;

    if (!check_version (text, length, error))
        return NULL;
    journal = ht_journal_new ();
    while ((end = memchr (at, '\n', length - (size_t) (at - text))) != NULL) {
        if (ht_journal_line_read (at, (size_t) (end - at), &line, NULL)) {
            ht_journal_apply (journal, &line);
            journal->valid_bytes = (size_t) (end + 1 - text);
            journal->n_damaged += n_bad;
            n_bad = 0;
        } else
            n_bad++;
        at = end + 1;
    }
    return journal;
}

HtJournal *
ht_journal_load (const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename (folder, HT_JOURNAL_FILE, NULL);
    g_autofree char *text = NULL;
    g_autoptr (GError) cause = NULL;
    HtJournal *journal;
    size_t length;

    if (!g_file_get_contents (path, &text, &length, &cause)) {
        ht_problem_set (error,
                        g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT)
                            ? HT_ERROR_NOT_FOUND
                            : HT_ERROR_INTERNAL,
                        NULL, NULL, "%s", cause->message);
        return NULL;
    }
    journal = ht_journal_parse (text, length, error);
    if (journal == NULL)
        g_prefix_error (error, "%s: ", path);
    return journal;
}

const HtSegment *
ht_journal_get_last (const HtJournal *journal)
{
    return peek_last (journal);
}

const HtSegment *
ht_journal_get_open (const HtJournal *journal)
{
    const HtSegment *last = peek_last (journal);

    return last != NULL && !last->is_closed ? last : NULL;
}

char *
ht_segment_dup_name (int64_t sequence)
{
    return g_strdup_printf ("seg%06" PRId64 ".ts", sequence);
}

void
ht_journal_free (HtJournal *journal)
{
    if (journal == NULL)
        return;
    g_free (journal->track);
    g_array_unref (journal->segments);
    g_array_unref (journal->gaps);
    g_array_unref (journal->marks);
    g_free (journal);
}
