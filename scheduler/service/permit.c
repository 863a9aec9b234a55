/* SPDX-License-Identifier: MIT */

#include "scheduler/service/permit.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

/* Whom a command is for. Each row opens it to all that it names. */
typedef enum {
    FOR_CLOCK = 1 << 0,     /* nobody but the service itself */
    FOR_ANYONE = 1 << 1,    /* who is signed in; what it touches is theirs by construction */
    FOR_SELF = 1 << 2,      /* whose person or subscription it is */
    FOR_ORGANISER = 1 << 3, /* of the session, while they may still book */
    FOR_TRAINER = 1 << 4,   /* over the unit it concerns */
    FOR_OPERATOR = 1 << 5,
    FOR_ADMIN = 1 << 6,
} For;

/* What its first member names. */
typedef enum { NAMES_NOTHING, NAMES_SESSION, NAMES_PERSON, NAMES_SUBSCRIPTION, NAMES_UNIT } Names;

static const struct {
    int open_to;
    Names names;
} rules[HT_N_COMMANDS] = {
    [HT_COMMAND_SET_UP] = { FOR_CLOCK, NAMES_NOTHING },
    [HT_COMMAND_IMPORT] = { FOR_CLOCK | FOR_ADMIN, NAMES_NOTHING },
    [HT_COMMAND_PUT_PERSON] = { FOR_CLOCK | FOR_ADMIN, NAMES_PERSON },
    [HT_COMMAND_SET_PASSWORD] = { FOR_CLOCK | FOR_SELF | FOR_ADMIN, NAMES_PERSON },
    [HT_COMMAND_GRANT] = { FOR_CLOCK | FOR_ADMIN, NAMES_PERSON },
    [HT_COMMAND_CLOSE_PERSON] = { FOR_ADMIN, NAMES_PERSON },
    [HT_COMMAND_BOOK] = { FOR_CLOCK | FOR_TRAINER | FOR_OPERATOR | FOR_ADMIN, NAMES_UNIT },
    [HT_COMMAND_START] = { FOR_ORGANISER | FOR_OPERATOR | FOR_ADMIN, NAMES_SESSION },
    [HT_COMMAND_MOVE] = { FOR_ORGANISER | FOR_OPERATOR | FOR_ADMIN, NAMES_SESSION },
    [HT_COMMAND_CANCEL] = { FOR_ORGANISER | FOR_OPERATOR | FOR_ADMIN, NAMES_SESSION },
    [HT_COMMAND_EXTEND] = { FOR_ORGANISER | FOR_OPERATOR | FOR_ADMIN, NAMES_SESSION },
    [HT_COMMAND_STOP] = { FOR_ORGANISER | FOR_OPERATOR | FOR_ADMIN, NAMES_SESSION },
    [HT_COMMAND_SUBSCRIBE] = { FOR_ANYONE, NAMES_NOTHING },
    [HT_COMMAND_RENEW] = { FOR_SELF | FOR_ADMIN, NAMES_SUBSCRIPTION },
    [HT_COMMAND_END_SUBSCRIPTION] = { FOR_SELF | FOR_ADMIN, NAMES_SUBSCRIPTION },
    [HT_COMMAND_UNDO] = { FOR_ANYONE, NAMES_NOTHING },
    [HT_COMMAND_CLOCK] = { FOR_CLOCK, NAMES_SESSION },
    [HT_COMMAND_JOB] = { FOR_CLOCK, NAMES_SESSION },
};

gboolean
ht_permit_holds (HtState *state, const HtPerson *person, HtRole role, int64_t unit_id, int64_t day)
{
    for (unsigned i = 0; i < N_ITEMS (person->grants); i++) {
        const HtGrant *grant = &g_array_index (person->grants, HtGrant, i);

        if (grant->role >= (int) role && ht_state_is_below (state, unit_id, grant->unit_id, day))
            return TRUE;
    }
    return FALSE;
}

/* Whose it is, and over which unit one must hold a role. */
typedef struct {
    int64_t unit_id;
    int64_t organiser_id;
    int64_t person_id;
    gboolean found;
} Subject;

static Subject
find_session_subject (HtState *state, int64_t id)
{
    const HtSession *session = ht_state_peek (state, HT_RECORD_SESSION, id);
    const HtSeries *series =
        session == NULL ? NULL : ht_state_peek (state, HT_RECORD_SERIES, session->series_id);

    return series == NULL ? (Subject){ 0 }
                          : (Subject){ series->unit_id, series->organiser_id, 0, TRUE };
}

