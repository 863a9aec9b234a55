/* SPDX-License-Identifier: MIT */

/* What a booking would do, as the API shows it. */

#include "scheduler/base/id.h"
#include "scheduler/core/admission.h"
#include "scheduler/service/booking.h"
#include "ui/http/api-difference.h"
#include "ui/http/api-private.h"

#define MINUTE_US (INT64_C (60) * G_USEC_PER_SEC)

typedef struct {
    HtApi *api;
    HtWriter *writer;
    const HtZone *zone;
    int64_t person_id;
} Pen;

/* Whose it is, where the reader may see it. */
static void
write_holder (const Pen *pen, const HtSession *session)
{
    const HtSeries *series =
        ht_reads_peek (pen->api->service, HT_RECORD_SERIES, session->series_id);
    const HtPerson *organiser =
        series == NULL ? NULL
                       : ht_reads_peek (pen->api->service, HT_RECORD_PERSON, series->organiser_id);

    ht_writer_int (pen->writer, "sessionId", session->id);
    if (series != NULL)
        ht_writer_text (pen->writer, "title",
                        session->title != NULL ? session->title : series->title);
    if (organiser != NULL) {
        ht_writer_text (pen->writer, "by", organiser->name);
        ht_writer_text (pen->writer, "phone", organiser->phone);
    }
}

static void
write_with (const Pen *pen, const HtClashWith *with)
{
    const HtSession *session =
        with->session_id == HT_ID_NONE
            ? NULL
            : ht_reads_peek (pen->api->service, HT_RECORD_SESSION, with->session_id);

    ht_writer_begin (pen->writer, NULL);
    ht_writer_instant (pen->writer, "start", pen->zone, with->start_us);
    ht_writer_instant (pen->writer, "end", pen->zone, with->end_us);
    ht_writer_int (pen->writer, "amount", with->amount);
    if (session != NULL && ht_reads_sees (pen->api->service, pen->person_id, session))
        write_holder (pen, session);
    ht_writer_end (pen->writer);
}

static void
write_resource (const Pen *pen, int64_t id)
{
    const HtResource *resource = ht_reads_peek (pen->api->service, HT_RECORD_RESOURCE, id);

    ht_writer_begin (pen->writer, "resource");
    ht_writer_int (pen->writer, "id", id);
    ht_writer_text (pen->writer, "kind",
                    resource == NULL ? "" : ht_resource_kind_names[resource->kind]);
    ht_writer_text (pen->writer, "name", ht_api_get_name (pen->api, HT_RECORD_RESOURCE, id));
    ht_writer_end (pen->writer);
}

static void
write_clash (const Pen *pen, const HtClash *clash)
{
    ht_writer_begin (pen->writer, NULL);
    write_resource (pen, clash->resource_id);
    ht_writer_text (pen->writer, "why", ht_obstacle_kind_names[clash->kind]);
    ht_writer_instant (pen->writer, "start", pen->zone, clash->start_us);
    ht_writer_instant (pen->writer, "end", pen->zone, clash->end_us);
    ht_writer_int (pen->writer, "capacity", clash->capacity);
    ht_writer_int (pen->writer, "free", clash->free);
    ht_writer_int (pen->writer, "wanted", clash->wanted);
    ht_writer_begin_list (pen->writer, "with");
    for (unsigned i = 0; clash->with != NULL && i < clash->with->len; i++)
        write_with (pen, &g_array_index (clash->with, HtClashWith, i));
    ht_writer_end_list (pen->writer);
    ht_writer_end (pen->writer);
}

static void
write_clashes (const Pen *pen, const GArray *clashes)
{
    ht_writer_begin_list (pen->writer, "clashes");
    for (unsigned i = 0; clashes != NULL && i < clashes->len; i++)
        write_clash (pen, &g_array_index (clashes, HtClash, i));
    ht_writer_end_list (pen->writer);
}

void
ht_api_write_clashes (HtApi *api, HtWriter *writer, const HtZone *zone, int64_t person_id,
                      const GArray *clashes)
{
    const Pen pen = { api, writer, zone, person_id };

    write_clashes (&pen, clashes);
}

static void
write_occurrence (const Pen *pen, const HtPreviewOccurrence *occurrence)
{
    ht_writer_begin (pen->writer, NULL);
    ht_writer_id (pen->writer, "sessionId", occurrence->session_id);
    ht_writer_instant (pen->writer, "start", pen->zone, occurrence->start_us);
    ht_writer_instant (pen->writer, "end", pen->zone, occurrence->end_us);
    write_clashes (pen, occurrence->clashes);
    ht_writer_end (pen->writer);
}

/* The days of the occurrences that clash: what a booking says in "skip". */
static void
write_skip (const Pen *pen, const HtPreview *preview)
{
    ht_writer_begin_list (pen->writer, "skip");
    for (unsigned i = 0; i < preview->occurrences->len; i++) {
        const HtPreviewOccurrence *occurrence =
            &g_array_index (preview->occurrences, HtPreviewOccurrence, i);
        HtCivil day = ht_zone_to_civil (pen->zone, occurrence->start_us);
        g_autofree char *text = g_strdup_printf ("%04d-%02d-%02d", day.year, day.month, day.day);

        if (occurrence->clashes != NULL && occurrence->clashes->len > 0)
            ht_writer_text (pen->writer, NULL, text);
    }
    ht_writer_end_list (pen->writer);
}

