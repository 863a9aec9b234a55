/* SPDX-License-Identifier: MIT */

/* Who may do what and where: one table of roles and actions, asked by the service for every
 * command and every read. */

#pragma once

#include "scheduler/core/person.h"

G_BEGIN_DECLS

typedef enum {
    HT_ACTION_READ_AGENDA,     /* the calendar; what one may not see is shown as busy */
    HT_ACTION_READ_SESSION,    /* of others, whatever its audience */
    HT_ACTION_SUBSCRIBE,       /* to a feed */
    HT_ACTION_EDIT_SELF,       /* one's own password and addresses */
    HT_ACTION_BOOK_TRAINING,   /* for a unit */
    HT_ACTION_BOOK_CONFERENCE, /* for a unit, outright */
    HT_ACTION_REQUEST,         /* ask for one: a hold until somebody approves */
    HT_ACTION_APPROVE,         /* a hold becomes a session; what it ranks as */
    HT_ACTION_DISPLACE,        /* take the place of sessions of a lower rank */
    HT_ACTION_EDIT_OWN,        /* what one organises */
    HT_ACTION_EDIT_ANY,        /* of a unit */
    HT_ACTION_CANCEL_OWN,
    HT_ACTION_CANCEL_ANY,
    HT_ACTION_RUN_OWN, /* start now, extend, stop */
    HT_ACTION_RUN_ANY,
    HT_ACTION_CHECK_OWN_SITE,    /* say how ready the site is whose contact one is */
    HT_ACTION_CHECK_ANY_SITE,    /* of a unit's sessions, or of a unit */
    HT_ACTION_OPERATE_RECORDING, /* what recorders say, marks, slates, restarts */
    HT_ACTION_OVERRIDE_CLOSURE,  /* book out of opening hours */
    HT_ACTION_OVERRIDE_NOTICE,   /* book at shorter notice, or farther ahead */
    HT_ACTION_OVERRIDE_QUOTA,    /* book above a quota */
    HT_ACTION_MANAGE_QUOTAS,     /* of a unit and its people */
    HT_ACTION_MANAGE_PEOPLE,     /* of a unit: accounts, resets, grants no wider than one's own */
    HT_ACTION_MANAGE_PLACES,     /* of a unit: sites, rooms, equipment, closures */
    HT_ACTION_MANAGE_SOURCES,    /* cameras and encoders, with their passwords */
    HT_ACTION_MANAGE_LINKS,      /* the WAN tree */
    HT_ACTION_IMPORT,
    HT_ACTION_READ_LOG,
    HT_ACTION_READ_METRICS,
    HT_ACTION_CONFIGURE,
    HT_ACTION_N_ACTIONS,
} HtAction;

extern const char *const ht_action_names[]; /* "read-agenda", ..., NULL */

/* Whether @unit_id is @above_id or lies below it today. */
typedef gboolean (*HtUnitIsBelow) (int64_t unit_id, int64_t above_id, gpointer user_data);

/* Where a grant must be held for the action. */
typedef enum {
    HT_REACH_ANYWHERE,   /* it concerns the person alone, or is for everybody */
    HT_REACH_UNIT,       /* over the unit that it concerns */
    HT_REACH_EVERYWHERE, /* over everything */
} HtReach;

HtReach ht_rights_get_reach (HtAction action);

/**
 * ht_rights_may:
 * @grants: (array length=n_grants): the person's; whoever has none is nobody
 * @unit_id: whom it concerns; 0: everybody, so that only a grant over everything is enough where
 *   a unit matters
 *
 * An action or a role that is not in the table is refused.
 */
gboolean ht_rights_may (const HtGrant *grants, size_t n_grants, HtAction action, int64_t unit_id,
                        HtUnitIsBelow is_below, gpointer user_data);

/**
 * ht_rights_may_grant:
 * @wanted: what would be given
 *
 * Nobody gives more than they have: the giver manages people there and holds a role as high over
 * a unit as wide.
 */
gboolean ht_rights_may_grant (const HtGrant *grants, size_t n_grants, const HtGrant *wanted,
                              HtUnitIsBelow is_below, gpointer user_data);

G_END_DECLS
