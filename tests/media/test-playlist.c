/* SPDX-License-Identifier: MIT */

#include "media/record/playlist.h"

#include <string.h>

#define NOV_25_US INT64_C (1795564800000000) /* 2026-11-25T00:00:00Z */

static void
add (HtJournal *journal, int64_t sequence, int64_t discontinuity, gboolean cut, gboolean key)
{
    HtJournalLine open = {
        HT_JOURNAL_OPEN, .sequence = sequence, .discontinuity = discontinuity,
        .is_cut = cut,   .is_key = key,        .wall_us = NOV_25_US + sequence * 2000000 + 40500,
    };
    HtJournalLine close = { HT_JOURNAL_CLOSE, .sequence = sequence, .duration = 180003,
                            .units = 50 };

    ht_journal_apply (journal, &open);
    ht_journal_apply (journal, &close);
}

static HtJournal *
make_journal (void)
{
    HtJournal *journal = ht_journal_new ();
    HtJournalLine start = { HT_JOURNAL_START, .target_s = 4 };

    ht_journal_apply (journal, &start);
    add (journal, 0, 0, FALSE, TRUE);
    add (journal, 1, 1, TRUE, TRUE);
    add (journal, 2, 1, FALSE, TRUE);
    add (journal, 3, 2, TRUE, TRUE);
    return journal;
}

static void
test_full (void)
{
    g_autoptr (HtJournal) journal = make_journal ();
    HtJournalLine end = { HT_JOURNAL_END };
    g_autofree char *event = ht_playlist_make_full (journal, "/m/");
    g_autofree char *vod = NULL;

    g_assert_true (g_str_has_prefix (event, "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:4\n"
                                            "#EXT-X-MEDIA-SEQUENCE:0\n"
                                            "#EXT-X-INDEPENDENT-SEGMENTS\n"
                                            "#EXT-X-PLAYLIST-TYPE:EVENT\n"
                                            "#EXT-X-PROGRAM-DATE-TIME:2026-11-25T00:00:00.040Z\n"
                                            "#EXTINF:2.000033,\n/m/seg000000.ts\n"
                                            "#EXT-X-DISCONTINUITY\n"));
    g_assert_null (strstr (event, "ENDLIST"));
    ht_journal_apply (journal, &end);
    vod = ht_playlist_make_full (journal, "");
    g_assert_nonnull (strstr (vod, "#EXT-X-PLAYLIST-TYPE:VOD\n"));
    g_assert_true (g_str_has_suffix (vod, "\nseg000003.ts\n#EXT-X-ENDLIST\n"));
}

static const struct {
    const char *what;
    unsigned window;
    const char *media, *discontinuities;
} windows[] = {
    { "all of them", 10, "#EXT-X-MEDIA-SEQUENCE:0\n", NULL },
    { "the first discontinuity's tag is still shown", 3, "#EXT-X-MEDIA-SEQUENCE:1\n", NULL },
    { "it has slid out", 2, "#EXT-X-MEDIA-SEQUENCE:2\n", "#EXT-X-DISCONTINUITY-SEQUENCE:1\n" },
    { "the second's tag is still shown", 1, "#EXT-X-MEDIA-SEQUENCE:3\n",
      "#EXT-X-DISCONTINUITY-SEQUENCE:1\n" },
};

static void
test_live (void)
{
    g_autoptr (HtJournal) journal = make_journal ();

    for (size_t i = 0; i < G_N_ELEMENTS (windows); i++) {
        g_autofree char *live = ht_playlist_make_live (journal, windows[i].window);

        g_test_message ("%s", windows[i].what);
        g_assert_nonnull (strstr (live, windows[i].media));
        g_assert_null (strstr (live, "PLAYLIST-TYPE"));
        if (windows[i].discontinuities == NULL)
            g_assert_null (strstr (live, "DISCONTINUITY-SEQUENCE"));
        else
            g_assert_nonnull (strstr (live, windows[i].discontinuities));
    }
}

static void
test_open_segment_is_not_shown (void)
{
    g_autoptr (HtJournal) journal = make_journal ();
    HtJournalLine open = { HT_JOURNAL_OPEN, .sequence = 4, .is_key = 1 };
    g_autofree char *live = NULL;

    ht_journal_apply (journal, &open);
    live = ht_playlist_make_live (journal, 10);
    g_assert_null (strstr (live, "seg000004"));
    g_assert_nonnull (strstr (live, "seg000003"));
}

static void
test_cut_at_no_key_frame (void)
{
    g_autoptr (HtJournal) journal = make_journal ();
    g_autofree char *live = NULL;

    add (journal, 4, 2, FALSE, FALSE);
    live = ht_playlist_make_live (journal, 10);
    g_assert_null (strstr (live, "INDEPENDENT"));
}

static void
test_nothing_yet (void)
{
    g_autoptr (HtJournal) journal = ht_journal_new ();
    g_autofree char *live = ht_playlist_make_live (journal, 10);

    g_assert_cmpstr (live, ==,
                     "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:4\n"
                     "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-INDEPENDENT-SEGMENTS\n");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/playlist/full", test_full);
    g_test_add_func ("/media/playlist/live", test_live);
    g_test_add_func ("/media/playlist/open", test_open_segment_is_not_shown);
    g_test_add_func ("/media/playlist/non-key", test_cut_at_no_key_frame);
    g_test_add_func ("/media/playlist/empty", test_nothing_yet);
    return g_test_run ();
}
