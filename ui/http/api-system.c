/* SPDX-License-Identifier: MIT */

/* How the service is: health, numbers, the log, and what changes as it changes. */

#include <inttypes.h>
#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "ui/http/api-private.h"

#define LEVELS_EVERY_S 2
#define LOG_PAGE       200

typedef struct {
    int64_t from;
} LogQuery;

static const HtField log_table[] = {
    { "from", HT_FIELD_INT, G_STRUCT_OFFSET (LogQuery, from), 0, 1, INT64_MAX },
};
static const HtFields log_fields = HT_FIELDS ("log", LogQuery, log_table);

static gboolean
get_health (gpointer data, HtRequest *request G_GNUC_UNUSED, HtReply *reply,
            GError **error G_GNUC_UNUSED)
{
    HtApi *api = data;
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_bool (&writer, "ok", TRUE);
    ht_writer_int (&writer, "number", ht_service_get_number (api->service));
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

/* Behind a proxy everybody comes from here: a token says who may read the numbers. */
static gboolean
get_metrics (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const char *wanted = api->settings.metrics_token;
    const char *given = ht_request_get_header (request, HT_HEADER_AUTHORIZATION);
    g_autoptr (GBytes) bytes = NULL;
    char *text;

    if (api->settings.metrics == NULL || wanted == NULL || wanted[0] == '\0') {
        ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-such-address", NULL,
                        "no token for metrics is configured");
        return FALSE;
    }
    if (given == NULL || !g_str_has_prefix (given, "Bearer ") ||
        !ht_token_equal (given + strlen ("Bearer "), wanted)) {
        ht_problem_set (error, HT_ERROR_UNAUTHENTICATED, "sign-in", NULL,
                        "the metrics need their token");
        return FALSE;
    }
    text = ht_metrics_print (api->settings.metrics);
    bytes = g_bytes_new_take (text, strlen (text));
    ht_reply_send_bytes (reply, 200, HT_METRICS_TYPE, bytes);
    return TRUE;
}

typedef struct {
    HtApi *api;
    HtWriter writer;
    int64_t next;
    unsigned n;
} LogPage;

static gboolean
write_change (const HtChange *change, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    LogPage *page = user_data;

    page->n++;
    page->next = change->number + 1;
    ht_writer_begin (&page->writer, NULL);
    ht_writer_int (&page->writer, "number", change->number);
    ht_writer_instant (&page->writer, "at", page->api->zone, change->at_us);
    ht_writer_named (&page->writer, "actor", change->actor_id,
                     ht_api_get_name (page->api, HT_RECORD_PERSON, change->actor_id));
    ht_writer_raw (&page->writer, "body", change->body, (gssize) change->body_bytes);
    ht_writer_end (&page->writer);
    return TRUE;
}

static gboolean
get_log (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    HtApi *api = data;
    const LogQuery *query = request->query;
    LogPage page = { api, ht_writer_make (), 0, 0 };
    gboolean ok;
    GString *json;

    ht_writer_begin (&page.writer, NULL);
    ht_writer_begin_list (&page.writer, "items");
    ok = ht_service_read_log (api->service, request->person, MAX (query->from, 1), LOG_PAGE,
                              write_change, &page, error);
    ht_writer_end_list (&page.writer);
    if (page.n == LOG_PAGE)
        ht_writer_int (&page.writer, "next", page.next);
    ht_writer_end (&page.writer);
    json = ht_writer_finish (&page.writer);
    if (ok)
        ht_reply_send_json (reply, 200, json);
    else
        g_string_free (json, TRUE);
    return ok;
}

static gboolean
may_see (gpointer data, int64_t person, int64_t about)
{
    HtApi *api = data;
    const HtSession *session = ht_reads_peek (api->service, HT_RECORD_SESSION, about);

    return session != NULL && ht_reads_sees (api->service, person, session);
}

/* The sessions of one series among the entries: who may see one may see all. */
typedef struct {
    int64_t series_id;
    int64_t first;  /* a session of it */
    GString *ids;   /* (owned): "7,8" */
    unsigned kinds; /* bits by HtRecordKind */
} Told;

static void
told_clear (gpointer data)
{
    g_string_free (((Told *) data)->ids, TRUE);
}

static Told *
get_told (GArray *all, int64_t series_id, int64_t session_id)
{
    Told told = { series_id, session_id, NULL, 0 };

    for (unsigned i = 0; i < all->len; i++)
        if (g_array_index (all, Told, i).series_id == series_id)
            return &g_array_index (all, Told, i);
    told.ids = g_string_new (NULL);
    g_array_append_val (all, told);
    return &g_array_index (all, Told, all->len - 1);
}

static void
push (HtApi *api, int64_t number, unsigned kinds, const char *ids, int64_t about)
{
    HtWriter writer = ht_writer_make ();
    GString *json;

    ht_writer_begin (&writer, NULL);
    ht_writer_int (&writer, "number", number);
    ht_writer_begin_list (&writer, "kinds");
    for (unsigned kind = 0; kind < HT_N_RECORDS; kind++)
        if ((kinds & (1u << kind)) != 0)
            ht_writer_text (&writer, NULL, ht_record_kind_names[kind]);
    ht_writer_end_list (&writer);
    ht_writer_begin_list (&writer, "sessions");
    if (ids != NULL)
        ht_writer_raw (&writer, NULL, ids, -1);
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    json = ht_writer_finish (&writer);
    ht_events_push (api->events, number, NULL, about, json->str);
    g_string_free (json, TRUE);
}

