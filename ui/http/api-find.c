/* SPDX-License-Identifier: MIT */

/* When it could be: times, ranked, and what is in the way where there is none. */

#include "scheduler/base/id.h"
#include "scheduler/core/site.h"
#include "scheduler/service/argument-fields.h"
#include "scheduler/service/find-time.h"
#include "ui/http/api-private.h"

#define MAX_BODY (256 * 1024)

typedef struct {
    HtApi *api;
    HtWriter *writer;
    const HtZone *zone;
    int64_t person_id;
} Pen;

static void
write_span (const Pen *pen, HtSpan span)
{
    ht_writer_instant (pen->writer, "start", pen->zone, span.start_us);
    ht_writer_instant (pen->writer, "end", pen->zone, span.end_us);
}

/* When, and whose where the reader may see it. */
static void
write_session (const Pen *pen, int64_t id)
{
    const HtSession *session = ht_reads_peek (pen->api->service, HT_RECORD_SESSION, id);
    const HtSeries *series =
        session == NULL ? NULL
                        : ht_reads_peek (pen->api->service, HT_RECORD_SERIES, session->series_id);
    const HtPerson *organiser =
        series == NULL ? NULL
                       : ht_reads_peek (pen->api->service, HT_RECORD_PERSON, series->organiser_id);

    ht_writer_begin (pen->writer, NULL);
    if (session != NULL)
        write_span (pen, (HtSpan){ session->start_us, session->end_us });
    if (series != NULL && ht_reads_sees (pen->api->service, pen->person_id, session)) {
        ht_writer_int (pen->writer, "sessionId", session->id);
        ht_writer_text (pen->writer, "title",
                        session->title != NULL ? session->title : series->title);
        ht_writer_text (pen->writer, "by", organiser == NULL ? NULL : organiser->name);
        ht_writer_text (pen->writer, "phone", organiser == NULL ? NULL : organiser->phone);
    }
    ht_writer_end (pen->writer);
}

static void
write_sessions (const Pen *pen, const char *name, const GArray *ids)
{
    ht_writer_begin_list (pen->writer, name);
    for (unsigned i = 0; i < ids->len; i++)
        write_session (pen, g_array_index (ids, int64_t, i));
    ht_writer_end_list (pen->writer);
}

static void
write_slot (const Pen *pen, const HtFoundSlot *slot)
{
    ht_writer_begin (pen->writer, NULL);
    write_span (pen, slot->span);
    ht_writer_text (pen->writer, "kind", ht_found_kind_names[slot->kind]);
    ht_writer_int (pen->writer, "sites", slot->n_sites);
    ht_writer_begin_list (pen->writer, "missing");
    for (unsigned i = 0; i < slot->missing->len; i++) {
        int64_t id = g_array_index (slot->missing, int64_t, i);

        ht_writer_named (pen->writer, NULL, id, ht_api_get_name (pen->api, HT_RECORD_SITE, id));
    }
    ht_writer_end_list (pen->writer);
    write_sessions (pen, "displaces", slot->displaced);
    ht_writer_end (pen->writer);
}

static void
write_resource (const Pen *pen, const char *name, int64_t id)
{
    const HtResource *resource = ht_reads_peek (pen->api->service, HT_RECORD_RESOURCE, id);

    ht_writer_begin (pen->writer, name);
    ht_writer_int (pen->writer, "id", id);
    ht_writer_text (pen->writer, "kind",
                    resource == NULL ? "" : ht_resource_kind_names[resource->kind]);
    ht_writer_text (pen->writer, "name", ht_api_get_name (pen->api, HT_RECORD_RESOURCE, id));
    ht_writer_end (pen->writer);
}

static void
write_part (const Pen *pen, const char *name, const HtFoundPart *part)
{
    HtCivil civil = ht_civil_from_days (MAX (part->full_until, 0));
    g_autofree char *day = g_strdup_printf ("%04d-%02d-%02d", civil.year, civil.month, civil.day);

    if (part->n_days == 0)
        return;
    ht_writer_begin (pen->writer, NULL);
    ht_writer_text (pen->writer, "part", name);
    ht_writer_int (pen->writer, "days", part->n_days);
    ht_writer_int (pen->writer, "fullDays", part->n_full);
    ht_writer_text (pen->writer, "fullUntil", part->full_until < 0 ? NULL : day);
    ht_writer_end (pen->writer);
}

/* Nothing for an empty span. */
static void
write_without (const Pen *pen, HtSpan span, const GArray *resources)
{
    if (span.end_us <= span.start_us)
        return;
    ht_writer_begin (pen->writer, "without");
    write_span (pen, span);
    if (resources != NULL) {
        ht_writer_begin_list (pen->writer, "resources");
        for (unsigned i = 0; i < resources->len; i++)
            write_resource (pen, NULL, g_array_index (resources, int64_t, i));
        ht_writer_end_list (pen->writer);
    }
    ht_writer_end (pen->writer);
}

static void
write_blocker (const Pen *pen, const HtFoundBlocker *blocker)
{
    ht_writer_begin (pen->writer, NULL);
    write_resource (pen, "resource", blocker->resource_id);
    write_without (pen, blocker->without, NULL);
    if (blocker->free_from_us >= 0)
        ht_writer_instant (pen->writer, "freeFrom", pen->zone, blocker->free_from_us);
    ht_writer_begin_list (pen->writer, "parts");
    write_part (pen, "morning", &blocker->parts[HT_FOUND_MORNING]);
    write_part (pen, "afternoon", &blocker->parts[HT_FOUND_AFTERNOON]);
    ht_writer_end_list (pen->writer);
    write_sessions (pen, "with", blocker->with);
    ht_writer_end (pen->writer);
}

static void
write_found (const Pen *pen, const HtFoundTimes *found)
{
    ht_writer_begin (pen->writer, NULL);
    ht_writer_int (pen->writer, "number", found->number);
    ht_writer_text (pen->writer, "zone", found->zone);
    ht_writer_begin_list (pen->writer, "slots");
    for (unsigned i = 0; i < found->slots->len; i++)
        write_slot (pen, &g_array_index (found->slots, HtFoundSlot, i));
    ht_writer_end_list (pen->writer);
    ht_writer_begin_list (pen->writer, "blockers");
    for (unsigned i = 0; i < found->blockers->len; i++)
        write_blocker (pen, &g_array_index (found->blockers, HtFoundBlocker, i));
    ht_writer_end_list (pen->writer);
    write_without (pen, found->without, found->without_resources);
    ht_writer_bool (pen->writer, "complete", found->complete);
    ht_writer_end (pen->writer);
}

static gboolean
find_time (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    g_autoptr (HtFoundTimes) found =
        ht_find_time (api->service, request->person, request->body, error);
    HtWriter writer;
    Pen pen = { api, &writer, NULL, request->person };

    if (found == NULL)
        return FALSE;
    writer = ht_writer_make ();
    pen.zone = ht_api_get_zone (api, found->zone);
    write_found (&pen, found);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "POST", "/api/v1/find-time", FALSE, NULL, &ht_find_time_fields, NULL, MAX_BODY, find_time, "When it could be, and what is in the way" },
};
/* clang-format on */

const HtApiTable ht_api_find_table = { routes, G_N_ELEMENTS (routes) };
