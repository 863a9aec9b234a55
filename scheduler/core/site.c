/* SPDX-License-Identifier: MIT */

#include "scheduler/core/site.h"

const char *const ht_video_source_kind_names[] = {
    [HT_VIDEO_SOURCE_RTSP] = "rtsp",
    [HT_VIDEO_SOURCE_FILE] = "file",
    [HT_VIDEO_SOURCE_TEST] = "test",
    [HT_VIDEO_SOURCE_N_KINDS] = NULL,
};
