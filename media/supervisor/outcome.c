/* SPDX-License-Identifier: MIT */

#include "media/supervisor/outcome.h"

#include <string.h>

typedef struct {
    char *folder;
    HtFinaliseReport report; /* note is (owned) */
} Track;

struct _HtOutcome {
    Track *tracks; /* (owned) */
    unsigned n_tracks;
};

HtOutcome *
ht_outcome_new (const GPtrArray *folders)
{
    HtOutcome *self = g_new0 (HtOutcome, 1);

    self->n_tracks = folders->len;
    self->tracks = g_new0 (Track, folders->len);
    for (unsigned i = 0; i < folders->len; i++)
        self->tracks[i].folder = g_strdup (g_ptr_array_index (folders, i));
    return self;
}

void
ht_outcome_free (HtOutcome *self)
{
    for (unsigned i = 0; i < self->n_tracks; i++) {
        g_free (self->tracks[i].folder);
        ht_fields_clear (&ht_finalise_report_fields, &self->tracks[i].report);
    }
    g_free (self->tracks);
    g_free (self);
}

static HtMediaEvent
add_up (const HtOutcome *self)
{
    HtMediaEvent event = { .kind = HT_MEDIA_DONE };

    for (unsigned i = 0; i < self->n_tracks; i++) {
        const HtFinaliseReport *report = &self->tracks[i].report;

        event.permille += report->permille / self->n_tracks;
        event.bytes += report->bytes;
        event.duration_us = MAX (event.duration_us, report->duration_us);
        event.missing_us = MAX (event.missing_us, report->missing_us);
        if (!report->ended)
            event.kind = HT_MEDIA_PROGRESS;
        else if (!report->complete && event.kind == HT_MEDIA_DONE)
            event.kind = HT_MEDIA_INCOMPLETE;
        if (report->ended && !report->complete)
            event.note = report->note;
    }
    return event;
}

gboolean
ht_outcome_take (HtOutcome *self, const char *folder, const HtFinaliseReport *report,
                 HtMediaEvent *ret_event)
{
    for (unsigned i = 0; i < self->n_tracks; i++) {
        Track *track = &self->tracks[i];

        if (track->report.ended || strcmp (track->folder, folder) != 0)
            continue;
        ht_fields_clear (&ht_finalise_report_fields, &track->report);
        ht_fields_copy (&ht_finalise_report_fields, report, &track->report);
        *ret_event = add_up (self);
        return TRUE;
    }
    return FALSE;
}
