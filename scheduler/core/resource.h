/* SPDX-License-Identifier: MIT */

/* Anything with a capacity over time, and what a session takes of it. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
    HT_RESOURCE_ROOM,      /* capacity 1 */
    HT_RESOURCE_PERSON,    /* 1 */
    HT_RESOURCE_EQUIPMENT, /* pieces in the pool */
    HT_RESOURCE_CODEC,     /* 1; stands at a site */
    HT_RESOURCE_PORTS,     /* ports of a bridge */
    HT_RESOURCE_RECORDER,  /* tracks that may be recorded at once */
    HT_RESOURCE_LINK,      /* kbit/s that sessions may reserve */
    HT_RESOURCE_DISK,      /* octets */
    HT_RESOURCE_SOURCE,    /* connections that a camera accepts */
    HT_RESOURCE_N_KINDS,
} HtResourceKind;

extern const char *const ht_resource_kind_names[]; /* "room", ...; ends with NULL */

typedef struct {
    int64_t id;
    int kind; /* HtResourceKind */
    char *key;
    char *name;
    int64_t unit_id;     /* whose it is; 0: everybody's */
    int64_t capacity;    /* in the kind's unit */
    int64_t parent_id;   /* of a link: the next link towards the root of the WAN; 0 at the root */
    int64_t setup_us;    /* reserved before the session */
    int64_t teardown_us; /* and after it */
    int64_t seats;       /* of a room */
    int64_t closure_id;  /* 0: always open */
    gboolean relay;      /* of a link: one stands below it, so that a stream crosses it once */
    char *features;      /* words, with spaces between: "lab projector" */
    gboolean retired;    /* takes no new reservations */
} HtResource;

/* A half-open span of one resource, held by one session. */
typedef struct {
    int64_t resource_id;
    int64_t start_us;
    int64_t end_us;
    int64_t amount;
} HtReservation;

G_END_DECLS
