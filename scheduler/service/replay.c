/* SPDX-License-Identifier: MIT */

#include "scheduler/service/replay.h"

#include <string.h>

#include "scheduler/base/error.h"

static gboolean
refuse (const HtChange *change, const char *what, GError **error)
{
    ht_problem_set (error, HT_ERROR_ATTENTION, "log-damaged", NULL,
                    "change %" G_GINT64_FORMAT " of the log %s", change->number, what);
    return FALSE;
}

static int
find_kind (const char *name)
{
    for (int kind = 0; kind < HT_N_RECORDS; kind++)
        if (g_strcmp0 (ht_record_kind_names[kind], name) == 0)
            return kind;
    return -1;
}

static gboolean
read_entry (HtState *state, JsonObject *object, const HtChange *change, HtDecision *decision,
            GError **error)
{
    int kind = find_kind (json_object_get_string_member_with_default (object, "kind", ""));
    HtEntry entry = { 0 };
    gconstpointer before;

    entry.id = json_object_get_int_member_with_default (object, "id", 0);
    if (kind < 0 || entry.id <= 0)
        return refuse (change, "names no record", error);
    before = ht_state_peek (state, kind, entry.id);
    if ((before == NULL) == json_object_has_member (object, "from"))
        return refuse (change, "does not fit the state before it", error);
    if (!ht_entry_read_json (object, kind, before, &entry.after, error))
        return FALSE;
    entry.kind = kind;
    entry.before = before == NULL ? NULL : ht_record_ref (before);
    g_array_append_val (decision->entries, entry);
    return TRUE;
}

static gboolean
read_entries (HtState *state, const HtChange *change, HtDecision *decision, GError **error)
{
    g_autoptr (JsonParser) parser = json_parser_new_immutable ();
    JsonNode *root, *list;

    if (!json_parser_load_from_data (parser, change->body, (gssize) change->body_bytes, NULL))
        return refuse (change, "is no JSON", error);
    root = json_parser_get_root (parser);
    list = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
               ? json_object_get_member (json_node_get_object (root), "entries")
               : NULL;
    if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
        return refuse (change, "has no entries", error);
    for (unsigned i = 0; i < json_array_get_length (json_node_get_array (list)); i++) {
        JsonNode *item = json_array_get_element (json_node_get_array (list), i);

        if (!JSON_NODE_HOLDS_OBJECT (item) ||
            !read_entry (state, json_node_get_object (item), change, decision, error))
            return JSON_NODE_HOLDS_OBJECT (item) ? FALSE
                                                 : refuse (change, "has a bad entry", error);
    }
    return TRUE;
}

gboolean
ht_replay_change (HtState *state, const HtChange *change, GError **error)
{
    g_autoptr (HtDecision) decision =
        ht_decision_new (HT_COMMAND_UNDO, change->number, change->at_us, change->actor_id);
    uint8_t hash[32];

    ht_decision_hash_change (ht_state_get_hash (state), change, hash);
    if (change->number != ht_state_get_number (state) + 1 || memcmp (hash, change->hash, 32) != 0)
        return refuse (change, "does not follow the one before it", error);
    if (!read_entries (state, change, decision, error))
        return FALSE;
    ht_state_apply (state, decision);
    ht_state_set_head (state, change->number, hash);
    return TRUE;
}
