/* SPDX-License-Identifier: MIT */

#include "ui/cli/recur.h"

#include <stdlib.h>
#include <string.h>

#include "scheduler/core/recurrence-text.h"
#include "scheduler/core/recurrence.h"

/* A line that names what is wrong, without control characters that a terminal would obey. */
static char *
write_refusal (const char *reason)
{
    char *line = g_strdup_printf ("refused: %s", reason);

    for (char *c = line; *c != '\0'; c++)
        if (g_ascii_iscntrl (*c))
            *c = '?';
    return line;
}

static char *
write_occurrences (const GArray *occurrences, HtCivilText form)
{
    GString *line = g_string_sized_new (occurrences->len * (size_t) HT_CIVIL_TEXT_BYTES);
    char text[HT_CIVIL_TEXT_BYTES];

    for (unsigned i = 0; i < occurrences->len; i++) {
        HtCivil civil =
            ht_civil_from_local_s (g_array_index (occurrences, HtOccurrence, i).local_s);

        ht_civil_write_basic (&civil, form, text);
        if (i > 0)
            g_string_append_c (line, ' ');
        g_string_append (line, text);
    }
    return g_string_free (line, FALSE);
}

char *
ht_recur_show (const char *start, const char *rule, const HtZone *zone, unsigned limit)
{
    g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (HtOccurrence));
    g_autoptr (GError) error = NULL;
    HtRecurrenceWindow window = { INT64_MIN, INT64_MAX, limit };
    HtRecurrenceStart from = { .zone = zone };
    HtRecurrence value;

    if (!ht_civil_parse_basic (start, "START", &from.civil, &from.form, &error) ||
        !ht_recurrence_parse (rule, &value, &error) ||
        !ht_recurrence_expand (&value, &from, &window, occurrences, NULL, &error))
        return write_refusal (error->message);
    return write_occurrences (occurrences, from.form);
}

static char *
answer_line (char *line, const HtZone *zone, unsigned limit)
{
    char *tab = strchr (line, '\t');

    if (tab == NULL)
        return write_refusal ("the line is not of the form START<TAB>RULE");
    *tab = '\0';
    return ht_recur_show (line, g_strchomp (tab + 1), zone, limit);
}

void
ht_recur_show_lines (FILE *in, FILE *out, const HtZone *zone, unsigned limit)
{
    char *line = NULL;
    size_t size = 0;

    while (getline (&line, &size, in) >= 0) {
        g_autofree char *answer = answer_line (line, zone, limit);

        fprintf (out, "%s\n", answer);
    }
    /* the C library's own allocation */
    free (line); /* NOLINT */
}

static gboolean
parse_options (int *argc, char ***argv, char **zone_name, int *limit, GError **error)
{
    const GOptionEntry entries[] = {
        { "zone", 'z', 0, G_OPTION_ARG_STRING, zone_name, "Zone of local times",
          "Asia/Ho_Chi_Minh" },
        { "limit", 'n', 0, G_OPTION_ARG_INT, limit, "The most occurrences for each rule", "N" },
        { NULL },
    };
    g_autoptr (GOptionContext) context = g_option_context_new ("[START RULE]");

    g_option_context_set_summary (
        context, "Shows the occurrences of a recurrence rule: of START and RULE, or of each line\n"
                 "START<TAB>RULE of the standard input. START is 20261125 (a date),\n"
                 "20261125T073000 (local) or 20261125T003000Z (UTC).");
    g_option_context_add_main_entries (context, entries, NULL);
    if (!g_option_context_parse (context, argc, argv, error))
        return FALSE;
    if (*limit < 1 || *limit > HT_RECUR_MAX_LIMIT) {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--limit: %d is not in 1..%d",
                     *limit, HT_RECUR_MAX_LIMIT);
        return FALSE;
    }
    if (*argc != 1 && *argc != 3) {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     "give START and RULE, or neither");
        return FALSE;
    }
    return TRUE;
}

int
ht_recur_run (int argc, char **argv)
{
    g_autofree char *zone_name = NULL;
    g_autoptr (HtZone) zone = NULL;
    g_autoptr (GError) error = NULL;
    int limit = HT_RECUR_LIMIT;

    if (!parse_options (&argc, &argv, &zone_name, &limit, &error) ||
        (zone_name != NULL && (zone = ht_zone_new (zone_name, "--zone", &error)) == NULL)) {
        fprintf (stderr, "hoitruong recur: %s\n", error->message);
        return 2;
    }
    if (argc == 3) {
        g_autofree char *answer = ht_recur_show (argv[1], argv[2], zone, (unsigned) limit);

        printf ("%s\n", answer);
    } else {
        ht_recur_show_lines (stdin, stdout, zone, (unsigned) limit);
    }
    return fflush (stdout) == 0 ? 0 : 1;
}
