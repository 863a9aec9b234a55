/* SPDX-License-Identifier: MIT */

#include "scheduler/core/session-machine.h"

#include <string.h>

#include "scheduler/base/error.h"

static gboolean
leads_out (HtSessionState from)
{
    HtSessionStep step;

    for (int event = 0; event < HT_SESSION_N_EVENTS; event++)
        if (ht_session_machine_step (from, event, &step, NULL) && step.next != from)
            return TRUE;
    return FALSE;
}

static void
test_names_are_whole (void)
{
    g_assert_cmpuint (g_strv_length ((char **) ht_session_state_names), ==, HT_SESSION_N_STATES);
    g_assert_cmpuint (g_strv_length ((char **) ht_session_event_names), ==, HT_SESSION_N_EVENTS);
}

static void
test_only_final_states_are_stuck (void)
{
    for (int state = 0; state < HT_SESSION_N_STATES; state++) {
        g_test_message ("%s", ht_session_state_names[state]);
        g_assert_cmpint (leads_out (state), ==, !ht_session_machine_is_final (state));
    }
}

static gboolean
spread (gboolean *reached)
{
    gboolean more = FALSE;
    HtSessionStep step;

    for (int i = 0; i < HT_SESSION_N_STATES * HT_SESSION_N_EVENTS; i++) {
        int from = i / HT_SESSION_N_EVENTS;

        if (!reached[from] || !ht_session_machine_step (from, i % HT_SESSION_N_EVENTS, &step, NULL))
            continue;
        more |= !reached[step.next];
        reached[step.next] = TRUE;
    }
    return more;
}

static void
test_every_state_is_reachable (void)
{
    gboolean reached[HT_SESSION_N_STATES] = { TRUE };

    while (spread (reached))
        continue;
    for (int state = 0; state < HT_SESSION_N_STATES; state++)
        if (!reached[state])
            g_error ("nothing leads to %s", ht_session_state_names[state]);
}

static void
test_final_states_take_nothing (void)
{
    HtSessionStep step;

    for (int i = 0; i < HT_SESSION_N_STATES * HT_SESSION_N_EVENTS; i++) {
        int from = i / HT_SESSION_N_EVENTS, event = i % HT_SESSION_N_EVENTS;
        /* feeds forget what was cancelled, which stays cancelled */
        gboolean taken = from == HT_SESSION_CANCELLED && event == HT_SESSION_WITHDRAW;

        if (ht_session_machine_is_final (from))
            g_assert_cmpint (ht_session_machine_step (from, event, &step, NULL), ==, taken);
    }
}

static void
test_lives (void)
{
    /* clang-format off */
    static const struct {
        const char *sentence;
        int events[8]; /* plus one; ends with 0 */
        HtSessionState end;
    } rows[] = {
        { "booked, met, ended",
          { 1 + HT_SESSION_APPROVE, 1 + HT_SESSION_OPEN_DUE, 1 + HT_SESSION_START_DUE,
            1 + HT_SESSION_END_DUE, 1 + HT_SESSION_CLOSED }, HT_SESSION_ENDED },
        { "held, expired, held again, approved",
          { 1 + HT_SESSION_HOLD, 1 + HT_SESSION_EXPIRE, 1 + HT_SESSION_HOLD,
            1 + HT_SESSION_APPROVE }, HT_SESSION_SCHEDULED },
        { "refused, asked for again, approved",
          { 1 + HT_SESSION_HOLD, 1 + HT_SESSION_REFUSE, 1 + HT_SESSION_HOLD,
            1 + HT_SESSION_APPROVE }, HT_SESSION_SCHEDULED },
        { "displaced, and given another place",
          { 1 + HT_SESSION_APPROVE, 1 + HT_SESSION_DISPLACE, 1 + HT_SESSION_MOVE,
            1 + HT_SESSION_APPROVE }, HT_SESSION_SCHEDULED },
        { "started before its time, extended twice, stopped by hand",
          { 1 + HT_SESSION_APPROVE, 1 + HT_SESSION_START_NOW, 1 + HT_SESSION_EXTEND,
            1 + HT_SESSION_EXTEND, 1 + HT_SESSION_STOP_NOW }, HT_SESSION_CLOSING },
        { "the service came back in the middle of it",
          { 1 + HT_SESSION_APPROVE, 1 + HT_SESSION_START_DUE }, HT_SESSION_RUNNING },
        { "the service came back after it",
          { 1 + HT_SESSION_APPROVE, 1 + HT_SESSION_MISS }, HT_SESSION_ENDED },
        { "moved to next week with its door already open",
          { 1 + HT_SESSION_APPROVE, 1 + HT_SESSION_OPEN_DUE, 1 + HT_SESSION_MOVE },
          HT_SESSION_SCHEDULED },
    };
    /* clang-format on */

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        HtSessionStep step = { TRUE, HT_SESSION_DRAFT, 0 };
        g_autoptr (GError) error = NULL;

        g_test_message ("%s", rows[i].sentence);
        for (const int *event = rows[i].events; *event != 0; event++) {
            ht_session_machine_step (step.next, *event - 1, &step, &error);
            g_assert_no_error (error);
        }
        g_assert_cmpstr (ht_session_state_names[step.next], ==,
                         ht_session_state_names[rows[i].end]);
    }
}

