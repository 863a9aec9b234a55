/* SPDX-License-Identifier: MIT */

/* Idempotency keys: what was answered for a day, so that a repeat is answered once. */

#include "scheduler/service/service-private.h"

#define KEEP_US (INT64_C (86400) * G_USEC_PER_SEC)

static char *
make_place (int64_t actor_id, const char *key)
{
    return g_strdup_printf ("%" G_GINT64_FORMAT " %s", actor_id, key);
}

static void
answered_free (HtAnswered *answered)
{
    g_free (answered->place);
    g_free (answered->request_hash);
    g_free (answered);
}

static void
put (HtService *self, HtAnswered *answered)
{
    g_hash_table_replace (self->answers, answered->place, answered);
    g_queue_push_tail (&self->answered, answered);
}

static gboolean
take_row (const HtValue *values, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    HtService *self = user_data;
    HtAnswered *answered = g_new0 (HtAnswered, 1);

    answered->answer = (HtAnswer){ values[0].integer, values[5].integer };
    answered->at_us = values[1].integer;
    answered->place = make_place (values[2].integer, values[3].text);
    answered->request_hash = g_strdup (values[4].text);
    put (self, answered);
    return TRUE;
}

void
ht_service_clear_answers (HtService *self)
{
    g_hash_table_remove_all (self->answers);
    g_queue_clear_full (&self->answered, (GDestroyNotify) answered_free);
}

gboolean
ht_service_load_answers (HtService *self, GError **error)
{
    return ht_store_load (self->store, HT_TABLE_IDEMPOTENCY, take_row, self, error);
}

HtAnswered *
ht_service_find_answer (HtService *self, int64_t actor_id, const char *key)
{
    g_autofree char *place = make_place (actor_id, key);

    return g_hash_table_lookup (self->answers, place);
}

static void
forget_old (HtService *self, int64_t now_us, GArray *rows)
{
    HtAnswered *oldest;

    while ((oldest = g_queue_peek_head (&self->answered)) != NULL && oldest->pending == NULL &&
           oldest->at_us < now_us - KEEP_US) {
        HtRow row = { HT_TABLE_IDEMPOTENCY, HT_ROW_REMOVE, 1, g_new0 (HtValue, 1) };

        row.values[0] = (HtValue){ HT_VALUE_INT, oldest->answer.number, NULL };
        g_array_append_val (rows, row);
        g_queue_pop_head (&self->answered);
        if (g_hash_table_lookup (self->answers, oldest->place) == oldest)
            g_hash_table_remove (self->answers, oldest->place);
        answered_free (oldest);
    }
}

void
ht_service_keep_answer (HtService *self, HtPending *pending, GArray *rows)
{
    const HtDecision *decision = pending->decision;
    HtRow row = { HT_TABLE_IDEMPOTENCY, HT_ROW_ADD, 6, NULL };
    HtAnswered *answered;

    forget_old (self, decision->at_us, rows);
    if (pending->key == NULL)
        return;
    answered = g_new0 (HtAnswered, 1);
    answered->answer = (HtAnswer){ decision->number, decision->result_id };
    answered->at_us = decision->at_us;
    answered->place = make_place (decision->actor_id, pending->key);
    answered->request_hash = g_strdup (pending->request_hash);
    answered->pending = pending;
    put (self, answered);
    row.values = g_new0 (HtValue, 6);
    row.values[0] = (HtValue){ HT_VALUE_INT, decision->number, NULL };
    row.values[1] = (HtValue){ HT_VALUE_INT, decision->at_us, NULL };
    row.values[2] = (HtValue){ HT_VALUE_INT, decision->actor_id, NULL };
    row.values[3] = (HtValue){ HT_VALUE_TEXT, 0, g_strdup (pending->key) };
    row.values[4] = (HtValue){ HT_VALUE_TEXT, 0, g_strdup (pending->request_hash) };
    row.values[5] = (HtValue){ HT_VALUE_INT, decision->result_id, NULL };
    g_array_append_val (rows, row);
}

void
ht_service_settle_answer (HtService *self, HtPending *pending, gboolean committed)
{
    HtAnswered *answered =
        pending->key == NULL
            ? NULL
            : ht_service_find_answer (self, pending->decision->actor_id, pending->key);

    if (answered == NULL || answered->pending != pending)
        return;
    answered->pending = NULL;
    if (committed)
        return;
    g_hash_table_remove (self->answers, answered->place);
    g_queue_remove (&self->answered, answered);
    answered_free (answered);
}
