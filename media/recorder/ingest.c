/* SPDX-License-Identifier: MIT */

#include "media/recorder/ingest.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scheduler/base/error.h"

/* The pipeline's contract: units leave on this descriptor. */
#define UNIT_FD 3
/* Above all that a child will be given, so that dup2() overwrites none of it. */
#define FIRST_SPARE_FD 10
#define EXIT_NO_EXEC   127

struct _HtIngest {
    pid_t pid; /* 0 while there is none */
    int fd;
    GArray *dying; /* (element-type pid_t) (owned) */
};

HtIngest *
ht_ingest_new (void)
{
    HtIngest *ingest = g_new0 (HtIngest, 1);

    ingest->fd = -1;
    ingest->dying = g_array_new (FALSE, FALSE, sizeof (pid_t));
    return ingest;
}

/* In the child: only what may be called between fork and exec. */
static void
become (const char *program, pid_t recorder, int socket_fd, int stdin_fd)
{
    char *const arguments[] = { (char *) program, (char *) "ingest", NULL };
    sigset_t none;

    sigemptyset (&none);
    sigprocmask (SIG_SETMASK, &none, NULL);
    signal (SIGPIPE, SIG_DFL);
    prctl (PR_SET_PDEATHSIG, SIGKILL);
    if (getppid () != recorder || dup2 (stdin_fd, STDIN_FILENO) < 0 ||
        dup2 (socket_fd, UNIT_FD) < 0)
        _exit (EXIT_NO_EXEC);
    execv (program, arguments);
    _exit (EXIT_NO_EXEC);
}

/* Moves @fd out of the way of those that a child is given. */
static int
lift (int fd)
{
    int lifted = fcntl (fd, F_DUPFD_CLOEXEC, FIRST_SPARE_FD);

    close (fd);
    return lifted;
}

/* A pipe that holds the source's line already; its other end is closed. -1 on failure. */
static int
make_stdin (const HtIngestSource *source)
{
    g_autofree char *json = ht_ingest_source_dup_text (source);
    g_autofree char *line = g_strconcat (json, "\n", NULL);
    int ends[2];
    ssize_t n;

    if (pipe2 (ends, O_CLOEXEC) != 0)
        return -1;
    fcntl (ends[1], F_SETFL, O_NONBLOCK); /* longer than a pipe holds: refused, not waited for */
    n = write (ends[1], line, strlen (line));
    close (ends[1]);
    if (n == (ssize_t) strlen (line))
        return lift (ends[0]);
    close (ends[0]);
    return -1;
}

static gboolean
fork_ingest (HtIngest *ingest, const char *program, int stdin_fd)
{
    pid_t recorder = getpid ();
    int ends[2], theirs;

    if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return FALSE;
    theirs = lift (ends[1]);
    ingest->pid = fork ();
    if (ingest->pid == 0)
        become (program, recorder, theirs, stdin_fd);
    close (theirs);
    if (ingest->pid < 0) {
        ingest->pid = 0;
        close (ends[0]);
        return FALSE;
    }
    fcntl (ends[0], F_SETFL, O_NONBLOCK);
    ingest->fd = ends[0];
    return TRUE;
}

gboolean
ht_ingest_start (HtIngest *ingest, const char *program, const HtIngestSource *source,
                 GError **error)
{
    int stdin_fd = make_stdin (source);
    gboolean good = stdin_fd >= 0 && fork_ingest (ingest, program, stdin_fd);
    int code = errno;

    if (stdin_fd >= 0)
        close (stdin_fd);
    if (!good)
        ht_problem_set (error, HT_ERROR_INTERNAL, "no-ingest", NULL, "start %s: %s", program,
                        g_strerror (code));
    return good;
}

int
ht_ingest_get_fd (const HtIngest *ingest)
{
    return ingest->fd;
}

int
ht_ingest_get_pid (const HtIngest *ingest)
{
    return (int) ingest->pid;
}

void
ht_ingest_stop (HtIngest *ingest)
{
    if (ingest->pid == 0)
        return;
    kill (ingest->pid, SIGKILL);
    g_array_append_val (ingest->dying, ingest->pid);
    ingest->pid = 0;
    close (ingest->fd);
    ingest->fd = -1;
    ht_ingest_reap (ingest);
}

void
ht_ingest_reap (HtIngest *ingest)
{
    for (unsigned i = ingest->dying->len; i > 0; i--)
        if (waitpid (g_array_index (ingest->dying, pid_t, i - 1), NULL, WNOHANG) != 0)
            g_array_remove_index_fast (ingest->dying, i - 1);
}

void
ht_ingest_free (HtIngest *ingest)
{
    if (ingest == NULL)
        return;
    ht_ingest_stop (ingest);
    g_array_unref (ingest->dying);
    g_free (ingest);
}
