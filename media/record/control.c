/* SPDX-License-Identifier: MIT */

#include "media/record/control.h"

#include "scheduler/base/error.h"

#define HELLO(member)   G_STRUCT_OFFSET (HtControlHello, member)
#define REQUEST(member) G_STRUCT_OFFSET (HtControlRequest, member)
#define REPLY(member)   G_STRUCT_OFFSET (HtControlReply, member)
#define LAST_US         (INT64_C (4102444800) * G_USEC_PER_SEC) /* 2100 */

static const char *const do_names[] = {
    "status", "set-end", "mark", "stop", "leave", "take", NULL
};

/* clang-format off */
static const HtField hello_rows[] = {
    { "protocol", HT_FIELD_INT, HELLO (protocol), HT_FIELD_REQUIRED, 1, G_MAXINT },
    { "session", HT_FIELD_INT, HELLO (session), HT_FIELD_REQUIRED, 1, INT64_MAX },
    { "track", HT_FIELD_TEXT, HELLO (track), HT_FIELD_REQUIRED },
    { "pid", HT_FIELD_INT, HELLO (pid), HT_FIELD_REQUIRED, 1, G_MAXINT },
};

static const HtField request_rows[] = {
    { "do", HT_FIELD_ENUM, REQUEST (what), HT_FIELD_REQUIRED, .names = do_names },
    { "end_us", HT_FIELD_INT, REQUEST (end_us), 0, 0, LAST_US },
    { "text", HT_FIELD_TEXT, REQUEST (text) },
    { "job", HT_FIELD_TEXT, REQUEST (job), HT_FIELD_LINES | HT_FIELD_PRIVATE, .max = HT_CONTROL_MAX_LINE_BYTES },
};

static const HtField reply_rows[] = {
    { "ok", HT_FIELD_BOOL, REPLY (ok), HT_FIELD_REQUIRED },
    { "problem", HT_FIELD_TEXT, REPLY (problem) },
    { "message", HT_FIELD_TEXT, REPLY (message), .max = 1000 },
    HT_TRACK_STATUS_ROWS (HtControlReply, status.),
};
/* clang-format on */

const HtFields ht_control_hello_fields = HT_FIELDS ("hello", HtControlHello, hello_rows);
const HtFields ht_control_request_fields = HT_FIELDS ("request", HtControlRequest, request_rows);
const HtFields ht_control_reply_fields = HT_FIELDS ("reply", HtControlReply, reply_rows);

char *
ht_control_encode (const HtFields *fields, gconstpointer record)
{
    GString *json = g_string_new (NULL);

    ht_fields_encode (fields, record, json, NULL, NULL);
    g_string_append_c (json, '\n');
    return g_string_free (json, FALSE);
}

static gboolean
check_request (const HtControlRequest *request, GError **error)
{
    const char *missing = NULL;

    if (request->what == HT_CONTROL_SET_END && request->end_us == 0)
        missing = "end_us";
    else if (request->what == HT_CONTROL_MARK && request->text == NULL)
        missing = "text";
    else if (request->what == HT_CONTROL_TAKE && request->job == NULL)
        missing = "job";
    if (missing == NULL)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "required", missing, "%s must be filled in", missing);
    return FALSE;
}

gboolean
ht_control_decode (const HtFields *fields, const char *line, size_t length, gpointer ret_record,
                   GError **error)
{
    return ht_fields_decode_text (fields, line, length, ret_record, error) &&
           (fields != &ht_control_request_fields || check_request (ret_record, error));
}
