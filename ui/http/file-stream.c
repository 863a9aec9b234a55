/* SPDX-License-Identifier: MIT */

#include "ui/http/file-stream.h"

#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_THREADS 4
#define BLOCK_BYTES (256 * 1024)

/* While a thread reads, it alone touches block, block_at, n_block; a reference is its own. */
typedef struct {
    HtStream stream;
    GThreadPool *pool;     /* lent */
    GMainContext *context; /* (owned): where the reader lives */
    int fd;                /* (owned) */
    int64_t first, size;
    gboolean is_reading, is_closed;
    char *block;      /* (owned) (nullable): what a thread has read */
    int64_t block_at; /* in the file */
    size_t block_wanted;
    ssize_t n_block; /* octets; -1 after a fault */
} FileStream;

static void
clear (gpointer data)
{
    FileStream *self = data;

    close (self->fd);
    g_free (self->block);
    g_main_context_unref (self->context);
}

static void
file_stream_unref (gpointer self)
{
    g_atomic_rc_box_release_full (self, clear);
}

static gboolean
deliver (gpointer data)
{
    FileStream *self = data;

    self->is_reading = FALSE;
    if (!self->is_closed)
        ht_stream_wake (&self->stream);
    return G_SOURCE_REMOVE;
}

/* In a thread of the pool. The source is attached by hand: g_main_context_invoke() may choose to
 * run its function right here. */
static void
read_block (gpointer data, gpointer user_data G_GNUC_UNUSED)
{
    FileStream *self = data;
    g_autoptr (GSource) source = g_idle_source_new ();

    do
        self->n_block = pread (self->fd, self->block, self->block_wanted, self->block_at);
    while (self->n_block < 0 && errno == EINTR);
    g_source_set_priority (source, G_PRIORITY_DEFAULT);
    g_source_set_callback (source, deliver, self, file_stream_unref);
    g_source_attach (source, self->context);
}

GThreadPool *
ht_file_stream_pool_new (void)
{
    return g_thread_pool_new (read_block, NULL, MAX_THREADS, FALSE, NULL);
}

static gssize
ask_thread (FileStream *self, int64_t at, size_t size)
{
    if (self->block == NULL)
        self->block = g_malloc (BLOCK_BYTES);
    self->block_at = at;
    self->block_wanted = MIN (size, BLOCK_BYTES);
    self->n_block = 0;
    self->is_reading = TRUE;
    g_thread_pool_push (self->pool, g_atomic_rc_box_acquire (self), NULL);
    return HT_STREAM_LATER;
}

static gssize
take_block (FileStream *self, int64_t at, char *buffer, size_t size)
{
    size_t skip = (size_t) (at - self->block_at);
    size_t n = MIN (size, (size_t) self->n_block - skip);

    memcpy (buffer, self->block + skip, n);
    return (gssize) n;
}

static gssize
file_stream_read (HtStream *stream, uint64_t offset, char *buffer, size_t size)
{
    FileStream *self = (FileStream *) stream;
    int64_t at = self->first + (int64_t) offset;
    struct iovec place = { buffer, MIN (size, (size_t) (self->size - (int64_t) offset)) };
    ssize_t n;

    if (self->is_reading)
        return HT_STREAM_LATER;
    if (place.iov_len == 0)
        return HT_STREAM_END;
    if (self->n_block < 0)
        return HT_STREAM_FAILED;
    if (at >= self->block_at && at < self->block_at + self->n_block)
        return take_block (self, at, buffer, place.iov_len);
    if (self->block_wanted > 0 && self->n_block == 0 && at == self->block_at)
        return HT_STREAM_FAILED; /* a thread found the end already */
    n = preadv2 (self->fd, &place, 1, at, RWF_NOWAIT);
    if (n > 0)
        return n;
    if (n < 0 && (errno == EAGAIN || errno == EOPNOTSUPP))
        return ask_thread (self, at, place.iov_len);
    return HT_STREAM_FAILED;
}

static void
file_stream_free (HtStream *stream)
{
    ((FileStream *) stream)->is_closed = TRUE;
    file_stream_unref (stream);
}

HtStream *
ht_file_stream_new (int fd, int64_t first, int64_t size, GThreadPool *pool)
{
    FileStream *self = g_atomic_rc_box_new0 (FileStream);

    self->stream.read = file_stream_read;
    self->stream.free = file_stream_free;
    self->pool = pool;
    self->context = g_main_context_ref_thread_default ();
    self->fd = fd;
    self->first = first;
    self->size = size;
    return &self->stream;
}
