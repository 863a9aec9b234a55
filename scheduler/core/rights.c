/* SPDX-License-Identifier: MIT */

#include "scheduler/core/rights.h"

const char *const ht_action_names[] = {
    [HT_ACTION_READ_AGENDA] = "read-agenda",
    [HT_ACTION_READ_SESSION] = "read-session",
    [HT_ACTION_SUBSCRIBE] = "subscribe",
    [HT_ACTION_EDIT_SELF] = "edit-self",
    [HT_ACTION_BOOK_TRAINING] = "book-training",
    [HT_ACTION_BOOK_CONFERENCE] = "book-conference",
    [HT_ACTION_REQUEST] = "request",
    [HT_ACTION_APPROVE] = "approve",
    [HT_ACTION_DISPLACE] = "displace",
    [HT_ACTION_EDIT_OWN] = "edit-own",
    [HT_ACTION_EDIT_ANY] = "edit-any",
    [HT_ACTION_CANCEL_OWN] = "cancel-own",
    [HT_ACTION_CANCEL_ANY] = "cancel-any",
    [HT_ACTION_RUN_OWN] = "run-own",
    [HT_ACTION_RUN_ANY] = "run-any",
    [HT_ACTION_CHECK_OWN_SITE] = "check-own-site",
    [HT_ACTION_CHECK_ANY_SITE] = "check-any-site",
    [HT_ACTION_OPERATE_RECORDING] = "operate-recording",
    [HT_ACTION_OVERRIDE_CLOSURE] = "override-closure",
    [HT_ACTION_OVERRIDE_NOTICE] = "override-notice",
    [HT_ACTION_OVERRIDE_QUOTA] = "override-quota",
    [HT_ACTION_MANAGE_QUOTAS] = "manage-quotas",
    [HT_ACTION_MANAGE_PEOPLE] = "manage-people",
    [HT_ACTION_MANAGE_PLACES] = "manage-places",
    [HT_ACTION_MANAGE_SOURCES] = "manage-sources",
    [HT_ACTION_MANAGE_LINKS] = "manage-links",
    [HT_ACTION_IMPORT] = "import",
    [HT_ACTION_READ_LOG] = "read-log",
    [HT_ACTION_READ_METRICS] = "read-metrics",
    [HT_ACTION_CONFIGURE] = "configure",
    [HT_ACTION_N_ACTIONS] = NULL,
};

enum {
    C = 1 << HT_ROLE_CADRE,
    T = 1 << HT_ROLE_TRAINER,
    O = 1 << HT_ROLE_OPERATOR,
    A = 1 << HT_ROLE_ADMIN,
};

typedef struct {
    HtReach reach;
    int roles;
} Rule;

/* The whole of it. */
/* clang-format off */
static const Rule rules[HT_ACTION_N_ACTIONS] = {
    /*                                where                 cadre trainer operator admin */
    [HT_ACTION_READ_AGENDA]       = { HT_REACH_ANYWHERE,    C | T | O | A },
    [HT_ACTION_READ_SESSION]      = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_SUBSCRIBE]         = { HT_REACH_ANYWHERE,    C | T | O | A },
    [HT_ACTION_EDIT_SELF]         = { HT_REACH_ANYWHERE,    C | T | O | A },
    [HT_ACTION_BOOK_TRAINING]     = { HT_REACH_UNIT,            T | O | A },
    [HT_ACTION_BOOK_CONFERENCE]   = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_REQUEST]           = { HT_REACH_UNIT,            T | O | A },
    [HT_ACTION_APPROVE]           = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_DISPLACE]          = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_EDIT_OWN]          = { HT_REACH_ANYWHERE,        T | O | A },
    [HT_ACTION_EDIT_ANY]          = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_CANCEL_OWN]        = { HT_REACH_ANYWHERE,        T | O | A },
    [HT_ACTION_CANCEL_ANY]        = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_RUN_OWN]           = { HT_REACH_ANYWHERE,        T | O | A },
    [HT_ACTION_RUN_ANY]           = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_CHECK_OWN_SITE]    = { HT_REACH_ANYWHERE,    C | T | O | A },
    [HT_ACTION_CHECK_ANY_SITE]    = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_OPERATE_RECORDING] = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_OVERRIDE_CLOSURE]  = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_OVERRIDE_NOTICE]   = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_OVERRIDE_QUOTA]    = { HT_REACH_UNIT,                    A },
    [HT_ACTION_MANAGE_QUOTAS]     = { HT_REACH_UNIT,                    A },
    [HT_ACTION_MANAGE_PEOPLE]     = { HT_REACH_UNIT,                    A },
    [HT_ACTION_MANAGE_PLACES]     = { HT_REACH_UNIT,                    A },
    [HT_ACTION_MANAGE_SOURCES]    = { HT_REACH_UNIT,                O | A },
    [HT_ACTION_MANAGE_LINKS]      = { HT_REACH_EVERYWHERE,              A },
    [HT_ACTION_IMPORT]            = { HT_REACH_EVERYWHERE,              A },
    [HT_ACTION_READ_LOG]          = { HT_REACH_EVERYWHERE,              A },
    [HT_ACTION_READ_METRICS]      = { HT_REACH_EVERYWHERE,          O | A },
    [HT_ACTION_CONFIGURE]         = { HT_REACH_EVERYWHERE,              A },
};
/* clang-format on */

HtReach
ht_rights_get_reach (HtAction action)
{
    return (unsigned) action < HT_ACTION_N_ACTIONS ? rules[action].reach : HT_REACH_EVERYWHERE;
}

static gboolean
reaches (const HtGrant *grant, HtReach reach, int64_t unit_id, HtUnitIsBelow is_below,
         gpointer user_data)
{
    if (reach == HT_REACH_ANYWHERE || grant->unit_id == 0)
        return TRUE;
    return reach == HT_REACH_UNIT && unit_id != 0 && is_below (unit_id, grant->unit_id, user_data);
}

gboolean
ht_rights_may (const HtGrant *grants, size_t n_grants, HtAction action, int64_t unit_id,
               HtUnitIsBelow is_below, gpointer user_data)
{
    if ((unsigned) action >= HT_ACTION_N_ACTIONS)
        return FALSE;
    for (size_t i = 0; i < n_grants; i++)
        if ((unsigned) grants[i].role < HT_ROLE_N_ROLES &&
            (rules[action].roles & 1 << grants[i].role) != 0 &&
            reaches (&grants[i], rules[action].reach, unit_id, is_below, user_data))
            return TRUE;
    return FALSE;
}

gboolean
ht_rights_may_grant (const HtGrant *grants, size_t n_grants, const HtGrant *wanted,
                     HtUnitIsBelow is_below, gpointer user_data)
{
    if ((unsigned) wanted->role >= HT_ROLE_N_ROLES)
        return FALSE;
    for (size_t i = 0; i < n_grants; i++)
        if (grants[i].role >= wanted->role && ht_rights_may (&grants[i], 1, HT_ACTION_MANAGE_PEOPLE,
                                                             wanted->unit_id, is_below, user_data))
            return TRUE;
    return FALSE;
}
