/* SPDX-License-Identifier: MIT */

/* AAC frames with ADTS headers out of RTP packets (RFC 3640, mpeg4-generic): several frames in a
 * packet, or one over several. */

#pragma once

#include "media/pipeline/depay.h"
#include "media/pipeline/rtp.h"

G_BEGIN_DECLS

/* What the session description says. A plain value; @config borrowed while it is read. */
typedef struct {
    const char *config; /* AudioSpecificConfig in hexadecimal digits */
    unsigned size_length, index_length, index_delta_length; /* bits */
    unsigned clock_hz;                                      /* of the time stamps */
} HtAacFormat;

typedef struct _HtAacDepay HtAacDepay;

/* (nullable): %NULL with %HT_ERROR_INVALID (unsupported-stream) where ADTS cannot say it. */
HtAacDepay *ht_aac_depay_new (const HtAacFormat *format, HtDepayFunc each, gpointer user_data,
                              GError **error);
void ht_aac_depay_free (HtAacDepay *self);

unsigned ht_aac_depay_get_rate_hz (const HtAacDepay *self);
unsigned ht_aac_depay_get_channels (const HtAacDepay *self);

/* @stamp: the packet's, without wrap, in clock_hz. @order is not HT_RTP_DROP. */
void ht_aac_depay_take (HtAacDepay *self, const HtRtpPacket *packet, HtRtpOrder order,
                        int64_t stamp, int64_t arrival_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtAacDepay, ht_aac_depay_free)

G_END_DECLS
