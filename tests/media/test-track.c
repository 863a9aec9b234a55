/* SPDX-License-Identifier: MIT */

#include "media/recorder/track.h"

#include <string.h>

#include "media/record/playlist.h"
#include "tests/media/desk.h"
#include "tests/media/made-units.h"

#define T_US DESK_T_US
#define S    ((int64_t) G_USEC_PER_SEC)
#define GOP  DESK_GOP

static void
test_a_long_session (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;
    int64_t last_end = 0;

    desk->job.end_us = T_US + 1200 * S;
    ht_track_set_end (desk->track, desk->job.end_us, T_US - 10 * S);
    desk_feed (desk, T_US - 9 * S, T_US + 1201 * S);
    journal = desk_replay (desk);
    g_assert_true (journal->has_ended && journal->end_cause == HT_END_PLANNED);
    g_assert_cmpuint (journal->segments->len, ==, 601);
    g_assert_cmpuint (journal->gaps->len, ==, 0);
    for (unsigned i = 0; i < journal->segments->len; i++) {
        const HtSegment *segment = &g_array_index (journal->segments, HtSegment, i);
        const GByteArray *file = desk->files->pdata[i];

        g_assert_cmpint (segment->sequence, ==, i);
        g_assert_cmpint (segment->bytes, ==, file->len);
        g_assert_true (segment->is_key);
        g_assert_false (segment->is_cut);
        g_assert_true (i == 0 || segment->pts == last_end);
        last_end = segment->pts + segment->duration;
    }
    g_assert_cmpint (last_end, ==, ht_unit_pts (T_US + 1200 * S));
    g_assert_cmpint (ht_track_get_status (desk->track)->state, ==, HT_TRACK_ENDED);
}

/* The key frame before T begins it, T's picture is in it, the end is exact. */
static void
test_starts_and_ends_at_the_instant (Desk *desk, gconstpointer data)
{
    g_autoptr (GPtrArray) hashes = NULL;
    g_autofree char *first = desk_name (200, TRUE);
    g_autofree char *last = desk_name (9 * 25 + 60 * 25 - 1, FALSE);
    g_autoptr (HtJournal) journal = NULL;

    desk_feed (desk, T_US - 9 * S, T_US + 70 * S);
    hashes = desk_read_pictures (desk);
    journal = desk_replay (desk);
    g_assert_cmpstr (hashes->pdata[0], ==, first);
    g_assert_cmpstr (hashes->pdata[hashes->len - 1], ==, last);
    g_assert_cmpint (g_array_index (journal->segments, HtSegment, 0).pts, ==,
                     ht_unit_pts (T_US - S));
    g_assert_cmpint (g_array_index (journal->segments, HtSegment, 0).wall_us, ==, T_US - S);
    desk_check_complete (desk, 200, 9 * 25 + 60 * 25, GOP);
}

static void
test_a_late_start_is_told (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;
    const HtGap *gap;

    desk_feed (desk, T_US + 3 * S, T_US + 10 * S);
    ht_track_end (desk->track, HT_END_STOPPED, T_US + 10 * S);
    journal = desk_replay (desk);
    g_assert_cmpuint (journal->gaps->len, ==, 1);
    gap = &g_array_index (journal->gaps, HtGap, 0);
    g_assert_cmpint (gap->cause, ==, HT_GAP_LATE);
    g_assert_cmpint (gap->from_pts, ==, ht_unit_pts (T_US));
    g_assert_cmpint (gap->to_pts, ==, ht_unit_pts (T_US + 3 * S));
    g_assert_cmpstr (gap->before.text, ==, "");
    g_assert_false (g_array_index (journal->segments, HtSegment, 0).is_cut);
}

static void
test_loss_and_return (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;
    const HtSegment *after;
    unsigned written;

    ht_track_connect (desk->track, 1, T_US - 8 * S);
    desk_feed (desk, T_US - 8 * S, T_US + 5 * S + S / 2);
    written = desk->number;
    ht_track_lose (desk->track, HT_GAP_SOURCE_ENDED, T_US + 6 * S);
    g_assert_cmpint (ht_track_get_status (desk->track)->state, ==, HT_TRACK_RECOVERING);
    ht_track_connect (desk->track, 2, T_US + 6 * S);
    /* the camera is in the middle of a group: nothing can be shown before the next key frame */
    for (int i = 0; i < 10; i++)
        desk_feed_picture (desk, T_US + 7 * S + i * S / 25, 0);
    desk_feed (desk, T_US + 8 * S, T_US + 20 * S);
    g_assert_cmpint (ht_track_get_status (desk->track)->state, ==, HT_TRACK_RECORDING);
    ht_track_end (desk->track, HT_END_STOPPED, T_US + 20 * S);
    journal = desk_replay (desk);
    g_assert_cmpuint (journal->gaps->len, ==, 1);
    g_assert_cmpint (g_array_index (journal->gaps, HtGap, 0).cause, ==, HT_GAP_SOURCE_ENDED);
    after = &g_array_index (journal->segments, HtSegment, 3);
    g_assert_true (after->is_cut);
    g_assert_cmpint (after->discontinuity, ==, 1);
    g_assert_cmpuint (written, <, desk->number);
}

