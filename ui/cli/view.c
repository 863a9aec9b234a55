/* SPDX-License-Identifier: MIT */

#include "ui/cli/view.h"

#include <string.h>

#include "ui/cli/words.h"

#define GAP 2 /* spaces between columns */

static gboolean
is_instant (const char *text)
{
    return strlen (text) >= 19 && text[4] == '-' && text[7] == '-' && text[10] == 'T' &&
           text[13] == ':' && text[16] == ':';
}

/* What is there already is not said again. */
static void
append_text (GPtrArray *out, const char *text)
{
    char *shown = is_instant (text) ? g_strndup (text, 16) : g_strdup (text);

    if (is_instant (text))
        shown[10] = ' ';
    if (g_ptr_array_find_with_equal_func (out, shown, g_str_equal, NULL))
        g_free (shown);
    else
        g_ptr_array_add (out, shown);
}

static void
append_value (GPtrArray *out, JsonNode *node)
{
    g_autofree char *number = NULL;

    switch (json_node_get_value_type (node)) {
    case G_TYPE_STRING:
        append_text (out, json_node_get_string (node));
        break;
    case G_TYPE_BOOLEAN:
        append_text (out, json_node_get_boolean (node) ? ht_words_pick ("có", "yes")
                                                       : ht_words_pick ("không", "no"));
        break;
    default:
        number = json_to_string (node, FALSE);
        append_text (out, number);
    }
}

/* @names: what is left of the path. A list is walked through at every place. */
static void
append_found (GPtrArray *out, JsonNode *node, char **names)
{
    JsonNode *member;

    if (node == NULL || JSON_NODE_HOLDS_NULL (node))
        return;
    if (JSON_NODE_HOLDS_ARRAY (node)) {
        JsonArray *array = json_node_get_array (node);

        for (unsigned i = 0; i < json_array_get_length (array); i++)
            append_found (out, json_array_get_element (array, i), names);
        return;
    }
    if (JSON_NODE_HOLDS_VALUE (node)) {
        if (names[0] == NULL)
            append_value (out, node);
        return;
    }
    member =
        names[0] == NULL ? NULL : json_object_get_member (json_node_get_object (node), names[0]);
    if (member != NULL)
        append_found (out, member, names + 1);
}

char *
ht_view_find (JsonNode *node, const char *path)
{
    g_auto (GStrv) names = g_strsplit (path, ".", -1);
    g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);

    append_found (out, node, names);
    g_ptr_array_add (out, NULL);
    return g_strjoinv (", ", (char **) out->pdata);
}

/* (nullable) */
static JsonArray *
find_list (JsonNode *answer, const char *path)
{
    g_auto (GStrv) names = g_strsplit (path, ".", -1);

    for (unsigned i = 0; names[i] != NULL && names[i][0] != '\0' && answer != NULL; i++)
        answer = JSON_NODE_HOLDS_OBJECT (answer)
                     ? json_object_get_member (json_node_get_object (answer), names[i])
                     : NULL;
    return answer != NULL && JSON_NODE_HOLDS_ARRAY (answer) ? json_node_get_array (answer) : NULL;
}

/* Columns of a terminal: letters of the East are two wide, marks none. */
static unsigned
measure (const char *text)
{
    unsigned width = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar letter = g_utf8_get_char (p);

        if (!g_unichar_iszerowidth (letter))
            width += g_unichar_iswide (letter) ? 2 : 1;
    }
    return width;
}

static void
append_padded (GString *out, const char *text, unsigned width)
{
    g_string_append (out, text);
    for (unsigned i = measure (text); i < width; i++)
        g_string_append_c (out, ' ');
}

static unsigned
count_columns (const HtView *view)
{
    unsigned n = 0;

    while (view->columns[n].path != NULL)
        n++;
    return n;
}

/* (transfer full) (element-type utf8): headings first, row by row */
static GPtrArray *
make_cells (const HtView *view, JsonArray *rows, unsigned n_columns)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

    for (unsigned i = 0; i < n_columns; i++)
        g_ptr_array_add (cells,
                         g_strdup (ht_words_pick (view->columns[i].vi, view->columns[i].en)));
    for (unsigned r = 0; r < json_array_get_length (rows); r++)
        for (unsigned i = 0; i < n_columns; i++)
            g_ptr_array_add (
                cells, ht_view_find (json_array_get_element (rows, r), view->columns[i].path));
    return cells;
}

static void
append_table (GString *out, const HtView *view, JsonArray *rows)
{
    unsigned n_columns = count_columns (view);
    g_autoptr (GPtrArray) cells = make_cells (view, rows, n_columns);
    g_autofree unsigned *widths = g_new0 (unsigned, n_columns);

    g_assert (n_columns > 0);
    for (unsigned i = 0; i < cells->len; i++)
        widths[i % n_columns] = MAX (widths[i % n_columns], measure (g_ptr_array_index (cells, i)));
    for (unsigned i = 0; i < cells->len; i++) {
        gboolean last = i % n_columns == n_columns - 1;

        append_padded (out, g_ptr_array_index (cells, i), last ? 0 : widths[i % n_columns] + GAP);
        if (last)
            g_string_append_c (out, '\n');
    }
}

static void
append_members (GString *out, const HtView *view, JsonNode *answer)
{
    for (unsigned i = 0; view->columns[i].path != NULL; i++) {
        g_autofree char *text = ht_view_find (answer, view->columns[i].path);

        if (text[0] != '\0')
            g_string_append_printf (out, "%s: %s\n",
                                    ht_words_pick (view->columns[i].vi, view->columns[i].en), text);
    }
}

char *
ht_view_show (const HtView *views, JsonNode *answer)
{
    GString *out = g_string_new (NULL);

    for (const HtView *view = views; view->columns != NULL; view++) {
        JsonArray *rows = view->list == NULL ? NULL : find_list (answer, view->list);

        if (view->list == NULL)
            append_members (out, view, answer);
        else if (rows != NULL && json_array_get_length (rows) > 0) {
            g_string_append (out, out->len > 0 ? "\n" : "");
            append_table (out, view, rows);
        }
    }
    return g_string_free (out, FALSE);
}
