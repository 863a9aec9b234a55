/* SPDX-License-Identifier: MIT */

/* Records as rows of the store. */

#include "scheduler/base/error.h"
#include "scheduler/service/record.h"

#define USUAL_ITEMS 3 /* room for so many spares growing by one, two and four */

#define AT(record, field, type) ((type *) (gpointer) ((char *) (record) + (field)->offset))

/* Each kind's table, and those of its lists in the order of its fields. */
static const struct {
    HtTable table;
    HtTable lists[3];
} tables[HT_N_RECORDS] = {
    [HT_RECORD_UNIT] = { HT_TABLE_UNIT, { HT_TABLE_UNIT_TERM, HT_N_TABLES } },
    [HT_RECORD_RESOURCE] = { HT_TABLE_RESOURCE, { HT_N_TABLES } },
    [HT_RECORD_CLOSURE] = { HT_TABLE_CLOSURE, { HT_N_TABLES } },
    [HT_RECORD_SITE] = { HT_TABLE_SITE, { HT_N_TABLES } },
    [HT_RECORD_SOURCE] = { HT_TABLE_SOURCE, { HT_N_TABLES } },
    [HT_RECORD_PROFILE] = { HT_TABLE_PROFILE, { HT_N_TABLES } },
    [HT_RECORD_PERSON] = { HT_TABLE_PERSON, { HT_TABLE_GRANT, HT_N_TABLES } },
    [HT_RECORD_SUBSCRIPTION] = { HT_TABLE_SUBSCRIPTION, { HT_N_TABLES } },
    [HT_RECORD_API_TOKEN] = { HT_TABLE_API_TOKEN, { HT_N_TABLES } },
    [HT_RECORD_SERIES] = { HT_TABLE_SERIES, { HT_TABLE_CHOICE, HT_N_TABLES } },
    [HT_RECORD_SESSION] = { HT_TABLE_SESSION,
                            { HT_TABLE_MEMBER, HT_TABLE_RESERVATION, HT_N_TABLES } },
    [HT_RECORD_JOB] = { HT_TABLE_JOB, { HT_TABLE_TRACK, HT_N_TABLES } },
    [HT_RECORD_OPERATION] = { HT_TABLE_OPERATION, { HT_TABLE_SITE_CHECK, HT_N_TABLES } },
    [HT_RECORD_QUOTA] = { HT_TABLE_QUOTA, { HT_N_TABLES } },
};

HtTable
ht_record_get_table (HtRecordKind kind)
{
    return tables[kind].table;
}

const HtTable *
ht_record_get_list_tables (HtRecordKind kind)
{
    return tables[kind].lists;
}

static HtValue
make_text (char *text)
{
    return (HtValue){ text == NULL ? HT_VALUE_NULL : HT_VALUE_TEXT, 0, text };
}

static char *
print_ids (const GArray *ids)
{
    GString *text;

    if (ids == NULL)
        return NULL;
    text = g_string_new ("[");
    for (unsigned i = 0; i < ids->len; i++)
        g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                                g_array_index (ids, int64_t, i));
    g_string_append_c (text, ']');
    return g_string_free (text, FALSE);
}

static GArray *
parse_ids (const char *text)
{
    GArray *ids = g_array_new (FALSE, FALSE, sizeof (int64_t));

    for (const char *p = text; *p != '\0' && *p != ']';) {
        char *end = NULL;
        int64_t id = g_ascii_strtoll (p + 1, &end, 10);

        if (end == p + 1)
            break;
        g_array_append_val (ids, id);
        p = end;
    }
    return ids;
}

static HtValue
get_value (const HtField *field, gconstpointer record)
{
    switch (field->type) {
    case HT_FIELD_INT:
        return (HtValue){ HT_VALUE_INT, *AT (record, field, int64_t), NULL };
    case HT_FIELD_BOOL:
        return (HtValue){ HT_VALUE_INT, *AT (record, field, gboolean) ? 1 : 0, NULL };
    case HT_FIELD_ENUM:
        return (HtValue){ HT_VALUE_NAME, 0, field->names[*AT (record, field, int)] };
    case HT_FIELD_TEXT:
        return make_text (g_strdup (*AT (record, field, char *)));
    default:
        return make_text (print_ids (*AT (record, field, GArray *)));
    }
}

static int
find_name (const char *const *names, const char *name)
{
    for (int i = 0; names[i] != NULL; i++)
        if (g_strcmp0 (names[i], name) == 0)
            return i;
    return -1;
}

static gboolean
refuse_value (const HtFields *fields, const HtField *field, GError **error)
{
    ht_problem_set (error, HT_ERROR_ATTENTION, "database-damaged", NULL,
                    "the database holds a %s whose %s is none", fields->name, field->name);
    return FALSE;
}

static gboolean
set_value (const HtFields *fields, const HtField *field, const HtValue *value, gpointer record,
           GError **error)
{
    gboolean is_int = field->type == HT_FIELD_INT || field->type == HT_FIELD_BOOL;
    int chosen = 0;

    if (is_int ? value->type != HT_VALUE_INT : value->type == HT_VALUE_INT)
        return refuse_value (fields, field, error);
    if (field->type == HT_FIELD_ENUM && (chosen = find_name (field->names, value->text)) < 0)
        return refuse_value (fields, field, error);
    if (field->type == HT_FIELD_INT)
        *AT (record, field, int64_t) = value->integer;
    else if (field->type == HT_FIELD_BOOL)
        *AT (record, field, gboolean) = value->integer != 0;
    else if (field->type == HT_FIELD_ENUM)
        *AT (record, field, int) = chosen;
    else if (field->type == HT_FIELD_TEXT)
        *AT (record, field, char *) = g_strdup (value->text);
    else if (value->text != NULL)
        *AT (record, field, GArray *) = parse_ids (value->text);
    return TRUE;
}

