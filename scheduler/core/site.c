/* SPDX-License-Identifier: MIT */

#include "scheduler/core/site.h"

const char *const ht_source_kind_names[] = {
    [HT_SOURCE_RTSP] = "rtsp",
    [HT_SOURCE_FILE] = "file",
    [HT_SOURCE_TEST] = "test",
    [HT_SOURCE_N_KINDS] = NULL,
};
