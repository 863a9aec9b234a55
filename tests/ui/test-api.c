/* SPDX-License-Identifier: MIT */

/* What browsers do, request by request. */

#include <glib/gstdio.h>
#include <string.h>

#include "scheduler/identity/password.h"
#include "tests/ui/api-fixture.h"

#define PASSWORD "mật khẩu rất dài"

static void
on_hashed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
    *(char **) user_data = ht_password_hash_finish (result, NULL);
}

static void
give_password (ApiFixture *f, int64_t person)
{
    g_autoptr (HtPasswords) passwords = ht_passwords_new (1);
    g_autofree char *hash = NULL;
    HtSetPassword arguments = { person, NULL, TRUE };

    ht_password_hash_async (passwords, PASSWORD, NULL, on_hashed, &hash);
    while (hash == NULL)
        g_main_context_iteration (NULL, TRUE);
    arguments.password_hash = hash;
    g_assert_cmpstr (fixture_do (&f->base, HT_ACTOR_CLOCK, HT_COMMAND_SET_PASSWORD, &arguments), ==,
                     NULL);
}

/* (transfer full): the cookie that the last answer sets */
static char *
get_cookie (ApiFixture *f)
{
    const char *header = ht_reply_get_header (f->reply, "Set-Cookie");

    g_assert_nonnull (header);
    g_assert_true (g_str_has_prefix (header, "ht_session="));
    g_assert_nonnull (strstr (header, "; HttpOnly; SameSite=Lax"));
    header += strlen ("ht_session=");
    return g_strndup (header, strcspn (header, ";"));
}

static void
test_signing_in_and_out (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *cookie = NULL;

    give_password (f, TRAINER);
    g_assert_cmpuint (api_ask (f, NOBODY, "POST", "/api/v1/sign-in",
                               "{\"login\":\"p2\",\"password\":\"another one\"}"),
                      ==, 401);
    g_assert_cmpstr (api_text (f, "code"), ==, "wrong-password");
    g_assert_cmpuint (api_ask (f, NOBODY, "POST", "/api/v1/sign-in",
                               "{\"login\":\"nobody\",\"password\":\"" PASSWORD "\"}"),
                      ==, 401);
    g_assert_cmpstr (api_text (f, "code"), ==, "wrong-password");
    g_assert_cmpuint (api_ask (f, NOBODY, "POST", "/api/v1/sign-in",
                               "{\"login\":\" P2 \",\"password\":\"" PASSWORD "\"}"),
                      ==, 200);
    cookie = get_cookie (f);
    g_assert_cmpint (api_int (f, "id"), ==, TRAINER);
    g_assert_cmpstr (api_text (f, "roles.0.role"), ==, "trainer");
    g_assert_true (api_has (f, "csrf"));

    f->cookie = cookie;
    g_assert_cmpuint (api_ask (f, NOBODY, "GET", "/api/v1/me", NULL), ==, 200);
    f->cookie = cookie;
    g_assert_cmpuint (api_ask (f, NOBODY, "POST", "/api/v1/sign-out", "{}"), ==, 204);
    f->cookie = cookie;
    g_assert_cmpuint (api_ask (f, NOBODY, "GET", "/api/v1/me", NULL), ==, 401);
}

static void
test_one_who_tries_and_tries (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    unsigned status = 0, n = 0;

    for (; n < 20 && status != 429; n++)
        status = api_ask (f, NOBODY, "POST", "/api/v1/sign-in",
                          "{\"login\":\"p1\",\"password\":\"a guess\"}");
    g_assert_cmpuint (n, ==, 11);
    g_assert_cmpstr (api_text (f, "code"), ==, "too-many-tries");
    g_assert_nonnull (ht_reply_get_header (f->reply, "Retry-After"));
}

static void
test_changing_the_password (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const char *const change = "{\"old\":\"" PASSWORD "\",\"new\":\"correct horse battery\"}";

    give_password (f, TRAINER);
    g_assert_cmpuint (api_ask (f, TRAINER, "POST", "/api/v1/me/password",
                               "{\"old\":\"" PASSWORD "\",\"new\":\"short\"}"),
                      ==, 422);
    g_assert_cmpstr (api_text (f, "code"), ==, "password-too-short");
    g_assert_cmpuint (api_ask (f, TRAINER, "POST", "/api/v1/me/password",
                               "{\"old\":\"wrong one here\",\"new\":\"correct horse battery\"}"),
                      ==, 422);
    g_assert_cmpstr (api_text (f, "field"), ==, "old");
    g_assert_cmpuint (api_ask (f, TRAINER, "POST", "/api/v1/me/password", change), ==, 204);
    g_assert_cmpuint (api_ask (f, TRAINER, "GET", "/api/v1/me", NULL), ==, 200);
    g_assert_cmpuint (api_ask (f, TRAINER, "POST", "/api/v1/me/password", change), ==, 422);
}

