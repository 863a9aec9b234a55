/* SPDX-License-Identifier: MIT */

#include "scheduler/service/rehearsal-follow.h"

#include "scheduler/base/id.h"
#include "scheduler/core/span.h"
#include "scheduler/service/rehearsal.h"
#include "scheduler/service/series-split.h"
#include "scheduler/service/session-steps.h"

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

/* (nullable) (element-type int64_t) */
static const GArray *
list_ids (HtDecider *decider, int64_t session_id)
{
    const HtOperation *operation = ht_decider_peek (decider, HT_RECORD_OPERATION, session_id);

    return operation == NULL ? NULL : operation->rehearsal_ids;
}

static gboolean
contains (const GPtrArray *sessions, int64_t id, unsigned *ret_place)
{
    for (unsigned i = 0; i < sessions->len; i++)
        if (ht_record_get_id (g_ptr_array_index (sessions, i)) == id) {
            if (ret_place != NULL)
                *ret_place = i;
            return TRUE;
        }
    return FALSE;
}

gboolean
ht_rehearsal_is_of (HtDecider *decider, int64_t session_id, const GPtrArray *sessions,
                    unsigned *ret_place)
{
    const HtOperation *operation = ht_decider_peek (decider, HT_RECORD_OPERATION, session_id);

    return operation != NULL && operation->rehearses_id != HT_ID_NONE &&
           contains (sessions, operation->rehearses_id, ret_place);
}

/* (nullable): the rehearsal, where it is still to come. */
static const HtSession *
find_ahead (HtDecider *decider, int64_t id)
{
    const HtSession *session = ht_decider_peek (decider, HT_RECORD_SESSION, id);

    return session == NULL || session->state < HT_SESSION_HELD ||
                   session->state > HT_SESSION_OPEN || session->start_us <= decider->now_us
               ? NULL
               : session;
}

/* To other times. */

static HtShift
find_shift (HtDecider *decider, const HtSession *session, int64_t to_us)
{
    const HtSession *before = ht_state_peek (decider->state, HT_RECORD_SESSION, session->id);
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
    HtShift shift = { ht_state_get_zone (decider->state, series->zone, NULL, NULL), 0 };
    HtCivil from, to;

    if (before == NULL || shift.zone == NULL)
        return shift;
    from = ht_zone_to_civil (shift.zone, before->start_us);
    to = ht_zone_to_civil (shift.zone, to_us);
    shift.seconds = ht_civil_to_local_s (&to) - ht_civil_to_local_s (&from);
    return shift;
}

/* %FALSE where that hour does not exist, or has passed. */
static gboolean
find_span (HtDecider *decider, const HtSession *rehearsal, const HtShift *shift, HtSpan *ret_span)
{
    const HtOperation *operation = ht_decider_peek (decider, HT_RECORD_OPERATION, rehearsal->id);
    int64_t start_us = rehearsal->start_us;

    if (shift->seconds != 0 && !operation->stays &&
        !ht_shift_instant (shift, rehearsal->start_us, &start_us, NULL))
        return FALSE;
    *ret_span = (HtSpan){ start_us, start_us + rehearsal->end_us - rehearsal->start_us };
    return start_us >= decider->now_us;
}

/* With other sites. */

static gboolean
is_site (const HtMember *member)
{
    return member->kind == HT_MEMBER_MAIN_SITE || member->kind == HT_MEMBER_SITE;
}

static gboolean
names (const GArray *members, const HtMember *site)
{
    for (unsigned i = 0; i < N_ITEMS (members); i++) {
        const HtMember *member = &g_array_index (members, HtMember, i);

        if (is_site (member) && member->ref_id == site->ref_id)
            return TRUE;
    }
    return FALSE;
}

static gboolean
names_all (const GArray *members, const GArray *sites)
{
    for (unsigned i = 0; i < N_ITEMS (sites); i++) {
        const HtMember *member = &g_array_index (sites, HtMember, i);

        if (is_site (member) && !names (members, member))
            return FALSE;
    }
    return TRUE;
}

/* (element-type HtMember) (nullable): what is rehearsed had, has, and is rehearsed with. */
typedef struct {
    const GArray *before, *after, *own;
} Sites;

/* A site that came in the place of another is in its place everywhere. */
static gboolean
takes_over (const Sites *sites, unsigned i)
{
    const HtMember *gone;

    if (N_ITEMS (sites->before) != sites->after->len)
        return FALSE;
    gone = &g_array_index (sites->before, HtMember, i);
    return is_site (gone) && names (sites->own, gone) && !names (sites->after, gone);
}

static gboolean
is_rehearsed (const Sites *sites, unsigned i)
{
    const HtMember *member = &g_array_index (sites->after, HtMember, i);

    if (!is_site (member))
        return FALSE;
    if (member->kind == HT_MEMBER_MAIN_SITE || names (sites->own, member))
        return TRUE;
    return !names (sites->before, member) &&
           (names_all (sites->own, sites->before) || takes_over (sites, i));
}

