/* SPDX-License-Identifier: MIT */

#include "media/finalise/finalise.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/finalise/account.h"
#include "media/finalise/audio-lane.h"
#include "media/finalise/mp4-writer.h"
#include "media/finalise/proof.h"
#include "media/finalise/silence.h"
#include "media/finalise/survey.h"
#include "scheduler/base/error.h"
#include "scheduler/support/digest.h"

#define TICKS_PER_MS     90
#define WRITTEN_PERMILLE 800
#define HASH_BYTES       (1 << 20)

/* All that one run needs. */
typedef struct {
    const HtFinaliseJob *job;
    int64_t start, end; /* of the presentation, 1/90000 s since 1970 */
    HtJournal *journal;
    HtSurvey survey;
    HtManifest manifest;
    HtMp4Writer *writer;
    GBytes *silence;
    HtAudioLane lane;
    GArray *pictures; /* (element-type HtPictureHash): what was written */
    int64_t last_dts;
    HtFinaliseProgress progress;
    gpointer user_data;
    GError *fault; /* (owned): the first, while walking */
} Run;

static void
run_clear (Run *run)
{
    g_clear_pointer (&run->journal, ht_journal_free);
    ht_survey_clear (&run->survey);
    ht_fields_clear (&ht_manifest_fields, &run->manifest);
    g_clear_pointer (&run->writer, ht_mp4_writer_free);
    g_clear_pointer (&run->silence, g_bytes_unref);
    g_clear_pointer (&run->pictures, g_array_unref);
    g_clear_error (&run->fault);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
write_picture (Run *run, const HtTsUnit *unit)
{
    HtPictureHash hash = ht_picture_hash (unit->stream, unit->data, unit->length);
    HtMp4Sample sample = { .stream = HT_MP4_VIDEO,
                           .data = unit->data,
                           .size = unit->length,
                           .duration = run->survey.picture,
                           .key = unit->is_key };

    if (unit->dts < run->survey.lead_dts || unit->dts >= run->end)
        return;
    /* a source that came back with its clock set back is shown after what is there already */
    sample.dts = MAX (unit->dts - run->start, run->last_dts + 1);
    sample.pts = MAX (unit->pts - run->start, sample.dts);
    run->last_dts = sample.dts;
    g_array_append_val (run->pictures, hash);
    ht_mp4_writer_write (run->writer, &sample, &run->fault);
}

static void
write_frame (Run *run, const uint8_t *data, size_t size, int64_t at)
{
    HtMp4Sample sample = { .stream = HT_MP4_AUDIO,
                           .data = data,
                           .size = size,
                           .pts = at,
                           .dts = at,
                           .duration = HT_AUDIO_FRAME_SAMPLES,
                           .key = TRUE };

    if (run->fault == NULL)
        ht_mp4_writer_write (run->writer, &sample, &run->fault);
}

static void
write_sound (Run *run, const HtTsUnit *unit)
{
    int64_t rate_hz, channels, silent, at;
    size_t header, size;
    const uint8_t *silence = g_bytes_get_data (run->silence, &size);

    if (unit->pts >= run->end ||
        !ht_adts_read (unit->data, unit->length, &rate_hz, &channels, &header) ||
        rate_hz != run->lane.rate_hz ||
        !ht_audio_lane_take (&run->lane, unit->pts - run->start, &silent, &at))
        return;
    for (int64_t i = 0; i < silent; i++, at += HT_AUDIO_FRAME_SAMPLES)
        write_frame (run, silence, size, at);
    write_frame (run, unit->data + header, unit->length - header, at);
    run->manifest.silent_frames += silent;
    run->manifest.frames++;
}

static void
write_unit (const HtTsUnit *unit, gpointer user_data)
{
    Run *run = user_data;

    if (run->fault != NULL)
        return;
    if (unit->stream == HT_MP4_VIDEO)
        write_picture (run, unit);
    else if (run->silence != NULL)
        write_sound (run, unit);
}

static void
on_segment (unsigned done, unsigned total, gpointer user_data)
{
    Run *run = user_data;

    run->progress ((int64_t) done * WRITTEN_PERMILLE / total, run->user_data);
}

static gboolean
open_writer (Run *run, const char *path, GError **error)
{
    const HtSurvey *survey = &run->survey;
    HtMp4Layout layout = { .parameter_sets = survey->parameter_sets,
                           .width = survey->width,
                           .height = survey->height,
                           .changes = survey->changes,
                           .rate_hz = survey->rate_hz,
                           .channels = survey->channels,
                           .chapters = run->manifest.chapters,
                           .duration_ms = run->manifest.duration_ms,
                           .created_us = run->job->start_us };

    if (survey->rate_hz > 0) {
        run->silence = ht_silence_make (survey->rate_hz, survey->channels, error);
        if (run->silence == NULL)
            return FALSE;
        run->lane.rate_hz = survey->rate_hz;
    }
    run->pictures = g_array_new (FALSE, FALSE, sizeof (HtPictureHash));
    run->last_dts = INT64_MIN / 2;
    run->writer = ht_mp4_writer_new (path, &layout, error);
    return run->writer != NULL;
}

static gboolean
write_file (Run *run, const char *path, GError **error)
{
    if (!open_writer (run, path, error) ||
        !ht_segments_walk (run->job->folder, run->journal, write_unit, on_segment, run, error))
        return FALSE;
    if (run->fault != NULL) {
        g_propagate_error (error, g_steal_pointer (&run->fault));
        return FALSE;
    }
    run->manifest.pictures = run->pictures->len;
    return ht_mp4_writer_finish (run->writer, error) &&
           ht_proof_check (path, run->pictures, run->manifest.frames + run->manifest.silent_frames,
                           error);
}

static gboolean
fail_on (const char *doing, const char *path, GError **error)
{
    int code = errno;

    ht_problem_set (error, code == ENOSPC ? HT_ERROR_FULL : HT_ERROR_INTERNAL,
                    code == ENOSPC ? "disk-full" : "file-failed", NULL, "%s %s: %s", doing, path,
                    g_strerror (code));
    return FALSE;
}

/* On the disk, hashed and counted. */
static gboolean
seal (Run *run, const char *path, GError **error)
{
    g_autoptr (HtDigest) digest = ht_digest_new ();
    g_autofree uint8_t *block = g_malloc (HASH_BYTES);
    int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
    ssize_t n;

    if (fd < 0)
        return fail_on ("open", path, error);
    while ((n = read (fd, block, HASH_BYTES)) > 0) {
        ht_digest_add (digest, block, (size_t) n);
        run->manifest.bytes += n;
    }
    if (n < 0 || fsync (fd) != 0) {
        close (fd);
        return fail_on ("make durable", path, error);
    }
    close (fd);
    run->manifest.sha256 = g_malloc (HT_DIGEST_LETTERS + 1);
    ht_digest_take_text (digest, run->manifest.sha256);
    return TRUE;
}

static gboolean
write_manifest (Run *run, GError **error)
{
    g_autofree char *path = g_build_filename (run->job->folder, HT_FINAL_MANIFEST, NULL);
    g_autoptr (GString) json = g_string_new (NULL);

    run->manifest.version = HT_MANIFEST_VERSION;
    run->manifest.start_us = run->job->start_us;
    run->manifest.lead_in_ms = MAX (0, run->start - run->survey.lead_dts) / TICKS_PER_MS;
    ht_fields_encode (&ht_manifest_fields, &run->manifest, json, NULL, NULL);
    g_string_append_c (json, '\n');
    return g_file_set_contents_full (path, json->str, (gssize) json->len,
                                     G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                     0640, error);
}

static gboolean
prepare (Run *run, GError **error)
{
    HtAccountSpan span;

    run->journal = ht_journal_load (run->job->folder, error);
    if (run->journal == NULL ||
        !ht_survey_make (run->job->folder, run->journal, run->start, &run->survey, error))
        return FALSE;
    span = (HtAccountSpan){ run->start, run->end, run->survey.first_pts, run->survey.last_pts,
                            run->survey.picture };
    ht_account_fill (run->journal, &span, &run->manifest);
    return TRUE;
}

gboolean
ht_finalise (const HtFinaliseJob *job, HtFinaliseProgress progress, gpointer user_data,
             HtFinaliseReport *ret_report, GError **error)
{
    g_auto (Run) run = { .job = job, .progress = progress, .user_data = user_data };
    g_autofree char *path = g_build_filename (job->folder, HT_FINAL_FILE, NULL);
    g_autofree char *draft = g_strconcat (path, ".tmp", NULL);

    run.start = job->start_us * TICKS_PER_MS / 1000;
    run.end = job->end_us * TICKS_PER_MS / 1000;
    if (!prepare (&run, error) || !write_file (&run, draft, error) || !seal (&run, draft, error))
        return FALSE;
    if (g_rename (draft, path) != 0)
        return fail_on ("rename", draft, error);
    if (!write_manifest (&run, error))
        return FALSE;
    *ret_report = (HtFinaliseReport){ .permille = 1000,
                                      .ended = TRUE,
                                      .complete = run.manifest.complete,
                                      .bytes = run.manifest.bytes,
                                      .duration_us = run.manifest.duration_ms * 1000,
                                      .missing_us = run.manifest.missing_ms * 1000 };
    return TRUE;
}
