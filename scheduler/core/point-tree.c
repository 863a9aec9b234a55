/* SPDX-License-Identifier: MIT */

#include "scheduler/core/point-tree.h"

#include <string.h>

/* Filled so far at a build, that the next insertions need no split. */
enum { LEAF_BUILT = 56, BRANCH_BUILT = 28, LEAF_FIRST = 4 };

static int
compare (int64_t key_a, int64_t holder_a, int64_t key_b, int64_t holder_b)
{
    if (key_a != key_b)
        return key_a < key_b ? -1 : 1;
    return holder_a == holder_b ? 0 : holder_a < holder_b ? -1 : 1;
}

int
ht_point_compare (const HtPoint *a, const HtPoint *b)
{
    return compare (a->key, a->holder, b->key, b->holder);
}

static HtPointLeaf *
as_leaf (HtPointNode *node)
{
    g_assert (node->level == 0);
    return (HtPointLeaf *) (void *) node;
}

static HtPointBranch *
as_branch (HtPointNode *node)
{
    g_assert (node->level > 0);
    return (HtPointBranch *) (void *) node;
}

static HtPointLeaf *
resize_leaf (HtPointLeaf *leaf, unsigned capacity)
{
    gboolean fresh = leaf == NULL;

    leaf = g_realloc (leaf, sizeof (HtPointLeaf) + capacity * sizeof (HtPoint));
    if (fresh)
        leaf->node = (HtPointNode){ 0 };
    leaf->node.capacity = (uint16_t) capacity;
    return leaf;
}

static void
free_node (HtPointNode *node)
{
    if (node != NULL && node->level > 0)
        for (unsigned i = 0; i < node->count; i++)
            free_node (as_branch (node)->child[i]);
    g_clear_pointer (&node, g_free);
}

void
ht_point_tree_clear (HtPointTree *tree)
{
    g_clear_pointer (&tree->root, free_node);
}

/* --- what a branch knows of its children --------------------------------------------------- */

static void
summarise_leaf (HtPointBranch *branch, unsigned i, const HtPointLeaf *leaf)
{
    int64_t sum = 0, high = INT64_MIN, low = INT64_MAX, until_us = -1;

    for (unsigned p = 0; p < leaf->node.count; p++) {
        const HtPoint *point = &leaf->points[p];

        sum += point->change;
        high = MAX (high, sum);
        low = MIN (low, sum);
        if (HT_POINT_IS_START (point->key))
            until_us = MAX (until_us, point->other_us);
    }
    branch->key[i] = leaf->points[0].key;
    branch->holder[i] = leaf->points[0].holder;
    branch->sum[i] = sum;
    branch->high[i] = high;
    branch->low[i] = low;
    branch->until_us[i] = until_us;
}

static void
summarise_branch (HtPointBranch *branch, unsigned i, const HtPointBranch *below)
{
    int64_t sum = 0, high = INT64_MIN, low = INT64_MAX, until_us = -1;

    for (unsigned c = 0; c < below->node.count; c++) {
        high = MAX (high, sum + below->high[c]);
        low = MIN (low, sum + below->low[c]);
        sum += below->sum[c];
        until_us = MAX (until_us, below->until_us[c]);
    }
    branch->key[i] = below->key[0];
    branch->holder[i] = below->holder[0];
    branch->sum[i] = sum;
    branch->high[i] = high;
    branch->low[i] = low;
    branch->until_us[i] = until_us;
}

static void
summarise (HtPointBranch *branch, unsigned i)
{
    HtPointNode *child = branch->child[i];

    if (child->level == 0)
        summarise_leaf (branch, i, as_leaf (child));
    else
        summarise_branch (branch, i, as_branch (child));
}

