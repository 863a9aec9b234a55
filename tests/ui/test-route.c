/* SPDX-License-Identifier: MIT */

#include "ui/http/route.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "ui/http/query.h"

static const HtRoute sessions[] = {
    { "GET", "/api/v1/sessions", FALSE },
    { "POST", "/api/v1/sessions", FALSE },
    { "POST", "/api/v1/sessions/preview", FALSE },
    { "GET", "/api/v1/sessions/{id}", FALSE },
    { "DELETE", "/api/v1/sessions/{id}", FALSE },
    { "POST", "/api/v1/sessions/{id}/sites/{site_id}", FALSE },
};
static const HtRoute others[] = {
    { "GET", "/calendar/{name}", TRUE },
    { "GET", "/", TRUE },
};
static const HtRouteTable tables[] = {
    { sessions, G_N_ELEMENTS (sessions), NULL },
    { others, G_N_ELEMENTS (others), NULL },
};

/* One sentence a row. */
static const struct {
    const char *what, *method, *raw;
    HtRouteOutcome outcome;
    const char *path; /* of the row found, or the methods allowed */
    int64_t id;
    const char *text;
} cases[] = {
    { "a collection", "GET", "/api/v1/sessions", HT_ROUTE_FOUND, "/api/v1/sessions" },
    { "one of it", "GET", "/api/v1/sessions/7", HT_ROUTE_FOUND, "/api/v1/sessions/{id}", 7, "7" },
    { "a word before an identity", "POST", "/api/v1/sessions/preview", HT_ROUTE_FOUND,
      "/api/v1/sessions/preview" },
    { "no identity", "GET", "/api/v1/sessions/seven", HT_ROUTE_NO_PATH },
    { "an identity with a zero in front", "GET", "/api/v1/sessions/07", HT_ROUTE_NO_PATH },
    { "an identity beyond numbers", "GET", "/api/v1/sessions/99999999999999999999",
      HT_ROUTE_NO_PATH },
    { "two identities", "POST", "/api/v1/sessions/7/sites/9", HT_ROUTE_FOUND,
      "/api/v1/sessions/{id}/sites/{site_id}", 7, "7" },
    { "a text", "GET", "/calendar/1.2.abc.ics", HT_ROUTE_FOUND, "/calendar/{name}", HT_ID_NONE,
      "1.2.abc.ics" },
    { "an escaped slash is no slash", "GET", "/calendar/a%20b", HT_ROUTE_FOUND, "/calendar/{name}",
      HT_ID_NONE, "a b" },
    { "an empty text", "GET", "/calendar/", HT_ROUTE_NO_PATH },
    { "a slash too many", "GET", "/api/v1/sessions/", HT_ROUTE_NO_PATH },
    { "a double slash", "GET", "/api//v1/sessions", HT_ROUTE_NO_PATH },
    { "a part of an address", "GET", "/api/v1", HT_ROUTE_NO_PATH },
    { "a longer address", "GET", "/api/v1/sessions/7/more", HT_ROUTE_NO_PATH },
    { "another method", "PUT", "/api/v1/sessions/7", HT_ROUTE_NO_METHOD, "GET, HEAD, DELETE" },
    { "another method of a collection", "PATCH", "/api/v1/sessions", HT_ROUTE_NO_METHOD,
      "GET, HEAD, POST" },
    { "a method in small letters", "get", "/api/v1/sessions/7", HT_ROUTE_NO_METHOD,
      "GET, HEAD, DELETE" },
};

static void
test_cases (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_auto (HtUri) uri = { NULL, NULL };
        g_autoptr (GString) allowed = g_string_new (NULL);
        HtRouteMatch match = { 0 };

        g_test_message ("%s", cases[i].what);
        g_assert_true (ht_uri_parse (cases[i].raw, &uri, NULL));
        g_assert_cmpint (
            ht_route_match (tables, G_N_ELEMENTS (tables), cases[i].method, &uri, &match, allowed),
            ==, cases[i].outcome);
        if (cases[i].outcome == HT_ROUTE_FOUND) {
            g_assert_cmpstr (match.route->path, ==, cases[i].path);
            g_assert_cmpint (match.ids[0], ==, cases[i].id);
            g_assert_cmpstr (match.texts[0], ==, cases[i].text);
        } else if (cases[i].outcome == HT_ROUTE_NO_METHOD)
            g_assert_cmpstr (allowed->str, ==, cases[i].path);
    }
}

