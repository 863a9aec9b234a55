/* SPDX-License-Identifier: MIT */

/* Which sessions would have to make room, and the nearest free place for each. */

#include "scheduler/core/policy.h"
#include "scheduler/core/slot-search.h"
#include "scheduler/service/demand.h"
#include "scheduler/service/precedence.h"

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)
#define REACH_US       (INT64_C (14) * 86400 * G_USEC_PER_SEC)
#define HOUR_US        (INT64_C (3600) * G_USEC_PER_SEC)

/* One obstacle names so many at most: asked again without these, it names the next ones. */
enum { MOST_ROUNDS = 5, MOST_DISPLACED = 100, MOST_STEPS = 200000 };

/* The timelines as they would be. What was done to them is undone when it is cleared. */
typedef struct {
    int64_t resource_id;
    HtHolding holding;
    gboolean added;
} Deed;

typedef struct {
    HtState *state;
    GArray *deeds; /* (element-type Deed) (owned) */
} Trial;

static gboolean
do_deed (HtState *state, const Deed *deed, gboolean add)
{
    HtTimeline *timeline = ht_state_get_timeline (state, deed->resource_id);

    return (add ? ht_timeline_add : ht_timeline_remove) (timeline, &deed->holding, NULL);
}

static void
trial_clear (Trial *trial)
{
    for (unsigned i = N_ITEMS (trial->deeds); i > 0; i--) {
        const Deed *deed = &g_array_index (trial->deeds, Deed, i - 1);

        if (!do_deed (trial->state, deed, !deed->added))
            g_assert_not_reached ();
    }
    g_clear_pointer (&trial->deeds, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

static void
trial_do (Trial *trial, int64_t holder, const GArray *reservations, int64_t shift_us, gboolean add)
{
    for (unsigned i = 0; i < N_ITEMS (reservations); i++) {
        const HtReservation *one = &g_array_index (reservations, HtReservation, i);
        Deed deed = { one->resource_id,
                      { holder, { one->start_us + shift_us, one->end_us + shift_us }, one->amount },
                      add };

        if (do_deed (trial->state, &deed, add))
            g_array_append_val (trial->deeds, deed);
    }
}

/* Who makes room. */

static gboolean
has (const GPtrArray *sessions, const HtSession *session)
{
    return g_ptr_array_find ((GPtrArray *) sessions, session, NULL);
}

typedef struct {
    HtDecider *decider;
    int rank;
    gboolean approving;
    GPtrArray *sessions; /* (element-type HtSession) (owned container): that make room */
    GPtrArray *returned; /* (owned container): these and what is given back anyway */
} Search;

/* Adds who is named by @preview. %FALSE where something else is in the way, or who may not be
 * displaced; or nobody new is named. */
static gboolean
add_named (Search *search, const HtClash *clash)
{
    for (unsigned i = 0; i < N_ITEMS (clash->with); i++) {
        const HtSession *session =
            ht_decider_peek (search->decider, HT_RECORD_SESSION,
                             g_array_index (clash->with, HtClashWith, i).session_id);

        if (session == NULL ||
            !ht_precedence_outranks (search->decider, search->rank, search->approving, session))
            continue;
        if (has (search->returned, session))
            continue;
        g_ptr_array_add (search->sessions, (gpointer) session);
        g_ptr_array_add (search->returned, (gpointer) session);
    }
    return clash->kind == HT_OBSTACLE_TAKEN;
}

static gboolean
add_all_named (Search *search, const HtPreview *preview)
{
    unsigned n_before = search->sessions->len;

    for (unsigned i = 0; i < preview->occurrences->len; i++) {
        const GArray *clashes =
            g_array_index (preview->occurrences, HtPreviewOccurrence, i).clashes;

        for (unsigned j = 0; j < N_ITEMS (clashes); j++)
            if (!add_named (search, &g_array_index (clashes, HtClash, j)))
                return FALSE;
    }
    return search->sessions->len > n_before && search->sessions->len <= MOST_DISPLACED;
}

static gboolean
fits (const Search *search, const GArray *spans, const GPtrArray *reservations, HtPreview *preview)
{
    return ht_demand_admit (search->decider, spans, reservations, search->returned, preview, NULL);
}

/* Until it fits, or cannot. */
static gboolean
find_those (Search *search, const GArray *spans, const GPtrArray *reservations,
            const HtPreview *preview)
{
    g_autoptr (HtPreview) next = NULL;

    for (int round = 0; round < MOST_ROUNDS; round++) {
        if (!add_all_named (search, next == NULL ? preview : next))
            return FALSE;
        g_clear_pointer (&next, ht_preview_free);
        next = ht_preview_new ();
        if (fits (search, spans, reservations, next))
            return TRUE;
    }
    return FALSE;
}

/* Those without whom it fits stay. */
static void
spare_others (Search *search, const GArray *spans, const GPtrArray *reservations)
{
    for (unsigned i = search->sessions->len; i > 0; i--) {
        gpointer session = g_ptr_array_index (search->sessions, i - 1);
        g_autoptr (HtPreview) unused = ht_preview_new ();

        g_ptr_array_remove (search->returned, session);
        if (fits (search, spans, reservations, unused))
            g_ptr_array_remove_index (search->sessions, i - 1);
        else
            g_ptr_array_add (search->returned, session);
    }
}

/* Where each could go. */

/* An instant at which its local clock is on the hour. */
static int64_t
get_hour (HtDecider *decider, const HtSession *session)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
    const HtZone *zone =
        series == NULL ? NULL : ht_state_get_zone (decider->state, series->zone, NULL, NULL);
    HtCivil civil = { 0 };

    if (zone != NULL)
        civil = ht_zone_to_civil (zone, session->start_us);
    return session->start_us - (civil.minute * INT64_C (60) + civil.second) * G_USEC_PER_SEC;
}

/* At hours at which people meet, in the zone of the installation, unless it is not then anyway. */
static HtClosure *
make_hours (HtDecider *decider, const HtSession *session)
{
    static const HtOpenHours week[] = {
        { 0, 420, 1080 }, { 1, 420, 1080 }, { 2, 420, 1080 },
        { 3, 420, 1080 }, { 4, 420, 1080 }, { 5, 420, 1080 },
    };
    int64_t day = decider->now_us / (24 * HOUR_US);
    HtClosureRule rule = { .from_day = day - 1,
                           .until_day = session->end_us / (24 * HOUR_US) + 30,
                           .hours = week,
                           .n_hours = G_N_ELEMENTS (week) };
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
    g_autoptr (HtClosure) hours = NULL;

    if (series == NULL || rule.until_day - rule.from_day > HT_CLOSURE_MOST_DAYS)
        return NULL;
    hours = ht_state_make_hours (decider->state, series->zone, &rule);
    if (hours == NULL ||
        !ht_closure_is_open (hours, (HtSpan){ session->start_us, session->end_us }))
        return NULL;
    return g_steal_pointer (&hours);
}

static gboolean
find_place (HtDecider *decider, const HtSession *session, HtSpan *ret_span)
{
    HtPolicy policy = ht_policy_get_default ();
    HtSpan span = { session->start_us, session->end_us };
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    g_autoptr (GPtrArray) reservations = g_ptr_array_new ();
    g_autoptr (HtClosure) hours = make_hours (decider, session);
    g_autoptr (GArray) demands = NULL;
    HtSlotSearch search = {
        .start_us = span.start_us,
        .length_us = ht_span_get_duration_us (span),
        .within = { MAX (decider->now_us + HOUR_US, span.start_us - REACH_US),
                    span.end_us + REACH_US },
        .grid_us = ht_policy_get (&policy, HT_POLICY_GRID_US),
        .grid_from_us = get_hour (decider, session),
        .most = 1,
        .hours = hours,
        .most_steps = MOST_STEPS,
        .lookup = ht_demand_look_up,
        .user_data = decider,
    };

    g_array_append_val (spans, span);
    if (session->reservations == NULL)
        return FALSE;
    g_ptr_array_add (reservations, session->reservations);
    demands = ht_demand_list (spans, reservations);
    search.demands = (const HtDemand *) (gpointer) demands->data;
    search.n_demands = demands->len;
    return search.within.start_us < search.within.end_us &&
           ht_slots_find_nearest (&search, ret_span, NULL);
}

static void
propose_places (Search *search, const GPtrArray *reservations, HtPreview *preview)
{
    g_auto (Trial) trial = { search->decider->state, g_array_new (FALSE, FALSE, sizeof (Deed)) };

    for (unsigned i = 0; i < search->returned->len; i++) {
        const HtSession *session = g_ptr_array_index (search->returned, i);

        if (ht_session_machine_occupies (session->state))
            trial_do (&trial, session->id, session->reservations, 0, FALSE);
    }
    for (unsigned i = 0; i < reservations->len; i++)
        trial_do (&trial, 0, g_ptr_array_index (reservations, i), 0, TRUE);
    for (unsigned i = 0; i < search->sessions->len; i++) {
        const HtSession *session = g_ptr_array_index (search->sessions, i);
        HtPreviewDisplaced one = { session->id, session->changed_number, 0, 0,
                                   ht_precedence_may (search->decider, session) };
        HtSpan span;

        if (find_place (search->decider, session, &span)) {
            one.start_us = span.start_us;
            one.end_us = span.end_us;
            trial_do (&trial, session->id, session->reservations, span.start_us - session->start_us,
                      TRUE);
        }
        g_array_append_val (preview->displaced, one);
    }
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
    const HtSession *one = *(const HtSession *const *) a;
    const HtSession *other = *(const HtSession *const *) b;

    if (one->start_us != other->start_us)
        return one->start_us < other->start_us ? -1 : 1;
    return (one->id > other->id) - (one->id < other->id);
}

void
ht_precedence_propose (HtDecider *decider, int rank, gboolean approving, const GArray *spans,
                       const GPtrArray *reservations, const GPtrArray *returned, HtPreview *preview)
{
    g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
    g_autoptr (GPtrArray) all = g_ptr_array_new ();
    Search search = { decider, rank, approving, sessions, all };

    for (unsigned i = 0; i < N_ITEMS (returned); i++)
        g_ptr_array_add (all, g_ptr_array_index (returned, i));
    if (!find_those (&search, spans, reservations, preview))
        return;
    spare_others (&search, spans, reservations);
    g_ptr_array_sort (sessions, compare_starts);
    propose_places (&search, reservations, preview);
}