/* kill -9 after every single picture: nothing written is lost, what is missing is named. */
static void
test_killed_at_any_picture (Desk *desk, gconstpointer data)
{
    unsigned first = 8 * 25;

    for (unsigned n = 1; n < 130; n += 7) {
        desk_tear_down (desk, NULL);
        desk_set_up (desk, NULL);
        for (unsigned i = 0; i < first; i++)
            desk_feed_picture (desk, T_US - 8 * S + i * S / 25, i % GOP == 0 ? HT_UNIT_KEY : 0);
        for (unsigned i = 0; i < 400; i++) {
            int64_t at = T_US + i * S / 25;

            if (i == n || i == n + 7) {
                ht_track_free (desk->track);
                desk_arm (desk, at);
                ht_track_connect (desk->track, 5, at);
            }
            desk_feed_picture (desk, at, i % GOP == 0 ? HT_UNIT_KEY : 0);
        }
        ht_track_end (desk->track, HT_END_STOPPED, T_US + 17 * S);
        desk_check_complete (desk, first, first + 400, GOP);
    }
}

static void
test_sequence_goes_on_over_restarts (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;
    g_autofree char *live = NULL;

    desk_feed (desk, T_US - 8 * S, T_US + 5 * S);
    ht_track_free (desk->track);
    desk_arm (desk, T_US + 6 * S);
    desk_feed (desk, T_US + 8 * S, T_US + 13 * S);
    journal = desk_replay (desk);
    for (unsigned i = 0; i < journal->segments->len; i++)
        g_assert_cmpint (g_array_index (journal->segments, HtSegment, i).sequence, ==, i);
    live = ht_playlist_make_live (journal, 1);
    g_assert_nonnull (strstr (live, "#EXT-X-DISCONTINUITY-SEQUENCE:1\n"));
    g_assert_cmpint (g_array_index (journal->gaps, HtGap, 0).cause, ==, HT_GAP_RECORDER_DIED);
}

static void
test_full_disk_comes_and_goes (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;
    unsigned first = 8 * 25;
    int64_t at = T_US - 8 * S;

    for (unsigned i = 0; i < first + 800; i++, at += S / 25) {
        desk->is_full = i >= first + 130 && i < first + 410;
        desk_feed_picture (desk, at, i % GOP == 0 ? HT_UNIT_KEY : 0);
        if (i == first + 300)
            g_assert_true (ht_track_get_status (desk->track)->disk_full);
    }
    g_assert_false (ht_track_get_status (desk->track)->disk_full);
    ht_track_end (desk->track, HT_END_STOPPED, at);
    journal = desk_replay (desk);
    g_assert_cmpuint (journal->gaps->len, ==, 1);
    g_assert_cmpint (g_array_index (journal->gaps, HtGap, 0).cause, ==, HT_GAP_DISK);
    desk_check_complete (desk, first, first + 800, GOP);
}

static void
test_extension (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;

    desk_feed (desk, T_US - 8 * S, T_US + 30 * S);
    ht_track_set_end (desk->track, T_US + 90 * S, T_US + 30 * S);
    desk_feed (desk, T_US + 30 * S, T_US + 120 * S);
    journal = desk_replay (desk);
    g_assert_cmpint (journal->end_us, ==, T_US + 90 * S);
    g_assert_cmpint (ht_journal_get_last (journal)->end_pts, ==,
                     ht_unit_pts (T_US + 90 * S - S / 25));
    ht_track_set_end (desk->track, T_US + 200 * S, T_US + 120 * S);
    g_assert_cmpint (ht_track_get_status (desk->track)->end_us, ==, T_US + 90 * S);
}

static void
test_earlier_end_that_is_past (Desk *desk, gconstpointer data)
{
    desk_feed (desk, T_US - 8 * S, T_US + 30 * S);
    ht_track_set_end (desk->track, T_US + 10 * S, T_US + 30 * S);
    ht_track_tick (desk->track, T_US + 30 * S);
    g_assert_cmpint (ht_track_get_status (desk->track)->state, ==, HT_TRACK_ENDED);
}

