/* SPDX-License-Identifier: MIT */

#include "scheduler/service/precedence.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/approval.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/demand.h"
#include "scheduler/service/permit.h"
#include "scheduler/service/rehearsal-follow.h"
#include "scheduler/service/session-steps.h"

#define MINUTE_US      (INT64_C (60) * G_USEC_PER_SEC)
#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

struct _HtPrecedence {
    int rank;
    gboolean approving;
    GPtrArray *sessions; /* (element-type HtSession) (owned container): borrowed, as they were */
    GArray *moved;       /* (element-type HtSpan) (owned): of each; empty: it becomes a draft */
    GPtrArray *taken;    /* (element-type GArray of HtReservation) (owned) (nullable): there */
};

static void
clear_taken (gpointer taken)
{
    if (taken != NULL)
        g_array_unref (taken);
}

void
ht_precedence_free (HtPrecedence *self)
{
    g_ptr_array_unref (self->sessions);
    g_ptr_array_unref (self->taken);
    g_array_unref (self->moved);
    g_free (self);
}

static const HtSeries *
get_series (HtDecider *decider, const HtSession *session)
{
    return ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
}

/* An approval in principle that lacks its document's number is one. */
gboolean
ht_precedence_outranks (HtDecider *decider, int rank, gboolean approving, const HtSession *session)
{
    const HtSeries *series = get_series (decider, session);

    if (series == NULL || session->start_us <= decider->now_us ||
        (session->state != HT_SESSION_HELD && session->state != HT_SESSION_SCHEDULED))
        return FALSE;
    return ht_rank_may_displace (rank, series->rank) ||
           (approving && session->state == HT_SESSION_HELD && series->approver_id == HT_ID_NONE);
}

gboolean
ht_precedence_may (HtDecider *decider, const HtSession *session)
{
    const HtSeries *series = get_series (decider, session);

    return series != NULL && decider->actor != NULL &&
           ht_permit_may (decider->state, decider->actor, HT_ACTION_DISPLACE, series->unit_id,
                          ht_decider_get_day (decider));
}

/* Who is not even to know of a session does not learn of it here. */
static const HtSession *
find_named (HtDecider *decider, const HtPrecedence *self, const HtDisplaced *named, GError **error)
{
    const HtSession *session =
        ht_decider_find (decider, HT_RECORD_SESSION, named->id, "displaces", error);

    if (session == NULL)
        return NULL;
    if (!ht_precedence_may (decider, session)) {
        ht_problem_set (error, HT_ERROR_DENIED, "denied", "displaces",
                        "you may not displace session %" G_GINT64_FORMAT, named->id);
        return NULL;
    }
    if (!ht_decider_check_number (session, named->number, error))
        return NULL;
    if (ht_precedence_outranks (decider, self->rank, self->approving, session))
        return session;
    ht_problem_set (error, HT_ERROR_CONFLICT, "cannot-be-displaced", "displaces",
                    "session %" G_GINT64_FORMAT " is of no lower rank, or has begun", named->id);
    return NULL;
}

static gboolean
add_place (HtDecider *decider, HtPrecedence *self, const HtSession *session,
           const HtDisplaced *named, GError **error)
{
    const HtSeries *series = get_series (decider, session);
    HtSpan span = { 0, 0 };
    GArray *taken = NULL;
    int64_t start_us;

    if (named->start != NULL && named->start[0] != '\0') {
        if (!ht_booking_read_start (decider->state, named->start, series->zone, &start_us, error) ||
            !ht_booking_make_span (decider, start_us,
                                   (session->end_us - session->start_us) / MINUTE_US, &span, error))
            return FALSE;
        taken = ht_session_make_reservations (decider, session, session->members, span, error);
        if (taken == NULL)
            return FALSE;
    }
    g_ptr_array_add (self->sessions, (gpointer) session);
    g_array_append_val (self->moved, span);
    g_ptr_array_add (self->taken, taken);
    return TRUE;
}

static gboolean
is_named_twice (const HtPrecedence *self, const HtDisplaced *named, GError **error)
{
    for (unsigned i = 0; i < self->sessions->len; i++)
        if (ht_record_get_id (g_ptr_array_index (self->sessions, i)) == named->id) {
            ht_problem_set (error, HT_ERROR_INVALID, "named-twice", "displaces",
                            "session %" G_GINT64_FORMAT " is named twice", named->id);
            return TRUE;
        }
    return FALSE;
}

HtPrecedence *
ht_precedence_new (HtDecider *decider, int rank, gboolean approving, const GArray *displaces,
                   GError **error)
{
    g_autoptr (HtPrecedence) self = g_new0 (HtPrecedence, 1);

    self->rank = rank;
    self->approving = approving;
    self->sessions = g_ptr_array_new ();
    self->moved = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    self->taken = g_ptr_array_new_with_free_func (clear_taken);
    for (unsigned i = 0; i < N_ITEMS (displaces); i++) {
        const HtDisplaced *named = &g_array_index (displaces, HtDisplaced, i);
        const HtSession *session =
            is_named_twice (self, named, error) ? NULL : find_named (decider, self, named, error);

        if (session == NULL || !add_place (decider, self, session, named, error))
            return NULL;
    }
    return g_steal_pointer (&self);
}

