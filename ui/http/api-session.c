/* SPDX-License-Identifier: MIT */

/* A session as the API shows it. */

#include <inttypes.h>

#include "scheduler/base/id.h"
#include "scheduler/core/policy.h"
#include "scheduler/service/board.h"
#include "ui/http/api-approval.h"
#include "ui/http/api-difference.h"

static const struct {
    const char *name;
    HtCommand command;
} offers[] = {
    { "cancel", HT_COMMAND_CANCEL },
    { "move", HT_COMMAND_MOVE },
    { "edit", HT_COMMAND_EDIT },
    { "extend", HT_COMMAND_EXTEND },
    { "stop", HT_COMMAND_STOP },
    { "start", HT_COMMAND_START },
    { "rehearse", HT_COMMAND_REHEARSE },
    { "run-on", HT_COMMAND_RUN_ON },
    { "substitute", HT_COMMAND_SUBSTITUTE },
    { "hold", HT_COMMAND_HOLD },
    { "approve", HT_COMMAND_APPROVE },
    { "refuse", HT_COMMAND_REFUSE },
    { "document", HT_COMMAND_DOCUMENT },
};

static void
write_offers (HtApi *api, HtWriter *writer, int64_t person_id, const HtSession *session)
{
    ht_writer_begin_list (writer, "may");
    for (unsigned i = 0; i < G_N_ELEMENTS (offers); i++)
        if (ht_reads_may (api->service, person_id, offers[i].command, session))
            ht_writer_text (writer, NULL, offers[i].name);
    if (ht_board_may_read (api->service, person_id, session))
        ht_writer_text (writer, NULL, "readiness");
    ht_writer_end_list (writer);
}

/* The lists of members: what each is called, of which records, and whether the amount counts. */
static const struct {
    const char *name;
    HtMemberKind member;
    HtRecordKind record;
    const char *amount; /* (nullable) */
} lists[] = {
    { "rooms", HT_MEMBER_ROOM, HT_RECORD_RESOURCE, NULL },
    { "trainers", HT_MEMBER_TRAINER, HT_RECORD_PERSON, NULL },
    { "equipment", HT_MEMBER_EQUIPMENT, HT_RECORD_RESOURCE, "amount" },
};

static void
write_members (HtApi *api, HtWriter *writer, const HtSession *session, unsigned list)
{
    ht_writer_begin_list (writer, lists[list].name);
    ht_api_foreach_member (session, member)
    {
        if (member->kind != (int) lists[list].member)
            continue;
        ht_writer_begin (writer, NULL);
        ht_writer_int (writer, "id", member->ref_id);
        ht_writer_text (writer, "name", ht_api_get_name (api, lists[list].record, member->ref_id));
        if (lists[list].amount != NULL)
            ht_writer_int (writer, lists[list].amount, member->amount);
        ht_writer_end (writer);
    }
    ht_writer_end_list (writer);
}

static void
write_sites (HtApi *api, HtWriter *writer, const HtSession *session)
{
    ht_writer_begin_list (writer, "sites");
    ht_api_foreach_member (session, member)
    {
        if (member->kind != HT_MEMBER_MAIN_SITE && member->kind != HT_MEMBER_SITE)
            continue;
        ht_writer_begin (writer, NULL);
        ht_writer_int (writer, "id", member->ref_id);
        ht_writer_text (writer, "name", ht_api_get_name (api, HT_RECORD_SITE, member->ref_id));
        ht_writer_bool (writer, "main", member->kind == HT_MEMBER_MAIN_SITE);
        ht_writer_int (writer, "kbps", member->amount);
        if (member->profile != HT_PROFILE_KBPS)
            ht_writer_text (writer, "profile", ht_profile_names[member->profile]);
        ht_writer_end (writer);
    }
    ht_writer_end_list (writer);
}

static void
write_watchers (HtApi *api, HtWriter *writer, const HtSession *session)
{
    ht_writer_begin_list (writer, "watchers");
    ht_api_foreach_member (session, member)
    {
        if (member->kind != HT_MEMBER_WATCHERS)
            continue;
        ht_writer_begin (writer, NULL);
        ht_writer_int (writer, "id", member->ref_id);
        ht_writer_text (writer, "name", ht_api_get_name (api, HT_RECORD_SITE, member->ref_id));
        ht_writer_int (writer, "count", member->count);
        ht_writer_int (writer, "kbps", member->amount);
        ht_writer_end (writer);
    }
    ht_writer_end_list (writer);
}

