/* SPDX-License-Identifier: MIT */

#include "tests/ui/api-fixture.h"

#include <string.h>

#include "scheduler/identity/token.h"
#include "scheduler/service/sign-in.h"

static gboolean
send_feed (gpointer user_data G_GNUC_UNUSED, const HtSubscription *subscription G_GNUC_UNUSED,
           HtRequest *request G_GNUC_UNUSED, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    g_autoptr (GBytes) bytes = g_bytes_new_static ("BEGIN:VCALENDAR", 15);

    ht_reply_send_bytes (reply, 200, "text/calendar; charset=utf-8", bytes);
    return TRUE;
}

static void
sign_in (ApiFixture *f, int64_t person)
{
    g_autofree char *hash = NULL, *csrf = NULL;
    HtSignIn row = { .person_id = person,
                     .created_us = NOW_US,
                     .seen_us = NOW_US,
                     .expires_us = NOW_US + 24 * HOUR_US };

    f->tokens[person] = ht_token_make ();
    row.token_hash = hash = ht_token_hash (f->tokens[person]);
    row.csrf = csrf = ht_token_make_csrf (f->tokens[person]);
    ht_sign_in_put (f->base.service, &row, NULL, NULL);
}

void
api_fixture_set_up (ApiFixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    HtApiSettings settings = { .feed = send_feed, .zone = "Asia/Ho_Chi_Minh" };

    fixture_set_up (&f->base, data);
    settings.service = f->base.service;
    settings.clock = &f->base.clock;
    settings.data_folder = f->base.folder;
    settings.metrics_token = "a token";
    f->api = ht_api_new (&settings, &error);
    g_assert_no_error (error);
    f->dispatch = ht_dispatch_new (ht_api_identify, f->api);
    ht_api_add_routes (f->api, f->dispatch);
    for (int64_t person = ADMIN; person <= STRANGER; person++)
        sign_in (f, person);
    ht_store_flush (f->base.store);
}

static void
forget (ApiFixture *f)
{
    g_clear_pointer (&f->reply, ht_reply_unref);
    g_clear_pointer (&f->answer, json_node_unref);
}

void
api_fixture_tear_down (ApiFixture *f, gconstpointer data)
{
    forget (f);
    ht_dispatch_free (f->dispatch);
    ht_api_free (f->api);
    for (int64_t person = ADMIN; person <= STRANGER; person++)
        g_free (f->tokens[person]);
    fixture_tear_down (&f->base, data);
}

static void
add_headers (ApiFixture *f, HtRequest *request, int64_t person, const char *body)
{
    const char *token = f->bearer != NULL   ? NULL
                        : f->cookie != NULL ? f->cookie
                                            : f->tokens[person];
    g_autofree char *bearer = g_strconcat ("Bearer ", f->bearer, NULL);
    g_autofree char *cookie = g_strconcat ("a=b; ht_session=", token, NULL);
    g_autofree char *csrf = token == NULL ? NULL : ht_token_make_csrf (token);

    ht_request_take_header (request, "Host", "localhost:8080");
    if (token != NULL)
        ht_request_take_header (request, "Cookie", cookie);
    if (token != NULL && !f->no_csrf)
        ht_request_take_header (request, "x-csrf", csrf);
    if (f->bearer != NULL)
        ht_request_take_header (request, "Authorization", bearer);
    if (body != NULL)
        ht_request_take_header (request, "Content-Type", "application/json");
    if (f->if_match != NULL)
        ht_request_take_header (request, "If-Match", f->if_match);
}

static void
read_answer (ApiFixture *f)
{
    GBytes *bytes = ht_reply_get_bytes (f->reply);
    const char *type = ht_reply_get_type (f->reply);
    size_t length;
    g_autofree char *text = NULL;

    if (bytes == NULL || type == NULL || strstr (type, "json") == NULL)
        return;
    text = g_strndup (g_bytes_get_data (bytes, &length), g_bytes_get_size (bytes));
    f->answer = json_from_string (text, NULL);
    g_assert_nonnull (f->answer);
}

unsigned
api_ask (ApiFixture *f, int64_t person, const char *method, const char *target, const char *body)
{
    HtRequest *request = ht_request_new (method, "127.0.0.1");
    g_autoptr (GBytes) bytes = body == NULL ? NULL : g_bytes_new (body, strlen (body));
    HtGuardFraming framing = { body == NULL ? 0 : (int64_t) strlen (body), FALSE };

    forget (f);
    add_headers (f, request, person, body);
    g_assert_true (ht_uri_parse (target, &request->uri, NULL));
    f->reply = ht_reply_new (request, NULL, NULL);
    if (ht_dispatch_admit (f->dispatch, f->reply, &framing))
        ht_dispatch_run (f->dispatch, f->reply, bytes);
    while (!ht_reply_is_done (f->reply))
        g_main_context_iteration (NULL, TRUE);
    read_answer (f);
    f->if_match = NULL;
    f->cookie = NULL;
    f->bearer = NULL;
    f->no_csrf = FALSE;
    return ht_reply_get_status (f->reply);
}

/* (nullable) */
static JsonNode *
find (ApiFixture *f, const char *path)
{
    g_auto (GStrv) names = g_strsplit (path, ".", -1);
    JsonNode *node = f->answer;

    for (unsigned i = 0; names[i] != NULL && node != NULL; i++) {
        if (JSON_NODE_HOLDS_ARRAY (node)) {
            unsigned at = (unsigned) g_ascii_strtoull (names[i], NULL, 10);
            JsonArray *array = json_node_get_array (node);

            node = at < json_array_get_length (array) ? json_array_get_element (array, at) : NULL;
        } else
            node = json_object_get_member (json_node_get_object (node), names[i]);
    }
    return node;
}

const char *
api_text (ApiFixture *f, const char *path)
{
    JsonNode *node = find (f, path);

    return node == NULL ? NULL : json_node_get_string (node);
}

int64_t
api_int (ApiFixture *f, const char *path)
{
    JsonNode *node = find (f, path);

    g_assert_nonnull (node);
    return json_node_get_int (node);
}

gboolean
api_has (ApiFixture *f, const char *path)
{
    return find (f, path) != NULL;
}

unsigned
api_count (ApiFixture *f, const char *path)
{
    JsonNode *node = find (f, path);

    g_assert_nonnull (node);
    return json_array_get_length (json_node_get_array (node));
}
