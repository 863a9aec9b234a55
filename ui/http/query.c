/* SPDX-License-Identifier: MIT */

#include "ui/http/query.h"

#include <string.h>

#include "scheduler/base/error.h"

static const HtField *
find_field (const HtFields *fields, const char *name)
{
    for (unsigned i = 0; fields != NULL && i < fields->n_fields; i++)
        if (strcmp (fields->fields[i].name, name) == 0)
            return &fields->fields[i];
    return NULL;
}

/* What is no number stays text, so that the table's decoder refuses it by name. */
static JsonNode *
make_number (const char *value)
{
    int64_t number;

    if (!g_ascii_string_to_signed (value, 10, INT64_MIN, INT64_MAX, &number, NULL))
        return json_node_init_string (json_node_alloc (), value);
    return json_node_init_int (json_node_alloc (), number);
}

static JsonNode *
make_truth (const char *value)
{
    gboolean is_true = strcmp (value, "true") == 0;

    if (!is_true && strcmp (value, "false") != 0)
        return json_node_init_string (json_node_alloc (), value);
    return json_node_init_boolean (json_node_alloc (), is_true);
}

static JsonNode *
make_list (const char *value)
{
    g_auto (GStrv) items = g_strsplit (value, ",", -1);
    g_autoptr (JsonArray) array = json_array_new ();

    for (unsigned i = 0; items[i] != NULL; i++)
        json_array_add_element (array, make_number (items[i]));
    return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
make_texts (const char *value)
{
    g_auto (GStrv) items = g_strsplit (value, ",", -1);
    g_autoptr (JsonArray) array = json_array_new ();

    for (unsigned i = 0; items[i] != NULL; i++)
        json_array_add_string_element (array, items[i]);
    return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
make_text (const char *value)
{
    return json_node_init_string (json_node_alloc (), value);
}

static JsonNode *(*const makers[]) (const char *value) = {
    [HT_FIELD_INT] = make_number,  [HT_FIELD_BOOL] = make_truth, [HT_FIELD_TEXT] = make_text,
    [HT_FIELD_ENUM] = make_text,   [HT_FIELD_IDS] = make_list,   [HT_FIELD_LIST] = make_text,
    [HT_FIELD_TEXTS] = make_texts,
};

gboolean
ht_query_decode (const HtFields *fields, const HtUri *uri, gpointer record, GError **error)
{
    g_autoptr (JsonObject) object = json_object_new ();

    for (unsigned i = 0; i < uri->query->len; i += 2) {
        const char *name = g_ptr_array_index (uri->query, i);
        const HtField *field = find_field (fields, name);

        if (field == NULL || json_object_has_member (object, name)) {
            ht_problem_set (error, HT_ERROR_INVALID, "unknown-member", name,
                            "the parameter '%.60s' is unknown here or there twice; leave it out",
                            name);
            return FALSE;
        }
        json_object_set_member (object, name,
                                makers[field->type](g_ptr_array_index (uri->query, i + 1)));
    }
    return fields == NULL || ht_fields_decode (fields, object, record, error);
}
