/* SPDX-License-Identifier: MIT */

/* The readiness board of a conference, and the sessions whose questions are open. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/board.h"
#include "ui/http/api-private.h"

#define MAX_BODY     4096
#define USUAL_DAYS   2
#define DAY_US       (INT64_C (86400) * G_USEC_PER_SEC)
#define CHECK(field) G_STRUCT_OFFSET (HtCheckSite, field)

typedef struct {
    int64_t days;
} ReadinessQuery;

static const HtField query_table[] = {
    { "days", HT_FIELD_INT, G_STRUCT_OFFSET (ReadinessQuery, days), 0, 1, 31 },
};
static const HtFields query_fields = HT_FIELDS ("readiness", ReadinessQuery, query_table);

static const HtField check_table[] = {
    { "onPost", HT_FIELD_ENUM, CHECK (on_post), .names = ht_check_answer_names },
    { "technician", HT_FIELD_TEXT, CHECK (technician), 0, 0, 200 },
    { "phone", HT_FIELD_TEXT, CHECK (phone), 0, 0, 60 },
    { "picture", HT_FIELD_ENUM, CHECK (picture), .names = ht_check_answer_names },
    { "sound", HT_FIELD_ENUM, CHECK (sound), .names = ht_check_answer_names },
    { "lineKbps", HT_FIELD_INT, CHECK (line_kbps), 0, -1, 100000000 },
    { "signedOff", HT_FIELD_ENUM, CHECK (signed_off), .names = ht_check_answer_names },
    { "substituteId", HT_FIELD_INT, CHECK (substitute_id), 0, -1, INT64_MAX },
    { "note", HT_FIELD_TEXT, CHECK (note), HT_FIELD_LINES, 0, 500 },
};
static const HtFields check_fields = HT_FIELDS ("check", HtCheckSite, check_table);

static const HtField substitute_table[] = {
    { "substituteId", HT_FIELD_INT, G_STRUCT_OFFSET (HtSubstitute, substitute_id), 0, 1,
      INT64_MAX },
    { "reason", HT_FIELD_TEXT, G_STRUCT_OFFSET (HtSubstitute, reason), 0, 0, 500 },
};
static const HtFields substitute_fields = HT_FIELDS ("substitute", HtSubstitute, substitute_table);

/* What a board is written with. */
typedef struct {
    HtApi *api;
    HtWriter *writer;
    const HtSession *session;
    const HtSeries *series;
    const HtZone *zone;
    int64_t person_id;
} Pen;

static Pen
make_pen (HtApi *api, HtWriter *writer, int64_t person_id, const HtSession *session)
{
    const HtSeries *series = ht_reads_peek (api->service, HT_RECORD_SERIES, session->series_id);

    return (Pen){ api,
                  writer,
                  session,
                  series,
                  ht_api_get_zone (api, series == NULL ? NULL : series->zone),
                  person_id };
}

static void
write_questions (HtWriter *writer, unsigned questions)
{
    ht_writer_begin_list (writer, "questions");
    for (unsigned i = 0; i < HT_CHECK_N_QUESTIONS; i++)
        if ((questions & 1u << i) != 0)
            ht_writer_text (writer, NULL, ht_check_question_names[i]);
    ht_writer_end_list (writer);
}

static void
write_heading (const Pen *pen)
{
    const HtSession *session = pen->session;

    ht_writer_int (pen->writer, "id", session->id);
    ht_writer_text (pen->writer, "title",
                    session->title != NULL || pen->series == NULL ? session->title
                                                                  : pen->series->title);
    ht_writer_instant (pen->writer, "start", pen->zone, session->start_us);
    ht_writer_instant (pen->writer, "end", pen->zone, session->end_us);
    ht_writer_text (pen->writer, "zone", pen->series == NULL ? NULL : pen->series->zone);
    ht_writer_text (pen->writer, "state", ht_session_state_names[session->state]);
}

/* The sites of the board. */

static void
write_contact (const Pen *pen, int64_t person_id, gboolean whole)
{
    const HtPerson *person = ht_reads_peek (pen->api->service, HT_RECORD_PERSON, person_id);

    if (person == NULL)
        return;
    ht_writer_begin (pen->writer, "contact");
    ht_writer_int (pen->writer, "id", person->id);
    ht_writer_text (pen->writer, "name", person->name);
    ht_writer_text (pen->writer, "phone", whole ? person->phone : NULL);
    ht_writer_end (pen->writer);
}

static void
write_signature (const Pen *pen, const HtSiteCheck *check)
{
    if (check->signed_by_id == HT_ID_NONE)
        return;
    ht_writer_named (pen->writer, "signedBy", check->signed_by_id,
                     ht_api_get_name (pen->api, HT_RECORD_PERSON, check->signed_by_id));
    ht_writer_instant (pen->writer, "signedAt", pen->zone, check->signed_us);
}

