/* SPDX-License-Identifier: MIT */

#include "scheduler/service/permit.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/audience.h"
#include "scheduler/service/approval.h"

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

/* What its first member names. */
typedef enum {
    NAMES_NOTHING,
    NAMES_SESSION,
    NAMES_SITE, /* of a session */
    NAMES_PERSON,
    NAMES_SUBSCRIPTION,
    NAMES_TOKEN,
    NAMES_BOOKING,
    NAMES_MANY, /* sessions, each of which the command asks for by itself */
    NAMES_QUOTA,
    NAMES_RESOURCE,
} Names;

/* No action of a person is meant. */
#define NONE HT_ACTION_N_ACTIONS

/* Which rights open a command: one to what is one's own, another to what is not. */
static const struct {
    HtAction own;
    HtAction any;
    Names names;
    gboolean by_clock; /* the service does it by itself */
} rules[HT_N_COMMANDS] = {
    [HT_COMMAND_SET_UP] = { NONE, NONE, NAMES_NOTHING, TRUE },
    [HT_COMMAND_IMPORT] = { NONE, HT_ACTION_IMPORT, NAMES_NOTHING, TRUE },
    [HT_COMMAND_PUT_PERSON] = { NONE, HT_ACTION_MANAGE_PEOPLE, NAMES_PERSON, TRUE },
    [HT_COMMAND_SET_PASSWORD] = { HT_ACTION_EDIT_SELF, HT_ACTION_MANAGE_PEOPLE, NAMES_PERSON,
                                  TRUE },
    [HT_COMMAND_GRANT] = { NONE, HT_ACTION_MANAGE_PEOPLE, NAMES_PERSON, TRUE },
    [HT_COMMAND_CLOSE_PERSON] = { NONE, HT_ACTION_MANAGE_PEOPLE, NAMES_PERSON, FALSE },
    [HT_COMMAND_BOOK] = { NONE, HT_ACTION_BOOK_TRAINING, NAMES_BOOKING, TRUE },
    [HT_COMMAND_PUT_QUOTA] = { NONE, HT_ACTION_MANAGE_QUOTAS, NAMES_QUOTA, FALSE },
    [HT_COMMAND_PUT_CLOSURE] = { NONE, HT_ACTION_MANAGE_PLACES, NAMES_NOTHING, FALSE },
    [HT_COMMAND_PUT_RESOURCE] = { NONE, HT_ACTION_MANAGE_PLACES, NAMES_RESOURCE, FALSE },
    [HT_COMMAND_HOLD] = { HT_ACTION_EDIT_OWN, HT_ACTION_EDIT_ANY, NAMES_SESSION, FALSE },
    [HT_COMMAND_APPROVE] = { NONE, HT_ACTION_APPROVE, NAMES_SESSION, FALSE },
    [HT_COMMAND_REFUSE] = { NONE, HT_ACTION_APPROVE, NAMES_SESSION, FALSE },
    [HT_COMMAND_DOCUMENT] = { HT_ACTION_EDIT_OWN, HT_ACTION_APPROVE, NAMES_SESSION, FALSE },
    [HT_COMMAND_START] = { HT_ACTION_RUN_OWN, HT_ACTION_RUN_ANY, NAMES_SESSION, FALSE },
    [HT_COMMAND_MOVE] = { HT_ACTION_EDIT_OWN, HT_ACTION_EDIT_ANY, NAMES_SESSION, FALSE },
    [HT_COMMAND_EDIT] = { HT_ACTION_EDIT_OWN, HT_ACTION_EDIT_ANY, NAMES_SESSION, FALSE },
    [HT_COMMAND_CHANGE_MANY] = { HT_ACTION_EDIT_OWN, HT_ACTION_EDIT_ANY, NAMES_MANY, FALSE },
    [HT_COMMAND_CANCEL] = { HT_ACTION_CANCEL_OWN, HT_ACTION_CANCEL_ANY, NAMES_SESSION, FALSE },
    [HT_COMMAND_EXTEND] = { HT_ACTION_RUN_OWN, HT_ACTION_RUN_ANY, NAMES_SESSION, FALSE },
    [HT_COMMAND_STOP] = { HT_ACTION_RUN_OWN, HT_ACTION_RUN_ANY, NAMES_SESSION, FALSE },
    [HT_COMMAND_REHEARSE] = { HT_ACTION_EDIT_OWN, HT_ACTION_EDIT_ANY, NAMES_SESSION, FALSE },
    [HT_COMMAND_RUN_ON] = { HT_ACTION_RUN_OWN, HT_ACTION_RUN_ANY, NAMES_SESSION, FALSE },
    [HT_COMMAND_CHECK_SITE] = { HT_ACTION_CHECK_OWN_SITE, HT_ACTION_CHECK_ANY_SITE, NAMES_SITE,
                                FALSE },
    [HT_COMMAND_SUBSTITUTE] = { HT_ACTION_EDIT_OWN, HT_ACTION_EDIT_ANY, NAMES_SESSION, FALSE },
    [HT_COMMAND_SUBSCRIBE] = { NONE, HT_ACTION_SUBSCRIBE, NAMES_NOTHING, FALSE },
    [HT_COMMAND_RENEW] = { HT_ACTION_SUBSCRIBE, HT_ACTION_MANAGE_PEOPLE, NAMES_SUBSCRIPTION,
                           FALSE },
    [HT_COMMAND_END_SUBSCRIPTION] = { HT_ACTION_SUBSCRIBE, HT_ACTION_MANAGE_PEOPLE,
                                      NAMES_SUBSCRIPTION, FALSE },
    [HT_COMMAND_MAKE_TOKEN] = { NONE, HT_ACTION_EDIT_SELF, NAMES_NOTHING, FALSE },
    [HT_COMMAND_END_TOKEN] = { HT_ACTION_EDIT_SELF, NONE, NAMES_TOKEN, FALSE },
    /* the change must be the actor's own: the command sees to it */
    [HT_COMMAND_UNDO] = { NONE, HT_ACTION_EDIT_SELF, NAMES_NOTHING, FALSE },
    [HT_COMMAND_CLOCK] = { NONE, NONE, NAMES_SESSION, TRUE },
    [HT_COMMAND_CARE] = { NONE, NONE, NAMES_SESSION, TRUE },
    [HT_COMMAND_JOB] = { NONE, NONE, NAMES_SESSION, TRUE },
};

