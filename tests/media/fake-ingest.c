/* SPDX-License-Identifier: MIT */

/* Stands for hoitruong-pipeline in process tests: a camera that films whether or not anybody looks.
 * Picture n is the one of the wall clock's n-th hundredth of a second, so that any process can tell
 * what must have been recorded. The source's url is a folder: a file "refuse" in it makes the
 * password wrong, "dirt" makes it send what are no units, "end" makes it end, "single" makes it
 * refuse all but one at a time. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "media/record/exit-note.h"
#include "media/record/source.h"
#include "media/record/stream-info.h"
#include "scheduler/base/clock.h"
#include "tests/media/fake-camera.h"

#define UNITS_FD 3

static void
send_octets (const void *octets, size_t length)
{
    const char *at = octets;

    while (length > 0) {
        ssize_t n = write (UNITS_FD, at, length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            _exit (75);
        at += n;
        length -= (size_t) n;
    }
}

static void
send_unit (HtUnit unit, const void *data)
{
    g_autofree uint8_t *whole = g_malloc (HT_UNIT_HEADER_BYTES + unit.length_bytes);

    ht_unit_write (&unit, whole);
    memcpy (whole + HT_UNIT_HEADER_BYTES, data, unit.length_bytes);
    send_octets (whole, HT_UNIT_HEADER_BYTES + unit.length_bytes);
}

static void
send_text (HtUnitType type, unsigned stream, const char *text)
{
    HtUnit unit = {
        .type = (uint8_t) type,
        .stream = (uint8_t) stream,
        .length_bytes = (uint32_t) strlen (text),
    };

    send_unit (unit, text);
}

static void
send_note (const char *reason, int64_t retry_us)
{
    HtExitNote note = { .reason = (char *) reason, .retry_us = retry_us };
    g_autofree char *text = ht_exit_note_dup_text (&note);

    send_text (HT_UNIT_NOTE, 0, text);
}

static void
send_picture (int64_t number)
{
    g_autoptr (GBytes) data = fake_camera_make_picture (number);
    HtUnit unit = made_unit (0, fake_camera_is_key (number) ? HT_UNIT_KEY : 0,
                             number * FAKE_CAMERA_FRAME, data);

    unit.flags |= HT_UNIT_SETTLED;
    send_unit (unit, g_bytes_get_data (data, NULL));
}

/* The frames of sound that begin while picture @number is shown. */
static void
send_sound (int64_t number)
{
    int64_t from = number * FAKE_CAMERA_FRAME;

    for (int64_t n = (from + MADE_AUDIO - 1) / MADE_AUDIO;
         n * MADE_AUDIO < from + FAKE_CAMERA_FRAME; n++) {
        g_autoptr (GBytes) data = made_sound ((unsigned) (n % 1000000000));
        HtUnit unit = made_unit (1, HT_UNIT_SETTLED, n * MADE_AUDIO, data);

        send_unit (unit, g_bytes_get_data (data, NULL));
    }
}

static gboolean
is_told (const char *folder, const char *what)
{
    g_autofree char *path = g_build_filename (folder, what, NULL);

    return access (path, F_OK) == 0;
}

static void
film (const char *folder)
{
    int64_t number = ht_clock_read_us (ht_clock_get_system ()) / FAKE_CAMERA_FRAME_US + 1;

    send_text (HT_UNIT_STREAM, 0, "{\"codec\":\"h264\",\"video\":true,\"audio\":true}");
    send_text (HT_UNIT_STREAM, 1,
               "{\"codec\":\"aac\",\"rate_hz\":48000,\"video\":true,\"audio\":true}");
    for (; !is_told (folder, "end"); number++) {
        int64_t wait_us = number * FAKE_CAMERA_FRAME_US - ht_clock_read_us (ht_clock_get_system ());

        if (wait_us > 0)
            g_usleep ((unsigned long) wait_us);
        if (is_told (folder, "dirt"))
            send_octets ("these octets are no units, not in the least", 40);
        send_picture (number);
        send_sound (number);
    }
    send_note ("ended", 0);
}

/* The lock goes with the process. */
static gboolean
is_taken (const char *folder)
{
    g_autofree char *path = g_build_filename (folder, "connection", NULL);
    int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    return fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0;
}

int
main (int argc, char **argv)
{
    char line[8192];
    ssize_t n = read (STDIN_FILENO, line, sizeof line);
    HtIngestSource source = { 0 };

    if (argc != 2 || strcmp (argv[1], "ingest") != 0 || n <= 0 ||
        !ht_ingest_source_read (line, (size_t) n, &source, NULL))
        return 78;
    if (is_told (source.url, "refuse"))
        send_note ("wrong-password", 60 * G_USEC_PER_SEC);
    else if (is_told (source.url, "single") && is_taken (source.url))
        send_note ("refused", 0);
    else
        film (source.url);
    ht_fields_clear (&HT_INGEST_SOURCE_FIELDS, &source);
    return 0;
}
