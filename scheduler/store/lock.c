/* SPDX-License-Identifier: MIT */

#include "scheduler/store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "scheduler/base/error.h"

struct _HtLock {
    int fd;
};

static HtLock *
refuse (int fd, const char *path, GError **error)
{
    char holder[32] = "";
    ssize_t length = pread (fd, holder, sizeof holder - 1, 0);

    holder[length > 0 ? length : 0] = '\0';
    g_strchomp (holder);
    ht_problem_set (error, HT_ERROR_ATTENTION, "data-in-use", NULL,
                    "%s is held by another hoitruongd, process %s: stop that one or name another "
                    "data folder",
                    path, holder[0] == '\0' ? "unknown" : holder);
    close (fd);
    return NULL;
}

HtLock *
ht_lock_take (const char *path, GError **error)
{
    int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    HtLock *lock;

    if (fd < 0) {
        ht_problem_set (error, HT_ERROR_ATTENTION, "data-not-writable", NULL, "cannot write %s: %s",
                        path, g_strerror (errno));
        return NULL;
    }
    if (flock (fd, LOCK_EX | LOCK_NB) != 0)
        return refuse (fd, path, error);
    if (ftruncate (fd, 0) == 0)
        dprintf (fd, "%d\n", (int) getpid ());
    lock = g_new0 (HtLock, 1);
    lock->fd = fd;
    return lock;
}

void
ht_lock_free (HtLock *lock)
{
    close (lock->fd);
    g_free (lock);
}