void
ht_api_write_members (HtApi *api, HtWriter *writer, const HtSession *session, unsigned kinds)
{
    for (unsigned i = 0; i < G_N_ELEMENTS (lists); i++)
        if ((kinds & 1u << lists[i].member) != 0)
            write_members (api, writer, session, i);
    if ((kinds & 1u << HT_MEMBER_SITE) != 0)
        write_sites (api, writer, session);
    if ((kinds & 1u << HT_MEMBER_WATCHERS) != 0)
        write_watchers (api, writer, session);
}

static void
write_tracks (HtApi *api, HtWriter *writer, const HtJob *job)
{
    ht_writer_begin_list (writer, "tracks");
    for (unsigned i = 0; job->tracks != NULL && i < job->tracks->len; i++) {
        const HtTrack *track = &g_array_index (job->tracks, HtTrack, i);

        ht_writer_begin (writer, NULL);
        ht_writer_text (writer, "name", track->name);
        ht_writer_text (writer, "title", ht_api_get_name (api, HT_RECORD_SOURCE, track->source_id));
        ht_writer_end (writer);
    }
    ht_writer_end_list (writer);
}

static void
write_job (HtApi *api, HtWriter *writer, int64_t session_id)
{
    const HtJob *job = ht_reads_peek (api->service, HT_RECORD_JOB, session_id);
    HtMediaEvent now = { 0 };
    gboolean live;

    if (job == NULL)
        return;
    live = ht_reads_media (api->service, session_id, &now);
    ht_writer_begin (writer, "job");
    ht_writer_text (writer, "state", ht_job_state_names[job->state]);
    ht_writer_bool (writer, "writing", live && now.kind == HT_MEDIA_WRITING);
    ht_writer_int (writer, "permille", live && now.kind == HT_MEDIA_PROGRESS ? now.permille : 0);
    ht_writer_int (writer, "bytes", live ? now.bytes : job->bytes);
    ht_writer_int (writer, "durationMs", job->duration_us / 1000);
    ht_writer_int (writer, "missingMs", (live ? now.missing_us : job->missing_us) / 1000);
    ht_writer_text (writer, "note", live && now.note != NULL ? now.note : job->note);
    write_tracks (api, writer, job);
    ht_writer_end (writer);
}

static const HtZone *
get_zone_of (HtApi *api, const HtSession *session)
{
    const HtSeries *series = ht_reads_peek (api->service, HT_RECORD_SERIES, session->series_id);

    return ht_api_get_zone (api, series == NULL ? NULL : series->zone);
}

/* What a rehearsal rehearses. */
static void
write_rehearsed (HtApi *api, HtWriter *writer, int64_t person_id, const HtOperation *operation)
{
    const HtSession *session =
        ht_reads_peek (api->service, HT_RECORD_SESSION, operation->rehearses_id);

    if (session == NULL || !ht_reads_sees (api->service, person_id, session))
        return;
    ht_writer_begin (writer, "rehearsalOf");
    ht_writer_int (writer, "id", session->id);
    ht_writer_text (writer, "title",
                    session->title != NULL
                        ? session->title
                        : ht_api_get_name (api, HT_RECORD_SERIES, session->series_id));
    ht_writer_instant (writer, "start", get_zone_of (api, session), session->start_us);
    ht_writer_end (writer);
}

static void
write_rehearsals (HtApi *api, HtWriter *writer, int64_t person_id, const HtOperation *operation)
{
    if (operation->rehearsal_ids == NULL)
        return;
    ht_writer_begin_list (writer, "rehearsals");
    for (unsigned i = 0; i < operation->rehearsal_ids->len; i++) {
        int64_t id = g_array_index (operation->rehearsal_ids, int64_t, i);
        const HtSession *session = ht_reads_peek (api->service, HT_RECORD_SESSION, id);
        const HtOperation *own = ht_reads_peek (api->service, HT_RECORD_OPERATION, id);

        if (session == NULL || !ht_reads_sees (api->service, person_id, session))
            continue;
        ht_writer_begin (writer, NULL);
        ht_writer_int (writer, "id", id);
        ht_writer_instant (writer, "start", get_zone_of (api, session), session->start_us);
        ht_writer_instant (writer, "end", get_zone_of (api, session), session->end_us);
        ht_writer_text (writer, "state", ht_session_state_names[session->state]);
        ht_writer_bool (writer, "stays", own != NULL && own->stays);
        ht_writer_end (writer);
    }
    ht_writer_end_list (writer);
}

