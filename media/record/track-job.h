/* SPDX-License-Identifier: MIT */

/* All that a recorder needs to know, in one line of JSON on its stdin, which is then closed:
 * what to record, where to, from when to when. Whoever starts a recorder writes it; the deadline
 * in it holds also when nobody is there any more to say stop. */

#pragma once

#include "media/record/source.h"

G_BEGIN_DECLS

#define HT_TRACK_JOB_MAX_BYTES (64 * 1024)

/**
 * HtTrackJob:
 * @session: the session's identity
 * @track: (owned): the track's name: 1 to 32 of a-z, 0-9 and -
 * @folder: (owned): absolute path of the track's folder, which exists; journal, segments, live
 *   playlist and lock go there
 * @socket: (owned): path of the control socket (control.h), at most 107 octets
 * @page: (owned): path of the shared page (shared-page.h)
 * @pipeline: (owned): path of hoitruong-pipeline, run as "PATH ingest"
 * @source: its members stand beside the others in the JSON: kind, url, user, password, loop
 * @start_us: the scheduled instant T: the recording shows T's picture first
 * @end_us: the last unit recorded lies before it
 * @arm_us: the ingest runs from this long before T, so that the ring holds T's key frame
 * @segment_ms: a segment is cut at the first key frame past nine tenths of it
 * @target_s: least EXT-X-TARGETDURATION, which no segment exceeds
 * @live_segments: how many the sliding live playlist shows
 * @ring_ms, @ring_bytes: what the ring holds at most
 * @stall_ms: a live source that is silent for so long is lost
 *
 * Plain values but for the text; clear with ht_track_job_clear().
 */
typedef struct {
    int64_t session;
    char *track;
    char *folder;
    char *socket;
    char *page;
    char *pipeline;
    HtIngestSource source;
    int64_t start_us;
    int64_t end_us;
    int64_t arm_us;
    int64_t segment_ms;
    int64_t target_s;
    int64_t live_segments;
    int64_t ring_ms;
    int64_t ring_bytes;
    int64_t stall_ms;
} HtTrackJob;

extern const HtFields ht_track_job_fields;

/* Fills the numbers that have a default: arm 10 s, segment 2 s, target 4 s, 15 live segments,
 * ring 30 s and 32 MiB, stall 2 s. */
void ht_track_job_set_defaults (HtTrackJob *job);

/**
 * ht_track_job_decode:
 * @line: one JSON object; an end of line after it is allowed
 * @ret_job: (out caller-allocates): zeroed by the caller, cleared by it also after a failure
 *
 * Returns: %FALSE with %HT_ERROR_INVALID naming the member that is wrong
 */
gboolean ht_track_job_decode (const char *line, size_t length, HtTrackJob *ret_job, GError **error);

/* (transfer full): one line of JSON with its end of line, the password in it: for stdin. */
char *ht_track_job_encode (const HtTrackJob *job);

/* (transfer full): the same without passwords and without end of line: for logs. */
char *ht_track_job_describe (const HtTrackJob *job);

/* Fills socket and page: <runtime>/<session>-<track>.sock and .page. session and track are set. */
void ht_track_job_set_runtime (HtTrackJob *job, const char *runtime);

void ht_track_job_clear (HtTrackJob *job);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtTrackJob, ht_track_job_clear)

G_END_DECLS
