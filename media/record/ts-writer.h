/* SPDX-License-Identifier: MIT */

/* MPEG transport stream (ISO/IEC 13818-1) of one H.264 and one AAC stream, made unit by unit: what
 * a unit becomes is one piece of memory, a multiple of 188 octets, so that it is written by one
 * write() and a crash leaves whole units. Time stamps are the unit's, modulo 2^33. */

#pragma once

#include "media/record/unit.h"

G_BEGIN_DECLS

#define HT_TS_PACKET_BYTES 188
#define HT_TS_PID_PMT      0x1000
#define HT_TS_PID_VIDEO    0x100
#define HT_TS_PID_AUDIO    0x101
/* Precedes the octets of a unit's PES packet (32 bits, big-endian) in the first packet's private
 * data where the PES header cannot say them: more than 65535. */
#define HT_TS_LENGTH_TAG "HT"

typedef struct _HtTsWriter HtTsWriter;

HtTsWriter *ht_ts_writer_new (void);

/* What the tables announce. The clock reference rides on video where there is video. */
void ht_ts_writer_set_streams (HtTsWriter *writer, gboolean has_video, gboolean has_audio);

/* A segment begins: tables stand before the next unit. Continuity counters go on. */
void ht_ts_writer_begin (HtTsWriter *writer);

/**
 * ht_ts_writer_write:
 * @data: the access unit, Annex B or ADTS, @unit->length_bytes octets
 * @ret_length: (out)
 *
 * Returns: (transfer none): the packets, valid until the next call
 */
const uint8_t *ht_ts_writer_write (HtTsWriter *writer, const HtUnit *unit, const uint8_t *data,
                                   size_t *ret_length);

void ht_ts_writer_free (HtTsWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtTsWriter, ht_ts_writer_free)

G_END_DECLS
