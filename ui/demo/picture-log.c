/* SPDX-License-Identifier: MIT */

#include "ui/demo/picture-log.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <stdio.h>

#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"

typedef struct {
    uint32_t number;
    int64_t now_us;
} Drawn;

struct _HtPictureLog {
    FILE *file;
    GAsyncQueue *drawn; /* (element-type Drawn) (owned) */
};

HtPictureLog *
ht_picture_log_open (const char *path, GError **error)
{
    FILE *file = g_fopen (path, "we");
    HtPictureLog *log;

    if (file == NULL) {
        ht_problem_set (error, HT_ERROR_INTERNAL, "cannot-open", NULL, "open %s: %s", path,
                        g_strerror (errno));
        return NULL;
    }
    setvbuf (file, NULL, _IOLBF, 0);
    log = g_new0 (HtPictureLog, 1);
    log->file = file;
    log->drawn = g_async_queue_new_full (g_free);
    return log;
}

void
ht_picture_log_close (HtPictureLog *log)
{
    fclose (log->file);
    g_async_queue_unref (log->drawn);
    g_free (log);
}

void
ht_picture_log_drawn (HtPictureLog *log, uint32_t number, int64_t now_us)
{
    Drawn *drawn = g_new (Drawn, 1);

    *drawn = (Drawn){ number, now_us };
    g_async_queue_push (log->drawn, drawn);
}

/* The first octet after the next start code, or @end. */
static const uint8_t *
next_nal (const uint8_t *p, const uint8_t *end)
{
    for (; end - p >= 4; p++)
        if (p[0] == 0 && p[1] == 0 && p[2] == 1)
            return p + 3;
    return end;
}

static const uint8_t *
end_of_nal (const uint8_t *nal, const uint8_t *end)
{
    const uint8_t *next = next_nal (nal, end);

    if (next == end)
        return end;
    next -= 3;
    while (next > nal && next[-1] == 0) /* trailing zeros and the fourth of a long start code */
        next--;
    return next;
}

static char *
hash_slices (const uint8_t *data, size_t size, gboolean *ret_key)
{
    const uint8_t *end = data + size;
    g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

    *ret_key = FALSE;
    for (const uint8_t *nal = next_nal (data, end); nal < end; nal = next_nal (nal, end)) {
        int type = nal[0] & 0x1f;

        if (type != 1 && type != 5)
            continue;
        *ret_key |= type == 5;
        g_checksum_update (sum, nal, end_of_nal (nal, end) - nal);
    }
    return g_strdup (g_checksum_get_string (sum));
}

void
ht_picture_log_coded (HtPictureLog *log, GstBuffer *buffer)
{
    g_autofree Drawn *drawn = g_async_queue_try_pop (log->drawn);
    g_autofree char *hash = NULL;
    gboolean key;
    GstMapInfo map;

    if (drawn == NULL || !gst_buffer_map (buffer, &map, GST_MAP_READ))
        return;
    hash = hash_slices (map.data, map.size, &key);
    gst_buffer_unmap (buffer, &map);
    fprintf (log->file, "%" PRIu32 " %" PRId64 " %s %s %" PRId64 "\n", drawn->number, drawn->now_us,
             hash, key ? "key" : "-", ht_clock_read_us (ht_clock_get_system ()));
}