static Subject
find_subject (HtState *state, Names names, gconstpointer arguments, const HtPerson *actor)
{
    int64_t id = names == NAMES_UNIT ? ((const HtBooking *) arguments)->unit_id
                                     : *(const int64_t *) arguments;
    const HtPerson *person;
    const HtSubscription *subscription;

    switch (names) {
    case NAMES_SESSION:
        return find_session_subject (state, id);
    case NAMES_PERSON:
        person = ht_state_peek (state, HT_RECORD_PERSON, id);
        return (Subject){ person == NULL ? HT_ID_NONE : person->unit_id, 0, id, TRUE };
    case NAMES_SUBSCRIPTION:
        subscription = ht_state_peek (state, HT_RECORD_SUBSCRIPTION, id);
        return (Subject){ 0, 0, subscription == NULL ? 0 : subscription->person_id,
                          subscription != NULL };
    case NAMES_UNIT:
        return (Subject){ id == HT_ID_NONE && actor != NULL ? actor->unit_id : id, 0, 0, TRUE };
    case NAMES_NOTHING:
        break;
    }
    return (Subject){ .found = TRUE };
}

static gboolean
is_open_to (HtState *state, const HtPerson *person, int open_to, const Subject *subject,
            int64_t day)
{
    if ((open_to & FOR_ANYONE) != 0)
        return TRUE;
    if ((open_to & FOR_SELF) != 0 && subject->person_id == person->id)
        return TRUE;
    if ((open_to & FOR_ORGANISER) != 0 && subject->organiser_id == person->id)
        return TRUE;
    if ((open_to & FOR_TRAINER) != 0)
        return ht_permit_holds (state, person, HT_ROLE_TRAINER, subject->unit_id, day);
    if ((open_to & FOR_OPERATOR) != 0)
        return ht_permit_holds (state, person, HT_ROLE_OPERATOR, subject->unit_id, day);
    return (open_to & FOR_ADMIN) != 0 &&
           ht_permit_holds (state, person, HT_ROLE_ADMIN, subject->unit_id, day);
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
        names != NAMES_SESSION
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
    int open_to = rules[command].open_to;
    const HtPerson *actor = decider->actor;
    Subject subject;

    if (decider->actor_id == HT_ID_NONE)
        return (open_to & FOR_CLOCK) != 0 ||
               refuse (HT_ERROR_DENIED, "denied", "the service does not do that by itself", error);
    if (actor == NULL || actor->closed)
        return refuse (HT_ERROR_UNAUTHENTICATED, "unauthenticated", "sign in first", error);
    subject = find_subject (decider->state, rules[command].names, arguments, actor);
    if (!subject.found || is_hidden (decider, rules[command].names, arguments))
        return refuse (HT_ERROR_NOT_FOUND, "not-found", "there is no such thing", error);
    if (!is_open_to (decider->state, actor, open_to, &subject, ht_decider_get_day (decider)))
        return refuse (HT_ERROR_DENIED, "denied", "you may not do that here", error);
    return TRUE;
}

static gboolean
holds_anywhere (const HtPerson *person, int open_to)
{
    int least = (open_to & (FOR_ORGANISER | FOR_TRAINER)) != 0 ? HT_ROLE_TRAINER
                : (open_to & FOR_OPERATOR) != 0                ? HT_ROLE_OPERATOR
                                                               : HT_ROLE_ADMIN;

    if ((open_to & FOR_ANYONE) != 0)
        return TRUE;
    for (unsigned i = 0; i < N_ITEMS (person->grants); i++)
        if (g_array_index (person->grants, HtGrant, i).role >= least)
            return (open_to & ~FOR_CLOCK) != 0;
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
        { HT_COMMAND_START, HT_SESSION_START_NOW }, { HT_COMMAND_MOVE, HT_SESSION_MOVE },
        { HT_COMMAND_CANCEL, HT_SESSION_CANCEL },   { HT_COMMAND_EXTEND, HT_SESSION_EXTEND },
        { HT_COMMAND_STOP, HT_SESSION_STOP_NOW },
    };
    HtSessionStep step;

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
        return holds_anywhere (person, rules[command].open_to);
    subject = find_session_subject (state, session->id);
    return subject.found && takes_step (command, session) &&
           is_open_to (state, person, rules[command].open_to, &subject, day);
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

static gboolean
is_in_audience (HtState *state, const HtPerson *person, const HtSeries *series, int64_t day)
{
    if (series->audience == HT_AUDIENCE_EVERYBODY)
        return TRUE;
    for (unsigned i = 0; i < N_ITEMS (series->audience_ids); i++) {
        int64_t id = g_array_index (series->audience_ids, int64_t, i);

        if (series->audience == HT_AUDIENCE_PERSONS
                ? id == person->id
                : ht_state_is_below (state, person->unit_id, id, day))
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
        ht_permit_holds (state, person, HT_ROLE_OPERATOR, series->unit_id, day))
        return TRUE;
    if (!ht_session_machine_is_published (session->state))
        return FALSE;
    return is_in_audience (state, person, series, day) || takes_part (state, person, session, day);
}
