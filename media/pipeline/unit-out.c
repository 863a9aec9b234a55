/* SPDX-License-Identifier: MIT */

#include "media/pipeline/unit-out.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"

#define FULL_LIMIT_US (2 * (int64_t) G_USEC_PER_SEC)
#define PIECES        4
/* What a source at a few Mbit/s gives between two rests; larger units do not wait. */
#define GATHER_BYTES (64 * 1024)

struct _HtUnitOut {
    GMutex lock;
    int fd;
    gboolean expected[HT_UNIT_OUT_STREAMS]; /* protected by lock */
    gboolean has_epoch;                     /* protected by lock */
    int64_t base_time_ns;                   /* protected by lock */
    int64_t epoch_ns;                       /* protected by lock */
    uint8_t *gathered;                      /* protected by lock (owned) (nullable): what waits */
    size_t gathered_bytes;                  /* protected by lock */
};

HtUnitOut *
ht_unit_out_new (int fd)
{
    HtUnitOut *self = g_new0 (HtUnitOut, 1);

    g_mutex_init (&self->lock);
    self->fd = fd;
    return self;
}

void
ht_unit_out_free (HtUnitOut *self)
{
    g_mutex_clear (&self->lock);
    g_free (self->gathered);
    g_free (self);
}

void
ht_unit_out_gather (HtUnitOut *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

    if (self->gathered == NULL)
        self->gathered = g_malloc (GATHER_BYTES);
}

void
ht_unit_out_expect (HtUnitOut *self, unsigned stream)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

    g_assert (stream < HT_UNIT_OUT_STREAMS);
    self->expected[stream] = TRUE;
}

static gboolean
wait_for_room (HtUnitOut *self, int64_t until_us, GError **error)
{
    struct pollfd poller = { .fd = self->fd, .events = POLLOUT };
    int64_t left_us = until_us - ht_clock_read_monotonic_us ();

    if (left_us > 0 && (poll (&poller, 1, (int) (left_us / 1000) + 1) >= 0 || errno == EINTR))
        return TRUE;
    ht_problem_set (error, HT_ERROR_TIMED_OUT, "recorder-stuck", NULL,
                    "the recorder took nothing for %d s", (int) (FULL_LIMIT_US / G_USEC_PER_SEC));
    return FALSE;
}

/* Drops the first @sent octets of what is still to be written. */
static void
advance (struct msghdr *message, size_t sent)
{
    while (message->msg_iovlen > 0 && sent >= message->msg_iov->iov_len) {
        sent -= message->msg_iov->iov_len;
        message->msg_iov++;
        message->msg_iovlen--;
    }
    if (message->msg_iovlen == 0)
        return;
    message->msg_iov->iov_base = (uint8_t *) message->msg_iov->iov_base + sent;
    message->msg_iov->iov_len -= sent;
}

static gboolean
write_all (HtUnitOut *self, struct msghdr *message, GError **error)
{
    int64_t until_us = 0;

    advance (message, 0);
    while (message->msg_iovlen > 0) {
        ssize_t sent = sendmsg (self->fd, message, MSG_DONTWAIT | MSG_NOSIGNAL);

        if (sent >= 0) {
            advance (message, (size_t) sent);
            until_us = 0;
            continue;
        }
        if (errno != EAGAIN && errno != EINTR) {
            ht_problem_set (error, HT_ERROR_GONE, "recorder-gone", NULL, "the recorder is gone: %s",
                            g_strerror (errno));
            return FALSE;
        }
        if (until_us == 0)
            until_us = ht_clock_read_monotonic_us () + FULL_LIMIT_US;
        if (!wait_for_room (self, until_us, error))
            return FALSE;
    }
    return TRUE;
}

/* FALSE where they do not fit. */
static gboolean
gather (HtUnitOut *self, const struct iovec *pieces, size_t n, size_t total_bytes)
{
    if (self->gathered == NULL || total_bytes > GATHER_BYTES - self->gathered_bytes)
        return FALSE;
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].iov_len == 0)
            continue;
        memcpy (self->gathered + self->gathered_bytes, pieces[i].iov_base, pieces[i].iov_len);
        self->gathered_bytes += pieces[i].iov_len;
    }
    return TRUE;
}

/* What waits, and @pieces after it, whose first place is kept free for that. */
static gboolean
write_after_gathered (HtUnitOut *self, struct iovec *pieces, size_t n, GError **error)
{
    struct msghdr message = { .msg_iov = pieces, .msg_iovlen = n };

    pieces[0] = (struct iovec){ self->gathered, self->gathered_bytes };
    self->gathered_bytes = 0;
    return write_all (self, &message, error);
}

gboolean
ht_unit_out_flush (HtUnitOut *self, GError **error)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
    struct iovec piece;

    return write_after_gathered (self, &piece, 1, error);
}

gboolean
ht_unit_out_send (HtUnitOut *self, HtUnit unit, GBytes *head, const uint8_t *data,
                  size_t length_bytes, GError **error)
{
    size_t head_bytes = head != NULL ? g_bytes_get_size (head) : 0;
    uint8_t header[HT_UNIT_HEADER_BYTES];
    struct iovec pieces[PIECES] = {
        { 0 },
        { header, sizeof header },
        { head != NULL ? (gpointer) g_bytes_get_data (head, NULL) : NULL, head_bytes },
        { (gpointer) data, length_bytes },
    };
    g_autoptr (GMutexLocker) locker = NULL;

    if (length_bytes > HT_UNIT_MAX_BYTES - head_bytes) {
        ht_problem_set (error, HT_ERROR_TOO_LARGE, "unit-too-large", NULL,
                        "a unit of %zu octets passes the limit of %d", length_bytes,
                        HT_UNIT_MAX_BYTES);
        return FALSE;
    }
    unit.length_bytes = (uint32_t) (head_bytes + length_bytes);
    ht_unit_write (&unit, header);
    locker = g_mutex_locker_new (&self->lock);
    return gather (self, pieces + 1, PIECES - 1, sizeof header + unit.length_bytes) ||
           write_after_gathered (self, pieces, PIECES, error);
}

static gboolean
send_text (HtUnitOut *self, HtUnit unit, const char *text, GError **error)
{
    unit.arrival_us = ht_clock_read_us (ht_clock_get_system ());
    return ht_unit_out_send (self, unit, NULL, (const uint8_t *) text, strlen (text), error);
}

gboolean
ht_unit_out_send_info (HtUnitOut *self, unsigned stream, const HtStreamInfo *info, GError **error)
{
    HtStreamInfo filled = *info;
    g_autofree char *text = NULL;

    g_mutex_lock (&self->lock);
    filled.video = self->expected[0];
    filled.audio = self->expected[1];
    g_mutex_unlock (&self->lock);
    text = ht_stream_info_dup_text (&filled);
    return send_text (self, (HtUnit){ .type = HT_UNIT_STREAM, .stream = (uint8_t) stream }, text,
                      error);
}

gboolean
ht_unit_out_send_note (HtUnitOut *self, const char *text, GError **error)
{
    return send_text (self, (HtUnit){ .type = HT_UNIT_NOTE }, text, error) &&
           ht_unit_out_flush (self, error);
}

int64_t
ht_unit_out_get_epoch_ns (HtUnitOut *self, int64_t base_time_ns, int64_t running_ns)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

    if (!self->has_epoch || self->base_time_ns != base_time_ns) {
        self->has_epoch = TRUE;
        self->base_time_ns = base_time_ns;
        self->epoch_ns = ht_clock_read_us (ht_clock_get_system ()) * 1000 - running_ns;
    }
    return self->epoch_ns;
}
