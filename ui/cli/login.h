/* SPDX-License-Identifier: MIT */

/* Which service the command line asks, and the token that it shows: a file of its owner alone, or
 * the environment. */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct {
    char *url;        /* (owned): "https://lich.hue.example", without a slash at the end */
    char *token;      /* (owned) (nullable) */
    int64_t token_id; /* 0: not made by "login" */
} HtLogin;

/* (transfer full): $HOITRUONG_LOGIN, or hoitruong/login in the folder of configurations. */
char *ht_login_dup_path (void);

/**
 * ht_login_check_url:
 *
 * Returns: (transfer full): @url without a slash at the end; %NULL with %HT_ERROR_INVALID where it
 * is no http or https address of a host, or a token would go over a network in clear
 */
char *ht_login_check_url (const char *url, GError **error);

/**
 * ht_login_load:
 *
 * From $HOITRUONG_URL and $HOITRUONG_TOKEN (or the file that $HOITRUONG_TOKEN_FILE names), else
 * from the file.
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_UNAUTHENTICATED where there is none, or
 *   %HT_ERROR_INVALID where a file may be read by others or makes no sense
 */
HtLogin *ht_login_load (GError **error);

/* Writes the file, with mode 0600. */
gboolean ht_login_save (const HtLogin *login, GError **error);

void ht_login_free (HtLogin *login);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtLogin, ht_login_free)

G_END_DECLS
