/* SPDX-License-Identifier: MIT */

#include "media/recorder/care.h"

#define S    G_TIME_SPAN_SECOND
#define MS   G_TIME_SPAN_MILLISECOND
#define NOON (INT64_C (1000000) * S)

static HtCare
make (void)
{
    return (HtCare){ .stall_us = 2 * S };
}

static void
test_starts_when_wanted (void)
{
    HtCare care = make ();

    g_assert_cmpint (ht_care_decide (&care, FALSE, NOON), ==, HT_CARE_WAIT);
    g_assert_cmpint (ht_care_decide (&care, TRUE, NOON), ==, HT_CARE_START);
    ht_care_note_start (&care, NOON);
    g_assert_cmpint (ht_care_decide (&care, TRUE, NOON + S), ==, HT_CARE_WAIT);
    g_assert_cmpint (ht_care_decide (&care, FALSE, NOON + S), ==, HT_CARE_KILL);
}

static void
test_silence_is_loss (void)
{
    HtCare care = make ();

    ht_care_note_start (&care, NOON);
    g_assert_cmpint (ht_care_decide (&care, TRUE, NOON + 9 * S), ==, HT_CARE_WAIT);
    g_assert_cmpint (ht_care_decide (&care, TRUE, NOON + 10 * S), ==, HT_CARE_KILL);
    ht_care_note_data (&care, NOON + 5 * S);
    g_assert_cmpint (ht_care_get_next_us (&care), ==, NOON + 7 * S);
    g_assert_cmpint (ht_care_decide (&care, TRUE, NOON + 7 * S - 1), ==, HT_CARE_WAIT);
    g_assert_cmpint (ht_care_decide (&care, TRUE, NOON + 7 * S), ==, HT_CARE_KILL);
}

/* An ingest that dies again and again: how often is it started in a minute? */
static void
test_eager_then_patient (void)
{
    HtCare care = make ();
    int early = 0, late = 0;

    ht_care_note_start (&care, NOON);
    ht_care_note_data (&care, NOON + S);
    ht_care_note_exit (&care, 0, NOON + 10 * S);
    g_assert_cmpint (ht_care_decide (&care, TRUE, NOON + 10 * S), ==, HT_CARE_START);
    for (int64_t now = NOON + 10 * S; now < NOON + 70 * S; now += 10 * MS) {
        if (ht_care_decide (&care, TRUE, now) != HT_CARE_START)
            continue;
        if (now < NOON + 40 * S)
            early++;
        else
            late++;
        ht_care_note_start (&care, now);
        ht_care_note_exit (&care, 0, now + 5 * MS);
    }
    g_assert_cmpint (early, ==, 120);
    g_assert_cmpint (late, <=, 7);
    g_assert_cmpint (late, >=, 5);
}

static void
test_data_make_eager_again (void)
{
    HtCare care = make ();

    ht_care_note_start (&care, NOON);
    ht_care_note_exit (&care, 0, NOON + S);
    ht_care_note_start (&care, NOON + 58 * S);
    ht_care_note_exit (&care, 0, NOON + 60 * S);
    g_assert_cmpint (ht_care_get_next_us (&care), ==, NOON + 63 * S);
    ht_care_note_start (&care, NOON + 65 * S);
    ht_care_note_data (&care, NOON + 66 * S);
    ht_care_note_exit (&care, 0, NOON + 66 * S);
    g_assert_cmpint (ht_care_get_next_us (&care), ==, NOON + 66 * S);
}

static void
test_a_refused_password_waits (void)
{
    HtCare care = make ();

    ht_care_note_start (&care, NOON);
    ht_care_note_exit (&care, 60 * S, NOON + S);
    g_assert_cmpint (ht_care_decide (&care, TRUE, NOON + 60 * S), ==, HT_CARE_WAIT);
    g_assert_cmpint (ht_care_decide (&care, TRUE, NOON + 61 * S), ==, HT_CARE_START);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/care/wanted", test_starts_when_wanted);
    g_test_add_func ("/media/care/silence", test_silence_is_loss);
    g_test_add_func ("/media/care/eager", test_eager_then_patient);
    g_test_add_func ("/media/care/again", test_data_make_eager_again);
    g_test_add_func ("/media/care/refused", test_a_refused_password_waits);
    return g_test_run ();
}
