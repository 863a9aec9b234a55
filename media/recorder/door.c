/* SPDX-License-Identifier: MIT */

#include "media/recorder/door.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "media/record/control.h"
#include "scheduler/base/error.h"

#define SOCKET_MODE 0600

typedef struct {
    int fd; /* -1 where the place is free */
    size_t length;
    char buffer[HT_CONTROL_MAX_LINE_BYTES];
} Client;

struct _HtDoor {
    char *path;  /* (owned) */
    char *hello; /* (owned) */
    HtDoorAnswer answer;
    gpointer user_data;
    int fd;
    Client clients[HT_DOOR_MAX_CLIENTS];
};

static gboolean
bind_to (HtDoor *door)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };

    if (g_strlcpy (address.sun_path, door->path, sizeof address.sun_path) >=
        sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return FALSE;
    }
    unlink (door->path);
    door->fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return door->fd >= 0 &&
           bind (door->fd, (const struct sockaddr *) &address, sizeof address) == 0 &&
           chmod (door->path, SOCKET_MODE) == 0 && listen (door->fd, HT_DOOR_MAX_CLIENTS) == 0;
}

HtDoor *
ht_door_open (const char *path, const char *hello, HtDoorAnswer answer, gpointer user_data,
              GError **error)
{
    g_autoptr (HtDoor) door = g_new0 (HtDoor, 1);

    door->path = g_strdup (path);
    door->hello = g_strdup (hello);
    door->answer = answer;
    door->user_data = user_data;
    door->fd = -1;
    for (unsigned i = 0; i < HT_DOOR_MAX_CLIENTS; i++)
        door->clients[i].fd = -1;
    if (bind_to (door))
        return g_steal_pointer (&door);
    ht_problem_set (error, HT_ERROR_INTERNAL, "no-socket", NULL, "listen on %s: %s", path,
                    g_strerror (errno));
    return NULL;
}

void
ht_door_prepare (const HtDoor *door, struct pollfd polls[HT_DOOR_N_POLLS])
{
    polls[0] = (struct pollfd){ door->fd, POLLIN, 0 };
    for (unsigned i = 0; i < HT_DOOR_MAX_CLIENTS; i++)
        polls[i + 1] = (struct pollfd){ door->clients[i].fd, POLLIN, 0 };
}

static void
show_out (Client *client)
{
    close (client->fd);
    client->fd = -1;
}

static gboolean
say (int fd, const char *line)
{
    size_t length = strlen (line);

    return send (fd, line, length, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t) length;
}

static void
let_in (HtDoor *door)
{
    int fd = accept4 (door->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    Client *place = NULL;

    if (fd < 0)
        return;
    for (unsigned i = 0; i < HT_DOOR_MAX_CLIENTS && place == NULL; i++)
        if (door->clients[i].fd < 0)
            place = &door->clients[i];
    if (place == NULL || !say (fd, door->hello)) {
        close (fd);
        return;
    }
    place->fd = fd;
    place->length = 0;
}

/* Answers every whole line in the buffer. */
static gboolean
answer_lines (HtDoor *door, Client *client)
{
    char *end;
    size_t begin = 0;

    while ((end = memchr (client->buffer + begin, '\n', client->length - begin)) != NULL) {
        size_t length = (size_t) (end - client->buffer) - begin;
        g_autofree char *reply = door->answer (client->buffer + begin, length, door->user_data);

        if (!say (client->fd, reply))
            return FALSE;
        begin += length + 1;
    }
    client->length -= begin;
    memmove (client->buffer, client->buffer + begin, client->length);
    return client->length < sizeof client->buffer;
}

static void
listen_to (HtDoor *door, Client *client)
{
    ssize_t n = recv (client->fd, client->buffer + client->length,
                      sizeof client->buffer - client->length, MSG_DONTWAIT);

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n > 0)
        client->length += (size_t) n;
    if (n <= 0 || !answer_lines (door, client))
        show_out (client);
}

void
ht_door_dispatch (HtDoor *door, const struct pollfd polls[HT_DOOR_N_POLLS])
{
    for (unsigned i = 0; i < HT_DOOR_MAX_CLIENTS; i++)
        if (polls[i + 1].fd >= 0 && polls[i + 1].revents != 0)
            listen_to (door, &door->clients[i]);
    if (polls[0].revents != 0)
        let_in (door);
}

void
ht_door_free (HtDoor *door)
{
    if (door == NULL)
        return;
    for (unsigned i = 0; i < HT_DOOR_MAX_CLIENTS; i++)
        if (door->clients[i].fd >= 0)
            show_out (&door->clients[i]);
    if (door->fd >= 0) {
        close (door->fd);
        unlink (door->path);
    }
    g_free (door->path);
    g_free (door->hello);
    g_free (door);
}