static gboolean
set_values (const HtFields *fields, const HtValue *values, gpointer record, GError **error)
{
    for (unsigned i = 0, column = 0; i < fields->n_fields; i++)
        if (fields->fields[i].type != HT_FIELD_LIST &&
            !set_value (fields, &fields->fields[i], &values[column++], record, error))
            return FALSE;
    return TRUE;
}

gpointer
ht_record_from_row (HtRecordKind kind, const HtValue *values, GError **error)
{
    gpointer record = ht_record_new (kind);

    if (set_values (ht_record_get_fields (kind), values, record, error))
        return record;
    ht_record_unref (kind, record);
    return NULL;
}

static const HtField *
find_list (HtRecordKind kind, HtTable table)
{
    const HtFields *fields = ht_record_get_fields (kind);

    for (unsigned i = 0, list = 0; i < fields->n_fields; i++)
        if (fields->fields[i].type == HT_FIELD_LIST && tables[kind].lists[list++] == table)
            return &fields->fields[i];
    return NULL;
}

gboolean
ht_record_add_row (HtRecordKind kind, gpointer record, HtTable table, const HtValue *values,
                   GError **error)
{
    const HtField *field = find_list (kind, table);
    GArray **items = AT (record, field, GArray *);

    if (*items == NULL)
        *items = g_array_sized_new (FALSE, TRUE, (unsigned) field->list->size, USUAL_ITEMS);
    g_array_set_size (*items, (*items)->len + 1);
    return set_values (field->list, values + 2,
                       (*items)->data + ((*items)->len - 1) * field->list->size, error);
}

static void
append_row (GArray *rows, HtTable table, HtRowAction action, const HtFields *fields,
            gconstpointer record, const int64_t *place)
{
    HtRow row = { table, action, 0, g_new0 (HtValue, ht_tables[table].n_columns) };

    if (place != NULL) {
        row.values[row.n_values++] = (HtValue){ HT_VALUE_INT, place[0], NULL };
        row.values[row.n_values++] = (HtValue){ HT_VALUE_INT, place[1], NULL };
    }
    for (unsigned i = 0; i < fields->n_fields; i++)
        if (fields->fields[i].type != HT_FIELD_LIST)
            row.values[row.n_values++] = get_value (&fields->fields[i], record);
    g_array_append_val (rows, row);
}

static void
append_removal (GArray *rows, HtTable table, int64_t id, int64_t position)
{
    HtRow row = { table, HT_ROW_REMOVE, ht_tables[table].n_key, g_new0 (HtValue, 2) };

    row.values[0] = (HtValue){ HT_VALUE_INT, id, NULL };
    row.values[1] = (HtValue){ HT_VALUE_INT, position, NULL };
    g_array_append_val (rows, row);
}

static void
append_list_rows (GArray *rows, HtTable table, const HtField *field, const HtEntry *entry)
{
    const GArray *before = entry->before == NULL ? NULL : *AT (entry->before, field, GArray *);
    const GArray *after = entry->after == NULL ? NULL : *AT (entry->after, field, GArray *);
    unsigned n_before = before == NULL ? 0 : before->len;
    unsigned n_after = after == NULL ? 0 : after->len;
    size_t size = field->list->size;

    for (unsigned i = 0; i < n_after; i++)
        if (i >= n_before ||
            !ht_fields_equal (field->list, before->data + i * size, after->data + i * size))
            append_row (rows, table, i < n_before ? HT_ROW_PUT : HT_ROW_ADD, field->list,
                        after->data + i * size, (int64_t[]){ entry->id, i });
    for (unsigned i = n_after; i < n_before; i++)
        append_removal (rows, table, entry->id, i);
}

static gboolean
scalars_equal (const HtFields *fields, gconstpointer a, gconstpointer b)
{
    for (unsigned i = 0; i < fields->n_fields; i++)
        if (fields->fields[i].type != HT_FIELD_LIST &&
            !ht_fields_equal_member (&fields->fields[i], a, b))
            return FALSE;
    return TRUE;
}

void
ht_entry_append_rows (const HtEntry *entry, GArray *rows)
{
    const HtFields *fields = ht_record_get_fields (entry->kind);
    HtTable table = tables[entry->kind].table;

    if (entry->after == NULL)
        append_removal (rows, table, entry->id, 0);
    else if (entry->before == NULL || !scalars_equal (fields, entry->before, entry->after))
        append_row (rows, table, entry->before == NULL ? HT_ROW_ADD : HT_ROW_PUT, fields,
                    entry->after, NULL);
    for (unsigned i = 0, list = 0; i < fields->n_fields; i++)
        if (fields->fields[i].type == HT_FIELD_LIST)
            append_list_rows (rows, tables[entry->kind].lists[list++], &fields->fields[i], entry);
}
