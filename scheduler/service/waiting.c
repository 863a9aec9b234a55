/* SPDX-License-Identifier: MIT */

#include "scheduler/service/waiting.h"

#include "scheduler/service/approval.h"
#include "scheduler/service/contest.h"
#include "scheduler/service/permit.h"
#include "scheduler/service/service-private.h"

typedef struct {
    HtService *service;
    const HtPerson *actor;
    int64_t day;
    GHashTable *series; /* identity to HtWaiting, borrowed from @found */
    GPtrArray *found;   /* (element-type HtWaiting) (owned) */
} Query;

static void
waiting_clear (gpointer data)
{
    HtWaiting *waiting = data;

    ht_record_unref (HT_RECORD_SESSION, (gpointer) waiting->session);
    g_clear_pointer (&waiting->competing, g_array_unref);
}

static gboolean
concerns (const Query *query, const HtSeries *series)
{
    return series != NULL && (series->organiser_id == query->actor->id ||
                              ht_permit_may (query->service->state, query->actor, HT_ACTION_APPROVE,
                                             series->unit_id, query->day));
}

static void
add_competing (HtWaiting *waiting, const GArray *ids)
{
    for (unsigned i = 0; i < ids->len; i++) {
        int64_t id = g_array_index (ids, int64_t, i);
        gboolean known = FALSE;

        for (unsigned j = 0; j < waiting->competing->len && !known; j++)
            known = g_array_index (waiting->competing, int64_t, j) == id;
        if (!known)
            g_array_append_val (waiting->competing, id);
    }
}

static HtWaiting *
get_item (Query *query, const HtSession *session)
{
    HtWaiting *waiting = g_hash_table_lookup (query->series, &session->series_id);

    if (waiting == NULL) {
        waiting = g_new0 (HtWaiting, 1);
        waiting->competing = g_array_new (FALSE, FALSE, sizeof (int64_t));
        waiting->session = ht_record_ref (session);
        g_ptr_array_add (query->found, waiting);
        g_hash_table_insert (query->series, (gpointer) &waiting->session->series_id, waiting);
    } else if (session->slot_us < waiting->session->slot_us) {
        g_hash_table_remove (query->series, &session->series_id);
        ht_record_unref (HT_RECORD_SESSION, (gpointer) waiting->session);
        waiting->session = ht_record_ref (session);
        g_hash_table_insert (query->series, (gpointer) &waiting->session->series_id, waiting);
    }
    return waiting;
}

static void
consider (int64_t session_id, gpointer user_data)
{
    Query *query = user_data;
    const HtSession *session = ht_service_peek (query->service, HT_RECORD_SESSION, session_id);
    g_autoptr (GArray) others = NULL;
    HtWaiting *waiting;

    if (session == NULL || !ht_approval_is_waiting (session) ||
        !concerns (query, ht_service_peek (query->service, HT_RECORD_SERIES, session->series_id)))
        return;
    others = ht_contest_list (query->service->state, session);
    waiting = get_item (query, session);
    waiting->n_sessions++;
    add_competing (waiting, others);
}

static int
compare_ends (gconstpointer a, gconstpointer b)
{
    const HtSession *one = ((const HtWaiting *) a)->session;
    const HtSession *other = ((const HtWaiting *) b)->session;

    if (one->hold_until_us != other->hold_until_us)
        return one->hold_until_us < other->hold_until_us ? -1 : 1;
    return (one->id > other->id) - (one->id < other->id);
}

GArray *
ht_waiting_list (HtService *service, int64_t actor_id)
{
    GArray *items = g_array_new (FALSE, TRUE, sizeof (HtWaiting));
    g_autoptr (GHashTable) series = g_hash_table_new (g_int64_hash, g_int64_equal);
    g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
    Query query = { service, ht_service_peek (service, HT_RECORD_PERSON, actor_id),
                    ht_clock_read_us (service->clock) / G_USEC_PER_SEC / 86400, series, found };

    g_array_set_clear_func (items, waiting_clear);
    if (query.actor == NULL || query.actor->closed)
        return items;
    ht_state_foreach_live (service->state, consider, &query);
    for (unsigned i = 0; i < found->len; i++)
        g_array_append_vals (items, g_ptr_array_index (found, i), 1);
    g_array_sort (items, compare_ends);
    return items;
}
