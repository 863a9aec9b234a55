/* SPDX-License-Identifier: MIT */

/* People, as who administers sees and changes them. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "ui/http/api-private.h"

#define MAX_BODY   16384
#define MAX_GRANTS 50

static const HtField grant_table[] = {
    { "role", HT_FIELD_ENUM, G_STRUCT_OFFSET (HtGrant, role), HT_FIELD_REQUIRED,
      .names = ht_role_names },
    { "unitId", HT_FIELD_INT, G_STRUCT_OFFSET (HtGrant, unit_id), 0, 0, INT64_MAX },
};
static const HtFields grant_fields = HT_FIELDS ("grant", HtGrant, grant_table);

static const HtField new_table[] = {
    { "login", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtPutPerson, login), HT_FIELD_REQUIRED, 0, 100 },
    { "name", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtPutPerson, name), HT_FIELD_REQUIRED, 0, 200 },
    { "unitId", HT_FIELD_INT, G_STRUCT_OFFSET (HtPutPerson, unit_id), 0, 0, INT64_MAX },
    { "phone", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtPutPerson, phone), 0, 0, 60 },
    { "email", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtPutPerson, email), 0, 0, 200 },
    { "teaches", HT_FIELD_BOOL, G_STRUCT_OFFSET (HtPutPerson, teaches) },
    { "grants", HT_FIELD_LIST, G_STRUCT_OFFSET (HtPutPerson, grants), 0, 0, MAX_GRANTS,
      .list = &grant_fields },
};
static const HtFields new_fields = HT_FIELDS ("person", HtPutPerson, new_table);

static const HtField grants_table[] = {
    { "grants", HT_FIELD_LIST, G_STRUCT_OFFSET (HtGrants, grants), HT_FIELD_REQUIRED, 0, MAX_GRANTS,
      .list = &grant_fields },
};
static const HtFields grants_fields = HT_FIELDS ("grants", HtGrants, grants_table);

/* A password on its way to its hash, and then to the person. */
typedef struct {
    HtApi *api;     /* lent */
    HtReply *reply; /* (owned) */
    char *password; /* (owned): shown once */
} Making;

static void
making_free (Making *making)
{
    ht_reply_unref (making->reply);
    g_free (making->password);
    g_free (making);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Making, making_free)

static void
write_person (HtApi *api, HtWriter *writer, const char *name, const HtPerson *person)
{
    ht_writer_begin (writer, name);
    ht_writer_int (writer, "id", person->id);
    ht_writer_text (writer, "login", person->login);
    ht_writer_text (writer, "name", person->name);
    ht_writer_text (writer, "phone", person->phone);
    ht_writer_text (writer, "email", person->email);
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
    ht_writer_bool (writer, "teaches", person->resource_id != HT_ID_NONE);
    ht_writer_bool (writer, "closed", person->closed);
    ht_writer_end (writer);
}

static gboolean
check_admin (HtApi *api, const HtRequest *request, GError **error)
{
    if (ht_reads_is_admin (api->service, request->person))
        return TRUE;
    ht_problem_set (error, HT_ERROR_DENIED, "not-allowed", NULL,
                    "only who administers may see the accounts");
    return FALSE;
}

static gboolean
get_people (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    g_autoptr (GPtrArray) people = NULL;
    HtWriter writer;

    if (!check_admin (api, request, error))
        return FALSE;
    people = ht_reads_list (api->service, HT_RECORD_PERSON);
    writer = ht_writer_make ();
    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = 0; i < people->len; i++)
        write_person (api, &writer, NULL, g_ptr_array_index (people, i));
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static void
send_person (HtApi *api, HtReply *reply, const HtPerson *person)
{
    HtWriter writer = ht_writer_make ();

    write_person (api, &writer, NULL, person);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

static gboolean
get_person (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const HtPerson *person;

    if (!check_admin (api, request, error))
        return FALSE;
    person = ht_reads_peek (api->service, HT_RECORD_PERSON, request->ids[0]);
    if (person == NULL) {
        ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-such-person", NULL,
                        "there is no such person");
        return FALSE;
    }
    send_person (api, reply, person);
    return TRUE;
}

