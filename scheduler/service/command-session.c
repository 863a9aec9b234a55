/* SPDX-License-Identifier: MIT */

#include "scheduler/base/error.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/session-steps.h"

#define MINUTE_US (INT64_C (60) * G_USEC_PER_SEC)

/* Moves one session, and steps it. */
static gboolean
move_one (HtDecider *decider, const HtSession *session, HtSpan span, HtSessionEvent event,
          GError **error)
{
    g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));

    g_ptr_array_add (sessions, (gpointer) session);
    g_array_append_val (spans, span);
    decider->decision->result_id = session->id;
    return ht_session_move (decider, sessions, spans, error) &&
           ht_session_step (decider, ht_decider_edit (decider, HT_RECORD_SESSION, session->id),
                            event, error);
}

gboolean
ht_decide_start (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtTarget *target = arguments;
    const HtSession *session = ht_session_find (decider, target->id, target->if_number, error);
    int64_t start_us;

    if (session == NULL)
        return FALSE;
    start_us = ht_booking_find_now_us (
        decider, ht_decider_peek (decider, HT_RECORD_JOB, session->id) != NULL);
    return move_one (decider, session,
                     (HtSpan){ MIN (session->start_us, start_us), session->end_us },
                     HT_SESSION_START_NOW, error);
}

gboolean
ht_decide_stop (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtTarget *target = arguments;
    HtSession *session;

    if (ht_session_find (decider, target->id, target->if_number, error) == NULL)
        return FALSE;
    session = ht_decider_edit (decider, HT_RECORD_SESSION, target->id);
    if (!ht_session_step (decider, session, HT_SESSION_STOP_NOW, error))
        return FALSE;
    session->end_us = MAX (decider->now_us, session->start_us + 1);
    ht_session_release (decider, session, session->end_us);
    decider->decision->result_id = session->id;
    return TRUE;
}