/* What the rehearsal has of its own stays; who was rehearsed and still takes part is. */
static GArray *
choose_members (const Sites *sites)
{
    GArray *members = g_array_new (FALSE, FALSE, sizeof (HtMember));

    for (unsigned i = 0; i < N_ITEMS (sites->after); i++)
        if (is_rehearsed (sites, i))
            g_array_append_val (members, g_array_index (sites->after, HtMember, i));
    for (unsigned i = 0; i < N_ITEMS (sites->own); i++) {
        const HtMember *own = &g_array_index (sites->own, HtMember, i);

        if (own->kind != HT_MEMBER_MAIN_SITE &&
            (!is_site (own) || (!names (sites->before, own) && !names (sites->after, own))))
            g_array_append_vals (members, own, 1);
    }
    return members;
}

static gboolean
are_same (const GArray *a, const GArray *b)
{
    for (unsigned i = 0; N_ITEMS (a) == N_ITEMS (b) && i < N_ITEMS (a); i++) {
        const HtMember *one = &g_array_index (a, HtMember, i);
        const HtMember *other = &g_array_index (b, HtMember, i);

        if (one->kind != other->kind || one->ref_id != other->ref_id ||
            one->amount != other->amount || one->profile != other->profile)
            return FALSE;
    }
    return N_ITEMS (a) == N_ITEMS (b);
}

/* (transfer full) (nullable): whom it is rehearsed with now; %NULL where that stays. */
static GArray *
find_members (HtDecider *decider, const HtSession *session, const HtSession *rehearsal)
{
    const HtSession *before = ht_state_peek (decider->state, HT_RECORD_SESSION, session->id);
    const HtSession *after = ht_decider_peek (decider, HT_RECORD_SESSION, session->id);
    Sites sites = { before == NULL ? NULL : before->members, after->members, rehearsal->members };
    g_autoptr (GArray) members = NULL;

    if (before == NULL || are_same (sites.before, sites.after))
        return NULL;
    members = choose_members (&sites);
    return are_same (members, rehearsal->members) ? NULL : g_steal_pointer (&members);
}

static void
put_members (HtDecider *decider, const HtSession *rehearsal, const GArray *members)
{
    HtSession *changed = ht_decider_edit (decider, HT_RECORD_SESSION, rehearsal->id);
    HtSeries *series = ht_decider_edit (decider, HT_RECORD_SERIES, rehearsal->series_id);

    g_clear_pointer (&changed->members, g_array_unref);
    changed->members = g_array_copy ((GArray *) members);
    g_clear_pointer (&series->audience_ids, g_array_unref);
    series->audience_ids = ht_rehearsal_list_contacts (decider, members);
}

/* Going along. */

typedef struct {
    HtDecider *decider;
    GPtrArray *sessions; /* (element-type HtSession) */
    GArray *spans;       /* (element-type HtSpan) */
} Party;

static void
join_one (Party *party, const HtSession *session, const HtSession *rehearsal, const HtShift *shift)
{
    g_autoptr (GArray) members = find_members (party->decider, session, rehearsal);
    HtSpan span;

    if (!find_span (party->decider, rehearsal, shift, &span) ||
        (members != NULL && members->len == 0) || (members == NULL && shift->seconds == 0))
        return;
    if (members != NULL)
        put_members (party->decider, rehearsal, members);
    g_ptr_array_add (party->sessions,
                     (gpointer) ht_decider_peek (party->decider, HT_RECORD_SESSION, rehearsal->id));
    g_array_append_val (party->spans, span);
}

void
ht_rehearsals_join (HtDecider *decider, GPtrArray *sessions, GArray *spans)
{
    Party party = { decider, sessions, spans };
    unsigned n_sessions = sessions->len;

    for (unsigned i = 0; i < n_sessions; i++) {
        const HtSession *session = g_ptr_array_index (sessions, i);
        const GArray *ids = list_ids (decider, session->id);
        HtShift shift;

        if (N_ITEMS (ids) == 0)
            continue;
        shift = find_shift (decider, session, g_array_index (spans, HtSpan, i).start_us);
        for (unsigned j = 0; j < ids->len; j++) {
            int64_t id = g_array_index (ids, int64_t, j);
            const HtSession *rehearsal = find_ahead (decider, id);

            if (rehearsal != NULL && !contains (sessions, id, NULL))
                join_one (&party, session, rehearsal, &shift);
        }
    }
}

static gboolean
step_moved (HtDecider *decider, int64_t id, GError **error)
{
    const HtSession *before = ht_state_peek (decider->state, HT_RECORD_SESSION, id);
    HtSession *session = ht_decider_edit (decider, HT_RECORD_SESSION, id);

    if (session->start_us == before->start_us && are_same (session->members, before->members))
        return TRUE; /* it stays, but holds other things by itself */
    if (!ht_session_step (decider, session, HT_SESSION_MOVE, error))
        return FALSE;
    session->slot_us = session->start_us;
    ht_session_tell (decider, session, HT_NOTICE_MOVED);
    return TRUE;
}

