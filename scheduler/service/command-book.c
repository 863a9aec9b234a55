/* SPDX-License-Identifier: MIT */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/allowance.h"
#include "scheduler/service/alternatives.h"
#include "scheduler/service/approval.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/choices.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/demand.h"
#include "scheduler/service/late.h"
#include "scheduler/service/precedence.h"
#include "scheduler/service/rehearsal.h"
#include "scheduler/service/tracks.h"

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

static gboolean
check_booking (HtDecider *decider, const HtBooking *booking, GError **error)
{
    HtRecordKind of = booking->audience == HT_AUDIENCE_UNITS ? HT_RECORD_UNIT : HT_RECORD_PERSON;

    if (booking->title == NULL || booking->title[0] == '\0') {
        ht_problem_set (error, HT_ERROR_INVALID, "required", "title", "title must be filled in");
        return FALSE;
    }
    if (booking->unit_id != HT_ID_NONE &&
        ht_decider_find (decider, HT_RECORD_UNIT, booking->unit_id, "unitId", error) == NULL)
        return FALSE;
    for (unsigned i = 0; i < N_ITEMS (booking->audience_ids); i++)
        if (ht_decider_find (decider, of, g_array_index (booking->audience_ids, int64_t, i),
                             "audienceIds", error) == NULL)
            return FALSE;
    for (unsigned i = 0; i < N_ITEMS (booking->sources); i++)
        if (ht_decider_find (decider, HT_RECORD_SOURCE,
                             g_array_index (booking->sources, int64_t, i), "sources",
                             error) == NULL)
            return FALSE;
    return TRUE;
}

/* How it enters the calendar. */
typedef enum { OUTRIGHT, HELD, WAITING } Entrance;

static gboolean
check_entrance (const HtBooking *booking, Entrance entrance, GError **error)
{
    if (entrance == OUTRIGHT || !booking->now)
        return TRUE;
    ht_problem_set (error, HT_ERROR_DENIED, "needs-approval", "now",
                    "what somebody must approve first cannot start now");
    return FALSE;
}

static HtSeries *
make_series (HtDecider *decider, const HtBooking *booking, const HtDemandWhat *what,
             Entrance entrance)
{
    HtSeries *series = ht_decider_make (decider, HT_RECORD_SERIES);

    series->kind = booking->kind;
    series->title = g_strdup (booking->title);
    series->description = g_strdup (booking->description);
    series->unit_id = what->unit_id;
    series->organiser_id = decider->actor_id;
    series->zone = g_strdup (booking->zone == NULL ? HT_BOOKING_ZONE : booking->zone);
    if (booking->rule != NULL && booking->rule[0] != '\0' && !booking->now)
        series->rule = g_strdup (booking->rule);
    series->audience = booking->audience;
    if (N_ITEMS (booking->audience_ids) > 0)
        series->audience_ids = g_array_copy (booking->audience_ids);
    series->choices = ht_choices_keep (booking->any_of, what->members);
    series->created_us = decider->now_us;
    series->rank = booking->rank;
    series->document = g_strdup (booking->document);
    series->awaits_document = booking->awaits_document;
    series->approver_id = entrance == OUTRIGHT ? decider->actor_id : HT_ID_NONE;
    return series;
}

static gboolean
add_reservations (HtDecider *decider, const HtDemandWhat *what, const GArray *spans,
                  GPtrArray *reservations, GError **error)
{
    for (unsigned i = 0; i < spans->len; i++) {
        GArray *taken =
            ht_demand_make_reservations (decider, what, g_array_index (spans, HtSpan, i), error);

        if (taken == NULL)
            return FALSE;
        g_ptr_array_add (reservations, taken);
    }
    return TRUE;
}

static void
make_job (HtDecider *decider, const HtBooking *booking, const HtDemandWhat *what,
          const HtSession *session)
{
    HtJob *job;

    if (N_ITEMS (booking->sources) == 0)
        return;
    job = ht_decider_make_with_id (decider, HT_RECORD_JOB, session->id);
    job->keep_until_us = session->end_us + what->keep_us;
    job->tracks = ht_tracks_make (booking->sources);
}

static HtSession *
make_session (HtDecider *decider, const HtBooking *booking, const HtDemandWhat *what,
              int64_t series_id, HtSpan span, const GArray *reservations)
{
    HtSession *session = ht_decider_make (decider, HT_RECORD_SESSION);

    session->series_id = series_id;
    session->slot_us = span.start_us;
    session->start_us = span.start_us;
    session->end_us = span.end_us;
    session->created_us = decider->now_us;
    session->members = g_array_copy ((GArray *) what->members);
    session->reservations = g_array_copy ((GArray *) reservations);
    make_job (decider, booking, what, session);
    return session;
}

static gboolean
enter (HtDecider *decider, const HtBooking *booking, const HtSeries *series, HtSession *session,
       Entrance entrance, GError **error)
{
    static const HtSessionEvent events[] = {
        [OUTRIGHT] = HT_SESSION_APPROVE,
        [HELD] = HT_SESSION_HOLD,
        [WAITING] = HT_SESSION_MOVE, /* stays a draft */
    };

    if (entrance != OUTRIGHT)
        session->hold_until_us =
            MIN (ht_approval_find_end_us (decider, series->zone), session->start_us);
    return ht_decider_step_session (decider, session, events[entrance], NULL, error) &&
           (!booking->now ||
            ht_decider_step_session (decider, session, HT_SESSION_START_NOW, NULL, error));
}

