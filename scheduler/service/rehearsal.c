/* SPDX-License-Identifier: MIT */

#include "scheduler/service/rehearsal.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/policy.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/demand.h"
#include "scheduler/service/series-split.h"
#include "scheduler/service/session-steps.h"

#define MINUTE_US     (INT64_C (60) * G_USEC_PER_SEC)
#define TITLE_LETTERS 200

/* Calendars show it beside what it rehearses: the people of the province read this. */
#define TITLE_PREFIX "Tổng duyệt: "

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

/* One that is to be made. */
typedef struct {
    const HtSession *of;
    const HtRehearsal *wanted;
    GArray *members; /* (owned) */
} Plan;

static void
clear_plan (gpointer plan)
{
    g_array_unref (((Plan *) plan)->members);
}

/* When. */

static gboolean
find_start (HtDecider *decider, const Plan *plan, int64_t *ret_start_us, GError **error)
{
    HtPolicy policy = ht_policy_get_default ();
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, plan->of->series_id);
    const HtRehearsal *wanted = plan->wanted;
    HtShift day_before = {
        ht_state_get_zone (decider->state, series->zone, NULL, error),
        -ht_policy_get (&policy, HT_POLICY_CHECK_DAY_BEFORE_US) / G_USEC_PER_SEC,
    };

    if (day_before.zone == NULL)
        return FALSE;
    if (wanted->start != NULL)
        return ht_booking_read_start (decider->state, wanted->start,
                                      wanted->zone != NULL ? wanted->zone : series->zone,
                                      ret_start_us, error);
    if (wanted->lead != HT_REHEARSAL_HOUR_BEFORE)
        return ht_shift_instant (&day_before, plan->of->start_us, ret_start_us, error);
    *ret_start_us = plan->of->start_us - ht_policy_get (&policy, HT_POLICY_CHECK_SITES_US);
    return TRUE;
}

static gboolean
check_end (const HtSession *of, int64_t end_us, GError **error)
{
    if (end_us <= of->start_us)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "rehearsal-too-late", "rehearsals",
                    "a rehearsal must be over when what it rehearses begins");
    return FALSE;
}

const HtSession *
ht_rehearsal_peek_of (HtDecider *decider, int64_t session_id)
{
    const HtOperation *operation = ht_decider_peek (decider, HT_RECORD_OPERATION, session_id);

    return operation == NULL || operation->rehearses_id == HT_ID_NONE
               ? NULL
               : ht_decider_peek (decider, HT_RECORD_SESSION, operation->rehearses_id);
}

gboolean
ht_rehearsal_check (HtDecider *decider, int64_t session_id, int64_t end_us, GError **error)
{
    const HtSession *of = ht_rehearsal_peek_of (decider, session_id);

    if (of == NULL || (of->state >= HT_SESSION_RUNNING && of->state <= HT_SESSION_ENDED))
        return TRUE;
    if (of->state != HT_SESSION_CANCELLED)
        return check_end (of, end_us, error);
    ht_problem_set (error, HT_ERROR_CONFLICT, "session-state", NULL,
                    "what it rehearses is called off");
    return FALSE;
}

static gboolean
find_span (HtDecider *decider, const Plan *plan, HtSpan *ret_span, GError **error)
{
    HtPolicy policy = ht_policy_get_default ();
    int64_t start_us;
    int64_t minutes = plan->wanted->minutes != 0
                          ? plan->wanted->minutes
                          : ht_policy_get (&policy, HT_POLICY_REHEARSAL_US) / MINUTE_US;

    if (!find_start (decider, plan, &start_us, error))
        return FALSE;
    if (!check_end (plan->of, start_us + minutes * MINUTE_US, error))
        return FALSE;
    if (start_us < decider->now_us) {
        ht_problem_set (error, HT_ERROR_INVALID, "rehearsal-past", "rehearsals",
                        "the rehearsal would have begun already: leave it out, or say when");
        return FALSE;
    }
    return ht_booking_make_span (decider, start_us, minutes, ret_span, error);
}

/* Who. */

static gboolean
is_wanted (const HtMember *member, const GArray *sites)
{
    if (member->kind != HT_MEMBER_SITE)
        return member->kind == HT_MEMBER_MAIN_SITE;
    for (unsigned i = 0; i < N_ITEMS (sites); i++)
        if (g_array_index (sites, int64_t, i) == member->ref_id)
            return TRUE;
    return N_ITEMS (sites) == 0;
}

static gboolean
takes_part (const HtSession *session, int64_t site_id)
{
    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);

        if (member->kind <= HT_MEMBER_SITE && member->ref_id == site_id)
            return TRUE;
    }
    return FALSE;
}

