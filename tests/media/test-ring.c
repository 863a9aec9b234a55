/* SPDX-License-Identifier: MIT */

#include "media/record/ring.h"

#include "tests/media/made-units.h"

/* Pictures of a second each, a key frame every @group of them, sound between. */
static void
fill (HtRing *ring, int from, int n, int group)
{
    for (int i = from; i < from + n; i++) {
        g_autoptr (GBytes) data = made_picture ((unsigned) i, i % group == 0, 1000);
        g_autoptr (GBytes) sound = made_sound ((unsigned) i);
        HtUnit picture = made_unit (0, 0, i * HT_UNIT_CLOCK_HZ, data);
        HtUnit frame = made_unit (1, 0, i * HT_UNIT_CLOCK_HZ + 100, sound);

        ht_ring_push (ring, &picture, data, i % group == 0);
        ht_ring_push (ring, &frame, sound, FALSE);
    }
}

static int64_t
pop_second (HtRing *ring)
{
    HtUnit unit;
    g_autoptr (GBytes) data = ht_ring_pop (ring, &unit);

    return data == NULL ? -1 : unit.pts / HT_UNIT_CLOCK_HZ;
}

static void
test_begins_at_the_key_frame_before (void)
{
    g_autoptr (HtRing) ring = ht_ring_new (30000, 1 << 20);

    fill (ring, 0, 10, 4);
    g_assert_true (ht_ring_seek (ring, 7 * HT_UNIT_CLOCK_HZ + 5));
    g_assert_cmpint (pop_second (ring), ==, 4);
}

static void
test_begins_at_the_first_where_all_are_later (void)
{
    g_autoptr (HtRing) ring = ht_ring_new (30000, 1 << 20);

    fill (ring, 5, 10, 4);
    g_assert_true (ht_ring_seek (ring, 0));
    g_assert_cmpint (pop_second (ring), ==, 8);
}

static void
test_no_key_frame_is_nothing (void)
{
    g_autoptr (HtRing) ring = ht_ring_new (30000, 1 << 20);

    fill (ring, 1, 3, 100);
    g_assert_false (ht_ring_seek (ring, G_MAXINT64));
    g_assert_cmpint (pop_second (ring), ==, -1);
    g_assert_cmpint (ht_ring_get_bytes (ring), ==, 0);
}

/* Sound that overtook its picture is not lost. */
static void
test_sound_that_came_early (void)
{
    static const int64_t sounds[] = { 90, 100, 110, 120 };
    static const int64_t wanted[] = { 100, 100, 110, 120, 130 };
    g_autoptr (HtRing) ring = ht_ring_new (30000, 1 << 20);
    g_autoptr (GBytes) data = made_sound (0);
    HtUnit unit;

    for (size_t i = 0; i < G_N_ELEMENTS (sounds); i++) {
        unit = made_unit (1, 0, sounds[i], data);
        ht_ring_push (ring, &unit, data, FALSE);
    }
    unit = made_unit (0, HT_UNIT_KEY, 100, data);
    ht_ring_push (ring, &unit, data, TRUE);
    unit = made_unit (1, 0, 130, data);
    ht_ring_push (ring, &unit, data, FALSE);
    g_assert_true (ht_ring_seek (ring, 100));
    for (size_t i = 0; i < G_N_ELEMENTS (wanted); i++) {
        g_autoptr (GBytes) popped = ht_ring_pop (ring, &unit);

        g_assert_nonnull (popped);
        g_assert_cmpint (unit.pts, ==, wanted[i]);
        g_assert_cmpint (unit.stream, ==, i == 0 ? 0 : 1);
    }
    g_assert_cmpint (ht_ring_get_length (ring), ==, 0);
}

static void
test_bounded_in_time (void)
{
    g_autoptr (HtRing) ring = ht_ring_new (10000, 1 << 20);

    fill (ring, 0, 1000, 4);
    g_assert_cmpuint (ht_ring_get_length (ring), <=, 2 * 11);
    g_assert_cmpuint (ht_ring_get_length (ring), >=, 2 * 5);
    g_assert_cmpint (pop_second (ring) % 4, ==, 0);
}

static void
test_bounded_in_octets (void)
{
    g_autoptr (HtRing) ring = ht_ring_new (1000000, 20000);

    fill (ring, 0, 1000, 4);
    g_assert_cmpint (ht_ring_get_bytes (ring), <=, 20000);
    g_assert_cmpint (pop_second (ring) % 4, ==, 0);
}

/* A group longer than the ring cannot be held: memory stays bounded all the same. */
static void
test_endless_group (void)
{
    g_autoptr (HtRing) ring = ht_ring_new (10000, 20000);

    fill (ring, 0, 1000, 100000);
    g_assert_cmpint (ht_ring_get_bytes (ring), <=, 20000);
}

static void
test_shift (void)
{
    g_autoptr (HtRing) ring = ht_ring_new (30000, 1 << 20);
    g_autoptr (GBytes) picture = NULL;
    g_autoptr (GBytes) sound = NULL;
    HtUnit unit;

    fill (ring, 3, 1, 1);
    ht_ring_shift (ring, 1, -50);
    picture = ht_ring_pop (ring, &unit);
    g_assert_cmpint (unit.pts, ==, 3 * HT_UNIT_CLOCK_HZ);
    sound = ht_ring_pop (ring, &unit);
    g_assert_cmpint (unit.pts, ==, 3 * HT_UNIT_CLOCK_HZ + 50);
    g_assert_cmpint (unit.dts, ==, unit.pts);
}

static void
test_longest_group (void)
{
    g_autoptr (HtRing) ring = ht_ring_new (30000, 1 << 20);

    fill (ring, 0, 3, 1);
    g_assert_cmpint (ht_ring_get_longest_group (ring), ==, HT_UNIT_CLOCK_HZ);
    fill (ring, 3, 10, 6);
    g_assert_cmpint (ht_ring_get_longest_group (ring), ==, 6 * HT_UNIT_CLOCK_HZ);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/ring/key-before", test_begins_at_the_key_frame_before);
    g_test_add_func ("/media/ring/all-later", test_begins_at_the_first_where_all_are_later);
    g_test_add_func ("/media/ring/no-key", test_no_key_frame_is_nothing);
    g_test_add_func ("/media/ring/early-sound", test_sound_that_came_early);
    g_test_add_func ("/media/ring/time", test_bounded_in_time);
    g_test_add_func ("/media/ring/octets", test_bounded_in_octets);
    g_test_add_func ("/media/ring/endless", test_endless_group);
    g_test_add_func ("/media/ring/shift", test_shift);
    g_test_add_func ("/media/ring/longest", test_longest_group);
    return g_test_run ();
}
