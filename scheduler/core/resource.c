/* SPDX-License-Identifier: MIT */

#include "scheduler/core/resource.h"

const char *const ht_resource_kind_names[] = {
    [HT_RESOURCE_ROOM] = "room",           [HT_RESOURCE_PERSON] = "person",
    [HT_RESOURCE_EQUIPMENT] = "equipment", [HT_RESOURCE_CODEC] = "codec",
    [HT_RESOURCE_PORTS] = "ports",         [HT_RESOURCE_RECORDER] = "recorder",
    [HT_RESOURCE_LINK] = "link",           [HT_RESOURCE_DISK] = "disk",
    [HT_RESOURCE_SOURCE] = "source",       [HT_RESOURCE_N_KINDS] = NULL,
};