/* The tree of units as it is on a day. */
typedef struct {
    HtState *state;
    int64_t day;
} Tree;

static gboolean
is_below (int64_t unit_id, int64_t above_id, gpointer user_data)
{
    const Tree *tree = user_data;

    return ht_state_is_below (tree->state, unit_id, above_id, tree->day);
}

static const HtGrant *
get_grants (const HtPerson *person)
{
    return person->grants == NULL ? NULL : (const HtGrant *) (gpointer) person->grants->data;
}

gboolean
ht_permit_may (HtState *state, const HtPerson *person, HtAction action, int64_t unit_id,
               int64_t day)
{
    return ht_rights_may (get_grants (person), N_ITEMS (person->grants), action, unit_id, is_below,
                          &(Tree){ state, day });
}

gboolean
ht_permit_may_grant (HtState *state, const HtPerson *person, const HtGrant *wanted, int64_t day)
{
    return ht_rights_may_grant (get_grants (person), N_ITEMS (person->grants), wanted, is_below,
                                &(Tree){ state, day });
}

/* Whose it is, and over which unit one must hold a right. */
typedef struct {
    int64_t unit_id;
    int64_t owner_id; /* person */
    gboolean found;
    int64_t other_unit_id; /* over which the right is enough too; 0 */
} Subject;

static Subject
find_session_subject (HtState *state, int64_t id)
{
    const HtSession *session = ht_state_peek (state, HT_RECORD_SESSION, id);
    const HtSeries *series =
        session == NULL ? NULL : ht_state_peek (state, HT_RECORD_SERIES, session->series_id);

    return series == NULL ? (Subject){ 0 }
                          : (Subject){ series->unit_id, series->organiser_id, TRUE };
}

/* A site of a session is its contact's, the session's unit's and its own unit's. */
static Subject
find_site_subject (HtState *state, const HtCheckSite *check)
{
    Subject subject = find_session_subject (state, check->id);
    const HtSite *site = ht_state_peek (state, HT_RECORD_SITE, check->site_id);

    subject.owner_id = site == NULL ? HT_ID_NONE : site->contact_id;
    subject.other_unit_id = site == NULL ? HT_ID_NONE : site->unit_id;
    return subject;
}

static Subject
find_booking_subject (const HtBooking *booking, const HtPerson *actor)
{
    return (Subject){ booking->unit_id == HT_ID_NONE ? actor->unit_id : booking->unit_id,
                      HT_ID_NONE, TRUE };
}

/* The unit that it is set for, or the person's. */
static Subject
find_quota_subject (HtState *state, const HtPutQuota *asked)
{
    const HtPerson *person = ht_state_peek (state, HT_RECORD_PERSON, asked->person_id);

    return (Subject){ person == NULL ? asked->unit_id : person->unit_id, HT_ID_NONE, TRUE };
}

/* The unit whose it is, or is to be. */
static Subject
find_resource_subject (HtState *state, const HtPutResource *asked)
{
    const HtResource *known = ht_state_peek (state, HT_RECORD_RESOURCE, asked->id);

    return (Subject){ known == NULL ? asked->unit_id : known->unit_id, HT_ID_NONE, TRUE };
}

