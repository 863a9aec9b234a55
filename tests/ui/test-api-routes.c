/* SPDX-License-Identifier: MIT */

/* Every route with every role, and the API's description held against the tables and the answers.
 */

#include <string.h>

#include "tests/ui/api-fixture.h"

#define BOOKING                                                                                    \
    "{\"title\":\"Tập huấn\",\"start\":\"2026-12-24T07:30\",\"minutes\":90,\"rooms\":[2]}"

/* Who asks, in the order of the letters below. */
static const int64_t who[] = { NOBODY, CADRE, TRAINER, OPERATOR, ADMIN };

/* How each of them is answered: u not signed in (or wrongly), d denied, n not found, a allowed
 * (done, or refused for what it says), in the order of who. The last rows change most. */
static const struct {
    const char *method, *route, *target, *body, *answers;
} cases[] = {
    { "GET", "/healthz", NULL, NULL, "aaaaa" },
    { "GET", "/metrics", NULL, NULL, "nnnnn" },
    { "POST", "/api/v1/sign-in", NULL, "{\"login\":\"p2\",\"password\":\"no\"}", "uuuuu" },
    { "GET", "/api/v1/me", NULL, NULL, "uaaaa" },
    { "POST", "/api/v1/me/password", NULL, "{\"old\":\"no\",\"new\":\"correct horse\"}", "uaaaa" },
    { "GET", "/api/v1/agenda", "/api/v1/agenda?from=2026-11-23&to=2026-12-29", NULL, "uaaaa" },
    { "GET", "/api/v1/sessions/{id}", "/api/v1/sessions/1", NULL, "uaaaa" },
    { "GET", "/api/v1/sessions/{id}", "/api/v1/sessions/99", NULL, "unnnn" },
    { "GET", "/api/v1/series", NULL, NULL, "uaaaa" },
    { "GET", "/api/v1/busy", "/api/v1/busy?from=2026-11-23&to=2026-12-29&resources=1,2", NULL,
      "uaaaa" },
    { "GET", "/api/v1/places", NULL, NULL, "uaaaa" },
    { "GET", "/api/v1/units", NULL, NULL, "uaaaa" },
    { "GET", "/api/v1/profiles", NULL, NULL, "uaaaa" },
    { "GET", "/api/v1/sessions/{id}/watch", "/api/v1/sessions/1/watch", NULL, "uaaaa" },
    { "GET", "/media/{id}/{track}/{file}", "/media/1/main/live.m3u8", NULL, "unnnn" },
    { "GET", "/api/v1/events", NULL, NULL, "uaaaa" },
    { "GET", "/api/v1/log", NULL, NULL, "uddda" },
    { "GET", "/api/v1/landing/{key}", "/api/v1/landing/1.1.x", NULL, "nnnnn" },
    { "GET", "/calendar/{name}", "/calendar/1.1.x.ics", NULL, "nnnnn" },
    { "GET", "/api/v1/subscriptions", NULL, NULL, "uaaaa" },
    { "POST", "/api/v1/subscriptions", NULL, "{\"scope\":\"unit\",\"id\":1}", "uaaaa" },
    { "GET", "/api/v1/people", NULL, NULL, "uddda" },
    { "GET", "/api/v1/people/{id}", "/api/v1/people/4", NULL, "uddda" },
    { "POST", "/api/v1/sessions/preview", NULL, BOOKING, "udaaa" },
    { "POST", "/api/v1/sessions", NULL, BOOKING, "udaaa" },
    { "POST", "/api/v1/find-time", NULL,
      "{\"minutes\":60,\"rooms\":[1],\"from\":\"2026-12-24\",\"to\":\"2026-12-24\",\"hoursFrom\":\"07:30\","
      "\"hoursTo\":\"12:00\"}",
      "udaaa" },
    { "POST", "/api/v1/sessions/{id}/move", "/api/v1/sessions/1/move",
      "{\"start\":\"2026-12-25T09:00\",\"minutes\":60}", "udaaa" },
    { "POST", "/api/v1/sessions/{id}/move/preview", "/api/v1/sessions/1/move/preview",
      "{\"start\":\"2026-12-25T10:00\",\"minutes\":60,\"scope\":\"all\"}", "udaaa" },
    { "POST", "/api/v1/sessions/{id}/edit/preview", "/api/v1/sessions/1/edit/preview",
      "{\"rooms\":[1],\"title\":\"Khác\",\"audience\":\"persons\",\"audienceIds\":[2],\"scope\":\"all\"}",
      "udaaa" },
    { "POST", "/api/v1/sessions/{id}/edit", "/api/v1/sessions/1/edit",
      "{\"rooms\":[1],\"title\":\"Khác\",\"description\":\"Mang theo máy\"}", "udaaa" },
    { "POST", "/api/v1/undo/preview", NULL, "{}", "uaaaa" },
    { "POST", "/api/v1/undo", NULL, "{}", "uaaaa" },
    { "POST", "/api/v1/sessions/change-many/preview", NULL,
      "{\"unitId\":1,\"from\":\"2026-12-24\",\"until\":\"2026-12-25\",\"action\":\"move\",\"days\":7,"
      "\"those\":\"fitting\"}",
      "udaaa" },
    { "POST", "/api/v1/sessions/change-many", NULL,
      "{\"resourceId\":1,\"from\":\"2026-12-24\",\"until\":\"2026-12-24\",\"action\":\"move\",\"minutes\":10}",
      "udaaa" },
    { "POST", "/api/v1/sessions/{id}/cancel/preview", "/api/v1/sessions/1/cancel/preview",
      "{\"reason\":\"mưa\",\"scope\":\"all\"}", "udaaa" },
    { "POST", "/api/v1/sessions/{id}/extend/preview", "/api/v1/sessions/1/extend/preview",
      "{\"minutes\":90}", "udaaa" },
    { "POST", "/api/v1/sessions/{id}/extend", "/api/v1/sessions/1/extend", "{\"minutes\":15}",
      "udaaa" },
    { "POST", "/api/v1/sessions/{id}/rehearsals", "/api/v1/sessions/4/rehearsals",
      "{\"lead\":\"hour-before\",\"sites\":[2]}", "uddaa" },
    { "POST", "/api/v1/sessions/{id}/run-on", "/api/v1/sessions/1/run-on", "{\"on\":true}",
      "udaaa" },
    { "GET", "/api/v1/readiness", "/api/v1/readiness?days=31", NULL, "uaaaa" },
    { "GET", "/api/v1/sessions/{id}/readiness", "/api/v1/sessions/4/readiness", NULL, "uadaa" },
    { "GET", "/api/v1/sessions/{id}/readiness", "/api/v1/sessions/99/readiness", NULL, "unnnn" },
    { "PUT", "/api/v1/sessions/{id}/readiness/{site_id}", "/api/v1/sessions/4/readiness/2",
      "{\"picture\":\"yes\",\"technician\":\"Tùng\",\"phone\":\"0905000000\",\"lineKbps\":1900}",
      "uadaa" },
    { "PUT", "/api/v1/sessions/{id}/readiness/{site_id}", "/api/v1/sessions/4/readiness/1",
      "{\"signedOff\":\"yes\",\"note\":\"được\"}", "uddaa" },
    { "POST", "/api/v1/sessions/{id}/readiness/{site_id}/substitute",
      "/api/v1/sessions/4/readiness/2/substitute", "{\"reason\":\"mất điện\"}", "uddaa" },
    { "POST", "/api/v1/sessions/{id}/start", "/api/v1/sessions/2/start", "{}", "udaaa" },
    { "POST", "/api/v1/sessions/{id}/stop", "/api/v1/sessions/2/stop", "{}", "udaaa" },
    { "POST", "/api/v1/sessions/{id}/cancel", "/api/v1/sessions/1/cancel", "{\"reason\":\"mưa\"}",
      "udaaa" },
    { "GET", "/api/v1/approvals", NULL, NULL, "uaaaa" },
    { "GET", "/api/v1/closures", NULL, NULL, "uaaaa" },
    { "POST", "/api/v1/closures", NULL,
      "{\"name\":\"Giờ hành chính\",\"hours\":[{\"weekday\":\"MO\",\"from\":\"07:00\",\"until\":\"17:00\"}],"
      "\"days\":[\"2027-01-01\"]}",
      "uddda" },
    { "POST", "/api/v1/closures/{id}", "/api/v1/closures/1", "{\"name\":\"Giờ hành chính\"}",
      "uddda" },
    { "POST", "/api/v1/resources", NULL,
      "{\"kind\":\"room\",\"name\":\"Phòng mới\",\"unitId\":1,\"capacity\":1,\"setupMinutes\":15,"
      "\"teardownMinutes\":10,\"seats\":40,\"closureId\":1}",
      "uddda" },
    { "POST", "/api/v1/resources/{id}", "/api/v1/resources/1",
      "{\"kind\":\"room\",\"name\":\"Phòng A\",\"unitId\":1,\"capacity\":1,\"setupMinutes\":0,"
      "\"teardownMinutes\":0}",
      "uddda" },
    { "GET", "/api/v1/resources", NULL, NULL, "uaaaa" },
    { "GET", "/api/v1/clashes", NULL, NULL, "uaaaa" },
    { "POST", "/api/v1/quotas", NULL, "{\"kind\":\"hours-week\",\"unitId\":2,\"amount\":40}",
      "uddda" },
    { "POST", "/api/v1/quotas/{id}", "/api/v1/quotas/1",
      "{\"kind\":\"hours-week\",\"unitId\":2,\"amount\":400,\"until\":\"2027-01-01\"}", "uddda" },
    { "GET", "/api/v1/quotas", NULL, NULL, "uaaaa" },
    { "POST", "/api/v1/sessions/{id}/document", "/api/v1/sessions/3/document",
      "{\"document\":\"15/GM-UBND\"}", "unaaa" },
    { "POST", "/api/v1/sessions/{id}/approve", "/api/v1/sessions/3/approve", "{}", "undaa" },
    { "POST", "/api/v1/sessions/{id}/refuse", "/api/v1/sessions/3/refuse",
      "{\"reason\":\"chưa có giấy mời\"}", "undaa" },
    { "POST", "/api/v1/sessions/{id}/hold", "/api/v1/sessions/3/hold", "{}", "unaaa" },
    { "POST", "/api/v1/subscriptions/{id}/renew", "/api/v1/subscriptions/1/renew", "{}", "udada" },
    { "POST", "/api/v1/subscriptions/{id}/end", "/api/v1/subscriptions/1/end", "{}", "udada" },
    { "POST", "/api/v1/people", NULL, "{\"login\":\"moi\",\"name\":\"Người mới\"}", "uddda" },
    { "POST", "/api/v1/people/{id}/grants", "/api/v1/people/5/grants",
      "{\"grants\":[{\"role\":\"trainer\",\"unitId\":2}]}", "uddda" },
    { "POST", "/api/v1/people/{id}/password", "/api/v1/people/5/password", "{}", "uddda" },
    { "POST", "/api/v1/people/{id}/close", "/api/v1/people/5/close", "{}", "uddda" },
    { "GET", "/api/v1/outbox", NULL, NULL, "uddda" },
    { "POST", "/api/v1/import", NULL, "{\"what\":\"links\",\"text\":\"x\"}", "uddda" },
    { "GET", "/api/v1/me/tokens", NULL, NULL, "uaaaa" },
    { "POST", "/api/v1/me/tokens", NULL, "{\"name\":\"máy của tôi\",\"days\":30}", "uaaaa" },
    { "POST", "/api/v1/me/tokens/{id}/end", "/api/v1/me/tokens/1/end", "{}", "uaaaa" },
    { "POST", "/api/v1/me/tokens/{id}/end", "/api/v1/me/tokens/99/end", "{}", "unnnn" },
    { "POST", "/api/v1/sign-out", NULL, "{}", "uaaaa" },
};

