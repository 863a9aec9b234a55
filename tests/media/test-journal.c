/* SPDX-License-Identifier: MIT */

#include "media/record/journal.h"

#include <string.h>

#include "scheduler/base/error.h"

#define HASH_A                                                                                     \
    {                                                                                              \
        "000102030405060708090a0b0c0d0e0f"                                                         \
    }
#define HASH_B                                                                                     \
    {                                                                                              \
        "f00102030405060708090a0b0c0d0e0f"                                                         \
    }
#define HASH_C                                                                                     \
    {                                                                                              \
        "e00102030405060708090a0b0c0d0e0f"                                                         \
    }

/* A life: two segments, a crash, one more, the end. */
static const HtJournalLine life[] = {
    { HT_JOURNAL_VERSION, 1, .format = 1, .session = 12, .start_us = 100, .text = "presenter" },
    { HT_JOURNAL_ARM, 2, .pid = 77, .end_us = 900 },
    { HT_JOURNAL_START, 3, .target_s = 4, .pts = 9 },
    { HT_JOURNAL_OPEN, .sequence = 0, .is_key = 1, .pts = 90000, .wall_us = 1000000 },
    { HT_JOURNAL_CLOSE, 4, .sequence = 0, .duration = 180000, .bytes = 1880, .units = 50,
      .pictures = 50, .first = HASH_A, .last = HASH_B, .end_pts = 266400 },
    { HT_JOURNAL_MARK, 5, .pts = 270000, .text = "câu hỏi = 1" },
    { HT_JOURNAL_OPEN, .sequence = 1, .is_key = 1, .pts = 270000, .wall_us = 3000000 },
    { HT_JOURNAL_CLOSE, 6, .sequence = 1, .duration = 3600, .bytes = 188, .units = 1, .pictures = 1,
      .first = HASH_C, .last = HASH_C, .end_pts = 270000 },
    { HT_JOURNAL_GAP, 7, .pts = 270000, .end_pts = 360000, .last = HASH_C, .first = HASH_A,
      .cause = HT_GAP_RECORDER_DIED },
    { HT_JOURNAL_OPEN, .sequence = 2, .discontinuity = 1, .is_cut = 1, .is_key = 1, .pts = 360000,
      .wall_us = 4000000 },
    { HT_JOURNAL_PLAN, 8, .end_us = 950 },
    { HT_JOURNAL_CLOSE, 9, .sequence = 2, .duration = 90000, .bytes = 188, .units = 25,
      .pictures = 25, .first = HASH_A, .last = HASH_A, .end_pts = 446400 },
    { HT_JOURNAL_END, 10, .pts = 446400, .cause = HT_END_STOPPED },
};

static char *
write_life (size_t n)
{
    GString *text = g_string_new (NULL);

    for (size_t i = 0; i < n; i++)
        ht_journal_line_write (&life[i], text);
    return g_string_free (text, FALSE);
}

static void
test_lines_are_read_as_written (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (life); i++) {
        g_autoptr (GString) text = g_string_new (NULL);
        HtJournalLine again;

        ht_journal_line_write (&life[i], text);
        g_assert_true (ht_journal_line_read (text->str, text->len - 1, &again, NULL));
        g_assert_cmpmem (&life[i], sizeof life[i], &again, sizeof again);
    }
}

static void
test_spelling (void)
{
    g_autoptr (GString) text = g_string_new (NULL);

    ht_journal_line_write (&life[1], text);
    g_assert_cmpstr (text->str, ==, "ARM pid=77 end=900 at=2 62604065\n");
}

static void
test_replay (void)
{
    g_autofree char *text = write_life (G_N_ELEMENTS (life));
    g_autoptr (HtJournal) journal = ht_journal_parse (text, strlen (text), NULL);
    const HtSegment *last = ht_journal_get_last (journal);
    const HtGap *gap;

    g_assert_cmpint (journal->session, ==, 12);
    g_assert_cmpstr (journal->track, ==, "presenter");
    g_assert_cmpint (journal->end_us, ==, 950);
    g_assert_cmpuint (journal->segments->len, ==, 3);
    g_assert_cmpuint (journal->gaps->len, ==, 1);
    g_assert_cmpuint (journal->marks->len, ==, 1);
    g_assert_cmpstr (g_array_index (journal->marks, HtMark, 0).text, ==, "câu hỏi = 1");
    g_assert_true (journal->has_ended);
    g_assert_cmpint (journal->end_cause, ==, HT_END_STOPPED);
    g_assert_cmpint (journal->next_sequence, ==, 3);
    g_assert_null (ht_journal_get_open (journal));
    g_assert_cmpint (last->discontinuity, ==, 1);
    g_assert_cmpint (last->units, ==, 25);
    gap = &g_array_index (journal->gaps, HtGap, 0);
    g_assert_cmpstr (gap->before.text, ==, "e00102030405060708090a0b0c0d0e0f");
    g_assert_cmpstr (gap->after.text, ==, "000102030405060708090a0b0c0d0e0f");
    g_assert_cmpint (gap->cause, ==, HT_GAP_RECORDER_DIED);
}