static Subject
find_subject (HtState *state, Names names, gconstpointer arguments, const HtPerson *actor)
{
    int64_t id = *(const int64_t *) arguments; /* of what has one */
    const HtPerson *person;
    const HtSubscription *subscription;
    const HtApiToken *token;

    switch (names) {
    case NAMES_SESSION:
        return find_session_subject (state, id);
    case NAMES_SITE:
        return find_site_subject (state, arguments);
    case NAMES_PERSON:
        person = ht_state_peek (state, HT_RECORD_PERSON, id);
        return (Subject){ person == NULL ? HT_ID_NONE : person->unit_id, id, TRUE };
    case NAMES_SUBSCRIPTION:
        subscription = ht_state_peek (state, HT_RECORD_SUBSCRIPTION, id);
        return (Subject){ 0, subscription == NULL ? 0 : subscription->person_id,
                          subscription != NULL };
    case NAMES_TOKEN:
        token = ht_state_peek (state, HT_RECORD_API_TOKEN, id);
        return (Subject){ 0, token == NULL ? 0 : token->person_id,
                          token != NULL && token->person_id == actor->id };
    case NAMES_BOOKING:
        return find_booking_subject (arguments, actor);
    case NAMES_MANY:
        return (Subject){ 0, actor->id, TRUE };
    case NAMES_QUOTA:
        return find_quota_subject (state, arguments);
    case NAMES_RESOURCE:
        return find_resource_subject (state, arguments);
    case NAMES_NOTHING:
        break;
    }
    return (Subject){ .found = TRUE };
}

/* Which right a command asks for of what is not one's own: a booking says what it is, and so does a
 * resource. */
static HtAction
get_action (HtCommand command, gconstpointer arguments)
{
    if (rules[command].names == NAMES_RESOURCE &&
        ((const HtPutResource *) arguments)->kind == HT_RESOURCE_LINK)
        return HT_ACTION_MANAGE_LINKS;
    if (rules[command].names == NAMES_BOOKING &&
        ((const HtBooking *) arguments)->kind == HT_SERIES_CONFERENCE)
        return HT_ACTION_REQUEST; /* who may not book it outright asks for it */
    return rules[command].any;
}

static gboolean
is_open_to (HtState *state, const HtPerson *person, HtAction own, HtAction any,
            const Subject *subject, int64_t day)
{
    return (subject->owner_id == person->id && ht_permit_may (state, person, own, 0, day)) ||
           ht_permit_may (state, person, any, subject->unit_id, day) ||
           (subject->other_unit_id != HT_ID_NONE &&
            ht_permit_may (state, person, any, subject->other_unit_id, day));
}

static gboolean
refuse (HtErrorCode code, const char *id, const char *text, GError **error)
{
    ht_problem_set (error, code, id, NULL, "%s", text);
    return FALSE;
}

/* One may not even learn that it is there. */
static gboolean
is_hidden (HtDecider *decider, Names names, gconstpointer arguments)
{
    const HtSession *session =
        names != NAMES_SESSION && names != NAMES_SITE
            ? NULL
            : ht_state_peek (decider->state, HT_RECORD_SESSION, *(const int64_t *) arguments);

    return session != NULL &&
           !ht_permit_sees (decider->state, decider->actor, session,
                            ht_state_peek (decider->state, HT_RECORD_SERIES, session->series_id),
                            ht_decider_get_day (decider));
}

gboolean
ht_permit (HtDecider *decider, HtCommand command, gconstpointer arguments, GError **error)
{
    const HtPerson *actor = decider->actor;
    Subject subject;

    if (decider->actor_id == HT_ID_NONE)
        return rules[command].by_clock ||
               refuse (HT_ERROR_DENIED, "denied", "the service does not do that by itself", error);
    if (actor == NULL || actor->closed)
        return refuse (HT_ERROR_UNAUTHENTICATED, "unauthenticated", "sign in first", error);
    subject = find_subject (decider->state, rules[command].names, arguments, actor);
    if (!subject.found || is_hidden (decider, rules[command].names, arguments))
        return refuse (HT_ERROR_NOT_FOUND, "not-found", "there is no such thing", error);
    if (!is_open_to (decider->state, actor, rules[command].own, get_action (command, arguments),
                     &subject, ht_decider_get_day (decider)))
        return refuse (HT_ERROR_DENIED, "denied", "you may not do that here", error);
    return TRUE;
}

gboolean
ht_permit_operates (HtState *state, const HtPerson *person, int64_t unit_id, int64_t day)
{
    for (unsigned i = 0; i < N_ITEMS (person->grants); i++) {
        const HtGrant *grant = &g_array_index (person->grants, HtGrant, i);

        if (grant->role == HT_ROLE_OPERATOR &&
            ht_state_is_below (state, unit_id, grant->unit_id, day))
            return TRUE;
    }
    return FALSE;
}

