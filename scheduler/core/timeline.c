/* SPDX-License-Identifier: MIT */

#include "scheduler/core/timeline.h"

#include <inttypes.h>

#include "scheduler/base/error.h"
#include "scheduler/core/point-tree.h"

struct _HtTimeline {
    HtPointTree tree;
    size_t count;
    int64_t total; /* of all amounts: no level can pass it, so no sum of levels overflows */
};

HtTimeline *
ht_timeline_new (void)
{
    return g_new0 (HtTimeline, 1);
}

void
ht_timeline_free (HtTimeline *timeline)
{
    if (timeline != NULL)
        ht_point_tree_clear (&timeline->tree);
    g_clear_pointer (&timeline, g_free);
}

size_t
ht_timeline_get_count (const HtTimeline *timeline)
{
    return timeline->count;
}

size_t
ht_timeline_measure (const HtTimeline *timeline)
{
    return sizeof *timeline + ht_point_tree_measure (&timeline->tree);
}

/* --- change -------------------------------------------------------------------------------- */

static HtPoint
make_start (const HtHolding *holding)
{
    return (HtPoint){ HT_POINT_KEY (holding->span.start_us) + 1, holding->holder, holding->amount,
                      holding->span.end_us };
}

static HtPoint
make_end (const HtHolding *holding)
{
    return (HtPoint){ HT_POINT_KEY (holding->span.end_us), holding->holder, -holding->amount,
                      holding->span.start_us };
}

/* Adds the amount to @total where the holding is sound. */
static gboolean
count_in (const HtHolding *holding, int64_t *total, GError **error)
{
    HtSpan span;

    if (!ht_span_make (holding->span.start_us, holding->span.end_us, &span, error))
        return FALSE;
    if (holding->amount < 1) {
        ht_problem_set (error, HT_ERROR_INVALID, "amount-not-positive", "amount",
                        "an amount of %" PRId64 " cannot be reserved; it must be at least 1",
                        holding->amount);
        return FALSE;
    }
    if (*total > INT64_MAX - holding->amount) {
        ht_problem_set (error, HT_ERROR_INVALID, "amount-too-large", "amount",
                        "with %" PRId64 " more, what is reserved of this resource can no longer be "
                        "counted",
                        holding->amount);
        return FALSE;
    }
    *total += holding->amount;
    return TRUE;
}

static void
insert (HtTimeline *timeline, const HtHolding *holding)
{
    HtPoint start = make_start (holding), end = make_end (holding);

    ht_point_tree_insert (&timeline->tree, &start);
    ht_point_tree_insert (&timeline->tree, &end);
    timeline->count++;
}

gboolean
ht_timeline_add (HtTimeline *timeline, const HtHolding *holding, GError **error)
{
    if (!count_in (holding, &timeline->total, error))
        return FALSE;
    insert (timeline, holding);
    return TRUE;
}

gboolean
ht_timeline_remove (HtTimeline *timeline, const HtHolding *holding, GError **error)
{
    HtPoint start, end;

    if (ht_span_is_valid (holding->span) && holding->amount > 0) {
        start = make_start (holding), end = make_end (holding);
        if (ht_point_tree_remove (&timeline->tree, &start)) {
            ht_point_tree_remove (&timeline->tree, &end);
            timeline->count--;
            timeline->total -= holding->amount;
            return TRUE;
        }
    }
    ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-such-reservation", NULL,
                    "%" PRId64 " holds no such amount in such a span here", holding->holder);
    return FALSE;
}

static int
compare_points (gconstpointer a, gconstpointer b, gpointer user_data)
{
    return ht_point_compare (a, b);
}

/* What is loaded comes in order of start more often than not. */
static void
sort_points (HtPoint *points, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (ht_point_compare (&points[i - 1], &points[i]) > 0) {
            g_qsort_with_data (points, (int) count, sizeof *points, compare_points, NULL);
            return;
        }
}

/* What fits into one GArray beside its sorted copy. */
#define MOST_BUILT (G_MAXUINT / 4 / sizeof (HtPoint))

