/* SPDX-License-Identifier: MIT */

#define G_LOG_DOMAIN "supervisor"

#include "media/supervisor/track.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "media/record/journal.h"
#include "media/record/shared-page.h"
#include "media/supervisor/request.h"
#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"

/* A recorder that lived so long is no sign of a row of deaths any more. */
#define STEADY_US (30 * G_USEC_PER_SEC)

struct _HtSupervisedTrack {
    char *recorder;
    HtTrackJob job; /* how it should be */
    HtTrackWish wish;
    HtTrackSight sight;
    HtTrackStatus status;
    HtSharedPage *page;   /* (owned) (nullable) */
    GSubprocess *process; /* (owned) (nullable): one that this daemon started */
    int64_t pid;
    int64_t host_pid;          /* of the recorder that was asked to take this track */
    int pidfd;                 /* -1: none runs */
    unsigned exit_source;      /* on pidfd */
    gboolean asking;           /* a request is under way */
    GCancellable *cancellable; /* (owned): cancelled when this is freed */
    char *fault;               /* (owned) (nullable) */
    HtTrackChanged changed;
    gpointer user_data;
};

static void
set_job (HtSupervisedTrack *self, const HtTrackJob *job)
{
    HtTrackJob copy = { 0 };

    ht_fields_copy (&ht_track_job_fields, job, &copy);
    ht_track_job_clear (&self->job);
    self->job = copy;
    self->wish.start_us = job->start_us;
    self->wish.end_us = job->end_us;
}

/* Whether END stands in the journal: the truth about what is over lies on the disk. */
static void
read_journal (HtSupervisedTrack *self)
{
    g_autoptr (HtJournal) journal = ht_journal_load (self->job.folder, NULL);

    self->sight.ended = journal != NULL && journal->has_ended;
}

HtSupervisedTrack *
ht_supervised_track_new (const char *recorder, const HtTrackJob *job, HtTrackChanged changed,
                         gpointer user_data)
{
    HtSupervisedTrack *self = g_new0 (HtSupervisedTrack, 1);

    self->recorder = g_strdup (recorder);
    self->pidfd = -1;
    self->cancellable = g_cancellable_new ();
    self->changed = changed;
    self->user_data = user_data;
    set_job (self, job);
    read_journal (self);
    return self;
}

static void
forget_process (HtSupervisedTrack *self)
{
    g_clear_handle_id (&self->exit_source, g_source_remove);
    if (self->pidfd >= 0)
        close (self->pidfd);
    self->pidfd = -1;
    self->pid = 0;
    self->sight.running = FALSE;
    g_clear_object (&self->process);
}

void
ht_supervised_track_free (HtSupervisedTrack *self)
{
    g_cancellable_cancel (self->cancellable);
    forget_process (self);
    g_clear_pointer (&self->page, ht_shared_page_free);
    ht_track_job_clear (&self->job);
    g_object_unref (self->cancellable);
    g_free (self->fault);
    g_free (self->recorder);
    g_free (self);
}

void
ht_supervised_track_want (HtSupervisedTrack *self, const HtTrackJob *job, gboolean stop)
{
    set_job (self, job);
    self->wish.stop = stop;
}

static void
look (HtSupervisedTrack *self)
{
    HtTrackStatus seen;

    if (self->page == NULL)
        self->page = ht_shared_page_open (self->job.page, NULL);
    if (self->page == NULL)
        return;
    ht_shared_page_read (self->page, &seen);
    if (seen.pid != self->pid || !self->sight.running)
        return; /* of another recorder, perhaps of another recording at the same place */
    self->status = seen;
    self->sight.heartbeat_us = MAX (self->sight.heartbeat_us, self->status.heartbeat_us);
    self->sight.start_us = self->status.start_us;
    self->sight.end_us = self->status.end_us;
    if (self->status.state < HT_TRACK_ENDED)
        return;
    forget_process (self); /* it may go on for another track */
    read_journal (self);
}

static gboolean
on_exited (int fd G_GNUC_UNUSED, GIOCondition condition G_GNUC_UNUSED, gpointer user_data)
{
    HtSupervisedTrack *self = user_data;
    int64_t now_us = ht_clock_read_us (ht_clock_get_system ());

    self->exit_source = 0;
    look (self); /* its last words */
    if (self->sight.first_death_us == 0 || now_us - self->sight.last_start_us > STEADY_US)
        self->sight.first_death_us = now_us;
    forget_process (self);
    read_journal (self);
    self->changed (self->user_data);
    return G_SOURCE_REMOVE;
}

static void
watch (HtSupervisedTrack *self, int64_t pid, int64_t now_us)
{
    int fd = pidfd_open ((pid_t) pid, 0);

    self->pid = pid;
    self->sight.running = fd >= 0;
    self->sight.heartbeat_us = now_us;
    self->pidfd = fd;
    if (fd >= 0)
        self->exit_source = g_unix_fd_add (fd, G_IO_IN, on_exited, self);
}

void
ht_supervised_track_adopt (HtSupervisedTrack *self, int64_t pid, int64_t now_us)
{
    forget_process (self);
    watch (self, pid, now_us);
    /* until its page is read it is held to be as it should */
    self->sight.start_us = self->wish.start_us;
    self->sight.end_us = self->wish.end_us;
}

