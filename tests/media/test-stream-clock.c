/* SPDX-License-Identifier: MIT */

#include "media/pipeline/stream-clock.h"

#define VIDEO     0
#define AUDIO     1
#define MS        90
#define ARRIVAL   1700000000000000
#define TICKS     (ARRIVAL / 100 * 9)
#define NTP(secs) ((uint64_t) (3900000000u + (secs)) << 32)

static HtStreamClock
make (gboolean video, gboolean audio)
{
    return (HtStreamClock){ .expected = { video, audio } };
}

/* The picture stands where its first packet arrived; sound too, until it is known better. */
static void
test_arrival (void)
{
    HtStreamClock clock = make (TRUE, TRUE);

    ht_stream_clock_lay (&clock, VIDEO, 1000, ARRIVAL);
    g_assert_cmpint (ht_stream_clock_map (&clock, VIDEO, 1000), ==, TICKS);
    g_assert_cmpint (ht_stream_clock_map (&clock, VIDEO, 4600), ==, TICKS + 3600);
    g_assert_false (ht_stream_clock_is_settled (&clock, ARRIVAL));
    ht_stream_clock_lay (&clock, AUDIO, 77, ARRIVAL + 20000);
    g_assert_cmpint (ht_stream_clock_map (&clock, AUDIO, 77), ==, TICKS + 20 * MS);
    g_assert_false (ht_stream_clock_is_settled (&clock, ARRIVAL));
    g_assert_true (ht_stream_clock_is_settled (&clock, ARRIVAL + 11 * G_USEC_PER_SEC));
}

static HtStreamClock
make_aligned (void)
{
    HtStreamClock clock = make (TRUE, TRUE);

    ht_stream_clock_lay (&clock, VIDEO, 0, ARRIVAL);
    ht_stream_clock_lay (&clock, AUDIO, 0, ARRIVAL + 20000);
    ht_stream_clock_report (&clock, VIDEO, NTP (5), 5 * 90000);
    ht_stream_clock_report (&clock, AUDIO, NTP (5), 5 * 90000);
    return clock;
}

/* The first pair of reports lays sound beside the picture, wherever it arrived. */
static void
test_reports (void)
{
    HtStreamClock clock = make_aligned ();

    g_assert_true (ht_stream_clock_is_settled (&clock, ARRIVAL));
    g_assert_cmpint (ht_stream_clock_map (&clock, AUDIO, 0), ==, TICKS);
    g_assert_cmpint (ht_stream_clock_map (&clock, VIDEO, 0), ==, TICKS);
}

typedef struct {
    const char *says;
    int pairs_ms[3]; /* how much later each pair says that sound is */
    int moved_ms;
} DriftCase;

static const DriftCase DRIFTS[] = {
    { "less than 10 ms is grain", { 9, 9, 9 }, 0 },
    { "more must be said twice", { 50, 0, 0 }, 0 },
    { "and is then believed", { 50, 50, 50 }, 50 },
    { "twice the same, not twice something", { 50, 90, 0 }, 0 },
};

static void
test_drift (gconstpointer data)
{
    const DriftCase *row = data;
    HtStreamClock clock = make_aligned ();

    for (unsigned i = 0; i < G_N_ELEMENTS (row->pairs_ms); i++) {
        ht_stream_clock_report (&clock, VIDEO, NTP (10 + i), (10 + i) * 90000);
        ht_stream_clock_report (&clock, AUDIO, NTP (10 + i),
                                (10 + i) * 90000 - row->pairs_ms[i] * MS);
    }
    g_assert_cmpint (ht_stream_clock_map (&clock, AUDIO, 0), ==, TICKS + row->moved_ms * MS);
}

/* A camera without a clock says 0, and arrival stays. */
static void
test_clockless (void)
{
    HtStreamClock clock = make (TRUE, TRUE);

    ht_stream_clock_lay (&clock, VIDEO, 0, ARRIVAL);
    ht_stream_clock_lay (&clock, AUDIO, 0, ARRIVAL + 20000);
    ht_stream_clock_report (&clock, VIDEO, 0, 5 * 90000);
    ht_stream_clock_report (&clock, AUDIO, 0, 5 * 90000);
    g_assert_true (ht_stream_clock_is_settled (&clock, ARRIVAL));
    g_assert_cmpint (ht_stream_clock_map (&clock, AUDIO, 0), ==, TICKS + 20 * MS);
}

/* What an encoder that began again said before is forgotten. */
static void
test_forget (void)
{
    HtStreamClock clock = make_aligned ();

    ht_stream_clock_forget (&clock, AUDIO);
    g_assert_false (ht_stream_clock_is_settled (&clock, ARRIVAL));
    ht_stream_clock_report (&clock, VIDEO, NTP (20), 20 * 90000);
    g_assert_cmpint (ht_stream_clock_map (&clock, AUDIO, 0), ==, TICKS);
    ht_stream_clock_report (&clock, AUDIO, NTP (20), 19 * 90000);
    g_assert_cmpint (ht_stream_clock_map (&clock, AUDIO, 19 * 90000), ==, TICKS + 20 * 90000);
}

/* One stream alone needs nobody's report. */
static void
test_alone (void)
{
    HtStreamClock clock = make (FALSE, TRUE);

    g_assert_false (ht_stream_clock_is_settled (&clock, ARRIVAL));
    ht_stream_clock_lay (&clock, AUDIO, 0, ARRIVAL);
    g_assert_true (ht_stream_clock_is_settled (&clock, ARRIVAL));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/stream-clock/arrival", test_arrival);
    g_test_add_func ("/stream-clock/reports", test_reports);
    g_test_add_func ("/stream-clock/clockless", test_clockless);
    g_test_add_func ("/stream-clock/forget", test_forget);
    g_test_add_func ("/stream-clock/alone", test_alone);
    for (unsigned i = 0; i < G_N_ELEMENTS (DRIFTS); i++) {
        g_autofree char *path = g_strdup_printf ("/stream-clock/drift/%s", DRIFTS[i].says);

        g_test_add_data_func (path, &DRIFTS[i], test_drift);
    }
    return g_test_run ();
}
