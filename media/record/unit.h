/* SPDX-License-Identifier: MIT */

/* What an ingest hands to its recorder over a SOCK_STREAM pair: a header of 32 octets, then the
 * payload. Little-endian, so that a dump can be read by hand. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_UNIT_VERSION      1
#define HT_UNIT_HEADER_BYTES 32
#define HT_UNIT_MAX_BYTES    (8 * 1024 * 1024)
#define HT_UNIT_CLOCK_HZ     90000

typedef enum {
    HT_UNIT_STREAM = 1, /* payload: one line of JSON that describes the stream (HtStreamInfo) */
    HT_UNIT_ACCESS = 2, /* payload: an access unit: Annex B with delimiter and parameter sets for
                           H.264, one ADTS frame for AAC */
    HT_UNIT_NOTE = 3,   /* payload: one line of JSON, why the ingest is about to exit */
} HtUnitType;

typedef enum {
    HT_UNIT_KEY = 1 << 0,     /* decoding may begin here */
    HT_UNIT_LOSS = 1 << 1,    /* something before it was lost on the way */
    HT_UNIT_SETTLED = 1 << 2, /* its time line will not move any more */
} HtUnitFlags;

/**
 * HtUnit:
 * @stream: 0 is video, 1 is audio
 * @pts: presentation instant, in 1/90000 s since 1970 (UTC): the wall clock at the arrival of the
 *   first packet of the connection's first key frame, carried on by the stream's own clock
 * @dts: decoding instant, same unit; rises strictly within a stream of one connection
 * @arrival_us: wall clock when its last octet was read
 *
 * A plain value; the payload follows it and belongs to whoever read it.
 */
typedef struct {
    uint8_t type;
    uint8_t stream;
    uint8_t flags;
    uint32_t length_bytes;
    int64_t pts;
    int64_t dts;
    int64_t arrival_us;
} HtUnit;

/* From microseconds since 1970 to the clock of pts and dts, and back. */
int64_t ht_unit_pts (int64_t us);
int64_t ht_unit_us (int64_t pts);

void ht_unit_write (const HtUnit *unit, uint8_t header[HT_UNIT_HEADER_BYTES]);

/**
 * ht_unit_read:
 * @ret_unit: (out): set on success only
 *
 * Returns: %FALSE with %HT_ERROR_INVALID where version, type or length are not ours
 */
gboolean ht_unit_read (const uint8_t header[HT_UNIT_HEADER_BYTES], HtUnit *ret_unit,
                       GError **error);

G_END_DECLS