static void
write_operation (HtApi *api, HtWriter *writer, int64_t person_id, int64_t session_id)
{
    const HtOperation *operation = ht_reads_peek (api->service, HT_RECORD_OPERATION, session_id);
    HtPolicy policy = ht_policy_get_default ();

    if (operation == NULL)
        return;
    write_rehearsed (api, writer, person_id, operation);
    write_rehearsals (api, writer, person_id, operation);
    ht_writer_begin (writer, "runOn");
    ht_writer_bool (writer, "on", operation->runs_on);
    ht_writer_int (writer, "extended", operation->n_extended);
    ht_writer_int (writer, "most", ht_policy_get (&policy, HT_POLICY_EXTEND_MOST));
    ht_writer_end (writer);
}

static void
write_organiser (HtApi *api, HtWriter *writer, int64_t person_id)
{
    const HtPerson *person = ht_reads_peek (api->service, HT_RECORD_PERSON, person_id);

    if (person == NULL)
        return;
    ht_writer_begin (writer, "organiser");
    ht_writer_int (writer, "id", person->id);
    ht_writer_text (writer, "name", person->name);
    ht_writer_text (writer, "phone", person->phone);
    ht_writer_end (writer);
}

static gboolean
is_mine (int64_t person_id, const HtSeries *series, const HtSession *session)
{
    if (series->organiser_id == person_id)
        return TRUE;
    ht_api_foreach_member (session, member)
    {
        if (member->kind == HT_MEMBER_TRAINER && member->ref_id == person_id)
            return TRUE;
    }
    return FALSE;
}

static void
write_series (HtApi *api, HtWriter *writer, const HtSeries *series)
{
    ht_writer_int (writer, "seriesId", series->id);
    ht_writer_text (writer, "kind", ht_series_kind_names[series->kind]);
    ht_writer_text (writer, "zone", series->zone);
    ht_writer_text (writer, "rule", series->rule);
    ht_writer_text (writer, "audience", ht_audience_kind_names[series->audience]);
    ht_writer_named (writer, "unit", series->unit_id,
                     ht_api_get_name (api, HT_RECORD_UNIT, series->unit_id));
    write_organiser (api, writer, series->organiser_id);
}

static void
write_times (HtApi *api, HtWriter *writer, const HtSession *session, const char *zone_name)
{
    const HtZone *zone = ht_api_get_zone (api, zone_name);
    g_autofree char *etag = g_strdup_printf ("\"%" PRId64 "\"", session->changed_number);

    ht_writer_instant (writer, "start", zone, session->start_us);
    ht_writer_instant (writer, "end", zone, session->end_us);
    ht_writer_instant (writer, "changed", zone, session->changed_us);
    ht_writer_text (writer, "etag", etag);
}

void
ht_api_write_session (HtApi *api, HtWriter *writer, const char *name, int64_t person_id,
                      const HtSession *session)
{
    const HtSeries *series = ht_reads_peek (api->service, HT_RECORD_SERIES, session->series_id);

    if (series == NULL)
        return;
    ht_writer_begin (writer, name);
    ht_writer_int (writer, "id", session->id);
    write_series (api, writer, series);
    ht_writer_text (writer, "title", session->title != NULL ? session->title : series->title);
    ht_writer_text (writer, "description",
                    session->description != NULL ? session->description : series->description);
    write_times (api, writer, session, series->zone);
    ht_writer_text (writer, "state", ht_session_state_names[session->state]);
    ht_writer_text (writer, "reason", session->reason);
    ht_writer_int (writer, "sequence", session->sequence);
    ht_api_write_approval (api, writer, person_id, series, session);
    ht_api_write_members (api, writer, session, ~0u);
    write_job (api, writer, session->id);
    write_operation (api, writer, person_id, session->id);
    ht_writer_bool (writer, "mine", is_mine (person_id, series, session));
    write_offers (api, writer, person_id, session);
    ht_writer_end (writer);
}
