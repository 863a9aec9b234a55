/* SPDX-License-Identifier: MIT */

/* What has left the house not yet, or never will: for who administers. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/outbox.h"
#include "ui/http/api-private.h"

static void
write_notice (HtApi *api, HtWriter *writer, const HtNotice *notice)
{
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", notice->id);
    ht_writer_int (writer, "number", notice->number);
    ht_writer_text (writer, "kind", ht_notice_kind_names[notice->kind]);
    ht_writer_int (writer, "sessionId", notice->session_id);
    ht_writer_named (writer, "person", notice->person_id,
                     ht_api_get_name (api, HT_RECORD_PERSON, notice->person_id));
    ht_writer_int (writer, "attempts", notice->attempts);
    if (notice->done_us == 0)
        ht_writer_instant (writer, "due", api->zone, notice->due_us);
    else
        ht_writer_instant (writer, "givenUp", api->zone, notice->done_us);
    ht_writer_text (writer, "note", notice->note);
    ht_writer_end (writer);
}

static gboolean
get_outbox (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    g_autoptr (GPtrArray) notices = NULL;
    HtWriter writer;

    if (!ht_reads_is_admin (api->service, request->person)) {
        ht_problem_set (error, HT_ERROR_DENIED, "not-allowed", NULL,
                        "only who administers may see what waits to be sent");
        return FALSE;
    }
    notices = api->outbox == NULL ? g_ptr_array_new () : ht_outbox_list (api->outbox);
    writer = ht_writer_make ();
    ht_writer_begin (&writer, NULL);
    ht_writer_bool (&writer, "mail", api->outbox != NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = 0; i < notices->len; i++)
        write_notice (api, &writer, g_ptr_array_index (notices, i));
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

void
ht_api_set_outbox (HtApi *api, HtOutbox *outbox)
{
    api->outbox = outbox;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET", "/api/v1/outbox", FALSE, NULL, NULL, NULL, 0, get_outbox, "Mails that wait, and those that were given up" },
};
/* clang-format on */

const HtApiTable ht_api_outbox_table = { routes, G_N_ELEMENTS (routes) };
