/* SPDX-License-Identifier: MIT */

/* A message as octets: RFC 5322 with MIME (RFC 2045, 2047), UTF-8 throughout. Pure. */

#pragma once

#include "scheduler/ports/mail.h"

G_BEGIN_DECLS

/* Whom it comes from, and when. */
typedef struct {
    const char *name;
    const char *address;
    int64_t now_us;
} HtSender;

/* (transfer full): "user@host" in angle brackets; %NULL with %HT_ERROR_INVALID where it is no
 * address of RFC 5321's plain kind (no quotes, no comments, no control characters). */
char *ht_message_make_path (const char *address, GError **error);

/* (transfer full): lines end in CR LF; %NULL with %HT_ERROR_INVALID where an address is none. */
char *ht_message_write (const HtMessage *message, const HtSender *sender, GError **error);

G_END_DECLS
