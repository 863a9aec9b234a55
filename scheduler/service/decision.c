/* SPDX-License-Identifier: MIT */

#include "scheduler/service/decision.h"

#include "scheduler/support/digest.h"
#include "scheduler/support/json.h"

HtDecision *
ht_decision_new (HtCommand command, int64_t number, int64_t at_us, int64_t actor_id)
{
    HtDecision *self = g_new0 (HtDecision, 1);

    *self =
        (HtDecision){ .command = command, .number = number, .at_us = at_us, .actor_id = actor_id };
    self->entries = g_array_new (FALSE, TRUE, sizeof (HtEntry));
    g_array_set_clear_func (self->entries, (GDestroyNotify) ht_entry_clear);
    self->notices = g_array_new (FALSE, TRUE, sizeof (HtNotice));
    g_array_set_clear_func (self->notices, (GDestroyNotify) ht_notice_clear);
    return self;
}

void
ht_decision_free (HtDecision *self)
{
    g_array_unref (self->entries);
    g_array_unref (self->notices);
    g_clear_pointer (&self->preview, ht_preview_free);
    g_free (self);
}

static gboolean
is_idle (const HtEntry *entry)
{
    if (entry->before == NULL || entry->after == NULL)
        return entry->before == entry->after;
    return ht_fields_equal (ht_record_get_fields (entry->kind), entry->before, entry->after);
}

void
ht_decision_tidy (HtDecision *self)
{
    for (unsigned i = self->entries->len; i > 0; i--)
        if (is_idle (&g_array_index (self->entries, HtEntry, i - 1)))
            g_array_remove_index (self->entries, i - 1);
}

/* What is private in the arguments is left out: the entries hold it veiled. */
static char *
leave_out (const HtField *field G_GNUC_UNUSED, gconstpointer record G_GNUC_UNUSED,
           gpointer user_data G_GNUC_UNUSED)
{
    return NULL;
}

static void
append_overrode (const HtDecision *self, GString *json)
{
    static const char *const names[] = { "closure", "notice", "quota" };

    if (self->overrode == 0)
        return;
    g_string_append (json, ",\"overrode\":[");
    for (unsigned i = 0, n = 0; i < G_N_ELEMENTS (names); i++)
        if ((self->overrode & 1 << i) != 0)
            g_string_append_printf (json, "%s\"%s\"", n++ > 0 ? "," : "", names[i]);
    g_string_append_c (json, ']');
}

static GBytes *
make_body (const HtDecision *self, gconstpointer arguments)
{
    GString *json = g_string_sized_new (1024);

    g_string_append (json, "{\"v\":1,\"command\":");
    ht_json_append_string (json, ht_command_get_name (self->command));
    g_string_append (json, ",\"asked\":");
    ht_fields_encode (ht_command_get_fields (self->command), arguments, json, leave_out, NULL);
    append_overrode (self, json);
    g_string_append (json, ",\"entries\":[");
    for (unsigned i = 0; i < self->entries->len; i++) {
        if (i > 0)
            g_string_append_c (json, ',');
        ht_entry_append_json (&g_array_index (self->entries, HtEntry, i), json);
    }
    g_string_append (json, "]}");
    return g_string_free_to_bytes (json);
}

void
ht_decision_hash_change (const uint8_t *previous, const HtChange *change, uint8_t *ret_hash)
{
    g_autoptr (HtDigest) digest = ht_digest_new ();
    int64_t numbers[3] = { GINT64_TO_BE (change->number), GINT64_TO_BE (change->at_us),
                           GINT64_TO_BE (change->actor_id) };

    ht_digest_add (digest, previous, HT_DIGEST_BYTES);
    ht_digest_add (digest, (const uint8_t *) numbers, sizeof numbers);
    ht_digest_add (digest, (const uint8_t *) change->body, change->body_bytes);
    ht_digest_take (digest, ret_hash);
}

HtWrite *
ht_decision_to_write (const HtDecision *self, gconstpointer arguments, const uint8_t *previous_hash)
{
    HtWrite *write = ht_write_new ();
    HtChange change = { self->number, self->at_us, self->actor_id, NULL, 0, NULL };

    write->number = self->number;
    write->at_us = self->at_us;
    write->actor_id = self->actor_id;
    write->body = make_body (self, arguments);
    change.body = g_bytes_get_data (write->body, &change.body_bytes);
    ht_decision_hash_change (previous_hash, &change, write->hash);
    for (unsigned i = 0; i < self->entries->len; i++)
        ht_entry_append_rows (&g_array_index (self->entries, HtEntry, i), write->rows);
    for (unsigned i = 0; i < self->notices->len; i++)
        ht_notice_append_row (&g_array_index (self->notices, HtNotice, i), HT_ROW_ADD, write->rows);
    return write;
}
