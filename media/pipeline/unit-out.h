/* SPDX-License-Identifier: MIT */

/* The way to the recorder: units written whole, in turn, to a stream socket that may be full but
 * not for long. Streaming threads share one. */

#pragma once

#include <glib.h>

#include "media/record/stream-info.h"
#include "media/record/unit.h"

G_BEGIN_DECLS

#define HT_UNIT_OUT_STREAMS 2 /* 0 is video, 1 is audio */

typedef struct _HtUnitOut HtUnitOut;

/* @fd is borrowed: a connected SOCK_STREAM socket. */
HtUnitOut *ht_unit_out_new (int fd);
void ht_unit_out_free (HtUnitOut *self);

/* From now on small units wait for ht_unit_out_flush(): for a source that knows when it has no more
 * at hand, one write wakes the recorder once. */
void ht_unit_out_gather (HtUnitOut *self);

/* Sends what waits. Fails as ht_unit_out_send() does. */
gboolean ht_unit_out_flush (HtUnitOut *self, GError **error);

/* Says that @stream will come, so that the first line sent for any stream says it too. */
void ht_unit_out_expect (HtUnitOut *self, unsigned stream);

/* Sends an HT_UNIT_STREAM; @info's presence members are filled in from what is expected. */
gboolean ht_unit_out_send_info (HtUnitOut *self, unsigned stream, const HtStreamInfo *info,
                                GError **error);

/**
 * ht_unit_out_send:
 * @unit: its length is set from the pieces
 * @head: (nullable): octets that go before @data
 *
 * Blocks while the socket is full, at most two seconds. Stores nothing but what is gathered.
 *
 * Returns: %FALSE with %HT_ERROR_GONE (recorder-gone), %HT_ERROR_TIMED_OUT (recorder-stuck) or
 *   %HT_ERROR_TOO_LARGE; after any of the first two the stream is broken
 */
gboolean ht_unit_out_send (HtUnitOut *self, HtUnit unit, GBytes *head, const uint8_t *data,
                           size_t length_bytes, GError **error);

/* Sends an HT_UNIT_NOTE with @text, the last word: what waits goes before it. */
gboolean ht_unit_out_send_note (HtUnitOut *self, const char *text, GError **error);

/**
 * ht_unit_out_get_epoch_ns:
 * @base_time_ns: of the pipeline's clock
 * @running_ns: the pipeline's running time now
 *
 * Returns: the wall clock, ns since 1970, at running time 0. Fixed by the first who asks, for all
 *   streams; again after the pipeline's clock was laid anew (@base_time_ns differs).
 */
int64_t ht_unit_out_get_epoch_ns (HtUnitOut *self, int64_t base_time_ns, int64_t running_ns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtUnitOut, ht_unit_out_free)

G_END_DECLS
