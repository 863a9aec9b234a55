/* SPDX-License-Identifier: MIT */

/* Where recordings lie: SESSIONS/<session>/<track>/. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* (transfer full): the folder of a track, or of the session where @track is %NULL. */
char *ht_folders_dup_track (const char *sessions, int64_t session_id, const char *track);

/* (transfer full) (element-type utf8): the folders of a session's tracks: what lies on the disk, so
 * that those are among them that a daemon before this one had recorded. */
GPtrArray *ht_folders_list_tracks (const char *sessions, int64_t session_id);

/* The session that a track's folder belongs to; %HT_ID_NONE where its name tells none. */
int64_t ht_folders_read_session (const char *track_folder);

G_END_DECLS