/* Everything that is asked at once: the taker's occurrences, and those that make room where they
 * go. */
typedef struct {
    GArray *spans;           /* (owned) */
    GPtrArray *reservations; /* (owned container) */
    GPtrArray *returned;     /* (owned container) */
} Question;

static void
clear_question (Question *question)
{
    g_clear_pointer (&question->spans, g_array_unref);
    g_clear_pointer (&question->reservations, g_ptr_array_unref);
    g_clear_pointer (&question->returned, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, clear_question)

/* @without: place of one that stays where it is; -1: none does */
static Question
make_question (const HtPrecedence *self, const GArray *spans, const GPtrArray *reservations,
               const GPtrArray *returned, int without)
{
    Question question = { g_array_copy ((GArray *) spans), g_ptr_array_new (), g_ptr_array_new () };

    for (unsigned i = 0; i < reservations->len; i++)
        g_ptr_array_add (question.reservations, g_ptr_array_index (reservations, i));
    for (unsigned i = 0; i < N_ITEMS (returned); i++)
        g_ptr_array_add (question.returned, g_ptr_array_index (returned, i));
    for (unsigned i = 0; i < self->sessions->len; i++) {
        if ((int) i == without)
            continue;
        g_ptr_array_add (question.returned, g_ptr_array_index (self->sessions, i));
        if (g_ptr_array_index (self->taken, i) == NULL)
            continue;
        g_array_append_val (question.spans, g_array_index (self->moved, HtSpan, i));
        g_ptr_array_add (question.reservations, g_ptr_array_index (self->taken, i));
    }
    return question;
}

/* Nobody is displaced in passing: without each of them it would not fit. */
static gboolean
check_need (HtDecider *decider, const HtPrecedence *self, const GArray *spans,
            const GPtrArray *reservations, const GPtrArray *returned, GError **error)
{
    for (unsigned i = 0; i < self->sessions->len; i++) {
        g_auto (Question) question = make_question (self, spans, reservations, returned, (int) i);
        g_autoptr (HtPreview) unused = ht_preview_new ();

        if (!ht_demand_admit (decider, question.spans, question.reservations, question.returned,
                              unused, NULL))
            continue;
        ht_problem_set (error, HT_ERROR_CONFLICT, "not-in-the-way", "displaces",
                        "session %" G_GINT64_FORMAT " is not in the way",
                        ht_record_get_id (g_ptr_array_index (self->sessions, i)));
        return FALSE;
    }
    return TRUE;
}

/* The occurrences that follow the taker's are those of the sessions that make room. */
static void
name_occurrences (const HtPrecedence *self, unsigned n_takers, HtPreview *preview)
{
    for (unsigned i = 0, place = n_takers; i < self->sessions->len; i++)
        if (g_ptr_array_index (self->taken, i) != NULL && place < preview->occurrences->len)
            g_array_index (preview->occurrences, HtPreviewOccurrence, place++).session_id =
                ht_record_get_id (g_ptr_array_index (self->sessions, i));
}

gboolean
ht_precedence_admit (HtDecider *decider, const HtPrecedence *self, const GArray *spans,
                     const GPtrArray *reservations, const GPtrArray *returned, HtPreview *preview,
                     GError **error)
{
    g_auto (Question) question = make_question (self, spans, reservations, returned, -1);
    gboolean fits = ht_demand_admit (decider, question.spans, question.reservations,
                                     question.returned, preview, error);

    name_occurrences (self, spans->len, preview);
    if (fits)
        return check_need (decider, self, spans, reservations, returned, error);
    if (self->sessions->len == 0)
        ht_precedence_propose (decider, self->rank, self->approving, spans, reservations, returned,
                               preview);
    return FALSE;
}

static gboolean
make_room (HtDecider *decider, const HtPrecedence *self, unsigned i, int64_t taker_id,
           GError **error)
{
    const HtSession *before = g_ptr_array_index (self->sessions, i);
    GArray *taken = g_ptr_array_index (self->taken, i);
    gboolean lost = self->approving && before->state == HT_SESSION_HELD;
    HtSession *session;

    if (taken != NULL)
        ht_session_put (decider, before->id, g_array_index (self->moved, HtSpan, i), taken);
    session = ht_decider_edit (decider, HT_RECORD_SESSION, before->id);
    if (!ht_session_step (decider, session, taken != NULL ? HT_SESSION_MOVE : HT_SESSION_DISPLACE,
                          error) ||
        !ht_rehearsals_call_off (decider, session, error))
        return FALSE;
    session->yielded_to_id = taker_id;
    if (taken == NULL || session->state == HT_SESSION_CANCELLED) {
        ht_session_release (decider, session, 0);
        session->hold_until_us = 0;
    }
    if (lost)
        ht_approval_tell_asker (decider, session, HT_NOTICE_LOST);
    else
        ht_session_tell (decider, session, HT_NOTICE_DISPLACED);
    return TRUE;
}

gboolean
ht_precedence_carry_out (HtDecider *decider, const HtPrecedence *self, int64_t taker_id,
                         GError **error)
{
    for (unsigned i = 0; i < self->sessions->len; i++)
        if (!make_room (decider, self, i, taker_id, error))
            return FALSE;
    return TRUE;
}
