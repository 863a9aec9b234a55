/* SPDX-License-Identifier: MIT */

#include "scheduler/service/import.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/civil.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/import-private.h"

#define MAX_TOLD 20 /* bad lines that are named */

static const struct {
    const char *columns[12];
    HtImportRow take;
    const char *optional[4]; /* columns that a table may have */
} tables[HT_IMPORT_N_KINDS] = {
    [HT_IMPORT_UNITS] = { { "key", "from", "until", "code", "name", "type", "parent_key" },
                          ht_import_take_unit },
    [HT_IMPORT_CLOSURES] = { { "key", "from", "until", "name" }, ht_import_take_closure },
    [HT_IMPORT_HOURS] = { { "key", "weekday", "from", "until" }, ht_import_take_hours },
    [HT_IMPORT_LINKS] = { { "key", "name", "parent_key", "kbps" },
                          ht_import_take_link,
                          { "relay" } },
    [HT_IMPORT_RESOURCES] = { { "key", "kind", "name", "unit_key", "capacity", "setup_minutes",
                                "teardown_minutes", "seats", "closure_key" },
                              ht_import_take_resource,
                              { "features" } },
    [HT_IMPORT_PEOPLE] = { { "key", "name", "unit_key", "roles", "login", "trainer", "phone",
                             "email" },
                           ht_import_take_person },
    [HT_IMPORT_SITES] = { { "key", "unit_key", "name", "short", "seats", "zone", "room_key",
                            "link_key" },
                          ht_import_take_site },
    [HT_IMPORT_SOURCES] = { { "key", "name", "kind", "url", "room_key", "connections", "kbps",
                              "loops" },
                            ht_import_take_source },
    [HT_IMPORT_PROFILES] = { { "key", "name", "profile", "site_key", "kbps" },
                             ht_import_take_profile },
};

/* Keys. */

static const HtField *
find_key_field (HtRecordKind kind)
{
    const HtFields *fields = ht_record_get_fields (kind);

    for (unsigned i = 0; i < fields->n_fields; i++)
        if (strcmp (fields->fields[i].name, "key") == 0)
            return &fields->fields[i];
    return NULL;
}

#define KEY(record, field) ((char **) (gpointer) ((char *) (record) + (field)->offset))

static GHashTable *
get_keys (HtImporter *self, HtRecordKind kind)
{
    const HtField *field = find_key_field (kind);
    int64_t n_ids = ht_state_get_next_id (self->decider->state, kind);

    if (self->keys[kind] != NULL)
        return self->keys[kind];
    self->keys[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (int64_t id = 1; id < n_ids; id++) {
        gconstpointer record = ht_state_peek (self->decider->state, kind, id);

        if (record != NULL && *KEY (record, field) != NULL)
            g_hash_table_insert (self->keys[kind], g_strdup (*KEY (record, field)),
                                 GSIZE_TO_POINTER (id));
    }
    return self->keys[kind];
}

gpointer
ht_importer_put_key (HtImporter *self, HtRecordKind kind, const char *key)
{
    GHashTable *keys = get_keys (self, kind);
    int64_t id = GPOINTER_TO_SIZE (g_hash_table_lookup (keys, key));
    gpointer record;

    if (id != HT_ID_NONE)
        return ht_decider_edit (self->decider, kind, id);
    record = ht_decider_make (self->decider, kind);
    *KEY (record, find_key_field (kind)) = g_strdup (key);
    g_hash_table_insert (keys, g_strdup (key), GSIZE_TO_POINTER (ht_record_get_id (record)));
    return record;
}

gpointer
ht_importer_put (HtImporter *self, HtRecordKind kind, GError **error)
{
    const char *key = ht_csv_get (self->csv, "key");

    if (key[0] != '\0')
        return ht_importer_put_key (self, kind, key);
    ht_problem_set (error, HT_ERROR_INVALID, "required", "key", "key must be filled in");
    return NULL;
}

gboolean
ht_importer_find_key (HtImporter *self, HtRecordKind kind, const char *key, const char *column,
                      int64_t *ret_id, GError **error)
{
    *ret_id = GPOINTER_TO_SIZE (g_hash_table_lookup (get_keys (self, kind), key));
    if (*ret_id != HT_ID_NONE)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "no-such-key", column,
                    "%s: there is no %s with the key '%.60s'", column, ht_record_kind_names[kind],
                    key);
    return FALSE;
}

gboolean
ht_importer_find (HtImporter *self, HtRecordKind kind, const char *column, int64_t *ret_id,
                  GError **error)
{
    const char *key = ht_csv_get (self->csv, column);

    *ret_id = HT_ID_NONE;
    return key[0] == '\0' || ht_importer_find_key (self, kind, key, column, ret_id, error);
}

/* Values. */

static gboolean
refuse (const char *column, const char *text, const char *wanted, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, "bad-field", column, "%s: '%.60s' is not %s", column,
                    text, wanted);
    return FALSE;
}

