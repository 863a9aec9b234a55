/* SPDX-License-Identifier: MIT */

/* Recurrence rules and occurrences collected from four independent projects, in
 * shared/data/rrule-vectors.json beside the sources or in $HT_SHARED. Where all engines that were
 * asked agree, so must ours; where the vector has RDATE or EXDATE, nobody was asked. Their
 * "expected_utc" is not compared: some follow a VTIMEZONE that never leaves summer time. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "scheduler/core/recurrence-set.h"
#include "scheduler/core/recurrence-text.h"

#define MAX_OCCURRENCES 5000

static const char *
get_text (JsonObject *vector, const char *name)
{
    return json_object_has_member (vector, name) ? json_object_get_string_member (vector, name)
                                                 : NULL;
}

/* NULL: no zone, or one that is no zone ("floating"). */
static HtZone *
open_zone (const char *name)
{
    g_autoptr (GError) error = NULL;
    HtZone *zone;

    if (strcmp (name, "floating") == 0 || strcmp (name, "UTC") == 0)
        return NULL;
    zone = ht_zone_new (name, NULL, &error);
    g_assert_no_error (error);
    return zone;
}

static gboolean
all_agree (JsonObject *vector)
{
    g_autoptr (GList) verdicts =
        json_object_get_values (json_object_get_object_member (vector, "check"));

    for (GList *l = verdicts; l != NULL; l = l->next)
        if (strcmp (json_node_get_string (l->data), "agree") != 0)
            return FALSE;
    return verdicts != NULL;
}

static void
add_dates (JsonObject *vector, const char *name, HtRecurrenceSet *set)
{
    JsonArray *dates =
        json_object_has_member (vector, name) ? json_object_get_array_member (vector, name) : NULL;

    for (unsigned i = 0; dates != NULL && i < json_array_get_length (dates); i++)
        g_assert_true (ht_recurrence_set_add (set, json_array_get_string_element (dates, i),
                                              strcmp (name, "exdate") == 0, NULL));
}

static void
check_occurrence (JsonObject *vector, unsigned i, HtOccurrence occurrence, HtCivilText form)
{
    JsonArray *expected = json_object_get_array_member (vector, "expected");
    HtCivil local = ht_civil_from_local_s (occurrence.local_s);
    char text[HT_CIVIL_TEXT_BYTES];

    ht_civil_write_basic (&local, form, text);
    g_assert_cmpstr (text, ==, json_array_get_string_element (expected, i));
}

static void
expand (JsonObject *vector, const HtRecurrenceSet *set, GArray *occurrences)
{
    unsigned n = json_array_get_length (json_object_get_array_member (vector, "expected"));
    gboolean complete = json_object_get_boolean_member (vector, "complete");
    HtRecurrenceWindow window = { INT64_MIN, INT64_MAX, complete ? MAX_OCCURRENCES : n };
    const char *from = get_text (vector, "from");
    g_autoptr (GError) error = NULL;

    if (from != NULL) {
        HtCivil civil;
        HtCivilText form;

        g_assert_true (ht_civil_parse_basic (from, NULL, &civil, &form, NULL));
        window.from_s = ht_civil_to_local_s (&civil);
    }
    ht_recurrence_set_expand (set, &window, occurrences, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (occurrences->len, ==, n);
}

static void
check_vector (JsonObject *vector)
{
    g_autoptr (HtZone) zone = open_zone (get_text (vector, "tz"));
    g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
    g_autoptr (GError) error = NULL;
    g_auto (HtRecurrenceSet) set = { 0 };
    HtRecurrenceStart start = { .zone = zone };
    const char *text = get_text (vector, "rrule");
    HtRecurrence rule;

    g_test_message ("%s from %s", text, get_text (vector, "dtstart"));
    g_assert_true (
        ht_civil_parse_basic (get_text (vector, "dtstart"), NULL, &start.civil, &start.form, NULL));
    if (text != NULL)
        ht_recurrence_parse (text, &rule, &error);
    g_assert_no_error (error);
    ht_recurrence_set_init (&set, &start, text != NULL ? &rule : NULL);
    add_dates (vector, "rdate", &set);
    add_dates (vector, "exdate", &set);
    expand (vector, &set, occurrences);
    for (unsigned i = 0; i < occurrences->len; i++)
        check_occurrence (vector, i, g_array_index (occurrences, HtOccurrence, i), start.form);
}

/* RDATE and EXDATE of one start; 577 counts a start that its rule does not match and lists times
 * of day that dates do not have, 432 has rules that exclude, which RFC 5545 no longer knows. */
static gboolean
is_set (JsonObject *vector)
{
    return (json_object_has_member (vector, "rdate") ||
            json_object_has_member (vector, "exdate")) &&
           json_object_get_int_member (vector, "id") != 577;
}

static JsonParser *
load_vectors (void)
{
    const char *shared = g_getenv ("HT_SHARED");
    g_autofree char *folder = shared != NULL
                                  ? g_strdup (shared)
                                  : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", NULL);
    g_autofree char *path = g_build_filename (folder, "data", "rrule-vectors.json", NULL);
    g_autoptr (JsonParser) parser = json_parser_new ();

    return json_parser_load_from_file (parser, path, NULL) ? g_steal_pointer (&parser) : NULL;
}

static void
test_vectors (void)
{
    g_autoptr (JsonParser) parser = load_vectors ();
    JsonArray *vectors;
    unsigned agreed = 0, sets = 0;

    if (parser == NULL) {
        g_test_skip ("shared/data/rrule-vectors.json is not there: 246 vectors not tried");
        return;
    }
    vectors = json_node_get_array (json_parser_get_root (parser));
    for (unsigned i = 0; i < json_array_get_length (vectors); i++) {
        JsonObject *vector = json_array_get_object_element (vectors, i);

        if (!all_agree (vector) && !is_set (vector))
            continue;
        check_vector (vector);
        *(all_agree (vector) ? &agreed : &sets) += 1;
    }
    g_assert_cmpuint (agreed, ==, 240);
    g_assert_cmpuint (sets, ==, 6);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/recurrence/shared-vectors", test_vectors);
    return g_test_run ();
}
