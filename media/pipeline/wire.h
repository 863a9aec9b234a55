/* SPDX-License-Identifier: MIT */

/* What a camera sends after PLAY on one TCP connection: interleaved packets (RFC 2326 10.12),
 * replies, requests of its own, and dirt between them. Octets in, calls out. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define HT_WIRE_PACKET_BYTES 65539 /* the largest interleaved packet, its frame included */
#define HT_WIRE_MAX_HEAD     8192
#define HT_WIRE_MAX_BODY     65536
#define HT_WIRE_MAX_JUNK     65536

/* What is found; both are borrowed and end with the call. */
typedef struct {
    void (*packet) (gpointer user_data, unsigned channel, const uint8_t *data, size_t length);
    /* a reply or a request: @head with its empty line, not NUL-terminated */
    void (*message) (gpointer user_data, const char *head, size_t length);
} HtWireSink;

/* A plain value. */
typedef struct {
    const HtWireSink *sink; /* borrowed */
    gpointer user_data;
    unsigned channels;   /* those agreed on are below it; only they end a stretch of dirt */
    unsigned junk_bytes; /* since the last thing understood */
} HtWire;

/**
 * ht_wire_parse:
 * @ret_used: (out): octets that are done with; the rest is to be given again with what follows
 *
 * Returns: %FALSE with %HT_ERROR_GONE where this is no RTSP connection any more
 */
gboolean ht_wire_parse (HtWire *self, const uint8_t *data, size_t length, size_t *ret_used,
                        GError **error);

/* The status of a reply; 0 where @head is a request. */
unsigned ht_wire_get_status (const char *head, size_t length);

/* (transfer full) (nullable): the value of the @index-th header of that name, in any case. */
char *ht_wire_dup_header (const char *head, size_t length, const char *name, unsigned index);

G_END_DECLS
