/* SPDX-License-Identifier: MIT */

/* Secret addresses of calendars: who has which, and what stands behind one. */

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/argument-fields.h"
#include "ui/http/api-private.h"

#define MAX_BODY 2048

static const HtRecordKind scope_kinds[HT_FEED_N_SCOPES] = {
    [HT_FEED_PERSON] = HT_RECORD_PERSON,
    [HT_FEED_UNIT] = HT_RECORD_UNIT,
    [HT_FEED_SITE] = HT_RECORD_SITE,
    [HT_FEED_SERIES] = HT_RECORD_SERIES,
};

/* (transfer full): "7.1.<22 letters>" */
static char *
make_key (HtApi *api, const HtSubscription *subscription)
{
    g_autofree char *mac =
        ht_token_make_feed_mac (api->settings.feed_key, subscription->id, subscription->generation);

    return g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT ".%s", subscription->id,
                            subscription->generation, mac);
}

/* (transfer full): "https://host" without the slash: as configured, or as the one who asks sees us.
 */
static char *
make_origin (HtApi *api, const HtRequest *request)
{
    const char *address = api->settings.public_address;
    const char *host = ht_request_get_header (request, HT_HEADER_HOST);

    if (address != NULL && address[0] != '\0')
        return g_strndup (address, strlen (address) - (g_str_has_suffix (address, "/") ? 1 : 0));
    return g_strconcat ("http://", host == NULL ? "localhost" : host, NULL);
}

static void
write_address (HtApi *api, HtWriter *writer, const HtRequest *request, const char *key)
{
    g_autofree char *origin = make_origin (api, request);
    gboolean secure = g_str_has_prefix (origin, "https:");
    g_autofree char *rest = g_strconcat ("/calendar/", key, ".ics", NULL);
    g_autofree char *address = g_strconcat (origin, rest, NULL);
    g_autofree char *webcal =
        g_strconcat (secure ? "webcals" : "webcal", origin + (secure ? 5 : 4), rest, NULL);
    g_autofree char *landing = g_strconcat ("/theo-doi/", key, NULL);

    ht_writer_text (writer, "address", address);
    ht_writer_text (writer, "webcal", webcal);
    ht_writer_text (writer, "landing", landing);
}

static const char *
get_name (HtApi *api, const HtSubscription *subscription)
{
    const char *name =
        ht_api_get_name (api, scope_kinds[subscription->scope], subscription->scope_id);

    return name == NULL ? "" : name;
}

static void
write_subscription (HtApi *api, HtWriter *writer, const HtRequest *request,
                    const HtSubscription *subscription)
{
    g_autofree char *key = make_key (api, subscription);

    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", subscription->id);
    ht_writer_text (writer, "scope", ht_feed_scope_names[subscription->scope]);
    ht_writer_int (writer, "scopeId", subscription->scope_id);
    ht_writer_text (writer, "name", get_name (api, subscription));
    write_address (api, writer, request, key);
    ht_writer_end (writer);
}

static gboolean
get_all (gpointer data, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtApi *api = data;
    g_autoptr (GPtrArray) all = ht_reads_list (api->service, HT_RECORD_SUBSCRIPTION);
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = 0; i < all->len; i++) {
        const HtSubscription *one = g_ptr_array_index (all, i);

        if (one->person_id == request->person && !one->ended)
            write_subscription (api, &writer, request, one);
    }
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static void
send_subscription (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply,
                   unsigned status)
{
    const HtSubscription *one = ht_reads_peek (api->service, HT_RECORD_SUBSCRIPTION, answer->id);
    HtWriter writer = ht_writer_make ();

    write_subscription (api, &writer, request, one);
    ht_reply_send_json (reply, status, ht_writer_finish (&writer));
}

static void
write_made (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply)
{
    send_subscription (api, request, answer, reply, 201);
}

static void
write_changed (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply)
{
    send_subscription (api, request, answer, reply, 200);
}

static gboolean
subscribe (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    ht_api_submit (api, reply, HT_COMMAND_SUBSCRIBE, request->body, write_made);
    return TRUE;
}

static gboolean
renew (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtTarget target = { request->ids[0], 0 };

    ht_api_submit (api, reply, HT_COMMAND_RENEW, &target, write_changed);
    return TRUE;
}

static gboolean
end (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtTarget target = { request->ids[0], 0 };

    ht_api_submit (api, reply, HT_COMMAND_END_SUBSCRIPTION, &target, ht_api_write_nothing);
    return TRUE;
}

/* What an address leads to. Returns: %NULL with %HT_ERROR_NOT_FOUND where it is none of ours, with
 * %HT_ERROR_GONE where it was revoked or its owner's account is closed. */
static const HtSubscription *
find (HtApi *api, const char *key, GError **error)
{
    const HtSubscription *found;
    const HtPerson *owner;
    int64_t id, generation;

    if (!ht_token_parse_feed (api->settings.feed_key, key, &id, &generation, error))
        return NULL;
    found = ht_reads_peek (api->service, HT_RECORD_SUBSCRIPTION, id);
    owner = found == NULL ? NULL : ht_reads_peek (api->service, HT_RECORD_PERSON, found->person_id);
    if (owner != NULL && !owner->closed && !found->ended && found->generation == generation)
        return found;
    ht_problem_set (error, HT_ERROR_GONE, "feed-gone", NULL,
                    "this address of a calendar was revoked; ask for another");
    return NULL;
}

static gboolean
get_landing (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const HtSubscription *found = find (api, request->texts[0], error);
    HtWriter writer;
    g_autofree char *key = NULL;

    if (found == NULL)
        return FALSE;
    key = make_key (api, found);
    writer = ht_writer_make ();
    ht_writer_begin (&writer, NULL);
    ht_writer_text (&writer, "name", get_name (api, found));
    write_address (api, &writer, request, key);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static gboolean
get_feed (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const HtSubscription *found = find (api, request->texts[0], error);

    return found != NULL &&
           api->settings.feed (api->settings.feed_data, found, request, reply, error);
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET",  "/api/v1/subscriptions",            FALSE, NULL, NULL,                 NULL, 0,        get_all,     "One's own subscriptions" },
    { "POST", "/api/v1/subscriptions",            FALSE, NULL, &ht_subscribe_fields, NULL, MAX_BODY, subscribe,   "Subscribes; the same again where there is one" },
    { "POST", "/api/v1/subscriptions/{id}/renew", FALSE, NULL, &ht_api_empty_fields, NULL, MAX_BODY, renew,       "Another address; the old one is gone" },
    { "POST", "/api/v1/subscriptions/{id}/end",   FALSE, NULL, &ht_api_empty_fields, NULL, MAX_BODY, end,         "Ends the subscription" },
    { "GET",  "/api/v1/landing/{key}",            TRUE,  NULL, NULL,                 NULL, 0,        get_landing, "What stands behind the address of a calendar" },
};
static const HtRoute feed_routes[] = {
    { "GET",  "/calendar/{name}",                 TRUE,  NULL, NULL,                 NULL, 0,        get_feed,    "A calendar as iCalendar text" },
};
/* clang-format on */

const HtApiTable ht_api_subscription_table = { routes, G_N_ELEMENTS (routes) };
const HtApiTable ht_api_feed_table = { feed_routes, G_N_ELEMENTS (feed_routes) };