/* One sentence a row: the segments joined by "|", or nothing where it is refused. */
static const struct {
    const char *what, *raw, *segments, *query;
} uris[] = {
    { "the root", "/", "", "" },
    { "segments", "/a/b", "a|b", "" },
    { "an empty one at the end", "/a/", "a|", "" },
    { "Vietnamese", "/hu%E1%BA%BF", "huế", "" },
    { "parameters", "/a?x=1&y=%C4%91+b&z&=q&&", "a", "x|1|y|đ b|z|||q" },
    { "absolute", "http://h:80/a?b", "a", "b|" },
    { "absolute without a path", "http://h", "", "" },
    { "a fragment is not ours", "/a?b#c", "a", "b|" },
    { "two dots", "/a/../b", NULL, NULL },
    { "two dots escaped", "/a/%2E%2e/b", NULL, NULL },
    { "one dot", "/a/./b", NULL, NULL },
    { "a slash escaped", "/a%2fb", NULL, NULL },
    { "a zero", "/a%00b", NULL, NULL },
    { "a control character", "/a%0Ab", NULL, NULL },
    { "a broken escape", "/a%4", NULL, NULL },
    { "no UTF-8", "/a%FF", NULL, NULL },
    { "a broken escape in a parameter", "/a?b=%", NULL, NULL },
    { "no path", "a", NULL, NULL },
    { "a star", "*", NULL, NULL },
    { "nothing", "", NULL, NULL },
};

static char *
join (GPtrArray *texts)
{
    g_ptr_array_add (texts, NULL);
    return g_strjoinv ("|", (char **) texts->pdata);
}

static void
test_uris (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (uris); i++) {
        g_auto (HtUri) uri = { NULL, NULL };
        g_autoptr (GError) error = NULL;
        gboolean ok = ht_uri_parse (uris[i].raw, &uri, &error);

        g_test_message ("%s", uris[i].what);
        g_assert_cmpint (ok, ==, uris[i].segments != NULL);
        if (ok) {
            g_autofree char *segments = join (uri.segments);
            g_autofree char *query = join (uri.query);

            g_assert_cmpstr (segments, ==, uris[i].segments);
            g_assert_cmpstr (query, ==, uris[i].query);
        } else
            g_assert_cmpstr (ht_problem_get_id (error), ==, "bad-request");
    }
}

typedef struct {
    int64_t page;
    gboolean all;
    char *q;
    int kind;
    GArray *ids;
} Query;

static const char *const kinds[] = { "a", "b", NULL };
static const HtField query_table[] = {
    { "page", HT_FIELD_INT, G_STRUCT_OFFSET (Query, page), 0, 1, 99 },
    { "all", HT_FIELD_BOOL, G_STRUCT_OFFSET (Query, all) },
    { "q", HT_FIELD_TEXT, G_STRUCT_OFFSET (Query, q), 0, 0, 10 },
    { "kind", HT_FIELD_ENUM, G_STRUCT_OFFSET (Query, kind), .names = kinds },
    { "ids", HT_FIELD_IDS, G_STRUCT_OFFSET (Query, ids), .max = 3 },
};
static const HtFields query_fields = HT_FIELDS ("query", Query, query_table);

static void
test_a_query_is_a_record (void)
{
    g_auto (HtUri) uri = { NULL, NULL };
    Query query = { 0 };

    g_assert_true (ht_uri_parse ("/?page=7&all=true&q=hu%E1%BA%BF&kind=b&ids=3,5", &uri, NULL));
    g_assert_true (ht_query_decode (&query_fields, &uri, &query, NULL));
    g_assert_cmpint (query.page, ==, 7);
    g_assert_true (query.all);
    g_assert_cmpstr (query.q, ==, "huế");
    g_assert_cmpint (query.kind, ==, 1);
    g_assert_cmpint (g_array_index (query.ids, int64_t, 1), ==, 5);
    ht_fields_clear (&query_fields, &query);
}

static const struct {
    const char *raw, *problem, *field;
} bad_queries[] = {
    { "/?page=x", "wrong-type", "page" },     { "/?page=100", "out-of-range", "page" },
    { "/?all=1", "wrong-type", "all" },       { "/?kind=c", "not-one-of", "kind" },
    { "/?ids=1,,2", "wrong-type", "ids" },    { "/?ids=1,2,3,4", "too-many", "ids" },
    { "/?other", "unknown-member", "other" }, { "/?q=a&q=b", "unknown-member", "q" },
};

static void
test_a_bad_query_is_named (void)
{
    for (size_t i = 0; i < G_N_ELEMENTS (bad_queries); i++) {
        g_auto (HtUri) uri = { NULL, NULL };
        g_autoptr (GError) error = NULL;
        Query query = { 0 };

        g_test_message ("%s", bad_queries[i].raw);
        g_assert_true (ht_uri_parse (bad_queries[i].raw, &uri, NULL));
        g_assert_false (ht_query_decode (&query_fields, &uri, &query, &error));
        g_assert_cmpstr (ht_problem_get_id (error), ==, bad_queries[i].problem);
        g_assert_cmpstr (ht_problem_get_field (error), ==, bad_queries[i].field);
        ht_fields_clear (&query_fields, &query);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ui/route/cases", test_cases);
    g_test_add_func ("/ui/route/uris", test_uris);
    g_test_add_func ("/ui/route/query", test_a_query_is_a_record);
    g_test_add_func ("/ui/route/bad-query", test_a_bad_query_is_named);
    return g_test_run ();
}