static void
build (HtTimeline *timeline, const HtHolding *holdings, size_t count)
{
    g_autoptr (GArray) room =
        g_array_sized_new (FALSE, FALSE, sizeof (HtPoint), (unsigned) count * 4);
    HtPoint *starts = (HtPoint *) (void *) room->data, *ends = starts + count;
    HtPoint *both = ends + count;
    size_t s = 0, e = 0;

    for (size_t i = 0; i < count; i++) {
        starts[i] = make_start (&holdings[i]);
        ends[i] = make_end (&holdings[i]);
    }
    sort_points (starts, count);
    sort_points (ends, count);
    while (e < count)
        if (s < count && ht_point_compare (&starts[s], &ends[e]) < 0) {
            both[s + e] = starts[s];
            s++;
        } else {
            both[s + e] = ends[e];
            e++;
        }
    ht_point_tree_build (&timeline->tree, both, count * 2);
    timeline->count = count;
}

gboolean
ht_timeline_load (HtTimeline *timeline, const HtHolding *holdings, size_t count, GError **error)
{
    int64_t total = timeline->total;

    for (size_t i = 0; i < count; i++)
        if (!count_in (&holdings[i], &total, error))
            return FALSE;
    timeline->total = total;
    if (timeline->count == 0 && count <= MOST_BUILT)
        build (timeline, holdings, count);
    else
        for (size_t i = 0; i < count; i++)
            insert (timeline, &holdings[i]);
    return TRUE;
}

/* --- questions: walks over the points of a stretch, told how to pass a child by ------------ */

static int64_t
clamp_key (int64_t at_us)
{
    return HT_POINT_KEY (CLAMP (at_us, 0, HT_SPAN_END_OF_TIME_US));
}

typedef struct _Walk Walk;

struct _Walk {
    int64_t from_key;  /* points from here on */
    int64_t until_key; /* and before this */
    int64_t level;     /* taken after the points passed so far */
    /* At a point, whose change is in the level already; FALSE ends the walk. */
    gboolean (*point) (Walk *walk, int64_t at_us);
    /* Whether all of a child can be passed by; it then adds nothing but its sum to the level. */
    gboolean (*skip) (Walk *walk, const HtPointBranch *branch, unsigned i);
};

static gboolean
walk_leaf (Walk *walk, const HtPointLeaf *leaf)
{
    for (unsigned i = 0; i < leaf->node.count; i++) {
        const HtPoint *point = &leaf->points[i];

        if (point->key < walk->from_key)
            continue;
        if (point->key >= walk->until_key)
            return FALSE;
        walk->level += point->change;
        if (!walk->point (walk, HT_POINT_AT_US (point->key)))
            return FALSE;
    }
    return TRUE;
}

/* A child lies inside the stretch as a whole where the next one still begins before its end. */
static gboolean
is_inside (const Walk *walk, const HtPointBranch *branch, unsigned i)
{
    return branch->key[i] >= walk->from_key && i + 1U < branch->node.count &&
           branch->key[i + 1] < walk->until_key;
}

static gboolean
walk_node (Walk *walk, const HtPointNode *node) /* NOLINT(misc-no-recursion): depth < 12 */
{
    const HtPointBranch *branch = (const HtPointBranch *) (const void *) node;

    if (node->level == 0)
        return walk_leaf (walk, (const HtPointLeaf *) (const void *) node);
    for (unsigned i = 0; i < node->count; i++) {
        if (i + 1U < node->count && branch->key[i + 1] < walk->from_key)
            continue;
        if (branch->key[i] >= walk->until_key)
            return FALSE;
        if (is_inside (walk, branch, i) && walk->skip (walk, branch, i))
            walk->level += branch->sum[i];
        else if (!walk_node (walk, branch->child[i]))
            return FALSE;
    }
    return TRUE;
}

/* Prepares the points inside the span: after its first instant, whose level it sets out from. */
static void
set_out (Walk *walk, const HtTimeline *timeline, HtSpan span)
{
    walk->from_key = clamp_key (span.start_us) + 2;
    walk->until_key = clamp_key (span.end_us);
    walk->level = ht_point_tree_sum_before (&timeline->tree, walk->from_key);
}

