/* SPDX-License-Identifier: MIT */

#include "scheduler/core/agenda.h"

/* The session is from 1000 to 2000; the door opens at 700, recorders are armed at 980. */
static const HtAgendaLeads leads = { 300, 20 };

enum { START = 1000, END = 2000, NO_JOB = -1 };

static HtAgendaItem
make_item (HtSessionState state, int job)
{
    return (HtAgendaItem){ .session_id = 7,
                           .start_us = START,
                           .end_us = END,
                           .hold_until_us = 500,
                           .withdraw_us = 9000,
                           .state = state,
                           .has_job = job != NO_JOB,
                           .job = job == NO_JOB ? HT_JOB_PLANNED : job };
}

#define S(event) HT_SESSION_##event
#define J(event) HT_JOB_##event
#define NIL      HT_AGENDA_NOTHING
#define NEVER    HT_AGENDA_NEVER

static void
test_what_should_be_so (void)
{
    /* clang-format off */
    static const struct {
        const char *sentence;
        HtSessionState state;
        int job;
        int64_t now_us;
        int session_event, job_event;
        int64_t due_us;
    } rows[] = {
        { "long before", S (SCHEDULED), J (PLANNED), 10, NIL, NIL, 700 },
        { "the door opens", S (SCHEDULED), J (PLANNED), 700, S (OPEN_DUE), NIL, 700 },
        { "an instant earlier it does not", S (SCHEDULED), J (PLANNED), 699, NIL, NIL, 700 },
        { "recorders are armed", S (OPEN), J (PLANNED), 980, NIL, J (ARM), 980 },
        { "armed: nothing until the start", S (OPEN), J (ARMING), 985, NIL, NIL, START },
        { "the start", S (OPEN), J (ARMING), START, S (START_DUE), J (START), START },
        { "running", S (RUNNING), J (RECORDING), 1500, NIL, NIL, END },
        { "running on with a lost camera", S (RUNNING), J (RECOVERING), 1500, NIL, NIL, END },
        { "the end", S (RUNNING), J (RECORDING), END, S (END_DUE), J (END), END },
        { "recorders drain", S (CLOSING), J (DRAINING), END, NIL, NIL, NEVER },
        { "they have", S (CLOSING), J (FINALISING), END, S (CLOSED), NIL, INT64_MIN },
        { "nothing was recorded", S (CLOSING), NO_JOB, END, S (CLOSED), NIL, INT64_MIN },
        { "ended", S (ENDED), J (FINALISING), 3000, NIL, NIL, NEVER },
        { "a late start after a power cut", S (SCHEDULED), J (PLANNED), 1500, S (START_DUE), J (START), 700 },
        { "back after the end", S (SCHEDULED), J (PLANNED), 2500, S (MISS), J (END), 700 },
        { "back after the end, the door was open", S (OPEN), J (ARMING), 2500, S (MISS), J (END), START },
        { "back after the end of what ran", S (RUNNING), J (RECORDING), 9999, S (END_DUE), J (END), END },
        { "stopped by hand", S (CLOSING), J (RECORDING), 1500, NIL, J (END), INT64_MIN },
        { "stopped by hand before a recorder came up", S (CLOSING), J (PLANNED), 1500, NIL, J (END), INT64_MIN },
        { "cancelled while recording", S (CANCELLED), J (RECORDING), 1500, NIL, J (CANCEL), INT64_MIN },
        { "cancelled before", S (CANCELLED), J (PLANNED), 10, NIL, J (CANCEL), INT64_MIN },
        { "cancelled, and the rest is done", S (CANCELLED), J (DRAINING), 10, NIL, NIL, 9000 },
        { "cancelled long ago", S (CANCELLED), NO_JOB, 9000, S (WITHDRAW), NIL, 9000 },
        { "moved away while armed", S (SCHEDULED), J (ARMING), 500, NIL, J (DISARM), INT64_MIN },
        { "armed before the door opens is in order", S (SCHEDULED), J (ARMING), 990, S (OPEN_DUE), NIL, 700 },
        { "a hold", S (HELD), J (PLANNED), 10, NIL, NIL, 500 },
        { "a hold expires", S (HELD), J (PLANNED), 500, S (EXPIRE), NIL, 500 },
        { "a draft that waits for a place", S (DRAFT), J (PLANNED), 10, NIL, NIL, 500 },
        { "waits as long as a hold", S (DRAFT), J (PLANNED), 500, S (EXPIRE), NIL, 500 },
        { "a draft whose recorders are still armed", S (DRAFT), J (ARMING), 10, NIL, J (DISARM), INT64_MIN },
    };
    /* clang-format on */

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        HtAgendaItem item = make_item (rows[i].state, rows[i].job);
        HtAgendaDue due = ht_agenda_judge (&leads, &item, rows[i].now_us);

        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (due.session_event, ==, rows[i].session_event);
        g_assert_cmpint (due.job_event, ==, rows[i].job_event);
        g_assert_cmpint (due.due_us, ==, rows[i].due_us);
    }
}

