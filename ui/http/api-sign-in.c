/* SPDX-License-Identifier: MIT */

/* Signing in and out, who one is, and one's own password. */

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/base/text.h"
#include "ui/http/api-private.h"
#include "ui/http/cookie.h"

#define COOKIE      "ht_session"
#define BEARER      "Bearer "
#define LIFE_US     (72 * 3600 * (int64_t) G_USEC_PER_SEC) /* after the last request */
#define SEEN_US     (600 * (int64_t) G_USEC_PER_SEC)       /* how often that is written down */
#define MAX_BODY    2048
#define COOKIE_RULE "; Path=/; HttpOnly; SameSite=Lax"

typedef struct {
    char *login, *password;
} Credentials;
typedef struct {
    char *old_password, *new_password;
} Change;

static const HtField credentials_table[] = {
    { "login", HT_FIELD_TEXT, G_STRUCT_OFFSET (Credentials, login), HT_FIELD_REQUIRED, 0, 100 },
    { "password", HT_FIELD_TEXT, G_STRUCT_OFFSET (Credentials, password),
      HT_FIELD_REQUIRED | HT_FIELD_SECRET, 0, 200 },
};
static const HtFields credentials_fields = HT_FIELDS ("sign-in", Credentials, credentials_table);

static const HtField change_table[] = {
    { "old", HT_FIELD_TEXT, G_STRUCT_OFFSET (Change, old_password),
      HT_FIELD_REQUIRED | HT_FIELD_SECRET, 0, 200 },
    { "new", HT_FIELD_TEXT, G_STRUCT_OFFSET (Change, new_password),
      HT_FIELD_REQUIRED | HT_FIELD_SECRET, 0, 200 },
};
static const HtFields change_fields = HT_FIELDS ("change", Change, change_table);

/* One that waits for the password to be checked, then for the row to be written. */
typedef struct {
    HtApi *api;     /* lent */
    HtReply *reply; /* (owned) */
    int64_t person_id;
    char *login; /* (owned): folded */
    char *token; /* (owned) (nullable) */
    char *csrf;  /* (owned) (nullable) */
} Attempt;