static void
test_a_page_elsewhere (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    f->no_csrf = TRUE;
    g_assert_cmpuint (api_ask (f, TRAINER, "POST", "/api/v1/sign-out", "{}"), ==, 403);
    g_assert_cmpstr (api_text (f, "code"), ==, "csrf");
    f->no_csrf = TRUE;
    g_assert_cmpuint (api_ask (f, TRAINER, "GET", "/api/v1/me", NULL), ==, 200);
}

static void
test_booking_and_what_follows (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *etag = NULL;

    g_assert_cmpuint (
        api_ask (f, TRAINER, "POST", "/api/v1/sessions",
                 "{\"title\":\"Giao ban\",\"start\":\"2026-11-26T07:30\",\"minutes\":90,"
                 "\"rooms\":[1],\"trainers\":[2],\"equipment\":[{\"id\":3,\"amount\":5}]}"),
        ==, 201);
    g_assert_cmpint (api_int (f, "seriesId"), ==, 1);
    g_assert_cmpstr (api_text (f, "sessions.0.start"), ==, "2026-11-26T07:30:00+07:00");
    g_assert_cmpstr (api_text (f, "sessions.0.end"), ==, "2026-11-26T09:00:00+07:00");
    g_assert_cmpstr (api_text (f, "sessions.0.rooms.0.name"), ==, "Resource 1");
    g_assert_cmpstr (api_text (f, "sessions.0.trainers.0.name"), ==, "Person 2");
    g_assert_cmpint (api_int (f, "sessions.0.equipment.0.amount"), ==, 5);
    etag = g_strdup (api_text (f, "sessions.0.etag"));

    g_assert_cmpuint (
        api_ask (f, CADRE, "GET", "/api/v1/agenda?from=2026-11-26&to=2026-11-26&scope=all", NULL),
        ==, 200);
    g_assert_cmpuint (api_count (f, "items"), ==, 1);
    g_assert_cmpuint (api_count (f, "items.0.may"), ==, 0);
    g_assert_cmpuint (
        api_ask (f, CADRE, "GET", "/api/v1/agenda?from=2026-11-27&to=2026-11-28", NULL), ==, 200);
    g_assert_cmpuint (api_count (f, "items"), ==, 0);

    f->if_match = etag;
    g_assert_cmpuint (api_ask (f, TRAINER, "POST", "/api/v1/sessions/1/move",
                               "{\"start\":\"2026-11-26T10:00\",\"minutes\":60}"),
                      ==, 200);
    g_assert_cmpstr (api_text (f, "start"), ==, "2026-11-26T10:00:00+07:00");
    f->if_match = etag;
    g_assert_cmpuint (api_ask (f, TRAINER, "POST", "/api/v1/sessions/1/move",
                               "{\"start\":\"2026-11-26T11:00\",\"minutes\":60}"),
                      ==, 412);
    g_assert_cmpuint (
        api_ask (f, TRAINER, "POST", "/api/v1/sessions/1/cancel", "{\"reason\":\"Bão\"}"), ==, 200);
    g_assert_cmpstr (api_text (f, "state"), ==, "cancelled");
    g_assert_cmpstr (api_text (f, "reason"), ==, "Bão");
}

static void
test_a_clash_names_who_has_it (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const char *const body = "{\"title\":\"Họp\",\"start\":\"2026-11-26T08:00\",\"minutes\":60,"
                             "\"rooms\":[1]}";

    g_assert_cmpstr (fixture_book (&f->base, TRAINER, ROOM_A, "2026-11-26T07:30"), ==, NULL);
    g_assert_cmpuint (api_ask (f, OPERATOR, "POST", "/api/v1/sessions/preview", body), ==, 200);
    g_assert_cmpstr (api_text (f, "occurrences.0.clashes.0.resource.name"), ==, "Resource 1");
    g_assert_cmpstr (api_text (f, "occurrences.0.clashes.0.with.0.by"), ==, "Person 2");
    g_assert_cmpstr (api_text (f, "occurrences.0.clashes.0.with.0.title"), ==, "Tập huấn");
    g_assert_cmpuint (api_count (f, "alternatives"), >, 0);
    g_assert_cmpuint (api_ask (f, OPERATOR, "POST", "/api/v1/sessions", body), ==, 409);
    g_assert_cmpstr (api_text (f, "code"), ==, "clash");
    g_assert_cmpstr (api_text (f, "preview.occurrences.0.clashes.0.with.0.by"), ==, "Person 2");
}

