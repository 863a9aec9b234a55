/* SPDX-License-Identifier: MIT */

/* A recorder's control socket: takes connections, says hello, hands each line over and sends what
 * comes back. Never waits; whoever does not read or sends too long a line is shown out. */

#pragma once

#include <glib.h>
#include <poll.h>

G_BEGIN_DECLS

#define HT_DOOR_MAX_CLIENTS 8
#define HT_DOOR_N_POLLS     (HT_DOOR_MAX_CLIENTS + 1)

typedef struct _HtDoor HtDoor;

/* Returns: (transfer full): the reply, with its end of line. @line has none. */
typedef char *(*HtDoorAnswer) (const char *line, size_t length, gpointer user_data);

/**
 * ht_door_open:
 * @path: of the socket; a stale one is removed: the track's lock is held
 * @hello: (transfer none): the first line for each client, with its end of line
 *
 * Returns: (transfer full): %NULL with %HT_ERROR_INTERNAL
 */
HtDoor *ht_door_open (const char *path, const char *hello, HtDoorAnswer answer, gpointer user_data,
                      GError **error);

/* Fills @polls for poll(); unused ones get descriptor -1. */
void ht_door_prepare (const HtDoor *door, struct pollfd polls[HT_DOOR_N_POLLS]);

void ht_door_dispatch (HtDoor *door, const struct pollfd polls[HT_DOOR_N_POLLS]);

/* Closes all and removes the socket. */
void ht_door_free (HtDoor *door);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtDoor, ht_door_free)

G_END_DECLS