/* Wherever a crash cuts the text, what stood before the last whole line is read. */
static void
test_every_cut (void)
{
    g_autofree char *text = write_life (G_N_ELEMENTS (life));
    size_t first = (size_t) (strchr (text, '\n') - text) + 1;

    for (size_t n = first; n <= strlen (text); n++) {
        g_autoptr (HtJournal) journal = ht_journal_parse (text, n, NULL);
        const char *end = memrchr (text, '\n', n);

        g_assert_nonnull (journal);
        g_assert_cmpuint (journal->valid_bytes, ==, (size_t) (end - text) + 1);
        g_assert_cmpuint (journal->n_damaged, ==, 0);
    }
    g_assert_null (ht_journal_parse (text, first - 1, NULL));
}

static void
test_open_segment_is_seen (void)
{
    g_autofree char *text = write_life (7);
    g_autoptr (HtJournal) journal = ht_journal_parse (text, strlen (text), NULL);
    const HtSegment *open = ht_journal_get_open (journal);

    g_assert_nonnull (open);
    g_assert_cmpint (open->sequence, ==, 1);
    g_assert_cmpint (journal->next_sequence, ==, 2);
}

static void
test_damage (void)
{
    g_autofree char *text = write_life (G_N_ELEMENTS (life));
    g_autofree char *with_tail = g_strconcat (text, "CLOSE seq=9 duration", NULL);
    g_autoptr (HtJournal) journal = NULL;
    g_autoptr (HtJournal) tail = ht_journal_parse (with_tail, strlen (with_tail), NULL);
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (tail->valid_bytes, ==, strlen (text));
    *strstr (text, "MARK") = 'm';
    journal = ht_journal_parse (text, strlen (text), NULL);
    g_assert_cmpuint (journal->n_damaged, ==, 1);
    g_assert_cmpuint (journal->marks->len, ==, 0);
    g_assert_cmpuint (journal->segments->len, ==, 3);
    text[0] = 'X';
    g_assert_null (ht_journal_parse (text, strlen (text), &error));
    g_assert_cmpstr (ht_problem_get_id (error), ==, "not-a-journal");
}

static void
test_format_from_the_future (void)
{
    HtJournalLine line = life[0];
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GError) error = NULL;

    line.format = 2;
    ht_journal_line_write (&line, text);
    g_assert_null (ht_journal_parse (text->str, text->len, &error));
    g_assert_cmpstr (ht_problem_get_id (error), ==, "journal-version");
}

/* A crash between GAP and its OPEN: the next recorder writes the gap again, longer. */
static void
test_gap_told_twice_is_one (void)
{
    HtJournal *journal = ht_journal_new ();
    HtJournalLine gap = life[8];

    ht_journal_apply (journal, &gap);
    gap.end_pts += 90000;
    ht_journal_apply (journal, &gap);
    g_assert_cmpuint (journal->gaps->len, ==, 1);
    g_assert_cmpint (g_array_index (journal->gaps, HtGap, 0).to_pts, ==, gap.end_pts);
    gap.pts += 1;
    ht_journal_apply (journal, &gap);
    g_assert_cmpuint (journal->gaps->len, ==, 2);
    ht_journal_free (journal);
}

static void
test_empty_segment_is_none (void)
{
    g_autofree char *text = write_life (7);
    g_autoptr (HtJournal) journal = ht_journal_parse (text, strlen (text), NULL);
    HtJournalLine closed = { HT_JOURNAL_CLOSE, .sequence = 1 };

    ht_journal_apply (journal, &closed);
    g_assert_cmpuint (journal->segments->len, ==, 1);
    g_assert_cmpint (journal->next_sequence, ==, 2);
}

static void
test_forget (void)
{
    g_autofree char *text = write_life (G_N_ELEMENTS (life));
    g_autoptr (HtJournal) journal = ht_journal_parse (text, strlen (text), NULL);

    ht_journal_forget (journal, 1);
    g_assert_cmpuint (journal->segments->len, ==, 1);
    g_assert_cmpint (journal->forgotten, ==, 2);
    g_assert_cmpint (ht_journal_get_last (journal)->sequence, ==, 2);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/journal/lines", test_lines_are_read_as_written);
    g_test_add_func ("/media/journal/spelling", test_spelling);
    g_test_add_func ("/media/journal/replay", test_replay);
    g_test_add_func ("/media/journal/every-cut", test_every_cut);
    g_test_add_func ("/media/journal/open", test_open_segment_is_seen);
    g_test_add_func ("/media/journal/damage", test_damage);
    g_test_add_func ("/media/journal/future", test_format_from_the_future);
    g_test_add_func ("/media/journal/gap-twice", test_gap_told_twice_is_one);
    g_test_add_func ("/media/journal/empty", test_empty_segment_is_none);
    g_test_add_func ("/media/journal/forget", test_forget);
    return g_test_run ();
}
