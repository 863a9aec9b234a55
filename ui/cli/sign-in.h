/* SPDX-License-Identifier: MIT */

/* hoitruong login and logout: a password becomes a token in a file, and the token ends. */

#pragma once

/* hoitruong login URL USER [--name NAME] [--days N] [--password-file FILE] */
int ht_sign_in_run_login (int argc, char **argv);

/* hoitruong logout */
int ht_sign_in_run_logout (int argc, char **argv);
