/* SPDX-License-Identifier: MIT */

/* Running a session: its rehearsals, and whether it runs on at its end. */

#include "scheduler/service/argument-fields.h"
#include "ui/http/api-command.h"

#define MAX_BODY      4096
#define MAX_REHEARSAL (16 * 1024)

static const HtField run_on_table[] = {
    { "on", HT_FIELD_BOOL, G_STRUCT_OFFSET (HtRunOn, on), HT_FIELD_REQUIRED },
};
static const HtFields run_on_fields = HT_FIELDS ("run-on", HtRunOn, run_on_table);

#define REHEARSAL(field) G_STRUCT_OFFSET (HtRehearse, rehearsal.field)

static const HtField rehearsal_table[] = {
    { "lead", HT_FIELD_ENUM, REHEARSAL (lead), .names = ht_rehearsal_lead_names },
    { "start", HT_FIELD_TEXT, REHEARSAL (start), 0, 0, 40 },
    { "zone", HT_FIELD_TEXT, REHEARSAL (zone), 0, 0, 60 },
    { "minutes", HT_FIELD_INT, REHEARSAL (minutes), 0, 1, 1440 },
    { "sites", HT_FIELD_IDS, REHEARSAL (sites), .max = 500 },
    { "stays", HT_FIELD_BOOL, REHEARSAL (stays) },
};
static const HtFields rehearsal_fields = HT_FIELDS ("rehearsal", HtRehearse, rehearsal_table);

static void
write_rehearsal (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply)
{
    HtWriter writer = ht_writer_make ();

    ht_api_write_session (api, &writer, NULL, request->person,
                          ht_reads_peek (api->service, HT_RECORD_SESSION, answer->id));
    ht_reply_send_json (reply, 201, ht_writer_finish (&writer));
}

static gboolean
rehearse (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    HtRehearse *asked = request->body;

    if (!ht_api_take_session (api, request, &asked->id, &asked->if_number, error))
        return FALSE;
    ht_api_submit (api, reply, HT_COMMAND_REHEARSE, asked, write_rehearsal);
    return TRUE;
}

static gboolean
run_on (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    HtRunOn *asked = request->body;
    int64_t if_number;

    if (!ht_api_take_session (api, request, &asked->id, &if_number, error))
        return FALSE;
    ht_api_submit (api, reply, HT_COMMAND_RUN_ON, asked, ht_api_write_taken);
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "POST", "/api/v1/sessions/{id}/rehearsals", FALSE, NULL, &rehearsal_fields, NULL, MAX_REHEARSAL, rehearse, "Books a rehearsal of it" },
    { "POST", "/api/v1/sessions/{id}/run-on",     FALSE, NULL, &run_on_fields,    NULL, MAX_BODY,      run_on,   "Whether it is extended by itself near its end" },
};
/* clang-format on */

const HtApiTable ht_api_operate_table = { routes, G_N_ELEMENTS (routes) };
