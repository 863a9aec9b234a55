/* SPDX-License-Identifier: MIT */

#include "scheduler/support/fields.h"

#include <inttypes.h>
#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/text.h"
#include "scheduler/support/json.h"

#define DEFAULT_LETTERS 200
#define DEFAULT_ITEMS   1000
#define MAX_DEPTH       8

#define AT(record, field, type) ((type *) (gpointer) ((char *) (record) + (field)->offset))
#define AT_CONST(record, field, type)                                                              \
    ((const type *) (gconstpointer) ((const char *) (record) + (field)->offset))

static gboolean
refuse (const HtField *field, const char *id, const char *wanted, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, id, field->name, "%s must be %s", field->name, wanted);
    if (error != NULL)
        ht_problem_add (*error, "wanted", wanted);
    return FALSE;
}

static gboolean
is_of_type (JsonNode *node, GType type)
{
    return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
check_bounds (const HtField *field, int64_t value, GError **error)
{
    g_autofree char *wanted = NULL;

    if (field->max <= field->min || (value >= field->min && value <= field->max))
        return TRUE;
    wanted =
        g_strdup_printf ("a whole number from %" PRId64 " to %" PRId64, field->min, field->max);
    return refuse (field, "out-of-range", wanted, error);
}

static gboolean
decode_int (const HtField *field, JsonNode *node, gpointer record, GError **error)
{
    int64_t value;

    if (!is_of_type (node, G_TYPE_INT64))
        return refuse (field, "wrong-type", "a whole number", error);
    value = json_node_get_int (node);
    if (!check_bounds (field, value, error))
        return FALSE;
    *AT (record, field, int64_t) = value;
    return TRUE;
}

static gboolean
decode_bool (const HtField *field, JsonNode *node, gpointer record, GError **error)
{
    if (!is_of_type (node, G_TYPE_BOOLEAN))
        return refuse (field, "wrong-type", "true or false", error);
    *AT (record, field, gboolean) = json_node_get_boolean (node);
    return TRUE;
}

static gboolean
decode_text (const HtField *field, JsonNode *node, gpointer record, GError **error)
{
    unsigned letters = field->max > 0 ? (unsigned) field->max : DEFAULT_LETTERS;
    const char *raw;
    char *text;

    if (!is_of_type (node, G_TYPE_STRING))
        return refuse (field, "wrong-type", "text", error);
    raw = json_node_get_string (node);
    text = ht_text_check (raw, strlen (raw), letters, (field->flags & HT_FIELD_LINES) != 0,
                          field->name, error);
    if (text == NULL)
        return FALSE;
    g_free (*AT (record, field, char *));
    *AT (record, field, char *) = text;
    if ((field->flags & HT_FIELD_REQUIRED) != 0 && text[0] == '\0')
        return refuse (field, "required", "filled in", error);
    return TRUE;
}

static gboolean
decode_enum (const HtField *field, JsonNode *node, gpointer record, GError **error)
{
    g_autofree char *joined = NULL;
    g_autofree char *wanted = NULL;

    if (is_of_type (node, G_TYPE_STRING))
        for (int i = 0; field->names[i] != NULL; i++)
            if (strcmp (field->names[i], json_node_get_string (node)) == 0) {
                *AT (record, field, int) = i;
                return TRUE;
            }
    joined = g_strjoinv (", ", (char **) field->names);
    wanted = g_strdup_printf ("one of %s", joined);
    return refuse (field, "not-one-of", wanted, error);
}

static JsonArray *
take_array (const HtField *field, JsonNode *node, GError **error)
{
    int64_t most = field->max > 0 ? field->max : DEFAULT_ITEMS;
    g_autofree char *wanted = g_strdup_printf ("a list of at most %" PRId64 " items", most);

    if (!JSON_NODE_HOLDS_ARRAY (node) ||
        json_array_get_length (json_node_get_array (node)) > most) {
        refuse (field, JSON_NODE_HOLDS_ARRAY (node) ? "too-many" : "wrong-type", wanted, error);
        return NULL;
    }
    return json_node_get_array (node);
}

static gboolean
decode_ids (const HtField *field, JsonNode *node, gpointer record, GError **error)
{
    JsonArray *array = take_array (field, node, error);
    GArray *ids;

    if (array == NULL)
        return FALSE;
    ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
    g_clear_pointer (AT (record, field, GArray *), g_array_unref);
    *AT (record, field, GArray *) = ids;
    for (unsigned i = 0; i < json_array_get_length (array); i++) {
        JsonNode *item = json_array_get_element (array, i);
        int64_t id;

        if (!is_of_type (item, G_TYPE_INT64) || json_node_get_int (item) <= 0)
            return refuse (field, "wrong-type", "a list of identities", error);
        id = json_node_get_int (item);
        g_array_append_val (ids, id);
    }
    return TRUE;
}

static gboolean
decode_texts (const HtField *field, JsonNode *node, gpointer record, GError **error)
{
    JsonArray *array = take_array (field, node, error);
    g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

    if (array == NULL)
        return FALSE;
    for (unsigned i = 0; i < json_array_get_length (array); i++) {
        JsonNode *item = json_array_get_element (array, i);
        g_autofree char *text = NULL;

        if (!is_of_type (item, G_TYPE_STRING))
            return refuse (field, "wrong-type", "a list of texts", error);
        text = ht_text_check (json_node_get_string (item), strlen (json_node_get_string (item)),
                              DEFAULT_LETTERS, FALSE, field->name, error);
        if (text == NULL)
            return FALSE;
        g_strv_builder_add (texts, text);
    }
    g_strfreev (*AT (record, field, char **));
    *AT (record, field, char **) = g_strv_builder_end (texts);
    return TRUE;
}

/* The array's items are cleared one by one by clear_list(): a GArray's clear function does not
 * know the table. */
static gboolean
decode_list (const HtField *field, JsonNode *node, gpointer record, GError **error)
{
    JsonArray *array = take_array (field, node, error);
    GArray *items;

    if (array == NULL)
        return FALSE;
    items = g_array_new (FALSE, TRUE, (unsigned) field->list->size);
    *AT (record, field, GArray *) = items;
    for (unsigned i = 0; i < json_array_get_length (array); i++) {
        JsonNode *item = json_array_get_element (array, i);

        if (!JSON_NODE_HOLDS_OBJECT (item))
            return refuse (field, "wrong-type", "a list of objects", error);
        g_array_set_size (items, i + 1);
        if (!ht_fields_decode (field->list, json_node_get_object (item),
                               items->data + i * field->list->size, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean (*const decoders[]) (const HtField *, JsonNode *, gpointer, GError **) = {
    [HT_FIELD_INT] = decode_int,   [HT_FIELD_BOOL] = decode_bool, [HT_FIELD_TEXT] = decode_text,
    [HT_FIELD_ENUM] = decode_enum, [HT_FIELD_IDS] = decode_ids,   [HT_FIELD_TEXTS] = decode_texts,
    [HT_FIELD_LIST] = decode_list,
};

static const HtField *
find_field (const HtFields *fields, const char *name)
{
    for (unsigned i = 0; i < fields->n_fields; i++)
        if (strcmp (fields->fields[i].name, name) == 0)
            return &fields->fields[i];
    return NULL;
}

static gboolean
refuse_unknown (const HtFields *fields, JsonObject *object, GError **error)
{
    g_autoptr (GList) members = json_object_get_members (object);

    for (GList *m = members; m != NULL; m = m->next)
        if (find_field (fields, m->data) == NULL) {
            ht_problem_set (error, HT_ERROR_INVALID, "unknown-member", m->data,
                            "there is no member '%.60s' here; leave it out",
                            (const char *) m->data);
            return FALSE;
        }
    return TRUE;
}

gboolean
ht_fields_decode (const HtFields *fields, JsonObject *object, gpointer record, GError **error)
{
    if (!refuse_unknown (fields, object, error))
        return FALSE;
    for (unsigned i = 0; i < fields->n_fields; i++) {
        const HtField *field = &fields->fields[i];
        JsonNode *node = json_object_get_member (object, field->name);

        if (node == NULL || JSON_NODE_HOLDS_NULL (node)) {
            if ((field->flags & HT_FIELD_REQUIRED) != 0)
                return refuse (field, "required", "filled in", error);
        } else if (!decoders[field->type](field, node, record, error))
            return FALSE;
    }
    return TRUE;
}

/* Counted before json-glib recurses into the text. */
static gboolean
check_depth (const char *text, size_t length, GError **error)
{
    int depth = 0;
    gboolean quoted = FALSE;

    for (size_t i = 0; i < length; i++) {
        char c = text[i];

        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']'))
            depth--;
        if (depth > MAX_DEPTH) {
            ht_problem_set (error, HT_ERROR_INVALID, "too-deep", NULL,
                            "the JSON nests deeper than %d", MAX_DEPTH);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean
ht_fields_decode_text (const HtFields *fields, const char *text, size_t length, gpointer record,
                       GError **error)
{
    g_autoptr (JsonParser) parser = json_parser_new_immutable ();
    g_autoptr (GError) fault = NULL;
    JsonNode *root;

    if (length == 0) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-an-object", NULL, "the body is empty");
        return FALSE;
    }
    if (!g_utf8_validate_len (text, length, NULL)) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-utf8", NULL, "the body is not valid UTF-8");
        return FALSE;
    }
    if (!check_depth (text, length, error))
        return FALSE;
    if (!json_parser_load_from_data (parser, text, (gssize) length, &fault)) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-json", NULL, "the body is no JSON: %s",
                        fault->message);
        return FALSE;
    }
    root = json_parser_get_root (parser);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-an-object", NULL,
                        "the body must be one JSON object");
        return FALSE;
    }
    return ht_fields_decode (fields, json_node_get_object (root), record, error);
}

