/* SPDX-License-Identifier: MIT */

#include "tests/service/invariants.h"

#include "tests/service/fixture.h"

static void
assert_within_capacity (HtState *state)
{
    int64_t n_resources = ht_state_get_next_id (state, HT_RECORD_RESOURCE);
    HtSpan always = { 0, HT_SPAN_END_OF_TIME_US };

    for (int64_t id = 1; id < n_resources; id++) {
        const HtResource *resource = ht_state_peek (state, HT_RECORD_RESOURCE, id);

        g_assert_cmpint (ht_timeline_get_peak (ht_state_get_timeline (state, id), always), <=,
                         resource->capacity);
    }
}

/* What is called off is not rehearsed. */
static unsigned
assert_rehearsals (HtState *state)
{
    unsigned n_rehearsals = 0;

    for (int64_t id = 1; id < ht_state_get_next_id (state, HT_RECORD_SESSION); id++) {
        const HtSession *rehearsal = ht_state_peek (state, HT_RECORD_SESSION, id);
        const HtOperation *operation = ht_state_peek (state, HT_RECORD_OPERATION, id);
        const HtSession *of;

        n_rehearsals += operation != NULL && operation->rehearses_id != 0;
        if (operation == NULL || operation->rehearses_id == 0 ||
            rehearsal->state < HT_SESSION_HELD || rehearsal->state > HT_SESSION_OPEN)
            continue;
        of = ht_state_peek (state, HT_RECORD_SESSION, operation->rehearses_id);
        g_assert_cmpint (of->state, !=, HT_SESSION_CANCELLED);
    }
    return n_rehearsals;
}

/* Counted here once more, without what the service counts with. */

static const HtSession *
peek_counting (HtState *state, int64_t id, int64_t *ret_organiser_id)
{
    const HtSession *session = ht_state_peek (state, HT_RECORD_SESSION, id);
    const HtSeries *series =
        session == NULL ? NULL : ht_state_peek (state, HT_RECORD_SERIES, session->series_id);

    if (series == NULL || series->unit_id == PROVINCE || session->state == HT_SESSION_DRAFT ||
        session->state == HT_SESSION_CANCELLED)
        return NULL;
    *ret_organiser_id = series->organiser_id;
    return session;
}

static void
assert_hours_of_week (HtState *state, int64_t from_us)
{
    int64_t until_us = from_us + 7 * 24 * HOUR_US, sum_us = 0, organiser_id;

    for (int64_t id = 1; id < ht_state_get_next_id (state, HT_RECORD_SESSION); id++) {
        const HtSession *session = peek_counting (state, id, &organiser_id);

        if (session != NULL)
            sum_us += MAX (0, MIN (session->end_us, until_us) - MAX (session->start_us, from_us));
    }
    g_assert_cmpint (sum_us, <=, HOURS_OF_DISTRICT * HOUR_US);
}

static void
assert_at_once (HtState *state, int64_t session_id)
{
    int64_t organiser_id = 0, other_id = 0;
    const HtSession *session = peek_counting (state, session_id, &organiser_id);
    int at_once = 0;

    for (int64_t id = 1; session != NULL && id < ht_state_get_next_id (state, HT_RECORD_SESSION);
         id++) {
        const HtSession *other = peek_counting (state, id, &other_id);

        at_once += other != NULL && other_id == organiser_id &&
                   other->start_us <= session->start_us && other->end_us > session->start_us;
    }
    g_assert_cmpint (at_once, <=, AT_ONCE_OF_EACH);
}

static void
assert_no_quota_passed (HtState *state)
{
    int64_t monday_us = NOW_US - 2 * 24 * HOUR_US - 7 * HOUR_US; /* 00:00 in Huế */

    for (int week = -1; week < 10; week++)
        assert_hours_of_week (state, monday_us + week * 7 * 24 * HOUR_US);
    for (int64_t id = 1; id < ht_state_get_next_id (state, HT_RECORD_SESSION); id++)
        assert_at_once (state, id);
}

void
assert_invariants (HtState *state, unsigned *ret_n_rehearsals)
{
    assert_within_capacity (state);
    assert_no_quota_passed (state);
    *ret_n_rehearsals = assert_rehearsals (state);
}
