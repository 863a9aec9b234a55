/* SPDX-License-Identifier: MIT */

/* The first common free slot, asked of PostgreSQL in SQL: the peer of slot.first. */

#pragma once

#include <glib.h>

#include "scheduler/core/span.h"

G_BEGIN_DECLS

/* A reservation that takes all of a resource. */
typedef struct {
    int64_t resource_id;
    HtSpan span;
} HtSlotSqlRow;

typedef struct {
    const HtSlotSqlRow *rows;
    size_t n_rows;
    const int64_t *resource_ids; /* those that must be free together */
    size_t n_resource_ids;
    HtSpan within;
    int64_t length_us;
    int64_t grid_us; /* from the beginning of @within */
} HtSlotSql;

/**
 * ht_slot_sql_ask:
 * @ret_start_us: the first start that is free
 *
 * Loads the rows into the server of PGHOST, with an index on resource and span, and asks @rounds
 * times. Ends the program where the server does not do as it is told.
 *
 * Returns: milliseconds that one answer took, of one server process
 */
double ht_slot_sql_ask (const HtSlotSql *question, unsigned rounds, int64_t *ret_start_us);

G_END_DECLS