/* Whoever may not see a session learns that the room is busy, and nothing else. */
static void
test_an_audience_of_one (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpuint (
        api_ask (f, TRAINER, "POST", "/api/v1/sessions",
                 "{\"title\":\"Kín\",\"start\":\"2026-11-26T07:30\",\"minutes\":90,\"rooms\":[1],"
                 "\"audience\":\"persons\",\"audienceIds\":[4]}"),
        ==, 201);
    g_assert_cmpuint (api_ask (f, CADRE, "GET", "/api/v1/sessions/1", NULL), ==, 200);
    g_assert_cmpuint (api_ask (f, STRANGER, "GET", "/api/v1/sessions/1", NULL), ==, 404);
    g_assert_cmpuint (api_ask (f, STRANGER, "GET", "/api/v1/sessions/1/watch", NULL), ==, 404);
    g_assert_cmpuint (api_ask (f, STRANGER, "GET", "/media/1/main/live.m3u8", NULL), ==, 404);
    g_assert_cmpuint (
        api_ask (f, STRANGER, "GET", "/api/v1/agenda?from=2026-11-26&to=2026-11-26", NULL), ==,
        200);
    g_assert_cmpuint (api_count (f, "items"), ==, 0);
    g_assert_cmpuint (api_ask (f, STRANGER, "GET",
                               "/api/v1/busy?from=2026-11-26&to=2026-11-26&resources=1", NULL),
                      ==, 200);
    g_assert_cmpuint (api_count (f, "items"), ==, 1);
    g_assert_false (api_has (f, "items.0.title"));
    g_assert_cmpuint (
        api_ask (f, CADRE, "GET", "/api/v1/busy?from=2026-11-26&to=2026-11-26&resources=1", NULL),
        ==, 200);
    g_assert_cmpstr (api_text (f, "items.0.title"), ==, "Kín");
}

static void
test_a_subscription_is_revocable (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *first = NULL, *second = NULL;

    g_assert_cmpuint (api_ask (f, CADRE, "POST", "/api/v1/subscriptions", "{\"scope\":\"person\"}"),
                      ==, 201);
    g_assert_cmpint (api_int (f, "scopeId"), ==, CADRE);
    g_assert_true (
        g_str_has_prefix (api_text (f, "address"), "http://localhost:8080/calendar/1.1."));
    g_assert_true (g_str_has_prefix (api_text (f, "webcal"), "webcal://localhost:8080/"));
    first = g_strdup (strstr (api_text (f, "address"), "/calendar/"));
    g_assert_cmpuint (api_ask (f, NOBODY, "GET", first, NULL), ==, 200);

    g_assert_cmpuint (api_ask (f, CADRE, "POST", "/api/v1/subscriptions/1/renew", "{}"), ==, 200);
    second = g_strdup (strstr (api_text (f, "address"), "/calendar/"));
    g_assert_cmpuint (api_ask (f, NOBODY, "GET", first, NULL), ==, 410);
    g_assert_cmpuint (api_ask (f, NOBODY, "GET", second, NULL), ==, 200);
    g_assert_cmpuint (api_ask (f, CADRE, "POST", "/api/v1/subscriptions/1/end", "{}"), ==, 204);
    g_assert_cmpuint (api_ask (f, NOBODY, "GET", second, NULL), ==, 410);
    g_assert_cmpuint (api_ask (f, NOBODY, "GET", "/calendar/1.2.AAAAAAAAAAAAAAAAAAAAAA.ics", NULL),
                      ==, 404);
}

