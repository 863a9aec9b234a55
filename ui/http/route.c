/* SPDX-License-Identifier: MIT */

#include "ui/http/route.h"

#include <string.h>

#include "scheduler/base/id.h"

static gboolean
is_identity (const char *name, size_t length)
{
    return (length == 2 && memcmp (name, "id", 2) == 0) ||
           (length > 3 && memcmp (name + length - 3, "_id", 3) == 0);
}

/* @pattern: the segment, braces included */
static gboolean
take_param (const char *pattern, size_t length, const char *text, unsigned at, HtRouteMatch *match)
{
    if (text[0] == '\0' || at >= HT_REQUEST_MAX_PARAMS)
        return FALSE;
    match->texts[at] = text;
    match->ids[at] = HT_ID_NONE;
    return !is_identity (pattern + 1, length - 2) || ht_id_parse (text, &match->ids[at], NULL);
}

static gboolean
match_path (const char *pattern, const HtUri *uri, HtRouteMatch *match)
{
    unsigned n_params = 0, i = 0;

    for (; *pattern == '/'; i++) {
        size_t length = strcspn (++pattern, "/");
        const char *text;

        if (i == uri->segments->len)
            return FALSE;
        text = g_ptr_array_index (uri->segments, i);
        if (*pattern == '{') {
            if (!take_param (pattern, length, text, n_params++, match))
                return FALSE;
        } else if (strlen (text) != length || memcmp (pattern, text, length) != 0)
            return FALSE;
        pattern += length;
    }
    return i == uri->segments->len;
}

static void
allow (GString *allowed, const char *method)
{
    if (allowed == NULL || strstr (allowed->str, method) != NULL)
        return;
    g_string_append_printf (allowed, "%s%s%s", allowed->len > 0 ? ", " : "", method,
                            strcmp (method, "GET") == 0 ? ", HEAD" : "");
}

HtRouteOutcome
ht_route_match (const HtRouteTable *tables, unsigned n_tables, const char *method, const HtUri *uri,
                HtRouteMatch *ret_match, GString *allowed)
{
    HtRouteOutcome outcome = HT_ROUTE_NO_PATH;
    HtRouteMatch match = { 0 };

    for (unsigned t = 0; t < n_tables; t++)
        for (unsigned r = 0; r < tables[t].n_routes; r++) {
            const HtRoute *route = &tables[t].routes[r];

            if (!match_path (route->path, uri, &match))
                continue;
            if (strcmp (route->method, method) == 0) {
                match.route = route;
                match.api = tables[t].api;
                *ret_match = match;
                return HT_ROUTE_FOUND;
            }
            outcome = HT_ROUTE_NO_METHOD;
            allow (allowed, route->method);
        }
    return outcome;
}
