/* SPDX-License-Identifier: MIT */

#include "media/supervisor/plan.h"

#define S G_USEC_PER_SEC

static const struct {
    const char *what;
    HtTrackWish wish;
    HtTrackSight sight;
    int64_t now_us;
    HtTrackAct act;
} cases[] = {
    { "due and nobody there", { 100 * S, 200 * S }, { 0 }, 90 * S, HT_PLAN_START },
    { "runs as wished",
      { 100 * S, 200 * S },
      { .running = TRUE, .start_us = 100 * S, .end_us = 200 * S, .heartbeat_us = 99 * S },
      100 * S,
      HT_PLAN_REST },
    { "extended",
      { 100 * S, 300 * S },
      { .running = TRUE, .start_us = 100 * S, .end_us = 200 * S, .heartbeat_us = 99 * S },
      100 * S,
      HT_PLAN_SET_END },
    { "moved before it began",
      { 150 * S, 250 * S },
      { .running = TRUE, .start_us = 100 * S, .end_us = 200 * S, .heartbeat_us = 95 * S },
      95 * S,
      HT_PLAN_LEAVE },
    { "a start that lies behind cannot move any more",
      { 150 * S, 200 * S },
      { .running = TRUE, .start_us = 100 * S, .end_us = 200 * S, .heartbeat_us = 120 * S },
      120 * S,
      HT_PLAN_REST },
    { "hung",
      { 100 * S, 200 * S },
      { .running = TRUE, .start_us = 100 * S, .end_us = 200 * S, .heartbeat_us = 100 * S },
      111 * S,
      HT_PLAN_KILL },
    { "to be stopped",
      { 100 * S, 200 * S, TRUE },
      { .running = TRUE, .start_us = 100 * S, .end_us = 200 * S, .heartbeat_us = 110 * S },
      110 * S,
      HT_PLAN_STOP },
    { "ended", { 100 * S, 200 * S }, { .ended = TRUE }, 150 * S, HT_PLAN_REST },
    { "past its end without END: somebody must close it",
      { 100 * S, 200 * S },
      { .last_start_us = 90 * S, .first_death_us = 150 * S },
      500 * S,
      HT_PLAN_START },
    { "stopped before anything began", { 100 * S, 200 * S, TRUE }, { 0 }, 90 * S, HT_PLAN_REST },
    { "died just now: at once, but not in a spin",
      { 100 * S, 200 * S },
      { .last_start_us = 120 * S, .first_death_us = 120 * S },
      120 * S + S / 10,
      HT_PLAN_REST },
    { "died a moment ago",
      { 100 * S, 200 * S },
      { .last_start_us = 120 * S, .first_death_us = 120 * S },
      120 * S + S / 2,
      HT_PLAN_START },
    { "dies again and again for long: every five seconds",
      { 100 * S, 900 * S },
      { .last_start_us = 200 * S, .first_death_us = 120 * S },
      203 * S,
      HT_PLAN_REST },
    { "and then again",
      { 100 * S, 900 * S },
      { .last_start_us = 200 * S, .first_death_us = 120 * S },
      205 * S,
      HT_PLAN_START },
    { "the clock was set back",
      { 100 * S, 900 * S },
      { .last_start_us = 800 * S, .first_death_us = 700 * S },
      200 * S,
      HT_PLAN_START },
};

static void
test_cases (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_test_message ("%s", cases[i].what);
        g_assert_cmpint (ht_track_plan (&cases[i].wish, &cases[i].sight, cases[i].now_us), ==,
                         cases[i].act);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/plan/cases", test_cases);
    return g_test_run ();
}
