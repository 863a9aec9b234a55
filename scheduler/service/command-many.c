/* SPDX-License-Identifier: MIT */

/* Many sessions at once: a storm, a power cut, a working day that is swapped. One change of the
 * log, one notice a person, undone as one. */

#include "scheduler/base/error.h"
#include "scheduler/service/allowance.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/rehearsal-follow.h"
#include "scheduler/service/rehearsal.h"
#include "scheduler/service/selection.h"
#include "scheduler/service/series-split.h"
#include "scheduler/service/session-steps.h"

#define DAY_S     INT64_C (86400)
#define MINUTE_S  INT64_C (60)
#define MINUTE_US (MINUTE_S * G_USEC_PER_SEC)

typedef struct {
    HtDecider *decider;
    const HtChangeMany *asked;
    HtSelection selection;
    int64_t days;      /* of the shift */
    GPtrArray *moving; /* (element-type HtSession) (owned) */
    GArray *spans;     /* (element-type HtSpan) (owned): of each */
    HtPreview *said;   /* (owned): what has been found out so far */
} Work;

static void
clear_work (Work *work)
{
    ht_selection_clear (&work->selection);
    g_clear_pointer (&work->moving, g_ptr_array_unref);
    g_clear_pointer (&work->spans, g_array_unref);
    g_clear_pointer (&work->said, ht_preview_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

static void
leave_out (Work *work, const HtSession *session, HtSpan span, const char *why)
{
    HtPreviewOccurrence *left = ht_preview_add_left (work->said);

    left->session_id = session->id;
    left->start_us = span.start_us;
    left->end_us = span.end_us;
    left->why = why;
}

static gboolean
check_unchanged (const Work *work, GError **error)
{
    for (unsigned i = 0; work->asked->if_number != 0 && i < work->selection.chosen->len; i++) {
        const HtSession *session = g_ptr_array_index (work->selection.chosen, i);

        if (session->changed_number <= work->asked->if_number)
            continue;
        ht_problem_set (error, HT_ERROR_STALE, "changed-meanwhile", NULL,
                        "one of the sessions was changed meanwhile: look at them again");
        return FALSE;
    }
    return TRUE;
}

/* Moving. */

static gboolean
read_shift (Work *work, GError **error)
{
    const HtChangeMany *asked = work->asked;
    int64_t to_day;

    work->days = asked->days;
    if (asked->to_day != NULL) {
        if (!ht_selection_read_day (asked->to_day, "toDay", &to_day, error))
            return FALSE;
        work->days = to_day - work->selection.from;
    }
    if (work->days != 0 || asked->minutes != 0)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "required", "days",
                    "days, minutes or toDay must say where to");
    return FALSE;
}

/* A time that does not exist there, has passed or lies too far ahead does not fit. */
static gboolean
make_span (Work *work, const HtSession *session, HtSpan *ret_span, GError **error)
{
    const HtSeries *series = ht_decider_peek (work->decider, HT_RECORD_SERIES, session->series_id);
    HtShift shift = { ht_state_get_zone (work->decider->state, series->zone, "zone", error),
                      work->days * DAY_S + work->asked->minutes * MINUTE_S };
    int64_t start_us;

    return shift.zone != NULL && ht_shift_instant (&shift, session->start_us, &start_us, error) &&
           ht_booking_make_span (work->decider, start_us,
                                 (session->end_us - session->start_us) / MINUTE_US, ret_span,
                                 error) &&
           (ht_rehearsal_is_of (work->decider, session->id, work->selection.chosen, NULL) ||
            ht_rehearsal_check (work->decider, session->id, ret_span->end_us, error));
}

/* Whether it moves as a rehearsal of another that is chosen, or stays with that. */
static gboolean
goes_along (const Work *work, const HtSession *session)
{
    const HtOperation *operation =
        ht_decider_peek (work->decider, HT_RECORD_OPERATION, session->id);

    return operation != NULL && !operation->stays &&
           ht_rehearsal_is_of (work->decider, session->id, work->selection.chosen, NULL);
}

static gboolean
make_spans (Work *work, GError **error)
{
    for (unsigned i = 0; i < work->selection.chosen->len; i++) {
        const HtSession *session = g_ptr_array_index (work->selection.chosen, i);
        g_autoptr (GError) refusal = NULL;
        HtSpan span;

        if (goes_along (work, session))
            continue;
        if (make_span (work, session, &span, &refusal)) {
            g_ptr_array_add (work->moving, (gpointer) session);
            g_array_append_val (work->spans, span);
        } else if (work->asked->those == HT_THOSE_FITTING)
            leave_out (work, session, (HtSpan){ session->start_us, session->end_us },
                       g_intern_string (ht_problem_get_id (refusal)));
        else {
            g_propagate_error (error, g_steal_pointer (&refusal));
            return FALSE;
        }
    }
    return TRUE;
}

/* Whether what is in its way stays there whoever else moves: then it cannot fit. */
static gboolean
clashes_for_good (const HtPreviewOccurrence *occurrence)
{
    for (unsigned i = 0; i < occurrence->clashes->len; i++) {
        const HtClash *clash = &g_array_index (occurrence->clashes, HtClash, i);
        gboolean with_each_other = FALSE;

        for (unsigned j = 0; j < clash->with->len; j++)
            with_each_other |= g_array_index (clash->with, HtClashWith, j).session_id == 0;
        if (!with_each_other)
            return TRUE;
    }
    return FALSE;
}

static void
drop (Work *work, const HtPreviewOccurrence *occurrence, unsigned i)
{
    HtPreviewOccurrence *left;

    leave_out (work, g_ptr_array_index (work->moving, i), g_array_index (work->spans, HtSpan, i),
               "clash");
    left = &g_array_index (work->said->left, HtPreviewOccurrence, work->said->left->len - 1);
    g_array_unref (left->clashes);
    left->clashes = g_array_ref (occurrence->clashes);
    g_ptr_array_remove_index (work->moving, i);
    g_array_remove_index (work->spans, i);
}

/* (transfer full): for each that is to move, what is in the way of it, or of a rehearsal that goes
 * along with it; %NULL where nothing is. */
static GPtrArray *
list_clashing (Work *work, const HtPreview *seen)
{
    GPtrArray *clashing = g_ptr_array_new ();

    g_ptr_array_set_size (clashing, (int) work->moving->len);
    for (unsigned i = 0; i < seen->occurrences->len; i++) {
        HtPreviewOccurrence *occurrence =
            &g_array_index (seen->occurrences, HtPreviewOccurrence, i);
        unsigned place = i;

        if (occurrence->clashes->len == 0 ||
            (i >= work->moving->len &&
             !ht_rehearsal_is_of (work->decider, occurrence->session_id, work->moving, &place)))
            continue;
        if (g_ptr_array_index (clashing, place) == NULL || clashes_for_good (occurrence))
            g_ptr_array_index (clashing, place) = occurrence;
    }
    return clashing;
}

/* Leaves out what cannot fit; where they are in the way of each other, the last. */
static void
drop_clashing (Work *work, const HtPreview *seen)
{
    g_autoptr (GPtrArray) clashing = list_clashing (work, seen);
    unsigned n_before = work->moving->len, last = 0;

    for (unsigned i = clashing->len; i > 0; i--) {
        const HtPreviewOccurrence *occurrence = g_ptr_array_index (clashing, i - 1);

        if (occurrence == NULL)
            continue;
        last = MAX (last, i);
        if (clashes_for_good (occurrence))
            drop (work, occurrence, i - 1);
    }
    if (work->moving->len == n_before && last > 0)
        drop (work, g_ptr_array_index (clashing, last - 1), last - 1);
}

/* What stays is in the way of others again: asked until all that are left fit together. */
static gboolean
move_fitting (Work *work, GError **error)
{
    gboolean fits = FALSE;

    while (!fits && work->moving->len > 0) {
        g_autoptr (GError) refusal = NULL;

        fits = ht_session_move (work->decider, work->moving, work->spans, &refusal);
        if (!fits && g_strcmp0 (ht_problem_get_id (refusal), "clash") != 0) {
            g_propagate_error (error, g_steal_pointer (&refusal));
            return FALSE;
        }
        if (!fits)
            drop_clashing (work, work->decider->decision->preview);
    }
    if (!fits)
        g_clear_pointer (&work->decider->decision->preview, ht_preview_free);
    return TRUE;
}

static gboolean
move_all (Work *work, GError **error)
{
    return work->moving->len == 0 ||
           ht_session_move (work->decider, work->moving, work->spans, error);
}

static gboolean
step_moved (Work *work, GError **error)
{
    for (unsigned i = 0; i < work->moving->len; i++) {
        HtSession *session =
            ht_decider_edit (work->decider, HT_RECORD_SESSION,
                             ht_record_get_id (g_ptr_array_index (work->moving, i)));

        if (!ht_session_step (work->decider, session, HT_SESSION_MOVE, error))
            return FALSE;
        if (work->asked->reason != NULL) {
            g_free (session->reason);
            session->reason = g_strdup (work->asked->reason);
        }
        ht_session_tell (work->decider, session, HT_NOTICE_MOVED);
    }
    return TRUE;
}

static gboolean
move_them (Work *work, GError **error)
{
    gboolean only_fitting = work->asked->those == HT_THOSE_FITTING;
    gboolean previewing = work->decider->previewing, done;

    if (!read_shift (work, error) || !make_spans (work, error))
        return FALSE;
    work->decider->previewing = previewing && !only_fitting; /* what clashes is left out */
    done = only_fitting ? move_fitting (work, error) : move_all (work, error);
    work->decider->previewing = previewing;
    return done && step_moved (work, error);
}

static gboolean
cancel_them (Work *work, GError **error)
{
    HtPreview *preview = work->decider->decision->preview = ht_preview_new ();

    if (!ht_session_check_reason (work->asked->reason, error))
        return FALSE;
    for (unsigned i = 0; i < work->selection.chosen->len; i++) {
        const HtSession *session = g_ptr_array_index (work->selection.chosen, i);

        ht_preview_add_session (preview, session->id, session->start_us, session->end_us);
        if (!ht_session_cancel (work->decider, session->id, work->asked->reason, error))
            return FALSE;
    }
    return TRUE;
}

/* Adds what was found out to what the preview says of clashes. */
static void
tell (Work *work)
{
    HtDecision *decision = work->decider->decision;
    HtPreview *said = work->said;

    if (decision->preview == NULL)
        decision->preview = ht_preview_new ();
    for (unsigned i = 0; i < work->selection.past->len; i++) {
        int64_t id = ht_record_get_id (g_ptr_array_index (work->selection.past, i));

        g_array_append_val (decision->preview->past, id);
    }
    for (unsigned i = 0; i < work->selection.denied->len; i++) {
        const HtSession *session = g_ptr_array_index (work->selection.denied, i);

        leave_out (work, session, (HtSpan){ session->start_us, session->end_us }, "denied");
    }
    g_array_unref (decision->preview->left);
    decision->preview->left = g_array_ref (said->left);
}

gboolean
ht_decide_change_many (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtChangeMany *asked = arguments;
    gboolean moves = asked->action == HT_MANY_MOVE, done;
    g_auto (Work) work = { .decider = decider,
                           .asked = asked,
                           .moving = g_ptr_array_new (),
                           .spans = g_array_new (FALSE, FALSE, sizeof (HtSpan)),
                           .said = ht_preview_new () };

    if (!ht_selection_find (decider, asked, moves ? HT_COMMAND_MOVE : HT_COMMAND_CANCEL,
                            &work.selection, error) ||
        !check_unchanged (&work, error))
        return FALSE;
    ht_allowance_use_override (decider, asked->override, asked->unit_id);
    done = moves ? move_them (&work, error) : cancel_them (&work, error);
    tell (&work);
    return done;
}
