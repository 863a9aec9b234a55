/* SPDX-License-Identifier: MIT */

#include "tests/ui/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int
ht_wire_connect (uint16_t port)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons (port),
                                   .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
    int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_assert_no_errno (
        connect (fd, (const struct sockaddr *) (gconstpointer) &address, sizeof address));
    g_assert_true (g_unix_set_fd_nonblocking (fd, TRUE, NULL));
    return fd;
}

void
ht_wire_send (int fd, const char *text)
{
    size_t length = strlen (text);

    while (length > 0) {
        ssize_t n = send (fd, text, length, MSG_NOSIGNAL);

        if (n < 0 && errno == EAGAIN)
            g_main_context_iteration (NULL, FALSE);
        else if (n < 0)
            return;
        else {
            text += n;
            length -= (size_t) n;
        }
    }
}

static gboolean
on_ready (int fd G_GNUC_UNUSED, GIOCondition condition G_GNUC_UNUSED,
          gpointer user_data G_GNUC_UNUSED)
{
    return G_SOURCE_CONTINUE;
}

/* Returns: %FALSE where the other end has closed. */
static gboolean
read_some (int fd, GString *all)
{
    char buffer[65536];
    guint source = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_ready, NULL);
    ssize_t n;

    while ((n = recv (fd, buffer, sizeof buffer, 0)) < 0 && errno == EAGAIN)
        g_main_context_iteration (NULL, TRUE);
    g_source_remove (source);
    if (n > 0)
        g_string_append_len (all, buffer, n);
    return n > 0;
}

char *
ht_wire_read_all (int fd)
{
    GString *all = g_string_new (NULL);

    while (read_some (fd, all))
        continue;
    return g_string_free (all, FALSE);
}

unsigned
ht_wire_count (const char *text, const char *mark)
{
    unsigned n = 0;

    while ((text = strstr (text, mark)) != NULL) {
        text += strlen (mark);
        n++;
    }
    return n;
}

char *
ht_wire_read_until (int fd, const char *mark, unsigned times)
{
    GString *all = g_string_new (NULL);

    while (ht_wire_count (all->str, mark) < times && read_some (fd, all))
        continue;
    return g_string_free (all, FALSE);
}

char *
ht_wire_ask (uint16_t port, const char *text)
{
    int fd = ht_wire_connect (port);
    char *answer;

    ht_wire_send (fd, text);
    answer = ht_wire_read_all (fd);
    close (fd);
    return answer;
}

void
ht_wire_settle (void)
{
    while (g_main_context_iteration (NULL, FALSE))
        continue;
}