static JsonObject *
load_description (JsonParser *parser)
{
    g_assert_true (json_parser_load_from_file (parser, HT_OPENAPI, NULL));
    return json_node_get_object (json_parser_get_root (parser));
}

/* (nullable): what "#/components/schemas/Session" names */
static JsonObject *
resolve (JsonObject *doc, JsonObject *schema)
{
    const char *ref = json_object_get_string_member_with_default (schema, "$ref", NULL);
    JsonObject *schemas;

    if (ref == NULL)
        return schema;
    schemas = json_object_get_object_member (json_object_get_object_member (doc, "components"),
                                             "schemas");
    g_assert_true (json_object_has_member (schemas, strrchr (ref, '/') + 1));
    return json_object_get_object_member (schemas, strrchr (ref, '/') + 1);
}

static void check (JsonObject *doc, JsonObject *schema, JsonNode *node, const char *where);

static void
check_object (JsonObject *doc, JsonObject *schema, JsonObject *object, const char *where)
{
    JsonObject *properties = json_object_has_member (schema, "properties")
                                 ? json_object_get_object_member (schema, "properties")
                                 : NULL;
    JsonArray *required = json_object_has_member (schema, "required")
                              ? json_object_get_array_member (schema, "required")
                              : NULL;
    g_autoptr (GList) members = json_object_get_members (object);

    for (unsigned i = 0; required != NULL && i < json_array_get_length (required); i++) {
        g_test_message ("%s.%s is required", where, json_array_get_string_element (required, i));
        g_assert_true (
            json_object_has_member (object, json_array_get_string_element (required, i)));
    }
    for (GList *m = members; m != NULL && properties != NULL; m = m->next) {
        g_autofree char *path = g_strdup_printf ("%s.%s", where, (char *) m->data);

        g_test_message ("%s is described", path);
        g_assert_true (json_object_has_member (properties, m->data));
        check (doc, json_object_get_object_member (properties, m->data),
               json_object_get_member (object, m->data), path);
    }
}

