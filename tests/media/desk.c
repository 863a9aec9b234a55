/* SPDX-License-Identifier: MIT */

#include "tests/media/desk.h"

#include <string.h>

#include "tests/media/made-units.h"

#define S      ((int64_t) G_USEC_PER_SEC)
#define PID    99
#define LENGTH 300

static gboolean
sink_open (gpointer data, int64_t sequence)
{
    Desk *desk = data;

    if (desk->is_full)
        return FALSE;
    g_assert_null (desk->open);
    desk->open = g_byte_array_new ();
    while (desk->files->len <= sequence)
        g_ptr_array_add (desk->files, NULL);
    return TRUE;
}

static gboolean
sink_write (gpointer data, const uint8_t *octets, size_t length)
{
    Desk *desk = data;

    if (desk->is_full)
        return FALSE;
    g_byte_array_append (desk->open, octets, (unsigned) length);
    return TRUE;
}

static gboolean
sink_close (gpointer data)
{
    Desk *desk = data;

    desk->files->pdata[desk->files->len - 1] = g_steal_pointer (&desk->open);
    return TRUE;
}

static void
sink_discard (gpointer data)
{
    Desk *desk = data;

    g_byte_array_unref (g_steal_pointer (&desk->open));
}

static gboolean
sink_journal (gpointer data, const HtJournalLine *line)
{
    Desk *desk = data;

    ht_journal_line_write (line, desk->text);
    return TRUE;
}

static void
sink_publish (gpointer data, const HtJournal *journal)
{
    Desk *desk = data;

    desk->published++;
}

static const HtSegmentSink sink = {
    sink_open, sink_write, sink_close, sink_discard, sink_journal, sink_publish,
};

static void
free_file (gpointer file)
{
    if (file != NULL)
        g_byte_array_unref (file);
}

HtJournal *
desk_replay (const Desk *desk)
{
    HtJournal *journal = desk->text->len > 0
                             ? ht_journal_parse (desk->text->str, desk->text->len, NULL)
                             : ht_journal_new ();

    g_assert_nonnull (journal);
    g_assert_cmpuint (journal->valid_bytes, ==, desk->text->len);
    return journal;
}

/* Starts a recorder on what is on the desk, as after a crash where there is an open segment. */
void
desk_arm (Desk *desk, int64_t now_us)
{
    HtTsSummary left = { 0 };

    if (desk->open != NULL) {
        ht_ts_summarise (desk->open->data, desk->open->len, ht_unit_pts (DESK_T_US), &left);
        g_byte_array_set_size (desk->open, (unsigned) left.bytes);
        sink_close (desk);
    }
    desk->track = ht_track_new (&desk->job, desk_replay (desk), &sink, desk);
    ht_track_arm (desk->track, &left, PID, now_us);
}

void
desk_set_up (Desk *desk, gconstpointer data)
{
    *desk =
        (Desk){ .files = g_ptr_array_new_with_free_func (free_file), .text = g_string_new (NULL) };
    ht_track_job_set_defaults (&desk->job);
    desk->job.session = 12;
    desk->job.track = (char *) "presenter";
    desk->job.source.kind = HT_SOURCE_TEST;
    desk->job.start_us = DESK_T_US;
    desk->job.end_us = DESK_T_US + 60 * S;
    desk_arm (desk, DESK_T_US - 60 * S);
}

void
desk_tear_down (Desk *desk, gconstpointer data)
{
    ht_track_free (desk->track);
    g_ptr_array_unref (desk->files);
    if (desk->open != NULL)
        g_byte_array_unref (desk->open);
    g_string_free (desk->text, TRUE);
}

void
desk_feed_picture (Desk *desk, int64_t at_us, unsigned flags)
{
    gboolean is_key = (flags & HT_UNIT_KEY) != 0;
    g_autoptr (GBytes) data = made_picture (desk->number++, is_key, LENGTH);
    HtUnit unit = made_unit (0, flags, ht_unit_pts (at_us) + desk->offset_pts, data);

    ht_track_take (desk->track, &unit, data, at_us);
}

/* Pictures of 25 a second from @from_us up to before @to_us, a key frame every @gop. */
void
desk_feed_gop (Desk *desk, int64_t from_us, int64_t to_us, unsigned gop)
{
    unsigned n = 0;

    for (int64_t at = from_us; at < to_us; at += S / 25, n++)
        desk_feed_picture (desk, at, n % gop == 0 ? HT_UNIT_KEY : 0);
}

void
desk_feed (Desk *desk, int64_t from_us, int64_t to_us)
{
    desk_feed_gop (desk, from_us, to_us, DESK_GOP);
}

char *
desk_name (unsigned number, gboolean is_key)
{
    g_autoptr (GBytes) data = made_picture (number, is_key, LENGTH);

    return g_strdup (
        ht_picture_hash (0, g_bytes_get_data (data, NULL), g_bytes_get_size (data)).text);
}

static void
note_hash (const HtTsUnit *unit, gpointer user_data)
{
    if (unit->stream == 0)
        g_ptr_array_add (user_data, g_strdup (ht_picture_hash (0, unit->data, unit->length).text));
}

/* All pictures on the desk, in order. */
GPtrArray *
desk_read_pictures (const Desk *desk)
{
    GPtrArray *hashes = g_ptr_array_new_with_free_func (g_free);

    for (unsigned i = 0; i < desk->files->len; i++) {
        const GByteArray *file = desk->files->pdata[i];

        if (file != NULL)
            g_assert_cmpuint (
                ht_ts_read (file->data, file->len, ht_unit_pts (DESK_T_US), note_hash, hashes), ==,
                file->len);
    }
    return hashes;
}

/* What issue and design ask for: the pictures are those from @first to before @end, less whole runs
 * whose two neighbours a GAP names; nothing is there twice. */
void
desk_check_complete (const Desk *desk, unsigned first, unsigned end, unsigned gop)
{
    g_autoptr (GPtrArray) hashes = desk_read_pictures (desk);
    g_autoptr (HtJournal) journal = desk_replay (desk);
    g_autofree char *before = NULL;
    unsigned gaps = 0, at = 0;

    for (unsigned number = first; number < end; number++) {
        g_autofree char *wanted = desk_name (number, (number - first) % gop == 0);

        if (at < hashes->len && strcmp (hashes->pdata[at], wanted) == 0) {
            g_free (before);
            before = g_steal_pointer (&wanted);
            at++;
            continue;
        }
        gboolean named = FALSE;

        for (unsigned i = 0; i < journal->gaps->len; i++) {
            const HtGap *gap = &g_array_index (journal->gaps, HtGap, i);

            named =
                named || (g_strcmp0 (before, gap->before.text) == 0 &&
                          (at == hashes->len || strcmp (hashes->pdata[at], gap->after.text) == 0));
        }
        g_assert_true (named);
        gaps++;
    }
    g_assert_cmpuint (at, ==, hashes->len);
    g_assert_cmpuint (at + gaps, ==, end - first);
}
