/* SPDX-License-Identifier: MIT */

#include "ui/http/api-difference.h"

#include <string.h>

#include "scheduler/base/id.h"
#include "scheduler/service/session-part.h"

#define BIT(part) (1u << (part))

typedef struct {
    HtApi *api;
    HtWriter *writer;
    int64_t person_id;
    const HtDecision *decision;
} Pen;

/* (nullable): the record as it is before the decision, or after it. */
static gconstpointer
find_record (const Pen *pen, HtRecordKind kind, int64_t id, gboolean after)
{
    for (unsigned i = 0; i < pen->decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (pen->decision->entries, HtEntry, i);

        if (entry->kind == kind && entry->id == id)
            return after ? entry->after : entry->before;
    }
    return ht_reads_peek (pen->api->service, kind, id);
}

static HtPartOf
find_parts_of (const Pen *pen, const HtSession *session, gboolean after)
{
    return (HtPartOf){ session, find_record (pen, HT_RECORD_SERIES, session->series_id, after),
                       find_record (pen, HT_RECORD_JOB, session->id, after) };
}

static const HtZone *
get_zone (const Pen *pen, const HtPartOf *of)
{
    return ht_api_get_zone (pen->api, of->series == NULL ? NULL : of->series->zone);
}

/* One side of a session that changes. */

static const char *
get_title (const HtPartOf *of)
{
    if (of->session->title != NULL || of->series == NULL)
        return of->session->title;
    return of->series->title;
}

static void
write_sources (const Pen *pen, const HtJob *job)
{
    ht_writer_begin_list (pen->writer, "sources");
    for (unsigned i = 0; job != NULL && job->tracks != NULL && i < job->tracks->len; i++) {
        int64_t id = g_array_index (job->tracks, HtTrack, i).source_id;

        ht_writer_begin (pen->writer, NULL);
        ht_writer_int (pen->writer, "id", id);
        ht_writer_text (pen->writer, "name", ht_api_get_name (pen->api, HT_RECORD_SOURCE, id));
        ht_writer_end (pen->writer);
    }
    ht_writer_end_list (pen->writer);
}

static void
write_words (const Pen *pen, const HtPartOf *of, unsigned parts)
{
    const char *description = of->session->description;

    if ((parts & BIT (HT_PART_TITLE)) != 0)
        ht_writer_text (pen->writer, "title", get_title (of));
    if (description == NULL && of->series != NULL)
        description = of->series->description;
    if ((parts & BIT (HT_PART_DESCRIPTION)) != 0)
        ht_writer_text (pen->writer, "description", description);
}

static void
write_side (const Pen *pen, const char *name, const HtPartOf *of, unsigned parts)
{
    unsigned kinds = 0;

    ht_writer_begin (pen->writer, name);
    if ((parts & BIT (HT_PART_TIME)) != 0) {
        ht_writer_instant (pen->writer, "start", get_zone (pen, of), of->session->start_us);
        ht_writer_instant (pen->writer, "end", get_zone (pen, of), of->session->end_us);
    }
    write_words (pen, of, parts);
    for (int part = 0; part < HT_N_PARTS; part++)
        if ((parts & BIT (part)) != 0)
            kinds |= ht_part_get_members (part);
    ht_api_write_members (pen->api, pen->writer, of->session, kinds);
    if ((parts & BIT (HT_PART_SOURCES)) != 0)
        write_sources (pen, of->job);
    if ((parts & BIT (HT_PART_KEEP)) != 0 && of->job != NULL)
        ht_writer_instant (pen->writer, "keepUntil", get_zone (pen, of), of->job->keep_until_us);
    if ((parts & BIT (HT_PART_STATE)) != 0) {
        ht_writer_text (pen->writer, "state", ht_session_state_names[of->session->state]);
        ht_writer_text (pen->writer, "reason", of->session->reason);
    }
    ht_writer_end (pen->writer);
}

static void
write_parts (const Pen *pen, unsigned parts)
{
    ht_writer_begin_list (pen->writer, "what");
    for (int part = 0; part < HT_N_PARTS; part++)
        if ((parts & BIT (part)) != 0)
            ht_writer_text (pen->writer, NULL, ht_part_names[part]);
    ht_writer_end_list (pen->writer);
}

/* (nullable) */
static const GArray *
find_clashes (const Pen *pen, int64_t session_id)
{
    const GArray *occurrences = pen->decision->preview->occurrences;

    for (unsigned i = 0; i < occurrences->len; i++)
        if (g_array_index (occurrences, HtPreviewOccurrence, i).session_id == session_id)
            return g_array_index (occurrences, HtPreviewOccurrence, i).clashes;
    return NULL;
}

static void
write_change (const Pen *pen, const HtEntry *entry)
{
    HtPartOf from = find_parts_of (pen, entry->before, FALSE);
    HtPartOf to = find_parts_of (pen, entry->after, TRUE);
    unsigned parts = ht_part_compare (&from, &to);
    const GArray *clashes = find_clashes (pen, entry->id);

    if (parts == 0 && (clashes == NULL || clashes->len == 0))
        return; /* its slot alone */
    ht_writer_begin (pen->writer, NULL);
    ht_writer_int (pen->writer, "id", entry->id);
    ht_writer_text (pen->writer, "title", get_title (&from));
    write_parts (pen, parts);
    write_side (pen, "from", &from, parts);
    write_side (pen, "to", &to, parts);
    ht_api_write_clashes (pen->api, pen->writer, get_zone (pen, &from), pen->person_id, clashes);
    ht_writer_end (pen->writer);
}

