/* SPDX-License-Identifier: MIT */

/* The streams of one connection, from interleaved packets to units on the wall clock. Octets in,
 * units out: no socket, no GStreamer. */

#pragma once

#include <glib.h>

#include "media/pipeline/depay.h"
#include "media/pipeline/rtcp.h"
#include "media/pipeline/sdp.h"
#include "media/pipeline/sps.h"

G_BEGIN_DECLS

#define HT_RECEIVER_STREAMS 2 /* 0 is video, 1 is audio */

typedef struct _HtReceiver HtReceiver;

/* @unit: pts and dts in wall-clock ticks of HT_UNIT_CLOCK_HZ. */
typedef void (*HtReceiverFunc) (gpointer user_data, unsigned stream, const HtDepayUnit *unit);

HtReceiver *ht_receiver_new (HtReceiverFunc each, gpointer user_data);
void ht_receiver_free (HtReceiver *self);

/* @description: borrowed, outlives the receiver. FALSE with %HT_ERROR_INVALID where its units
 * cannot be had. */
gboolean ht_receiver_add (HtReceiver *self, unsigned index, const HtSdpStream *description,
                          GError **error);

/* RTP on @channel, RTCP on the next one. */
void ht_receiver_set_channel (HtReceiver *self, unsigned stream, unsigned channel);

/* Takes one packet. FALSE with %HT_ERROR_GONE (closed) where a stream says goodbye. */
gboolean ht_receiver_take (HtReceiver *self, unsigned channel, const uint8_t *data, size_t length,
                           int64_t arrival_us, GError **error);

/* Time passed without a packet: the first units do not wait for more than a moment. @now_us: wall
 * clock, as of arrivals. */
void ht_receiver_tick (HtReceiver *self, int64_t now_us);

/* The connection is over: what waits for the next packet to be complete is given out. */
void ht_receiver_finish (HtReceiver *self);

/* Whether every stream has its place on the wall clock, and whether it will keep it. */
gboolean ht_receiver_is_complete (const HtReceiver *self);
gboolean ht_receiver_is_settled (const HtReceiver *self, int64_t now_us);

/* The RTCP channel of the stream and a report for it; FALSE where it has not begun. */
gboolean ht_receiver_write_report (const HtReceiver *self, unsigned index, int64_t now_us,
                                   unsigned *ret_channel, uint8_t to[HT_RTCP_RECEIVER_BYTES]);

/* (nullable): what the picture is like, once known. */
const HtSps *ht_receiver_get_sps (const HtReceiver *self);

/* What AAC is like; 0 for other streams. */
unsigned ht_receiver_get_rate_hz (const HtReceiver *self);
unsigned ht_receiver_get_channels (const HtReceiver *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtReceiver, ht_receiver_free)

G_END_DECLS