static void
test_who_runs_it_is_told (void)
{
    /* asked 500, 200 and 50 before the start; what runs on is extended 60 before the end */
    static const HtAgendaLeads caring = { 0, 0, { 500, 200, 50 }, 60 };
    static const struct {
        const char *sentence;
        HtSessionState state;
        gboolean is_asked, runs_on;
        int64_t asked_us, now_us;
        int care_event;
        int64_t due_us;
    } rows[] = {
        { "long before", S (SCHEDULED), TRUE, FALSE, 0, 10, NIL, 500 },
        { "a day before", S (SCHEDULED), TRUE, FALSE, 0, 500, HT_CARE_ASK, 500 },
        { "told: nothing until an hour before", S (SCHEDULED), TRUE, FALSE, 501, 600, NIL, 800 },
        { "an hour before, with the door open", S (OPEN), TRUE, FALSE, 501, 800, HT_CARE_ASK, 800 },
        { "booked late, or the service was down: once, not three times", S (SCHEDULED), TRUE, FALSE,
          0, 960, HT_CARE_ASK, 500 },
        { "told for the last time: nothing until the start", S (OPEN), TRUE, FALSE, 960, 970, NIL,
          START },
        { "told for an earlier start, then moved: told again", S (SCHEDULED), TRUE, FALSE, 100, 600,
          HT_CARE_ASK, 500 },
        { "without sites nobody is asked", S (SCHEDULED), FALSE, FALSE, 0, 600, NIL, START },
        { "a hold is not asked", S (HELD), TRUE, FALSE, 0, 480, NIL, 500 },
        { "what runs is not asked", S (RUNNING), TRUE, FALSE, 0, 1500, NIL, END },
        { "running on", S (RUNNING), TRUE, TRUE, 0, 1900, NIL, END - 60 },
        { "running on, near its end", S (RUNNING), TRUE, TRUE, 0, 1940, HT_CARE_RUN_ON, END - 60 },
        { "what has not begun does not run on", S (OPEN), FALSE, TRUE, 0, 900, NIL, START },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
        HtAgendaItem item = make_item (rows[i].state, NO_JOB);
        HtAgendaDue due;

        item.is_asked = rows[i].is_asked;
        item.asked_us = rows[i].asked_us;
        item.runs_on = rows[i].runs_on;
        due = ht_agenda_judge (&caring, &item, rows[i].now_us);
        g_test_message ("%s", rows[i].sentence);
        g_assert_cmpint (due.care_event, ==, rows[i].care_event);
        g_assert_cmpint (due.due_us, ==, rows[i].due_us);
    }
}

static void
test_a_hold_does_not_outlive_its_start (void)
{
    HtAgendaItem item = make_item (HT_SESSION_HELD, NO_JOB);

    item.hold_until_us = 5000;
    g_assert_cmpint (ht_agenda_judge (&leads, &item, START).session_event, ==, HT_SESSION_EXPIRE);
}

/* Whatever is due is an edge of its machine, for every pair of states at every instant. */
static void
test_the_machines_take_what_is_due (void)
{
    static const int64_t instants[] = { 0, 500, 700, 980, START, 1500, END, 9999 };
    HtSessionStep session;
    HtJobStep job;

    for (unsigned i = 0; i < HT_SESSION_N_STATES * HT_JOB_N_STATES * 8; i++) {
        HtAgendaItem item = make_item (i / 8 / HT_JOB_N_STATES, (int) (i / 8 % HT_JOB_N_STATES));
        HtAgendaDue due = ht_agenda_judge (&leads, &item, instants[i % 8]);

        g_test_message ("%s, %s, %d", ht_session_state_names[item.state],
                        ht_job_state_names[item.job], (int) instants[i % 8]);
        if (due.session_event != NIL)
            g_assert_true (ht_session_machine_step (item.state, due.session_event, &session, NULL));
        if (due.job_event != NIL)
            g_assert_true (ht_job_machine_step (item.job, due.job_event, &job, NULL));
        g_assert_cmpint (due.due_us <= instants[i % 8], ==,
                         due.session_event != NIL || due.job_event != NIL);
    }
}

/* Carries out what is due until nothing is. */
static unsigned
settle (HtAgendaItem *item, int64_t now_us)
{
    for (unsigned steps = 0; steps < 10; steps++) {
        HtAgendaDue due = ht_agenda_judge (&leads, item, now_us);
        HtSessionStep session = { TRUE, item->state, 0 };
        HtJobStep job = { TRUE, item->job, 0 };

        if (due.session_event == NIL && due.job_event == NIL)
            return steps;
        if (due.session_event != NIL)
            ht_session_machine_step (item->state, due.session_event, &session, NULL);
        if (due.job_event != NIL)
            ht_job_machine_step (item->job, due.job_event, &job, NULL);
        item->state = session.next;
        item->job = job.next;
    }
    g_assert_not_reached ();
}

