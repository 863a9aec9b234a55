/* SPDX-License-Identifier: MIT */

#include "media/finalise/audio-lane.h"

typedef struct {
    const char *what;
    int64_t pts;
    gboolean taken;
    int64_t silent, at;
} Step;

static void
walk (int64_t rate_hz, const Step *steps, size_t n_steps)
{
    HtAudioLane lane = { .rate_hz = rate_hz };

    for (size_t i = 0; i < n_steps; i++) {
        int64_t silent = -1, at = -1;

        g_test_message ("%s", steps[i].what);
        g_assert_cmpint (ht_audio_lane_take (&lane, steps[i].pts, &silent, &at), ==,
                         steps[i].taken);
        if (!steps[i].taken)
            continue;
        g_assert_cmpint (silent, ==, steps[i].silent);
        g_assert_cmpint (at, ==, steps[i].at);
    }
}

static void
test_gap_and_overlap (void)
{
    /* at 48 kHz a frame lasts 1920 ticks */
    static const Step steps[] = {
        { "wholly before the start", -1920, FALSE, 0, 0 },
        { "across the start", -900, TRUE, 0, -480 },
        { "the next, a tick late", 1021, TRUE, 0, 544 },
        { "again the same", 1021, FALSE, 0, 0 },
        { "after three lost ones", 1020 + 4 * 1920, TRUE, 3, 1568 },
        { "the next of these", 1020 + 5 * 1920, TRUE, 0, 1568 + 4 * 1024 },
    };

    walk (48000, steps, G_N_ELEMENTS (steps));
}

static void
test_late_sound (void)
{
    static const Step steps[] = {
        { "sound begins one second late", 90000, TRUE, 47, 0 },
        { "and goes on", 90000 + 1920, TRUE, 0, 48 * 1024 },
    };

    walk (48000, steps, G_N_ELEMENTS (steps));
}

/* 44.1 kHz does not divide 90 kHz: rounding must neither insert nor drop over an hour. */
static void
test_rounding_does_not_add_up (void)
{
    HtAudioLane lane = { .rate_hz = 44100 };

    for (int64_t frame = 0; frame < 155039; frame++) {
        int64_t silent, at;

        g_assert_true (ht_audio_lane_take (&lane, frame * 1024 * 90000 / 44100, &silent, &at));
        g_assert_cmpint (silent, ==, 0);
        g_assert_cmpint (at, ==, frame * 1024);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/audio-lane/gap-and-overlap", test_gap_and_overlap);
    g_test_add_func ("/media/audio-lane/late-sound", test_late_sound);
    g_test_add_func ("/media/audio-lane/rounding", test_rounding_does_not_add_up);
    return g_test_run ();
}
