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