static void
encode_ids (GString *json, const GArray *ids)
{
    g_string_append_c (json, '[');
    for (unsigned i = 0; i < ids->len; i++) {
        if (i > 0)
            g_string_append_c (json, ',');
        ht_json_append_int (json, g_array_index (ids, int64_t, i));
    }
    g_string_append_c (json, ']');
}

static void
encode_texts (GString *json, char **texts)
{
    g_string_append_c (json, '[');
    for (unsigned i = 0; texts[i] != NULL; i++) {
        if (i > 0)
            g_string_append_c (json, ',');
        ht_json_append_string (json, texts[i]);
    }
    g_string_append_c (json, ']');
}

static void
encode_list (const HtField *field, GString *json, const GArray *items, HtFieldsVeil veil,
             gpointer user_data)
{
    g_string_append_c (json, '[');
    for (unsigned i = 0; i < items->len; i++) {
        if (i > 0)
            g_string_append_c (json, ',');
        ht_fields_encode (field->list, items->data + i * field->list->size, json, veil, user_data);
    }
    g_string_append_c (json, ']');
}

static void
encode_value (const HtField *field, gconstpointer record, GString *json, HtFieldsVeil veil,
              gpointer user_data)
{
    switch (field->type) {
    case HT_FIELD_INT:
        ht_json_append_int (json, *AT_CONST (record, field, int64_t));
        break;
    case HT_FIELD_BOOL:
        g_string_append (json, *AT_CONST (record, field, gboolean) ? "true" : "false");
        break;
    case HT_FIELD_TEXT:
        ht_json_append_string (json, *AT_CONST (record, field, char *));
        break;
    case HT_FIELD_ENUM:
        ht_json_append_string (json, field->names[*AT_CONST (record, field, int)]);
        break;
    case HT_FIELD_IDS:
        encode_ids (json, *AT_CONST (record, field, GArray *));
        break;
    case HT_FIELD_TEXTS:
        encode_texts (json, *AT_CONST (record, field, GStrv));
        break;
    case HT_FIELD_LIST:
        encode_list (field, json, *AT_CONST (record, field, GArray *), veil, user_data);
        break;
    }
}