static GArray *
choose_members (const HtSession *session, const GArray *sites, GError **error)
{
    g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (HtMember));

    for (unsigned i = 0; i < N_ITEMS (sites); i++)
        if (!takes_part (session, g_array_index (sites, int64_t, i))) {
            ht_problem_set (error, HT_ERROR_INVALID, "no-such-member", "sites",
                            "site %" G_GINT64_FORMAT " takes no part in what is rehearsed",
                            g_array_index (sites, int64_t, i));
            return NULL;
        }
    for (unsigned i = 0; i < N_ITEMS (session->members); i++)
        if (is_wanted (&g_array_index (session->members, HtMember, i), sites))
            g_array_append_val (members, g_array_index (session->members, HtMember, i));
    if (members->len > 0)
        return g_steal_pointer (&members);
    ht_problem_set (error, HT_ERROR_INVALID, "no-sites", "sites",
                    "there is no site to rehearse with");
    return NULL;
}

static gboolean
check (HtDecider *decider, const HtSession *session, GError **error)
{
    const HtOperation *operation = ht_decider_peek (decider, HT_RECORD_OPERATION, session->id);

    if (operation != NULL && operation->rehearses_id != HT_ID_NONE) {
        ht_problem_set (error, HT_ERROR_INVALID, "is-rehearsal", NULL,
                        "a rehearsal is not rehearsed itself");
        return FALSE;
    }
    if (session->state >= HT_SESSION_HELD && session->state <= HT_SESSION_OPEN)
        return TRUE;
    ht_problem_set (error, HT_ERROR_CONFLICT, "session-state", NULL,
                    "a session that is %s is not rehearsed",
                    ht_session_state_names[session->state]);
    return FALSE;
}

/* Asking. */

static gboolean
lasts_longer (const HtReservation *held, const HtReservation *taken)
{
    return held->resource_id == taken->resource_id && held->amount >= taken->amount &&
           held->end_us >= taken->end_us && held->start_us < taken->end_us;
}

void
ht_rehearsal_share (GArray *taken, const GArray *held)
{
    for (unsigned i = taken->len; i > 0; i--) {
        HtReservation *own = &g_array_index (taken, HtReservation, i - 1);

        for (unsigned j = 0; j < N_ITEMS (held); j++) {
            const HtReservation *other = &g_array_index (held, HtReservation, j);

            if (lasts_longer (other, own))
                own->end_us = MAX (other->start_us, own->start_us);
        }
        if (own->end_us == own->start_us)
            g_array_remove_index (taken, i - 1);
    }
}

static void
take_occurrences (HtDecider *decider, HtPreview *asked)
{
    HtPreview *preview = decider->decision->preview;

    if (preview == NULL)
        preview = decider->decision->preview = ht_preview_new ();
    for (unsigned i = 0; i < asked->occurrences->len; i++) {
        HtPreviewOccurrence *from = &g_array_index (asked->occurrences, HtPreviewOccurrence, i);
        HtPreviewOccurrence *to = ht_preview_add_occurrence (preview), emptied = *to;

        *to = *from;
        *from = emptied;
    }
    preview->n_clashes += asked->n_clashes;
}

/* What the decision has made so far takes its place while it is asked. A preview goes on. */
static gboolean
admit (HtDecider *decider, const GArray *spans, const GPtrArray *reservations, GError **error)
{
    g_autoptr (HtPreview) asked = ht_preview_new ();
    g_autoptr (GError) refusal = NULL;
    gboolean admitted;

    ht_state_apply (decider->state, decider->decision);
    admitted = ht_demand_admit (decider, spans, reservations, NULL, asked, &refusal);
    ht_state_revert (decider->state, decider->decision);
    take_occurrences (decider, asked);
    if (admitted || (decider->previewing && g_strcmp0 (ht_problem_get_id (refusal), "clash") == 0))
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
}

/* Making. */

/* Technicians are told by name; who takes part sees it anyway. */
GArray *
ht_rehearsal_list_contacts (HtDecider *decider, const GArray *members)
{
    GArray *ids = g_array_new (FALSE, FALSE, sizeof (int64_t));

    for (unsigned i = 0; i < members->len; i++) {
        const HtMember *member = &g_array_index (members, HtMember, i);
        const HtSite *site = member->kind > HT_MEMBER_SITE
                                 ? NULL
                                 : ht_decider_peek (decider, HT_RECORD_SITE, member->ref_id);

        if (site != NULL && site->contact_id != HT_ID_NONE)
            g_array_append_val (ids, site->contact_id);
    }
    return ids;
}

char *
ht_rehearsal_make_title (const HtSession *of, const HtSeries *series)
{
    g_autofree char *title =
        g_strconcat (TITLE_PREFIX, of->title != NULL ? of->title : series->title, NULL);

    return g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), TITLE_LETTERS));
}

