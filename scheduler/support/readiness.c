/* SPDX-License-Identifier: MIT */

#include "scheduler/support/readiness.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct _HtReadiness {
    struct sockaddr_un address;
    socklen_t address_bytes; /* 0: nobody listens */
    int64_t watchdog_us;
    GSource *beat; /* (owned) (nullable) */
    HtReadinessAlive alive;
    gpointer user_data;
};

HtReadiness *
ht_readiness_new (const char *address, int64_t watchdog_us)
{
    HtReadiness *readiness = g_new0 (HtReadiness, 1);
    size_t length = address != NULL ? strlen (address) : 0;

    readiness->watchdog_us = watchdog_us;
    if (length == 0 || length >= sizeof readiness->address.sun_path ||
        strchr ("/@", *address) == NULL)
        return readiness;
    readiness->address.sun_family = AF_UNIX;
    memcpy (readiness->address.sun_path, address, length);
    if (*address == '@')
        readiness->address.sun_path[0] = '\0';
    readiness->address_bytes =
        (socklen_t) (G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + length);
    return readiness;
}

static int64_t
read_number (const char *name)
{
    const char *text = g_getenv (name);
    int64_t number = 0;

    if (text != NULL)
        g_ascii_string_to_signed (text, 10, 1, INT64_MAX / 2, &number, NULL);
    return number;
}

HtReadiness *
ht_readiness_new_from_environment (void)
{
    static const char *const names[] = { "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID" };
    int64_t pid = read_number ("WATCHDOG_PID");
    gboolean for_us = pid == 0 || pid == getpid ();
    HtReadiness *readiness =
        ht_readiness_new (g_getenv ("NOTIFY_SOCKET"), for_us ? read_number ("WATCHDOG_USEC") : 0);

    for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
        g_unsetenv (names[i]);
    return readiness;
}

static void
stop_beat (HtReadiness *readiness)
{
    if (readiness->beat != NULL)
        g_source_destroy (readiness->beat);
    g_clear_pointer (&readiness->beat, g_source_unref);
}

void
ht_readiness_free (HtReadiness *readiness)
{
    stop_beat (readiness);
    g_free (readiness);
}

/* A manager that does not take a datagram loses it: the next beat says the same. */
static void
tell (HtReadiness *readiness, const char *text)
{
    int fd;

    if (readiness->address_bytes == 0)
        return;
    fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return;
    if (sendto (fd, text, strlen (text), MSG_NOSIGNAL, (struct sockaddr *) &readiness->address,
                readiness->address_bytes) < 0)
        g_debug ("the service manager was not told: %s", g_strerror (errno));
    close (fd);
}

static gboolean
on_beat (gpointer user_data)
{
    HtReadiness *readiness = user_data;

    if (readiness->alive == NULL || readiness->alive (readiness->user_data))
        tell (readiness, "WATCHDOG=1");
    return G_SOURCE_CONTINUE;
}

void
ht_readiness_ready (HtReadiness *readiness, const char *status, HtReadinessAlive alive,
                    gpointer user_data)
{
    g_autofree char *text = g_strdup_printf ("READY=1\nSTATUS=%s", status);

    tell (readiness, text);
    readiness->alive = alive;
    readiness->user_data = user_data;
    stop_beat (readiness);
    if (readiness->watchdog_us == 0 || readiness->address_bytes == 0)
        return;
    readiness->beat =
        g_timeout_source_new ((unsigned) CLAMP (readiness->watchdog_us / 2000, 1, G_MAXINT));
    g_source_set_callback (readiness->beat, on_beat, readiness, NULL);
    g_source_attach (readiness->beat, g_main_context_get_thread_default ());
}

void
ht_readiness_stopping (HtReadiness *readiness)
{
    tell (readiness, "STOPPING=1");
}
