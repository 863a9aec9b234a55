/* SPDX-License-Identifier: MIT */

#include "media/record/journal.h"

#include <string.h>

#include "media/record/playlist.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever was read is written back to a line that reads the same; any journal makes playlists. */
static void
check_lines (const char *text, size_t size)
{
    HtJournalLine line, again;
    const char *end = size > 0 ? memchr (text, '\n', size) : NULL;
    g_autoptr (GString) written = g_string_new (NULL);

    if (end == NULL || !ht_journal_line_read (text, (size_t) (end - text), &line, NULL))
        return;
    ht_journal_line_write (&line, written);
    g_assert_true (ht_journal_line_read (written->str, written->len - 1, &again, NULL));
    g_assert_cmpmem (&line, sizeof line, &again, sizeof again);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autoptr (HtJournal) journal = ht_journal_parse ((const char *) data, size, NULL);
    g_autofree char *live = NULL;
    g_autofree char *full = NULL;

    check_lines ((const char *) data, size);
    if (journal == NULL)
        return 0;
    g_assert_cmpuint (journal->valid_bytes, <=, size);
    live = ht_playlist_make_live (journal, 3);
    full = ht_playlist_make_full (journal, "");
    return 0;
}