static void
test_a_stop_takes_what_is_on_its_way (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;

    ht_track_connect (desk->track, 77, T_US - 8 * S);
    desk_feed (desk, T_US - 8 * S, T_US + 28 * S);
    ht_track_stop (desk->track, T_US + 30 * S);
    desk_feed (desk, T_US + 28 * S, T_US + 31 * S);
    journal = desk_replay (desk);
    g_assert_true (journal->has_ended && journal->end_cause == HT_END_STOPPED);
    desk_check_complete (desk, 200, 200 + 30 * 25, GOP);
}

static void
test_ends_without_its_source (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;

    desk_feed (desk, T_US - 8 * S, T_US + 30 * S);
    ht_track_lose (desk->track, HT_GAP_SOURCE_SILENT, T_US + 32 * S);
    ht_track_tick (desk->track, T_US + 60 * S);
    g_assert_cmpint (ht_track_get_status (desk->track)->state, ==, HT_TRACK_RECOVERING);
    ht_track_tick (desk->track, T_US + 61 * S);
    journal = desk_replay (desk);
    g_assert_true (journal->has_ended);
    g_assert_cmpint (g_array_index (journal->gaps, HtGap, 0).to_pts, ==,
                     ht_unit_pts (T_US + 60 * S));
    g_assert_cmpstr (g_array_index (journal->gaps, HtGap, 0).after.text, ==, "");
}

static void
test_nothing_ever_came (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;

    ht_track_tick (desk->track, T_US + 61 * S);
    journal = desk_replay (desk);
    g_assert_true (journal->has_ended);
    g_assert_cmpuint (journal->segments->len, ==, 0);
    g_assert_cmpuint (journal->gaps->len, ==, 1);
}

/* A group of pictures of 10 s with a target of 4 s: cut at pictures that are no key frames. */
static void
test_long_group (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;
    unsigned n_without_key = 0;

    desk->job.arm_us = 0;
    for (int64_t at = T_US; at < T_US + 40 * S; at += S / 25)
        desk_feed_picture (desk, at, (at - T_US) % (10 * S) == 0 ? HT_UNIT_KEY : 0);
    ht_track_end (desk->track, HT_END_STOPPED, T_US + 40 * S);
    journal = desk_replay (desk);
    g_assert_cmpint (journal->target_s, ==, 4);
    for (unsigned i = 0; i < journal->segments->len; i++) {
        const HtSegment *segment = &g_array_index (journal->segments, HtSegment, i);

        g_assert_cmpint (segment->duration, <=, 4 * HT_UNIT_CLOCK_HZ + HT_UNIT_CLOCK_HZ / 2);
        n_without_key += !segment->is_key;
    }
    g_assert_cmpuint (n_without_key, ==, 8);
    g_assert_cmpuint (journal->gaps->len, ==, 0);
    desk_check_complete (desk, 0, 1000, 250);
}

/* The group seen in the ring is longer than the job's target: it is announced. */
static void
test_target_from_the_ring (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;

    desk->job.arm_us = 30 * S;
    desk_feed_gop (desk, T_US - 14 * S, T_US + 20 * S, 25 * 6);
    journal = desk_replay (desk);
    g_assert_cmpint (journal->target_s, ==, 6);
    g_assert_true (g_array_index (journal->segments, HtSegment, 1).is_key);
}

static void
test_first_group_a_little_short (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;

    desk_feed_picture (desk, T_US + S / 25, HT_UNIT_KEY);
    desk_feed (desk, T_US + 2 * S, T_US + 10 * S);
    journal = desk_replay (desk);
    g_assert_cmpint (g_array_index (journal->segments, HtSegment, 0).units, ==, 1);
}

static void
test_lost_packets_are_told_without_a_cut (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;
    g_autofree char *before = NULL;

    desk_feed (desk, T_US - 8 * S, T_US + S);
    before = desk_name (desk->number - 1, FALSE);
    desk_feed_picture (desk, T_US + S + 5 * S / 25, HT_UNIT_LOSS);
    ht_track_end (desk->track, HT_END_STOPPED, T_US + 2 * S);
    journal = desk_replay (desk);
    g_assert_cmpuint (journal->gaps->len, ==, 1);
    g_assert_cmpint (g_array_index (journal->gaps, HtGap, 0).cause, ==, HT_GAP_NETWORK);
    g_assert_cmpstr (g_array_index (journal->gaps, HtGap, 0).before.text, ==, before);
    g_assert_cmpuint (journal->segments->len, ==, 1);
}

