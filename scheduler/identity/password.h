/* SPDX-License-Identifier: MIT */

/* Passwords: argon2id (libsodium's INTERACTIVE: 64 MiB, two passes) on one thread of its own. A
 * second thread brings nothing, since memory is the bottleneck; what waits is bounded, so that a
 * storm of attempts is refused at once instead of delaying everybody. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HtPasswords HtPasswords;

/* @max_waiting: checks that may wait for the thread; 8 are about half a second */
HtPasswords *ht_passwords_new (unsigned max_waiting);

/* Waits for what runs; what waits is still answered. */
void ht_passwords_free (HtPasswords *passwords);

/**
 * ht_password_check_rules:
 * @login: (nullable): what the password may not hold
 *
 * Returns: %FALSE with %HT_ERROR_INVALID "password-too-short" (under 10 letters), "too-long",
 *   "password-too-simple" (fewer than 5 different letters, or among the ones everybody tries),
 *   "password-has-login"
 */
gboolean ht_password_check_rules (const char *password, const char *login, GError **error);

/* (transfer full): a random one for a first sign-in, "k7qm-3xvh-9wdr-t4np". */
char *ht_password_make (void);

/**
 * ht_password_hash_async:
 *
 * Fails with %HT_ERROR_BUSY where too many wait. @password is copied and wiped. Text that is typed
 * in another Unicode form is the same password (NFC).
 */
void ht_password_hash_async (HtPasswords *passwords, const char *password,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);

/* (transfer full): argon2id text, "$argon2id$v=19$…" */
char *ht_password_hash_finish (GAsyncResult *result, GError **error);

/**
 * ht_password_verify_async:
 * @hash: (nullable): of an account that is not there or cannot sign in %NULL: the answer is no and
 *   takes as long
 */
void ht_password_verify_async (HtPasswords *passwords, const char *hash, const char *password,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * ht_password_verify_finish:
 * @ret_stale: (out) (optional): the hash is weaker than today's: hash the password again
 *
 * Returns: %FALSE with %HT_ERROR_UNAUTHENTICATED "wrong-password" or %HT_ERROR_BUSY
 */
gboolean ht_password_verify_finish (GAsyncResult *result, gboolean *ret_stale, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtPasswords, ht_passwords_free)

G_END_DECLS
