/* SPDX-License-Identifier: MIT */

#include "scheduler/service/clashing.h"

#include "scheduler/base/id.h"
#include "scheduler/service/permit.h"
#include "scheduler/service/service-private.h"
#include "scheduler/service/session-steps.h"

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

/* Marking. */

typedef struct {
    HtDecider *decider;
    HtTimeline *timeline;
    const HtClosure *was, *is; /* (nullable) */
} Hit;

static const HtSession *
find_standing (HtDecider *decider, int64_t id)
{
    const HtSession *session = ht_decider_peek (decider, HT_RECORD_SESSION, id);

    return session != NULL && ht_session_machine_occupies (session->state) &&
                   session->state < HT_SESSION_CLOSING && session->end_us > decider->now_us
               ? session
               : NULL;
}

static void
mark (HtDecider *decider, const HtSession *session)
{
    HtSession *marked;

    if (session->clash_us == decider->now_us)
        return; /* by another of its resources */
    marked = ht_decider_edit (decider, HT_RECORD_SESSION, session->id);
    marked->clash_us = decider->now_us;
    marked->changed_us = decider->now_us;
    marked->changed_number = decider->decision->number;
    ht_session_tell (decider, marked, HT_NOTICE_CLASHING);
}

static gboolean
mark_holder (const HtHolding *holding, gpointer user_data)
{
    HtDecider *decider = user_data;
    const HtSession *session = find_standing (decider, holding->holder);

    if (session != NULL)
        mark (decider, session);
    return TRUE;
}

static gboolean
mark_excess (HtSpan span, int64_t peak G_GNUC_UNUSED, gpointer user_data)
{
    const Hit *hit = user_data;

    ht_timeline_foreach_holding (hit->timeline, span, mark_holder, hit->decider);
    return TRUE;
}

/* What was out of hours before stands there by an override. */
static gboolean
mark_closed (const HtHolding *holding, gpointer user_data)
{
    const Hit *hit = user_data;
    const HtSession *session = find_standing (hit->decider, holding->holder);
    HtSpan span;

    if (session == NULL)
        return TRUE;
    span = (HtSpan){ session->start_us, session->end_us };
    if (!ht_closure_is_open (hit->is, span) &&
        (hit->was == NULL || ht_closure_is_open (hit->was, span)))
        mark (hit->decider, session);
    return TRUE;
}

static HtSpan
get_ahead (const HtDecider *decider)
{
    return (HtSpan){ decider->now_us, HT_SPAN_END_OF_TIME_US };
}

static void
mark_of_closure (HtDecider *decider, int64_t resource_id, const HtClosure *was, const HtClosure *is)
{
    Hit hit = { decider, ht_state_get_timeline (decider->state, resource_id), was, is };

    if (is != NULL)
        ht_timeline_foreach_holding (hit.timeline, get_ahead (decider), mark_closed, &hit);
}

static void
mark_of_resource (HtDecider *decider, const HtResource *before, const HtResource *after)
{
    Hit hit = { decider, ht_state_get_timeline (decider->state, after->id), NULL, NULL };

    if (after->capacity < before->capacity)
        ht_timeline_foreach_excess (hit.timeline, get_ahead (decider), MAX (after->capacity, 0),
                                    mark_excess, &hit);
    if (after->closure_id != before->closure_id)
        mark_of_closure (decider, after->id,
                         ht_state_get_closure (decider->state, before->closure_id),
                         ht_state_get_closure (decider->state, after->closure_id));
}

static void
mark_of_calendar (HtDecider *decider, const HtClosureCalendar *after)
{
    g_autoptr (HtClosure) is = ht_state_make_closure (decider->state, after);
    const HtClosure *was = ht_state_get_closure (decider->state, after->id);
    int64_t n_resources = ht_state_get_next_id (decider->state, HT_RECORD_RESOURCE);

    for (int64_t id = 1; id < n_resources; id++) {
        const HtResource *resource = ht_decider_peek (decider, HT_RECORD_RESOURCE, id);

        if (resource != NULL && resource->closure_id == after->id)
            mark_of_closure (decider, id, was, is);
    }
}