/* Moves @count children with all that is known of them. */
static void
move_children (HtPointBranch *to, unsigned to_i, const HtPointBranch *from, unsigned from_i,
               unsigned count)
{
    int64_t *to_columns[] = { to->key, to->holder, to->sum, to->high, to->low, to->until_us };
    const int64_t *from_columns[] = { from->key,  from->holder, from->sum,
                                      from->high, from->low,    from->until_us };

    for (unsigned c = 0; c < G_N_ELEMENTS (to_columns); c++)
        memmove (to_columns[c] + to_i, from_columns[c] + from_i, count * sizeof (int64_t));
    memmove (to->child + to_i, from->child + from_i, count * sizeof (HtPointNode *));
}

static HtPointBranch *
new_branch (unsigned level)
{
    HtPointBranch *branch = g_new0 (HtPointBranch, 1);

    branch->node.level = (uint16_t) level;
    return branch;
}

/* --- insertion ----------------------------------------------------------------------------- */

static HtPointNode *
split_leaf (HtPointLeaf *leaf, unsigned at)
{
    unsigned moved = leaf->node.count - at;
    HtPointLeaf *right = resize_leaf (NULL, MAX (moved + LEAF_FIRST, HT_POINT_LEAF_MAX / 2));

    memcpy (right->points, leaf->points + at, moved * sizeof (HtPoint));
    right->node.count = (uint16_t) moved;
    leaf->node.count = (uint16_t) at;
    return &right->node;
}

static void
put_into_leaf (HtPointNode **slot, unsigned at, const HtPoint *point)
{
    HtPointLeaf *leaf = as_leaf (*slot);
    unsigned count = leaf->node.count;

    if (count == leaf->node.capacity) {
        leaf = resize_leaf (leaf, MIN (count * 2, HT_POINT_LEAF_MAX));
        *slot = &leaf->node;
    }
    memmove (leaf->points + at + 1, leaf->points + at, (count - at) * sizeof (HtPoint));
    leaf->points[at] = *point;
    leaf->node.count++;
}

