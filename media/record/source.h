/* SPDX-License-Identifier: MIT */

/* What an ingest is told to take in: one line of JSON on its stdin. */

#pragma once

#include <glib.h>

#include "scheduler/support/fields.h"

G_BEGIN_DECLS

typedef enum {
    HT_SOURCE_RTSP,
    HT_SOURCE_FILE,
    HT_SOURCE_TEST, /* a test picture with a clock, and a beep */
    HT_SOURCE_N_KINDS,
} HtSourceKind;

/* NULL-terminated, indexed by HtSourceKind: "rtsp", "file", "test". */
extern const char *const HT_SOURCE_KINDS[];

/**
 * HtIngestSource:
 * @kind: an HtSourceKind
 * @url: (owned) (nullable): rtsp://… or rtsps://…, or the path of a file; unused by the test
 * picture
 * @user: (owned) (nullable): for the camera; wins over what @url holds
 * @password: (owned) (nullable)
 * @loop: a file begins again at its end
 *
 * Clear it with ht_fields_clear (&HT_INGEST_SOURCE_FIELDS, …).
 */
typedef struct {
    int kind;
    char *url;
    char *user;
    char *password;
    gboolean loop;
} HtIngestSource;

/* The password is written like any member: this line goes down a pipe to the one process that
 * needs it, and nowhere else. */
extern const HtFields HT_INGEST_SOURCE_FIELDS;

/**
 * ht_ingest_source_read:
 * @ret_source: (out caller-allocates): cleared by the caller, also after a failure
 *
 * Returns: %FALSE with %HT_ERROR_INVALID, naming the member, where @text is no source that an
 *   ingest can take
 */
gboolean ht_ingest_source_read (const char *text, size_t length_bytes, HtIngestSource *ret_source,
                                GError **error);

/* (transfer full): the line, without a line feed. */
char *ht_ingest_source_dup_text (const HtIngestSource *source);

G_END_DECLS
