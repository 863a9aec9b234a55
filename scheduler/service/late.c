/* SPDX-License-Identifier: MIT */

#include "scheduler/service/late.h"

#include "scheduler/base/error.h"
#include "scheduler/core/policy.h"
#include "scheduler/service/demand.h"
#include "scheduler/service/session-steps.h"

#define MINUTE_US (INT64_C (60) * G_USEC_PER_SEC)

static gboolean
is_free (HtDecider *decider, const HtSession *session, HtSpan span)
{
    g_autoptr (HtPreview) preview = ht_preview_new ();
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    g_autoptr (GPtrArray) reservations =
        g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
    g_autoptr (GPtrArray) returned = g_ptr_array_new ();
    GArray *taken = ht_session_make_reservations (decider, session, session->members, span, NULL);

    if (taken == NULL)
        return FALSE;
    g_array_append_val (spans, span);
    g_ptr_array_add (reservations, taken);
    g_ptr_array_add (returned, (gpointer) session);
    return ht_demand_admit (decider, spans, reservations, returned, preview, NULL);
}

/* What is free for an extension is free for each shorter one. */
int64_t
ht_late_find_longest_us (HtDecider *decider, const HtSession *session, int64_t most_us)
{
    int64_t free = 0, taken = most_us / MINUTE_US + 1;

    while (taken - free > 1) {
        int64_t minutes = free + (taken - free) / 2;

        if (is_free (decider, session,
                     (HtSpan){ session->start_us, session->end_us + minutes * MINUTE_US }))
            free = minutes;
        else
            taken = minutes;
    }
    return free * MINUTE_US;
}

gboolean
ht_late_is_exhausted (HtDecider *decider, const HtSession *session)
{
    HtPolicy policy = ht_policy_get_default ();
    const HtOperation *operation = ht_decider_peek (decider, HT_RECORD_OPERATION, session->id);

    return session->state == HT_SESSION_RUNNING && operation != NULL &&
           operation->n_extended >= ht_policy_get (&policy, HT_POLICY_EXTEND_MOST);
}

static gboolean
refuse_exhausted (GError **error)
{
    HtPolicy policy = ht_policy_get_default ();
    g_autofree char *most =
        g_strdup_printf ("%" G_GINT64_FORMAT, ht_policy_get (&policy, HT_POLICY_EXTEND_MOST));

    ht_problem_set (error, HT_ERROR_CONFLICT, "extended-too-often", NULL,
                    "a session is extended at most %s times while it runs: book another", most);
    if (error != NULL)
        ht_problem_add (*error, "most", most);
    return FALSE;
}

gboolean
ht_late_extend (HtDecider *decider, const HtSession *session, int64_t by_us, GError **error)
{
    gboolean runs = session->state == HT_SESSION_RUNNING;
    HtSpan span = { session->start_us, session->end_us + by_us };
    g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));

    if (ht_late_is_exhausted (decider, session))
        return refuse_exhausted (error);
    g_ptr_array_add (sessions, (gpointer) session);
    g_array_append_val (spans, span);
    decider->decision->result_id = session->id;
    if (!ht_session_move (decider, sessions, spans, error) ||
        !ht_session_step (decider, ht_decider_edit (decider, HT_RECORD_SESSION, session->id),
                          runs ? HT_SESSION_EXTEND : HT_SESSION_MOVE, error))
        return FALSE;
    if (runs)
        ht_session_operate (decider, session->id)->n_extended++;
    return TRUE;
}

void
ht_late_book (HtDecider *decider, const HtBooking *booking, int64_t session_id)
{
    HtPolicy policy = ht_policy_get_default ();

    if (booking->run_on == HT_RUN_ON_YES ||
        (booking->run_on == HT_RUN_ON_POLICY && ht_policy_get (&policy, HT_POLICY_RUN_ON) != 0))
        ht_session_operate (decider, session_id)->runs_on = TRUE;
}
