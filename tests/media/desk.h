/* SPDX-License-Identifier: MIT */

/* A track on a disk in memory, and a camera that numbers its pictures. */

#pragma once

#include "media/recorder/track.h"

#define DESK_T_US INT64_C (1795590000000000)
#define DESK_GOP  50

/* A disk in memory that can be full. */
typedef struct {
    HtTrackJob job;
    HtTrack *track;
    GPtrArray *files; /* (element-type GByteArray): by sequence, NULL where discarded */
    GByteArray *open; /* (nullable) */
    GString *text;    /* the journal */
    gboolean is_full;
    unsigned published;
    unsigned number;    /* of the next picture */
    int64_t offset_pts; /* of the source's clock */
} Desk;

/* A recorder armed a minute before T, its end a minute after. GTest fixture functions. */
void desk_set_up (Desk *desk, gconstpointer data);
void desk_tear_down (Desk *desk, gconstpointer data);

/* Starts a recorder on what is on the desk, as after a crash where there is an open segment. */
void desk_arm (Desk *desk, int64_t now_us);

/* The next picture, whose wall clock is @at_us. */
void desk_feed_picture (Desk *desk, int64_t at_us, unsigned flags);

/* Pictures of 25 a second from @from_us up to before @to_us, a key frame every @gop, or every 2 s.
 */
void desk_feed_gop (Desk *desk, int64_t from_us, int64_t to_us, unsigned gop);
void desk_feed (Desk *desk, int64_t from_us, int64_t to_us);

/* (transfer full): the journal as it stands */
HtJournal *desk_replay (const Desk *desk);

/* (transfer full): hash of picture @number */
char *desk_name (unsigned number, gboolean is_key);

/* (transfer full) (element-type utf8): hashes of all pictures in the segments, in order */
GPtrArray *desk_read_pictures (const Desk *desk);

/* The pictures are those from @first to before @end, a key frame every @gop, less whole runs whose
 * two neighbours a GAP names; nothing is there twice. */
void desk_check_complete (const Desk *desk, unsigned first, unsigned end, unsigned gop);
