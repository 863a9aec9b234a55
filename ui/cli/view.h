/* SPDX-License-Identifier: MIT */

/* Answers for people to read: which members are shown, in which order, under which heading. Pure.
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* @path: "rooms.name": the names of all rooms, with commas between. */
typedef struct {
    const char *path; /* NULL ends a list of columns */
    const char *vi, *en;
} HtViewColumn;

typedef struct {
    const char *list; /* (nullable): the member whose items are rows, "preview.occurrences"; %NULL:
                       * the answer itself, one member a line; "": the answer, which is a list */
    const HtViewColumn *columns; /* NULL ends a list of views */
} HtView;

/* (transfer full): the views of @answer one below the other; those whose list is empty or not
 * there are left out. Ends with a line break, or is "". */
char *ht_view_show (const HtView *views, JsonNode *answer);

/* (transfer full): the texts at @path, each once, with ", " between; instants as "2026-11-25
 * 07:30". */
char *ht_view_find (JsonNode *node, const char *path);

G_END_DECLS