static void
test_any_gap_leads_to_the_same (void)
{
    for (int64_t asleep_us = 1; asleep_us < 2600; asleep_us += 13) {
        HtAgendaItem item = make_item (HT_SESSION_SCHEDULED, HT_JOB_PLANNED);

        for (int64_t now_us = 0; now_us < 2600; now_us += asleep_us)
            settle (&item, now_us);
        settle (&item, 2600);
        /* a recorder reports */
        if (item.job == HT_JOB_DRAINING)
            item.job = HT_JOB_FINALISING;
        settle (&item, 2600);
        g_assert_cmpstr (ht_session_state_names[item.state], ==, "ended");
        g_assert_true (item.job == HT_JOB_FINALISING || item.job == HT_JOB_INCOMPLETE);
    }
}

/* --- many ---------------------------------------------------------------------------------- */

static int64_t
least_due (const HtAgendaItem *items, unsigned count, int64_t now_us)
{
    int64_t least_us = NEVER;

    for (unsigned i = 0; i < count; i++)
        if (items[i].session_id != 0)
            least_us = MIN (least_us, ht_agenda_judge (&leads, &items[i], now_us).due_us);
    return least_us;
}

static void
test_the_heap_is_like_a_list (void)
{
    enum { COUNT = 200, NOW = 50000 };
    g_autoptr (HtAgenda) agenda = ht_agenda_new (&leads);
    g_autoptr (GRand) rand = g_rand_new_with_seed (9);
    HtAgendaItem items[COUNT] = { 0 };

    for (int round = 0; round < 4000; round++) {
        unsigned i = (unsigned) g_rand_int_range (rand, 0, COUNT);

        if (g_rand_int_range (rand, 0, 4) == 0) {
            ht_agenda_remove (agenda, i + 1);
            items[i].session_id = 0;
        } else {
            items[i] = make_item ((HtSessionState) g_rand_int_range (rand, 0, HT_SESSION_N_STATES),
                                  g_rand_int_range (rand, NO_JOB, HT_JOB_N_STATES));
            items[i].session_id = i + 1;
            items[i].start_us = g_rand_int_range (rand, 1000, 100000);
            items[i].end_us = items[i].start_us + 50;
            items[i].hold_until_us = items[i].start_us - 500;
            ht_agenda_put (agenda, &items[i], NOW);
        }
        g_assert_cmpint (ht_agenda_next (agenda), ==, least_due (items, COUNT, NOW));
    }
    {
        g_autoptr (GArray) due = ht_agenda_list_due (agenda, NOW);
        unsigned expected = 0;

        for (unsigned i = 0; i < COUNT; i++)
            expected +=
                items[i].session_id != 0 && ht_agenda_judge (&leads, &items[i], NOW).due_us <= NOW;
        g_assert_cmpuint (due->len, ==, expected);
        g_assert_cmpuint (due->len, >, 20);
        for (unsigned i = 1; i < due->len; i++)
            g_assert_cmpint (g_array_index (due, HtAgendaDue, i - 1).due_us, <=,
                             g_array_index (due, HtAgendaDue, i).due_us);
    }
}

static void
test_what_is_over_is_not_kept (void)
{
    g_autoptr (HtAgenda) agenda = ht_agenda_new (&leads);
    HtAgendaItem item = make_item (HT_SESSION_RUNNING, NO_JOB);

    g_assert_cmpint (ht_agenda_next (agenda), ==, NEVER);
    ht_agenda_put (agenda, &item, 0);
    g_assert_cmpuint (ht_agenda_get_count (agenda), ==, 1);
    item.state = HT_SESSION_ENDED;
    ht_agenda_put (agenda, &item, END);
    g_assert_cmpuint (ht_agenda_get_count (agenda), ==, 0);
    ht_agenda_remove (agenda, 7);
}

static void
test_a_draft_concerns_nobody (void)
{
    HtAgendaItem item = make_item (HT_SESSION_DRAFT, HT_JOB_PLANNED);
    HtAgendaDue due;

    item.hold_until_us = 0;
    due = ht_agenda_judge (&leads, &item, 5000);
    g_assert_cmpint (due.session_event, ==, NIL);
    g_assert_cmpint (due.job_event, ==, NIL);
    g_assert_cmpint (due.due_us, ==, NEVER);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/core/agenda/draft", test_a_draft_concerns_nobody);
    g_test_add_func ("/core/agenda/should-be-so", test_what_should_be_so);
    g_test_add_func ("/core/agenda/care", test_who_runs_it_is_told);
    g_test_add_func ("/core/agenda/hold", test_a_hold_does_not_outlive_its_start);
    g_test_add_func ("/core/agenda/machines", test_the_machines_take_what_is_due);
    g_test_add_func ("/core/agenda/gaps", test_any_gap_leads_to_the_same);
    g_test_add_func ("/core/agenda/heap", test_the_heap_is_like_a_list);
    g_test_add_func ("/core/agenda/over", test_what_is_over_is_not_kept);
    return g_test_run ();
}
