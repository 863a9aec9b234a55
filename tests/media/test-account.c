/* SPDX-License-Identifier: MIT */

#include "media/finalise/account.h"

#define S INT64_C (90000)

static HtJournal *
make_journal (void)
{
    HtJournal *journal = ht_journal_new ();
    HtJournalLine version = { .kind = HT_JOURNAL_VERSION, .format = HT_JOURNAL_FORMAT };
    HtJournalLine gap = { .kind = HT_JOURNAL_GAP,
                          .pts = 110 * S,
                          .end_pts = 113 * S + 45000,
                          .cause = HT_GAP_SOURCE_SILENT,
                          .last = { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
                          .first = { "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" } };
    HtJournalLine mark = { .kind = HT_JOURNAL_MARK, .pts = 120 * S, .text = "Câu hỏi" };

    ht_journal_apply (journal, &version);
    ht_journal_apply (journal, &gap);
    ht_journal_apply (journal, &mark);
    return journal;
}

static void
test_gap_and_mark (void)
{
    g_autoptr (HtJournal) journal = make_journal ();
    HtAccountSpan span = { 100 * S, 160 * S, 100 * S - 3600, 160 * S - 3600, 3600 };
    HtManifest manifest = { 0 };
    static const HtChapter expected[] = {
        { 0, (char *) "Bắt đầu" },
        { 10000, (char *) "Mất tín hiệu 3,5 giây" },
        { 13500, (char *) "Có lại tín hiệu" },
        { 20000, (char *) "Câu hỏi" },
    };

    ht_account_fill (journal, &span, &manifest);
    g_assert_cmpint (manifest.duration_ms, ==, 60000);
    g_assert_cmpint (manifest.missing_ms, ==, 3500);
    g_assert_false (manifest.complete);
    g_assert_cmpint (manifest.gaps->len, ==, 1);
    g_assert_cmpstr (g_array_index (manifest.gaps, HtManifestGap, 0).before, ==,
                     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    g_assert_cmpint (manifest.chapters->len, ==, G_N_ELEMENTS (expected));
    for (unsigned i = 0; i < manifest.chapters->len; i++) {
        HtChapter *chapter = &g_array_index (manifest.chapters, HtChapter, i);

        g_assert_cmpint (chapter->at_ms, ==, expected[i].at_ms);
        g_assert_cmpstr (chapter->title, ==, expected[i].title);
    }
    ht_fields_clear (&ht_manifest_fields, &manifest);
}

static const struct {
    const char *what;
    HtAccountSpan span;
    int64_t missing_ms, duration_ms;
    gboolean complete;
} edges[] = {
    { "whole", { 100 * S, 110 * S, 99 * S, 110 * S - 3600, 3600 }, 0, 10000, TRUE },
    { "source came two seconds late",
      { 100 * S, 110 * S, 102 * S, 110 * S - 3600, 3600 },
      2000,
      10000,
      FALSE },
    { "source left three seconds early",
      { 100 * S, 110 * S, 99 * S, 107 * S - 3600, 3600 },
      3000,
      7000,
      FALSE },
};

static void
test_edges (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (edges); i++) {
        g_autoptr (HtJournal) journal = ht_journal_new ();
        HtManifest manifest = { 0 };

        g_test_message ("%s", edges[i].what);
        ht_account_fill (journal, &edges[i].span, &manifest);
        g_assert_cmpint (manifest.missing_ms, ==, edges[i].missing_ms);
        g_assert_cmpint (manifest.duration_ms, ==, edges[i].duration_ms);
        g_assert_cmpint (manifest.complete, ==, edges[i].complete);
        ht_fields_clear (&ht_manifest_fields, &manifest);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/account/gap-and-mark", test_gap_and_mark);
    g_test_add_func ("/media/account/edges", test_edges);
    return g_test_run ();
}
