/* SPDX-License-Identifier: MIT */

/* The last changes, for undo: kept as they are committed, and read back from the log at start, from
 * the newest on: what a change made of a record is what the next one found. */

#include <string.h>

#include "scheduler/service/state-private.h"

#define MAX_RECENT     256
#define MAX_BODY_BYTES (4 * 1024 * 1024) /* an import; nobody undoes what was before it */

void
ht_state_take_recent (HtState *self, HtDecision *decision)
{
    g_queue_push_tail (&self->recent, decision);
    if (self->recent.length > MAX_RECENT)
        ht_decision_free (g_queue_pop_head (&self->recent));
}

const HtDecision *
ht_state_find_recent (const HtState *self, int64_t number)
{
    for (GList *link = self->recent.tail; link != NULL; link = link->prev) {
        const HtDecision *decision = link->data;

        if (decision->number <= number)
            return decision->number == number ? decision : NULL;
    }
    return NULL;
}

/* Which change an undo took back: the one that its sessions were changed by before. */
static int64_t
find_undone (const HtDecision *undo)
{
    for (unsigned i = 0; i < undo->entries->len; i++) {
        const HtEntry *entry = &g_array_index (undo->entries, HtEntry, i);

        if (entry->kind == HT_RECORD_SESSION && entry->before != NULL)
            return ((const HtSession *) entry->before)->changed_number;
    }
    return 0;
}

const HtDecision *
ht_state_find_last (const HtState *self, int64_t actor_id, const gboolean *commands)
{
    g_autoptr (GHashTable) undone =
        g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

    for (GList *link = self->recent.tail; link != NULL; link = link->prev) {
        const HtDecision *decision = link->data;
        int64_t number;

        if (decision->actor_id != actor_id)
            continue;
        if (decision->command == HT_COMMAND_UNDO) {
            number = find_undone (decision);
            g_hash_table_add (undone, g_memdup2 (&number, sizeof number));
        } else if (commands[decision->command] &&
                   !g_hash_table_contains (undone, &decision->number))
            return decision;
    }
    return NULL;
}

/* From the log. */

typedef struct {
    int64_t number, at_us, actor_id;
    GBytes *body; /* (owned) */
} Kept;

static void
kept_clear (Kept *kept)
{
    g_clear_pointer (&kept->body, g_bytes_unref);
}

static gboolean
keep (const HtChange *change, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    Kept kept = { change->number, change->at_us, change->actor_id,
                  g_bytes_new (change->body, MIN (change->body_bytes, MAX_BODY_BYTES + 1)) };

    g_array_append_val ((GArray *) user_data, kept);
    return TRUE;
}

static int
find_name (const char *const *names, const char *name)
{
    for (int i = 0; names[i] != NULL; i++)
        if (g_strcmp0 (names[i], name) == 0)
            return i;
    return -1;
}

static int
find_command (const char *name)
{
    for (int command = 0; command < HT_N_COMMANDS; command++)
        if (g_strcmp0 (ht_command_get_name (command), name) == 0)
            return command;
    return -1;
}

/* Records as they were before the changes that have been read. */
typedef struct {
    const HtState *state;
    GHashTable *before; /* "kind id" to record, borrowed from the decisions */
} Past;

static gpointer
find_after (const Past *past, const char *place, int kind, int64_t id)
{
    gpointer record = NULL;

    if (!g_hash_table_lookup_extended (past->before, place, NULL, &record))
        record = (gpointer) ht_state_peek (past->state, kind, id);
    return record;
}

/* (nullable) (transfer full) */
static gpointer
read_before (JsonObject *object, int kind, int64_t id, gconstpointer after)
{
    JsonNode *from = json_object_get_member (object, "from");
    gpointer before;

    if (from == NULL || !JSON_NODE_HOLDS_OBJECT (from))
        return NULL;
    before = after != NULL ? ht_record_copy (kind, after) : ht_record_new (kind);
    if (ht_fields_update (ht_record_get_fields (kind), json_node_get_object (from),
                          HT_FIELD_PRIVATE | HT_FIELD_SECRET, before, NULL)) {
        *(int64_t *) before = id;
        return before;
    }
    ht_record_unref (kind, before);
    return NULL;
}

static gboolean
read_entry (Past *past, JsonObject *object, HtDecision *decision)
{
    int kind = find_name (ht_record_kind_names,
                          json_object_get_string_member_with_default (object, "kind", ""));
    int64_t id = json_object_get_int_member_with_default (object, "id", 0);
    HtEntry entry = { 0, id, NULL, NULL };
    g_autofree char *place = g_strdup_printf ("%d %" G_GINT64_FORMAT, kind, id);
    gpointer after;

    if (kind < 0 || id <= 0)
        return FALSE;
    after = find_after (past, place, kind, id);
    if ((after != NULL) != json_object_has_member (object, "to"))
        return FALSE;
    entry.kind = kind;
    entry.after = after == NULL ? NULL : ht_record_ref (after);
    entry.before = read_before (object, kind, id, after);
    g_array_append_val (decision->entries, entry);
    g_hash_table_insert (past->before, g_steal_pointer (&place), entry.before);
    return (entry.before != NULL) == json_object_has_member (object, "from");
}

static gboolean
read_entries (Past *past, JsonObject *body, HtDecision *decision)
{
    JsonNode *list = json_object_get_member (body, "entries");
    JsonArray *entries =
        list == NULL || !JSON_NODE_HOLDS_ARRAY (list) ? NULL : json_node_get_array (list);

    for (unsigned i = 0; entries != NULL && i < json_array_get_length (entries); i++) {
        JsonNode *item = json_array_get_element (entries, i);

        if (!JSON_NODE_HOLDS_OBJECT (item) ||
            !read_entry (past, json_node_get_object (item), decision))
            return FALSE;
    }
    return entries != NULL;
}

/* (nullable) (transfer full): %NULL where the log says something that we do not understand. */
static HtDecision *
read_decision (Past *past, const Kept *kept)
{
    g_autoptr (JsonParser) parser = json_parser_new_immutable ();
    size_t bytes;
    const char *text = g_bytes_get_data (kept->body, &bytes);
    JsonNode *root;
    JsonObject *body;
    int command;
    g_autoptr (HtDecision) decision = NULL;

    if (bytes > MAX_BODY_BYTES || !json_parser_load_from_data (parser, text, (gssize) bytes, NULL))
        return NULL;
    root = json_parser_get_root (parser);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
        return NULL;
    body = json_node_get_object (root);
    command = find_command (json_object_get_string_member_with_default (body, "command", ""));
    if (command < 0)
        return NULL;
    decision = ht_decision_new (command, kept->number, kept->at_us, kept->actor_id);
    return read_entries (past, body, decision) ? g_steal_pointer (&decision) : NULL;
}

gboolean
ht_state_load_recent (HtState *self, HtStore *store, GError **error)
{
    g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Kept));
    g_autoptr (GHashTable) before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    Past past = { self, before };

    g_array_set_clear_func (changes, (GDestroyNotify) kept_clear);
    if (!ht_store_read_log (store, MAX (1, self->number - MAX_RECENT + 1), MAX_RECENT, keep,
                            changes, error))
        return FALSE;
    for (unsigned i = changes->len; i > 0; i--) {
        HtDecision *decision = read_decision (&past, &g_array_index (changes, Kept, i - 1));

        if (decision == NULL)
            break;
        g_queue_push_head (&self->recent, decision);
    }
    return TRUE;
}
