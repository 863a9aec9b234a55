/* SPDX-License-Identifier: MIT */

#include "scheduler/service/contest.h"

#include "scheduler/service/approval.h"

#define DAY_US         (INT64_C (86400) * G_USEC_PER_SEC)
#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

/* What of the resource's timeline is the session's own. */
static int64_t
get_taken (HtState *state, const HtSession *session, const HtReservation *reservation)
{
    const HtSession *known = ht_state_peek (state, HT_RECORD_SESSION, session->id);

    return known != NULL && ht_session_machine_occupies (known->state) ? reservation->amount : 0;
}

/* Whether both cannot have what they ask for of one resource. */
static gboolean
excludes (HtState *state, const HtSession *a, const HtReservation *of_a, const HtSession *b,
          const HtReservation *of_b)
{
    HtSpan span = { MAX (of_a->start_us, of_b->start_us), MIN (of_a->end_us, of_b->end_us) };
    const HtResource *resource;
    int64_t others;

    if (of_a->resource_id != of_b->resource_id || span.start_us >= span.end_us)
        return FALSE;
    resource = ht_state_peek (state, HT_RECORD_RESOURCE, of_a->resource_id);
    if (resource == NULL)
        return FALSE;
    others = ht_timeline_get_peak (ht_state_get_timeline (state, resource->id), span) -
             get_taken (state, a, of_a) - get_taken (state, b, of_b);
    return MAX (others, 0) + of_a->amount + of_b->amount > resource->capacity;
}

static gboolean
exclude_each_other (HtState *state, const HtSession *a, const HtSession *b)
{
    for (unsigned i = 0; i < N_ITEMS (a->reservations); i++)
        for (unsigned j = 0; j < N_ITEMS (b->reservations); j++)
            if (excludes (state, a, &g_array_index (a->reservations, HtReservation, i), b,
                          &g_array_index (b->reservations, HtReservation, j)))
                return TRUE;
    return FALSE;
}

static gboolean
is_candidate (const HtSession *other, const HtSession *session)
{
    return other != NULL && other->id != session->id && other->series_id != session->series_id &&
           (other->state == HT_SESSION_SCHEDULED || ht_approval_is_waiting (other));
}

static gboolean
has (const GArray *ids, int64_t id)
{
    for (unsigned i = 0; i < ids->len; i++)
        if (g_array_index (ids, int64_t, i) == id)
            return TRUE;
    return FALSE;
}

GArray *
ht_contest_list (HtState *state, const HtSession *session)
{
    GArray *found = g_array_new (FALSE, FALSE, sizeof (int64_t));

    /* a day more on both sides: set-up and tear-down reach over midnight */
    for (int64_t day = session->start_us / DAY_US - 1; day <= session->end_us / DAY_US + 1; day++) {
        const GArray *ids = ht_state_peek_day (state, day);

        for (unsigned i = 0; i < N_ITEMS (ids); i++) {
            int64_t id = g_array_index (ids, int64_t, i);
            const HtSession *other = ht_state_peek (state, HT_RECORD_SESSION, id);

            if (is_candidate (other, session) && !has (found, id) &&
                exclude_each_other (state, session, other))
                g_array_append_val (found, id);
        }
    }
    return found;
}