static void
walk_tree (Walk *walk, const HtTimeline *timeline)
{
    if (timeline->tree.root != NULL && walk->from_key < walk->until_key)
        walk_node (walk, timeline->tree.root);
}

/* --- the most ------------------------------------------------------------------------------ */

typedef struct {
    Walk walk;
    int64_t peak;
} Peak;

static gboolean
peak_point (Walk *walk, int64_t at_us)
{
    Peak *peak = (Peak *) walk;

    peak->peak = MAX (peak->peak, walk->level);
    return TRUE;
}

static gboolean
peak_skip (Walk *walk, const HtPointBranch *branch, unsigned i)
{
    Peak *peak = (Peak *) walk;

    peak->peak = MAX (peak->peak, walk->level + branch->high[i]);
    return TRUE;
}

int64_t
ht_timeline_get_peak (const HtTimeline *timeline, HtSpan span)
{
    Peak peak = { .walk = { .point = peak_point, .skip = peak_skip } };

    if (span.start_us >= span.end_us || span.end_us <= 0 || span.start_us >= HT_SPAN_END_OF_TIME_US)
        return 0;
    set_out (&peak.walk, timeline, span);
    peak.peak = peak.walk.level;
    walk_tree (&peak.walk, timeline);
    return peak.peak;
}

gboolean
ht_timeline_fits (const HtTimeline *timeline, int64_t capacity, HtSpan span, int64_t amount)
{
    return amount <= capacity && ht_timeline_get_peak (timeline, span) <= capacity - amount;
}

/* --- the first room ------------------------------------------------------------------------ */

typedef struct {
    Walk walk;
    int64_t limit;        /* what may be taken already */
    int64_t length_us;    /* how long */
    int64_t candidate_us; /* from here on there has been room; -1: there is none here */
} Search;

static gboolean
is_found (const Search *search, int64_t at_us)
{
    return search->candidate_us >= 0 && at_us - search->candidate_us >= search->length_us;
}

static gboolean
search_point (Walk *walk, int64_t at_us)
{
    Search *search = (Search *) walk;

    if (is_found (search, at_us))
        return FALSE;
    if (walk->level > search->limit)
        search->candidate_us = -1;
    else if (search->candidate_us < 0)
        search->candidate_us = at_us;
    return TRUE;
}

static gboolean
search_skip (Walk *walk, const HtPointBranch *branch, unsigned i)
{
    const Search *search = (Search *) walk;

    if (search->candidate_us < 0)
        return walk->level + branch->low[i] > search->limit;
    return walk->level + branch->high[i] <= search->limit &&
           !is_found (search, HT_POINT_AT_US (branch->key[i]));
}

int64_t
ht_timeline_find_free (const HtTimeline *timeline, int64_t capacity, int64_t amount,
                       int64_t length_us, HtSpan within)
{
    Search search = { .walk = { .point = search_point, .skip = search_skip },
                      .length_us = length_us };
    int64_t last_us;

    if (amount > capacity || amount < 0 || length_us < 1 || length_us > HT_SPAN_END_OF_TIME_US)
        return -1;
    within = ht_span_intersect (within, (HtSpan){ 0, HT_SPAN_END_OF_TIME_US - 1 });
    last_us = within.end_us - length_us;
    if (last_us < within.start_us)
        return -1;
    search.limit = capacity - amount;
    set_out (&search.walk, timeline, within);
    search.candidate_us = search.walk.level <= search.limit ? within.start_us : -1;
    walk_tree (&search.walk, timeline);
    return search.candidate_us <= last_us ? search.candidate_us : -1;
}

/* --- what is too much ---------------------------------------------------------------------- */

typedef struct {
    Walk walk;
    int64_t limit;
    HtSpan found; /* start -1: none; end -1: goes on here */
    int64_t peak;
    HtTimelineEachSpan each;
    gpointer user_data;
} Excess;

