/* SPDX-License-Identifier: MIT */

#include "scheduler/support/readiness.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct {
    char *folder;
    char *path;
    int fd; /* the manager's end */
} Manager;

static void
set_up (Manager *manager, gconstpointer data)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };

    manager->folder = g_dir_make_tmp ("ready-XXXXXX", NULL);
    manager->path = g_build_filename (manager->folder, "notify", NULL);
    manager->fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    g_strlcpy (address.sun_path, manager->path, sizeof address.sun_path);
    g_assert_cmpint (bind (manager->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
}

static void
tear_down (Manager *manager, gconstpointer data)
{
    close (manager->fd);
    g_unlink (manager->path);
    g_rmdir (manager->folder);
    g_free (manager->path);
    g_free (manager->folder);
}

/* What the manager was told next; "" where it was told nothing. */
static char *
hear (Manager *manager)
{
    char text[200] = "";

    if (recv (manager->fd, text, sizeof text - 1, MSG_DONTWAIT) < 0)
        return g_strdup ("");
    return g_strdup (text);
}

static void
assert_hears (Manager *manager, const char *expected)
{
    g_autofree char *heard = hear (manager);

    g_assert_cmpstr (heard, ==, expected);
}

static void
test_life (Manager *manager, gconstpointer data)
{
    g_autoptr (HtReadiness) readiness = ht_readiness_new (manager->path, 0);

    assert_hears (manager, "");
    ht_readiness_ready (readiness, "http://127.0.0.1:8080/", NULL, NULL);
    assert_hears (manager, "READY=1\nSTATUS=http://127.0.0.1:8080/");
    ht_readiness_stopping (readiness);
    assert_hears (manager, "STOPPING=1");
}

static gboolean
count_down (gpointer user_data)
{
    int *left = user_data;

    return --*left >= 0;
}

static void
test_beats_while_alive (Manager *manager, gconstpointer data)
{
    g_autoptr (HtReadiness) readiness = ht_readiness_new (manager->path, 2000);
    int left = 2;

    ht_readiness_ready (readiness, "here", count_down, &left);
    while (left > -3)
        g_main_context_iteration (NULL, TRUE);
    assert_hears (manager, "READY=1\nSTATUS=here");
    assert_hears (manager, "WATCHDOG=1");
    assert_hears (manager, "WATCHDOG=1");
    assert_hears (manager, "");
}

static void
test_environment (Manager *manager, gconstpointer data)
{
    g_autoptr (HtReadiness) readiness = NULL;

    g_setenv ("NOTIFY_SOCKET", manager->path, TRUE);
    g_setenv ("WATCHDOG_USEC", "2000", TRUE);
    g_setenv ("WATCHDOG_PID", "1", TRUE);
    readiness = ht_readiness_new_from_environment ();
    g_assert_null (g_getenv ("NOTIFY_SOCKET"));
    g_assert_null (g_getenv ("WATCHDOG_USEC"));
    ht_readiness_ready (readiness, "x", NULL, NULL);
    assert_hears (manager, "READY=1\nSTATUS=x");
    /* the watchdog is another process's */
    g_assert_false (g_main_context_pending (NULL));
}

static void
test_nobody_listens (void)
{
    static const char *const addresses[] = { NULL, "", "relative", "/nonexistent/socket",
                                             "@nobody" };

    for (size_t i = 0; i < G_N_ELEMENTS (addresses); i++) {
        g_autoptr (HtReadiness) readiness = ht_readiness_new (addresses[i], 0);

        ht_readiness_ready (readiness, "x", NULL, NULL);
        ht_readiness_stopping (readiness);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/support/readiness/life", Manager, NULL, set_up, test_life, tear_down);
    g_test_add ("/support/readiness/beats", Manager, NULL, set_up, test_beats_while_alive,
                tear_down);
    g_test_add ("/support/readiness/environment", Manager, NULL, set_up, test_environment,
                tear_down);
    g_test_add_func ("/support/readiness/nobody", test_nobody_listens);
    return g_test_run ();
}