static void
tell_session (HtApi *api, const HtEntry *entry, GArray *all)
{
    const HtSession *session = ht_reads_peek (api->service, HT_RECORD_SESSION, entry->id);
    Told *told;

    if (session == NULL)
        return;
    told = get_told (all, session->series_id, session->id);
    told->kinds |= 1u << entry->kind;
    g_string_append_printf (told->ids, "%s%" PRId64, told->ids->len > 0 ? "," : "", entry->id);
}

static void
on_committed (HtService *service G_GNUC_UNUSED, gpointer data, HtApi *api)
{
    const HtCommit *commit = data;
    g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Told));
    unsigned others = 0;

    g_array_set_clear_func (all, told_clear);
    for (unsigned i = 0; i < commit->n_entries; i++) {
        const HtEntry *entry = &commit->entries[i];

        if (entry->kind == HT_RECORD_SESSION || entry->kind == HT_RECORD_JOB ||
            entry->kind == HT_RECORD_OPERATION)
            tell_session (api, entry, all);
        else if (entry->kind != HT_RECORD_SUBSCRIPTION && entry->kind != HT_RECORD_API_TOKEN)
            others |= 1u << entry->kind;
    }
    for (unsigned i = 0; i < all->len; i++) {
        const Told *told = &g_array_index (all, Told, i);

        push (api, commit->number, told->kinds, told->ids->str, told->first);
    }
    if (others != 0 || all->len == 0)
        push (api, commit->number, others, NULL, 0);
}

static void
push_level (HtApi *api, const HtJob *job)
{
    HtMediaEvent now;
    HtWriter writer;
    GString *json;

    if (!ht_reads_media (api->service, job->id, &now))
        return;
    writer = ht_writer_make ();
    ht_writer_begin (&writer, NULL);
    ht_writer_int (&writer, "sessionId", job->id);
    ht_writer_text (&writer, "state", ht_job_state_names[job->state]);
    ht_writer_bool (&writer, "writing", now.kind == HT_MEDIA_WRITING);
    ht_writer_int (&writer, "bytes", now.bytes);
    ht_writer_int (&writer, "permille", now.kind == HT_MEDIA_PROGRESS ? now.permille : 0);
    ht_writer_int (&writer, "missingMs", now.missing_us / 1000);
    ht_writer_text (&writer, "note", now.note);
    ht_writer_end (&writer);
    json = ht_writer_finish (&writer);
    ht_events_push (api->events, 0, "job", job->id, json->str);
    g_string_free (json, TRUE);
}

/* How recordings go, where somebody listens. */
static gboolean
on_levels (gpointer data)
{
    HtApi *api = data;
    g_autoptr (GPtrArray) jobs = NULL;

    if (ht_events_count (api->events) == 0)
        return G_SOURCE_CONTINUE;
    jobs = ht_reads_list (api->service, HT_RECORD_JOB);
    for (unsigned i = 0; i < jobs->len; i++) {
        const HtJob *job = g_ptr_array_index (jobs, i);

        if (!ht_job_machine_is_final ((HtJobState) job->state) && job->state != HT_JOB_PLANNED)
            push_level (api, job);
    }
    return G_SOURCE_CONTINUE;
}

void
ht_api_start_events (HtApi *api)
{
    static const char everything[] =
        "{\"kinds\":[\"unit\",\"resource\",\"site\",\"source\",\"person\",\"subscription\","
        "\"series\",\"session\",\"job\",\"operation\"],\"sessions\":[],\"reset\":true}";

    api->events = ht_events_new (ht_service_get_number (api->service), everything, may_see, api);
    api->committed_id =
        g_signal_connect (api->service, "committed", G_CALLBACK (on_committed), api);
    api->levels_id = g_timeout_add_seconds (LEVELS_EVERY_S, on_levels, api);
}

void
ht_api_stop_events (HtApi *api)
{
    g_signal_handler_disconnect (api->service, api->committed_id);
    g_source_remove (api->levels_id);
    ht_events_free (api->events);
}

static gboolean
listen (gpointer data, HtRequest *request, HtReply *reply, GError **error)
{
    return ht_events_handle (((HtApi *) data)->events, request, reply, error);
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET", "/api/v1/events", FALSE, &ht_events_query_fields, NULL, NULL, 0, listen,      "What changes, as it changes (server-sent events)" },
    { "GET", "/api/v1/log",    FALSE, &log_fields,             NULL, NULL, 0, get_log,     "The log, from a number on" },
    { "GET", "/healthz",       TRUE,  NULL,                    NULL, NULL, 0, get_health,  "Whether the service answers" },
    { "GET", "/metrics",       TRUE,  NULL,                    NULL, NULL, 0, get_metrics, "Numbers for Prometheus, with their token" },
};
/* clang-format on */

const HtApiTable ht_api_system_table = { routes, G_N_ELEMENTS (routes) };