static void
test_cancelled_from_any_state_before_ended (void)
{
    HtSessionStep step;

    for (int state = 0; state < HT_SESSION_N_STATES; state++) {
        if (ht_session_machine_is_final (state))
            continue;
        g_assert_true (ht_session_machine_step (state, HT_SESSION_CANCEL, &step, NULL));
        g_assert_cmpint (step.next, ==, HT_SESSION_CANCELLED);
        /* whatever occupied a resource gives it back */
        g_assert_cmpint (ht_session_machine_occupies (state), ==,
                         (step.effects & HT_SESSION_RELEASE) != 0);
        /* whoever could see it is told, and nobody else */
        g_assert_cmpint (ht_session_machine_is_published (state), ==,
                         (step.effects & HT_SESSION_NOTIFY) != 0);
    }
}

static void
test_resources_follow_the_state (void)
{
    HtSessionStep step;

    for (int i = 0; i < HT_SESSION_N_STATES * HT_SESSION_N_EVENTS; i++) {
        int from = i / HT_SESSION_N_EVENTS;

        if (!ht_session_machine_step (from, i % HT_SESSION_N_EVENTS, &step, NULL))
            continue;
        if (!ht_session_machine_occupies (from) && ht_session_machine_occupies (step.next))
            g_assert_true (step.effects & HT_SESSION_RESERVE);
        if (ht_session_machine_occupies (from) && !ht_session_machine_occupies (step.next))
            g_assert_true (step.effects & HT_SESSION_RELEASE);
    }
}

static void
test_a_missing_edge_names_both (void)
{
    g_autoptr (GError) error = NULL;
    HtSessionStep step;

    g_assert_false (ht_session_machine_step (HT_SESSION_ENDED, HT_SESSION_EXTEND, &step, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_CONFLICT);
    g_assert_nonnull (strstr (error->message, "ended"));
    g_assert_nonnull (strstr (error->message, "extend"));
    g_clear_error (&error);
    g_assert_false (ht_session_machine_step (-1, HT_SESSION_EXTEND, &step, &error));
    g_assert_error (error, HT_ERROR, HT_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/session-machine/names", test_names_are_whole);
    g_test_add_func ("/core/session-machine/stuck", test_only_final_states_are_stuck);
    g_test_add_func ("/core/session-machine/reachable", test_every_state_is_reachable);
    g_test_add_func ("/core/session-machine/final", test_final_states_take_nothing);
    g_test_add_func ("/core/session-machine/lives", test_lives);
    g_test_add_func ("/core/session-machine/cancel", test_cancelled_from_any_state_before_ended);
    g_test_add_func ("/core/session-machine/resources", test_resources_follow_the_state);
    g_test_add_func ("/core/session-machine/refusal", test_a_missing_edge_names_both);
    return g_test_run ();
}