/* The answer is written after the commit, by the password that the reply's request keeps. */
static void
write_made (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply)
{
    const HtPerson *person = ht_reads_peek (api->service, HT_RECORD_PERSON, answer->id);
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    write_person (api, &writer, "person", person);
    ht_writer_text (&writer, "password", request->secret);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 201, ht_writer_finish (&writer));
}

static void
write_reset (HtApi *api, HtRequest *request, const HtAnswer *answer G_GNUC_UNUSED, HtReply *reply)
{
    HtWriter writer = ht_writer_make ();

    ht_sign_in_remove_others (api->service, request->ids[0], NULL);
    ht_events_end (api->events, request->ids[0], NULL);
    ht_writer_begin (&writer, NULL);
    ht_writer_text (&writer, "password", request->secret);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

static void
submit_new (const Making *making, HtRequest *request, char *hash)
{
    HtPutPerson *person = request->body;

    person->password_hash = hash;
    person->must_change_password = TRUE;
    ht_api_submit (making->api, making->reply, HT_COMMAND_PUT_PERSON, person, write_made);
    person->password_hash = NULL;
}

static void
submit_reset (const Making *making, const HtRequest *request, char *hash)
{
    HtSetPassword arguments = { request->ids[0], hash, TRUE };

    ht_api_submit (making->api, making->reply, HT_COMMAND_SET_PASSWORD, &arguments, write_reset);
}

static void
on_hashed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (Making) making = user_data;
    g_autoptr (GError) error = NULL;
    g_autofree char *hash = ht_password_hash_finish (result, &error);
    HtRequest *request = ht_reply_get_request (making->reply);

    if (hash == NULL) {
        ht_reply_send_problem (making->reply, error);
        return;
    }
    request->secret = g_steal_pointer (&making->password);
    if (request->route->body == &new_fields)
        submit_new (making, request, hash);
    else
        submit_reset (making, request, hash);
}

/* The service asks for the right; it is asked for here too, so that nobody makes us hash. The key
 * of a repeated request is not used: it would be answered with a password that was never stored. */
static gboolean
make_password (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    Making *making;

    if (!check_admin (api, request, error))
        return FALSE;
    g_clear_pointer (&request->headers[HT_HEADER_IDEMPOTENCY_KEY], g_free);
    making = g_new0 (Making, 1);
    *making = (Making){ api, ht_reply_ref (reply), ht_password_make () };
    ht_password_hash_async (api->passwords, making->password, NULL, on_hashed, making);
    return TRUE;
}

static void
write_changed (HtApi *api, HtRequest *request G_GNUC_UNUSED, const HtAnswer *answer, HtReply *reply)
{
    send_person (api, reply, ht_reads_peek (api->service, HT_RECORD_PERSON, answer->id));
}

static gboolean
grant (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtGrants *grants = request->body;

    grants->id = request->ids[0];
    ht_api_submit (api, reply, HT_COMMAND_GRANT, grants, write_changed);
    return TRUE;
}

static void
write_closed (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply)
{
    ht_sign_in_remove_others (api->service, request->ids[0], NULL);
    ht_events_end (api->events, request->ids[0], NULL);
    write_changed (api, request, answer, reply);
}

static gboolean
close_account (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtTarget target = { request->ids[0], 0 };

    ht_api_submit (api, reply, HT_COMMAND_CLOSE_PERSON, &target, write_closed);
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET",  "/api/v1/people",               FALSE, NULL, NULL,                 NULL, 0,        get_people,    "All accounts" },
    { "POST", "/api/v1/people",               FALSE, NULL, &new_fields,          NULL, MAX_BODY, make_password, "A new account; its first password is in the answer, once" },
    { "GET",  "/api/v1/people/{id}",          FALSE, NULL, NULL,                 NULL, 0,        get_person,    "One account" },
    { "POST", "/api/v1/people/{id}/password", FALSE, NULL, &ht_api_empty_fields, NULL, MAX_BODY, make_password, "A new password; it is in the answer, once" },
    { "POST", "/api/v1/people/{id}/grants",   FALSE, NULL, &grants_fields,       NULL, MAX_BODY, grant,         "All roles of a person" },
    { "POST", "/api/v1/people/{id}/close",    FALSE, NULL, &ht_api_empty_fields, NULL, MAX_BODY, close_account, "Closes the account and its calendars" },
};
/* clang-format on */

const HtApiTable ht_api_person_table = { routes, G_N_ELEMENTS (routes) };