gboolean
ht_importer_read_number (HtImporter *self, const char *column, int64_t least, int64_t standard,
                         int64_t *ret_number, GError **error)
{
    const char *text = ht_csv_get (self->csv, column);

    *ret_number = standard;
    return text[0] == '\0' ||
           g_ascii_string_to_signed (text, 10, least, INT64_C (1) << 50, ret_number, NULL) ||
           refuse (column, text, "a whole number that can be", error);
}

gboolean
ht_importer_read_day (HtImporter *self, const char *column, int64_t *ret_day, GError **error)
{
    const char *text = ht_csv_get (self->csv, column);
    HtCivil civil;

    *ret_day = 0;
    if (text[0] == '\0')
        return TRUE;
    if (!ht_civil_parse_date (text, column, &civil, error))
        return FALSE;
    *ret_day = ht_civil_days_from_date (civil.year, civil.month, civil.day);
    return TRUE;
}

gboolean
ht_importer_read_choice (HtImporter *self, const char *column, const char *const *names,
                         int *ret_choice, GError **error)
{
    const char *text = ht_csv_get (self->csv, column);
    g_autofree char *joined = NULL;
    g_autofree char *wanted = NULL;

    for (int i = 0; names[i] != NULL; i++)
        if (strcmp (names[i], text) == 0) {
            *ret_choice = i;
            return TRUE;
        }
    joined = g_strjoinv (", ", (char **) names);
    wanted = g_strdup_printf ("one of %s", joined);
    return refuse (column, text, wanted, error);
}

gboolean
ht_importer_read_switch (HtImporter *self, const char *column, gboolean *ret_on, GError **error)
{
    static const char *const names[] = { "no", "yes", NULL };
    const char *text = ht_csv_get (self->csv, column);
    int choice = 0;

    if (text == NULL)
        return TRUE;
    if (text[0] != '\0' && !ht_importer_read_choice (self, column, names, &choice, error))
        return FALSE;
    *ret_on = choice == 1;
    return TRUE;
}

void
ht_importer_read_text (HtImporter *self, const char *column, char **member)
{
    const char *text = ht_csv_get (self->csv, column);

    if (text == NULL)
        return;
    g_free (*member);
    *member = text[0] == '\0' ? NULL : g_strdup (text);
}

/* The table. */

/* One sentence for each bad line, the first twenty. */
static void
note_bad_line (HtImporter *self, GString *bad, unsigned *n_bad, GError *fault)
{
    if ((*n_bad)++ < MAX_TOLD)
        g_string_append_printf (bad, "%sline %u: %s", bad->len > 0 ? "; " : "",
                                ht_csv_get_line (self->csv), fault->message);
    g_error_free (fault);
}

static gboolean
take_rows (HtImporter *self, HtImportRow take, GError **error)
{
    g_autoptr (GString) bad = g_string_new (NULL);
    g_autofree char *count = NULL;
    unsigned n_bad = 0;

    for (;;) {
        GError *fault = NULL;
        gboolean has_row = ht_csv_next (self->csv, &fault);

        if (!has_row && fault == NULL)
            break;
        if (!has_row || !take (self, &fault))
            note_bad_line (self, bad, &n_bad, fault);
    }
    if (n_bad == 0)
        return TRUE;
    count = g_strdup_printf ("%u", n_bad);
    ht_problem_set (error, HT_ERROR_INVALID, "bad-lines", "text", "%u bad lines: %s", n_bad,
                    bad->str);
    if (error != NULL) {
        ht_problem_add (*error, "count", count);
        ht_problem_add (*error, "lines", bad->str);
    }
    return FALSE;
}

gboolean
ht_decide_import (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtImport *import = arguments;
    const char *text = import->text == NULL ? "" : import->text;
    g_autoptr (HtCsv) csv = ht_csv_new (text, strlen (text), error);
    HtImporter importer = { .decider = decider, .csv = csv };
    gboolean taken;

    if (csv == NULL)
        return FALSE;
    if (tables[import->what].take == NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-one-of", "what",
                        "%s are booked one by one, not imported at once",
                        ht_import_kind_names[import->what]);
        return FALSE;
    }
    if (!ht_csv_expect (csv, tables[import->what].columns, tables[import->what].optional, error))
        return FALSE;
    importer.touched = g_hash_table_new (NULL, NULL);
    taken = take_rows (&importer, tables[import->what].take, error);
    for (unsigned i = 0; i < HT_N_RECORDS; i++)
        g_clear_pointer (&importer.keys[i], g_hash_table_unref);
    g_hash_table_unref (importer.touched);
    ht_decision_tidy (decider->decision);
    decider->decision->result_id = decider->decision->entries->len;
    if (taken && import->dry_run)
        g_array_set_size (decider->decision->entries, 0);
    return taken;
}