static void
write_check (const Pen *pen, const HtSiteCheck *check, gboolean whole)
{
    HtWriter *writer = pen->writer;

    ht_writer_text (writer, "onPost", ht_check_answer_names[check->on_post]);
    ht_writer_text (writer, "technician", check->technician);
    ht_writer_text (writer, "phone", whole ? check->phone : NULL);
    ht_writer_text (writer, "picture", ht_check_answer_names[check->picture]);
    ht_writer_text (writer, "sound", ht_check_answer_names[check->sound]);
    if (check->line_kbps > 0)
        ht_writer_int (writer, "lineKbps", check->line_kbps);
    write_signature (pen, check);
    ht_writer_named (writer, "substitute", check->substitute_id,
                     ht_api_get_name (pen->api, HT_RECORD_SITE, check->substitute_id));
    ht_writer_named (writer, "replaces", check->replaces_id,
                     ht_api_get_name (pen->api, HT_RECORD_SITE, check->replaces_id));
    ht_writer_text (writer, "note", check->note);
    if (check->changed_us > 0)
        ht_writer_instant (writer, "changed", pen->zone, check->changed_us);
}

static void
write_site (const Pen *pen, const HtOperation *operation, const HtMember *member)
{
    static const HtSiteCheck nothing = { .on_post = HT_CHECK_UNKNOWN,
                                         .picture = HT_CHECK_UNKNOWN,
                                         .sound = HT_CHECK_UNKNOWN };
    HtApi *api = pen->api;
    const HtSite *site = ht_reads_peek (api->service, HT_RECORD_SITE, member->ref_id);
    const HtSiteCheck *check = ht_operation_find_site (operation, member->ref_id);
    gboolean may = ht_board_may_check (api->service, pen->person_id, pen->session, member->ref_id);
    gboolean whole = may || (pen->series != NULL && pen->series->organiser_id == pen->person_id);

    if (site == NULL)
        return;
    ht_writer_begin (pen->writer, NULL);
    ht_writer_int (pen->writer, "id", site->id);
    ht_writer_text (pen->writer, "name", site->name);
    ht_writer_bool (pen->writer, "main", member->kind == HT_MEMBER_MAIN_SITE);
    ht_writer_int (pen->writer, "kbps", member->amount);
    ht_writer_named (pen->writer, "unit", site->unit_id,
                     ht_api_get_name (api, HT_RECORD_UNIT, site->unit_id));
    write_contact (pen, site->contact_id, whole);
    write_check (pen, check == NULL ? &nothing : check, whole);
    write_questions (pen->writer, ht_board_list_questions (api->service, pen->session, member));
    ht_writer_bool (pen->writer, "may", may);
    ht_writer_end (pen->writer);
}

static void
write_board (const Pen *pen)
{
    HtApi *api = pen->api;
    const HtOperation *operation =
        ht_reads_peek (api->service, HT_RECORD_OPERATION, pen->session->id);

    ht_writer_begin (pen->writer, NULL);
    ht_writer_begin (pen->writer, "session");
    write_heading (pen);
    ht_writer_end (pen->writer);
    ht_writer_text (pen->writer, "stage",
                    ht_board_stage_names[ht_board_get_stage (api->service, pen->session)]);
    ht_writer_int (pen->writer, "number", ht_service_get_number (api->service));
    ht_writer_begin_list (pen->writer, "may");
    if (ht_reads_may (api->service, pen->person_id, HT_COMMAND_SUBSTITUTE, pen->session))
        ht_writer_text (pen->writer, NULL, "substitute");
    ht_writer_end_list (pen->writer);
    ht_writer_begin_list (pen->writer, "sites");
    ht_api_foreach_member (pen->session, member)
    {
        if (member->kind == HT_MEMBER_MAIN_SITE || member->kind == HT_MEMBER_SITE)
            write_site (pen, operation, member);
    }
    ht_writer_end_list (pen->writer);
    ht_writer_end (pen->writer);
}

/* (nullable): the session, where the person may read its board. */
static const HtSession *
find_session (HtApi *api, const HtRequest *request, GError **error)
{
    const HtSession *session =
        ht_reads_get_session (api->service, request->person, request->ids[0], error);

    if (session == NULL || ht_board_may_read (api->service, request->person, session))
        return session;
    ht_problem_set (error, HT_ERROR_DENIED, "denied", NULL,
                    "the board is for those who run the session and the technicians of its sites");
    return NULL;
}

