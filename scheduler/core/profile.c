/* SPDX-License-Identifier: MIT */

#include "scheduler/core/profile.h"

const char *const ht_profile_names[] = {
    [HT_PROFILE_KBPS] = "kbps",
    [HT_PROFILE_FULL] = "full",
    [HT_PROFILE_THUMBNAIL] = "thumbnail",
    [HT_PROFILE_AUDIO] = "audio",
    [HT_PROFILE_RECORD_LATER] = "record-later",
    [HT_PROFILE_WATCH_ONLY] = "watch-only",
    [HT_PROFILE_N_KINDS] = NULL,
};

/* clang-format off */
const HtProfileRow ht_profile_rows[HT_PROFILE_N_KINDS] = {
    [HT_PROFILE_KBPS]         = { 0,    TRUE,  TRUE },
    [HT_PROFILE_FULL]         = { 2000, TRUE,  TRUE },
    [HT_PROFILE_THUMBNAIL]    = { 384,  TRUE,  TRUE },
    [HT_PROFILE_AUDIO]        = { 64,   TRUE,  TRUE },
    [HT_PROFILE_RECORD_LATER] = { 0,    FALSE, FALSE },
    [HT_PROFILE_WATCH_ONLY]   = { 800,  FALSE, TRUE },
};
/* clang-format on */
