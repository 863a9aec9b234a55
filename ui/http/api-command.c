/* SPDX-License-Identifier: MIT */

#include "ui/http/api-command.h"

gboolean
ht_api_take_session (HtApi *api, const HtRequest *request, int64_t *ret_id, int64_t *ret_if_number,
                     GError **error)
{
    *ret_id = request->ids[0];
    return ht_reads_get_session (api->service, request->person, *ret_id, error) != NULL &&
           ht_api_get_if_number (request, ret_if_number, error);
}

void
ht_api_write_taken (HtApi *api, HtRequest *request, const HtAnswer *answer G_GNUC_UNUSED,
                    HtReply *reply)
{
    const HtSession *session = ht_reads_peek (api->service, HT_RECORD_SESSION, request->ids[0]);
    HtWriter writer = ht_writer_make ();

    if (session == NULL) { /* undone meanwhile */
        ht_writer_begin (&writer, NULL);
        ht_writer_end (&writer);
    } else
        ht_api_write_session (api, &writer, NULL, request->person, session);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}