void
ht_clashing_mark (HtDecider *decider)
{
    unsigned n_entries = decider->decision->entries->len; /* marks come after these */

    for (unsigned i = 0; i < n_entries; i++) {
        HtEntry entry = g_array_index (decider->decision->entries, HtEntry, i);

        if (entry.before == NULL || entry.after == NULL)
            continue;
        if (entry.kind == HT_RECORD_RESOURCE)
            mark_of_resource (decider, entry.before, entry.after);
        else if (entry.kind == HT_RECORD_CLOSURE)
            mark_of_calendar (decider, entry.after);
    }
}

/* Listing. */

static gboolean
is_hit (HtState *state, const HtSession *session, const HtReservation *reservation)
{
    const HtResource *resource =
        ht_state_peek (state, HT_RECORD_RESOURCE, reservation->resource_id);
    const HtClosure *closure;

    if (resource == NULL)
        return TRUE;
    closure = ht_state_get_closure (state, resource->closure_id);
    return ht_timeline_get_peak (ht_state_get_timeline (state, resource->id),
                                 (HtSpan){ reservation->start_us, reservation->end_us }) >
               resource->capacity ||
           (closure != NULL &&
            !ht_closure_is_open (closure, (HtSpan){ session->start_us, session->end_us }));
}

GArray *
ht_clashing_list_resources (HtState *state, const HtSession *session)
{
    GArray *ids = g_array_new (FALSE, FALSE, sizeof (int64_t));

    for (unsigned i = 0; i < N_ITEMS (session->reservations); i++) {
        const HtReservation *one = &g_array_index (session->reservations, HtReservation, i);

        if (is_hit (state, session, one))
            g_array_append_val (ids, one->resource_id);
    }
    return ids;
}

typedef struct {
    HtService *service;
    const HtPerson *actor;
    int64_t day;
    GArray *found; /* (element-type HtClashing) (owned) */
} Query;

static gboolean
concerns (const Query *query, const HtSession *session)
{
    const HtSeries *series = ht_service_peek (query->service, HT_RECORD_SERIES, session->series_id);

    return series != NULL && (series->organiser_id == query->actor->id ||
                              ht_permit_may (query->service->state, query->actor,
                                             HT_ACTION_EDIT_ANY, series->unit_id, query->day));
}

static void
clashing_clear (gpointer data)
{
    HtClashing *clashing = data;

    ht_record_unref (HT_RECORD_SESSION, (gpointer) clashing->session);
    g_clear_pointer (&clashing->resources, g_array_unref);
}

static void
consider (int64_t session_id, gpointer user_data)
{
    Query *query = user_data;
    const HtSession *session = ht_service_peek (query->service, HT_RECORD_SESSION, session_id);
    HtClashing clashing;

    if (session == NULL || session->clash_us == 0 ||
        !ht_session_machine_occupies (session->state) || !concerns (query, session))
        return;
    clashing = (HtClashing){ ht_record_ref (session),
                             ht_clashing_list_resources (query->service->state, session) };
    if (clashing.resources->len > 0)
        g_array_append_val (query->found, clashing);
    else
        clashing_clear (&clashing);
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
    const HtSession *one = ((const HtClashing *) a)->session;
    const HtSession *other = ((const HtClashing *) b)->session;

    if (one->start_us != other->start_us)
        return one->start_us < other->start_us ? -1 : 1;
    return (one->id > other->id) - (one->id < other->id);
}

GArray *
ht_clashing_list (HtService *service, int64_t actor_id)
{
    Query query = { service, ht_service_peek (service, HT_RECORD_PERSON, actor_id),
                    ht_clock_read_us (service->clock) / G_USEC_PER_SEC / 86400,
                    g_array_new (FALSE, TRUE, sizeof (HtClashing)) };

    g_array_set_clear_func (query.found, clashing_clear);
    if (query.actor != NULL && !query.actor->closed)
        ht_state_foreach_live (service->state, consider, &query);
    g_array_sort (query.found, compare_starts);
    return query.found;
}
