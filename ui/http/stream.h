/* SPDX-License-Identifier: MIT */

/* A body that comes in pieces: a file, a flow of events. It is read on the main loop and never
 * waits: where it has nothing yet it says so and wakes its reader when it has. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_STREAM_LATER  0    /* nothing yet; wake() will be called */
#define HT_STREAM_END    (-1) /* all has been read */
#define HT_STREAM_FAILED (-2) /* it cannot be completed: the connection is cut */

typedef struct _HtStream HtStream;

/* Embedded as the first member of each kind. */
struct _HtStream {
    /* Up to @size octets at @offset of the body into @buffer; returns how many, or one of the
     * above. Offsets rise without gaps. */
    gssize (*read) (HtStream *stream, uint64_t offset, char *buffer, size_t size);
    void (*free) (HtStream *stream);
    void (*wake) (gpointer user_data); /* (nullable): set by the reader */
    gpointer wake_data;
};

/* Tells the reader that there is more. On the main loop only. */
static inline void
ht_stream_wake (HtStream *stream)
{
    if (stream->wake != NULL)
        stream->wake (stream->wake_data);
}

G_END_DECLS
