/* SPDX-License-Identifier: MIT */

/* From segments and journal to one proved MP4, without re-encoding. */

#pragma once

#include "media/record/finalise-job.h"

G_BEGIN_DECLS

typedef void (*HtFinaliseProgress) (int64_t permille, gpointer user_data);

/**
 * ht_finalise:
 * @ret_report: (out): cleared by the caller with ht_fields_clear(); set on success only
 *
 * Writes FOLDER/recording.mp4 and FOLDER/recording.json, each under another name first and renamed
 * when it is whole and on the disk. Run again it makes them again. Segments are left as they are.
 *
 * Returns: %FALSE where nothing was recorded, a segment is not what the journal says, or the file
 *   read back is not what was recorded
 */
gboolean ht_finalise (const HtFinaliseJob *job, HtFinaliseProgress progress, gpointer user_data,
                      HtFinaliseReport *ret_report, GError **error);

G_END_DECLS