static void
attempt_free (Attempt *attempt)
{
    ht_reply_unref (attempt->reply);
    g_free (attempt->login);
    g_free (attempt->token);
    g_free (attempt->csrf);
    g_free (attempt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_free)

static const struct {
    const char *name;
    HtCommand command;
} offers[] = {
    { "book", HT_COMMAND_BOOK },         { "operate", HT_COMMAND_STOP },
    { "people", HT_COMMAND_PUT_PERSON }, { "places", HT_COMMAND_IMPORT },
    { "undo", HT_COMMAND_UNDO },         { "approve", HT_COMMAND_APPROVE },
};

static void
write_offers (HtApi *api, HtWriter *writer, int64_t person_id)
{
    ht_writer_begin_list (writer, "may");
    for (unsigned i = 0; i < G_N_ELEMENTS (offers); i++)
        if (ht_reads_may (api->service, person_id, offers[i].command, NULL))
            ht_writer_text (writer, NULL, offers[i].name);
    if (ht_reads_is_admin (api->service, person_id))
        ht_writer_text (writer, NULL, "log");
    ht_writer_end_list (writer);
}

void
ht_api_write_me (HtApi *api, HtWriter *writer, const char *name, int64_t person_id,
                 const char *csrf)
{
    const HtPerson *person = ht_reads_peek (api->service, HT_RECORD_PERSON, person_id);

    ht_writer_begin (writer, name);
    ht_writer_int (writer, "id", person->id);
    ht_writer_text (writer, "name", person->name);
    ht_writer_named (writer, "unit", person->unit_id,
                     ht_api_get_name (api, HT_RECORD_UNIT, person->unit_id));
    ht_writer_begin_list (writer, "roles");
    for (unsigned i = 0; person->grants != NULL && i < person->grants->len; i++) {
        const HtGrant *grant = &g_array_index (person->grants, HtGrant, i);

        ht_writer_begin (writer, NULL);
        ht_writer_text (writer, "role", ht_role_names[grant->role]);
        ht_writer_int (writer, "unitId", grant->unit_id);
        ht_writer_end (writer);
    }
    ht_writer_end_list (writer);
    ht_writer_bool (writer, "mustChangePassword", person->must_change_password);
    ht_writer_text (writer, "csrf", csrf);
    write_offers (api, writer, person_id);
    ht_writer_end (writer);
}

static void
send_me (HtApi *api, HtReply *reply, int64_t person_id, const char *csrf)
{
    HtWriter writer = ht_writer_make ();

    ht_api_write_me (api, &writer, NULL, person_id, csrf);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

static void
on_nothing (const GError *error G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
}

/* Sign-ins live from their last request on; that is written down now and then. */
static void
touch (HtApi *api, const HtSignIn *sign_in)
{
    int64_t now_us = ht_api_get_now_us (api);
    HtSignIn later = *sign_in;
    g_autofree char *hash = NULL, *csrf = NULL;

    if (now_us - sign_in->seen_us < SEEN_US)
        return;
    later.token_hash = hash = g_strdup (sign_in->token_hash);
    later.csrf = csrf = g_strdup (sign_in->csrf);
    later.seen_us = now_us;
    later.expires_us = now_us + LIFE_US;
    ht_sign_in_put (api->service, &later, on_nothing, NULL);
}

/* A program's token: no page elsewhere can make a browser send it, so that nothing more is asked.
 */
static void
identify_program (HtApi *api, HtRequest *request, const char *token)
{
    g_autofree char *hash = ht_token_hash (token);
    const HtApiToken *found = ht_reads_find_token (api->service, hash);

    if (found == NULL)
        return;
    request->person = found->person_id;
    request->credential = g_steal_pointer (&hash);
}

static void
identify_browser (HtApi *api, HtRequest *request)
{
    g_autofree char *token =
        ht_cookie_dup (ht_request_get_header (request, HT_HEADER_COOKIE), COOKIE);
    g_autofree char *hash = token == NULL ? NULL : ht_token_hash (token);
    const HtSignIn *sign_in = hash == NULL ? NULL : ht_sign_in_peek (api->service, hash);

    if (sign_in == NULL)
        return;
    request->person = sign_in->person_id;
    request->credential = g_strdup (hash);
    request->csrf = g_strdup (sign_in->csrf);
    touch (api, sign_in);
}

void
ht_api_identify (gpointer data, HtRequest *request)
{
    const char *said = ht_request_get_header (request, HT_HEADER_AUTHORIZATION);
    HtApi *api = data;
    const HtPerson *person;

    if (said != NULL && g_ascii_strncasecmp (said, BEARER, strlen (BEARER)) == 0)
        identify_program (api, request, said + strlen (BEARER));
    else
        identify_browser (api, request);
    person = ht_reads_peek (api->service, HT_RECORD_PERSON, request->person);
    request->limited = person != NULL && person->must_change_password;
}

static void
add_cookie (HtApi *api, HtReply *reply, const char *token)
{
    const HtRequest *request = ht_reply_get_request (reply);
    const char *proto = ht_request_get_header (request, HT_HEADER_FORWARDED_PROTO);
    gboolean secure = api->settings.behind_proxy && g_strcmp0 (proto, "https") == 0;
    g_autofree char *cookie = g_strdup_printf (
        COOKIE "=%s; Max-Age=%d" COOKIE_RULE "%s", token == NULL ? "" : token,
        token == NULL ? 0 : (int) (LIFE_US / G_USEC_PER_SEC), secure ? "; Secure" : "");

    ht_reply_add_header (reply, "Set-Cookie", cookie);
}

static void
on_stored (const GError *error, gpointer user_data)
{
    g_autoptr (Attempt) attempt = user_data;

    if (error != NULL) {
        ht_reply_send_problem (attempt->reply, error);
        return;
    }
    add_cookie (attempt->api, attempt->reply, attempt->token);
    send_me (attempt->api, attempt->reply, attempt->person_id, attempt->csrf);
}

static void
store_sign_in (Attempt *attempt)
{
    HtApi *api = attempt->api;
    int64_t now_us = ht_api_get_now_us (api);
    g_autofree char *hash = NULL;
    HtSignIn sign_in = { .person_id = attempt->person_id,
                         .created_us = now_us,
                         .seen_us = now_us,
                         .expires_us = now_us + LIFE_US };

    attempt->token = ht_token_make ();
    attempt->csrf = ht_token_make_csrf (attempt->token);
    sign_in.token_hash = hash = ht_token_hash (attempt->token);
    sign_in.csrf = attempt->csrf;
    ht_throttle_give_back (api->by_login, attempt->login);
    ht_sign_in_put (api->service, &sign_in, on_stored, attempt);
}

/* A hash that is weaker than today's, on its way to a better one. */
typedef struct {
    HtApi *api; /* lent */
    int64_t person_id;
    char *old_hash; /* (owned) */
} Renewal;

static void
renewal_free (Renewal *renewal)
{
    g_free (renewal->old_hash);
    g_free (renewal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Renewal, renewal_free)

static void
on_hashed_anew (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (Renewal) renewal = user_data;
    g_autofree char *hash = ht_password_hash_finish (result, NULL);
    HtService *service = renewal->api->service;
    const HtPerson *person = ht_reads_peek (service, HT_RECORD_PERSON, renewal->person_id);
    HtSetPassword arguments = { renewal->person_id, hash, person->must_change_password };

    /* nobody waits for it: at the next sign-in it is tried again */
    if (hash != NULL && g_strcmp0 (person->password_hash, renewal->old_hash) == 0)
        ht_service_submit (service, renewal->person_id, HT_COMMAND_SET_PASSWORD, &arguments, NULL,
                           NULL, NULL);
}

/* Only now is the password known. */
static void
hash_anew (Attempt *attempt)
{
    const Credentials *given = ht_reply_get_request (attempt->reply)->body;
    const HtPerson *person =
        ht_reads_peek (attempt->api->service, HT_RECORD_PERSON, attempt->person_id);
    Renewal *renewal = g_new0 (Renewal, 1);

    *renewal = (Renewal){ attempt->api, person->id, g_strdup (person->password_hash) };
    ht_password_hash_async (attempt->api->passwords, given->password, NULL, on_hashed_anew,
                            renewal);
}

static void
on_verified (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (Attempt) attempt = user_data;
    g_autoptr (GError) error = NULL;
    gboolean stale = FALSE;

    if (!ht_password_verify_finish (result, &stale, &error)) {
        ht_reply_send_problem (attempt->reply, error);
        return;
    }
    if (stale)
        hash_anew (attempt);
    store_sign_in (g_steal_pointer (&attempt));
}

static gboolean
sign_in (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const Credentials *given = request->body;
    g_autofree char *login = ht_text_fold (given->login);
    const HtPerson *person = ht_reads_find_login (api->service, login);
    gboolean open = person != NULL && !person->closed;
    int64_t now_us = ht_clock_read_monotonic_us ();
    Attempt *attempt;

    if (!ht_throttle_take (api->by_address, request->address, now_us, error) ||
        !ht_throttle_take (api->by_login, login, now_us, error))
        return FALSE;
    attempt = g_new0 (Attempt, 1);
    attempt->api = api;
    attempt->reply = ht_reply_ref (reply);
    attempt->person_id = open ? person->id : HT_ID_NONE;
    attempt->login = g_steal_pointer (&login);
    ht_password_verify_async (api->passwords, open ? person->password_hash : NULL, given->password,
                              NULL, on_verified, attempt);
    return TRUE;
}

static void
on_removed (const GError *error, gpointer user_data)
{
    g_autoptr (Attempt) attempt = user_data;

    if (error != NULL) {
        ht_reply_send_problem (attempt->reply, error);
        return;
    }
    add_cookie (attempt->api, attempt->reply, NULL);
    ht_reply_send_bytes (attempt->reply, 204, NULL, NULL);
}

static gboolean
sign_out (gpointer data, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtApi *api = data;
    Attempt *attempt = g_new0 (Attempt, 1);

    attempt->api = api;
    attempt->reply = ht_reply_ref (reply);
    ht_events_end (api->events, request->person, request->credential);
    ht_sign_in_remove (api->service, request->credential, on_removed, attempt);
    return TRUE;
}

static gboolean
get_me (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    send_me (api, reply, request->person, request->csrf);
    return TRUE;
}

/* Every other place where the person was signed in is signed out. */
static void
write_changed (HtApi *api, HtRequest *request, const HtAnswer *answer G_GNUC_UNUSED, HtReply *reply)
{
    ht_sign_in_remove_others (api->service, request->person, request->credential);
    ht_events_end (api->events, request->person, NULL);
    ht_reply_send_bytes (reply, 204, NULL, NULL);
}

static void
on_hashed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (Attempt) attempt = user_data;
    g_autoptr (GError) error = NULL;
    g_autofree char *hash = ht_password_hash_finish (result, &error);
    HtSetPassword arguments = { attempt->person_id, hash, FALSE };

    if (hash == NULL)
        ht_reply_send_problem (attempt->reply, error);
    else
        ht_api_submit (attempt->api, attempt->reply, HT_COMMAND_SET_PASSWORD, &arguments,
                       write_changed);
}

static void
on_old_verified (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (Attempt) attempt = user_data;
    const Change *change = ht_reply_get_request (attempt->reply)->body;
    g_autoptr (GError) error = NULL;

    if (ht_password_verify_finish (result, NULL, &error)) {
        ht_password_hash_async (attempt->api->passwords, change->new_password, NULL, on_hashed,
                                attempt);
        g_steal_pointer (&attempt);
        return;
    }
    if (g_error_matches (error, HT_ERROR, HT_ERROR_UNAUTHENTICATED)) {
        /* one is signed in: only the old password is wrong */
        g_clear_error (&error);
        ht_problem_set (&error, HT_ERROR_INVALID, "wrong-password", "old",
                        "the old password is wrong");
    }
    ht_reply_send_problem (attempt->reply, error);
}

static gboolean
change_password (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const Change *change = request->body;
    const HtPerson *me = ht_reads_peek (api->service, HT_RECORD_PERSON, request->person);
    g_autofree char *name = g_strdup_printf ("#%" G_GINT64_FORMAT, request->person);
    Attempt *attempt;

    if (!ht_password_check_rules (change->new_password, me->login, error) ||
        !ht_throttle_take (api->by_login, name, ht_clock_read_monotonic_us (), error))
        return FALSE;
    attempt = g_new0 (Attempt, 1);
    attempt->api = api;
    attempt->reply = ht_reply_ref (reply);
    attempt->person_id = request->person;
    ht_password_verify_async (api->passwords, me->password_hash, change->old_password, NULL,
                              on_old_verified, attempt);
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "POST", "/api/v1/sign-in",     TRUE,  NULL, &credentials_fields, NULL, MAX_BODY, sign_in,         "Signs in; sets the cookie ht_session" },
    { "POST", "/api/v1/sign-out",    FALSE, NULL, &ht_api_empty_fields, NULL, MAX_BODY, sign_out,        "Signs out", TRUE },
    { "GET",  "/api/v1/me",          FALSE, NULL, NULL,                NULL, 0,        get_me,          "Who is signed in", TRUE },
    { "POST", "/api/v1/me/password", FALSE, NULL, &change_fields,      NULL, MAX_BODY, change_password, "Changes one's own password", TRUE },
};
/* clang-format on */

const HtApiTable ht_api_sign_in_table = { routes, G_N_ELEMENTS (routes) };
