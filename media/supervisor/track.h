/* SPDX-License-Identifier: MIT */

/* One track's recorder, seen from the daemon: started, adopted, spoken to, watched, ended. */

#pragma once

#include <gio/gio.h>

#include "media/record/track-job.h"
#include "media/record/track-status.h"
#include "media/supervisor/plan.h"

G_BEGIN_DECLS

typedef struct _HtSupervisedTrack HtSupervisedTrack;

/* Something happened that wants a new look: a recorder died. */
typedef void (*HtTrackChanged) (gpointer user_data);

/* @recorder: path of hoitruong-recorder; @job: copied: how the track should be */
HtSupervisedTrack *ht_supervised_track_new (const char *recorder, const HtTrackJob *job,
                                            HtTrackChanged changed, gpointer user_data);

/* Leaves the recorder alone: it goes on to the end of its job. */
void ht_supervised_track_free (HtSupervisedTrack *self);

/* How the track should be from now on; @job's texts are copied. */
void ht_supervised_track_want (HtSupervisedTrack *self, const HtTrackJob *job, gboolean stop);

/* Takes over the recorder of process @pid that was found at the track's socket. */
void ht_supervised_track_adopt (HtSupervisedTrack *self, int64_t pid, int64_t now_us);

/**
 * ht_supervised_track_tend:
 * @host: (nullable): a running track of the same source, whose recorder is asked to record this
 *   one too where it needs one; %NULL: it gets a recorder of its own
 *
 * Looks, decides (plan.h) and acts once.
 */
void ht_supervised_track_tend (HtSupervisedTrack *self, const HtSupervisedTrack *host,
                               int64_t now_us);

/* What the shared page says; all zero where there is none yet. */
const HtTrackStatus *ht_supervised_track_get_status (const HtSupervisedTrack *self);

const HtTrackJob *ht_supervised_track_get_job (const HtSupervisedTrack *self);

/* Whether END stands in its journal. */
gboolean ht_supervised_track_has_ended (const HtSupervisedTrack *self);

gboolean ht_supervised_track_is_running (const HtSupervisedTrack *self);

/* Of its recorder, which may hold other tracks too; 0: none runs */
int64_t ht_supervised_track_get_pid (const HtSupervisedTrack *self);

/* (nullable): why the last recorder could not be started, for a person */
const char *ht_supervised_track_get_fault (const HtSupervisedTrack *self);

G_END_DECLS
