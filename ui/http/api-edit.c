/* SPDX-License-Identifier: MIT */

/* What sessions are, changed one by one or many at once; and undone. Beside each command stands
 * "/preview", which says what it would change. */

#include "scheduler/service/argument-fields.h"
#include "ui/http/api-command.h"
#include "ui/http/api-difference.h"

#define MAX_EDIT (256 * 1024)
#define MAX_BODY 4096

static const HtField undo_table[] = {
    { "number", HT_FIELD_INT, G_STRUCT_OFFSET (HtTarget, id), 0, 0, INT64_MAX },
};
static const HtFields undo_fields = HT_FIELDS ("undo", HtTarget, undo_table);

/* One session. */

static gboolean
edit (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    HtEdit *asked = request->body;

    if (!ht_api_take_session (api, request, &asked->move.id, &asked->move.if_number, error))
        return FALSE;
    ht_api_submit (api, reply, HT_COMMAND_EDIT, asked, ht_api_write_taken);
    return TRUE;
}

static gboolean
preview_edit (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    HtEdit *asked = request->body;

    return ht_api_take_session (api, request, &asked->move.id, &asked->move.if_number, error) &&
           ht_api_show_difference (api, request, reply, HT_COMMAND_EDIT, asked, error);
}

/* Many. */

static void
write_many (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply)
{
    HtWriter writer = ht_writer_make ();
    const GArray *changed = answer->preview == NULL ? NULL : answer->preview->occurrences;

    ht_writer_begin (&writer, NULL);
    ht_writer_int (&writer, "number", answer->number);
    ht_writer_begin_list (&writer, "changed");
    for (unsigned i = 0; changed != NULL && i < changed->len; i++)
        ht_writer_int (&writer, NULL, g_array_index (changed, HtPreviewOccurrence, i).session_id);
    ht_writer_end_list (&writer);
    ht_api_write_left (api, &writer, request->person, answer->preview);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

static gboolean
change_many (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    ht_api_submit (api, reply, HT_COMMAND_CHANGE_MANY, request->body, write_many);
    return TRUE;
}

static gboolean
preview_many (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return ht_api_show_difference (api, request, reply, HT_COMMAND_CHANGE_MANY, request->body,
                                   error);
}

/* Undo. */

static void
write_undone (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply)
{
    HtWriter writer = ht_writer_make ();
    const GArray *changed = answer->preview == NULL ? NULL : answer->preview->occurrences;

    ht_writer_begin (&writer, NULL);
    ht_writer_int (&writer, "number", answer->number);
    ht_writer_int (&writer, "undone", answer->id);
    ht_writer_begin_list (&writer, "sessions");
    for (unsigned i = 0; changed != NULL && i < changed->len; i++) {
        const HtSession *session =
            ht_reads_peek (api->service, HT_RECORD_SESSION,
                           g_array_index (changed, HtPreviewOccurrence, i).session_id);

        if (session != NULL && ht_reads_sees (api->service, request->person, session))
            ht_api_write_session (api, &writer, NULL, request->person, session);
    }
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

static gboolean
undo (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    ht_api_submit (api, reply, HT_COMMAND_UNDO, request->body, write_undone);
    return TRUE;
}

static gboolean
preview_undo (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return ht_api_show_difference (api, request, reply, HT_COMMAND_UNDO, request->body, error);
}

/* clang-format off */
static const HtRoute routes[] = {
    { "POST", "/api/v1/sessions/{id}/edit",             FALSE, NULL, &ht_edit_body_fields,   NULL, MAX_EDIT, edit,         "Other words, rooms, people, sites or times: of this one, the following or all" },
    { "POST", "/api/v1/sessions/{id}/edit/preview",     FALSE, NULL, &ht_edit_body_fields,   NULL, MAX_EDIT, preview_edit, "What an edit would change" },
    { "POST", "/api/v1/sessions/change-many",           FALSE, NULL, &ht_change_many_fields, NULL, MAX_BODY, change_many,  "Moves or cancels all sessions of some days in a unit, at a site or of a resource" },
    { "POST", "/api/v1/sessions/change-many/preview",   FALSE, NULL, &ht_change_many_fields, NULL, MAX_BODY, preview_many, "What a change of many would change" },
    { "POST", "/api/v1/undo",                           FALSE, NULL, &undo_fields,           NULL, MAX_BODY, undo,         "Takes back one's own last change, or the one of that number" },
    { "POST", "/api/v1/undo/preview",                   FALSE, NULL, &undo_fields,           NULL, MAX_BODY, preview_undo, "What undoing would change" },
};
/* clang-format on */

const HtApiTable ht_api_edit_table = { routes, G_N_ELEMENTS (routes) };
