/* SPDX-License-Identifier: MIT */

/* Running a session: whether it runs on at its end. */

#include "scheduler/base/error.h"
#include "ui/http/api-private.h"

#define MAX_BODY 4096

static const HtField run_on_table[] = {
    { "on", HT_FIELD_BOOL, G_STRUCT_OFFSET (HtRunOn, on), HT_FIELD_REQUIRED },
};
static const HtFields run_on_fields = HT_FIELDS ("run-on", HtRunOn, run_on_table);

static void
write_session (HtApi *api, HtRequest *request, const HtAnswer *answer G_GNUC_UNUSED, HtReply *reply)
{
    HtWriter writer = ht_writer_make ();

    ht_api_write_session (api, &writer, NULL, request->person,
                          ht_reads_peek (api->service, HT_RECORD_SESSION, request->ids[0]));
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

static gboolean
run_on (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    HtRunOn *asked = request->body;

    if (ht_reads_get_session (api->service, request->person, request->ids[0], error) == NULL)
        return FALSE;
    asked->id = request->ids[0];
    ht_api_submit (api, reply, HT_COMMAND_RUN_ON, asked, write_session);
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "POST", "/api/v1/sessions/{id}/run-on", FALSE, NULL, &run_on_fields, NULL, MAX_BODY, run_on, "Whether it is extended by itself near its end" },
};
/* clang-format on */

const HtApiTable ht_api_operate_table = { routes, G_N_ELEMENTS (routes) };
