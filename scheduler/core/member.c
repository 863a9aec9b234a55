/* SPDX-License-Identifier: MIT */

#include "scheduler/core/member.h"

const char *const ht_member_kind_names[] = {
    [HT_MEMBER_MAIN_SITE] = "main-site", [HT_MEMBER_SITE] = "site",
    [HT_MEMBER_TRAINER] = "trainer",     [HT_MEMBER_ROOM] = "room",
    [HT_MEMBER_EQUIPMENT] = "equipment", [HT_MEMBER_WATCHERS] = "watchers",
    [HT_MEMBER_N_KINDS] = NULL,
};