static void
check (JsonObject *doc, JsonObject *schema, JsonNode *node, const char *where)
{
    const char *type;

    schema = resolve (doc, schema);
    type = json_object_get_string_member (schema, "type");
    g_test_message ("%s is of type %s", where, type);
    if (strcmp (type, "object") == 0) {
        g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
        check_object (doc, schema, json_node_get_object (node), where);
    } else if (strcmp (type, "array") == 0) {
        JsonArray *array = json_node_get_array (node);

        for (unsigned i = 0; i < json_array_get_length (array); i++)
            check (doc, json_object_get_object_member (schema, "items"),
                   json_array_get_element (array, i), where);
    } else {
        GType wanted = strcmp (type, "string") == 0    ? G_TYPE_STRING
                       : strcmp (type, "integer") == 0 ? G_TYPE_INT64
                                                       : G_TYPE_BOOLEAN;

        g_assert_true (json_node_get_value_type (node) == wanted);
    }
}

static JsonObject *
get_operation (JsonObject *doc, const char *method, const char *path)
{
    JsonObject *paths = json_object_get_object_member (doc, "paths");
    g_autofree char *lower = g_ascii_strdown (method, -1);

    g_assert_true (json_object_has_member (paths, path));
    paths = json_object_get_object_member (paths, path);
    g_assert_true (json_object_has_member (paths, lower));
    return json_object_get_object_member (paths, lower);
}