static gboolean
say_job (HtSupervisedTrack *self, GError **error)
{
    g_autofree char *line = ht_track_job_encode (&self->job);
    GOutputStream *input = g_subprocess_get_stdin_pipe (self->process);

    return g_output_stream_write_all (input, line, strlen (line), NULL, NULL, error) &&
           g_output_stream_close (input, NULL, error);
}

static gboolean
make_folder (const HtSupervisedTrack *self, GError **error)
{
    if (g_mkdir_with_parents (self->job.folder, 0750) == 0)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INTERNAL, "cannot-make-folder", NULL, "make %s: %s",
                    self->job.folder, g_strerror (errno));
    return FALSE;
}

static gboolean
spawn (HtSupervisedTrack *self, GError **error)
{
    /* no pipe but stdin, which is closed at once: the recorder outlives this daemon */
    g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
    g_autofree char *log = g_build_filename (self->job.folder, "recorder.log", NULL);

    if (!make_folder (self, error))
        return FALSE;
    g_subprocess_launcher_set_stderr_file_path (launcher, log);
    self->process = g_subprocess_launcher_spawn (launcher, error, self->recorder, NULL);
    return self->process != NULL && say_job (self, error);
}

/* It could not be started: why is told to a person, and it is tried again. */
static void
note_fault (HtSupervisedTrack *self, const GError *error)
{
    g_free (self->fault);
    self->fault = g_strdup (error->message);
    if (self->sight.first_death_us == 0)
        self->sight.first_death_us = self->sight.last_start_us;
}

static void
start (HtSupervisedTrack *self, int64_t now_us)
{
    g_autoptr (GError) error = NULL;
    const char *pid;

    self->sight.last_start_us = now_us;
    g_clear_pointer (&self->fault, g_free);
    if (!spawn (self, &error)) {
        note_fault (self, error);
        g_clear_object (&self->process);
        return;
    }
    pid = g_subprocess_get_identifier (self->process);
    if (pid != NULL)
        watch (self, g_ascii_strtoll (pid, NULL, 10), now_us);
    self->sight.start_us = self->job.start_us;
    self->sight.end_us = self->job.end_us;
}

static void
on_taken (const GError *error, gpointer user_data)
{
    HtSupervisedTrack *self = user_data;

    self->asking = FALSE;
    if (error != NULL)
        note_fault (self, error);
    else if (!self->sight.running)
        ht_supervised_track_adopt (self, self->host_pid, ht_clock_read_us (ht_clock_get_system ()));
}

static void
start_with (HtSupervisedTrack *self, const HtSupervisedTrack *host, int64_t now_us)
{
    g_autofree char *line = ht_track_job_encode (&self->job);
    g_autoptr (GError) error = NULL;
    HtControlRequest request = { .what = HT_CONTROL_TAKE, .job = line };

    if (self->asking)
        return;
    self->sight.last_start_us = now_us;
    g_clear_pointer (&self->fault, g_free);
    if (!make_folder (self, &error)) {
        note_fault (self, error);
        return;
    }
    self->asking = TRUE;
    self->host_pid = host->pid;
    ht_request_send (host->job.socket, &request, self->cancellable, on_taken, self);
}

static void
on_asked (const GError *error, gpointer user_data)
{
    HtSupervisedTrack *self = user_data;

    self->asking = FALSE;
    if (error != NULL)
        g_debug ("%s: %s, asking again", self->job.socket, error->message);
}

static void
ask (HtSupervisedTrack *self, HtControlDo what)
{
    HtControlRequest request = { .what = (int) what, .end_us = self->wish.end_us };

    if (self->asking)
        return;
    self->asking = TRUE;
    ht_request_send (self->job.socket, &request, self->cancellable, on_asked, self);
}

/* By pidfd first, so that no other process of the same number is hit; then its group, which holds
 * the ingest. */
static void
kill_group (HtSupervisedTrack *self)
{
    if (pidfd_send_signal (self->pidfd, SIGKILL, NULL, 0) == 0)
        kill (-(pid_t) self->pid, SIGKILL);
}

void
ht_supervised_track_tend (HtSupervisedTrack *self, const HtSupervisedTrack *host, int64_t now_us)
{
    look (self);
    switch (ht_track_plan (&self->wish, &self->sight, now_us)) {
    case HT_PLAN_REST:
        break;
    case HT_PLAN_START:
        if (host != NULL)
            start_with (self, host, now_us);
        else if (!self->asking)
            start (self, now_us);
        break;
    case HT_PLAN_SET_END:
        ask (self, HT_CONTROL_SET_END);
        break;
    case HT_PLAN_STOP:
        ask (self, HT_CONTROL_STOP);
        break;
    case HT_PLAN_LEAVE:
        ask (self, HT_CONTROL_LEAVE);
        break;
    case HT_PLAN_KILL:
        kill_group (self);
        break;
    }
}

const HtTrackStatus *
ht_supervised_track_get_status (const HtSupervisedTrack *self)
{
    return &self->status;
}

const HtTrackJob *
ht_supervised_track_get_job (const HtSupervisedTrack *self)
{
    return &self->job;
}

gboolean
ht_supervised_track_has_ended (const HtSupervisedTrack *self)
{
    return self->sight.ended;
}

gboolean
ht_supervised_track_is_running (const HtSupervisedTrack *self)
{
    return self->sight.running;
}

int64_t
ht_supervised_track_get_pid (const HtSupervisedTrack *self)
{
    return self->pid;
}

const char *
ht_supervised_track_get_fault (const HtSupervisedTrack *self)
{
    return self->fault;
}
