/* SPDX-License-Identifier: MIT */

#include "scheduler/core/admission.h"

#include <inttypes.h>

#include "scheduler/base/error.h"

const char *const ht_obstacle_kind_names[] = {
    [HT_OBSTACLE_TAKEN] = "taken",     [HT_OBSTACLE_CLOSED] = "closed",
    [HT_OBSTACLE_RETIRED] = "retired", [HT_OBSTACLE_UNCHECKED] = "unchecked",
    [HT_OBSTACLE_N_KINDS] = NULL,
};

/* Where a demand or a return begins or ends. Between two edges of one resource what is asked and
 * what is given back is constant: a piece. */
typedef struct {
    int64_t resource_id;
    int64_t at_us;
    int64_t asked;
    int64_t returned;
} Edge;

/* A row of an array of demands or returns that concern one resource. */
typedef struct {
    GPtrArray *all; /* (owned): by resource and start */
    unsigned from, until;
} Group;

typedef struct {
    const HtAdmission *admission;
    Group demands; /* (element-type HtDemand) */
    Group returns; /* (element-type HtReturn) */
    /* of the resource at hand */
    int64_t resource_id;
    gboolean known;
    HtSupply supply;
    /* of the piece at hand */
    HtSpan piece;
    int64_t asked, returned;
    GArray *obstacles; /* (element-type HtObstacle) (owned) */
} Decision;

static void
clear_obstacle (gpointer data)
{
    g_clear_pointer (&((HtObstacle *) data)->with, g_array_unref);
}

static HtSpan
get_span (const HtReservation *reservation)
{
    return (HtSpan){ reservation->start_us, reservation->end_us };
}

/* --- edges --------------------------------------------------------------------------------- */

static int
compare_edges (gconstpointer a, gconstpointer b)
{
    const Edge *one = a, *other = b;

    if (one->resource_id != other->resource_id)
        return one->resource_id < other->resource_id ? -1 : 1;
    return one->at_us == other->at_us ? 0 : one->at_us < other->at_us ? -1 : 1;
}

/* @total: of all amounts; bounds every sum of some of them */
static gboolean
add_edges (GArray *edges, const HtReservation *reservation, gboolean asked, int64_t *total,
           GError **error)
{
    int64_t amount = reservation->amount;
    HtSpan span;
    Edge pair[2];

    if (!ht_span_make (reservation->start_us, reservation->end_us, &span, error))
        return FALSE;
    if (amount < 1 || *total > INT64_MAX - amount) {
        ht_problem_set (error, HT_ERROR_INVALID,
                        amount < 1 ? "amount-not-positive" : "amount-too-large", "amount",
                        "an amount of %" PRId64 " cannot be reserved", amount);
        return FALSE;
    }
    *total += amount;
    pair[0] =
        (Edge){ reservation->resource_id, span.start_us, asked ? amount : 0, asked ? 0 : amount };
    pair[1] = (Edge){ reservation->resource_id, span.end_us, -pair[0].asked, -pair[0].returned };
    g_array_append_vals (edges, pair, 2);
    return TRUE;
}

static GArray *
make_edges (const HtAdmission *admission, GError **error)
{
    size_t count = 2 * (admission->n_demands + admission->n_returns);
    g_autoptr (GArray) edges = g_array_sized_new (FALSE, FALSE, sizeof (Edge), (unsigned) count);
    int64_t total = 0;

    for (size_t i = 0; i < admission->n_demands; i++)
        if (!add_edges (edges, &admission->demands[i].reservation, TRUE, &total, error))
            return NULL;
    for (size_t i = 0; i < admission->n_returns; i++)
        if (!add_edges (edges, &admission->returns[i].reservation, FALSE, &total, error))
            return NULL;
    g_array_sort (edges, compare_edges);
    return g_steal_pointer (&edges);
}

/* --- the demands and returns of one resource ----------------------------------------------- */

static int
compare_reservations (const HtReservation *a, const HtReservation *b)
{
    if (a->resource_id != b->resource_id)
        return a->resource_id < b->resource_id ? -1 : 1;
    return ht_span_compare (get_span (a), get_span (b));
}

