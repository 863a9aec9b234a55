/* SPDX-License-Identifier: MIT */

#include "ui/http/api.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "ui/http/api-private.h"

#define WAITING_PASSWORDS 8
#define MAX_NAMES         10000
#define WEEK_DAYS         7

const HtFields ht_api_empty_fields = { "nothing", NULL, 0, 1 };

/* Commands that wait for their commit. */
typedef struct {
    HtApi *api;     /* lent */
    HtReply *reply; /* (owned) */
    HtApiWrite write;
} Submission;

static void
add_table (HtApi *api, const HtApiTable *table)
{
    HtRouteTable row = { table->routes, table->n_routes, api };

    g_array_append_val (api->tables, row);
}

static void
add_tables (HtApi *api)
{
    static const HtApiTable *const tables[] = {
        &ht_api_sign_in_table,  &ht_api_agenda_table,    &ht_api_booking_table,
        &ht_api_approval_table, &ht_api_find_table,      &ht_api_operate_table,
        &ht_api_place_table,    &ht_api_readiness_table, &ht_api_subscription_table,
        &ht_api_person_table,   &ht_api_import_table,    &ht_api_outbox_table,
        &ht_api_token_table,    &ht_api_watch_table,     &ht_api_system_table,
        &ht_api_edit_table,     &ht_api_quota_table,     &ht_api_resource_table,
    };

    api->tables = g_array_new (FALSE, FALSE, sizeof (HtRouteTable));
    for (unsigned i = 0; i < G_N_ELEMENTS (tables); i++)
        add_table (api, tables[i]);
    if (api->settings.feed != NULL)
        add_table (api, &ht_api_feed_table);
}

HtApi *
ht_api_new (const HtApiSettings *settings, GError **error)
{
    g_autoptr (HtZone) zone = ht_zone_new (settings->zone, "zone", error);
    g_autoptr (HtFiles) files =
        zone == NULL ? NULL : ht_files_new (settings->data_folder, settings->accel, error);
    HtApi *api;

    if (files == NULL)
        return NULL;
    api = g_new0 (HtApi, 1);
    api->settings = *settings;
    api->service = settings->service;
    api->zone = g_steal_pointer (&zone);
    api->files = g_steal_pointer (&files);
    api->zones =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) ht_zone_unref);
    api->passwords = ht_passwords_new (WAITING_PASSWORDS);
    api->by_login = ht_throttle_new (10, 30 * G_USEC_PER_SEC, MAX_NAMES);
    api->by_address = ht_throttle_new (60, G_USEC_PER_SEC, MAX_NAMES);
    add_tables (api);
    ht_api_start_events (api);
    return api;
}

void
ht_api_free (HtApi *api)
{
    ht_api_stop_events (api);
    ht_passwords_free (api->passwords);
    ht_throttle_free (api->by_login);
    ht_throttle_free (api->by_address);
    ht_files_free (api->files);
    g_hash_table_unref (api->zones);
    g_array_unref (api->tables);
    ht_zone_unref (api->zone);
    g_free (api);
}

void
ht_api_add_routes (HtApi *api, HtDispatch *dispatch)
{
    for (unsigned i = 0; i < api->tables->len; i++) {
        const HtRouteTable *table = &g_array_index (api->tables, HtRouteTable, i);

        ht_dispatch_add (dispatch, table->routes, table->n_routes, api);
    }
}

const HtRouteTable *
ht_api_get_tables (HtApi *api, unsigned *ret_n)
{
    *ret_n = api->tables->len;
    return (const HtRouteTable *) (gpointer) api->tables->data;
}

const HtZone *
ht_api_get_zone (HtApi *api, const char *name)
{
    HtZone *zone = name == NULL ? api->zone : g_hash_table_lookup (api->zones, name);

    if (zone != NULL)
        return zone;
    zone = ht_zone_new (name, NULL, NULL);
    if (zone == NULL)
        return api->zone;
    g_hash_table_insert (api->zones, g_strdup (name), zone);
    return zone;
}

int64_t
ht_api_get_now_us (HtApi *api)
{
    return ht_clock_read_us (api->settings.clock);
}

int64_t
ht_api_get_today (HtApi *api)
{
    HtCivil now = ht_zone_to_civil (api->zone, ht_api_get_now_us (api));

    return ht_civil_days_from_date (now.year, now.month, now.day);
}

static const char *
get_unit_name (HtApi *api, gconstpointer record)
{
    const HtUnitTerm *term = ht_unit_get_term (record, ht_api_get_today (api));

    return term == NULL ? NULL : term->name;
}

static const char *
get_person_name (HtApi *api G_GNUC_UNUSED, gconstpointer record)
{
    return ((const HtPerson *) record)->name;
}

static const char *
get_resource_name (HtApi *api, gconstpointer record)
{
    const HtResource *resource = record;
    g_autoptr (GPtrArray) people = NULL;

    if (resource->kind != HT_RESOURCE_PERSON)
        return resource->name;
    people = ht_reads_list (api->service, HT_RECORD_PERSON);
    for (unsigned i = 0; i < people->len; i++) {
        const HtPerson *person = g_ptr_array_index (people, i);

        if (person->resource_id == resource->id)
            return person->name;
    }
    return NULL;
}

static const char *
get_site_name (HtApi *api G_GNUC_UNUSED, gconstpointer record)
{
    return ((const HtSite *) record)->name;
}

static const char *
get_source_name (HtApi *api G_GNUC_UNUSED, gconstpointer record)
{
    return ((const HtVideoSource *) record)->name;
}

static const char *
get_series_name (HtApi *api G_GNUC_UNUSED, gconstpointer record)
{
    return ((const HtSeries *) record)->title;
}

