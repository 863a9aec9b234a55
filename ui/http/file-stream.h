/* SPDX-License-Identifier: MIT */

/* A part of a file as a stream. What is in memory is read on the main loop, what is not by a
 * thread, so that a sleeping disk stops nobody else. */

#pragma once

#include <glib.h>

#include "ui/http/stream.h"

G_BEGIN_DECLS

/* (transfer full): the threads that wait for disks; free it with g_thread_pool_free(). */
GThreadPool *ht_file_stream_pool_new (void);

/**
 * ht_file_stream_new:
 * @fd: (transfer full): open for reading
 * @first, @size: octets
 * @pool: lent, and outlives the stream
 *
 * A file that ends before its part does makes the stream fail.
 *
 * Returns: (transfer full)
 */
HtStream *ht_file_stream_new (int fd, int64_t first, int64_t size, GThreadPool *pool);

G_END_DECLS
