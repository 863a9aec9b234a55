/* SPDX-License-Identifier: MIT */

/* The passwords that nobody chose: made once per data folder, kept there for its owner to read. */

#pragma once

#include "scheduler/service/service.h"

G_BEGIN_DECLS

/* What identity does: a new password; its argon2id text, in the course of the call. Both (transfer
 * full). */
typedef struct {
    char *(*make) (void);
    char *(*hash) (const char *password, gpointer user_data, GError **error);
    gpointer user_data;
} HtFirstLoginsPasswords;

/**
 * ht_first_logins_make:
 * @path: a file of lines "ROLE LOGIN PASSWORD", readable by its owner alone
 *
 * Where nobody can sign in yet: one password for the first person of each role, or, where there is
 * nobody, an administrator with a password that must be changed.
 */
gboolean ht_first_logins_make (HtService *service, HtStore *store, const char *path,
                               const HtFirstLoginsPasswords *passwords, GError **error);

G_END_DECLS