static void
write_changes (const Pen *pen)
{
    ht_writer_begin_list (pen->writer, "changes");
    for (unsigned i = 0; i < pen->decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (pen->decision->entries, HtEntry, i);

        if (entry->kind == HT_RECORD_SESSION && entry->before != NULL && entry->after != NULL &&
            ht_reads_sees (pen->api->service, pen->person_id, entry->before))
            write_change (pen, entry);
    }
    ht_writer_end_list (pen->writer);
}

/* What stays. */

static gboolean
begin_session (const Pen *pen, int64_t id, HtPartOf *ret_of)
{
    const HtSession *session = ht_reads_peek (pen->api->service, HT_RECORD_SESSION, id);

    if (session == NULL || !ht_reads_sees (pen->api->service, pen->person_id, session))
        return FALSE;
    *ret_of =
        (HtPartOf){ session,
                    ht_reads_peek (pen->api->service, HT_RECORD_SERIES, session->series_id), NULL };
    ht_writer_begin (pen->writer, NULL);
    ht_writer_int (pen->writer, "id", id);
    ht_writer_text (pen->writer, "title", get_title (ret_of));
    ht_writer_instant (pen->writer, "start", get_zone (pen, ret_of), session->start_us);
    ht_writer_instant (pen->writer, "end", get_zone (pen, ret_of), session->end_us);
    return TRUE;
}

static void
write_stays (const Pen *pen)
{
    const HtPreview *preview = pen->decision->preview;
    HtPartOf of;

    ht_writer_begin_list (pen->writer, "keeps");
    for (unsigned i = 0; i < preview->keeps->len; i++) {
        const HtPreviewKept *kept = &g_array_index (preview->keeps, HtPreviewKept, i);

        if (!begin_session (pen, kept->session_id, &of))
            continue;
        write_parts (pen, kept->parts);
        ht_writer_end (pen->writer);
    }
    ht_writer_end_list (pen->writer);
    ht_writer_begin_list (pen->writer, "past");
    for (unsigned i = 0; i < preview->past->len; i++)
        if (begin_session (pen, g_array_index (preview->past, int64_t, i), &of))
            ht_writer_end (pen->writer);
    ht_writer_end_list (pen->writer);
}

void
ht_api_write_left (HtApi *api, HtWriter *writer, int64_t person_id, const HtPreview *preview)
{
    const Pen pen = { api, writer, person_id, NULL };
    HtPartOf of;

    ht_writer_begin_list (writer, "left");
    for (unsigned i = 0; preview != NULL && i < preview->left->len; i++) {
        const HtPreviewOccurrence *left = &g_array_index (preview->left, HtPreviewOccurrence, i);

        if (!begin_session (&pen, left->session_id, &of))
            continue;
        ht_writer_text (writer, "why", left->why);
        ht_api_write_clashes (api, writer, get_zone (&pen, &of), person_id, left->clashes);
        ht_writer_end (writer);
    }
    ht_writer_end_list (writer);
}

/* The series. */

static void
write_series_side (const Pen *pen, const char *name, const HtSeries *series)
{
    ht_writer_begin (pen->writer, name);
    ht_writer_named (pen->writer, "unit", series->unit_id,
                     ht_api_get_name (pen->api, HT_RECORD_UNIT, series->unit_id));
    ht_writer_text (pen->writer, "audience", ht_audience_kind_names[series->audience]);
    ht_writer_begin_list (pen->writer, "audienceIds");
    for (unsigned i = 0; series->audience_ids != NULL && i < series->audience_ids->len; i++)
        ht_writer_int (pen->writer, NULL, g_array_index (series->audience_ids, int64_t, i));
    ht_writer_end_list (pen->writer);
    ht_writer_end (pen->writer);
}

static gboolean
has_same_reach (const HtSeries *a, const HtSeries *b)
{
    size_t bytes = a->audience_ids == NULL ? 0 : a->audience_ids->len * sizeof (int64_t);
    size_t other = b->audience_ids == NULL ? 0 : b->audience_ids->len * sizeof (int64_t);

    return a->unit_id == b->unit_id && a->audience == b->audience && bytes == other &&
           (bytes == 0 || memcmp (a->audience_ids->data, b->audience_ids->data, bytes) == 0);
}

/* Returns whether the later half becomes a series of its own. */
static gboolean
write_series (const Pen *pen)
{
    gboolean splits = FALSE;

    for (unsigned i = 0; i < pen->decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (pen->decision->entries, HtEntry, i);
        const HtSeries *to = entry->after, *from = entry->before;

        if (entry->kind != HT_RECORD_SERIES || to == NULL)
            continue;
        splits = splits || from == NULL;
        if (from == NULL)
            from = find_record (pen, HT_RECORD_SERIES, to->related_id, FALSE);
        if (from == NULL || has_same_reach (from, to))
            continue;
        ht_writer_begin (pen->writer, "series");
        write_series_side (pen, "from", from);
        write_series_side (pen, "to", to);
        ht_writer_end (pen->writer);
    }
    return splits;
}

gboolean
ht_api_show_difference (HtApi *api, HtRequest *request, HtReply *reply, HtCommand command,
                        gconstpointer arguments, GError **error)
{
    g_autoptr (HtDecision) decision =
        ht_service_try (api->service, request->person, command, arguments, error);
    HtWriter writer = ht_writer_make ();
    const Pen pen = { api, &writer, request->person, decision };

    if (decision == NULL) {
        g_string_free (ht_writer_finish (&writer), TRUE);
        return FALSE;
    }
    ht_writer_begin (&writer, NULL);
    ht_writer_int (&writer, "number", decision->preview->number);
    ht_writer_int (&writer, "clashes", decision->preview->n_clashes);
    ht_writer_int (&writer, "tells", decision->notices->len);
    write_changes (&pen);
    write_stays (&pen);
    ht_api_write_left (api, &writer, request->person, decision->preview);
    ht_writer_bool (&writer, "splits", write_series (&pen));
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}