static int64_t
make_series (HtDecider *decider, const Plan *plan)
{
    const HtSeries *of = ht_decider_peek (decider, HT_RECORD_SERIES, plan->of->series_id);
    HtSeries *series = ht_decider_make (decider, HT_RECORD_SERIES);

    series->kind = of->kind;
    series->title = ht_rehearsal_make_title (plan->of, of);
    series->unit_id = of->unit_id;
    series->organiser_id = of->organiser_id;
    series->zone = g_strdup (of->zone);
    series->audience = HT_AUDIENCE_PERSONS;
    series->audience_ids = ht_rehearsal_list_contacts (decider, plan->members);
    series->created_us = decider->now_us;
    series->rank = of->rank;
    series->approver_id = of->approver_id;
    return series->id;
}

static void
link_to (HtDecider *decider, const Plan *plan, int64_t rehearsal_id)
{
    HtOperation *own = ht_session_operate (decider, rehearsal_id);
    HtOperation *other;

    own->rehearses_id = plan->of->id;
    own->stays = plan->wanted->stays;
    other = ht_session_operate (decider, plan->of->id);
    if (other->rehearsal_ids == NULL)
        other->rehearsal_ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
    g_array_append_val (other->rehearsal_ids, rehearsal_id);
}

static void
tell_contacts (HtDecider *decider, const Plan *plan, int64_t rehearsal_id)
{
    g_autoptr (GArray) ids = ht_rehearsal_list_contacts (decider, plan->members);

    for (unsigned i = 0; i < ids->len; i++)
        ht_decider_tell (decider, HT_NOTICE_BOOKED, rehearsal_id, g_array_index (ids, int64_t, i));
}

/* It is held while what it rehearses is. */
static gboolean
make (HtDecider *decider, const Plan *plan, HtSpan span, const GArray *reservations, GError **error)
{
    int64_t series_id = make_series (decider, plan);
    HtSession *session = ht_decider_make (decider, HT_RECORD_SESSION);
    gboolean held = plan->of->state == HT_SESSION_HELD;

    session->series_id = series_id;
    session->slot_us = session->start_us = span.start_us;
    session->end_us = span.end_us;
    session->created_us = decider->now_us;
    session->members = g_array_copy (plan->members);
    session->reservations = g_array_copy ((GArray *) reservations);
    if (held)
        session->hold_until_us = MIN (plan->of->hold_until_us, span.start_us);
    link_to (decider, plan, session->id);
    if (!ht_decider_step_session (decider, session, held ? HT_SESSION_HOLD : HT_SESSION_APPROVE,
                                  NULL, error))
        return FALSE;
    if (!held)
        tell_contacts (decider, plan, session->id);
    return TRUE;
}

static gboolean
plan_one (HtDecider *decider, const HtSession *session, const HtRehearsal *wanted, GArray *plans,
          GArray *spans, GPtrArray *reservations, GError **error)
{
    Plan plan = { session, wanted, NULL };
    HtDemandWhat what = { 0 };
    GArray *taken;
    HtSpan span;

    if (!check (decider, session, error) || !find_span (decider, &plan, &span, error))
        return FALSE;
    plan.members = choose_members (session, wanted->sites, error);
    if (plan.members == NULL)
        return FALSE;
    g_array_append_val (plans, plan);
    what.members = plan.members;
    taken = ht_demand_make_reservations (decider, &what, span, error);
    if (taken == NULL)
        return FALSE;
    ht_rehearsal_share (taken, session->reservations);
    g_ptr_array_add (reservations, taken);
    g_array_append_val (spans, span);
    return TRUE;
}

gboolean
ht_rehearsals_add (HtDecider *decider, const GArray *session_ids, const GArray *wanted,
                   GError **error)
{
    g_autoptr (GArray) plans = g_array_new (FALSE, FALSE, sizeof (Plan));
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    g_autoptr (GPtrArray) reservations =
        g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

    g_array_set_clear_func (plans, clear_plan);
    for (unsigned i = 0; i < session_ids->len * N_ITEMS (wanted); i++)
        if (!plan_one (decider,
                       ht_decider_peek (decider, HT_RECORD_SESSION,
                                        g_array_index (session_ids, int64_t, i / wanted->len)),
                       &g_array_index (wanted, HtRehearsal, i % wanted->len), plans, spans,
                       reservations, error))
            return FALSE;
    if (plans->len == 0)
        return TRUE;
    if (!admit (decider, spans, reservations, error))
        return FALSE;
    for (unsigned i = 0; i < plans->len; i++)
        if (!make (decider, &g_array_index (plans, Plan, i), g_array_index (spans, HtSpan, i),
                   g_ptr_array_index (reservations, i), error))
            return FALSE;
    return TRUE;
}
