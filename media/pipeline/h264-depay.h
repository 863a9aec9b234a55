/* SPDX-License-Identifier: MIT */

/* H.264 access units out of RTP packets (RFC 6184, packetization modes 0 and 1). A unit ends where
 * the time stamp changes, or at the marker once the camera's markers proved honest. Units that lost
 * a packet are left out, and no others. */

#pragma once

#include "media/pipeline/depay.h"
#include "media/pipeline/rtp.h"
#include "media/pipeline/sps.h"

G_BEGIN_DECLS

typedef struct _HtH264Depay HtH264Depay;

HtH264Depay *ht_h264_depay_new (HtDepayFunc each, gpointer user_data);
void ht_h264_depay_free (HtH264Depay *self);

/* Takes the parameter sets of a session description: sprop-parameter-sets, base64 with commas.
 * What is no parameter set in it is left out. */
void ht_h264_depay_set_parameters (HtH264Depay *self, const char *sprop);

/* @stamp: the packet's, without wrap (90 kHz). @order is not HT_RTP_DROP. */
void ht_h264_depay_take (HtH264Depay *self, const HtRtpPacket *packet, HtRtpOrder order,
                         int64_t stamp, int64_t arrival_us);

/* Gives out what is complete by now; nothing more comes. */
void ht_h264_depay_finish (HtH264Depay *self);

/* (nullable): the last sequence parameter set seen. */
const HtSps *ht_h264_depay_get_sps (const HtH264Depay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtH264Depay, ht_h264_depay_free)

G_END_DECLS
