/* SPDX-License-Identifier: MIT */

/* A feed behind the service's own HTTP server, to be measured from outside: prints its address, and
 * answers on loopback until stdin ends. */

#include <gio/gio.h>
#include <glib-unix.h>
#include <stdlib.h>

#include "calendar/publish/feed-desk.h"
#include "scheduler/support/log.h"
#include "tests/bench/made-feed.h"
#include "ui/http/feed.h"
#include "ui/http/server.h"

static gboolean
get_feed (gpointer desk, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    ht_feed_send (desk, request->texts[0], request, reply);
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET", "/calendar/{name}", TRUE, NULL, NULL, NULL, 0, get_feed, "A calendar as iCalendar text" },
};
/* clang-format on */

static gboolean
on_stdin (int fd G_GNUC_UNUSED, GIOCondition condition G_GNUC_UNUSED, gpointer loop)
{
    g_main_loop_quit (loop);
    return G_SOURCE_REMOVE;
}

int
main (void)
{
    g_autoptr (MadeFeed) feed = made_feed_new ();
    g_autoptr (HtFeedCache) cache = ht_feed_cache_new (made_feed_peek (feed), 4);
    g_autoptr (HtFeedDesk) desk = ht_feed_desk_new (cache);
    g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
    g_autoptr (HtDispatch) dispatch = ht_dispatch_new (NULL, NULL);
    g_autoptr (HtServer) server = ht_server_new (dispatch, ht_clock_get_system ());
    g_autoptr (GError) error = NULL;

    ht_log_install (HT_LOG_INFO);
    ht_dispatch_add (dispatch, routes, G_N_ELEMENTS (routes), desk);
    if (!ht_server_listen (server, "127.0.0.1", 0, &error)) {
        g_warning ("%s", error->message);
        return EXIT_FAILURE;
    }
    g_print ("http://127.0.0.1:%u/calendar/all.ics\n", ht_server_get_port (server));
    g_unix_fd_add (0, G_IO_IN | G_IO_HUP, on_stdin, loop);
    g_main_loop_run (loop);
    return EXIT_SUCCESS;
}
