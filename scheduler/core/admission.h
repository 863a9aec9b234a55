/* SPDX-License-Identifier: MIT */

/* The one decision that every door goes through: may these reservations be made? Where not, what
 * is in the way, where, how much is free there, and who has it. */

#pragma once

#include "scheduler/core/closure.h"
#include "scheduler/core/resource.h"

G_BEGIN_DECLS

/* A reservation that is asked for. */
typedef struct {
    unsigned occurrence; /* of the request it belongs to: only told back */
    HtReservation reservation;
    HtSpan open; /* what must lie in opening hours: the session itself. Set-up may come before */
    unsigned choice; /* of a search for times: 0, or one of those with the same number is enough.
                      * A decision takes all of them */
} HtDemand;

/* A reservation that stands and would be given back: the sessions being edited hold it. */
typedef struct {
    int64_t holder;
    HtReservation reservation;
} HtReturn;

/* What is known of a resource. Borrowed until the decision has been made. */
typedef struct {
    const HtTimeline *timeline;
    int64_t capacity;
    const HtClosure *closure; /* (nullable): always open */
    gboolean retired;
} HtSupply;

/* Returns: %FALSE where there is no such resource */
typedef gboolean (*HtSupplyLookup) (int64_t resource_id, HtSupply *ret_supply, gpointer user_data);

typedef struct {
    const HtDemand *demands;
    size_t n_demands;
    const HtReturn *returns;
    size_t n_returns;
    HtSupplyLookup lookup;
    gpointer user_data;
    gboolean ignore_closures; /* an override, which the caller logs */
} HtAdmission;

typedef enum {
    HT_OBSTACLE_TAKEN,     /* the capacity would be passed */
    HT_OBSTACLE_CLOSED,    /* out of opening hours, or a holiday */
    HT_OBSTACLE_RETIRED,   /* takes no new reservations */
    HT_OBSTACLE_UNCHECKED, /* no such resource, or its opening hours are not known so far ahead */
    HT_OBSTACLE_N_KINDS,
} HtObstacleKind;

extern const char *const ht_obstacle_kind_names[]; /* "taken", ..., NULL */

/* Who is in the way: holder 0 is another occurrence of the same request. At most so many are
 * told of one obstacle, and so many obstacles of one request. */
enum { HT_OBSTACLE_MOST_WITH = 20, HT_ADMISSION_MOST_OBSTACLES = 500 };

typedef struct {
    HtObstacleKind kind;
    unsigned occurrence;
    int64_t resource_id;
    HtSpan span; /* the part of what was asked that cannot be had */
    int64_t capacity;
    int64_t wanted;
    int64_t free; /* at the worst instant of the span; 0 unless taken */
    GArray *with; /* (element-type HtHolding) (owned); empty unless taken */
} HtObstacle;

/**
 * ht_admission_decide:
 * @ret_obstacles: (out) (optional) (nullable) (transfer full) (element-type HtObstacle): by
 *   occurrence, resource and span; %NULL where there are none
 *
 * Demands on one resource add up with each other, so a series that overlaps itself is seen. Where
 * no more is asked than is given back nothing is refused: an edit may leave a session in hours
 * that were closed, or above a capacity that was lowered, since.
 *
 * Returns: %FALSE with %HT_ERROR_CONFLICT ("clash"), or %HT_ERROR_INVALID ("cannot-be-checked",
 *   "span-backwards", "amount-not-positive", ...) where a demand is no reservation at all
 */
gboolean ht_admission_decide (const HtAdmission *admission, GArray **ret_obstacles, GError **error);

G_END_DECLS
