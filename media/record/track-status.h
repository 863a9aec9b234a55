/* SPDX-License-Identifier: MIT */

/* How a recorder is: what it shows in its shared page and answers on its control socket. */

#pragma once

#include "scheduler/support/fields.h"

G_BEGIN_DECLS

typedef enum {
    HT_TRACK_WAITING,    /* before arming: no ingest yet */
    HT_TRACK_ARMED,      /* before T: the ring fills */
    HT_TRACK_RECORDING,  /* a segment is open */
    HT_TRACK_RECOVERING, /* after T without a segment: the source is away or the disk is full */
    HT_TRACK_DRAINING,   /* past the end: closing */
    HT_TRACK_ENDED,      /* END stands in the journal */
    HT_TRACK_LEFT,       /* closed without END: this recorder holds it no longer */
} HtTrackState;

/**
 * HtTrackStatus:
 *
 * A plain value. Whether something is being recorded is told by @bytes growing, not by @state.
 */
typedef struct {
    int state;               /* HtTrackState */
    gboolean disk_full;      /* units are being dropped because writing fails */
    int64_t pid;             /* of the recorder */
    int64_t heartbeat_us;    /* wall clock of its last turn, at least every second */
    int64_t start_us;        /* T */
    int64_t end_us;          /* the end as it stands now */
    int64_t units;           /* access units written by this process */
    int64_t bytes;           /* octets written by this process */
    int64_t last_unit_us;    /* wall clock when the last unit arrived; 0 before the first */
    int64_t last_written_us; /* wall clock when the last unit was written */
    int64_t sequence;        /* of the open segment, or of the next one */
    int64_t segments;        /* closed ones in the journal */
    int64_t gaps;            /* GAP lines in the journal */
    int64_t ingest_pid;      /* 0 while there is none */
    int64_t ingest_starts;   /* by this process */
    int64_t last_cause;      /* HtGapCause of the last loss, -1 before any (journal.h) */
} HtTrackStatus;

extern const HtFields ht_track_status_fields;
extern const char *const ht_track_state_names[];

/* The rows of an HtTrackStatus that is a member of @type, for that record's own table. */
/* clang-format off */
#define HT_TRACK_STATUS_ROWS(type, prefix)                                                         \
    { "state", HT_FIELD_ENUM, G_STRUCT_OFFSET (type, prefix state), .names = ht_track_state_names }, \
    { "disk_full", HT_FIELD_BOOL, G_STRUCT_OFFSET (type, prefix disk_full) },                      \
    { "pid", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix pid) },                                   \
    { "heartbeat_us", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix heartbeat_us) },                 \
    { "start_us", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix start_us) },                         \
    { "end_us", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix end_us) },                             \
    { "units", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix units) },                               \
    { "bytes", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix bytes) },                               \
    { "last_unit_us", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix last_unit_us) },                 \
    { "last_written_us", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix last_written_us) },           \
    { "sequence", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix sequence) },                         \
    { "segments", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix segments) },                         \
    { "gaps", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix gaps) },                                 \
    { "ingest_pid", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix ingest_pid) },                     \
    { "ingest_starts", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix ingest_starts) },               \
    { "last_cause", HT_FIELD_INT, G_STRUCT_OFFSET (type, prefix last_cause) }
/* clang-format on */

G_END_DECLS