static gboolean
is_null (const HtField *field, gconstpointer record)
{
    return (field->type == HT_FIELD_TEXT || field->type == HT_FIELD_IDS ||
            field->type == HT_FIELD_TEXTS || field->type == HT_FIELD_LIST) &&
           *AT_CONST (record, field, gpointer) == NULL;
}

void
ht_fields_encode (const HtFields *fields, gconstpointer record, GString *json, HtFieldsVeil veil,
                  gpointer user_data)
{
    char separator = '{';

    for (unsigned i = 0; i < fields->n_fields; i++) {
        const HtField *field = &fields->fields[i];
        g_autofree char *veiled = NULL;
        gboolean hide = veil != NULL && (field->flags & HT_FIELD_PRIVATE) != 0;

        if ((field->flags & HT_FIELD_SECRET) != 0 || is_null (field, record))
            continue;
        if (hide && (veiled = veil (field, record, user_data)) == NULL)
            continue;
        g_string_append_c (json, separator);
        ht_json_append_name (json, field->name);
        separator = ',';
        if (hide)
            ht_json_append_string (json, veiled);
        else
            encode_value (field, record, json, veil, user_data);
    }
    g_string_append (json, separator == '{' ? "{}" : "}");
}

static char *
leave_out (const HtField *field G_GNUC_UNUSED, gconstpointer record G_GNUC_UNUSED,
           gpointer user_data G_GNUC_UNUSED)
{
    return NULL;
}

void
ht_fields_encode_member (const HtField *field, gconstpointer record, GString *json)
{
    if (is_null (field, record))
        g_string_append (json, "null");
    else
        encode_value (field, record, json, leave_out, NULL);
}

static GArray *
copy_list (const HtField *field, const GArray *from)
{
    GArray *to = g_array_sized_new (FALSE, TRUE, (unsigned) field->list->size, from->len);

    g_array_set_size (to, from->len);
    for (unsigned i = 0; i < from->len; i++)
        ht_fields_copy (field->list, from->data + i * field->list->size,
                        to->data + i * field->list->size);
    return to;
}

