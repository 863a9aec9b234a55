/* SPDX-License-Identifier: MIT */

/* Records as they stand in the log. */

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/service/record.h"
#include "scheduler/support/json.h"

#define AT(record, field, type) (*(type *) (gpointer) ((char *) (record) + (field)->offset))

static const char *
get_veil_key (HtRecordKind kind, gconstpointer record)
{
    return kind == HT_RECORD_PERSON ? ((const HtPerson *) record)->veil_key : NULL;
}

static void
append_veiled (HtRecordKind kind, const HtField *field, gconstpointer record, GString *json)
{
    const char *key = get_veil_key (kind, record);
    const char *text = AT (record, field, char *);
    g_autofree char *veiled = NULL;

    if (key != NULL && text != NULL)
        veiled = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key),
                                            text, -1);
    ht_json_append_string (json, veiled);
}

/* The members of @record that differ from @other's. */
static void
append_members (HtRecordKind kind, const char *name, gconstpointer record, gconstpointer other,
                GString *json)
{
    const HtFields *fields = ht_record_get_fields (kind);
    gboolean first = TRUE;

    g_string_append_c (json, ',');
    ht_json_append_name (json, name);
    g_string_append_c (json, '{');
    for (unsigned i = 0; i < fields->n_fields; i++) {
        const HtField *field = &fields->fields[i];

        if ((field->flags & HT_FIELD_SECRET) != 0 || ht_fields_equal_member (field, record, other))
            continue;
        if (!first)
            g_string_append_c (json, ',');
        first = FALSE;
        ht_json_append_name (json, field->name);
        if ((field->flags & HT_FIELD_PRIVATE) != 0)
            append_veiled (kind, field, record, json);
        else
            ht_fields_encode_member (field, record, json);
    }
    g_string_append_c (json, '}');
}

void
ht_entry_append_json (const HtEntry *entry, GString *json)
{
    gpointer nothing = ht_record_new (entry->kind);

    g_string_append (json, "{\"kind\":");
    ht_json_append_string (json, ht_record_kind_names[entry->kind]);
    g_string_append (json, ",\"id\":");
    ht_json_append_int (json, entry->id);
    if (entry->before != NULL)
        append_members (entry->kind, "from", entry->before,
                        entry->after != NULL ? entry->after : nothing, json);
    if (entry->after != NULL)
        append_members (entry->kind, "to", entry->after,
                        entry->before != NULL ? entry->before : nothing, json);
    g_string_append_c (json, '}');
    ht_record_unref (entry->kind, nothing);
}

gboolean
ht_entry_read_json (JsonObject *object, HtRecordKind kind, gconstpointer before,
                    gpointer *ret_after, GError **error)
{
    JsonNode *to = json_object_get_member (object, "to");
    gpointer after;

    if (to == NULL) {
        *ret_after = NULL;
        return TRUE;
    }
    if (!JSON_NODE_HOLDS_OBJECT (to)) {
        ht_problem_set (error, HT_ERROR_ATTENTION, "log-damaged", NULL,
                        "an entry of the log has no members");
        return FALSE;
    }
    after = before != NULL ? ht_record_copy (kind, before) : ht_record_new (kind);
    if (!ht_fields_update (ht_record_get_fields (kind), json_node_get_object (to),
                           HT_FIELD_PRIVATE | HT_FIELD_SECRET, after, error)) {
        ht_record_unref (kind, after);
        return FALSE;
    }
    *ret_after = after;
    return TRUE;
}
