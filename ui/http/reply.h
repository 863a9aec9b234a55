/* SPDX-License-Identifier: MIT */

/* The answer to one request. A handler completes it at once or later, exactly once; who sends it
 * is told. What comes after the first completion (the deadline may have answered) is dropped. */

#pragma once

#include "ui/http/request.h"
#include "ui/http/stream.h"

G_BEGIN_DECLS

#define HT_REPLY_SIZE_UNKNOWN (-1)

typedef struct _HtReply HtReply;

/* @done is called once, on the main loop; @request: (transfer full): lives as long as the reply */
HtReply *ht_reply_new (HtRequest *request, void (*done) (HtReply *reply, gpointer user_data),
                       gpointer user_data);
HtReply *ht_reply_ref (HtReply *reply);
void ht_reply_unref (HtReply *reply);

/* The sender goes away: done() is not called any more. */
void ht_reply_detach (HtReply *reply);

HtRequest *ht_reply_get_request (HtReply *reply);

/* Before completing. Both are copied. */
void ht_reply_add_header (HtReply *reply, const char *name, const char *value);

/* @json: (transfer full) */
void ht_reply_send_json (HtReply *reply, unsigned status, GString *json);

/* @bytes: (nullable): not taken over */
void ht_reply_send_bytes (HtReply *reply, unsigned status, const char *type, GBytes *bytes);

/* @stream: (transfer full); @size: octets, or %HT_REPLY_SIZE_UNKNOWN */
void ht_reply_send_stream (HtReply *reply, unsigned status, const char *type, HtStream *stream,
                           int64_t size);

/* Problem details; an error that is not ours is logged here, since its reader is not told it. */
void ht_reply_send_problem (HtReply *reply, const GError *error);

/* The same with a member of its own: @json is its value. */
void ht_reply_send_problem_with (HtReply *reply, const GError *error, const char *name,
                                 const char *json);

/* What the sender and the tests read. */
gboolean ht_reply_is_done (HtReply *reply);
unsigned ht_reply_get_status (HtReply *reply);
const char *ht_reply_get_type (HtReply *reply);                     /* (nullable) */
GBytes *ht_reply_get_bytes (HtReply *reply);                        /* (nullable) */
HtStream *ht_reply_get_stream (HtReply *reply);                     /* (nullable) */
int64_t ht_reply_get_size (HtReply *reply);                         /* of the stream */
const char *ht_reply_get_header (HtReply *reply, const char *name); /* (nullable) */
void ht_reply_foreach_header (HtReply *reply,
                              void (*each) (const char *name, const char *value,
                                            gpointer user_data),
                              gpointer user_data);

/* Compresses the bytes where the client takes gzip and it is worth it. */
void ht_reply_compress (HtReply *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtReply, ht_reply_unref)

G_END_DECLS
