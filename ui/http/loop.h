/* SPDX-License-Identifier: MIT */

/* Runs an MHD daemon on the main loop: a source over the descriptor of its epoll. */

#pragma once

#include <glib.h>
#include <microhttpd.h>

G_BEGIN_DECLS

/* (transfer full): attached to the thread's default context; destroy it before the daemon ends. */
GSource *ht_loop_attach (struct MHD_Daemon *daemon);

/* Lets the daemon run once more soon: a connection was resumed. */
void ht_loop_kick (GSource *source);

G_END_DECLS