static int
compare_demands (gconstpointer a, gconstpointer b)
{
    return compare_reservations (&(*(const HtDemand *const *) a)->reservation,
                                 &(*(const HtDemand *const *) b)->reservation);
}

static int
compare_returns (gconstpointer a, gconstpointer b)
{
    return compare_reservations (&(*(const HtReturn *const *) a)->reservation,
                                 &(*(const HtReturn *const *) b)->reservation);
}

static const HtDemand *
get_demand (const Decision *decision, unsigned i)
{
    return g_ptr_array_index (decision->demands.all, i);
}

static const HtReturn *
get_return (const Decision *decision, unsigned i)
{
    return g_ptr_array_index (decision->returns.all, i);
}

static void
group_all (Decision *decision)
{
    const HtAdmission *admission = decision->admission;

    decision->demands.all = g_ptr_array_sized_new ((unsigned) admission->n_demands);
    decision->returns.all = g_ptr_array_sized_new ((unsigned) admission->n_returns);
    for (size_t i = 0; i < admission->n_demands; i++)
        g_ptr_array_add (decision->demands.all, (gpointer) &admission->demands[i]);
    for (size_t i = 0; i < admission->n_returns; i++)
        g_ptr_array_add (decision->returns.all, (gpointer) &admission->returns[i]);
    g_ptr_array_sort (decision->demands.all, compare_demands);
    g_ptr_array_sort (decision->returns.all, compare_returns);
}

/* Resources come in order, so each group begins where the one before ended. */
static void
turn_to_resource (Decision *decision, int64_t id)
{
    Group *demands = &decision->demands, *returns = &decision->returns;

    decision->resource_id = id;
    demands->from = demands->until;
    while (demands->until < demands->all->len &&
           get_demand (decision, demands->until)->reservation.resource_id == id)
        demands->until++;
    returns->from = returns->until;
    while (returns->until < returns->all->len &&
           get_return (decision, returns->until)->reservation.resource_id == id)
        returns->until++;
    decision->supply = (HtSupply){ 0 };
    decision->known =
        decision->admission->lookup (id, &decision->supply, decision->admission->user_data) &&
        decision->supply.timeline != NULL;
    decision->supply.capacity = MAX (0, decision->supply.capacity);
}

/* --- who is in the way --------------------------------------------------------------------- */

typedef struct {
    const Decision *decision;
    HtObstacle *obstacle;
} Naming;

