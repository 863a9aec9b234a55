/* SPDX-License-Identifier: MIT */

#include "media/supervisor/runtime.h"

#include <glib/gstdio.h>
#include <unistd.h>

char *
ht_runtime_dup_folder (const char *data)
{
    const char *given = g_getenv ("RUNTIME_DIRECTORY");
    g_autofree char *absolute = g_canonicalize_filename (data, NULL);
    g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, absolute, -1);
    g_autofree char *user = g_strdup_printf ("/run/user/%u", (unsigned) getuid ());

    if (given != NULL && given[0] == '/')
        return g_strdup (given);
    if (g_access (user, W_OK) == 0)
        return g_strdup_printf ("%s/hoitruong-%.16s", user, hash);
    return g_strdup_printf ("/tmp/hoitruong-%u/%.16s", (unsigned) getuid (), hash);
}
