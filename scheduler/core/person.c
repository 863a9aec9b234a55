/* SPDX-License-Identifier: MIT */

#include "scheduler/core/person.h"

const char *const ht_role_names[] = {
    [HT_ROLE_CADRE] = "cadre", [HT_ROLE_TRAINER] = "trainer", [HT_ROLE_OPERATOR] = "operator",
    [HT_ROLE_ADMIN] = "admin", [HT_ROLE_N_ROLES] = NULL,
};

const char *const ht_feed_scope_names[] = {
    [HT_FEED_PERSON] = "person", [HT_FEED_UNIT] = "unit",   [HT_FEED_SITE] = "site",
    [HT_FEED_SERIES] = "series", [HT_FEED_N_SCOPES] = NULL,
};
