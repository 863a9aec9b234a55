/* SPDX-License-Identifier: MIT */

#include "scheduler/service/media-wants.h"

#include "scheduler/service/reads.h"

static HtMediaTrack
make_track (HtService *service, const HtTrack *track)
{
    const HtVideoSource *source = ht_reads_peek (service, HT_RECORD_SOURCE, track->source_id);
    const HtResource *connections =
        source == NULL ? NULL : ht_reads_peek (service, HT_RECORD_RESOURCE, source->resource_id);

    if (source == NULL)
        return (HtMediaTrack){ .name = track->name, .source_kind = "test", .url = "" };
    return (HtMediaTrack){ .name = track->name,
                           .source_kind = ht_video_source_kind_names[source->kind],
                           .url = source->url == NULL ? "" : source->url,
                           .user = source->user,
                           .password = source->password,
                           .loops = source->loops,
                           .connections = connections == NULL ? 0 : connections->capacity };
}

void
ht_media_wants_record (HtService *service, HtMedia *media, int64_t session_id)
{
    const HtSession *session = ht_reads_peek (service, HT_RECORD_SESSION, session_id);
    const HtJob *job = ht_reads_peek (service, HT_RECORD_JOB, session_id);
    g_autoptr (GArray) tracks = g_array_new (FALSE, TRUE, sizeof (HtMediaTrack));
    HtMediaJob wanted = { .session_id = session_id };

    if (session == NULL || job == NULL || job->tracks == NULL)
        return;
    for (unsigned i = 0; i < job->tracks->len; i++) {
        HtMediaTrack track = make_track (service, &g_array_index (job->tracks, HtTrack, i));

        g_array_append_val (tracks, track);
    }
    wanted.start_us = session->start_us;
    wanted.end_us = session->end_us;
    wanted.tracks = (const HtMediaTrack *) (gpointer) tracks->data;
    wanted.n_tracks = tracks->len;
    ht_media_want (media, &wanted);
}

void
ht_media_wants_reconcile (HtService *service, HtMedia *media, int64_t session_id)
{
    const HtSession *session = ht_reads_peek (service, HT_RECORD_SESSION, session_id);
    const HtJob *job = ht_reads_peek (service, HT_RECORD_JOB, session_id);

    if (session == NULL || job == NULL || job->state == HT_JOB_PLANNED)
        return;
    if (ht_job_machine_is_live (job->state))
        ht_media_wants_record (service, media, session_id);
    else if (job->state == HT_JOB_FINALISING)
        ht_media_finalise (media, session_id, session->start_us, session->end_us);
    else
        ht_media_stop (media, session_id);
}

GArray *
ht_media_wants_list_live (HtService *service)
{
    g_autoptr (GPtrArray) jobs = ht_reads_list (service, HT_RECORD_JOB);
    GArray *ids = g_array_new (FALSE, FALSE, sizeof (int64_t));

    for (unsigned i = 0; i < jobs->len; i++) {
        const HtJob *job = g_ptr_array_index (jobs, i);

        if (job->state != HT_JOB_PLANNED && !ht_job_machine_is_final (job->state))
            g_array_append_val (ids, job->id);
    }
    return ids;
}
