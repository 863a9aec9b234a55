/* SPDX-License-Identifier: MIT */

#include "scheduler/store/ballast.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define BALLAST_BYTES (INT64_C (4) * 1024 * 1024)

void
ht_ballast_keep (const char *path)
{
    struct statvfs disk;
    int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    gboolean kept;

    if (fd < 0)
        return;
    kept = fstatvfs (fd, &disk) == 0 &&
           (int64_t) (disk.f_bavail * disk.f_frsize) > 8 * BALLAST_BYTES &&
           posix_fallocate (fd, 0, BALLAST_BYTES) == 0;
    close (fd);
    if (!kept)
        g_unlink (path);
}

gboolean
ht_ballast_drop (const char *path)
{
    return g_unlink (path) == 0;
}