/* What a booking says in "sites" of these. */
static void
write_sites (const Pen *pen, const GArray *sites)
{
    ht_writer_begin_list (pen->writer, "sites");
    for (unsigned i = 0; i < sites->len; i++) {
        const HtBookingSite *site = &g_array_index (sites, HtBookingSite, i);

        ht_writer_begin (pen->writer, NULL);
        ht_writer_int (pen->writer, "id", site->id);
        ht_writer_text (pen->writer, "name", ht_api_get_name (pen->api, HT_RECORD_SITE, site->id));
        ht_writer_text (pen->writer, "profile", ht_profile_names[site->profile]);
        ht_writer_int (pen->writer, "kbps", site->kbps);
        ht_writer_end (pen->writer);
    }
    ht_writer_end_list (pen->writer);
}

static void
write_alternative (const Pen *pen, const HtPreview *preview, const HtAlternative *alternative)
{
    static const char *const kinds[] = {
        [HT_ALTERNATIVE_TIME] = "time",
        [HT_ALTERNATIVE_ROOM] = "room",
        [HT_ALTERNATIVE_SKIP] = "skip",
        [HT_ALTERNATIVE_PROFILE] = "profile",
        [HT_ALTERNATIVE_RECORD_LATER] = "record-later",
        [HT_ALTERNATIVE_END] = "end",
    };

    ht_writer_begin (pen->writer, NULL);
    ht_writer_text (pen->writer, "kind", kinds[alternative->kind]);
    if (alternative->kind == HT_ALTERNATIVE_TIME) {
        ht_writer_instant (pen->writer, "start", pen->zone, alternative->start_us);
        ht_writer_instant (pen->writer, "end", pen->zone, alternative->end_us);
    }
    if (alternative->kind == HT_ALTERNATIVE_END) {
        ht_writer_instant (pen->writer, "end", pen->zone, alternative->end_us);
        ht_writer_int (pen->writer, "minutes",
                       (alternative->end_us - alternative->start_us) / MINUTE_US);
    }
    ht_writer_named (pen->writer, "room", alternative->room_id,
                     ht_api_get_name (pen->api, HT_RECORD_RESOURCE, alternative->room_id));
    ht_writer_id (pen->writer, "insteadOf", alternative->instead_of);
    if (alternative->kind == HT_ALTERNATIVE_SKIP)
        write_skip (pen, preview);
    if (alternative->sites != NULL)
        write_sites (pen, alternative->sites);
    ht_writer_end (pen->writer);
}

/* What would have to make room, and where it could go. */
static void
write_displaced (const Pen *pen, const HtPreviewDisplaced *displaced)
{
    const HtSession *session =
        ht_reads_peek (pen->api->service, HT_RECORD_SESSION, displaced->session_id);

    if (session == NULL)
        return;
    ht_writer_begin (pen->writer, NULL);
    ht_writer_instant (pen->writer, "start", pen->zone, session->start_us);
    ht_writer_instant (pen->writer, "end", pen->zone, session->end_us);
    ht_writer_bool (pen->writer, "may", displaced->may);
    if (ht_reads_sees (pen->api->service, pen->person_id, session)) {
        write_holder (pen, session);
        ht_writer_int (pen->writer, "number", displaced->number);
    }
    if (displaced->start_us != 0) {
        ht_writer_begin (pen->writer, "to");
        ht_writer_instant (pen->writer, "start", pen->zone, displaced->start_us);
        ht_writer_instant (pen->writer, "end", pen->zone, displaced->end_us);
        ht_writer_end (pen->writer);
    }
    ht_writer_end (pen->writer);
}

void
ht_api_write_preview (HtApi *api, HtWriter *writer, const char *name, int64_t person_id,
                      const HtPreview *preview)
{
    const Pen pen = { api, writer, ht_api_get_zone (api, preview->zone), person_id };

    ht_writer_begin (writer, name);
    ht_writer_int (writer, "number", preview->number);
    ht_writer_begin_list (writer, "occurrences");
    for (unsigned i = 0; i < preview->occurrences->len; i++)
        write_occurrence (&pen, &g_array_index (preview->occurrences, HtPreviewOccurrence, i));
    ht_writer_end_list (writer);
    ht_writer_begin_list (writer, "alternatives");
    for (unsigned i = 0; i < preview->alternatives->len; i++)
        write_alternative (&pen, preview, &g_array_index (preview->alternatives, HtAlternative, i));
    ht_writer_end_list (writer);
    ht_writer_begin_list (writer, "displaces");
    for (unsigned i = 0; i < preview->displaced->len; i++)
        write_displaced (&pen, &g_array_index (preview->displaced, HtPreviewDisplaced, i));
    ht_writer_end_list (writer);
    ht_writer_end (writer);
}