/* The answer's JSON is what the description says of its status. */
static void
check_answer (ApiFixture *f, JsonObject *doc, const char *method, const char *route)
{
    g_autofree char *status = g_strdup_printf ("%u", ht_reply_get_status (f->reply));
    JsonObject *responses =
        json_object_get_object_member (get_operation (doc, method, route), "responses");
    gboolean done = ht_reply_get_status (f->reply) < 300;
    JsonObject *content;

    if (f->answer == NULL)
        return;
    g_assert_true (!done || json_object_has_member (responses, status));
    responses = json_object_get_object_member (responses, done ? status : "default");
    content = json_object_get_object_member (responses, "content");
    content = json_object_get_object_member (content, done ? "application/json"
                                                           : "application/problem+json");
    check (doc, json_object_get_object_member (content, "schema"), f->answer, route);
}

static gboolean
is_expected (char letter, unsigned status)
{
    switch (letter) {
    case 'u':
        return status == 401;
    case 'd':
        return status == 403;
    case 'n':
        return status == 404;
    default:
        return status < 300 || status == 409 || status == 422;
    }
}

/* Session 4, whose low site's technician is the cadre. */
static void
book_conference (ApiFixture *f)
{
    g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    HtBookingSite low = { .id = SITE_LOW, .kbps = 2000 };
    HtBooking booking = { .kind = HT_SERIES_CONFERENCE,
                          .title = (char *) "Giao ban",
                          .start = (char *) "2026-12-22T07:30",
                          .minutes = 60,
                          .main_site = SITE_TOP,
                          .sites = sites };

    g_array_append_val (sites, low);
    g_assert_cmpstr (fixture_do (&f->base, OPERATOR, HT_COMMAND_BOOK, &booking), ==, NULL);
}

static void
prepare (ApiFixture *f)
{
    HtSubscribe subscribe = { HT_FEED_PERSON, 0 };
    g_autoptr (GArray) rooms = make_ids (ROOM_A);
    HtBooking request = { .kind = HT_SERIES_CONFERENCE,
                          .title = (char *) "Giao ban",
                          .start = (char *) "2026-12-24T14:00",
                          .minutes = 60,
                          .rooms = rooms };

    g_assert_cmpstr (fixture_book (&f->base, TRAINER, ROOM_A, "2026-12-24T07:30"), ==, NULL);
    g_assert_cmpstr (fixture_book (&f->base, TRAINER, ROOM_A, "2026-12-24T10:30"), ==, NULL);
    g_assert_cmpstr (fixture_do (&f->base, TRAINER, HT_COMMAND_BOOK, &request), ==, NULL);
    g_assert_cmpstr (fixture_do (&f->base, TRAINER, HT_COMMAND_SUBSCRIBE, &subscribe), ==, NULL);
    book_conference (f);
}