static void
tell_people (HtDecider *decider, const GArray *members, int64_t session_id, Entrance entrance)
{
    if (entrance != OUTRIGHT) { /* nobody is invited before it is approved */
        ht_decider_tell (decider, HT_NOTICE_HELD, session_id, decider->actor_id);
        return;
    }
    ht_decider_tell (decider, HT_NOTICE_BOOKED, session_id, decider->actor_id);
    for (unsigned i = 0; i < members->len; i++) {
        const HtMember *member = &g_array_index (members, HtMember, i);

        if (member->kind == HT_MEMBER_TRAINER)
            ht_decider_tell (decider, HT_NOTICE_BOOKED, session_id, member->ref_id);
    }
}

static gboolean
make_records (HtDecider *decider, const HtBooking *booking, const HtDemandWhat *what,
              const GArray *spans, const GPtrArray *reservations, Entrance entrance, GError **error)
{
    const HtSeries *series = make_series (decider, booking, what, entrance);
    int64_t series_id = series->id;
    int64_t first = decider->next_ids[HT_RECORD_SESSION];

    for (unsigned i = 0; i < spans->len; i++) {
        HtSession *session =
            make_session (decider, booking, what, series_id, g_array_index (spans, HtSpan, i),
                          g_ptr_array_index (reservations, i));

        if (!enter (decider, booking, series, session, entrance, error))
            return FALSE;
    }
    tell_people (decider, what->members, first, entrance);
    decider->decision->result_id = series_id;
    return TRUE;
}

/* What is booked with the @n_sessions sessions from @first on: their rehearsals, and whether they
 * run on. */
static gboolean
add_operation (HtDecider *decider, const HtBooking *booking, int64_t first, unsigned n_sessions,
               GError **error)
{
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));

    for (int64_t id = first; id < first + n_sessions; id++) {
        ht_late_book (decider, booking, id);
        g_array_append_val (ids, id);
    }
    return ht_rehearsals_add (decider, ids, booking->rehearsals, error);
}

/* Whether it has its place. Where it has not, a request that competes waits for it as a draft. */
static gboolean
admit (HtDecider *decider, const HtBooking *booking, const HtPrecedence *precedence,
       const GArray *spans, const GPtrArray *reservations, Entrance *entrance, GError **error)
{
    HtPreview *preview = decider->decision->preview;
    g_autoptr (GError) refusal = NULL;

    if (ht_precedence_admit (decider, precedence, spans, reservations, NULL, preview, &refusal))
        return TRUE;
    if (booking->compete && !decider->previewing &&
        g_strcmp0 (ht_problem_get_id (refusal), "clash") == 0) {
        *entrance = WAITING;
        return TRUE;
    }
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
}

/* What is booked takes its place, and the places of those named. */
static gboolean
take_place (HtDecider *decider, const HtBooking *booking, const HtDemandWhat *what,
            const GArray *spans, const GPtrArray *reservations, GError **error)
{
    Entrance entrance = ht_approval_is_needed (decider, booking, what->unit_id) ? HELD : OUTRIGHT;
    g_autoptr (HtPrecedence) precedence = NULL;
    int64_t first = decider->next_ids[HT_RECORD_SESSION];

    if (!check_entrance (booking, entrance, error))
        return FALSE;
    if (entrance == HELD && N_ITEMS (booking->displaces) > 0) {
        ht_problem_set (error, HT_ERROR_DENIED, "needs-approval", "displaces",
                        "a hold displaces nothing: who approves it says what makes room");
        return FALSE;
    }
    precedence = ht_precedence_new (decider, booking->rank, FALSE, booking->displaces, error);
    if (precedence == NULL)
        return FALSE;
    if (!admit (decider, booking, precedence, spans, reservations, &entrance, error)) {
        ht_alternatives_find (decider, what, spans, reservations, decider->decision->preview);
        return FALSE;
    }
    return make_records (decider, booking, what, spans, reservations, entrance, error) &&
           ht_precedence_carry_out (decider, precedence, first, error) &&
           add_operation (decider, booking, first, spans->len, error);
}

gboolean
ht_decide_book (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtBooking *booking = arguments;
    g_autoptr (GPtrArray) reservations =
        g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
    g_autoptr (GArray) members = NULL;
    g_autoptr (GArray) spans = NULL;
    HtPreview *preview = decider->decision->preview = ht_preview_new ();
    HtDemandWhat what;

    preview->zone = g_strdup (booking->zone == NULL ? HT_BOOKING_ZONE : booking->zone);
    if (!check_booking (decider, booking, error))
        return FALSE;
    members = ht_demand_make_members (decider, booking, error);
    if (members == NULL)
        return FALSE;
    what = ht_demand_describe (decider, booking, members);
    ht_allowance_use_override (decider, booking->override, what.unit_id);
    spans = ht_booking_make_spans (decider, booking, error);
    if (spans == NULL || !ht_choices_resolve (decider, booking->any_of, spans, members, error))
        return FALSE;
    return add_reservations (decider, &what, spans, reservations, error) &&
           take_place (decider, booking, &what, spans, reservations, error);
}