static void
test_accounts (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *body = NULL;
    int64_t id;

    g_assert_cmpuint (
        api_ask (f, ADMIN, "POST", "/api/v1/people",
                 "{\"login\":\"moi\",\"name\":\"Người mới\",\"unitId\":2,\"teaches\":true,"
                 "\"grants\":[{\"role\":\"trainer\",\"unitId\":2}]}"),
        ==, 201);
    id = api_int (f, "person.id");
    body = g_strdup_printf ("{\"login\":\"moi\",\"password\":\"%s\"}", api_text (f, "password"));
    g_assert_cmpuint (api_ask (f, NOBODY, "POST", "/api/v1/sign-in", body), ==, 200);
    g_assert_cmpint (api_int (f, "id"), ==, id);
    g_assert_cmpuint (api_ask (f, ADMIN, "POST", "/api/v1/people",
                               "{\"login\":\"moi\",\"name\":\"x\",\"passwordHash\":\"y\"}"),
                      ==, 422);
    g_assert_cmpstr (api_text (f, "code"), ==, "unknown-member");
    /* an account that is closed is signed out everywhere */
    g_assert_cmpuint (api_ask (f, ADMIN, "POST", "/api/v1/people/4/close", "{}"), ==, 200);
    g_assert_cmpuint (api_ask (f, CADRE, "GET", "/api/v1/me", NULL), ==, 401);
}

/* (transfer full): what the stream of the last answer says now */
static char *
read_stream (HtReply *reply)
{
    HtStream *stream = ht_reply_get_stream (reply);
    GString *all = g_string_new (NULL);
    char buffer[512];
    gssize n;

    while ((n = stream->read (stream, all->len, buffer, sizeof buffer)) > 0)
        g_string_append_len (all, buffer, n);
    return g_string_free (all, FALSE);
}

static void
test_what_is_committed_is_told (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (HtReply) cadre = NULL, stranger = NULL;
    g_autofree char *heard = NULL, *unheard = NULL;

    api_ask (f, CADRE, "GET", "/api/v1/events", NULL);
    cadre = ht_reply_ref (f->reply);
    api_ask (f, STRANGER, "GET", "/api/v1/events", NULL);
    stranger = ht_reply_ref (f->reply);
    g_assert_cmpuint (
        api_ask (f, TRAINER, "POST", "/api/v1/sessions",
                 "{\"title\":\"Kín\",\"start\":\"2026-11-26T07:30\",\"minutes\":90,\"rooms\":[1],"
                 "\"audience\":\"persons\",\"audienceIds\":[4]}"),
        ==, 201);
    heard = read_stream (cadre);
    unheard = read_stream (stranger);
    g_assert_nonnull (strstr (heard, "\"kinds\":[\"session\"],\"sessions\":[1]}"));
    g_assert_null (strstr (unheard, "\"sessions\":[1]"));
}

static void
test_the_first_view_is_in_the_page (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtRequest *request = ht_request_new ("GET", "");
    g_autoptr (HtReply) reply = ht_reply_new (request, NULL, NULL);
    GString *boot = ht_api_make_boot (f->api, request);

    g_assert_cmpstr (boot->str, ==,
                     "{\"now\":1795564800000,\"local\":\"2026-11-25T07:00:00+07:00\",\"me\":null}");
    g_string_free (boot, TRUE);
    request->person = CADRE;
    boot = ht_api_make_boot (f->api, request);
    g_assert_nonnull (strstr (boot->str, "\"me\":{\"id\":4,"));
    g_assert_nonnull (strstr (
        boot->str, "\"/api/v1/agenda?from=2026-11-23&to=2026-11-29&scope=all\":{\"items\":[]"));
    g_string_free (boot, TRUE);
}

#define ADD(path, function)                                                                        \
    g_test_add (path, ApiFixture, NULL, api_fixture_set_up, function, api_fixture_tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("/ui/api/sign-in", test_signing_in_and_out);
    ADD ("/ui/api/tries", test_one_who_tries_and_tries);
    ADD ("/ui/api/password", test_changing_the_password);
    ADD ("/ui/api/csrf", test_a_page_elsewhere);
    ADD ("/ui/api/booking", test_booking_and_what_follows);
    ADD ("/ui/api/clash", test_a_clash_names_who_has_it);
    ADD ("/ui/api/audience", test_an_audience_of_one);
    ADD ("/ui/api/subscription", test_a_subscription_is_revocable);
    ADD ("/ui/api/accounts", test_accounts);
    ADD ("/ui/api/events", test_what_is_committed_is_told);
    ADD ("/ui/api/boot", test_the_first_view_is_in_the_page);
    return g_test_run ();
}
