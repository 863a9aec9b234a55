/* SPDX-License-Identifier: MIT */

/* Who asks, by which door: tokens of programs, passwords that must be changed, hashes that are
 * weak. */

#include <sodium.h>
#include <string.h>

#include "tests/ui/api-fixture.h"

#define PASSWORD "mật khẩu rất dài"
#define SIGN_IN  "{\"login\":\"p2\",\"password\":\"" PASSWORD "\"}"

static void
set_password (ApiFixture *f, int64_t person, gboolean must_change)
{
    char hash[crypto_pwhash_STRBYTES];
    HtSetPassword arguments = { person, hash, must_change };

    /* weaker than any that we make */
    g_assert_cmpint (crypto_pwhash_str (hash, PASSWORD, strlen (PASSWORD),
                                        crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN),
                     ==, 0);
    g_assert_cmpstr (fixture_do (&f->base, HT_ACTOR_CLOCK, HT_COMMAND_SET_PASSWORD, &arguments), ==,
                     NULL);
}

/* (transfer full) */
static char *
make_token (ApiFixture *f, int64_t person, const char *body)
{
    g_assert_cmpuint (api_ask (f, person, "POST", "/api/v1/me/tokens", body), ==, 201);
    g_assert_true (g_str_has_prefix (api_text (f, "token"), "ht-"));
    return g_strdup (api_text (f, "token"));
}

static unsigned
ask_with (ApiFixture *f, const char *token, const char *method, const char *target,
          const char *body)
{
    f->bearer = token;
    return api_ask (f, NOBODY, method, target, body);
}

static void
test_token (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *token = make_token (f, TRAINER, "{\"name\":\"máy\"}");
    g_autofree char *other = g_strconcat (token, "x", NULL);

    /* it is its owner, without the proof that a page must give */
    g_assert_cmpuint (ask_with (f, token, "GET", "/api/v1/me", NULL), ==, 200);
    g_assert_cmpint (api_int (f, "id"), ==, TRAINER);
    g_assert_cmpuint (ask_with (f, token, "POST", "/api/v1/sessions/preview",
                                "{\"title\":\"x\",\"start\":\"2026-12-24T07:30\",\"minutes\":90}"),
                      ==, 200);
    g_assert_cmpuint (ask_with (f, token, "GET", "/api/v1/people", NULL), ==, 403);
    g_assert_cmpuint (ask_with (f, other, "GET", "/api/v1/me", NULL), ==, 401);
    /* it makes no other, and is not shown again */
    g_assert_cmpuint (ask_with (f, token, "POST", "/api/v1/me/tokens", "{\"name\":\"y\"}"), ==,
                      403);
    g_assert_cmpstr (api_text (f, "code"), ==, "token-makes-no-token");
    g_assert_cmpuint (api_ask (f, TRAINER, "GET", "/api/v1/me/tokens", NULL), ==, 200);
    g_assert_cmpuint (api_count (f, "items"), ==, 1);
    g_assert_cmpstr (api_text (f, "items.0.name"), ==, "máy");
    g_assert_false (api_has (f, "items.0.token"));
    /* others neither see nor end it */
    g_assert_cmpuint (api_ask (f, ADMIN, "GET", "/api/v1/me/tokens", NULL), ==, 200);
    g_assert_cmpuint (api_count (f, "items"), ==, 0);
    g_assert_cmpuint (api_ask (f, ADMIN, "POST", "/api/v1/me/tokens/1/end", "{}"), ==, 404);
    g_assert_cmpuint (ask_with (f, token, "POST", "/api/v1/me/tokens/1/end", "{}"), ==, 204);
    g_assert_cmpuint (ask_with (f, token, "GET", "/api/v1/me", NULL), ==, 401);
}

static void
test_token_expires (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *token = make_token (f, TRAINER, "{\"name\":\"máy\",\"days\":2}");

    f->base.clock.set_us += 47 * HOUR_US;
    g_assert_cmpuint (ask_with (f, token, "GET", "/api/v1/me", NULL), ==, 200);
    f->base.clock.set_us += HOUR_US;
    g_assert_cmpuint (ask_with (f, token, "GET", "/api/v1/me", NULL), ==, 401);
}

static gboolean
find_secret (const HtChange *change, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    g_autofree char *body = g_strndup (change->body, change->body_bytes);

    g_assert_null (strstr (body, user_data));
    return TRUE;
}

/* The hash is enough for nobody, and the log has neither; a token outlives a restart and not a
 * reset of the password. */
