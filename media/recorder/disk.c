/* SPDX-License-Identifier: MIT */

#include "media/recorder/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/record/playlist.h"
#include "scheduler/base/error.h"

#define FILE_MODE 0640
/* Blocks allotted ahead of the journal's end: its lines find room when the disk is full. */
#define JOURNAL_AHEAD_BYTES (64 * 1024)
/* A segment is opened only where there is room for one like the last. */
#define FIRST_SEGMENT_BYTES (256 * 1024)
#define MAX_RESERVE_BYTES   (16 * 1024 * 1024)
#define LOCK_FILE           "lock"
#define NEW_SUFFIX          ".new"

struct _HtDisk {
    char *folder; /* (owned) */
    int folder_fd;
    int lock_fd;
    int journal_fd;
    int segment_fd; /* -1 while none is open */
    int64_t segment_bytes;
    int64_t reserve_bytes; /* for the next segment */
    int64_t sequence;      /* of the open one */
    int64_t journal_bytes; /* whole lines in the file */
    int64_t ahead_bytes;   /* up to where its blocks are allotted */
    GString *pending;      /* (owned): lines that the disk did not take yet */
    unsigned window;
};

static void
fail (GError **error, HtErrorCode code, const char *id, const char *what, const char *folder)
{
    ht_problem_set (error, code, id, NULL, "%s %s: %s", what, folder, g_strerror (errno));
}

