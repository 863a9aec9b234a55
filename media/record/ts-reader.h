/* SPDX-License-Identifier: MIT */

/* Reads back the transport streams of ts-writer.h: which whole units a segment holds, also after a
 * crash in the middle of one. Pure; any octets may come in. */

#pragma once

#include "media/record/picture-hash.h"
#include "media/record/ts-writer.h"

G_BEGIN_DECLS

/**
 * HtTsUnit:
 * @stream: 0 video, 1 audio
 * @pts, @dts: in 1/90000 s since 1970, brought near the reference
 * @offset: of its first packet in the segment
 * @data: (transfer none): the access unit, valid during the call
 */
typedef struct {
    unsigned stream;
    gboolean is_key;
    int64_t pts, dts;
    size_t offset;
    const uint8_t *data;
    size_t length;
} HtTsUnit;

typedef void (*HtTsUnitFunc) (const HtTsUnit *unit, gpointer user_data);

/**
 * ht_ts_read:
 * @reference: a pts near those in the segment, such as its OPEN line's: stamps in a transport
 *   stream repeat every 26.5 hours
 * @each: (nullable): called for every whole unit in order
 *
 * Returns: how many octets from the beginning hold whole units, a multiple of 188; what follows is
 *   to be cut off
 */
size_t ht_ts_read (const uint8_t *data, size_t length, int64_t reference, HtTsUnitFunc each,
                   gpointer user_data);

/**
 * HtTsSummary:
 *
 * What the CLOSE line of a segment says. Pictures, hashes and stamps are of video where there is
 * video, of sound otherwise. A plain value.
 */
typedef struct {
    int64_t bytes;             /* that hold whole units */
    int64_t units;             /* of both streams */
    int64_t pictures;          /* of video */
    int64_t pts;               /* of the first */
    int64_t end_pts;           /* the greatest */
    int64_t duration;          /* up to the end of the last, if the last is as long as the mean */
    HtPictureHash first, last; /* in decoding order */
} HtTsSummary;

/* A segment without a whole unit is a summary of zeros. */
void ht_ts_summarise (const uint8_t *data, size_t length, int64_t reference,
                      HtTsSummary *ret_summary);

G_END_DECLS
