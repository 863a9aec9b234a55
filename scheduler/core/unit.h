/* SPDX-License-Identifier: MIT */

/* An organisation in a tree. Units merge, split and are renamed: what they are called and where
 * they hang carries dates; only the identity stays. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What a unit is called from one day to another. */
typedef struct {
    int64_t from_day;  /* days since 1970-01-01, first day of it */
    int64_t until_day; /* first day after; 0: still so */
    char *code;        /* the General Statistics Office's; may be reused by another unit later */
    char *name;        /* "Xã Hồng Vân" */
    char *type;        /* "tinh", "huyen", "xa", ...: shown, never decided on */
    int64_t parent_id; /* unit; 0 at the top */
} HtUnitTerm;

typedef struct {
    int64_t id;
    char *key;     /* import key, kept when code, name or parent change */
    GArray *terms; /* (element-type HtUnitTerm), ordered by from_day, without overlap */
} HtUnit;

/* (nullable): the term in force on @day; before the first one the first, after the last the last.
 */
const HtUnitTerm *ht_unit_get_term (const HtUnit *unit, int64_t day);

G_END_DECLS
