/* SPDX-License-Identifier: MIT */

/* A zone as a VTIMEZONE (RFC 5545 3.6.5) that every client reads: one STANDARD, or STANDARD and
 * DAYLIGHT with a yearly RRULE from 1970; no RDATE and no TZUNTIL. */

#pragma once

#include "scheduler/core/zone.h"

G_BEGIN_DECLS

/**
 * ht_timezone_is_regular:
 *
 * Returns: whether the zone has one offset, or two that change by one rule each, from 2024 on.
 *   Where it has not, its events stand in UTC.
 */
gboolean ht_timezone_is_regular (const HtZone *zone);

/* Appends the VTIMEZONE of a regular zone. UTC needs none and gets none. */
void ht_timezone_append (const HtZone *zone, GString *text);

G_END_DECLS
