/* SPDX-License-Identifier: MIT */

/* The media port with real recorders and a camera made up for them that takes one connection: two
 * sessions share it, and still do when a daemon takes them over and when their recorder is killed.
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "media/record/journal.h"
#include "media/record/shared-page.h"
#include "media/supervisor/supervisor.h"
#include "scheduler/base/clock.h"

#define S           ((int64_t) G_USEC_PER_SEC)
#define PATIENCE_US (60 * S)

enum { FIRST = 1, SECOND = 2, N_SESSIONS = 2 };

typedef struct {
    char *root; /* (owned) */
    HtSupervisor *supervisor;
    int64_t start_us;
    int drained; /* sessions that told they are closed, a bit each */
} World;

static int64_t
now_us (void)
{
    return ht_clock_read_us (ht_clock_get_system ());
}

static char *
dup_path (const World *world, const char *what, int64_t session, const char *rest)
{
    return g_strdup_printf ("%s/%s/%d%s", world->root, what, (int) session, rest);
}

static void
hear (const HtMediaEvent *event, gpointer user_data)
{
    World *world = user_data;

    if (event->kind == HT_MEDIA_DRAINED)
        world->drained |= 1 << event->session_id;
}

static void
open_supervisor (World *world)
{
    g_autofree char *sessions = g_build_filename (world->root, "sessions", NULL);
    g_autofree char *runtime = g_build_filename (world->root, "run", NULL);
    HtSupervisorSettings settings = { sessions, runtime, g_getenv ("HT_RECORDER"),
                                      g_getenv ("HT_FAKE_INGEST"), "/bin/false" };

    world->supervisor = ht_supervisor_new (&settings, NULL);
    g_assert_nonnull (world->supervisor);
    ht_media_listen (HT_MEDIA (world->supervisor), hear, world);
}

static void
want (World *world, int64_t session)
{
    HtMediaTrack track = {
        .name = "main", .source_kind = "test", .url = world->root, .connections = 1
    };
    HtMediaJob job = { .session_id = session,
                       .start_us = world->start_us,
                       .end_us = world->start_us + (600 + session) * S,
                       .tracks = &track,
                       .n_tracks = 1 };

    ht_media_want (HT_MEDIA (world->supervisor), &job);
}

static HtTrackStatus
look (const World *world, int64_t session)
{
    g_autofree char *path = dup_path (world, "run", session, "-main.page");
    g_autoptr (HtSharedPage) page = ht_shared_page_open (path, NULL);
    HtTrackStatus status = { 0 };

    if (page != NULL)
        ht_shared_page_read (page, &status);
    return status;
}

/* The recorder that writes both, and is not @before; 0: there is none yet. */
static int64_t
find_recorder (const World *world, int64_t before)
{
    HtTrackStatus first = look (world, FIRST), second = look (world, SECOND);

    return first.state == HT_TRACK_RECORDING && second.state == HT_TRACK_RECORDING &&
                   first.pid == second.pid && first.pid != before
               ? first.pid
               : 0;
}

static int64_t
wait_for_recorder (const World *world, int64_t before)
{
    int64_t deadline_us = now_us () + PATIENCE_US, pid;

    while ((pid = find_recorder (world, before)) == 0) {
        g_assert_cmpint (now_us (), <, deadline_us);
        g_main_context_iteration (NULL, TRUE); /* the supervisor's timer wakes it */
    }
    return pid;
}

static void
check_journal (const World *world, int64_t session)
{
    g_autofree char *folder = dup_path (world, "sessions", session, "/main");
    g_autoptr (HtJournal) journal = ht_journal_load (folder, NULL);
    gboolean told = FALSE;

    g_assert_nonnull (journal);
    g_assert_true (journal->has_ended);
    g_assert_cmpint (journal->session, ==, session);
    for (unsigned i = 0; i < journal->gaps->len; i++)
        told |= g_array_index (journal->gaps, HtGap, i).cause == HT_GAP_RECORDER_DIED;
    g_assert_true (told);
}

static void
remove_all (const char *path)
{
    g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
    const char *name;

    while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
        g_autofree char *child = g_build_filename (path, name, NULL);

        remove_all (child);
    }
    g_remove (path);
}

/* As a daemon that died and the next one. */
static void
take_over (World *world)
{
    static const int64_t sessions[N_SESSIONS] = { FIRST, SECOND };

    g_object_unref (world->supervisor);
    open_supervisor (world);
    ht_media_adopt (HT_MEDIA (world->supervisor), sessions, N_SESSIONS);
    want (world, FIRST);
    want (world, SECOND);
}

static void
end (World *world)
{
    int64_t deadline_us = now_us () + PATIENCE_US;

    ht_media_stop (HT_MEDIA (world->supervisor), FIRST);
    ht_media_stop (HT_MEDIA (world->supervisor), SECOND);
    while (world->drained != (1 << FIRST | 1 << SECOND)) {
        g_assert_cmpint (now_us (), <, deadline_us);
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_one_connection (void)
{
    World world = { .root = g_dir_make_tmp ("supervisor-XXXXXX", NULL), .start_us = now_us () + S };
    g_autofree char *single = g_build_filename (world.root, "single", NULL);
    int64_t pid;

    g_assert_true (g_file_set_contents (single, "", 0, NULL));
    open_supervisor (&world);
    want (&world, FIRST);
    want (&world, SECOND);
    pid = wait_for_recorder (&world, 0);
    take_over (&world);
    g_assert_cmpint (wait_for_recorder (&world, 0), ==, pid);
    kill ((pid_t) pid, SIGKILL);
    wait_for_recorder (&world, pid);
    end (&world);
    check_journal (&world, FIRST);
    check_journal (&world, SECOND);
    g_object_unref (world.supervisor);
    remove_all (world.root);
    g_free (world.root);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/media/supervisor/one-connection", test_one_connection);
    return g_test_run ();
}
