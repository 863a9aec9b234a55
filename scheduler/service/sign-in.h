/* SPDX-License-Identifier: MIT */

/* Who is signed in: rows through the store without a change of the log. The token itself is known
 * to the browser alone; here is its hash. */

#pragma once

#include "scheduler/service/service.h"

G_BEGIN_DECLS

typedef struct {
    char *token_hash; /* hexadecimal BLAKE2b of the cookie's token */
    int64_t person_id;
    char *csrf;
    int64_t created_us;
    int64_t seen_us;
    int64_t expires_us;
} HtSignIn;

/* @done: called when it is durable. @sign_in is copied. */
void ht_sign_in_put (HtService *service, const HtSignIn *sign_in, HtStoreDone done,
                     gpointer user_data);

/* (nullable): %NULL where it is unknown, expired, or the account is closed. Borrowed until control
 * returns to the main loop. */
const HtSignIn *ht_sign_in_peek (HtService *service, const char *token_hash);

/* @done: (nullable) */
void ht_sign_in_remove (HtService *service, const char *token_hash, HtStoreDone done,
                        gpointer user_data);

/* All of a person's, but the one with @keep_hash (nullable): after a change of password. */
void ht_sign_in_remove_others (HtService *service, int64_t person_id, const char *keep_hash);

G_END_DECLS
