/* SPDX-License-Identifier: MIT */

/* Tables that are taken in. */

#include "scheduler/base/error.h"
#include "scheduler/service/argument-fields.h"
#include "scheduler/service/import.h"
#include "ui/http/api-private.h"

#define MAX_TABLE_BODY (8 * 1024 * 1024)

static void
write_imported (HtApi *api G_GNUC_UNUSED, HtRequest *request G_GNUC_UNUSED, const HtAnswer *answer,
                HtReply *reply)
{
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_int (&writer, "number", answer->number);
    ht_writer_int (&writer, "records", answer->id);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

/* The service asks for the right again; it is asked here so that nobody else's table is read. */
static gboolean
import (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;

    if (!ht_reads_may (api->service, request->person, HT_COMMAND_IMPORT, NULL)) {
        ht_problem_set (error, HT_ERROR_DENIED, "denied", NULL,
                        "tables are for those who administer everything");
        return FALSE;
    }
    ht_api_submit (api, reply, HT_COMMAND_IMPORT, request->body, write_imported);
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "POST", "/api/v1/import",        FALSE, NULL, &ht_import_fields,    NULL, MAX_TABLE_BODY, import, "Takes in a table; all of it or, naming each bad line, nothing" },
};
/* clang-format on */

const HtApiTable ht_api_import_table = { routes, G_N_ELEMENTS (routes) };
