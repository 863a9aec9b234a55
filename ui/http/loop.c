/* SPDX-License-Identifier: MIT */

#include "ui/http/loop.h"

typedef struct {
    GSource source;
    struct MHD_Daemon *daemon;
    gpointer tag;
    gboolean is_running;
} HtLoop;

/* The daemon has octets that it has read and not yet looked at: no descriptor tells of them. */
static gboolean
is_pending (HtLoop *loop)
{
    MHD_UNSIGNED_LONG_LONG timeout_ms;

    return MHD_get_timeout (loop->daemon, &timeout_ms) == MHD_YES && timeout_ms == 0;
}

static gboolean
prepare (GSource *source, int *timeout_ms)
{
    HtLoop *loop = (HtLoop *) source;
    MHD_UNSIGNED_LONG_LONG wanted_ms;

    *timeout_ms = -1;
    if (loop->is_running)
        return FALSE;
    if (MHD_get_timeout (loop->daemon, &wanted_ms) == MHD_YES)
        *timeout_ms = (int) MIN (wanted_ms, G_MAXINT);
    return *timeout_ms == 0;
}

static gboolean
check (GSource *source)
{
    HtLoop *loop = (HtLoop *) source;

    if (loop->is_running)
        return FALSE;
    return g_source_query_unix_fd (source, loop->tag) != 0 || is_pending (loop);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
    HtLoop *loop = (HtLoop *) source;

    g_source_set_ready_time (source, -1);
    loop->is_running = TRUE;
    MHD_run (loop->daemon);
    loop->is_running = FALSE;
    return G_SOURCE_CONTINUE;
}

static GSourceFuncs functions = { prepare, check, dispatch, NULL, NULL, NULL };

GSource *
ht_loop_attach (struct MHD_Daemon *daemon)
{
    GSource *source = g_source_new (&functions, sizeof (HtLoop));
    HtLoop *loop = (HtLoop *) source;
    int fd = MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;

    loop->daemon = daemon;
    loop->tag = g_source_add_unix_fd (source, fd, G_IO_IN);
    g_source_set_name (source, "http");
    /* It is guarded here instead: GLib would take the descriptor out of its poll for each dispatch
     * and put it back, waking itself up twice. */
    g_source_set_can_recurse (source, TRUE);
    g_source_attach (source, g_main_context_get_thread_default ());
    return source;
}

void
ht_loop_kick (GSource *source)
{
    g_source_set_ready_time (source, 0);
}