/* Index of the first point not before @point. */
static unsigned
search_leaf (const HtPointLeaf *leaf, const HtPoint *point)
{
    unsigned from = 0, to = leaf->node.count;

    while (from < to) {
        unsigned middle = (from + to) / 2;

        if (ht_point_compare (&leaf->points[middle], point) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Returns: (nullable): a new right neighbour */
static HtPointNode *
insert_into_leaf (HtPointNode **slot, const HtPoint *point)
{
    HtPointLeaf *leaf = as_leaf (*slot);
    unsigned at = search_leaf (leaf, point), count = leaf->node.count, half;
    HtPointNode *right;

    if (count < HT_POINT_LEAF_MAX) {
        put_into_leaf (slot, at, point);
        return NULL;
    }
    /* what is booked in the order of time leaves full leaves behind */
    half = at == count ? count : count / 2;
    right = split_leaf (leaf, half);
    if (at > half || half == count)
        put_into_leaf (&right, at - half, point);
    else
        put_into_leaf (slot, at, point);
    return right;
}

static void
put_child (HtPointBranch *branch, unsigned at, HtPointNode *child)
{
    move_children (branch, at + 1, branch, at, branch->node.count - at);
    branch->child[at] = child;
    branch->node.count++;
    summarise (branch, at);
}

static HtPointNode *
insert_child (HtPointBranch *branch, unsigned at, HtPointNode *child)
{
    unsigned count = branch->node.count, half = at == count ? count : count / 2;
    HtPointBranch *right;

    if (count < HT_POINT_BRANCH_MAX) {
        put_child (branch, at, child);
        return NULL;
    }
    right = new_branch (branch->node.level);
    move_children (right, 0, branch, half, count - half);
    right->node.count = (uint16_t) (count - half);
    branch->node.count = (uint16_t) half;
    if (at > half || half == count)
        put_child (right, at - half, child);
    else
        put_child (branch, at, child);
    return &right->node;
}

/* Index of the last child that begins before @point, or 0. */
static unsigned
search_branch (const HtPointBranch *branch, const HtPoint *point)
{
    unsigned from = 0, to = branch->node.count;

    while (to - from > 1) {
        unsigned middle = (from + to) / 2;

        if (compare (branch->key[middle], branch->holder[middle], point->key, point->holder) < 0)
            from = middle;
        else
            to = middle;
    }
    return from;
}

static HtPointNode *
insert_into (HtPointNode **slot, const HtPoint *point) /* NOLINT(misc-no-recursion): depth < 12 */
{
    HtPointBranch *branch;
    HtPointNode *right;
    unsigned i;

    if ((*slot)->level == 0)
        return insert_into_leaf (slot, point);
    branch = as_branch (*slot);
    i = search_branch (branch, point);
    right = insert_into (&branch->child[i], point);
    summarise (branch, i);
    return right == NULL ? NULL : insert_child (branch, i + 1, right);
}

void
ht_point_tree_insert (HtPointTree *tree, const HtPoint *point)
{
    HtPointNode *right;
    HtPointBranch *root;

    if (tree->root == NULL)
        tree->root = &resize_leaf (NULL, LEAF_FIRST)->node;
    right = insert_into (&tree->root, point);
    if (right == NULL)
        return;
    root = new_branch (tree->root->level + 1U);
    put_child (root, 0, tree->root);
    put_child (root, 1, right);
    tree->root = &root->node;
}

/* --- removal ------------------------------------------------------------------------------- */

static gboolean
remove_from_leaf (HtPointLeaf *leaf, const HtPoint *point)
{
    for (unsigned i = search_leaf (leaf, point); i < leaf->node.count; i++) {
        const HtPoint *here = &leaf->points[i];

        if (ht_point_compare (here, point) != 0)
            return FALSE;
        if (here->change != point->change || here->other_us != point->other_us)
            continue;
        leaf->node.count--;
        memmove (leaf->points + i, leaf->points + i + 1, (leaf->node.count - i) * sizeof (HtPoint));
        return TRUE;
    }
    return FALSE;
}

static void
drop_child (HtPointBranch *branch, unsigned i)
{
    branch->node.count--;
    move_children (branch, i, branch, i + 1, branch->node.count - i);
}

/* Joins child i + 1 to child i where both fill three quarters of one at most. */
static void
join_children (HtPointBranch *branch, unsigned i)
{
    HtPointNode *left = branch->child[i], *right = branch->child[i + 1];
    unsigned most = left->level == 0 ? HT_POINT_LEAF_MAX : HT_POINT_BRANCH_MAX;
    unsigned count = (unsigned) left->count + right->count;

    if (count > most * 3 / 4)
        return;
    if (left->level == 0) {
        HtPointLeaf *leaf = as_leaf (left);

        if (leaf->node.capacity < count)
            leaf = resize_leaf (leaf, count + LEAF_FIRST);
        memcpy (leaf->points + leaf->node.count, as_leaf (right)->points,
                right->count * sizeof (HtPoint));
        branch->child[i] = left = &leaf->node;
    } else {
        move_children (as_branch (left), left->count, as_branch (right), 0, right->count);
    }
    left->count = (uint16_t) count;
    g_clear_pointer (&right, g_free);
    drop_child (branch, i + 1);
    summarise (branch, i);
}

/* After child @i lost a point. */
static void
mend_child (HtPointBranch *branch, unsigned i)
{
    HtPointNode *child = branch->child[i];

    if (child->count == 0) {
        free_node (child);
        drop_child (branch, i);
        return;
    }
    summarise (branch, i);
    if (child->count > (child->level == 0 ? HT_POINT_LEAF_MAX : HT_POINT_BRANCH_MAX) / 4)
        return;
    if (i + 1U < branch->node.count)
        join_children (branch, i);
    else if (i > 0)
        join_children (branch, i - 1);
}

static gboolean
remove_from (HtPointNode *node, const HtPoint *point) /* NOLINT(misc-no-recursion): depth < 12 */
{
    HtPointBranch *branch;

    if (node->level == 0)
        return remove_from_leaf (as_leaf (node), point);
    branch = as_branch (node);
    for (unsigned i = search_branch (branch, point); i < node->count; i++) {
        if (compare (branch->key[i], branch->holder[i], point->key, point->holder) > 0)
            return FALSE;
        if (remove_from (branch->child[i], point)) {
            mend_child (branch, i);
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
ht_point_tree_remove (HtPointTree *tree, const HtPoint *point)
{
    if (tree->root == NULL || !remove_from (tree->root, point))
        return FALSE;
    while (tree->root->level > 0 && tree->root->count == 1) {
        HtPointNode *only = as_branch (tree->root)->child[0];

        g_clear_pointer (&tree->root, g_free);
        tree->root = only;
    }
    if (tree->root->count == 0)
        ht_point_tree_clear (tree);
    return TRUE;
}

/* --- the whole at once --------------------------------------------------------------------- */

static GPtrArray *
build_leaves (const HtPoint *points, size_t count)
{
    size_t n = count <= HT_POINT_LEAF_MAX ? 1 : (count + LEAF_BUILT - 1) / LEAF_BUILT;
    GPtrArray *leaves = g_ptr_array_sized_new ((unsigned) n);

    for (size_t i = 0, done = 0; i < n; i++) {
        size_t take = (count - done) / (n - i);
        HtPointLeaf *leaf = resize_leaf (NULL, (unsigned) take);

        memcpy (leaf->points, points + done, take * sizeof (HtPoint));
        leaf->node.count = (uint16_t) take;
        g_ptr_array_add (leaves, leaf);
        done += take;
    }
    return leaves;
}

static GPtrArray *
build_level (GPtrArray *below, unsigned level)
{
    size_t count = below->len;
    size_t n = count <= HT_POINT_BRANCH_MAX ? 1 : (count + BRANCH_BUILT - 1) / BRANCH_BUILT;
    GPtrArray *branches = g_ptr_array_sized_new ((unsigned) n);

    for (size_t i = 0, done = 0; i < n; i++) {
        size_t take = (count - done) / (n - i);
        HtPointBranch *branch = new_branch (level);

        for (size_t c = 0; c < take; c++)
            put_child (branch, (unsigned) c, g_ptr_array_index (below, done + c));
        g_ptr_array_add (branches, branch);
        done += take;
    }
    return branches;
}

void
ht_point_tree_build (HtPointTree *tree, const HtPoint *points, size_t count)
{
    GPtrArray *nodes;

    ht_point_tree_clear (tree);
    if (count == 0)
        return;
    nodes = build_leaves (points, count);
    for (unsigned level = 1; nodes->len > 1; level++) {
        GPtrArray *above = build_level (nodes, level);

        g_ptr_array_unref (nodes);
        nodes = above;
    }
    tree->root = g_ptr_array_index (nodes, 0);
    g_ptr_array_unref (nodes);
}

/* --- questions ----------------------------------------------------------------------------- */

int64_t
ht_point_tree_sum_before (const HtPointTree *tree, int64_t key)
{
    HtPointNode *node = tree->root;
    int64_t sum = 0;

    while (node != NULL && node->level > 0) {
        const HtPointBranch *branch = as_branch (node);
        unsigned i = 0;

        for (; i + 1U < node->count && branch->key[i + 1] < key; i++)
            sum += branch->sum[i];
        node = branch->child[i];
    }
    for (unsigned i = 0; node != NULL && i < node->count; i++) {
        if (as_leaf (node)->points[i].key >= key)
            break;
        sum += as_leaf (node)->points[i].change;
    }
    return sum;
}

size_t
ht_point_tree_measure (const HtPointTree *tree)
{
    HtPointTree below;
    size_t bytes;

    if (tree->root == NULL)
        return 0;
    if (tree->root->level == 0)
        return sizeof (HtPointLeaf) + tree->root->capacity * sizeof (HtPoint);
    bytes = sizeof (HtPointBranch);
    for (unsigned i = 0; i < tree->root->count; i++) {
        below.root = as_branch (tree->root)->child[i];
        bytes += ht_point_tree_measure (&below);
    }
    return bytes;
}
