/* SPDX-License-Identifier: MIT */

#include "media/recorder/intake.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "tests/media/made-units.h"

static void
append (GByteArray *stream, unsigned number, size_t length)
{
    g_autoptr (GBytes) data = made_picture (number, FALSE, length);
    HtUnit unit = made_unit (0, 0, number, data);
    uint8_t header[HT_UNIT_HEADER_BYTES];

    ht_unit_write (&unit, header);
    g_byte_array_append (stream, header, sizeof header);
    g_byte_array_append (stream, g_bytes_get_data (data, NULL), unit.length_bytes);
}

static void
put (HtIntake *intake, const uint8_t *octets, size_t length)
{
    size_t room;
    uint8_t *to = ht_intake_reserve (intake, &room);

    g_assert_cmpuint (room, >=, length);
    memcpy (to, octets, length);
    ht_intake_commit (intake, length);
}

/* However the octets are cut, the same units come out. */
static void
test_any_cut (void)
{
    static const size_t steps[] = { 1, 7, 31, 32, 33, 1000, 60000 };
    g_autoptr (GByteArray) stream = g_byte_array_new ();

    for (unsigned i = 0; i < 20; i++)
        append (stream, i, i == 10 ? 700000 : 10 + i * 13);
    for (size_t s = 0; s < G_N_ELEMENTS (steps); s++) {
        g_autoptr (HtIntake) intake = ht_intake_new ();
        unsigned n = 0;
        HtUnit unit;
        GBytes *data;

        for (size_t at = 0; at < stream->len; at += steps[s]) {
            put (intake, stream->data + at, MIN (steps[s], stream->len - at));
            while (ht_intake_next (intake, &unit, &data, NULL) && data != NULL) {
                g_assert_cmpint (unit.pts, ==, n++);
                g_assert_cmpuint (g_bytes_get_size (data), ==, unit.length_bytes);
                g_bytes_unref (data);
            }
        }
        g_assert_cmpuint (n, ==, 20);
    }
}

static void
test_dirt_is_refused (void)
{
    g_autoptr (HtIntake) intake = ht_intake_new ();
    g_autoptr (GByteArray) stream = g_byte_array_new ();
    g_autoptr (GError) error = NULL;
    uint8_t dirt[HT_UNIT_HEADER_BYTES] = { 9, 9, 9 };
    HtUnit unit;
    GBytes *data;

    append (stream, 1, 20);
    put (intake, stream->data, stream->len);
    put (intake, dirt, sizeof dirt);
    g_assert_true (ht_intake_next (intake, &unit, &data, NULL));
    g_bytes_unref (data);
    g_assert_false (ht_intake_next (intake, &unit, &data, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
    ht_intake_clear (intake);
    put (intake, stream->data, stream->len);
    g_assert_true (ht_intake_next (intake, &unit, &data, NULL));
    g_bytes_unref (data);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/intake/any-cut", test_any_cut);
    g_test_add_func ("/media/intake/dirt", test_dirt_is_refused);
    return g_test_run ();
}