/* Whether the reservation that stands is one that would be given back. */
static gboolean
is_returned (const Decision *decision, const HtHolding *holding)
{
    for (unsigned i = decision->returns.from; i < decision->returns.until; i++) {
        const HtReturn *given = get_return (decision, i);

        if (given->holder == holding->holder &&
            ht_span_compare (get_span (&given->reservation), holding->span) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
name_holder (const HtHolding *holding, gpointer user_data)
{
    const Naming *naming = user_data;

    if (!is_returned (naming->decision, holding))
        g_array_append_vals (naming->obstacle->with, holding, 1);
    return naming->obstacle->with->len < HT_OBSTACLE_MOST_WITH;
}

static void
name_others_of_the_request (const Naming *naming, const HtDemand *self)
{
    const Group *group = &naming->decision->demands;
    GArray *with = naming->obstacle->with;

    for (unsigned i = group->from; i < group->until && with->len < HT_OBSTACLE_MOST_WITH; i++) {
        const HtDemand *other = get_demand (naming->decision, i);
        HtHolding holding = { 0, get_span (&other->reservation), other->reservation.amount };

        if (other != self && ht_span_overlaps (holding.span, naming->obstacle->span))
            g_array_append_val (with, holding);
    }
}

/* (nullable): the same demand may meet the same obstacle in several pieces that touch. */
static HtObstacle *
find_adjoining (GArray *obstacles, const HtObstacle *next)
{
    for (unsigned i = obstacles->len; i > 0; i--) {
        HtObstacle *last = &g_array_index (obstacles, HtObstacle, i - 1);

        if (last->resource_id != next->resource_id)
            return NULL;
        if (last->kind == next->kind && last->occurrence == next->occurrence &&
            last->wanted == next->wanted && last->span.end_us == next->span.start_us)
            return last;
    }
    return NULL;
}

static void
add_obstacle (Decision *decision, HtObstacleKind kind, const HtDemand *demand, HtSpan span,
              int64_t available)
{
    HtObstacle next = { kind,
                        demand->occurrence,
                        decision->resource_id,
                        span,
                        decision->supply.capacity,
                        demand->reservation.amount,
                        available,
                        NULL };
    Naming naming = { decision, find_adjoining (decision->obstacles, &next) };

    if (naming.obstacle != NULL) {
        naming.obstacle->span.end_us = span.end_us;
        naming.obstacle->free = MIN (naming.obstacle->free, available);
        g_array_set_size (naming.obstacle->with, 0);
    } else if (decision->obstacles->len < HT_ADMISSION_MOST_OBSTACLES) {
        next.with = g_array_new (FALSE, FALSE, sizeof (HtHolding));
        g_array_append_val (decision->obstacles, next);
        naming.obstacle =
            &g_array_index (decision->obstacles, HtObstacle, decision->obstacles->len - 1);
    }
    if (naming.obstacle == NULL || kind != HT_OBSTACLE_TAKEN)
        return;
    ht_timeline_foreach_holding (decision->supply.timeline, naming.obstacle->span, name_holder,
                                 &naming);
    name_others_of_the_request (&naming, demand);
}

/* --- the questions of one piece ------------------------------------------------------------ */

/* The demands that ask in @span, one by one: @i is where to go on. */
static const HtDemand *
next_demand (const Decision *decision, HtSpan span, unsigned *i)
{
    while (*i < decision->demands.until) {
        const HtDemand *demand = get_demand (decision, (*i)++);

        if (ht_span_overlaps (get_span (&demand->reservation), span))
            return demand;
    }
    return NULL;
}

static void
blame_all (Decision *decision, HtObstacleKind kind)
{
    const HtDemand *demand;
    unsigned i = decision->demands.from;

    while ((demand = next_demand (decision, decision->piece, &i)) != NULL)
        add_obstacle (decision, kind, demand, decision->piece, 0);
}

static gboolean
explain_excess (HtSpan span, int64_t peak, gpointer user_data)
{
    Decision *decision = user_data;
    int64_t taken = peak - decision->returned + decision->asked;
    unsigned i = decision->demands.from;
    const HtDemand *demand;

    while ((demand = next_demand (decision, span, &i)) != NULL)
        add_obstacle (decision, HT_OBSTACLE_TAKEN, demand, span,
                      MAX (0, decision->supply.capacity - (taken - demand->reservation.amount)));
    return decision->obstacles->len < HT_ADMISSION_MOST_OBSTACLES;
}

typedef struct {
    Decision *decision;
    const HtDemand *demand;
} Blame;

static gboolean
explain_closed (HtSpan span, int64_t peak, gpointer user_data)
{
    const Blame *blame = user_data;

    add_obstacle (blame->decision, HT_OBSTACLE_CLOSED, blame->demand, span, 0);
    return TRUE;
}

static void
ask_closure (Decision *decision)
{
    const HtClosure *closure = decision->supply.closure;
    unsigned i = decision->demands.from;
    const HtDemand *demand;

    if (closure == NULL || decision->admission->ignore_closures ||
        ht_closure_is_open (closure, decision->piece))
        return;
    while ((demand = next_demand (decision, decision->piece, &i)) != NULL) {
        HtSpan span = ht_span_intersect (decision->piece, demand->open);
        HtSpan known = ht_span_intersect (span, ht_closure_get_known (closure));
        Blame blame = { decision, demand };

        if (span.start_us >= span.end_us)
            continue;
        if (ht_span_compare (known, span) != 0)
            add_obstacle (decision, HT_OBSTACLE_UNCHECKED, demand, span, 0);
        else
            ht_timeline_foreach_excess (ht_closure_peek_timeline (closure), span, 0, explain_closed,
                                        &blame);
    }
}

static void
decide_piece (Decision *decision)
{
    int64_t limit = decision->supply.capacity - (decision->asked - decision->returned);

    if (!decision->known) {
        blame_all (decision, HT_OBSTACLE_UNCHECKED);
        return;
    }
    if (decision->supply.retired) {
        blame_all (decision, HT_OBSTACLE_RETIRED);
        return;
    }
    if (ht_timeline_get_peak (decision->supply.timeline, decision->piece) > limit)
        ht_timeline_foreach_excess (decision->supply.timeline, decision->piece, limit,
                                    explain_excess, decision);
    ask_closure (decision);
}

/* --- the whole ----------------------------------------------------------------------------- */

static void
decide_all (Decision *decision, GArray *edges, gboolean explain)
{
    for (unsigned i = 0; i + 1 < edges->len; i++) {
        const Edge *edge = &g_array_index (edges, Edge, i), *next = edge + 1;

        if (i == 0 || edge->resource_id != edge[-1].resource_id)
            turn_to_resource (decision, edge->resource_id);
        decision->asked += edge->asked;
        decision->returned += edge->returned;
        decision->piece = (HtSpan){ edge->at_us, next->at_us };
        if (next->resource_id == edge->resource_id && next->at_us > edge->at_us &&
            decision->asked > decision->returned)
            decide_piece (decision);
        if (decision->obstacles->len >= (explain ? HT_ADMISSION_MOST_OBSTACLES : 1))
            return;
    }
}

static int
compare_obstacles (gconstpointer a, gconstpointer b)
{
    const HtObstacle *one = a, *other = b;

    if (one->occurrence != other->occurrence)
        return one->occurrence < other->occurrence ? -1 : 1;
    if (one->resource_id != other->resource_id)
        return one->resource_id < other->resource_id ? -1 : 1;
    return ht_span_compare (one->span, other->span);
}

static void
set_clash (GArray *obstacles, GError **error)
{
    const HtObstacle *first = &g_array_index (obstacles, HtObstacle, 0);
    g_autofree char *id = g_strdup_printf ("%" PRId64, first->resource_id);
    g_autofree char *span = ht_span_to_string (first->span);
    gboolean unchecked = TRUE;

    for (unsigned i = 0; i < obstacles->len; i++)
        unchecked &= g_array_index (obstacles, HtObstacle, i).kind == HT_OBSTACLE_UNCHECKED;
    if (unchecked)
        ht_problem_set (error, HT_ERROR_INVALID, "cannot-be-checked", NULL,
                        "whether resource %s is free in %s cannot be checked, so it is refused", id,
                        span);
    else
        ht_problem_set (error, HT_ERROR_CONFLICT, "clash", NULL, "resource %s is %s in %s", id,
                        ht_obstacle_kind_names[first->kind], span);
    if (error != NULL)
        ht_problem_add (*error, "resource", id);
}

static void
clear_decision (Decision *decision)
{
    g_clear_pointer (&decision->demands.all, g_ptr_array_unref);
    g_clear_pointer (&decision->returns.all, g_ptr_array_unref);
    g_clear_pointer (&decision->obstacles, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decision, clear_decision)

gboolean
ht_admission_decide (const HtAdmission *admission, GArray **ret_obstacles, GError **error)
{
    g_auto (Decision) decision = { .admission = admission };
    g_autoptr (GArray) edges = make_edges (admission, error);

    if (ret_obstacles != NULL)
        *ret_obstacles = NULL;
    if (edges == NULL)
        return FALSE;
    decision.obstacles = g_array_new (FALSE, FALSE, sizeof (HtObstacle));
    g_array_set_clear_func (decision.obstacles, clear_obstacle);
    group_all (&decision);
    decide_all (&decision, edges, ret_obstacles != NULL);
    if (decision.obstacles->len == 0)
        return TRUE;
    g_array_sort (decision.obstacles, compare_obstacles);
    set_clash (decision.obstacles, error);
    if (ret_obstacles != NULL)
        *ret_obstacles = g_steal_pointer (&decision.obstacles);
    return FALSE;
}
