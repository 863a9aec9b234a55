/* SPDX-License-Identifier: MIT */

/* The role `ingest`: one source in, access units out, until it ends or fails. It is never repaired
 * in place: it says why, exits, and the recorder starts the next one. */

#pragma once

#include <glib.h>

#include "media/pipeline/unit-out.h"
#include "media/record/source.h"

G_BEGIN_DECLS

/**
 * ht_ingest_run:
 *
 * Runs until the source ends, fails, or SIGTERM asks for the end.
 *
 * Returns: %TRUE at an end that was asked for or that the file has; else %FALSE with what failed,
 *   whose identifier is the reason of the exit note
 */
gboolean ht_ingest_run (const HtIngestSource *source, HtUnitOut *out, GError **error);

/* What to tell the recorder about @error, and with which status to exit. */
int ht_ingest_describe_exit (const GError *error, char **ret_note);

G_END_DECLS
