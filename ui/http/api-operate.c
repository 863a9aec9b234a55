/* SPDX-License-Identifier: MIT */

/* Running a session: whether it runs on at its end. */

#include "ui/http/api-command.h"

#define MAX_BODY 4096

static const HtField run_on_table[] = {
    { "on", HT_FIELD_BOOL, G_STRUCT_OFFSET (HtRunOn, on), HT_FIELD_REQUIRED },
};
static const HtFields run_on_fields = HT_FIELDS ("run-on", HtRunOn, run_on_table);

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
    { "POST", "/api/v1/sessions/{id}/run-on", FALSE, NULL, &run_on_fields, NULL, MAX_BODY, run_on, "Whether it is extended by itself near its end" },
};
/* clang-format on */

const HtApiTable ht_api_operate_table = { routes, G_N_ELEMENTS (routes) };
