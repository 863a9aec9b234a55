/* SPDX-License-Identifier: MIT */

/* When places are open, and how much there is of what can be booked. */

#include "scheduler/base/id.h"
#include "scheduler/core/civil.h"
#include "scheduler/service/argument-fields.h"
#include "scheduler/service/closure-calendar.h"
#include "ui/http/api-private.h"

#define MAX_BODY  (64 * 1024)
#define MINUTE_US (INT64_C (60) * G_USEC_PER_SEC)

typedef void (*Write) (HtApi *api, HtWriter *writer, gconstpointer record);

/* --- closures ------------------------------------------------------------------------------ */

static void
write_minute (HtWriter *writer, const char *name, int minute)
{
    g_autofree char *text = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

    ht_writer_text (writer, name, text);
}

static void
write_hours (HtWriter *writer, const HtClosureCalendar *calendar)
{
    g_autoptr (GArray) hours = ht_closure_calendar_list_hours (calendar);

    ht_writer_begin_list (writer, "hours");
    for (unsigned i = 0; i < hours->len; i++) {
        const HtOpenHours *one = &g_array_index (hours, HtOpenHours, i);

        ht_writer_begin (writer, NULL);
        ht_writer_text (writer, "weekday", ht_weekday_names[one->weekday]);
        write_minute (writer, "from", one->from_minute);
        write_minute (writer, "until", one->until_minute);
        ht_writer_end (writer);
    }
    ht_writer_end_list (writer);
}

static void
write_days (HtWriter *writer, const HtClosureCalendar *calendar)
{
    g_autoptr (GArray) days = ht_closure_calendar_list_days (calendar);

    ht_writer_begin_list (writer, "days");
    for (unsigned i = 0; i < days->len; i++) {
        HtCivil civil = ht_civil_from_days (g_array_index (days, int64_t, i));
        g_autofree char *text =
            g_strdup_printf ("%04d-%02d-%02d", civil.year, civil.month, civil.day);

        ht_writer_text (writer, NULL, text);
    }
    ht_writer_end_list (writer);
}

static void
write_closure (HtApi *api G_GNUC_UNUSED, HtWriter *writer, gconstpointer record)
{
    const HtClosureCalendar *calendar = record;

    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", calendar->id);
    ht_writer_text (writer, "name", calendar->name);
    ht_writer_text (writer, "zone", calendar->zone);
    write_hours (writer, calendar);
    write_days (writer, calendar);
    ht_writer_end (writer);
}

/* --- resources ----------------------------------------------------------------------------- */

/* People are told of by name where they are listed as trainers. */
static void
write_resource (HtApi *api, HtWriter *writer, gconstpointer record)
{
    const HtResource *resource = record;

    if (resource->kind == HT_RESOURCE_PERSON)
        return;
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", resource->id);
    ht_writer_text (writer, "kind", ht_resource_kind_names[resource->kind]);
    ht_writer_text (writer, "name", resource->name);
    ht_writer_named (writer, "unit", resource->unit_id,
                     ht_api_get_name (api, HT_RECORD_UNIT, resource->unit_id));
    ht_writer_int (writer, "capacity", resource->capacity);
    ht_writer_int (writer, "seats", resource->seats);
    ht_writer_int (writer, "setupMinutes", resource->setup_us / MINUTE_US);
    ht_writer_int (writer, "teardownMinutes", resource->teardown_us / MINUTE_US);
    ht_writer_id (writer, "closureId", resource->closure_id);
    ht_writer_id (writer, "parentId", resource->parent_id);
    ht_writer_bool (writer, "relay", resource->relay);
    ht_writer_text (writer, "features", resource->features);
    ht_writer_bool (writer, "retired", resource->retired);
    ht_writer_end (writer);
}

/* --- both ---------------------------------------------------------------------------------- */

static void
send_all (HtApi *api, HtReply *reply, HtRecordKind kind, Write write)
{
    g_autoptr (GPtrArray) records = ht_reads_list (api->service, kind);
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = 0; i < records->len; i++)
        write (api, &writer, g_ptr_array_index (records, i));
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

static void
send_one (HtApi *api, HtReply *reply, gconstpointer record, Write write)
{
    HtWriter writer = ht_writer_make ();

    write (api, &writer, record);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

static gboolean
get_closures (gpointer api, HtRequest *request G_GNUC_UNUSED, HtReply *reply,
              GError **error G_GNUC_UNUSED)
{
    send_all (api, reply, HT_RECORD_CLOSURE, write_closure);
    return TRUE;
}

static gboolean
get_resources (gpointer api, HtRequest *request G_GNUC_UNUSED, HtReply *reply,
               GError **error G_GNUC_UNUSED)
{
    send_all (api, reply, HT_RECORD_RESOURCE, write_resource);
    return TRUE;
}

static void
write_put_closure (HtApi *api, HtRequest *request G_GNUC_UNUSED, const HtAnswer *answer,
                   HtReply *reply)
{
    send_one (api, reply, ht_reads_peek (api->service, HT_RECORD_CLOSURE, answer->id),
              write_closure);
}

static void
write_put_resource (HtApi *api, HtRequest *request G_GNUC_UNUSED, const HtAnswer *answer,
                    HtReply *reply)
{
    send_one (api, reply, ht_reads_peek (api->service, HT_RECORD_RESOURCE, answer->id),
              write_resource);
}

static gboolean
put_closure (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtPutClosure *asked = request->body;

    asked->id = request->ids[0];
    ht_api_submit (api, reply, HT_COMMAND_PUT_CLOSURE, asked, write_put_closure);
    return TRUE;
}

static gboolean
put_resource (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtPutResource *asked = request->body;

    asked->id = request->ids[0];
    ht_api_submit (api, reply, HT_COMMAND_PUT_RESOURCE, asked, write_put_resource);
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET",  "/api/v1/closures",       FALSE, NULL, NULL,                         NULL, 0,        get_closures,  "Working hours and closed days" },
    { "POST", "/api/v1/closures",       FALSE, NULL, &ht_put_closure_body_fields,  NULL, MAX_BODY, put_closure,   "A new calendar of working hours and closed days" },
    { "POST", "/api/v1/closures/{id}",  FALSE, NULL, &ht_put_closure_body_fields,  NULL, MAX_BODY, put_closure,   "All of a calendar anew; sessions that it hits are marked" },
    { "GET",  "/api/v1/resources",      FALSE, NULL, NULL,                         NULL, 0,        get_resources, "What can be booked, and how much there is of it" },
    { "POST", "/api/v1/resources",      FALSE, NULL, &ht_put_resource_body_fields, NULL, MAX_BODY, put_resource,  "A new room, link, pool or other resource" },
    { "POST", "/api/v1/resources/{id}", FALSE, NULL, &ht_put_resource_body_fields, NULL, MAX_BODY, put_resource,  "All of a resource anew; sessions above its capacity are marked" },
};
/* clang-format on */

const HtApiTable ht_api_resource_table = { routes, G_N_ELEMENTS (routes) };