static const char *(*const get_names[HT_N_RECORDS]) (HtApi *api, gconstpointer record) = {
    [HT_RECORD_UNIT] = get_unit_name,     [HT_RECORD_RESOURCE] = get_resource_name,
    [HT_RECORD_SITE] = get_site_name,     [HT_RECORD_SOURCE] = get_source_name,
    [HT_RECORD_PERSON] = get_person_name, [HT_RECORD_SERIES] = get_series_name,
};

const char *
ht_api_get_name (HtApi *api, HtRecordKind kind, int64_t id)
{
    gconstpointer record = id == HT_ID_NONE ? NULL : ht_reads_peek (api->service, kind, id);

    return record == NULL || get_names[kind] == NULL ? NULL : get_names[kind](api, record);
}

static int64_t
find_midnight_us (const HtZone *zone, int64_t day)
{
    int64_t at_s;

    ht_zone_find_local (zone, day * HT_CIVIL_DAY_S, &at_s, NULL);
    return at_s * HT_CIVIL_US;
}

gboolean
ht_api_parse_days (const HtZone *zone, const char *from, const char *until, HtSpan *ret_span,
                   GError **error)
{
    HtCivil first, last;

    if (!ht_civil_parse_date (from, "from", &first, error) ||
        !ht_civil_parse_date (until, "to", &last, error))
        return FALSE;
    return ht_span_make (
        find_midnight_us (zone, ht_civil_days_from_date (first.year, first.month, first.day)),
        find_midnight_us (zone, ht_civil_days_from_date (last.year, last.month, last.day) + 1),
        ret_span, error);
}

static void
send_error (HtApi *api, HtReply *reply, const HtPreview *preview, const GError *error)
{
    HtWriter writer = ht_writer_make ();
    GString *json;

    if (preview != NULL)
        ht_api_write_preview (api, &writer, NULL, ht_reply_get_request (reply)->person, preview);
    json = ht_writer_finish (&writer);
    ht_reply_send_problem_with (reply, error, preview == NULL ? NULL : "preview", json->str);
    g_string_free (json, TRUE);
}

static void
on_done (const HtAnswer *answer, const HtPreview *preview, const GError *error, gpointer user_data)
{
    Submission *submission = user_data;

    if (error != NULL)
        send_error (submission->api, submission->reply, preview, error);
    else
        submission->write (submission->api, ht_reply_get_request (submission->reply), answer,
                           submission->reply);
    ht_reply_unref (submission->reply);
    g_free (submission);
}

void
ht_api_submit (HtApi *api, HtReply *reply, HtCommand command, gconstpointer arguments,
               HtApiWrite write)
{
    const HtRequest *request = ht_reply_get_request (reply);
    Submission *submission = g_new0 (Submission, 1);

    *submission = (Submission){ api, ht_reply_ref (reply), write };
    ht_service_submit (api->service, request->person, command, arguments,
                       ht_request_get_header (request, HT_HEADER_IDEMPOTENCY_KEY), on_done,
                       submission);
}

void
ht_api_write_nothing (HtApi *api G_GNUC_UNUSED, HtRequest *request G_GNUC_UNUSED,
                      const HtAnswer *answer G_GNUC_UNUSED, HtReply *reply)
{
    ht_reply_send_bytes (reply, 204, NULL, NULL);
}

gboolean
ht_api_get_if_number (const HtRequest *request, int64_t *ret_number, GError **error)
{
    const char *text = ht_request_get_header (request, HT_HEADER_IF_MATCH);
    size_t length = text == NULL ? 0 : strlen (text);
    g_autofree char *bare = NULL;

    *ret_number = 0;
    if (text == NULL || strcmp (text, "*") == 0)
        return TRUE;
    bare = length > 2 && text[0] == '"' && text[length - 1] == '"'
               ? g_strndup (text + 1, length - 2)
               : NULL;
    if (bare != NULL && ht_id_parse (bare, ret_number, NULL))
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "bad-request", "If-Match",
                    "If-Match must hold an etag as it was given");
    return FALSE;
}

/* The answer to what the first view asks: the week of today. */
static void
write_first_answers (HtApi *api, HtWriter *writer, int64_t person_id)
{
    int64_t today = ht_api_get_today (api);
    int64_t monday = today - ht_civil_get_weekday (today);
    HtCivil first = ht_civil_from_days (monday), last = ht_civil_from_days (monday + WEEK_DAYS - 1);
    HtSpan span = { find_midnight_us (api->zone, monday),
                    find_midnight_us (api->zone, monday + WEEK_DAYS) };
    g_autofree char *address =
        g_strdup_printf ("/api/v1/agenda?from=%04d-%02d-%02d&to=%04d-%02d-%02d&scope=all",
                         first.year, first.month, first.day, last.year, last.month, last.day);

    ht_writer_begin (writer, "answers");
    ht_api_write_agenda (api, writer, address, person_id, HT_AGENDA_ALL, HT_ID_NONE, span);
    ht_writer_end (writer);
}

GString *
ht_api_make_boot (gpointer data, HtRequest *request)
{
    HtApi *api = data;
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_int (&writer, "now", ht_api_get_now_us (api) / 1000);
    ht_writer_instant (&writer, "local", api->zone, ht_api_get_now_us (api));
    if (request->person == HT_ID_NONE)
        ht_writer_null (&writer, "me");
    else {
        ht_writer_int (&writer, "number", ht_service_get_number (api->service));
        ht_api_write_me (api, &writer, "me", request->person, request->csrf);
        if (!request->limited)
            write_first_answers (api, &writer, request->person);
    }
    ht_writer_end (&writer);
    return ht_writer_finish (&writer);
}
