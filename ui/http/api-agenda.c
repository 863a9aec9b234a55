/* SPDX-License-Identifier: MIT */

/* What is on: sessions of some days, one session, courses, who is busy when. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "ui/http/api-private.h"

#define MAX_DAYS    400
#define MAX_BUSY    500
#define MAX_SERIES  1000
#define RECENTLY_US (90 * 86400 * (int64_t) G_USEC_PER_SEC)
#define DAY_LETTERS 10

typedef struct {
    char *from, *to, *zone;
    int scope; /* HtAgendaScope */
    int64_t id;
} AgendaQuery;
typedef struct {
    char *from, *to;
    GArray *resources;
} BusyQuery;

static const char *const scope_names[] = {
    [HT_AGENDA_ALL] = "all",   [HT_AGENDA_UNIT] = "unit",     [HT_AGENDA_MINE] = "mine",
    [HT_AGENDA_SITE] = "site", [HT_AGENDA_SERIES] = "series", NULL,
};

static const HtField agenda_table[] = {
    { "from", HT_FIELD_TEXT, G_STRUCT_OFFSET (AgendaQuery, from), HT_FIELD_REQUIRED, 0,
      DAY_LETTERS },
    { "to", HT_FIELD_TEXT, G_STRUCT_OFFSET (AgendaQuery, to), HT_FIELD_REQUIRED, 0, DAY_LETTERS },
    { "zone", HT_FIELD_TEXT, G_STRUCT_OFFSET (AgendaQuery, zone), 0, 0, 60 },
    { "scope", HT_FIELD_ENUM, G_STRUCT_OFFSET (AgendaQuery, scope), .names = scope_names },
    { "id", HT_FIELD_INT, G_STRUCT_OFFSET (AgendaQuery, id), 0, 1, INT64_MAX },
};
static const HtFields agenda_fields = HT_FIELDS ("agenda", AgendaQuery, agenda_table);

static const HtField busy_table[] = {
    { "from", HT_FIELD_TEXT, G_STRUCT_OFFSET (BusyQuery, from), HT_FIELD_REQUIRED, 0, DAY_LETTERS },
    { "to", HT_FIELD_TEXT, G_STRUCT_OFFSET (BusyQuery, to), HT_FIELD_REQUIRED, 0, DAY_LETTERS },
    { "resources", HT_FIELD_IDS, G_STRUCT_OFFSET (BusyQuery, resources), HT_FIELD_REQUIRED, 0,
      MAX_BUSY },
};
static const HtFields busy_fields = HT_FIELDS ("busy", BusyQuery, busy_table);

void
ht_api_write_agenda (HtApi *api, HtWriter *writer, const char *name, int64_t person_id,
                     HtAgendaScope scope, int64_t id, HtSpan span)
{
    g_autoptr (GPtrArray) sessions =
        ht_reads_sessions (api->service, person_id, scope, id, span.start_us, span.end_us);

    ht_writer_begin (writer, name);
    ht_writer_begin_list (writer, "items");
    for (unsigned i = 0; i < sessions->len; i++)
        ht_api_write_session (api, writer, NULL, person_id, g_ptr_array_index (sessions, i));
    ht_writer_end_list (writer);
    ht_writer_int (writer, "number", ht_service_get_number (api->service));
    ht_writer_end (writer);
}

static gboolean
parse_span (const HtZone *zone, const char *from, const char *to, HtSpan *ret_span, GError **error)
{
    HtSpan span;

    if (!ht_api_parse_days (zone, from, to, &span, error))
        return FALSE;
    if (ht_span_get_duration_us (span) > (MAX_DAYS + 1) * HT_CIVIL_DAY_S * HT_CIVIL_US) {
        ht_problem_set (error, HT_ERROR_INVALID, "too-many-days", "to",
                        "ask for at most %d days at once", MAX_DAYS);
        return FALSE;
    }
    *ret_span = span;
    return TRUE;
}

/* Whose agenda, where the address does not say. */
static int64_t
choose_id (HtApi *api, int64_t person_id, const AgendaQuery *query)
{
    const HtPerson *me = ht_reads_peek (api->service, HT_RECORD_PERSON, person_id);

    if (query->scope == HT_AGENDA_MINE)
        return person_id;
    return query->id == HT_ID_NONE && query->scope == HT_AGENDA_UNIT && me != NULL ? me->unit_id
                                                                                   : query->id;
}

