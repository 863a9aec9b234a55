/* SPDX-License-Identifier: MIT */

/* A track's folder: lock, journal, segments and live playlist. The sink of a recorder, and what
 * it does when it takes a folder over from one that died. */

#pragma once

#include "media/recorder/segmenter.h"

G_BEGIN_DECLS

typedef struct _HtDisk HtDisk;

/**
 * ht_disk_open:
 *
 * Takes the lock of @folder and opens its journal.
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_CONFLICT where another recorder holds the folder,
 *   %HT_ERROR_NOT_FOUND or %HT_ERROR_INTERNAL where it cannot be used
 */
HtDisk *ht_disk_open (const char *folder, GError **error);

/**
 * ht_disk_take_over:
 * @ret_left: (out): what is whole in the segment left open; zeros where none was
 *
 * Replays the journal, cuts off what a crash left of its last line, and of the open segment what
 * is no whole unit.
 *
 * Returns: (transfer full): an empty journal where there was none; %NULL with
 *   %HT_ERROR_ATTENTION where the file is no journal that we know
 */
HtJournal *ht_disk_take_over (HtDisk *disk, HtTsSummary *ret_left, GError **error);

/* Its functions take the HtDisk as their data. */
extern const HtSegmentSink ht_disk_sink;

/* How many segments the live playlist shows. */
void ht_disk_set_window (HtDisk *disk, unsigned n_segments);

/* Whether all lines that were given are in the journal; tries again where they were not. */
gboolean ht_disk_flush (HtDisk *disk);

void ht_disk_free (HtDisk *disk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtDisk, ht_disk_free)

G_END_DECLS