static void
test_token_is_kept (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *token = make_token (f, TRAINER, "{\"name\":\"máy\"}");
    g_autofree char *hash = ht_token_hash (token);

    g_assert_true (ht_store_read_log (f->base.store, 1, 100, find_secret, token + 3, NULL));
    g_assert_true (ht_store_read_log (f->base.store, 1, 100, find_secret, hash, NULL));
    g_assert_cmpuint (ask_with (f, hash, "GET", "/api/v1/me", NULL), ==, 401);
    g_assert_nonnull (ht_reads_find_token (f->base.service, hash));
    set_password (f, TRAINER, FALSE);
    g_assert_cmpuint (ask_with (f, token, "GET", "/api/v1/me", NULL), ==, 401);
}

static const struct {
    const char *method, *target, *body;
    unsigned status;
} limited[] = {
    { "GET", "/api/v1/me", NULL, 200 },
    { "GET", "/healthz", NULL, 200 },
    { "GET", "/api/v1/agenda?from=2026-11-23&to=2026-12-29", NULL, 403 },
    { "GET", "/api/v1/places", NULL, 403 },
    { "GET", "/api/v1/events", NULL, 403 },
    { "POST", "/api/v1/sessions/preview", "{}", 403 },
    { "POST", "/api/v1/me/tokens", "{\"name\":\"x\"}", 403 },
    { "POST", "/api/v1/sign-out", "{}", 204 },
};

static void
test_must_change (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    HtRequest *request = ht_request_new ("GET", "127.0.0.1");
    g_autofree char *cookie = g_strconcat ("ht_session=", f->tokens[TRAINER], NULL);
    g_autoptr (GString) boot = NULL;

    set_password (f, TRAINER, TRUE);
    ht_request_take_header (request, "Cookie", cookie);
    ht_api_identify (f->api, request);
    boot = ht_api_make_boot (f->api, request);
    g_assert_nonnull (strstr (boot->str, "\"mustChangePassword\":true"));
    g_assert_null (strstr (boot->str, "answers"));
    ht_request_free (request);
    for (size_t i = 0; i < G_N_ELEMENTS (limited); i++) {
        unsigned status =
            api_ask (f, TRAINER, limited[i].method, limited[i].target, limited[i].body);

        g_test_message ("%s %s: %u", limited[i].method, limited[i].target, status);
        g_assert_cmpuint (status, ==, limited[i].status);
        if (status == 403)
            g_assert_cmpstr (api_text (f, "code"), ==, "must-change-password");
    }
}

static void
test_changed (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    set_password (f, TRAINER, TRUE);
    g_assert_cmpuint (api_ask (f, TRAINER, "POST", "/api/v1/me/password",
                               "{\"old\":\"" PASSWORD "\",\"new\":\"một mật khẩu khác\"}"),
                      ==, 204);
    g_assert_cmpuint (api_ask (f, TRAINER, "GET", "/api/v1/places", NULL), ==, 200);
}

static const char *
get_hash (ApiFixture *f)
{
    const HtPerson *person = ht_reads_peek (f->base.service, HT_RECORD_PERSON, TRAINER);

    return person->password_hash;
}

/* Strong from the first sign-in on, by the same password, and nothing else about it changes. */
static void
test_weak_hash (ApiFixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *weak = NULL;

    set_password (f, TRAINER, TRUE);
    weak = g_strdup (get_hash (f));
    g_assert_cmpuint (api_ask (f, NOBODY, "POST", "/api/v1/sign-in", SIGN_IN), ==, 200);
    while (strcmp (get_hash (f), weak) == 0)
        g_main_context_iteration (NULL, TRUE);
    g_assert_cmpint (crypto_pwhash_str_needs_rehash (get_hash (f),
                                                     crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                                     crypto_pwhash_MEMLIMIT_INTERACTIVE),
                     ==, 0);
    g_assert_cmpuint (api_ask (f, NOBODY, "POST", "/api/v1/sign-in", SIGN_IN), ==, 200);
    g_assert_true (((const HtPerson *) ht_reads_peek (f->base.service, HT_RECORD_PERSON, TRAINER))
                       ->must_change_password);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_assert_cmpint (sodium_init (), >=, 0);
#define ADD(name, test)                                                                            \
    g_test_add ("/ui/api-identity/" name, ApiFixture, NULL, api_fixture_set_up, test,              \
                api_fixture_tear_down)
    ADD ("token", test_token);
    ADD ("token-expires", test_token_expires);
    ADD ("token-is-kept", test_token_is_kept);
    ADD ("must-change", test_must_change);
    ADD ("changed", test_changed);
    ADD ("weak-hash", test_weak_hash);
#undef ADD
    return g_test_run ();
}
