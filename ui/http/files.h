/* SPDX-License-Identifier: MIT */

/* Files of a folder, playlists, segments, recordings: whole or in part, never from outside the
 * folder, never through a link. Who may have one is asked before. */

#pragma once

#include "ui/http/route.h"

G_BEGIN_DECLS

typedef struct _HtFiles HtFiles;

typedef struct {
    const char *path;          /* in the folder, "sessions/7/1/00001.ts" */
    const char *type;          /* a constant */
    const char *cache;         /* of Cache-Control; "no-cache" for what grows or is replaced */
    const char *download_name; /* (nullable): the name to save it under */
} HtFile;

/**
 * ht_files_new:
 * @folder: must exist
 * @accel: (nullable): where the proxy in front of us shows the same folder to itself alone; it then
 *   sends the files (X-Accel-Redirect)
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_ATTENTION where @folder cannot be opened
 */
HtFiles *ht_files_new (const char *folder, const char *accel, GError **error);
void ht_files_free (HtFiles *files);

/**
 * ht_files_send:
 *
 * Answers Range, If-Range and If-None-Match.
 *
 * Returns: %FALSE with %HT_ERROR_NOT_FOUND where there is no such regular file, with
 *   %HT_ERROR_INVALID "range-impossible" where nothing of it lies in the range or there are several
 */
gboolean ht_files_send (HtFiles *files, const HtFile *file, HtRequest *request, HtReply *reply,
                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtFiles, ht_files_free)

G_END_DECLS
