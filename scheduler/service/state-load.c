/* SPDX-License-Identifier: MIT */

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/service/state-private.h"

/* No counter of ours gets here; a row that says so is damaged and must not cost memory. */
#define MAX_ID INT64_C (200000000)

typedef struct {
    HtState *state;
    HtRecordKind kind;
    HtTable table;
} Load;

static gboolean
refuse_row (HtTable table, int64_t id, GError **error)
{
    ht_problem_set (error, HT_ERROR_ATTENTION, "database-damaged", NULL,
                    "table %s of the database holds a row of %" G_GINT64_FORMAT ", which cannot be",
                    ht_tables[table].name, id);
    return FALSE;
}

static gboolean
take_record (const HtValue *values, gpointer user_data, GError **error)
{
    Load *load = user_data;
    gpointer record;

    if (values[0].integer < 1 || values[0].integer > MAX_ID)
        return refuse_row (load->table, values[0].integer, error);
    record = ht_record_from_row (load->kind, values, error);
    if (record == NULL)
        return FALSE;
    ht_state_take_loaded (load->state, load->kind, record);
    return TRUE;
}

static gboolean
take_item (const HtValue *values, gpointer user_data, GError **error)
{
    Load *load = user_data;
    gpointer record = (gpointer) ht_state_peek (load->state, load->kind, values[0].integer);

    if (record == NULL)
        return refuse_row (load->table, values[0].integer, error);
    return ht_record_add_row (load->kind, record, load->table, values, error);
}

static gboolean
load_kind (HtState *self, HtStore *store, HtRecordKind kind, GError **error)
{
    Load load = { self, kind, ht_record_get_table (kind) };

    if (!ht_store_load (store, load.table, take_record, &load, error))
        return FALSE;
    for (const HtTable *list = ht_record_get_list_tables (kind); *list != HT_N_TABLES; list++) {
        load.table = *list;
        if (!ht_store_load (store, *list, take_item, &load, error))
            return FALSE;
    }
    return TRUE;
}

static void
collect (GPtrArray *holdings, const HtSession *session)
{
    if (session == NULL || session->reservations == NULL ||
        !ht_session_machine_occupies (session->state))
        return;
    for (unsigned i = 0; i < session->reservations->len; i++) {
        const HtReservation *r = &g_array_index (session->reservations, HtReservation, i);
        HtHolding holding = { session->id, { r->start_us, r->end_us }, r->amount };

        if (r->resource_id >= (int64_t) holdings->len)
            g_ptr_array_set_size (holdings, (int) r->resource_id + 1);
        if (holdings->pdata[r->resource_id] == NULL)
            holdings->pdata[r->resource_id] = g_array_new (FALSE, FALSE, sizeof (HtHolding));
        g_array_append_val ((GArray *) holdings->pdata[r->resource_id], holding);
    }
}

static void
clear_holdings (gpointer holdings)
{
    if (holdings != NULL)
        g_array_unref (holdings);
}

static gboolean
load_timelines (HtState *self, GError **error)
{
    g_autoptr (GPtrArray) holdings = g_ptr_array_new_with_free_func (clear_holdings);
    int64_t n_sessions = ht_state_get_next_id (self, HT_RECORD_SESSION);

    for (int64_t id = 1; id < n_sessions; id++)
        collect (holdings, ht_state_peek (self, HT_RECORD_SESSION, id));
    for (unsigned i = 0; i < holdings->len; i++) {
        const GArray *taken = g_ptr_array_index (holdings, i);
        HtTimeline *timeline;

        if (taken == NULL)
            continue;
        timeline = ht_timeline_new ();
        ht_state_take_timeline (self, i, timeline);
        if (!ht_timeline_load (timeline, (const HtHolding *) (gpointer) taken->data, taken->len,
                               error)) {
            g_prefix_error (error, "reservations of resource %u: ", i);
            return FALSE;
        }
    }
    return TRUE;
}

/* Kept only where a record was taken away: the rest follows from the records. */
static gboolean
take_counter (const HtValue *values, gpointer user_data, GError **error)
{
    HtState *self = user_data;

    if (values[1].integer > MAX_ID)
        return refuse_row (HT_TABLE_COUNTER, values[1].integer, error);
    for (unsigned kind = 0; kind < HT_N_RECORDS; kind++)
        if (g_strcmp0 (ht_record_kind_names[kind], values[0].text) == 0 &&
            values[1].integer > (int64_t) self->records[kind]->len)
            g_ptr_array_set_size (self->records[kind], (int) values[1].integer);
    return TRUE;
}

static gboolean
take_notice_id (const HtValue *values, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    HtState *self = user_data;

    self->next_notice_id = MAX (self->next_notice_id, values[0].integer + 1);
    return TRUE;
}

/* Called for the last two: each must follow the one before. */
static gboolean
take_head (const HtChange *change, gpointer user_data, GError **error)
{
    HtState *self = user_data;
    uint8_t hash[32];

    ht_decision_hash_change (self->hash, change, hash);
    if ((self->number != 0 || change->number == 1) && memcmp (hash, change->hash, 32) != 0) {
        ht_problem_set (error, HT_ERROR_ATTENTION, "log-damaged", NULL,
                        "change %" G_GINT64_FORMAT
                        " of the log does not follow the one before it: the database was altered",
                        change->number);
        return FALSE;
    }
    ht_state_set_head (self, change->number, change->hash);
    return TRUE;
}

gboolean
ht_state_load (HtState *self, HtStore *store, GError **error)
{
    for (unsigned kind = 0; kind < HT_N_RECORDS; kind++)
        if (!load_kind (self, store, kind, error))
            return FALSE;
    ht_state_index_loaded (self);
    return load_timelines (self, error) &&
           ht_store_load (store, HT_TABLE_COUNTER, take_counter, self, error) &&
           ht_store_load (store, HT_TABLE_OUTBOX, take_notice_id, self, error) &&
           ht_store_read_log (store, -2, 2, take_head, self, error) &&
           ht_state_load_recent (self, store, error);
}
