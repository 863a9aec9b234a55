/* SPDX-License-Identifier: MIT */

/* The ordered tree below a timeline: a B+ tree whose leaves are arrays of points and whose
 * branches carry, for each child, what a walk needs to pass it by. Only timelines use it. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Where a reservation begins or ends. */
typedef struct {
    int64_t key;      /* instant * 2, + 1 at a beginning: at one instant the ends come first */
    int64_t holder;   /* second in the order, so that one among many at one instant is found */
    int64_t change;   /* + amount at a beginning, - amount at an end */
    int64_t other_us; /* the instant of the other one of the pair */
} HtPoint;

#define HT_POINT_KEY(at_us)    ((at_us) *2)
#define HT_POINT_AT_US(key)    ((key) >> 1)
#define HT_POINT_IS_START(key) (((key) &1) != 0)

enum { HT_POINT_LEAF_MAX = 64, HT_POINT_BRANCH_MAX = 32 };

typedef struct {
    uint16_t level; /* 0: a leaf */
    uint16_t count;
    uint16_t capacity; /* of a leaf: points allocated */
} HtPointNode;

typedef struct {
    HtPointNode node;
    HtPoint points[];
} HtPointLeaf;

/* What lies below one child: columns, because a search reads one of them only. */
typedef struct {
    HtPointNode node;
    int64_t key[HT_POINT_BRANCH_MAX];      /* of the first point */
    int64_t holder[HT_POINT_BRANCH_MAX];   /* of the first point */
    int64_t sum[HT_POINT_BRANCH_MAX];      /* of all changes */
    int64_t high[HT_POINT_BRANCH_MAX];     /* greatest sum of a prefix that is not empty */
    int64_t low[HT_POINT_BRANCH_MAX];      /* least sum of a prefix that is not empty */
    int64_t until_us[HT_POINT_BRANCH_MAX]; /* last end of what begins below; -1: nothing does */
    HtPointNode *child[HT_POINT_BRANCH_MAX];
} HtPointBranch;

typedef struct {
    HtPointNode *root; /* (owned) (nullable) */
} HtPointTree;

void ht_point_tree_clear (HtPointTree *tree);
void ht_point_tree_insert (HtPointTree *tree, const HtPoint *point);

/* Returns: %FALSE where no point is like @point in every member */
gboolean ht_point_tree_remove (HtPointTree *tree, const HtPoint *point);

/* Replaces everything by @points, which are in order. */
void ht_point_tree_build (HtPointTree *tree, const HtPoint *points, size_t count);

/* The sum of the changes of all points with a key below @key. */
int64_t ht_point_tree_sum_before (const HtPointTree *tree, int64_t key);

/* Negative, 0, positive: by key, then by holder. */
int ht_point_compare (const HtPoint *a, const HtPoint *b);

/* Octets allocated. */
size_t ht_point_tree_measure (const HtPointTree *tree);

G_END_DECLS
