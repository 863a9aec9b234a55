/* SPDX-License-Identifier: MIT */

/* What readers see while changes are pending: the state is ahead of the store, and this holds the
 * committed record of everything that differs. */

#include "scheduler/service/service-private.h"

#define KIND_BITS       4
#define PLACE(kind, id) (((id) << KIND_BITS) | (int64_t) (kind))

static void
put (HtService *self, const HtEntry *entry, gpointer record)
{
    int64_t place = PLACE (entry->kind, entry->id);

    g_hash_table_insert (self->overlay, g_memdup2 (&place, sizeof place),
                         record == NULL ? NULL : ht_record_ref (record));
}

static void
drop (HtService *self, const HtEntry *entry)
{
    int64_t place = PLACE (entry->kind, entry->id);
    gpointer record = NULL;

    if (g_hash_table_lookup_extended (self->overlay, &place, NULL, &record))
        ht_record_unref (entry->kind, record);
    g_hash_table_remove (self->overlay, &place);
}

void
ht_service_mark_pending (HtService *self, const HtDecision *decision)
{
    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i);
        int64_t place = PLACE (entry->kind, entry->id);

        if (!g_hash_table_contains (self->overlay, &place))
            put (self, entry, entry->before);
    }
}

void
ht_service_mark_committed (HtService *self, const HtDecision *decision)
{
    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i);

        drop (self, entry);
        if (ht_state_peek (self->state, entry->kind, entry->id) != entry->after)
            put (self, entry, entry->after); /* a later change of it is pending too */
    }
}

/* The state has been taken back already. */
void
ht_service_mark_reverted (HtService *self, const HtDecision *decision)
{
    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i);
        int64_t place = PLACE (entry->kind, entry->id);

        if (ht_state_peek (self->state, entry->kind, entry->id) ==
            g_hash_table_lookup (self->overlay, &place))
            drop (self, entry);
    }
}

gconstpointer
ht_service_peek (HtService *self, HtRecordKind kind, int64_t id)
{
    int64_t place = PLACE (kind, id);
    gpointer record = NULL;

    if (g_hash_table_size (self->overlay) > 0 &&
        g_hash_table_lookup_extended (self->overlay, &place, NULL, &record))
        return record;
    return ht_state_peek (self->state, kind, id);
}

void
ht_service_foreach_pending (HtService *self, HtRecordKind kind, HtStateEach each,
                            gpointer user_data)
{
    GHashTableIter iter;
    gpointer place;

    g_hash_table_iter_init (&iter, self->overlay);
    while (g_hash_table_iter_next (&iter, &place, NULL))
        if ((*(int64_t *) place & ((1 << KIND_BITS) - 1)) == (int64_t) kind)
            each (*(int64_t *) place >> KIND_BITS, user_data);
}
