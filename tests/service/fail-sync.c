/* SPDX-License-Identifier: MIT */

/* For LD_PRELOAD: fdatasync() and fsync() fail with EIO while the file that HT_FAIL_SYNC names is
 * there. */

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int
sync_or_fail (const char *name, int fd)
{
    const char *armed = getenv ("HT_FAIL_SYNC");
    int (*real) (int) = (int (*) (int)) dlsym (RTLD_NEXT, name);

    if (armed != NULL && access (armed, F_OK) == 0) {
        errno = EIO;
        return -1;
    }
    return real (fd);
}

int
fdatasync (int fd)
{
    return sync_or_fail ("fdatasync", fd);
}

int
fsync (int fd)
{
    return sync_or_fail ("fsync", fd);
}
