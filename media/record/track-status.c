/* SPDX-License-Identifier: MIT */

#include "media/record/track-status.h"

const char *const ht_track_state_names[] = { "waiting",  "armed", "recording", "recovering",
                                             "draining", "ended", "left",      NULL };

static const HtField status_rows[] = { HT_TRACK_STATUS_ROWS (HtTrackStatus, ) };

const HtFields ht_track_status_fields = HT_FIELDS ("status", HtTrackStatus, status_rows);
