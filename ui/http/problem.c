/* SPDX-License-Identifier: MIT */

#include "ui/http/problem.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/support/json.h"

/* What HTTP itself distinguishes and the rest of the house does not. */
static const struct {
    const char *id;
    unsigned status;
} special[] = {
    { "bad-request", 400 },         { "not-json", 400 },         { "not-utf8", 400 },
    { "unknown-method", 405 },      { "unsupported-type", 415 }, { "range-impossible", 416 },
    { "precondition-needed", 428 },
};

static const unsigned statuses[HT_ERROR_N_CODES] = {
    [HT_ERROR_INVALID] = 422,   [HT_ERROR_UNAUTHENTICATED] = 401,
    [HT_ERROR_DENIED] = 403,    [HT_ERROR_NOT_FOUND] = 404,
    [HT_ERROR_GONE] = 410,      [HT_ERROR_CONFLICT] = 409,
    [HT_ERROR_STALE] = 412,     [HT_ERROR_TOO_LARGE] = 413,
    [HT_ERROR_BUSY] = 429,      [HT_ERROR_FULL] = 507,
    [HT_ERROR_UNKNOWN] = 503,   [HT_ERROR_TIMED_OUT] = 504,
    [HT_ERROR_ATTENTION] = 500, [HT_ERROR_INTERNAL] = 500,
};

static const struct {
    unsigned status;
    const char *phrase;
} phrases[] = {
    { 400, "Bad Request" },
    { 401, "Unauthorized" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 405, "Method Not Allowed" },
    { 409, "Conflict" },
    { 410, "Gone" },
    { 412, "Precondition Failed" },
    { 413, "Content Too Large" },
    { 415, "Unsupported Media Type" },
    { 416, "Range Not Satisfiable" },
    { 422, "Unprocessable Content" },
    { 428, "Precondition Required" },
    { 429, "Too Many Requests" },
    { 500, "Internal Server Error" },
    { 503, "Service Unavailable" },
    { 504, "Gateway Timeout" },
    { 507, "Insufficient Storage" },
};

unsigned
ht_problem_get_status (const GError *error)
{
    const char *id = ht_problem_get_id (error);

    if (error->domain != HT_ERROR || error->code < 0 || error->code >= HT_ERROR_N_CODES)
        return 500;
    for (unsigned i = 0; i < G_N_ELEMENTS (special); i++)
        if (strcmp (special[i].id, id) == 0)
            return special[i].status;
    return statuses[error->code];
}

const char *
ht_problem_get_phrase (unsigned status)
{
    for (unsigned i = 0; i < G_N_ELEMENTS (phrases); i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return NULL;
}

static void
append_argument (const char *name, const char *value, gpointer user_data)
{
    GString *json = user_data;

    g_string_append (json, json->str[json->len - 1] == '{' ? "" : ",");
    ht_json_append_string (json, name);
    g_string_append_c (json, ':');
    ht_json_append_string (json, value);
}

GString *
ht_problem_to_json (const GError *error)
{
    unsigned status = ht_problem_get_status (error);
    const char *field = ht_problem_get_field (error);
    gboolean ours = error->domain == HT_ERROR;
    GString *json = g_string_new ("{\"type\":\"about:blank\",\"title\":");

    ht_json_append_string (json, ht_problem_get_phrase (status));
    g_string_append_printf (json, ",\"status\":%u,\"code\":", status);
    ht_json_append_string (json, ht_problem_get_id (error));
    if (field != NULL) {
        g_string_append (json, ",\"field\":");
        ht_json_append_string (json, field);
    }
    g_string_append (json, ",\"args\":{");
    ht_problem_foreach_argument (error, append_argument, json);
    g_string_append (json, "},\"detail\":");
    ht_json_append_string (json, ours ? error->message : "something went wrong on our side");
    g_string_append_c (json, '}');
    return json;
}
