/* SPDX-License-Identifier: MIT */

#include "media/record/ts-reader.h"
#include "media/record/ts-writer.h"

#include <string.h>

#include "tests/media/made-units.h"

#define EPOCH INT64_C (161600000000000) /* a pts of our time */

static const size_t sizes[] = { 10,    130,   140,   157,   158,   159,   160,  161,
                                165,   170,   176,   180,   184,   350,   1000, 65480,
                                65500, 65520, 65530, 65536, 70000, 250000 };

typedef struct {
    GPtrArray *seen; /* (element-type GBytes) */
    GArray *units;   /* (element-type HtTsUnit) */
} Seen;

static void
note (const HtTsUnit *unit, gpointer user_data)
{
    Seen *seen = user_data;

    g_array_append_vals (seen->units, unit, 1);
    g_ptr_array_add (seen->seen, g_bytes_new (unit->data, unit->length));
}

static Seen
read_all (const GByteArray *ts, size_t length, size_t *ret_whole)
{
    Seen seen = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
                  g_array_new (FALSE, FALSE, sizeof (HtTsUnit)) };

    *ret_whole = ht_ts_read (ts->data, length, EPOCH, note, &seen);
    return seen;
}

static void
free_seen (Seen *seen)
{
    g_ptr_array_unref (seen->seen);
    g_array_unref (seen->units);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, free_seen)

/* Whatever the size of a unit, it comes back octet for octet with its time stamps, and every piece
 * is whole packets with rising continuity counters. */
static void
test_round_trip (void)
{
    g_autoptr (HtTsWriter) writer = ht_ts_writer_new ();
    g_autoptr (GByteArray) ts = g_byte_array_new ();
    g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
    size_t whole;

    for (unsigned i = 0; i < 2 * G_N_ELEMENTS (sizes); i++) {
        GBytes *data = i % 2 == 0 ? made_picture (i, i % 4 == 0, sizes[i / 2]) : made_sound (i);
        HtUnit unit = made_unit (i % 2, i % 4 == 0 ? HT_UNIT_KEY : 0, EPOCH + i * MADE_FRAME, data);
        const uint8_t *packets;
        size_t length;

        if (i % 8 == 2)
            unit.dts -= MADE_FRAME;
        packets = ht_ts_writer_write (writer, &unit, g_bytes_get_data (data, NULL), &length);
        g_assert_cmpuint (length % HT_TS_PACKET_BYTES, ==, 0);
        g_byte_array_append (ts, packets, (unsigned) length);
        g_ptr_array_add (sent, data);
    }
    g_auto (Seen) seen = read_all (ts, ts->len, &whole);
    g_assert_cmpuint (whole, ==, ts->len);
    g_assert_cmpuint (seen.seen->len, ==, sent->len);
    for (unsigned i = 0; i < sent->len; i++) {
        const HtTsUnit *unit = &g_array_index (seen.units, HtTsUnit, i);

        g_assert_true (g_bytes_equal (sent->pdata[i], seen.seen->pdata[i]));
        g_assert_cmpint (unit->pts, ==, EPOCH + i * MADE_FRAME);
        g_assert_cmpint (unit->dts, ==, unit->pts - (i % 8 == 2 ? MADE_FRAME : 0));
        g_assert_cmpuint (unit->stream, ==, i % 2);
        g_assert_cmpint (unit->is_key, ==, i % 4 == 0);
    }
}

static void
test_continuity (void)
{
    g_autoptr (HtTsWriter) writer = ht_ts_writer_new ();
    unsigned next[8192];
    gboolean was_seen[8192] = { FALSE };

    for (unsigned i = 0; i < 60; i++) {
        g_autoptr (GBytes) data = i % 2 == 0 ? made_picture (i, TRUE, 3000) : made_sound (i);
        HtUnit unit = made_unit (i % 2, 0, EPOCH + i * MADE_FRAME, data);
        size_t length;
        const uint8_t *p;

        if (i % 20 == 0)
            ht_ts_writer_begin (writer);
        p = ht_ts_writer_write (writer, &unit, g_bytes_get_data (data, NULL), &length);
        for (const uint8_t *end = p + length; p < end; p += HT_TS_PACKET_BYTES) {
            unsigned pid = (p[1] & 31u) << 8 | p[2], counter = p[3] & 15u;

            g_assert_cmpuint (p[0], ==, 0x47);
            if (was_seen[pid])
                g_assert_cmpuint (counter, ==, next[pid]);
            was_seen[pid] = TRUE;
            next[pid] = (counter + 1) & 15;
        }
    }
    g_assert_true (was_seen[0] && was_seen[HT_TS_PID_PMT]);
}

