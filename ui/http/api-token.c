/* SPDX-License-Identifier: MIT */

/* Tokens for one's own programs: shown once, kept as a hash, ended by their owner. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "ui/http/api-private.h"

#define MAX_BODY 2048
#define PREFIX   "ht-" /* by which whoever finds one in a file knows what it is */

static const HtField make_table[] = {
    { "name", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtMakeToken, name), HT_FIELD_REQUIRED, 0, 100 },
    { "days", HT_FIELD_INT, G_STRUCT_OFFSET (HtMakeToken, days), 0, 0, 3650 },
};
static const HtFields make_fields = HT_FIELDS ("token", HtMakeToken, make_table);

static void
write_token (HtApi *api, HtWriter *writer, const HtApiToken *token, const char *secret)
{
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", token->id);
    ht_writer_text (writer, "name", token->name);
    ht_writer_instant (writer, "created", api->zone, token->created_us);
    if (token->expires_us != 0)
        ht_writer_instant (writer, "expires", api->zone, token->expires_us);
    if (secret != NULL)
        ht_writer_text (writer, "token", secret);
    ht_writer_end (writer);
}

static gboolean
get_all (gpointer data, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtApi *api = data;
    g_autoptr (GPtrArray) all = ht_reads_list (api->service, HT_RECORD_API_TOKEN);
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = 0; i < all->len; i++) {
        const HtApiToken *one = g_ptr_array_index (all, i);

        if (one->person_id == request->person && !one->ended)
            write_token (api, &writer, one, NULL);
    }
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static void
write_made (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply)
{
    HtWriter writer = ht_writer_make ();

    write_token (api, &writer, ht_reads_peek (api->service, HT_RECORD_API_TOKEN, answer->id),
                 request->secret);
    ht_reply_send_json (reply, 201, ht_writer_finish (&writer));
}

/* Who found a token must not be able to make another that outlives it. The key of a repeated
 * request is not used: it would be answered with a token that was never stored. */
static gboolean
make (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    HtMakeToken *asked = request->body;
    g_autofree char *random = ht_token_make ();
    g_autofree char *hash = NULL;

    if (request->csrf == NULL) {
        ht_problem_set (error, HT_ERROR_DENIED, "token-makes-no-token", NULL,
                        "sign in with your password to make a token");
        return FALSE;
    }
    g_clear_pointer (&request->headers[HT_HEADER_IDEMPOTENCY_KEY], g_free);
    request->secret = g_strconcat (PREFIX, random, NULL);
    asked->token_hash = hash = ht_token_hash (request->secret);
    ht_api_submit (api, reply, HT_COMMAND_MAKE_TOKEN, asked, write_made);
    asked->token_hash = NULL;
    return TRUE;
}

static gboolean
end (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtTarget target = { request->ids[0], 0 };

    ht_api_submit (api, reply, HT_COMMAND_END_TOKEN, &target, ht_api_write_nothing);
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET",  "/api/v1/me/tokens",          FALSE, NULL, NULL,                 NULL, 0,        get_all, "The tokens of one's own programs" },
    { "POST", "/api/v1/me/tokens",          FALSE, NULL, &make_fields,         NULL, MAX_BODY, make,    "A token for a program of one's own; it is in the answer, once" },
    { "POST", "/api/v1/me/tokens/{id}/end", FALSE, NULL, &ht_api_empty_fields, NULL, MAX_BODY, end,     "Ends a token" },
};
/* clang-format on */

const HtApiTable ht_api_token_table = { routes, G_N_ELEMENTS (routes) };
