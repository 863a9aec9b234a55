/* SPDX-License-Identifier: MIT */

#include "scheduler/core/session.h"

const char *const ht_series_kind_names[] = {
    [HT_SERIES_TRAINING] = "training",
    [HT_SERIES_CONFERENCE] = "conference",
    [HT_SERIES_N_KINDS] = NULL,
};

const char *const ht_audience_kind_names[] = {
    [HT_AUDIENCE_EVERYBODY] = "everybody",
    [HT_AUDIENCE_UNITS] = "units",
    [HT_AUDIENCE_PERSONS] = "persons",
    [HT_AUDIENCE_N_KINDS] = NULL,
};

const char *const ht_member_kind_names[] = {
    [HT_MEMBER_MAIN_SITE] = "main-site", [HT_MEMBER_SITE] = "site",
    [HT_MEMBER_TRAINER] = "trainer",     [HT_MEMBER_ROOM] = "room",
    [HT_MEMBER_EQUIPMENT] = "equipment", [HT_MEMBER_N_KINDS] = NULL,
};