gboolean
ht_permit_checks (HtState *state, const HtPerson *person, const HtSession *session, int64_t site_id,
                  int64_t day)
{
    const HtCheckSite check = { .id = session->id, .site_id = site_id };
    Subject subject;

    if (person == NULL || person->closed)
        return FALSE;
    subject = find_site_subject (state, &check);
    return subject.found && is_open_to (state, person, rules[HT_COMMAND_CHECK_SITE].own,
                                        rules[HT_COMMAND_CHECK_SITE].any, &subject, day);
}

/* Whether one of the grants is enough where it is held. */
static gboolean
may_somewhere (HtState *state, const HtPerson *person, HtAction action, int64_t day)
{
    for (unsigned i = 0; i < N_ITEMS (person->grants); i++)
        if (ht_permit_may (state, person, action,
                           g_array_index (person->grants, HtGrant, i).unit_id, day))
            return TRUE;
    return FALSE;
}

/* Which step of the session's machine a command takes: what it does not take is not offered. */
static gboolean
takes_step (HtCommand command, const HtSession *session)
{
    static const struct {
        HtCommand command;
        HtSessionEvent event;
    } steps[] = {
        { HT_COMMAND_HOLD, HT_SESSION_HOLD },       { HT_COMMAND_APPROVE, HT_SESSION_APPROVE },
        { HT_COMMAND_REFUSE, HT_SESSION_REFUSE },   { HT_COMMAND_DOCUMENT, HT_SESSION_MOVE },
        { HT_COMMAND_START, HT_SESSION_START_NOW }, { HT_COMMAND_MOVE, HT_SESSION_MOVE },
        { HT_COMMAND_EDIT, HT_SESSION_MOVE },       { HT_COMMAND_CANCEL, HT_SESSION_CANCEL },
        { HT_COMMAND_EXTEND, HT_SESSION_EXTEND },   { HT_COMMAND_STOP, HT_SESSION_STOP_NOW },
    };
    HtSessionStep step;

    if (command == HT_COMMAND_REHEARSE)
        return session->state >= HT_SESSION_HELD && session->state <= HT_SESSION_OPEN;
    if (command == HT_COMMAND_RUN_ON || command == HT_COMMAND_SUBSTITUTE)
        return session->state >= HT_SESSION_SCHEDULED && session->state <= HT_SESSION_RUNNING;
    if (command >= HT_COMMAND_HOLD && command <= HT_COMMAND_REFUSE &&
        ht_approval_is_waiting (session) == (command == HT_COMMAND_HOLD))
        return FALSE;
    for (unsigned i = 0; i < G_N_ELEMENTS (steps); i++)
        if (steps[i].command == command)
            return ht_session_machine_step (session->state, steps[i].event, &step, NULL);
    return TRUE;
}

gboolean
ht_permit_offer (HtState *state, const HtPerson *person, HtCommand command,
                 const HtSession *session, int64_t day)
{
    Subject subject;

    if (person == NULL || person->closed)
        return FALSE;
    if (session == NULL)
        return may_somewhere (state, person, rules[command].own, day) ||
               may_somewhere (state, person, rules[command].any, day);
    subject = find_session_subject (state, session->id);
    return subject.found && takes_step (command, session) &&
           is_open_to (state, person, rules[command].own, rules[command].any, &subject, day);
}

static gboolean
takes_part (HtState *state, const HtPerson *person, const HtSession *session, int64_t day)
{
    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);
        const HtSite *site = member->kind > HT_MEMBER_SITE
                                 ? NULL
                                 : ht_state_peek (state, HT_RECORD_SITE, member->ref_id);

        if (member->kind == HT_MEMBER_TRAINER && member->ref_id == person->id)
            return TRUE;
        if (site != NULL && (site->contact_id == person->id ||
                             ht_state_is_below (state, person->unit_id, site->unit_id, day)))
            return TRUE;
    }
    return FALSE;
}

gboolean
ht_permit_sees (HtState *state, const HtPerson *person, const HtSession *session,
                const HtSeries *series, int64_t day)
{
    if (person == NULL || person->closed || series == NULL)
        return FALSE;
    if (series->organiser_id == person->id ||
        ht_permit_may (state, person, HT_ACTION_READ_SESSION, series->unit_id, day))
        return TRUE;
    if (!ht_session_machine_is_published (session->state))
        return FALSE;
    return ht_audience_admits (series->audience, series->audience_ids, person, is_below,
                               &(Tree){ state, day }) ||
           takes_part (state, person, session, day);
}