/* It was to go along, and did not. */
static gboolean
is_left (HtDecider *decider, const HtSession *session, const HtSession *rehearsal)
{
    g_autoptr (GArray) members = find_members (decider, session, rehearsal);
    HtShift shift = find_shift (decider, session, session->start_us);
    HtSpan span;

    return !find_span (decider, rehearsal, &shift, &span) || (members != NULL && members->len == 0);
}

static gboolean
call_off_left (HtDecider *decider, int64_t session_id, const GPtrArray *moved, GError **error)
{
    const HtSession *session = ht_decider_peek (decider, HT_RECORD_SESSION, session_id);
    const GArray *ids = list_ids (decider, session_id);

    for (unsigned i = 0; i < N_ITEMS (ids); i++) {
        int64_t id = g_array_index (ids, int64_t, i);
        const HtSession *rehearsal = find_ahead (decider, id);

        if (rehearsal != NULL && !contains (moved, id, NULL) &&
            is_left (decider, session, rehearsal) &&
            !ht_session_cancel (decider, id, session->reason, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
ht_rehearsals_go_along (HtDecider *decider, const GPtrArray *sessions, unsigned first,
                        GError **error)
{
    for (unsigned i = 0; i < sessions->len; i++) {
        int64_t id = ht_record_get_id (g_ptr_array_index (sessions, i));

        if (!(i < first ? call_off_left (decider, id, sessions, error)
                        : step_moved (decider, id, error)))
            return FALSE;
    }
    return TRUE;
}

gboolean
ht_rehearsals_call_off (HtDecider *decider, const HtSession *session, GError **error)
{
    const GArray *ids = list_ids (decider, session->id);

    for (unsigned i = 0; i < N_ITEMS (ids); i++) {
        int64_t id = g_array_index (ids, int64_t, i);

        if (find_ahead (decider, id) != NULL &&
            !ht_session_cancel (decider, id, session->reason, error))
            return FALSE;
    }
    return TRUE;
}

/* Following a step. */

/* A rehearsal that nobody gave words of its own is called as what it rehearses, and belongs to the
 * same unit. */
static gboolean
follow_series (HtDecider *decider, const HtSession *session, const HtSession *rehearsal,
               GError **error)
{
    const HtSession *before = ht_state_peek (decider->state, HT_RECORD_SESSION, session->id);
    const HtSeries *was =
        before == NULL ? NULL : ht_state_peek (decider->state, HT_RECORD_SERIES, before->series_id);
    const HtSeries *is = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
    const HtSeries *own = ht_decider_peek (decider, HT_RECORD_SERIES, rehearsal->series_id);
    g_autofree char *old_title = was == NULL ? NULL : ht_rehearsal_make_title (before, was);
    g_autofree char *title = ht_rehearsal_make_title (session, is);
    HtSeries *changed;

    if (was == NULL || (g_strcmp0 (old_title, title) == 0 && was->unit_id == is->unit_id))
        return TRUE;
    changed = ht_decider_edit (decider, HT_RECORD_SERIES, own->id);
    if (own->unit_id == was->unit_id)
        changed->unit_id = is->unit_id;
    if (g_strcmp0 (changed->title, old_title) == 0) {
        g_free (changed->title);
        changed->title = g_steal_pointer (&title);
    }
    return ht_session_step (decider, ht_decider_edit (decider, HT_RECORD_SESSION, rehearsal->id),
                            HT_SESSION_MOVE, error);
}

static gboolean
approve (HtDecider *decider, int64_t id, GError **error)
{
    HtSession *rehearsal = ht_decider_edit (decider, HT_RECORD_SESSION, id);

    rehearsal->hold_until_us = 0;
    return ht_session_step (decider, rehearsal, HT_SESSION_APPROVE, error);
}

static gboolean
follow (HtDecider *decider, const HtSession *session, const HtSession *rehearsal, GError **error)
{
    gboolean is_off = session->state == HT_SESSION_CANCELLED || session->state == HT_SESSION_DRAFT;

    if (rehearsal->state > HT_SESSION_OPEN)
        return TRUE;
    if (is_off || rehearsal->end_us > session->start_us)
        return ht_session_cancel (decider, rehearsal->id, session->reason, error);
    if (rehearsal->state < HT_SESSION_HELD || session->state > HT_SESSION_SCHEDULED)
        return TRUE;
    if (session->state == HT_SESSION_HELD)
        ((HtSession *) ht_decider_edit (decider, HT_RECORD_SESSION, rehearsal->id))->hold_until_us =
            MIN (session->hold_until_us, rehearsal->start_us);
    else if (rehearsal->state == HT_SESSION_HELD && !approve (decider, rehearsal->id, error))
        return FALSE;
    return follow_series (decider, session, rehearsal, error);
}

gboolean
ht_rehearsals_follow (HtDecider *decider, const HtSession *session, GError **error)
{
    const GArray *ids = list_ids (decider, session->id);

    for (unsigned i = 0; i < N_ITEMS (ids); i++)
        if (!follow (decider, session,
                     ht_decider_peek (decider, HT_RECORD_SESSION, g_array_index (ids, int64_t, i)),
                     error))
            return FALSE;
    return TRUE;
}