static gboolean
open_files (HtDisk *disk, GError **error)
{
    disk->folder_fd = open (disk->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (disk->folder_fd < 0) {
        fail (error, errno == ENOENT ? HT_ERROR_NOT_FOUND : HT_ERROR_INTERNAL, "no-folder",
              "open the folder", disk->folder);
        return FALSE;
    }
    disk->lock_fd = openat (disk->folder_fd, LOCK_FILE, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);
    if (disk->lock_fd < 0 || flock (disk->lock_fd, LOCK_EX | LOCK_NB) != 0) {
        fail (error, errno == EWOULDBLOCK ? HT_ERROR_CONFLICT : HT_ERROR_INTERNAL, "track-taken",
              errno == EWOULDBLOCK ? "another recorder holds" : "lock", disk->folder);
        return FALSE;
    }
    disk->journal_fd = openat (disk->folder_fd, HT_JOURNAL_FILE,
                               O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, FILE_MODE);
    if (disk->journal_fd < 0) {
        fail (error, HT_ERROR_INTERNAL, "no-journal", "open the journal of", disk->folder);
        return FALSE;
    }
    return TRUE;
}

HtDisk *
ht_disk_open (const char *folder, GError **error)
{
    g_autoptr (HtDisk) disk = g_new0 (HtDisk, 1);

    disk->folder = g_strdup (folder);
    disk->folder_fd = disk->lock_fd = disk->journal_fd = disk->segment_fd = -1;
    disk->reserve_bytes = FIRST_SEGMENT_BYTES;
    disk->pending = g_string_new (NULL);
    disk->window = 1;
    return open_files (disk, error) ? g_steal_pointer (&disk) : NULL;
}

static int
open_segment (HtDisk *disk, int64_t sequence, int flags)
{
    g_autofree char *name = ht_segment_dup_name (sequence);

    return openat (disk->folder_fd, name, flags | O_CLOEXEC, FILE_MODE);
}

static void
remove_segment (HtDisk *disk, int64_t sequence)
{
    g_autofree char *name = ht_segment_dup_name (sequence);

    unlinkat (disk->folder_fd, name, 0);
}

/* Cuts the segment that was left open to its whole units. A file without any goes. */
static void
cut_left (HtDisk *disk, const HtSegment *open, HtTsSummary *ret_left)
{
    g_autoptr (GMappedFile) file = NULL;
    int fd = open_segment (disk, open->sequence, O_RDWR);

    if (fd < 0)
        return;
    file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
    if (file != NULL)
        ht_ts_summarise ((const uint8_t *) g_mapped_file_get_contents (file),
                         g_mapped_file_get_length (file), open->pts, ret_left);
    if (ret_left->units == 0)
        remove_segment (disk, open->sequence);
    else if (ftruncate (fd, ret_left->bytes) != 0 || fdatasync (fd) != 0)
        g_message ("segment %d could not be cut: %s", (int) open->sequence, g_strerror (errno));
    close (fd);
}

static HtJournal *
parse (HtDisk *disk, const char *text, size_t length, GError **error)
{
    g_autoptr (GError) cause = NULL;
    HtJournal *journal;

    if (length == 0 || memchr (text, '\n', length) == NULL)
        return ht_journal_new (); /* not even its first line was written */
    journal = ht_journal_parse (text, length, &cause);
    if (journal == NULL)
        ht_problem_set (error, HT_ERROR_ATTENTION, ht_problem_get_id (cause), NULL, "%s/%s: %s",
                        disk->folder, HT_JOURNAL_FILE, cause->message);
    return journal;
}

/* Makes sure that the journal finds room ahead of its end. */
static void
allot_ahead (HtDisk *disk)
{
    if (disk->ahead_bytes - disk->journal_bytes > JOURNAL_AHEAD_BYTES / 2)
        return;
    if (fallocate (disk->journal_fd, FALLOC_FL_KEEP_SIZE, disk->journal_bytes,
                   JOURNAL_AHEAD_BYTES) == 0)
        disk->ahead_bytes = disk->journal_bytes + JOURNAL_AHEAD_BYTES;
}

HtJournal *
ht_disk_take_over (HtDisk *disk, HtTsSummary *ret_left, GError **error)
{
    g_autofree char *path = g_build_filename (disk->folder, HT_JOURNAL_FILE, NULL);
    g_autofree char *text = NULL;
    HtJournal *journal;
    size_t length;

    *ret_left = (HtTsSummary){ 0 };
    if (!g_file_get_contents (path, &text, &length, error))
        return NULL;
    journal = parse (disk, text, length, error);
    if (journal == NULL)
        return NULL;
    if (ftruncate (disk->journal_fd, (off_t) journal->valid_bytes) != 0) {
        fail (error, HT_ERROR_INTERNAL, "no-journal", "cut the journal of", disk->folder);
        ht_journal_free (journal);
        return NULL;
    }
    disk->journal_bytes = (int64_t) journal->valid_bytes;
    allot_ahead (disk);
    if (ht_journal_get_open (journal) != NULL)
        cut_left (disk, ht_journal_get_open (journal), ret_left);
    return journal;
}

void
ht_disk_set_window (HtDisk *disk, unsigned n_segments)
{
    disk->window = n_segments;
}

/* All of it or nothing. */
static gboolean
write_all (int fd, const void *data, size_t length, int64_t at)
{
    const char *from = data;
    size_t done = 0;

    while (done < length) {
        ssize_t n = write (fd, from + done, length - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            int code = errno;

            if (done > 0 && ftruncate (fd, at) != 0)
                g_debug ("a partial write stays: %s", g_strerror (errno));
            errno = code;
            return FALSE;
        }
        done += (size_t) n;
    }
    return TRUE;
}

gboolean
ht_disk_flush (HtDisk *disk)
{
    if (disk->pending->len == 0)
        return TRUE;
    if (!write_all (disk->journal_fd, disk->pending->str, disk->pending->len, disk->journal_bytes))
        return FALSE;
    disk->journal_bytes += (int64_t) disk->pending->len;
    g_string_truncate (disk->pending, 0);
    allot_ahead (disk);
    return TRUE;
}

/* A segment's data are written only once its OPEN is on the disk: else the next recorder would
 * not know of them. The lines before it go with it. */
static gboolean
sink_journal (gpointer data, const HtJournalLine *line)
{
    HtDisk *disk = data;
    size_t before = disk->pending->len;
    gboolean matters = line->kind == HT_JOURNAL_OPEN || line->kind == HT_JOURNAL_END;

    ht_journal_line_write (line, disk->pending);
    if (!ht_disk_flush (disk)) {
        if (line->kind != HT_JOURNAL_OPEN)
            return TRUE;
        g_string_truncate (disk->pending, before);
        return FALSE;
    }
    if (matters && fdatasync (disk->journal_fd) != 0)
        g_message ("the journal could not be synchronised: %s", g_strerror (errno));
    return TRUE;
}

static gboolean
sink_open (gpointer data, int64_t sequence)
{
    HtDisk *disk = data;
    int fd = open_segment (disk, sequence, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);

    if (fd < 0)
        return FALSE;
    if (fallocate (fd, FALLOC_FL_KEEP_SIZE, 0, disk->reserve_bytes) != 0 && errno != EOPNOTSUPP &&
        errno != ENOSYS) {
        close (fd);
        remove_segment (disk, sequence);
        return FALSE;
    }
    disk->segment_fd = fd;
    disk->segment_bytes = 0;
    disk->sequence = sequence;
    return TRUE;
}

static gboolean
sink_write (gpointer data, const uint8_t *octets, size_t length)
{
    HtDisk *disk = data;

    if (!write_all (disk->segment_fd, octets, length, disk->segment_bytes))
        return FALSE;
    disk->segment_bytes += (int64_t) length;
    return TRUE;
}

static void
forget_segment (HtDisk *disk)
{
    close (disk->segment_fd);
    disk->segment_fd = -1;
}

/* The truncation gives back what was allotted and not used. */
static gboolean
sink_close (gpointer data)
{
    HtDisk *disk = data;
    gboolean good = ftruncate (disk->segment_fd, disk->segment_bytes) == 0;

    good = fdatasync (disk->segment_fd) == 0 && good;
    disk->reserve_bytes =
        CLAMP (disk->segment_bytes * 5 / 4, FIRST_SEGMENT_BYTES, MAX_RESERVE_BYTES);
    forget_segment (disk);
    return good;
}

static void
sink_discard (gpointer data)
{
    HtDisk *disk = data;

    forget_segment (disk);
    remove_segment (disk, disk->sequence);
}

/* Put in place by rename: a reader sees the old one or the new one. Where there is no room the
 * old one stays and the recording goes on. */
static void
sink_publish (gpointer data, const HtJournal *journal)
{
    static const char new_name[] = HT_PLAYLIST_LIVE_FILE NEW_SUFFIX;
    HtDisk *disk = data;
    g_autofree char *text = ht_playlist_make_live (journal, disk->window);
    int fd =
        openat (disk->folder_fd, new_name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    gboolean good;

    if (fd < 0)
        return;
    good = write_all (fd, text, strlen (text), 0);
    good = close (fd) == 0 && good;
    if (!good || renameat (disk->folder_fd, new_name, disk->folder_fd, HT_PLAYLIST_LIVE_FILE) != 0)
        unlinkat (disk->folder_fd, new_name, 0);
}

const HtSegmentSink ht_disk_sink = {
    .open = sink_open,
    .write = sink_write,
    .close = sink_close,
    .discard = sink_discard,
    .journal = sink_journal,
    .publish = sink_publish,
};

static void
close_fd (int fd)
{
    if (fd >= 0)
        close (fd);
}

/* Gives back the journal's blocks beyond its end. */
void
ht_disk_free (HtDisk *disk)
{
    if (disk == NULL)
        return;
    if (disk->ahead_bytes > 0 && ftruncate (disk->journal_fd, disk->journal_bytes) != 0)
        g_debug ("the journal keeps blocks that it does not need: %s", g_strerror (errno));
    close_fd (disk->segment_fd);
    close_fd (disk->journal_fd);
    close_fd (disk->lock_fd);
    close_fd (disk->folder_fd);
    g_string_free (disk->pending, TRUE);
    g_free (disk->folder);
    g_free (disk);
}