static gboolean
give_excess (Excess *excess, int64_t end_us)
{
    HtSpan span = { excess->found.start_us, end_us };

    return span.start_us < 0 || excess->each (span, excess->peak, excess->user_data);
}

/* One that ends as another begins leaves no gap: an end is only believed at the next point. */
static gboolean
excess_point (Walk *walk, int64_t at_us)
{
    Excess *excess = (Excess *) walk;
    HtSpan found = excess->found;

    if (walk->level <= excess->limit) {
        if (found.start_us >= 0 && found.end_us < 0)
            excess->found.end_us = at_us;
        return TRUE;
    }
    if (found.start_us >= 0 && (found.end_us < 0 || found.end_us == at_us)) {
        excess->found.end_us = -1;
        excess->peak = MAX (excess->peak, walk->level);
        return TRUE;
    }
    if (!give_excess (excess, found.end_us)) {
        excess->found.start_us = -1;
        return FALSE;
    }
    excess->found = (HtSpan){ at_us, -1 };
    excess->peak = walk->level;
    return TRUE;
}

static gboolean
excess_skip (Walk *walk, const HtPointBranch *branch, unsigned i)
{
    Excess *excess = (Excess *) walk;

    if (excess->found.start_us < 0 || excess->found.end_us >= 0)
        return walk->level + branch->high[i] <= excess->limit;
    if (walk->level + branch->low[i] <= excess->limit)
        return FALSE;
    excess->peak = MAX (excess->peak, walk->level + branch->high[i]);
    return TRUE;
}

void
ht_timeline_foreach_excess (const HtTimeline *timeline, HtSpan span, int64_t limit,
                            HtTimelineEachSpan each, gpointer user_data)
{
    Excess excess = { .walk = { .point = excess_point, .skip = excess_skip },
                      .limit = limit,
                      .found = { -1, -1 },
                      .each = each,
                      .user_data = user_data };

    span = ht_span_intersect (span, (HtSpan){ 0, HT_SPAN_END_OF_TIME_US });
    if (span.start_us >= span.end_us)
        return;
    set_out (&excess.walk, timeline, span);
    if (excess.walk.level > limit) {
        excess.found.start_us = span.start_us;
        excess.peak = excess.walk.level;
    }
    walk_tree (&excess.walk, timeline);
    give_excess (&excess, excess.found.end_us < 0 ? span.end_us : excess.found.end_us);
}

/* --- who ----------------------------------------------------------------------------------- */

typedef struct {
    HtSpan span;
    HtTimelineEachHolding each;
    gpointer user_data;
} Visit;

static gboolean
visit_leaf (const Visit *visit, const HtPointLeaf *leaf)
{
    for (unsigned i = 0; i < leaf->node.count; i++) {
        const HtPoint *point = &leaf->points[i];
        HtHolding holding = { point->holder,
                              { HT_POINT_AT_US (point->key), point->other_us },
                              point->change };

        if (!HT_POINT_IS_START (point->key) || holding.span.end_us <= visit->span.start_us)
            continue;
        if (holding.span.start_us >= visit->span.end_us ||
            !visit->each (&holding, visit->user_data))
            return FALSE;
    }
    return TRUE;
}

static gboolean
visit_node (const Visit *visit, const HtPointNode *node) /* NOLINT(misc-no-recursion) */
{
    const HtPointBranch *branch = (const HtPointBranch *) (const void *) node;

    if (node->level == 0)
        return visit_leaf (visit, (const HtPointLeaf *) (const void *) node);
    for (unsigned i = 0; i < node->count; i++) {
        if (HT_POINT_AT_US (branch->key[i]) >= visit->span.end_us)
            return FALSE;
        if (branch->until_us[i] > visit->span.start_us && !visit_node (visit, branch->child[i]))
            return FALSE;
    }
    return TRUE;
}

void
ht_timeline_foreach_holding (const HtTimeline *timeline, HtSpan span, HtTimelineEachHolding each,
                             gpointer user_data)
{
    Visit visit = { span, each, user_data };

    if (timeline->tree.root != NULL && span.start_us < span.end_us)
        visit_node (&visit, timeline->tree.root);
}
