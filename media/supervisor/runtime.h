/* SPDX-License-Identifier: MIT */

/* Where recorders and the daemon meet. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): where control sockets go: $RUNTIME_DIRECTORY, else below /run/user/<uid>, else
 * /tmp/hoitruong-<uid>/<hash of @data>: a socket's path has at most 107 octets. */
char *ht_runtime_dup_folder (const char *data);

G_END_DECLS
