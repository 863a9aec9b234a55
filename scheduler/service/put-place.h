/* SPDX-License-Identifier: MIT */

/* What an administrator says of places: when they are open, and how much of what there is. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct {
    int weekday;        /* of ht_weekday_names */
    char *from, *until; /* "07:00", "24:00" */
} HtPutHours;

/* All of it: what is not named is not so any more. */
typedef struct {
    int64_t id; /* 0: a new one */
    char *name;
    char *zone;    /* NULL: of the installation */
    GArray *hours; /* (element-type HtPutHours) (nullable): empty: open at all hours */
    char **days;   /* (nullable): closed days, "2026-12-25" */
} HtPutClosure;

/* All of it, but for the kind, which stays what it was when it was made. */
typedef struct {
    int64_t id; /* 0: a new one */
    int kind;   /* HtResourceKind */
    int64_t unit_id;
    char *name;
    int64_t capacity, seats;
    int64_t setup_minutes, teardown_minutes;
    int64_t closure_id;
    int64_t parent_id; /* of a link */
    gboolean relay;    /* of a link */
    char *features;
    gboolean retired;
} HtPutResource;

G_END_DECLS