static gboolean
get_agenda (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const AgendaQuery *query = request->query;
    HtWriter writer;
    HtSpan span;

    if (!parse_span (ht_api_get_zone (api, query->zone), query->from, query->to, &span, error))
        return FALSE;
    writer = ht_writer_make ();
    ht_api_write_agenda (api, &writer, NULL, request->person, (HtAgendaScope) query->scope,
                         choose_id (api, request->person, query), span);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static gboolean
get_session (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const HtSession *session =
        ht_reads_get_session (api->service, request->person, request->ids[0], error);
    g_autofree char *etag = NULL;
    HtWriter writer;

    if (session == NULL)
        return FALSE;
    writer = ht_writer_make ();
    etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", session->changed_number);
    ht_reply_add_header (reply, "ETag", etag);
    ht_api_write_session (api, &writer, NULL, request->person, session);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

/* One that has nothing ahead and nothing recent is no course to subscribe to. */
static void
write_course (HtApi *api, HtWriter *writer, int64_t person_id, const HtSeries *series)
{
    g_autoptr (GPtrArray) sessions = ht_reads_series_sessions (api->service, person_id, series->id);
    int64_t now_us = ht_api_get_now_us (api);
    const HtSession *next = NULL;
    gboolean recent = FALSE;

    for (unsigned i = 0; i < sessions->len; i++) {
        const HtSession *session = g_ptr_array_index (sessions, i);

        recent = recent || session->end_us > now_us - RECENTLY_US;
        if (session->start_us > now_us && (next == NULL || session->start_us < next->start_us))
            next = session;
    }
    if (!recent)
        return;
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", series->id);
    ht_writer_text (writer, "title", series->title);
    ht_writer_text (writer, "kind", ht_series_kind_names[series->kind]);
    ht_writer_named (writer, "unit", series->unit_id,
                     ht_api_get_name (api, HT_RECORD_UNIT, series->unit_id));
    ht_writer_named (writer, "organiser", series->organiser_id,
                     ht_api_get_name (api, HT_RECORD_PERSON, series->organiser_id));
    ht_writer_int (writer, "count", sessions->len);
    if (next != NULL)
        ht_writer_instant (writer, "next", ht_api_get_zone (api, series->zone), next->start_us);
    ht_writer_end (writer);
}

static gboolean
get_series (gpointer data, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtApi *api = data;
    g_autoptr (GPtrArray) series = ht_reads_list (api->service, HT_RECORD_SERIES);
    unsigned first = series->len > MAX_SERIES ? series->len - MAX_SERIES : 0;
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = first; i < series->len; i++)
        write_course (api, &writer, request->person, g_ptr_array_index (series, i));
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

typedef struct {
    HtApi *api;
    HtWriter *writer;
} Busy;

static void
write_busy (const HtReservation *reservation, const HtSession *session, gpointer user_data)
{
    Busy *busy = user_data;
    const HtSeries *series =
        session == NULL ? NULL
                        : ht_reads_peek (busy->api->service, HT_RECORD_SERIES, session->series_id);

    ht_writer_begin (busy->writer, NULL);
    ht_writer_int (busy->writer, "resourceId", reservation->resource_id);
    ht_writer_instant (busy->writer, "start", busy->api->zone, reservation->start_us);
    ht_writer_instant (busy->writer, "end", busy->api->zone, reservation->end_us);
    ht_writer_int (busy->writer, "amount", reservation->amount);
    if (series != NULL) {
        ht_writer_int (busy->writer, "sessionId", session->id);
        ht_writer_text (busy->writer, "title",
                        session->title != NULL ? session->title : series->title);
    }
    ht_writer_end (busy->writer);
}

static gboolean
get_busy (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const BusyQuery *query = request->query;
    HtWriter writer;
    Busy busy = { api, &writer };
    HtSpan span;

    if (!parse_span (api->zone, query->from, query->to, &span, error))
        return FALSE;
    writer = ht_writer_make ();
    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = 0; i < query->resources->len; i++)
        ht_reads_busy (api->service, request->person, g_array_index (query->resources, int64_t, i),
                       span.start_us, span.end_us, write_busy, &busy);
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET", "/api/v1/agenda",        FALSE, &agenda_fields, NULL, NULL, 0, get_agenda,  "Sessions that touch the days from and to, both within" },
    { "GET", "/api/v1/sessions/{id}", FALSE, NULL,           NULL, NULL, 0, get_session, "One session" },
    { "GET", "/api/v1/series",        FALSE, NULL,           NULL, NULL, 0, get_series,  "Courses and series with something ahead or recent" },
    { "GET", "/api/v1/busy",          FALSE, &busy_fields,   NULL, NULL, 0, get_busy,    "When resources are taken" },
};
/* clang-format on */

const HtApiTable ht_api_agenda_table = { routes, G_N_ELEMENTS (routes) };
