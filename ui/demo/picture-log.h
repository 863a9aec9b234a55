/* SPDX-License-Identifier: MIT */

/* The camera's own account of every coded picture, for tests to hold recordings against. */

#pragma once

#include <gst/gst.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _HtPictureLog HtPictureLog;

HtPictureLog *ht_picture_log_open (const char *path, GError **error);
void ht_picture_log_close (HtPictureLog *log);

/* Picture @number was drawn at @now_us. Called on the painter's thread. */
void ht_picture_log_drawn (HtPictureLog *log, uint32_t number, int64_t now_us);

/* The next drawn picture came out of the encoder as @buffer, Annex B, one access unit: it codes
 * in the order of drawing. Writes "NUMBER DRAWN_US SHA256 key|- SENT_US\n", the hash being over the
 * picture's slice NAL units (types 1 and 5, without start codes) and nothing else. */
void ht_picture_log_coded (HtPictureLog *log, GstBuffer *buffer);

G_END_DECLS
