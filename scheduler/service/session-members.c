/* SPDX-License-Identifier: MIT */

#include "scheduler/service/session-members.h"

#include "scheduler/service/demand.h"
#include "scheduler/service/session-steps.h"

gboolean
ht_session_change_members (HtDecider *decider, const HtSession *session, const GArray *members,
                           GError **error)
{
    HtSpan span = { session->start_us, session->end_us };
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    g_autoptr (GPtrArray) reservations =
        g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
    g_autoptr (GPtrArray) returned = g_ptr_array_new ();
    GArray *taken = ht_session_make_reservations (decider, session, members, span, error);
    HtSession *changed;

    if (taken == NULL)
        return FALSE;
    g_array_append_val (spans, span);
    g_ptr_array_add (reservations, taken);
    g_ptr_array_add (returned, (gpointer) session);
    decider->decision->preview = ht_preview_new ();
    if (!ht_demand_admit (decider, spans, reservations, returned, decider->decision->preview,
                          error))
        return FALSE;
    changed = ht_decider_edit (decider, HT_RECORD_SESSION, session->id);
    g_clear_pointer (&changed->members, g_array_unref);
    changed->members = g_array_copy ((GArray *) members);
    g_clear_pointer (&changed->reservations, g_array_unref);
    changed->reservations = g_array_ref (taken);
    return TRUE;
}
