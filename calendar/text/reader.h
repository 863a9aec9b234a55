/* SPDX-License-Identifier: MIT */

/* Foreign calendars read through libical: what we index of each VEVENT. The octets themselves stay
 * what the client sent; libical loses what it does not know. */

#pragma once

#include "scheduler/core/civil.h"

G_BEGIN_DECLS

/* Bounds of what is read at all. */
#define HT_READER_MAX_OCTETS (1024 * 1024)
#define HT_READER_MAX_DEPTH  16

typedef struct {
    char *uid;
    char *summary; /* (nullable) */
    HtCivil start;
    HtCivilText form;  /* of start */
    char *zone;        /* (nullable): the TZID of start as it stood */
    char *rule;        /* (nullable): RRULE, for ht_recurrence_parse() */
    gboolean override; /* whether it has a RECURRENCE-ID */
} HtReadEvent;

/**
 * ht_reader_read:
 * @octets: a calendar; need not end in NUL
 *
 * Returns: (transfer full) (element-type HtReadEvent): its events that have a UID and a start that
 *   exists; %NULL with %HT_ERROR_TOO_LARGE, or %HT_ERROR_INVALID where it is no calendar
 */
GPtrArray *ht_reader_read (const char *octets, size_t length, GError **error);

G_END_DECLS
