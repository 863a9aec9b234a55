/* SPDX-License-Identifier: MIT */

/* An address through the tables: what is accepted has clean segments, none of which leaves its
 * place. */

#include <stdint.h>
#include <string.h>

#include "ui/http/route.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const HtRoute routes[] = {
    { "GET", "/api/v1/sessions/{id}", FALSE },
    { "GET", "/calendar/{name}", TRUE },
    { "POST", "/api/v1/sessions/{id}/{word}/{site_id}", TRUE },
};
static const HtRouteTable table = { routes, G_N_ELEMENTS (routes), NULL };

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autofree char *raw = size == 0 ? g_strdup ("") : g_strndup ((const char *) data, size);
    g_auto (HtUri) uri = { NULL, NULL };
    HtRouteMatch match;

    if (!ht_uri_parse (raw, &uri, NULL))
        return 0;
    for (unsigned i = 0; i < uri.segments->len; i++) {
        const char *segment = g_ptr_array_index (uri.segments, i);

        g_assert_true (g_utf8_validate (segment, -1, NULL));
        g_assert_null (strchr (segment, '/'));
        g_assert_cmpstr (segment, !=, "..");
        g_assert_cmpstr (segment, !=, ".");
    }
    g_assert_cmpuint (uri.query->len % 2, ==, 0);
    if (ht_route_match (&table, 1, "GET", &uri, &match, NULL) == HT_ROUTE_FOUND)
        g_assert_cmpint (match.ids[0], >=, 0);
    return 0;
}
