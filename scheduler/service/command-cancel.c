/* SPDX-License-Identifier: MIT */

/* Sessions that do not take place. */

#include "scheduler/service/command-private.h"
#include "scheduler/service/extent.h"
#include "scheduler/service/session-steps.h"

static void
tell_difference (HtDecider *decider, const HtSession *chosen, const HtExtent *extent)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, chosen->series_id);
    HtPreview *preview = decider->decision->preview = ht_preview_new ();

    preview->zone = g_strdup (series->zone);
    for (unsigned i = 0; i < extent->past->len; i++) {
        int64_t id = ht_record_get_id (g_ptr_array_index (extent->past, i));

        g_array_append_val (preview->past, id);
    }
}

gboolean
ht_decide_cancel (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtMove *move = arguments;
    const HtSession *chosen = ht_session_find (decider, move->id, move->if_number, error);
    g_auto (HtExtent) extent = { 0 };

    if (chosen == NULL || !ht_session_check_reason (move->reason, error))
        return FALSE;
    extent = ht_extent_find (decider, chosen, move->scope);
    decider->decision->result_id = chosen->id;
    for (unsigned i = 0; i < extent.open->len; i++)
        if (!ht_session_cancel (decider, ht_record_get_id (g_ptr_array_index (extent.open, i)),
                                move->reason, error))
            return FALSE;
    tell_difference (decider, chosen, &extent);
    return TRUE;
}