static void
test_clock_set_back (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;
    g_autoptr (GPtrArray) hashes = NULL;
    int64_t last = 0;

    desk_feed (desk, T_US - 8 * S, T_US + 20 * S);
    ht_track_lose (desk->track, HT_GAP_SOURCE_ENDED, T_US + 20 * S);
    ht_track_connect (desk->track, 2, T_US + 21 * S);
    desk->offset_pts = -3600 * (int64_t) HT_UNIT_CLOCK_HZ;
    desk_feed (desk, T_US + 21 * S, T_US + 30 * S);
    ht_track_end (desk->track, HT_END_STOPPED, T_US + 30 * S);
    journal = desk_replay (desk);
    for (unsigned i = 0; i < journal->segments->len; i++) {
        const HtSegment *segment = &g_array_index (journal->segments, HtSegment, i);

        g_assert_cmpint (segment->pts, >, last);
        last = segment->end_pts;
    }
    hashes = desk_read_pictures (desk);
    g_assert_cmpuint (hashes->len, ==, 20 * 25 + 9 * 25);
}

static void
feed_sound (Desk *desk, unsigned number, int64_t pts, unsigned flags)
{
    g_autoptr (GBytes) data = made_sound (number);
    HtUnit unit = made_unit (1, flags, pts, data);

    ht_track_take (desk->track, &unit, data, ht_unit_us (pts));
}

static void
note_sound (const HtTsUnit *unit, gpointer user_data)
{
    if (unit->stream == 1)
        g_array_append_val ((GArray *) user_data, unit->pts);
}

/* Until the camera's reports came its sound was 10 ms late. What waits in the ring is moved, and
 * in the file it never goes backwards. */
static void
test_sound_is_moved_while_it_waits (Desk *desk, gconstpointer data)
{
    HtStreamInfo info = { .codec = HT_CODEC_AAC, .rate_hz = 48000, .video = TRUE, .audio = TRUE };
    int64_t t = ht_unit_pts (T_US), by = -900;
    g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (int64_t));
    const GByteArray *file;

    ht_track_describe (desk->track, 1, &info);
    desk_feed_picture (desk, T_US - S, HT_UNIT_KEY);
    for (unsigned i = 0; i < 20; i++)
        feed_sound (desk, i, t - HT_UNIT_CLOCK_HZ + i * MADE_AUDIO, 0);
    for (unsigned i = 20; i < 40; i++)
        feed_sound (desk, i, t - HT_UNIT_CLOCK_HZ + i * MADE_AUDIO + by, HT_UNIT_SETTLED);
    desk_feed_picture (desk, T_US, 0);
    ht_track_end (desk->track, HT_END_STOPPED, T_US + S);
    file = desk->files->pdata[0];
    ht_ts_read (file->data, file->len, t, note_sound, stamps);
    g_assert_cmpuint (stamps->len, ==, 40);
    for (unsigned i = 0; i < stamps->len; i++)
        g_assert_cmpint (g_array_index (stamps, int64_t, i), ==,
                         t - HT_UNIT_CLOCK_HZ + i * MADE_AUDIO + by);
}

static void
test_sound_never_goes_back (Desk *desk, gconstpointer data)
{
    int64_t t = ht_unit_pts (T_US);
    g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (int64_t));
    const GByteArray *file;

    desk_feed_picture (desk, T_US, HT_UNIT_KEY);
    for (unsigned i = 0; i < 10; i++)
        feed_sound (desk, i, t + i * MADE_AUDIO, 0);
    for (unsigned i = 10; i < 20; i++)
        feed_sound (desk, i, t + i * MADE_AUDIO - 3 * MADE_AUDIO - 7, HT_UNIT_SETTLED);
    ht_track_end (desk->track, HT_END_STOPPED, T_US + S);
    file = desk->files->pdata[0];
    ht_ts_read (file->data, file->len, t, note_sound, stamps);
    g_assert_cmpuint (stamps->len, ==, 17);
    for (unsigned i = 1; i < stamps->len; i++)
        g_assert_cmpint (g_array_index (stamps, int64_t, i), >,
                         g_array_index (stamps, int64_t, i - 1));
}

static void
test_sound_alone (Desk *desk, gconstpointer data)
{
    HtStreamInfo info = { .codec = HT_CODEC_AAC, .rate_hz = 48000, .audio = TRUE };
    int64_t t = ht_unit_pts (T_US);
    g_autoptr (HtJournal) journal = NULL;

    ht_track_describe (desk->track, 1, &info);
    for (int i = -100; i < 500; i++)
        feed_sound (desk, (unsigned) (i + 100), t + i * MADE_AUDIO, HT_UNIT_SETTLED);
    ht_track_end (desk->track, HT_END_STOPPED, T_US + 11 * S);
    journal = desk_replay (desk);
    g_assert_cmpuint (journal->segments->len, ==, 6);
    g_assert_cmpuint (journal->gaps->len, ==, 0);
    g_assert_cmpstr (g_array_index (journal->segments, HtSegment, 0).first.text, !=, "");
}

