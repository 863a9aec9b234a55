/* SPDX-License-Identifier: MIT */

/* Requests that wait for somebody's word, and the word. */

#include "ui/http/api-approval.h"
#include "scheduler/base/id.h"
#include "scheduler/service/approval.h"
#include "scheduler/service/argument-fields.h"
#include "scheduler/service/waiting.h"
#include "ui/http/api-command.h"

#define MAX_BODY   (64 * 1024)
#define AT(member) G_STRUCT_OFFSET (HtVerdict, member)

/* clang-format off */
static const HtField approve_table[] = {
    { "document", HT_FIELD_TEXT, AT (document), 0, 0, 100 },
    { "only", HT_FIELD_BOOL, AT (only) },
    { "override", HT_FIELD_TEXT, AT (override), 0, 0, 500 },
    { "displaces", HT_FIELD_LIST, AT (displaces), .max = 100, .list = &ht_displaced_fields },
};
static const HtFields approve_fields = HT_FIELDS ("approval", HtVerdict, approve_table);

static const HtField refuse_table[] = {
    { "reason", HT_FIELD_TEXT, AT (reason), HT_FIELD_REQUIRED, 0, 500 },
    { "only", HT_FIELD_BOOL, AT (only) },
};
static const HtFields refuse_fields = HT_FIELDS ("refusal", HtVerdict, refuse_table);

static const HtField hold_table[] = {
    { "only", HT_FIELD_BOOL, AT (only) },
};
static const HtFields hold_fields = HT_FIELDS ("hold", HtVerdict, hold_table);

static const HtField document_table[] = {
    { "document", HT_FIELD_TEXT, AT (document), HT_FIELD_REQUIRED, 0, 100 },
};
static const HtFields document_fields = HT_FIELDS ("document", HtVerdict, document_table);
/* clang-format on */

/* As the reader may see it: at least when. */
static void
write_other (HtApi *api, HtWriter *writer, const char *name, int64_t person_id, int64_t id)
{
    const HtSession *session = ht_reads_peek (api->service, HT_RECORD_SESSION, id);
    const HtSeries *series =
        session == NULL ? NULL : ht_reads_peek (api->service, HT_RECORD_SERIES, session->series_id);
    const HtZone *zone;

    if (series == NULL)
        return;
    zone = ht_api_get_zone (api, series->zone);
    ht_writer_begin (writer, name);
    ht_writer_instant (writer, "start", zone, session->start_us);
    ht_writer_instant (writer, "end", zone, session->end_us);
    if (ht_reads_sees (api->service, person_id, session)) {
        ht_writer_int (writer, "sessionId", session->id);
        ht_writer_text (writer, "title", session->title != NULL ? session->title : series->title);
        ht_writer_text (writer, "by",
                        ht_api_get_name (api, HT_RECORD_PERSON, series->organiser_id));
        ht_writer_text (writer, "state", ht_session_state_names[session->state]);
        ht_writer_text (writer, "rank", ht_rank_names[series->rank]);
        ht_writer_int (writer, "number", session->changed_number);
    }
    ht_writer_end (writer);
}

void
ht_api_write_approval (HtApi *api, HtWriter *writer, int64_t person_id, const HtSeries *series,
                       const HtSession *session)
{
    ht_writer_text (writer, "rank", ht_rank_names[series->rank]);
    ht_writer_text (writer, "document", series->document);
    if (series->awaits_document)
        ht_writer_bool (writer, "awaitsDocument", TRUE);
    ht_writer_named (writer, "approver", series->approver_id,
                     ht_api_get_name (api, HT_RECORD_PERSON, series->approver_id));
    if (ht_approval_is_waiting (session)) {
        ht_writer_bool (writer, "waiting", TRUE);
        ht_writer_instant (writer, "holdUntil", ht_api_get_zone (api, series->zone),
                           session->hold_until_us);
    }
    if (session->yielded_to_id != HT_ID_NONE)
        write_other (api, writer, "yieldedTo", person_id, session->yielded_to_id);
    if (session->clash_us != 0)
        ht_writer_bool (writer, "clashing", TRUE);
}

static void
write_item (HtApi *api, HtWriter *writer, int64_t person_id, const HtWaiting *item)
{
    ht_writer_begin (writer, NULL);
    ht_api_write_session (api, writer, "session", person_id, item->session);
    ht_writer_int (writer, "count", item->n_sessions);
    ht_writer_begin_list (writer, "competing");
    for (unsigned i = 0; i < item->competing->len; i++)
        write_other (api, writer, NULL, person_id, g_array_index (item->competing, int64_t, i));
    ht_writer_end_list (writer);
    ht_writer_end (writer);
}

static gboolean
get_approvals (gpointer data, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtApi *api = data;
    g_autoptr (GArray) items = ht_waiting_list (api->service, request->person);
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = 0; i < items->len; i++)
        write_item (api, &writer, request->person, &g_array_index (items, HtWaiting, i));
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static gboolean
say (HtApi *api, HtRequest *request, HtReply *reply, HtCommand command, GError **error)
{
    HtVerdict *verdict = request->body;

    if (!ht_api_take_session (api, request, &verdict->id, &verdict->if_number, error))
        return FALSE;
    ht_api_submit (api, reply, command, verdict, ht_api_write_taken);
    return TRUE;
}

static gboolean
approve (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return say (api, request, reply, HT_COMMAND_APPROVE, error);
}

static gboolean
refuse (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return say (api, request, reply, HT_COMMAND_REFUSE, error);
}

static gboolean
hold (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return say (api, request, reply, HT_COMMAND_HOLD, error);
}

static gboolean
set_document (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return say (api, request, reply, HT_COMMAND_DOCUMENT, error);
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET",  "/api/v1/approvals",              FALSE, NULL, NULL,             NULL, 0,        get_approvals, "Requests that wait for approval: one's own, and those one may approve" },
    { "POST", "/api/v1/sessions/{id}/approve",  FALSE, NULL, &approve_fields,  NULL, MAX_BODY, approve,       "Approves what waits; asks for its place once more" },
    { "POST", "/api/v1/sessions/{id}/refuse",   FALSE, NULL, &refuse_fields,   NULL, MAX_BODY, refuse,        "It is not approved; says why" },
    { "POST", "/api/v1/sessions/{id}/hold",     FALSE, NULL, &hold_fields,     NULL, MAX_BODY, hold,          "A draft asks for its place again" },
    { "POST", "/api/v1/sessions/{id}/document", FALSE, NULL, &document_fields, NULL, MAX_BODY, set_document,  "The number of the invitation document; publishes what waited for it alone" },
};
/* clang-format on */

const HtApiTable ht_api_approval_table = { routes, G_N_ELEMENTS (routes) };
