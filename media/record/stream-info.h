/* SPDX-License-Identifier: MIT */

/* What a stream of units is: the payload of an HT_UNIT_STREAM, sent before the stream's first unit
 * and again where it changes. */

#pragma once

#include <glib.h>

#include "scheduler/support/fields.h"

G_BEGIN_DECLS

typedef enum {
    HT_CODEC_H264, /* Annex B */
    HT_CODEC_AAC,  /* ADTS */
} HtCodec;

/* A plain value; what does not apply is 0. */
typedef struct {
    int codec; /* an HtCodec */
    int64_t width, height;
    int64_t rate_hz;
    int64_t channels;
    gboolean video; /* whether the connection has such a stream, known from the first line on, so */
    gboolean audio; /* that a reader knows what to wait for */
} HtStreamInfo;

extern const HtFields HT_STREAM_INFO_FIELDS;

gboolean ht_stream_info_read (const char *text, size_t length_bytes, HtStreamInfo *ret_info,
                              GError **error);

/* (transfer full): one line of JSON, without a line feed. */
char *ht_stream_info_dup_text (const HtStreamInfo *info);

G_END_DECLS
