/* SPDX-License-Identifier: MIT */

#include "ui/http/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "scheduler/base/error.h"
#include "ui/http/exchange.h"

#define POOL_BYTES        (16 * 1024)
#define SILENCE_LIMIT_S   90
#define BACKLOG           512
#define SPARE_DESCRIPTORS 64

struct _HtServer {
    HtExchanges exchanges;
    struct MHD_Daemon *daemon; /* (owned) (nullable) */
    unsigned sweep_id;
    uint16_t port;
};

/* The places of a socket's address, filled by parse_address(). */
typedef union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} Address;

HtServer *
ht_server_new (HtDispatch *dispatch, HtClock *clock)
{
    HtServer *server = g_new0 (HtServer, 1);

    server->exchanges.dispatch = dispatch;
    server->exchanges.clock = clock;
    server->exchanges.peers = ht_peers_new ();
    server->exchanges.running = g_hash_table_new (NULL, NULL);
    return server;
}

void
ht_server_set_behind_proxy (HtServer *server, gboolean behind_proxy)
{
    server->exchanges.behind_proxy = behind_proxy;
}

/* Returns: its length, 0 where @text is no numeric address. */
static socklen_t
parse_address (const char *text, uint16_t port, Address *ret)
{
    *ret = (Address){ 0 };
    if (inet_pton (AF_INET, text, &ret->v4.sin_addr) == 1) {
        ret->v4.sin_family = AF_INET;
        ret->v4.sin_port = htons (port);
        return sizeof ret->v4;
    }
    if (inet_pton (AF_INET6, text, &ret->v6.sin6_addr) == 1) {
        ret->v6.sin6_family = AF_INET6;
        ret->v6.sin6_port = htons (port);
        return sizeof ret->v6;
    }
    return 0;
}

static gboolean
refuse (const char *address, uint16_t port, int number, GError **error)
{
    const char *why = number == EADDRINUSE ? "the port is in use; choose another or stop who has it"
                                           : g_strerror (number);

    ht_problem_set (error, HT_ERROR_ATTENTION, number == EADDRINUSE ? "port-in-use" : "no-listen",
                    "port", "cannot listen on %s port %u: %s", address, port, why);
    return FALSE;
}

gboolean
ht_server_listen (HtServer *server, const char *address, uint16_t port, GError **error)
{
    Address bound;
    socklen_t length = parse_address (address, port, &bound);
    int one = 1, number;
    int fd = socket (bound.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (length == 0 || fd < 0) {
        if (fd >= 0)
            close (fd);
        return refuse (address, port, EINVAL, error);
    }
    setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind (fd, &bound.any, length) < 0 || listen (fd, BACKLOG) < 0) {
        number = errno;
        close (fd);
        return refuse (address, port, number, error);
    }
    return ht_server_listen_on (server, fd, error);
}

static gboolean
on_sweep (gpointer user_data)
{
    ht_server_sweep (user_data, ht_clock_read_monotonic_us ());
    return G_SOURCE_CONTINUE;
}

static unsigned
count_places (void)
{
    struct rlimit limit = { 1024, 1024 };

    getrlimit (RLIMIT_NOFILE, &limit);
    return (unsigned) MIN (limit.rlim_cur, 1u << 20) - SPARE_DESCRIPTORS;
}

static uint16_t
read_port (int fd)
{
    Address bound = { 0 };
    socklen_t length = sizeof bound;

    getsockname (fd, &bound.any, &length);
    return ntohs (bound.any.sa_family == AF_INET6 ? bound.v6.sin6_port : bound.v4.sin_port);
}

/* A default main context is attached to, so that the sweep and the daemon share a thread. */
static unsigned
add_sweep (HtServer *server)
{
    g_autoptr (GSource) source = g_timeout_source_new_seconds (1);

    g_source_set_callback (source, on_sweep, server, NULL);
    return g_source_attach (source, g_main_context_get_thread_default ());
}

/* SIGPIPE is ours to ignore, as told to the library, which without an answer of ours would not
 * use its fast ways of writing. */
gboolean
ht_server_listen_on (HtServer *server, int fd, GError **error)
{
    HtExchanges *all = &server->exchanges;
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;

    g_return_val_if_fail (server->daemon == NULL, FALSE);
    signal (SIGPIPE, SIG_IGN);
    fcntl (fd, F_SETFL, fcntl (fd, F_GETFL) | O_NONBLOCK);
    server->port = read_port (fd);
    server->daemon = MHD_start_daemon (
        flags, 0, NULL, NULL, ht_exchange_on_request, all,          /* */
        MHD_OPTION_LISTEN_SOCKET, fd,                               /* */
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,                       /* */
        MHD_OPTION_STRICT_FOR_CLIENT, 1,                            /* */
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) POOL_BYTES,    /* */
        MHD_OPTION_CONNECTION_LIMIT, count_places (),               /* */
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned) SILENCE_LIMIT_S,  /* */
        MHD_OPTION_URI_LOG_CALLBACK, ht_exchange_on_line, all,      /* */
        MHD_OPTION_NOTIFY_COMPLETED, ht_exchange_on_completed, all, /* */
        MHD_OPTION_NOTIFY_CONNECTION, ht_exchange_on_connection, all, MHD_OPTION_END);
    if (server->daemon == NULL) {
        close (fd);
        ht_problem_set (error, HT_ERROR_INTERNAL, "no-http", NULL, "cannot start the HTTP server");
        return FALSE;
    }
    all->source = ht_loop_attach (server->daemon);
    server->sweep_id = add_sweep (server);
    return TRUE;
}

uint16_t
ht_server_get_port (HtServer *server)
{
    return server->port;
}

unsigned
ht_server_count_connections (HtServer *server)
{
    return ht_peers_count (server->exchanges.peers);
}

unsigned
ht_server_sweep (HtServer *server, int64_t now_us)
{
    ht_exchange_expire (&server->exchanges, now_us);
    return ht_peers_cut (server->exchanges.peers, now_us);
}

void
ht_server_stop (HtServer *server)
{
    GSource *sweep;

    if (server->daemon == NULL)
        return;
    sweep =
        g_main_context_find_source_by_id (g_main_context_get_thread_default (), server->sweep_id);
    if (sweep != NULL)
        g_source_destroy (sweep);
    ht_exchange_end_all (&server->exchanges);
    MHD_run (server->daemon);
    g_source_destroy (server->exchanges.source);
    g_clear_pointer (&server->exchanges.source, g_source_unref);
    g_clear_pointer (&server->daemon, MHD_stop_daemon);
    server->port = 0;
}

void
ht_server_free (HtServer *server)
{
    ht_server_stop (server);
    g_hash_table_unref (server->exchanges.running);
    ht_peers_free (server->exchanges.peers);
    g_free (server);
}
