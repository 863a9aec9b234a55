/* SPDX-License-Identifier: MIT */

/* The media port in the daemon: keeps recorders as jobs want them, hears how they are, and has
 * their tracks made into final files. Loads no GStreamer. */

#pragma once

#include "scheduler/ports/media.h"

G_BEGIN_DECLS

#define HT_TYPE_SUPERVISOR (ht_supervisor_get_type ())
G_DECLARE_FINAL_TYPE (HtSupervisor, ht_supervisor, HT, SUPERVISOR, GObject)

/**
 * HtSupervisorSettings:
 * @sessions: folder that holds <session>/<track>/
 * @runtime: folder of sockets and shared pages; made with mode 0700
 * @recorder, @pipeline, @finalise: paths of the three programs
 *
 * Texts are borrowed for the call.
 */
typedef struct {
    const char *sessions;
    const char *runtime;
    const char *recorder;
    const char *pipeline;
    const char *finalise;
} HtSupervisorSettings;

/* %NULL with %HT_ERROR_ATTENTION where the folders cannot be made. */
HtSupervisor *ht_supervisor_new (const HtSupervisorSettings *settings, GError **error);

/* Ends every recorder now, as at Ctrl-C: each closes its segment and its journal stays open, so
 * that the next start goes on. Runs the main loop until they are gone, at most @patience_us. */
void ht_supervisor_leave (HtSupervisor *self, int64_t patience_us);

G_END_DECLS
