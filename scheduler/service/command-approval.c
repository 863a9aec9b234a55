/* SPDX-License-Identifier: MIT */

/* Somebody's word on what waits for it. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/span.h"
#include "scheduler/service/allowance.h"
#include "scheduler/service/approval.h"
#include "scheduler/service/clashing.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/precedence.h"
#include "scheduler/service/session-steps.h"

static gboolean
is_empty (const char *text)
{
    return text == NULL || text[0] == '\0';
}

static void
set_text (char **place, const char *text)
{
    g_free (*place);
    *place = g_strdup (text);
}

/* (nullable): the session that is named, which must wait or must not. */
static const HtSession *
find (HtDecider *decider, const HtVerdict *verdict, gboolean waiting, GError **error)
{
    const HtSession *session =
        ht_decider_find (decider, HT_RECORD_SESSION, verdict->id, "id", error);

    if (session == NULL || !ht_decider_check_number (session, verdict->if_number, error))
        return NULL;
    if (ht_approval_is_waiting (session) == waiting)
        return session;
    ht_problem_set (error, HT_ERROR_CONFLICT, waiting ? "not-waiting" : "waits-already", NULL,
                    waiting ? "nothing of it waits for approval" : "it waits for approval already");
    return NULL;
}

/* What all of them ask for: a session each, at the time it has. */
typedef struct {
    GPtrArray *sessions;     /* (element-type HtSession) (owned container) */
    GArray *spans;           /* (element-type HtSpan) (owned) */
    GPtrArray *reservations; /* (element-type GArray of HtReservation) (owned) */
} Asked;

static void
clear_asked (Asked *asked)
{
    g_clear_pointer (&asked->sessions, g_ptr_array_unref);
    g_clear_pointer (&asked->spans, g_array_unref);
    g_clear_pointer (&asked->reservations, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, clear_asked)

static gboolean
check_ahead (HtDecider *decider, const HtSession *session, GError **error)
{
    if (session->start_us > decider->now_us)
        return TRUE;
    ht_problem_set (error, HT_ERROR_CONFLICT, "start-past", NULL, "its start has passed");
    return FALSE;
}

static gboolean
make_asked (HtDecider *decider, const HtSession *session, gboolean only, Asked *asked,
            GError **error)
{
    asked->sessions = ht_approval_list (decider, session, only);
    asked->spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    asked->reservations = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
    for (unsigned i = 0; i < asked->sessions->len; i++) {
        const HtSession *one = g_ptr_array_index (asked->sessions, i);
        HtSpan span = { one->start_us, one->end_us };
        GArray *taken = ht_session_make_reservations (decider, one, one->members, span, error);

        if (taken == NULL)
            return FALSE;
        g_ptr_array_add (asked->reservations, taken);
        g_array_append_val (asked->spans, span);
        if (!check_ahead (decider, one, error))
            return FALSE;
    }
    return TRUE;
}

/* Steps all of them, which have their places. @until_us: of a hold; 0: it is none any more */
static gboolean
step_all (HtDecider *decider, const Asked *asked, HtSessionEvent event, int64_t until_us,
          GError **error)
{
    for (unsigned i = 0; i < asked->sessions->len; i++) {
        int64_t id = ht_record_get_id (g_ptr_array_index (asked->sessions, i));
        HtSession *session;

        ht_session_put (decider, id, g_array_index (asked->spans, HtSpan, i),
                        g_ptr_array_index (asked->reservations, i));
        session = ht_decider_edit (decider, HT_RECORD_SESSION, id);
        session->hold_until_us = until_us == 0 ? 0 : MIN (until_us, session->start_us);
        /* what has its place already keeps it */
        if (!ht_session_step (decider, session,
                              event == HT_SESSION_HOLD && session->state == HT_SESSION_HELD
                                  ? HT_SESSION_MOVE
                                  : event,
                              error))
            return FALSE;
        session->yielded_to_id = HT_ID_NONE;
        g_clear_pointer (&session->reason, g_free);
        ht_approval_tell_losers (decider, session);
    }
    return TRUE;
}

static void
tell_invited (HtDecider *decider, const HtSession *session)
{
    for (unsigned i = 0; session->members != NULL && i < session->members->len; i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);

        if (member->kind == HT_MEMBER_TRAINER && member->ref_id != decider->actor_id)
            ht_decider_tell (decider, HT_NOTICE_BOOKED, session->id, member->ref_id);
    }
}

/* What a closure or a lowered capacity hit since it was held is not approved in passing. */
static gboolean
check_clashing (HtDecider *decider, const Asked *asked, GError **error)
{
    for (unsigned i = 0; i < asked->sessions->len && !decider->ignores_closures; i++) {
        const HtSession *session = g_ptr_array_index (asked->sessions, i);
        g_autoptr (GArray) hit =
            session->clash_us == 0 ? NULL : ht_clashing_list_resources (decider->state, session);

        if (hit == NULL || hit->len == 0)
            continue;
        ht_problem_set (error, HT_ERROR_CONFLICT, "clash", NULL,
                        "a closure or a lowered capacity hits session %" G_GINT64_FORMAT,
                        session->id);
        return FALSE;
    }
    return TRUE;
}

