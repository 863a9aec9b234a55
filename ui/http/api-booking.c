/* SPDX-License-Identifier: MIT */

/* Booking and what is done to sessions afterwards. */

#include "scheduler/base/error.h"
#include "scheduler/service/argument-fields.h"
#include "ui/http/api-command.h"
#include "ui/http/api-difference.h"

#define MAX_BOOKING (256 * 1024)
#define MAX_BODY    4096

static const HtField move_table[] = {
    { "start", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtMove, start), HT_FIELD_REQUIRED, 0, 40 },
    { "zone", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtMove, zone), 0, 0, 60 },
    { "minutes", HT_FIELD_INT, G_STRUCT_OFFSET (HtMove, minutes), HT_FIELD_REQUIRED, 1, 10080 },
    { "scope", HT_FIELD_ENUM, G_STRUCT_OFFSET (HtMove, scope), .names = ht_scope_names },
    { "override", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtMove, override), 0, 0, 500 },
};
static const HtFields move_fields = HT_FIELDS ("move", HtMove, move_table);

static const HtField cancel_table[] = {
    { "reason", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtMove, reason), HT_FIELD_REQUIRED, 0, 500 },
    { "scope", HT_FIELD_ENUM, G_STRUCT_OFFSET (HtMove, scope), .names = ht_scope_names },
};
static const HtFields cancel_fields = HT_FIELDS ("cancel", HtMove, cancel_table);

static const HtField extend_table[] = {
    { "minutes", HT_FIELD_INT, G_STRUCT_OFFSET (HtMove, minutes), 0, 1, 1440 },
    { "override", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtMove, override), 0, 0, 500 },
};
static const HtFields extend_fields = HT_FIELDS ("extend", HtMove, extend_table);

static gboolean
preview (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    g_autoptr (HtPreview) seen =
        ht_service_preview (api->service, request->person, request->body, error);
    HtWriter writer;

    if (seen == NULL)
        return FALSE;
    writer = ht_writer_make ();
    ht_api_write_preview (api, &writer, NULL, request->person, seen);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static void
write_booked (HtApi *api, HtRequest *request, const HtAnswer *answer, HtReply *reply)
{
    g_autoptr (GPtrArray) sessions =
        ht_reads_series_sessions (api->service, request->person, answer->id);
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_int (&writer, "seriesId", answer->id);
    ht_writer_begin_list (&writer, "sessions");
    for (unsigned i = 0; i < sessions->len; i++)
        ht_api_write_session (api, &writer, NULL, request->person, g_ptr_array_index (sessions, i));
    ht_writer_end_list (&writer);
    ht_writer_int (&writer, "number", answer->number);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 201, ht_writer_finish (&writer));
}

static gboolean
book (gpointer data, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    ht_api_submit (data, reply, HT_COMMAND_BOOK, request->body, write_booked);
    return TRUE;
}

static gboolean
change (HtApi *api, HtRequest *request, HtReply *reply, HtCommand command, GError **error)
{
    HtMove *move = request->body;

    if (!ht_api_take_session (api, request, &move->id, &move->if_number, error))
        return FALSE;
    ht_api_submit (api, reply, command, move, ht_api_write_taken);
    return TRUE;
}

static gboolean
show (HtApi *api, HtRequest *request, HtReply *reply, HtCommand command, GError **error)
{
    HtMove *asked = request->body;

    return ht_api_take_session (api, request, &asked->id, &asked->if_number, error) &&
           ht_api_show_difference (api, request, reply, command, asked, error);
}

static gboolean
move (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return change (api, request, reply, HT_COMMAND_MOVE, error);
}

static gboolean
preview_move (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return show (api, request, reply, HT_COMMAND_MOVE, error);
}

static gboolean
cancel (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return change (api, request, reply, HT_COMMAND_CANCEL, error);
}

static gboolean
preview_cancel (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return show (api, request, reply, HT_COMMAND_CANCEL, error);
}

static gboolean
extend (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return change (api, request, reply, HT_COMMAND_EXTEND, error);
}

static gboolean
preview_extend (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return show (api, request, reply, HT_COMMAND_EXTEND, error);
}

static gboolean
change_now (HtApi *api, HtRequest *request, HtReply *reply, HtCommand command, GError **error)
{
    HtTarget target = { 0 };

    if (!ht_api_take_session (api, request, &target.id, &target.if_number, error))
        return FALSE;
    ht_api_submit (api, reply, command, &target, ht_api_write_taken);
    return TRUE;
}

static gboolean
stop (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return change_now (api, request, reply, HT_COMMAND_STOP, error);
}

static gboolean
start (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    return change_now (api, request, reply, HT_COMMAND_START, error);
}

/* clang-format off */
static const HtRoute routes[] = {
    { "POST", "/api/v1/sessions/preview",     FALSE, NULL, &ht_booking_fields,   NULL, MAX_BOOKING, preview, "What a booking would do, and what is in its way" },
    { "POST", "/api/v1/sessions",             FALSE, NULL, &ht_booking_fields,   NULL, MAX_BOOKING, book,    "Books a session or a series" },
    { "POST", "/api/v1/sessions/{id}/move",   FALSE, NULL, &move_fields,         NULL, MAX_BODY,    move,    "Another time" },
    { "POST", "/api/v1/sessions/{id}/move/preview", FALSE, NULL, &move_fields,   NULL, MAX_BODY,    preview_move, "What a move would change: which sessions move, which keep their own time, which are past" },
    { "POST", "/api/v1/sessions/{id}/cancel/preview", FALSE, NULL, &cancel_fields, NULL, MAX_BODY, preview_cancel, "What a cancellation would change" },
    { "POST", "/api/v1/sessions/{id}/extend/preview", FALSE, NULL, &extend_fields, NULL, MAX_BODY, preview_extend, "What an extension would change, and who is in its way" },
    { "POST", "/api/v1/sessions/{id}/cancel", FALSE, NULL, &cancel_fields,       NULL, MAX_BODY,    cancel,  "It does not take place; says why" },
    { "POST", "/api/v1/sessions/{id}/extend", FALSE, NULL, &extend_fields,       NULL, MAX_BODY,    extend,  "A later end" },
    { "POST", "/api/v1/sessions/{id}/stop",   FALSE, NULL, &ht_api_empty_fields, NULL, MAX_BODY,    stop,    "Ends now and frees the rest" },
    { "POST", "/api/v1/sessions/{id}/start",  FALSE, NULL, &ht_api_empty_fields, NULL, MAX_BODY,    start,   "Starts now, before its time" },
};
/* clang-format on */

const HtApiTable ht_api_booking_table = { routes, G_N_ELEMENTS (routes) };
