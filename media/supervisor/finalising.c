/* SPDX-License-Identifier: MIT */

#define G_LOG_DOMAIN "supervisor"

#include "media/supervisor/finalising.h"

#include <string.h>

struct _HtFinalising {
    char *program;
    HtFinalisingHear hear;
    gpointer user_data;
    GQueue waiting;            /* (element-type HtFinaliseJob) (owned) */
    HtFinaliseJob *job;        /* (owned) (nullable): the one that runs */
    GSubprocess *process;      /* (owned) (nullable): takes jobs */
    GDataInputStream *reports; /* (owned) (nullable) */
    GCancellable *cancellable; /* (owned): cancelled when this is freed */
    gboolean heard_end;
};

static void start_next (HtFinalising *self);

HtFinalising *
ht_finalising_new (const char *program, HtFinalisingHear hear, gpointer user_data)
{
    HtFinalising *self = g_new0 (HtFinalising, 1);

    self->program = g_strdup (program);
    self->hear = hear;
    self->user_data = user_data;
    self->cancellable = g_cancellable_new ();
    g_queue_init (&self->waiting);
    return self;
}

static void
job_free (gpointer job)
{
    ht_fields_free (&ht_finalise_job_fields, job);
}

static void
finish (HtFinalising *self, const char *note)
{
    g_autofree char *folder = g_strdup (self->job->folder);
    gboolean heard = self->heard_end;
    HtFinaliseReport report = { .ended = TRUE, .note = (char *) note };

    g_clear_pointer (&self->job, job_free);
    if (!heard)
        self->hear (folder, &report, self->user_data);
    start_next (self);
}

/* Its stdin closes with it: it ends when it has done what it was given. */
static void
let_go (HtFinalising *self)
{
    g_clear_object (&self->reports);
    g_clear_object (&self->process);
}

static void
take_report (HtFinalising *self, const char *line, size_t length)
{
    HtFinaliseReport report = { 0 };
    g_autoptr (GError) error = NULL;

    if (ht_fields_decode_text (&ht_finalise_report_fields, line, length, &report, &error)) {
        self->heard_end |= report.ended;
        self->hear (self->job->folder, &report, self->user_data);
    } else
        g_warning ("%s: a line of the finaliser is no report (%s), passed over", self->job->folder,
                   error->message);
    ht_fields_clear (&ht_finalise_report_fields, &report);
}

static void hear_next (HtFinalising *self);

static void
on_report (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GError) error = NULL;
    size_t length;
    g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source),
                                                                  result, &length, &error);
    HtFinalising *self = user_data;

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (line == NULL)
        let_go (self);
    if (line == NULL || length == 0) {
        finish (self, "the finaliser died before it had a result");
        return;
    }
    take_report (self, line, length);
    hear_next (self);
}

static void
hear_next (HtFinalising *self)
{
    g_data_input_stream_read_line_async (self->reports, G_PRIORITY_DEFAULT, self->cancellable,
                                         on_report, self);
}

static gboolean
start (HtFinalising *self, GError **error)
{
    self->process = g_subprocess_new (
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, error, self->program, NULL);
    if (self->process == NULL)
        return FALSE;
    self->reports = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
    return TRUE;
}

static gboolean
ask (HtFinalising *self, GError **error)
{
    g_autoptr (GString) line = g_string_new (NULL);

    ht_fields_encode (&ht_finalise_job_fields, self->job, line, NULL, NULL);
    g_string_append_c (line, '\n');
    return g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), line->str,
                                      line->len, NULL, NULL, error);
}

static void
start_next (HtFinalising *self)
{
    g_autoptr (GError) error = NULL;

    if (self->job != NULL || g_cancellable_is_cancelled (self->cancellable))
        return;
    self->job = g_queue_pop_head (&self->waiting);
    self->heard_end = FALSE;
    if (self->job == NULL)
        let_go (self);
    else if ((self->process == NULL && !start (self, &error)) || !ask (self, &error)) {
        let_go (self);
        finish (self, error->message);
    } else
        hear_next (self);
}

static int
has_other_folder (gconstpointer job, gconstpointer folder)
{
    return strcmp (((const HtFinaliseJob *) job)->folder, folder);
}

void
ht_finalising_add (HtFinalising *self, const HtFinaliseJob *job)
{
    if ((self->job != NULL && strcmp (self->job->folder, job->folder) == 0) ||
        g_queue_find_custom (&self->waiting, job->folder, has_other_folder) != NULL)
        return;
    g_queue_push_tail (&self->waiting, ht_fields_dup (&ht_finalise_job_fields, job));
    start_next (self);
}

void
ht_finalising_free (HtFinalising *self)
{
    g_cancellable_cancel (self->cancellable);
    if (self->process != NULL)
        g_subprocess_force_exit (self->process);
    g_clear_object (&self->reports);
    g_clear_object (&self->process);
    g_clear_pointer (&self->job, job_free);
    g_queue_clear_full (&self->waiting, job_free);
    g_object_unref (self->cancellable);
    g_free (self->program);
    g_free (self);
}