static void
test_every_route_with_every_role (void)
{
    g_autoptr (JsonParser) parser = json_parser_new ();
    JsonObject *doc = load_description (parser);

    for (size_t role = 0; role < G_N_ELEMENTS (who); role++) {
        ApiFixture f = { 0 };

        api_fixture_set_up (&f, NULL);
        prepare (&f);
        for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
            const char *target = cases[i].target != NULL ? cases[i].target : cases[i].route;
            unsigned status = api_ask (&f, who[role], cases[i].method, target, cases[i].body);

            g_test_message ("%s %s as %d: %u, %s", cases[i].method, target, (int) who[role], status,
                            status < 300 ? "" : api_text (&f, "detail"));
            g_assert_true (is_expected (cases[i].answers[role], status));
            check_answer (&f, doc, cases[i].method, cases[i].route);
        }
        api_fixture_tear_down (&f, NULL);
    }
}

static gboolean
is_walked (const HtRoute *route)
{
    for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
        if (strcmp (cases[i].route, route->path) == 0 &&
            strcmp (cases[i].method, route->method) == 0)
            return TRUE;
    return FALSE;
}

static void
check_body (JsonObject *doc, JsonObject *operation, const HtFields *fields)
{
    JsonObject *schema, *properties;

    g_assert_cmpint (json_object_has_member (operation, "requestBody"), ==, fields != NULL);
    if (fields == NULL)
        return;
    schema = json_object_get_object_member (operation, "requestBody");
    schema = json_object_get_object_member (schema, "content");
    schema = json_object_get_object_member (schema, "application/json");
    schema = resolve (doc, json_object_get_object_member (schema, "schema"));
    properties = json_object_get_object_member (schema, "properties");
    g_assert_cmpuint (json_object_get_size (properties), ==, fields->n_fields);
    for (unsigned i = 0; i < fields->n_fields; i++) {
        g_test_message ("body member %s", fields->fields[i].name);
        g_assert_true (json_object_has_member (properties, fields->fields[i].name));
    }
}

static void
check_query (JsonObject *operation, const HtFields *fields)
{
    JsonArray *parameters = json_object_has_member (operation, "parameters")
                                ? json_object_get_array_member (operation, "parameters")
                                : NULL;
    unsigned n = 0;

    for (unsigned i = 0; parameters != NULL && i < json_array_get_length (parameters); i++) {
        JsonObject *one = json_array_get_object_element (parameters, i);
        const char *name = json_object_get_string_member (one, "name");

        if (strcmp (json_object_get_string_member (one, "in"), "query") != 0)
            continue;
        g_test_message ("parameter %s", name);
        g_assert_cmpuint (n, <, fields == NULL ? 0 : fields->n_fields);
        g_assert_cmpstr (fields->fields[n++].name, ==, name);
    }
    g_assert_cmpuint (n, ==, fields == NULL ? 0 : fields->n_fields);
}

static unsigned
count_operations (JsonObject *doc)
{
    JsonObject *paths = json_object_get_object_member (doc, "paths");
    g_autoptr (GList) values = json_object_get_values (paths);
    unsigned n = 0;

    for (GList *v = values; v != NULL; v = v->next)
        n += json_object_get_size (json_node_get_object (v->data));
    return n;
}

static void
test_the_description_is_the_tables (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (JsonParser) parser = json_parser_new ();
    JsonObject *doc = load_description (parser);
    unsigned n_tables, n_routes = 0;
    const HtRouteTable *tables = ht_api_get_tables (f->api, &n_tables);

    for (unsigned t = 0; t < n_tables; t++)
        for (unsigned r = 0; r < tables[t].n_routes; r++) {
            const HtRoute *route = &tables[t].routes[r];
            JsonObject *operation = get_operation (doc, route->method, route->path);

            g_test_message ("%s %s", route->method, route->path);
            g_assert_true (is_walked (route));
            g_assert_cmpstr (json_object_get_string_member (operation, "summary"), ==,
                             route->summary);
            g_assert_cmpint (json_object_has_member (operation, "security"), ==, route->open);
            check_body (doc, operation, route->body);
            check_query (operation, route->query);
            n_routes++;
        }
    g_assert_cmpuint (count_operations (doc), ==, n_routes);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ui/api-routes/roles", test_every_route_with_every_role);
    g_test_add ("/ui/api-routes/description", ApiFixture, NULL, api_fixture_set_up,
                test_the_description_is_the_tables, api_fixture_tear_down);
    return g_test_run ();
}
