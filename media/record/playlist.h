/* SPDX-License-Identifier: MIT */

/* HLS playlists (RFC 8216) of a track, as a function of its journal. */

#pragma once

#include "media/record/journal.h"

G_BEGIN_DECLS

#define HT_PLAYLIST_LIVE_FILE "live.m3u8"

/**
 * ht_playlist_make_live:
 * @journal: the track's journal
 * @window: how many closed segments it shows at most
 *
 * The sliding playlist that the recorder puts beside the segments. It names them without folder.
 * Once the track has ended it is the last window with EXT-X-ENDLIST.
 *
 * Returns: (transfer full)
 */
char *ht_playlist_make_live (const HtJournal *journal, unsigned window);

/**
 * ht_playlist_make_full:
 * @journal: the whole journal, nothing forgotten
 * @prefix: put before each segment's name: "" or "/media/12/presenter/"
 *
 * Everything since the beginning: an EVENT while the track runs, VOD with EXT-X-ENDLIST after it.
 *
 * Returns: (transfer full)
 */
char *ht_playlist_make_full (const HtJournal *journal, const char *prefix);

G_END_DECLS
