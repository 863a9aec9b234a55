/* SPDX-License-Identifier: MIT */

#include "scheduler/service/extent.h"

static int
compare_slots (gconstpointer a, gconstpointer b)
{
    const HtSession *one = *(const HtSession *const *) a;
    const HtSession *other = *(const HtSession *const *) b;

    return (one->slot_us > other->slot_us) - (one->slot_us < other->slot_us);
}

static gboolean
is_named (const HtSession *session, const HtSession *chosen, int scope)
{
    return scope == HT_SCOPE_ALL ||
           (scope == HT_SCOPE_FOLLOWING && session->slot_us >= chosen->slot_us);
}

/* (nullable): where a session belongs that is not the chosen one; cancelled ones of before the
 * scope belong nowhere. */
static GPtrArray *
find_place (const HtExtent *extent, const HtSession *session, const HtSession *chosen, int scope,
            int64_t now_us)
{
    gboolean named = is_named (session, chosen, scope);

    if (session->state == HT_SESSION_CANCELLED)
        return named ? extent->gone : NULL;
    if (!named)
        return extent->outside;
    return session->state > HT_SESSION_SCHEDULED || session->start_us <= now_us ? extent->past
                                                                                : extent->open;
}

/* What was cancelled before the first one that is still to come goes with the past. */
static void
drop_early (HtExtent *extent)
{
    const HtSession *first;

    g_assert (extent->open != NULL && extent->open->len > 0 && extent->gone != NULL);
    first = g_ptr_array_index (extent->open, 0);
    for (unsigned i = extent->gone->len; i > 0; i--) {
        const HtSession *session = g_ptr_array_index (extent->gone, i - 1);

        if (session->slot_us < first->slot_us)
            g_ptr_array_remove_index (extent->gone, i - 1);
    }
}

HtExtent
ht_extent_find (HtDecider *decider, const HtSession *chosen, int scope)
{
    const GArray *ids = ht_state_peek_series (decider->state, chosen->series_id);
    HtExtent extent = { g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new (),
                        g_ptr_array_new () };

    for (unsigned i = 0; ids != NULL && i < ids->len; i++) {
        const HtSession *session =
            ht_decider_peek (decider, HT_RECORD_SESSION, g_array_index (ids, int64_t, i));
        GPtrArray *place = session == chosen
                               ? extent.open
                               : find_place (&extent, session, chosen, scope, decider->now_us);

        if (place != NULL)
            g_ptr_array_add (place, (gpointer) session);
    }
    g_ptr_array_sort (extent.open, compare_slots);
    g_ptr_array_sort (extent.past, compare_slots);
    g_ptr_array_sort (extent.gone, compare_slots);
    g_ptr_array_sort (extent.outside, compare_slots);
    drop_early (&extent);
    return extent;
}

void
ht_extent_clear (HtExtent *extent)
{
    g_clear_pointer (&extent->open, g_ptr_array_unref);
    g_clear_pointer (&extent->past, g_ptr_array_unref);
    g_clear_pointer (&extent->gone, g_ptr_array_unref);
    g_clear_pointer (&extent->outside, g_ptr_array_unref);
}

gboolean
ht_extent_is_whole (const HtExtent *extent)
{
    return extent->past->len == 0 && extent->outside->len == 0;
}