static void
send_board (HtApi *api, HtRequest *request, HtReply *reply)
{
    const HtSession *session = ht_reads_peek (api->service, HT_RECORD_SESSION, request->ids[0]);
    HtWriter writer = ht_writer_make ();
    Pen pen = make_pen (api, &writer, request->person, session);

    write_board (&pen);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

static gboolean
get_board (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    if (find_session (api, request, error) == NULL)
        return FALSE;
    send_board (api, request, reply);
    return TRUE;
}

static void
write_changed (HtApi *api, HtRequest *request, const HtAnswer *answer G_GNUC_UNUSED, HtReply *reply)
{
    send_board (api, request, reply);
}

static gboolean
put_check (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    HtCheckSite *check = request->body;

    if (find_session (api, request, error) == NULL)
        return FALSE;
    check->id = request->ids[0];
    check->site_id = request->ids[1];
    ht_api_submit (api, reply, HT_COMMAND_CHECK_SITE, check, write_changed);
    return TRUE;
}

static gboolean
substitute (gpointer api, HtRequest *request, HtReply *reply, GError **error)
{
    HtSubstitute *asked = request->body;

    if (find_session (api, request, error) == NULL ||
        !ht_api_get_if_number (request, &asked->if_number, error))
        return FALSE;
    asked->id = request->ids[0];
    asked->site_id = request->ids[1];
    ht_api_submit (api, reply, HT_COMMAND_SUBSTITUTE, asked, write_changed);
    return TRUE;
}

/* Sessions with open questions. */

static void
write_open_sites (const Pen *pen, unsigned *counts, unsigned *ret_sites, unsigned *ret_ready)
{
    ht_writer_begin_list (pen->writer, "open");
    ht_api_foreach_member (pen->session, member)
    {
        unsigned questions;

        if (member->kind != HT_MEMBER_MAIN_SITE && member->kind != HT_MEMBER_SITE)
            continue;
        questions = ht_board_list_questions (pen->api->service, pen->session, member);
        ++*ret_sites;
        *ret_ready += questions == 0;
        for (unsigned i = 0; i < HT_CHECK_N_QUESTIONS; i++)
            counts[i] += questions >> i & 1;
        if (questions == 0)
            continue;
        ht_writer_begin (pen->writer, NULL);
        ht_writer_int (pen->writer, "id", member->ref_id);
        ht_writer_text (pen->writer, "name",
                        ht_api_get_name (pen->api, HT_RECORD_SITE, member->ref_id));
        write_questions (pen->writer, questions);
        ht_writer_end (pen->writer);
    }
    ht_writer_end_list (pen->writer);
}

static void
write_open (const Pen *pen)
{
    unsigned counts[HT_CHECK_N_QUESTIONS] = { 0 }, n_sites = 0, n_ready = 0;
    HtApi *api = pen->api;

    ht_writer_begin (pen->writer, NULL);
    write_heading (pen);
    if (pen->series != NULL) {
        ht_writer_text (pen->writer, "kind", ht_series_kind_names[pen->series->kind]);
        ht_writer_named (pen->writer, "unit", pen->series->unit_id,
                         ht_api_get_name (api, HT_RECORD_UNIT, pen->series->unit_id));
    }
    ht_writer_text (pen->writer, "stage",
                    ht_board_stage_names[ht_board_get_stage (api->service, pen->session)]);
    write_open_sites (pen, counts, &n_sites, &n_ready);
    ht_writer_int (pen->writer, "nSites", n_sites);
    ht_writer_int (pen->writer, "nReady", n_ready);
    ht_writer_begin (pen->writer, "questions");
    for (unsigned i = 0; i < HT_CHECK_N_QUESTIONS; i++)
        ht_writer_int (pen->writer, ht_check_question_names[i], counts[i]);
    ht_writer_end (pen->writer);
    ht_writer_end (pen->writer);
}

static gboolean
list_open (gpointer data, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtApi *api = data;
    const ReadinessQuery *query = request->query;
    int64_t now_us = ht_api_get_now_us (api);
    int64_t days = query->days == 0 ? USUAL_DAYS : query->days;
    g_autoptr (GPtrArray) sessions =
        ht_board_list_open (api->service, request->person, now_us, now_us + days * DAY_US);
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = 0; i < sessions->len; i++) {
        Pen pen = make_pen (api, &writer, request->person, g_ptr_array_index (sessions, i));

        write_open (&pen);
    }
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET",  "/api/v1/readiness",                                    FALSE, &query_fields, NULL,               NULL, 0,        list_open,  "Sessions to come whose questions are open, by start" },
    { "GET",  "/api/v1/sessions/{id}/readiness",                      FALSE, NULL,          NULL,               NULL, 0,        get_board,  "How ready the sites of a session are" },
    { "PUT",  "/api/v1/sessions/{id}/readiness/{site_id}",            FALSE, NULL,          &check_fields,      NULL, MAX_BODY, put_check,  "Says how ready a site is; what is not named stays" },
    { "POST", "/api/v1/sessions/{id}/readiness/{site_id}/substitute", FALSE, NULL,          &substitute_fields, NULL, MAX_BODY, substitute, "Another site takes over" },
};
/* clang-format on */

const HtApiTable ht_api_readiness_table = { routes, G_N_ELEMENTS (routes) };
