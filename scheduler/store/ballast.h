/* SPDX-License-Identifier: MIT */

/* A file of zeros kept beside the database. On a full disk even deleting needs room: giving this
 * file up makes some. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes @path where there is no such file and the disk has room for it eight times over. What
 * cannot be made is done without. */
void ht_ballast_keep (const char *path);

/* Whether there was one to give up. */
gboolean ht_ballast_drop (const char *path);

G_END_DECLS
