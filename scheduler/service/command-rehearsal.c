/* SPDX-License-Identifier: MIT */

/* A rehearsal of a session that is booked already. */

#include "scheduler/service/command-private.h"
#include "scheduler/service/rehearsal.h"

gboolean
ht_decide_rehearse (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtRehearse *asked = arguments;
    const HtSession *session = ht_decider_find (decider, HT_RECORD_SESSION, asked->id, "id", error);
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
    g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (HtRehearsal));

    if (session == NULL || !ht_decider_check_number (session, asked->if_number, error))
        return FALSE;
    g_array_append_val (ids, asked->id);
    g_array_append_val (wanted, asked->rehearsal);
    decider->decision->result_id = decider->next_ids[HT_RECORD_SESSION];
    return ht_rehearsals_add (decider, ids, wanted, error);
}