/* Asks for the places of all of them once more, and takes them. */
static gboolean
take_places (HtDecider *decider, const HtVerdict *verdict, const Asked *asked, gboolean publish,
             GError **error)
{
    const HtSession *first = g_ptr_array_index (asked->sessions, 0);
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, first->series_id);
    HtPreview *preview = decider->decision->preview = ht_preview_new ();
    g_autoptr (HtPrecedence) precedence = NULL;

    ht_allowance_use_override (decider, verdict->override, series->unit_id);
    if (!check_clashing (decider, asked, error))
        return FALSE;
    precedence = ht_precedence_new (decider, series->rank, TRUE, verdict->displaces, error);

    preview->zone = g_strdup (series->zone);
    if (precedence == NULL ||
        !ht_precedence_admit (decider, precedence, asked->spans, asked->reservations,
                              asked->sessions, preview, error))
        return FALSE;
    return decider->previewing ||
           (ht_precedence_carry_out (decider, precedence, first->id, error) &&
            step_all (decider, asked, publish ? HT_SESSION_APPROVE : HT_SESSION_HOLD,
                      publish ? 0 : INT64_MAX, error));
}

/* An approval without the number that it waits for holds the place until the session would begin;
 * the number then publishes it. */
static gboolean
approve (HtDecider *decider, const HtVerdict *verdict, const HtSession *session, GError **error)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
    gboolean publish = !series->awaits_document || !is_empty (series->document);
    g_auto (Asked) asked = { 0 };
    const HtSession *first;

    decider->decision->result_id = session->id;
    if (!make_asked (decider, session, verdict->only, &asked, error) ||
        !take_places (decider, verdict, &asked, publish, error))
        return FALSE;
    if (decider->previewing)
        return TRUE;
    first = ht_decider_peek (decider, HT_RECORD_SESSION,
                             ht_record_get_id (g_ptr_array_index (asked.sessions, 0)));
    ht_approval_tell_asker (decider, first, HT_NOTICE_APPROVED);
    if (publish)
        tell_invited (decider, first);
    return TRUE;
}

gboolean
ht_decide_approve (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtVerdict *verdict = arguments;
    const HtSession *session = find (decider, verdict, TRUE, error);
    HtSeries *series;

    if (session == NULL)
        return FALSE;
    series = ht_decider_edit (decider, HT_RECORD_SERIES, session->series_id);
    series->approver_id = decider->actor_id;
    if (!is_empty (verdict->document))
        set_text (&series->document, verdict->document);
    return approve (decider, verdict, session, error);
}

gboolean
ht_decide_document (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtVerdict *verdict = arguments;
    const HtSession *session =
        ht_decider_find (decider, HT_RECORD_SESSION, verdict->id, "id", error);
    HtSeries *series;

    if (session == NULL || !ht_decider_check_number (session, verdict->if_number, error))
        return FALSE;
    if (is_empty (verdict->document)) {
        ht_problem_set (error, HT_ERROR_INVALID, "required", "document",
                        "the number of the document must be filled in");
        return FALSE;
    }
    series = ht_decider_edit (decider, HT_RECORD_SERIES, session->series_id);
    set_text (&series->document, verdict->document);
    decider->decision->result_id = session->id;
    if (series->approver_id == HT_ID_NONE || session->state != HT_SESSION_HELD)
        return TRUE; /* it is known, and nothing waited for it alone */
    return approve (decider, verdict, session, error);
}

gboolean
ht_decide_refuse (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtVerdict *verdict = arguments;
    const HtSession *session = find (decider, verdict, TRUE, error);
    g_autoptr (GPtrArray) sessions = NULL;

    if (session == NULL)
        return FALSE;
    if (is_empty (verdict->reason)) {
        ht_problem_set (error, HT_ERROR_INVALID, "required", "reason",
                        "a request is refused with a reason");
        return FALSE;
    }
    sessions = ht_approval_list (decider, session, verdict->only);
    decider->decision->result_id = session->id;
    for (unsigned i = 0; i < sessions->len; i++) {
        HtSession *refused = ht_decider_edit (decider, HT_RECORD_SESSION,
                                              ht_record_get_id (g_ptr_array_index (sessions, i)));

        set_text (&refused->reason, verdict->reason);
        if (!ht_session_step (decider, refused, HT_SESSION_REFUSE, error))
            return FALSE;
        ht_session_release (decider, refused, 0);
        refused->hold_until_us = 0;
        ht_approval_tell_asker (decider, refused, HT_NOTICE_REFUSED);
    }
    return TRUE;
}

/* A draft asks for its place again: it was refused, expired, lost or displaced. */
gboolean
ht_decide_hold (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtVerdict *verdict = arguments;
    const HtSession *session = find (decider, verdict, FALSE, error);
    HtPreview *preview = decider->decision->preview = ht_preview_new ();
    const HtSeries *series;
    g_autoptr (HtPrecedence) precedence = NULL;
    g_auto (Asked) asked = { 0 };

    if (session == NULL || !make_asked (decider, session, verdict->only, &asked, error))
        return FALSE;
    series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
    preview->zone = g_strdup (series->zone);
    decider->decision->result_id = session->id;
    precedence = ht_precedence_new (decider, series->rank, FALSE, NULL, error);
    if (precedence == NULL ||
        !ht_precedence_admit (decider, precedence, asked.spans, asked.reservations, asked.sessions,
                              preview, error))
        return FALSE;
    ((HtSeries *) ht_decider_edit (decider, HT_RECORD_SERIES, series->id))->approver_id =
        HT_ID_NONE;
    return step_all (decider, &asked, HT_SESSION_HOLD,
                     ht_approval_find_end_us (decider, series->zone), error);
}
