/* SPDX-License-Identifier: MIT */

/* A time zone as a table of offsets, read once and immutable: conversion is then a search in
 * memory, before 1970 and after the last year of the system's files too. */

#pragma once

#include <glib.h>
#include <stdint.h>

#include "scheduler/core/civil.h"

G_BEGIN_DECLS

/* What a local time is in a zone. */
typedef enum {
    HT_LOCAL_EXISTS,
    HT_LOCAL_DOES_NOT_EXIST, /* the clocks were put forward over it */
    HT_LOCAL_EXISTS_TWICE,   /* the clocks were put back over it */
} HtLocal;

/* A run of local times of one offset, each of which exists once: [from_s, until_s). */
typedef struct {
    int64_t from_s;
    int64_t until_s;
    int offset_s; /* local time less UTC */
} HtZoneSpan;

/* From at_us on, local time is UTC and offset_s. */
typedef struct {
    int64_t at_us;
    int offset_from_s;
    int offset_s;
    gboolean daylight;
    const char *abbreviation; /* the zone's own: "+07", "EST" */
} HtZoneChange;

typedef struct _HtZone HtZone;

/**
 * ht_zone_new:
 * @name: "Asia/Ho_Chi_Minh", or "UTC"
 *
 * Reads the zone from the system's files.
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_INVALID ("no-such-zone")
 */
HtZone *ht_zone_new (const char *name, const char *field, GError **error);

HtZone *ht_zone_ref (HtZone *zone);
void ht_zone_unref (HtZone *zone);

const char *ht_zone_get_name (const HtZone *zone);

/* Local time less UTC at that instant, in seconds. */
int ht_zone_get_offset_s (const HtZone *zone, int64_t at_us);

/* The wall clock at that instant; microseconds are dropped. */
HtCivil ht_zone_to_civil (const HtZone *zone, int64_t at_us);

/**
 * ht_zone_find_local:
 * @ret_at_s: (out): the instant in seconds since 1970: the first of two; for a time that does not
 *   exist, what it would be under the offset before the gap (RFC 5545 3.3.5)
 * @ret_span: (out) (nullable): where it exists once, the run it lies in; empty otherwise
 */
HtLocal ht_zone_find_local (const HtZone *zone, int64_t local_s, int64_t *ret_at_s,
                            HtZoneSpan *ret_span);

/**
 * ht_zone_to_instant:
 *
 * Returns: %FALSE with %HT_ERROR_INVALID where @civil does not exist in the zone
 *   ("time-does-not-exist") or exists twice ("time-exists-twice")
 */
gboolean ht_zone_to_instant (const HtZone *zone, const HtCivil *civil, const char *field,
                             int64_t *ret_at_us, GError **error);

/* (transfer full): RFC 3339 with the offset of the zone, "2026-11-25T07:30:00+07:00". Where the
 * offset has seconds (before standard time) the nearest minute below stands in for it and the
 * clock is moved alike, so that the instant is right. */
char *ht_zone_format (const HtZone *zone, int64_t at_us);

/**
 * ht_zone_find_change:
 * @after_us: an instant
 *
 * Returns: %FALSE where the offset stays what it is for ever
 */
gboolean ht_zone_find_change (const HtZone *zone, int64_t after_us, HtZoneChange *ret_change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtZone, ht_zone_unref)

G_END_DECLS