/* Wherever a crash cuts a segment, whole units are found and nothing else. */
static void
test_every_cut (void)
{
    g_autoptr (HtTsWriter) writer = ht_ts_writer_new ();
    g_autoptr (GByteArray) ts = g_byte_array_new ();
    size_t ends[8], whole;

    for (unsigned i = 0; i < G_N_ELEMENTS (ends); i++) {
        g_autoptr (GBytes) data =
            i % 3 == 2 ? made_sound (i) : made_picture (i, i == 0, 100 + i * 300);
        HtUnit unit = made_unit (i % 3 == 2, 0, EPOCH + i * MADE_FRAME, data);
        size_t length;
        const uint8_t *packets =
            ht_ts_writer_write (writer, &unit, g_bytes_get_data (data, NULL), &length);

        g_byte_array_append (ts, packets, (unsigned) length);
        ends[i] = ts->len;
    }
    for (size_t cut = 0; cut <= ts->len; cut++) {
        g_auto (Seen) seen = read_all (ts, cut, &whole);
        unsigned n = 0;

        while (n < G_N_ELEMENTS (ends) && ends[n] <= cut)
            n++;
        g_assert_cmpuint (seen.seen->len, ==, n);
        g_assert_cmpuint (whole, ==, n == 0 ? 0 : ends[n - 1]);
    }
}

static void
test_stamps_wrap (void)
{
    g_autoptr (HtTsWriter) writer = ht_ts_writer_new ();
    g_autoptr (GByteArray) ts = g_byte_array_new ();
    int64_t wrap = (EPOCH >> 33 << 33) + (INT64_C (1) << 33);
    Seen seen = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
                  g_array_new (FALSE, FALSE, sizeof (HtTsUnit)) };

    for (int i = -2; i < 3; i++) {
        g_autoptr (GBytes) data = made_picture (7, FALSE, 50);
        HtUnit unit = made_unit (0, 0, wrap + i * MADE_FRAME, data);
        size_t length;
        const uint8_t *packets =
            ht_ts_writer_write (writer, &unit, g_bytes_get_data (data, NULL), &length);

        g_byte_array_append (ts, packets, (unsigned) length);
    }
    ht_ts_read (ts->data, ts->len, wrap - 3 * MADE_FRAME, note, &seen);
    for (int i = -2; i < 3; i++)
        g_assert_cmpint (g_array_index (seen.units, HtTsUnit, i + 2).pts, ==,
                         wrap + i * MADE_FRAME);
    free_seen (&seen);
}

static void
test_summary (void)
{
    g_autoptr (HtTsWriter) writer = ht_ts_writer_new ();
    g_autoptr (GByteArray) ts = g_byte_array_new ();
    HtPictureHash hashes[10];
    HtTsSummary summary;

    for (unsigned i = 0; i < 20; i++) {
        g_autoptr (GBytes) data = i % 2 == 0 ? made_picture (i, i == 0, 500) : made_sound (i);
        HtUnit unit = made_unit (i % 2, 0, EPOCH + i / 2 * MADE_FRAME, data);
        size_t length;
        const uint8_t *packets =
            ht_ts_writer_write (writer, &unit, g_bytes_get_data (data, NULL), &length);

        g_byte_array_append (ts, packets, (unsigned) length);
        if (i % 2 == 0)
            hashes[i / 2] = ht_picture_hash (0, g_bytes_get_data (data, NULL), unit.length_bytes);
    }
    ht_ts_summarise (ts->data, ts->len - 1, EPOCH, &summary);
    g_assert_cmpint (summary.units, ==, 19);
    g_assert_cmpint (summary.pictures, ==, 10);
    g_assert_cmpint (summary.pts, ==, EPOCH);
    g_assert_cmpint (summary.end_pts, ==, EPOCH + 9 * MADE_FRAME);
    g_assert_cmpint (summary.duration, ==, 10 * MADE_FRAME);
    g_assert_cmpstr (summary.first.text, ==, hashes[0].text);
    g_assert_cmpstr (summary.last.text, ==, hashes[9].text);
    ht_ts_summarise (ts->data, 100, EPOCH, &summary);
    g_assert_cmpint (summary.units + summary.bytes, ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/ts/round-trip", test_round_trip);
    g_test_add_func ("/media/ts/continuity", test_continuity);
    g_test_add_func ("/media/ts/every-cut", test_every_cut);
    g_test_add_func ("/media/ts/wrap", test_stamps_wrap);
    g_test_add_func ("/media/ts/summary", test_summary);
    return g_test_run ();
}
