/* SPDX-License-Identifier: MIT */

/* The process that brings a recorder its units: started, read from, killed. It dies with its
 * recorder. Its death is seen by the end of its socket. */

#pragma once

#include "media/record/source.h"

G_BEGIN_DECLS

typedef struct _HtIngest HtIngest;

HtIngest *ht_ingest_new (void);

/**
 * ht_ingest_start:
 * @program: path of hoitruong-pipeline, run as "PATH ingest", @source on its stdin
 *
 * The one before must have been stopped. Returns: %FALSE with %HT_ERROR_INTERNAL
 */
gboolean ht_ingest_start (HtIngest *ingest, const char *program, const HtIngestSource *source,
                          GError **error);

/* The socket, non-blocking; -1 while there is none. */
int ht_ingest_get_fd (const HtIngest *ingest);

/* 0 while there is none */
int ht_ingest_get_pid (const HtIngest *ingest);

/* Kills it, frozen or not, and closes the socket. Does nothing where there is none. */
void ht_ingest_stop (HtIngest *ingest);

/* Takes the exit statuses of those that were stopped, without waiting. */
void ht_ingest_reap (HtIngest *ingest);

/* Stops it; waits for none. */
void ht_ingest_free (HtIngest *ingest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtIngest, ht_ingest_free)

G_END_DECLS
