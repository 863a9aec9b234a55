/* SPDX-License-Identifier: MIT */

#include "media/finalise/account.h"

#define TICKS_PER_MS 90
/* Less than that at either end is the grid of pictures, not a loss. */
#define EDGE (90000 / 4)

static int64_t
to_ms (const HtAccountSpan *span, int64_t pts)
{
    return (CLAMP (pts, span->start, span->end) - span->start) / TICKS_PER_MS;
}

static int
compare_chapters (gconstpointer a, gconstpointer b)
{
    int64_t one = ((const HtChapter *) a)->at_ms, other = ((const HtChapter *) b)->at_ms;

    return one < other ? -1 : one > other;
}

static void
add_chapter (HtManifest *manifest, int64_t at_ms, const char *title)
{
    HtChapter chapter = { at_ms, g_strdup (title) };

    g_array_append_val (manifest->chapters, chapter);
}

static void
add_gap (HtManifest *manifest, int64_t from_ms, int64_t to_ms, const char *cause,
         const HtGap *source)
{
    HtManifestGap gap = { from_ms, to_ms, g_strdup (cause), NULL, NULL };
    g_autofree char *title = NULL;

    if (source != NULL) {
        gap.before = g_strdup (source->before.text);
        gap.after = g_strdup (source->after.text);
    }
    g_array_append_val (manifest->gaps, gap);
    manifest->missing_ms += to_ms - from_ms;
    title = g_strdup_printf ("Mất tín hiệu %d,%d giây", (int) ((to_ms - from_ms) / 1000),
                             (int) ((to_ms - from_ms) % 1000 / 100));
    add_chapter (manifest, from_ms, title);
    add_chapter (manifest, to_ms, "Có lại tín hiệu");
}

static void
add_gaps (const HtJournal *journal, const HtAccountSpan *span, HtManifest *manifest)
{
    for (unsigned i = 0; i < journal->gaps->len; i++) {
        const HtGap *gap = &g_array_index (journal->gaps, HtGap, i);
        gboolean leads = gap->before.text[0] == '\0'; /* told by the first picture already */

        if (!leads && gap->to_pts > span->start && gap->from_pts < span->end)
            add_gap (manifest, to_ms (span, gap->from_pts), to_ms (span, gap->to_pts),
                     ht_gap_cause_names[gap->cause], gap);
    }
}

void
ht_account_fill (const HtJournal *journal, const HtAccountSpan *span, HtManifest *manifest)
{
    int64_t shown_until = span->last_pts + span->picture;

    manifest->gaps = g_array_new (FALSE, FALSE, sizeof (HtManifestGap));
    manifest->chapters = g_array_new (FALSE, FALSE, sizeof (HtChapter));
    manifest->duration_ms = to_ms (span, shown_until);
    if (span->first_pts > span->start + EDGE)
        add_gap (manifest, 0, to_ms (span, span->first_pts), "start", NULL);
    add_gaps (journal, span, manifest);
    for (unsigned i = 0; i < journal->marks->len; i++) {
        const HtMark *mark = &g_array_index (journal->marks, HtMark, i);

        add_chapter (manifest, to_ms (span, mark->pts), mark->text);
    }
    if (manifest->chapters->len > 0)
        add_chapter (manifest, 0, "Bắt đầu");
    g_array_sort (manifest->chapters, compare_chapters);
    if (shown_until < span->end - EDGE)
        manifest->missing_ms += to_ms (span, span->end) - to_ms (span, shown_until);
    manifest->complete = manifest->gaps->len == 0 && manifest->missing_ms == 0;
}
