/* SPDX-License-Identifier: MIT */

/* The HTTP server: libmicrohttpd on the main loop, between a listening socket and the tables. */

#pragma once

#include "scheduler/base/clock.h"
#include "ui/http/dispatch.h"

G_BEGIN_DECLS

typedef struct _HtServer HtServer;

/* @dispatch, @clock: lent, and outlive the server */
HtServer *ht_server_new (HtDispatch *dispatch, HtClock *clock);

/* Whether the address of a client is what a proxy of ours says. Before listening. */
void ht_server_set_behind_proxy (HtServer *server, gboolean behind_proxy);

/**
 * ht_server_listen:
 * @address: numeric, "127.0.0.1" or "::1"
 * @port: 0 lets the system choose
 *
 * Starts to answer, on the thread's default main context.
 *
 * Returns: %FALSE with %HT_ERROR_ATTENTION where the port is in use or the address not ours
 */
gboolean ht_server_listen (HtServer *server, const char *address, uint16_t port, GError **error);

/* The same on a socket that already listens, given by systemd; it is taken over. */
gboolean ht_server_listen_on (HtServer *server, int fd, GError **error);

/* 0 before listening */
uint16_t ht_server_get_port (HtServer *server);

unsigned ht_server_count_connections (HtServer *server);

/* Cuts the connections whose time is over and answers for handlers that do not. Called each second
 * by itself; @now_us: monotonic. Returns: how many were cut. */
unsigned ht_server_sweep (HtServer *server, int64_t now_us);

/* Stops listening, ends what runs, closes all connections. ht_server_free() does it too. */
void ht_server_stop (HtServer *server);

void ht_server_free (HtServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtServer, ht_server_free)

G_END_DECLS
