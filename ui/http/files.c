/* SPDX-License-Identifier: MIT */

#include "ui/http/files.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "scheduler/base/error.h"
#include "ui/http/file-stream.h"
#include "ui/http/range.h"

struct _HtFiles {
    int folder;        /* (owned) */
    char *accel;       /* (owned) (nullable) */
    GThreadPool *pool; /* (owned) */
};

HtFiles *
ht_files_new (const char *folder, const char *accel, GError **error)
{
    int fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    HtFiles *files;

    if (fd < 0) {
        ht_problem_set (error, HT_ERROR_ATTENTION, "no-folder", NULL, "cannot open %s: %s", folder,
                        g_strerror (errno));
        return NULL;
    }
    files = g_new0 (HtFiles, 1);
    files->folder = fd;
    files->accel = g_strdup (accel);
    files->pool = ht_file_stream_pool_new ();
    return files;
}

void
ht_files_free (HtFiles *files)
{
    g_thread_pool_free (files->pool, FALSE, TRUE);
    close (files->folder);
    g_free (files->accel);
    g_free (files);
}

static gboolean
is_clean (const char *path)
{
    g_auto (GStrv) names = g_strsplit (path, "/", -1);

    for (unsigned i = 0; names[i] != NULL; i++)
        if (names[i][0] == '\0' || names[i][0] == '.')
            return FALSE;
    return names[0] != NULL;
}

/* The kernel holds the path inside the folder, whatever stands in it. */
static int
open_beneath (const HtFiles *files, const char *path)
{
    struct open_how how = {
        .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
    };

    return is_clean (path) ? (int) syscall (SYS_openat2, files->folder, path, &how, sizeof how)
                           : -1;
}

static gboolean
refuse_missing (GError **error)
{
    ht_problem_set (error, HT_ERROR_NOT_FOUND, "no-such-file", NULL, "there is no such file");
    return FALSE;
}

static gboolean
refuse_range (HtReply *reply, int64_t size, GError **error)
{
    g_autofree char *whole = g_strdup_printf ("bytes */%" PRId64, size);

    ht_reply_add_header (reply, "Content-Range", whole);
    ht_problem_set (error, HT_ERROR_INVALID, "range-impossible", "Range",
                    "ask for one range inside the %" PRId64 " octets of the file", size);
    return FALSE;
}

/* A range of an older version of the file would be spliced into the newer one: If-Range asks for
 * the whole then. */
static HtRange
choose_range (const HtRequest *request, const char *tag, int64_t size)
{
    const char *only_if = ht_request_get_header (request, HT_HEADER_IF_RANGE);

    if (only_if != NULL && strcmp (only_if, tag) != 0)
        return ht_range_parse (NULL, size);
    return ht_range_parse (ht_request_get_header (request, HT_HEADER_RANGE), size);
}

static gboolean
send_range (HtFiles *files, int fd, const HtFile *file, const struct stat *status, HtRange range,
            HtReply *reply)
{
    g_autofree char *part = g_strdup_printf ("bytes %" PRId64 "-%" PRId64 "/%" PRId64, range.first,
                                             range.last, (int64_t) status->st_size);
    int64_t size = range.last - range.first + 1;
    gboolean is_part = range.kind == HT_RANGE_PART;

    if (is_part)
        ht_reply_add_header (reply, "Content-Range", part);
    ht_reply_send_stream (reply, is_part ? 206 : 200, file->type,
                          ht_file_stream_new (fd, range.first, size, files->pool), size);
    return TRUE;
}

static gboolean
send_open (HtFiles *files, int fd, const HtFile *file, HtReply *reply, GError **error)
{
    const HtRequest *request = ht_reply_get_request (reply);
    const char *known = ht_request_get_header (request, HT_HEADER_IF_NONE_MATCH);
    g_autofree char *tag = NULL;
    struct stat status;
    HtRange range;

    if (fstat (fd, &status) < 0 || !S_ISREG (status.st_mode)) {
        close (fd);
        return refuse_missing (error);
    }
    tag = g_strdup_printf ("\"%" PRIx64 "-%" PRIx64 "%08lx-%" PRIx64 "\"", (uint64_t) status.st_ino,
                           (uint64_t) status.st_mtim.tv_sec, (unsigned long) status.st_mtim.tv_nsec,
                           (uint64_t) status.st_size);
    ht_reply_add_header (reply, "ETag", tag);
    range = choose_range (request, tag, status.st_size);
    if (known != NULL && strstr (known, tag) != NULL) {
        close (fd);
        ht_reply_send_bytes (reply, 304, NULL, NULL);
        return TRUE;
    }
    if (range.kind != HT_RANGE_IMPOSSIBLE)
        return send_range (files, fd, file, &status, range, reply);
    close (fd);
    return refuse_range (reply, status.st_size, error);
}

static void
send_by_proxy (const HtFiles *files, const HtFile *file, HtReply *reply)
{
    g_autofree char *escaped = g_uri_escape_string (file->path, "/", FALSE);
    g_autofree char *target = g_strconcat (files->accel, "/", escaped, NULL);

    ht_reply_add_header (reply, "X-Accel-Redirect", target);
    ht_reply_send_bytes (reply, 200, file->type, NULL);
}

static void
add_headers (const HtFile *file, HtReply *reply)
{
    ht_reply_add_header (reply, "Accept-Ranges", "bytes");
    ht_reply_add_header (reply, "Cache-Control", file->cache);
    if (file->download_name != NULL) {
        g_autofree char *name = g_uri_escape_string (file->download_name, NULL, FALSE);
        g_autofree char *value = g_strconcat ("attachment; filename*=UTF-8''", name, NULL);

        ht_reply_add_header (reply, "Content-Disposition", value);
    }
}

gboolean
ht_files_send (HtFiles *files, const HtFile *file, HtRequest *request G_GNUC_UNUSED, HtReply *reply,
               GError **error)
{
    int fd = open_beneath (files, file->path);

    if (fd < 0)
        return refuse_missing (error);
    add_headers (file, reply);
    if (files->accel == NULL)
        return send_open (files, fd, file, reply, error);
    close (fd);
    send_by_proxy (files, file, reply);
    return TRUE;
}