static void
test_when_an_ingest_is_wanted (Desk *desk, gconstpointer data)
{
    g_assert_false (ht_track_wants_ingest (desk->track, T_US - 11 * S));
    g_assert_cmpint (ht_track_get_next_us (desk->track, T_US - 11 * S), ==, T_US - 10 * S);
    g_assert_true (ht_track_wants_ingest (desk->track, T_US - 10 * S));
    g_assert_true (ht_track_wants_ingest (desk->track, T_US + 60 * S));
    g_assert_false (ht_track_wants_ingest (desk->track, T_US + 61 * S));
    desk->job.source.kind = HT_SOURCE_FILE;
    g_assert_false (ht_track_wants_ingest (desk->track, T_US - 1));
    g_assert_true (ht_track_wants_ingest (desk->track, T_US));
}

static void
test_states (Desk *desk, gconstpointer data)
{
    const HtTrackStatus *status = ht_track_get_status (desk->track);

    g_assert_cmpint (status->state, ==, HT_TRACK_WAITING);
    ht_track_tick (desk->track, T_US - 5 * S);
    g_assert_cmpint (status->state, ==, HT_TRACK_ARMED);
    ht_track_tick (desk->track, T_US + S);
    g_assert_cmpint (status->state, ==, HT_TRACK_RECOVERING);
    desk_feed (desk, T_US + 2 * S, T_US + 3 * S);
    g_assert_cmpint (status->state, ==, HT_TRACK_RECORDING);
    g_assert_cmpint (status->units, ==, 25);
    g_assert_cmpint (status->bytes, ==, desk->open->len);
    ht_track_leave (desk->track, T_US + 4 * S);
    g_assert_null (strstr (desk->text->str, "END pts"));
    g_assert_cmpint (status->segments, ==, 1);
}

static void
test_an_ended_track_stays_ended (Desk *desk, gconstpointer data)
{
    size_t length;

    desk_feed (desk, T_US - 8 * S, T_US + 70 * S);
    length = desk->text->len;
    ht_track_free (desk->track);
    desk_arm (desk, T_US + 80 * S);
    g_assert_cmpint (ht_track_get_status (desk->track)->state, ==, HT_TRACK_ENDED);
    g_assert_cmpuint (desk->text->len, ==, length);
}

static void
test_mark (Desk *desk, gconstpointer data)
{
    g_autoptr (HtJournal) journal = NULL;

    desk_feed (desk, T_US - 8 * S, T_US + S);
    ht_track_mark (desk->track, "câu hỏi", T_US + S);
    journal = desk_replay (desk);
    g_assert_cmpint (g_array_index (journal->marks, HtMark, 0).pts, ==,
                     ht_unit_pts (T_US + S - S / 25));
}

#define ADD(path, function)                                                                        \
    g_test_add ("/media/track/" path, Desk, NULL, desk_set_up, function, desk_tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("long", test_a_long_session);
    ADD ("instant", test_starts_and_ends_at_the_instant);
    ADD ("late", test_a_late_start_is_told);
    ADD ("loss", test_loss_and_return);
    ADD ("killed", test_killed_at_any_picture);
    ADD ("sequence", test_sequence_goes_on_over_restarts);
    ADD ("full", test_full_disk_comes_and_goes);
    ADD ("extension", test_extension);
    ADD ("earlier", test_earlier_end_that_is_past);
    ADD ("stop", test_a_stop_takes_what_is_on_its_way);
    ADD ("without-source", test_ends_without_its_source);
    ADD ("nothing", test_nothing_ever_came);
    ADD ("long-group", test_long_group);
    ADD ("target", test_target_from_the_ring);
    ADD ("short", test_first_group_a_little_short);
    ADD ("network", test_lost_packets_are_told_without_a_cut);
    ADD ("clock-back", test_clock_set_back);
    ADD ("settled", test_sound_is_moved_while_it_waits);
    ADD ("sound-back", test_sound_never_goes_back);
    ADD ("sound-alone", test_sound_alone);
    ADD ("wanted", test_when_an_ingest_is_wanted);
    ADD ("states", test_states);
    ADD ("ended", test_an_ended_track_stays_ended);
    ADD ("mark", test_mark);
    return g_test_run ();
}