void
ht_fields_copy (const HtFields *fields, gconstpointer from, gpointer to)
{
    memcpy (to, from, fields->size);
    for (unsigned i = 0; i < fields->n_fields; i++) {
        const HtField *field = &fields->fields[i];

        if (is_null (field, from))
            continue;
        if (field->type == HT_FIELD_TEXT)
            *AT (to, field, char *) = g_strdup (*AT_CONST (from, field, char *));
        else if (field->type == HT_FIELD_IDS)
            *AT (to, field, GArray *) = g_array_copy (*AT ((gpointer) from, field, GArray *));
        else if (field->type == HT_FIELD_TEXTS)
            *AT (to, field, char **) = g_strdupv (*AT_CONST (from, field, GStrv));
        else if (field->type == HT_FIELD_LIST)
            *AT (to, field, GArray *) = copy_list (field, *AT_CONST (from, field, GArray *));
    }
}

static void
clear_list (const HtField *field, GArray *items)
{
    for (unsigned i = 0; i < items->len; i++)
        ht_fields_clear (field->list, items->data + i * field->list->size);
    g_array_unref (items);
}

static void
clear_member (const HtField *field, gpointer record)
{
    if (is_null (field, record))
        return;
    if (field->type == HT_FIELD_TEXT)
        g_clear_pointer (AT (record, field, char *), g_free);
    else if (field->type == HT_FIELD_IDS)
        g_clear_pointer (AT (record, field, GArray *), g_array_unref);
    else if (field->type == HT_FIELD_TEXTS)
        g_clear_pointer (AT (record, field, char **), g_strfreev);
    else if (field->type == HT_FIELD_LIST)
        clear_list (field, g_steal_pointer (AT (record, field, GArray *)));
}

void
ht_fields_clear (const HtFields *fields, gpointer record)
{
    for (unsigned i = 0; i < fields->n_fields; i++)
        clear_member (&fields->fields[i], record);
}

gboolean
ht_fields_update (const HtFields *fields, JsonObject *object, unsigned skip_flags, gpointer record,
                  GError **error)
{
    if (!refuse_unknown (fields, object, error))
        return FALSE;
    for (unsigned i = 0; i < fields->n_fields; i++) {
        const HtField *field = &fields->fields[i];
        JsonNode *node = json_object_get_member (object, field->name);

        if (node == NULL || (field->flags & skip_flags) != 0)
            continue;
        clear_member (field, record);
        if (!JSON_NODE_HOLDS_NULL (node) && !decoders[field->type](field, node, record, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
lists_equal (const HtField *field, const GArray *a, const GArray *b)
{
    if (a == NULL || b == NULL || a->len != b->len)
        return (a == NULL || a->len == 0) && (b == NULL || b->len == 0);
    if (field->type == HT_FIELD_IDS)
        return a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (int64_t)) == 0;
    for (unsigned i = 0; i < a->len; i++)
        if (!ht_fields_equal (field->list, a->data + i * field->list->size,
                              b->data + i * field->list->size))
            return FALSE;
    return TRUE;
}

static gboolean
texts_equal (char **a, char **b)
{
    static char *none[] = { NULL };

    return g_strv_equal ((const char *const *) (a == NULL ? none : a),
                         (const char *const *) (b == NULL ? none : b));
}

gboolean
ht_fields_equal_member (const HtField *field, gconstpointer a, gconstpointer b)
{
    switch (field->type) {
    case HT_FIELD_INT:
        return *AT_CONST (a, field, int64_t) == *AT_CONST (b, field, int64_t);
    case HT_FIELD_BOOL:
        return !*AT_CONST (a, field, gboolean) == !*AT_CONST (b, field, gboolean);
    case HT_FIELD_ENUM:
        return *AT_CONST (a, field, int) == *AT_CONST (b, field, int);
    case HT_FIELD_TEXT:
        return g_strcmp0 (*AT_CONST (a, field, char *), *AT_CONST (b, field, char *)) == 0;
    case HT_FIELD_TEXTS:
        return texts_equal (*AT_CONST (a, field, GStrv), *AT_CONST (b, field, GStrv));
    default:
        return lists_equal (field, *AT_CONST (a, field, GArray *), *AT_CONST (b, field, GArray *));
    }
}

gboolean
ht_fields_equal (const HtFields *fields, gconstpointer a, gconstpointer b)
{
    for (unsigned i = 0; i < fields->n_fields; i++)
        if (!ht_fields_equal_member (&fields->fields[i], a, b))
            return FALSE;
    return TRUE;
}

gpointer
ht_fields_dup (const HtFields *fields, gconstpointer record)
{
    gpointer copy = g_malloc0 (fields->size);

    ht_fields_copy (fields, record, copy);
    return copy;
}

void
ht_fields_free (const HtFields *fields, gpointer record)
{
    if (record == NULL)
        return;
    ht_fields_clear (fields, record);
    g_free (record);
}
