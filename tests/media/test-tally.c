/* SPDX-License-Identifier: MIT */

#include "media/supervisor/tally.h"

#define S   G_USEC_PER_SEC
#define NOW (1000 * S)

#define WRITES                                                                                     \
    {                                                                                              \
        TRUE, FALSE,                                                                               \
        {                                                                                          \
            .pid = 7, .start_us = 900 * S, .bytes = 10, .last_written_us = NOW - S                 \
        }                                                                                          \
    }
#define SILENT                                                                                     \
    {                                                                                              \
        TRUE, FALSE,                                                                               \
        {                                                                                          \
            .pid = 7, .start_us = 900 * S, .bytes = 10, .last_written_us = NOW - 3 * S             \
        }                                                                                          \
    }
#define DEAD                                                                                       \
    {                                                                                              \
        FALSE, FALSE,                                                                              \
        {                                                                                          \
            .pid = 7, .start_us = 900 * S, .last_written_us = NOW - S                              \
        }                                                                                          \
    }
#define WAITS                                                                                      \
    {                                                                                              \
        TRUE, FALSE,                                                                               \
        {                                                                                          \
            .pid = 7, .start_us = 1005 * S, .last_unit_us = NOW - S                                \
        }                                                                                          \
    }
#define EMPTY                                                                                      \
    {                                                                                              \
        TRUE, FALSE,                                                                               \
        {                                                                                          \
            .pid = 7, .start_us = 1005 * S                                                         \
        }                                                                                          \
    }
#define OVER                                                                                       \
    {                                                                                              \
        FALSE, TRUE,                                                                               \
        {                                                                                          \
            .pid = 7, .start_us = 900 * S, .bytes = 5                                              \
        }                                                                                          \
    }
#define NEW                                                                                        \
    {                                                                                              \
        TRUE, FALSE,                                                                               \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }

static const struct {
    const char *what;
    HtTallyTrack tracks[2];
    int kind; /* -1: nothing to say */
    int64_t bytes;
} cases[] = {
    { "both write", { WRITES, WRITES }, HT_MEDIA_WRITING, 20 },
    { "one of two is silent", { WRITES, SILENT }, HT_MEDIA_LOST, 20 },
    { "one of two is dead", { WRITES, DEAD }, HT_MEDIA_LOST, 10 },
    { "one ended before the other", { WRITES, OVER }, HT_MEDIA_WRITING, 15 },
    { "both ended", { OVER, OVER }, HT_MEDIA_DRAINED, 10 },
    { "both wait with units", { WAITS, WAITS }, HT_MEDIA_ARMED, 0 },
    { "one has no unit yet", { WAITS, EMPTY }, -1, 0 },
    { "just started", { NEW, NEW }, -1, 0 },
};

static void
test_cases (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        HtMediaEvent event = { 0 };
        gboolean said = ht_tally (cases[i].tracks, 2, NOW, &event);

        g_test_message ("%s", cases[i].what);
        g_assert_cmpint (said ? (int) event.kind : -1, ==, cases[i].kind);
        g_assert_cmpint (event.bytes, ==, cases[i].bytes);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/tally/cases", test_cases);
    return g_test_run ();
}
