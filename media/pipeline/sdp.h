/* SPDX-License-Identifier: MIT */

/* What a camera offers: the streams of its session description that an ingest can take. */

#pragma once

#include <glib.h>

#include "media/pipeline/aac-depay.h"

G_BEGIN_DECLS

typedef enum {
    HT_ENCODING_H264,
    HT_ENCODING_AAC,  /* mpeg4-generic */
    HT_ENCODING_PCMU, /* G.711, µ-law */
    HT_ENCODING_PCMA,
    HT_ENCODING_OPUS,
} HtEncoding;

/* One stream. Texts are owned. */
typedef struct {
    HtEncoding encoding;
    unsigned payload_type;
    unsigned clock_hz;
    unsigned channels;
    char *url;        /* what to SET UP */
    char *parameters; /* (nullable): sprop-parameter-sets */
    char *config;     /* (nullable): of AAC */
    HtAacFormat aac;  /* its config is @config */
} HtSdpStream;

typedef struct {
    char *url;            /* what to PLAY */
    HtSdpStream *video;   /* (nullable) */
    HtSdpStream *audio;   /* (nullable): only one that can be taken; what is unknown is left out */
    unsigned passed_over; /* streams left out */
} HtSdp;

/**
 * ht_sdp_new:
 * @base: the address that relative ones stand against
 *
 * Returns: (transfer full) (nullable): %NULL with %HT_ERROR_INVALID (unsupported-stream) where
 *   @text is no session description, or has nothing that we can take
 */
HtSdp *ht_sdp_new (const char *text, size_t length, const char *base, GError **error);
void ht_sdp_free (HtSdp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtSdp, ht_sdp_free)

G_END_DECLS
