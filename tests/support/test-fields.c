/* SPDX-License-Identifier: MIT */

#include "scheduler/support/fields.h"

#include <string.h>

#include "scheduler/base/error.h"

typedef struct {
    char *name;
    int64_t amount;
} Item;

typedef struct {
    char *title;
    int64_t count;
    gboolean open;
    int colour;
    GArray *ids;
    char **days;
    GArray *items;
    char *phone;
    char *hash;
} Record;

static const char *const colours[] = { "red", "green", NULL };

static const HtField item_table[] = {
    { "name", HT_FIELD_TEXT, G_STRUCT_OFFSET (Item, name), HT_FIELD_REQUIRED, 0, 10 },
    { "amount", HT_FIELD_INT, G_STRUCT_OFFSET (Item, amount), 0, 1, 9 },
};
static const HtFields item_fields = HT_FIELDS ("item", Item, item_table);

static const HtField record_table[] = {
    { "title", HT_FIELD_TEXT, G_STRUCT_OFFSET (Record, title), HT_FIELD_REQUIRED, 0, 20 },
    { "count", HT_FIELD_INT, G_STRUCT_OFFSET (Record, count), 0, -5, 5 },
    { "open", HT_FIELD_BOOL, G_STRUCT_OFFSET (Record, open) },
    { "colour", HT_FIELD_ENUM, G_STRUCT_OFFSET (Record, colour), .names = colours },
    { "ids", HT_FIELD_IDS, G_STRUCT_OFFSET (Record, ids), .max = 3 },
    { "days", HT_FIELD_TEXTS, G_STRUCT_OFFSET (Record, days), .max = 2 },
    { "items", HT_FIELD_LIST, G_STRUCT_OFFSET (Record, items), .max = 2, .list = &item_fields },
    { "phone", HT_FIELD_TEXT, G_STRUCT_OFFSET (Record, phone), HT_FIELD_PRIVATE },
    { "hash", HT_FIELD_TEXT, G_STRUCT_OFFSET (Record, hash), HT_FIELD_SECRET },
};
static const HtFields record_fields = HT_FIELDS ("record", Record, record_table);

static const char full[] =
    "{\"title\":\"H\\u1ed9i ngh\\u1ecb\",\"count\":-5,\"open\":true,\"colour\":\"green\","
    "\"ids\":[3,1],\"days\":[\"x\",\"y\"],\"items\":[{\"name\":\"a\",\"amount\":9},{\"name\":\"b\"}],"
    "\"phone\":\"0234\",\"hash\":\"x\"}";

static void
test_round_trip (void)
{
    Record record = { 0 }, copy = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) json = g_string_new (NULL);

    g_assert_true (ht_fields_decode_text (&record_fields, full, strlen (full), &record, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (record.title, ==, "Hội nghị");
    g_assert_cmpint (g_array_index (record.items, Item, 0).amount, ==, 9);

    ht_fields_copy (&record_fields, &record, &copy);
    g_assert_true (ht_fields_equal (&record_fields, &record, &copy));
    g_array_index (copy.items, Item, 1).amount = 2;
    g_assert_false (ht_fields_equal (&record_fields, &record, &copy));

    ht_fields_encode (&record_fields, &record, json, NULL, NULL);
    g_assert_cmpstr (
        json->str, ==,
        "{\"title\":\"Hội nghị\",\"count\":-5,\"open\":true,\"colour\":\"green\","
        "\"ids\":[3,1],\"days\":[\"x\",\"y\"],\"items\":[{\"name\":\"a\",\"amount\":9},"
        "{\"name\":\"b\",\"amount\":0}],\"phone\":\"0234\"}");
    ht_fields_clear (&record_fields, &record);
    ht_fields_clear (&record_fields, &copy);
}

static char *
veil (const HtField *field G_GNUC_UNUSED, gconstpointer record G_GNUC_UNUSED, gpointer user_data)
{
    return g_strdup (user_data);
}

static void
test_private_members_are_veiled (void)
{
    Record record = { .phone = (char *) "0234" };
    g_autoptr (GString) json = g_string_new (NULL);

    ht_fields_encode (&record_fields, &record, json, veil, (gpointer) "hmac");
    g_assert_nonnull (strstr (json->str, "\"phone\":\"hmac\""));
    g_assert_null (strstr (json->str, "0234"));
}

static const struct {
    const char *json, *problem, *field;
} bad[] = {
    { "{}", "required", "title" },
    { "{\"title\":null}", "required", "title" },
    { "{\"title\":\"  \"}", "required", "title" },
    { "{\"title\":7}", "wrong-type", "title" },
    { "{\"title\":\"a\",\"tilte\":1}", "unknown-member", "tilte" },
    { "{\"title\":\"a\",\"count\":6}", "out-of-range", "count" },
    { "{\"title\":\"a\",\"count\":1.5}", "wrong-type", "count" },
    { "{\"title\":\"a\",\"open\":1}", "wrong-type", "open" },
    { "{\"title\":\"a\",\"colour\":\"blue\"}", "not-one-of", "colour" },
    { "{\"title\":\"a\",\"ids\":[1,2,3,4]}", "too-many", "ids" },
    { "{\"title\":\"a\",\"ids\":[0]}", "wrong-type", "ids" },
    { "{\"title\":\"a\",\"days\":[7]}", "wrong-type", "days" },
    { "{\"title\":\"a\",\"days\":[\"1\",\"2\",\"3\"]}", "too-many", "days" },
    { "{\"title\":\"a\",\"items\":[7]}", "wrong-type", "items" },
    { "{\"title\":\"a\",\"items\":[{\"name\":\"a\"},{\"name\":\"b\",\"amount\":10}]}",
      "out-of-range", "amount" },
    { "{\"title\":\"0123456789012345678901\"}", "too-long", "title" },
    { "[]", "not-an-object", NULL },
    { "", "not-an-object", NULL },
    { "{\"title\":", "not-json", NULL },
    { "{\"a\":[[[[[[[[[[]]]]]]]]]]}", "too-deep", NULL },
    { "{\"title\":\"\xff\"}", "not-utf8", NULL },
};

static void
test_bad_input_is_named (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
        Record record = { 0 };
        g_autoptr (GError) error = NULL;
        g_autofree char *shown = g_strescape (bad[i].json, NULL);

        g_test_message ("%s", shown);
        g_assert_false (ht_fields_decode_text (&record_fields, bad[i].json, strlen (bad[i].json),
                                               &record, &error));
        g_assert_cmpstr (ht_problem_get_id (error), ==, bad[i].problem);
        g_assert_cmpstr (ht_problem_get_field (error), ==, bad[i].field);
        ht_fields_clear (&record_fields, &record);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/support/fields/round-trip", test_round_trip);
    g_test_add_func ("/support/fields/veil", test_private_members_are_veiled);
    g_test_add_func ("/support/fields/bad-input", test_bad_input_is_named);
    return g_test_run ();
}
