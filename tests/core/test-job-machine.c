/* SPDX-License-Identifier: MIT */

#include "scheduler/core/job-machine.h"

#include <string.h>

#include "scheduler/base/error.h"

static gboolean
leads_out (HtJobState from)
{
    HtJobStep step;

    for (int event = 0; event < HT_JOB_N_EVENTS; event++)
        if (ht_job_machine_step (from, event, &step, NULL) && step.next != from)
            return TRUE;
    return FALSE;
}

static void
test_names_are_whole (void)
{
    g_assert_cmpuint (g_strv_length ((char **) ht_job_state_names), ==, HT_JOB_N_STATES);
    g_assert_cmpuint (g_strv_length ((char **) ht_job_event_names), ==, HT_JOB_N_EVENTS);
}

static void
test_only_final_states_are_stuck (void)
{
    for (int state = 0; state < HT_JOB_N_STATES; state++) {
        g_test_message ("%s", ht_job_state_names[state]);
        g_assert_cmpint (leads_out (state), ==, !ht_job_machine_is_final (state));
    }
}

static gboolean
spread (gboolean *reached)
{
    gboolean more = FALSE;
    HtJobStep step;

    for (int i = 0; i < HT_JOB_N_STATES * HT_JOB_N_EVENTS; i++) {
        int from = i / HT_JOB_N_EVENTS;

        if (!reached[from] || !ht_job_machine_step (from, i % HT_JOB_N_EVENTS, &step, NULL))
            continue;
        more |= !reached[step.next];
        reached[step.next] = TRUE;
    }
    return more;
}

static void
test_every_state_is_reachable (void)
{
    gboolean reached[HT_JOB_N_STATES] = { TRUE };

    while (spread (reached))
        continue;
    for (int state = 0; state < HT_JOB_N_STATES; state++)
        if (!reached[state])
            g_error ("nothing leads to %s", ht_job_state_names[state]);
}

static void
test_final_states_take_nothing (void)
{
    HtJobStep step;

    for (int i = 0; i < HT_JOB_N_STATES * HT_JOB_N_EVENTS; i++)
        if (ht_job_machine_is_final (i / HT_JOB_N_EVENTS))
            g_assert_false (
                ht_job_machine_step (i / HT_JOB_N_EVENTS, i % HT_JOB_N_EVENTS, &step, NULL));
}

static void
test_lives (void)
{
    /* clang-format off */
    static const struct {
        const char *sentence;
        int events[9]; /* plus one; ends with 0 */
        HtJobState end;
    } rows[] = {
        { "as planned",
          { 1 + HT_JOB_ARM, 1 + HT_JOB_START, 1 + HT_JOB_END, 1 + HT_JOB_DRAINED,
            1 + HT_JOB_FINALISED }, HT_JOB_DONE },
        { "the camera was away for a while",
          { 1 + HT_JOB_ARM, 1 + HT_JOB_START, 1 + HT_JOB_LOSE, 1 + HT_JOB_LOSE,
            1 + HT_JOB_REGAIN }, HT_JOB_RECORDING },
        { "the camera was away at the end, and the file came out short",
          { 1 + HT_JOB_ARM, 1 + HT_JOB_START, 1 + HT_JOB_LOSE, 1 + HT_JOB_END,
            1 + HT_JOB_DRAINED, 1 + HT_JOB_FALL_SHORT }, HT_JOB_INCOMPLETE },
        { "the service was down from before arming until after the end",
          { 1 + HT_JOB_END }, HT_JOB_INCOMPLETE },
        { "cancelled while armed: nothing is missing",
          { 1 + HT_JOB_ARM, 1 + HT_JOB_CANCEL }, HT_JOB_DONE },
        { "cancelled while recording: what there is is kept",
          { 1 + HT_JOB_ARM, 1 + HT_JOB_START, 1 + HT_JOB_CANCEL, 1 + HT_JOB_DRAINED },
          HT_JOB_FINALISING },
        { "the finaliser was killed and starts again",
          { 1 + HT_JOB_START, 1 + HT_JOB_END, 1 + HT_JOB_DRAINED, 1 + HT_JOB_DRAINED,
            1 + HT_JOB_FINALISED }, HT_JOB_DONE },
    };
    /* clang-format on */

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        HtJobStep step = { TRUE, HT_JOB_PLANNED, 0 };
        g_autoptr (GError) error = NULL;

        g_test_message ("%s", rows[i].sentence);
        for (const int *event = rows[i].events; *event != 0; event++) {
            ht_job_machine_step (step.next, *event - 1, &step, &error);
            g_assert_no_error (error);
        }
        g_assert_cmpstr (ht_job_state_names[step.next], ==, ht_job_state_names[rows[i].end]);
    }
}

static void
test_a_person_hears_of_what_is_incomplete (void)
{
    HtJobStep step;

    for (int i = 0; i < HT_JOB_N_STATES * HT_JOB_N_EVENTS; i++)
        if (ht_job_machine_step (i / HT_JOB_N_EVENTS, i % HT_JOB_N_EVENTS, &step, NULL) &&
            step.next == HT_JOB_INCOMPLETE)
            g_assert_true (step.effects & HT_JOB_TELL);
}

static void
test_no_recorder_is_left_behind (void)
{
    HtJobStep step;

    for (int i = 0; i < HT_JOB_N_STATES * HT_JOB_N_EVENTS; i++) {
        int from = i / HT_JOB_N_EVENTS;

        if (!ht_job_machine_step (from, i % HT_JOB_N_EVENTS, &step, NULL))
            continue;
        if (ht_job_machine_is_live (from) && !ht_job_machine_is_live (step.next))
            g_assert_true (step.effects & HT_JOB_STOP_RECORDERS);
        if (!ht_job_machine_is_live (from) && ht_job_machine_is_live (step.next))
            g_assert_true (step.effects & HT_JOB_START_RECORDERS);
    }
}

static void
test_a_missing_edge_names_both (void)
{
    g_autoptr (GError) error = NULL;
    HtJobStep step;

    g_assert_false (ht_job_machine_step (HT_JOB_DONE, HT_JOB_LOSE, &step, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_CONFLICT);
    g_assert_nonnull (strstr (error->message, "done"));
    g_assert_nonnull (strstr (error->message, "lose"));
    g_clear_error (&error);
    g_assert_false (ht_job_machine_step (HT_JOB_DONE, HT_JOB_N_EVENTS, &step, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/job-machine/names", test_names_are_whole);
    g_test_add_func ("/core/job-machine/stuck", test_only_final_states_are_stuck);
    g_test_add_func ("/core/job-machine/reachable", test_every_state_is_reachable);
    g_test_add_func ("/core/job-machine/final", test_final_states_take_nothing);
    g_test_add_func ("/core/job-machine/lives", test_lives);
    g_test_add_func ("/core/job-machine/tell", test_a_person_hears_of_what_is_incomplete);
    g_test_add_func ("/core/job-machine/recorders", test_no_recorder_is_left_behind);
    g_test_add_func ("/core/job-machine/refusal", test_a_missing_edge_names_both);
    return g_test_run ();
}
