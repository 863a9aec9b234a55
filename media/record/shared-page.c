/* SPDX-License-Identifier: MIT */

#include "media/record/shared-page.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scheduler/base/error.h"

#define PAGE_BYTES 4096
#define MAGIC      UINT64_C (0x3130676170746968) /* "hitpag01", little-endian */
#define N_WORDS    (sizeof (HtTrackStatus) / sizeof (uint64_t))
#define MAX_TRIES  100

G_STATIC_ASSERT (sizeof (HtTrackStatus) % sizeof (uint64_t) == 0);
G_STATIC_ASSERT (sizeof (HtTrackStatus) + 16 <= PAGE_BYTES);

/* turn is odd while words are being written. */
typedef struct {
    uint64_t magic;
    uint64_t turn;
    uint64_t words[N_WORDS];
} Shared;

struct _HtSharedPage {
    Shared *shared; /* mapped */
};

static HtSharedPage *
fail (const char *what, const char *path, GError **error)
{
    int code = errno;

    ht_problem_set (error,
                    code == ENOSPC   ? HT_ERROR_FULL
                    : code == ENOENT ? HT_ERROR_NOT_FOUND
                                     : HT_ERROR_INTERNAL,
                    "shared-page", NULL, "%s %s: %s", what, path, g_strerror (code));
    return NULL;
}

static HtSharedPage *
map (int fd, int protection, const char *path, GError **error)
{
    HtSharedPage *page;
    void *memory = mmap (NULL, PAGE_BYTES, protection, MAP_SHARED, fd, 0);

    if (memory == MAP_FAILED)
        return fail ("map", path, error);
    page = g_new (HtSharedPage, 1);
    page->shared = memory;
    return page;
}

static gboolean
allot (int fd)
{
    errno = posix_fallocate (fd, 0, PAGE_BYTES);
    return errno == 0 && ftruncate (fd, PAGE_BYTES) == 0;
}

HtSharedPage *
ht_shared_page_create (const char *path, GError **error)
{
    static const HtTrackStatus nothing;
    HtSharedPage *page;
    int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0)
        return fail ("open", path, error);
    page = allot (fd) ? map (fd, PROT_READ | PROT_WRITE, path, error) : fail ("allot", path, error);
    close (fd);
    if (page != NULL)
        ht_shared_page_write (page, &nothing);
    if (page != NULL)
        __atomic_store_n (&page->shared->magic, MAGIC, __ATOMIC_RELEASE);
    return page;
}

HtSharedPage *
ht_shared_page_open (const char *path, GError **error)
{
    g_autoptr (HtSharedPage) page = NULL;
    struct stat info;
    int fd = open (path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return fail ("open", path, error);
    if (fstat (fd, &info) == 0 && info.st_size >= PAGE_BYTES)
        page = map (fd, PROT_READ, path, error);
    close (fd);
    if (page != NULL && __atomic_load_n (&page->shared->magic, __ATOMIC_ACQUIRE) == MAGIC)
        return g_steal_pointer (&page);
    if (error == NULL || *error == NULL)
        ht_problem_set (error, HT_ERROR_INVALID, "not-a-page", NULL, "%s is no shared page", path);
    return NULL;
}

void
ht_shared_page_write (HtSharedPage *page, const HtTrackStatus *status)
{
    Shared *shared = page->shared;
    uint64_t words[N_WORDS];
    uint64_t turn = __atomic_load_n (&shared->turn, __ATOMIC_RELAXED) | 1;

    memcpy (words, status, sizeof words);
    __atomic_store_n (&shared->turn, turn, __ATOMIC_RELAXED);
    __atomic_thread_fence (__ATOMIC_SEQ_CST);
    for (size_t i = 0; i < N_WORDS; i++)
        __atomic_store_n (&shared->words[i], words[i], __ATOMIC_RELAXED);
    __atomic_store_n (&shared->turn, turn + 1, __ATOMIC_RELEASE);
}

void
ht_shared_page_read (const HtSharedPage *page, HtTrackStatus *ret_status)
{
    const Shared *shared = page->shared;
    uint64_t words[N_WORDS];

    for (int tries = 0; tries < MAX_TRIES; tries++) {
        uint64_t turn = __atomic_load_n (&shared->turn, __ATOMIC_ACQUIRE);

        for (size_t i = 0; i < N_WORDS; i++)
            words[i] = __atomic_load_n (&shared->words[i], __ATOMIC_RELAXED);
        __atomic_thread_fence (__ATOMIC_ACQUIRE);
        if (turn % 2 == 0 && __atomic_load_n (&shared->turn, __ATOMIC_RELAXED) == turn)
            break;
    }
    memcpy (ret_status, words, sizeof words);
    ret_status->state = CLAMP (ret_status->state, HT_TRACK_WAITING, HT_TRACK_LEFT);
}

void
ht_shared_page_free (HtSharedPage *page)
{
    if (page == NULL)
        return;
    munmap (page->shared, PAGE_BYTES);
    g_free (page);
}
