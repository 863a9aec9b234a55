/* SPDX-License-Identifier: MIT */

#define G_LOG_DOMAIN "supervisor"

#include "media/supervisor/supervisor.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

#include "media/supervisor/connections.h"
#include "media/supervisor/finalising.h"
#include "media/supervisor/folders.h"
#include "media/supervisor/outcome.h"
#include "media/supervisor/request.h"
#include "media/supervisor/tally.h"
#include "media/supervisor/track.h"
#include "scheduler/base/clock.h"
#include "scheduler/base/error.h"

#define TEND_MS 500

typedef struct {
    int64_t id;
    GPtrArray *tracks;  /* (element-type HtSupervisedTrack) (owned) */
    HtOutcome *outcome; /* (owned) (nullable): while finalising */
    int last_kind;      /* the last event told; -1: none */
} Session;

struct _HtSupervisor {
    GObject parent;
    char *sessions_folder;
    char *runtime;
    char *recorder;
    char *pipeline;
    HtFinalising *finalising;
    GHashTable *sessions; /* (element-type int64 Session) (owned) */
    HtConnections *connections;
    GHashTable *adopted; /* (element-type utf8 int64) (owned): socket to the pid found there */
    unsigned tend_source;
    HtMediaHear hear;
    gpointer user_data;
};

static void media_interface_init (HtMediaInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HtSupervisor, ht_supervisor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HT_TYPE_MEDIA, media_interface_init))

static void
session_free (gpointer data)
{
    Session *session = data;

    g_ptr_array_unref (session->tracks);
    g_clear_pointer (&session->outcome, ht_outcome_free);
    g_free (session);
}

static void
tell (HtSupervisor *self, HtMediaEvent *event, int64_t session_id)
{
    event->session_id = session_id;
    if (self->hear != NULL)
        self->hear (event, self->user_data);
}

static gboolean
add_up (const Session *session, int64_t now_us, HtMediaEvent *ret_event)
{
    g_autofree HtTallyTrack *tracks = g_new0 (HtTallyTrack, session->tracks->len);

    for (unsigned i = 0; i < session->tracks->len; i++) {
        HtSupervisedTrack *track = g_ptr_array_index (session->tracks, i);

        tracks[i].running = ht_supervised_track_is_running (track);
        tracks[i].ended = ht_supervised_track_has_ended (track);
        tracks[i].status = *ht_supervised_track_get_status (track);
        if (tracks[i].status.pid == 0) /* nothing was heard yet: what was wished counts */
            tracks[i].status.start_us = ht_supervised_track_get_job (track)->start_us;
        if (ret_event->note == NULL)
            ret_event->note = ht_supervised_track_get_fault (track);
    }
    return ht_tally (tracks, session->tracks->len, now_us, ret_event);
}

/* (transfer container) (element-type HtSupervisedTrack) */
static GPtrArray *
list_tracks (HtSupervisor *self)
{
    GPtrArray *tracks = g_ptr_array_new ();
    GHashTableIter iter;
    Session *session;

    g_hash_table_iter_init (&iter, self->sessions);
    while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
        g_ptr_array_extend (tracks, session->tracks, NULL, NULL);
    return tracks;
}

static void
tend_session (HtSupervisor *self, Session *session, int64_t now_us)
{
    g_autoptr (GPtrArray) all = list_tracks (self);
    HtMediaEvent event = { 0 };

    for (unsigned i = 0; i < session->tracks->len; i++) {
        HtSupervisedTrack *track = g_ptr_array_index (session->tracks, i);

        ht_supervised_track_tend (track, ht_connections_find_host (self->connections, all, track),
                                  now_us);
    }
    if (session->outcome == NULL && add_up (session, now_us, &event) &&
        (int) event.kind != session->last_kind) {
        session->last_kind = (int) event.kind;
        tell (self, &event, session->id);
    }
}

/* Listeners may want, stop or finalise meanwhile: the sessions are walked by a list of their own.
 */
static gboolean
on_tend (gpointer user_data)
{
    HtSupervisor *self = user_data;
    int64_t now_us = ht_clock_read_us (ht_clock_get_system ());
    g_autoptr (GList) ids = g_hash_table_get_keys (self->sessions);

    for (GList *id = ids; id != NULL; id = id->next) {
        Session *session = g_hash_table_lookup (self->sessions, id->data);

        if (session != NULL)
            tend_session (self, session, now_us);
    }
    return G_SOURCE_CONTINUE;
}

/* Who leaves has stopped tending: a recorder that left as told is not started again. */
static void
on_track_changed (gpointer user_data)
{
    HtSupervisor *self = user_data;

    if (self->tend_source != 0)
        on_tend (self);
}

static void
fill_job (HtSupervisor *self, const HtMediaJob *wanted, const HtMediaTrack *track, HtTrackJob *job)
{
    ht_track_job_set_defaults (job);
    job->session = wanted->session_id;
    job->track = g_strdup (track->name);
    job->folder = ht_folders_dup_track (self->sessions_folder, wanted->session_id, track->name);
    job->pipeline = g_strdup (self->pipeline);
    job->start_us = wanted->start_us;
    job->end_us = wanted->end_us;
    for (int kind = 0; HT_SOURCE_KINDS[kind] != NULL; kind++)
        if (strcmp (HT_SOURCE_KINDS[kind], track->source_kind) == 0)
            job->source.kind = kind;
    job->source.url = g_strdup (track->url);
    job->source.user = g_strdup (track->user);
    job->source.password = g_strdup (track->password);
    job->source.loop = track->loops;
    ht_track_job_set_runtime (job, self->runtime);
}

static Session *
get_session (HtSupervisor *self, int64_t id)
{
    Session *session = g_hash_table_lookup (self->sessions, &id);

    if (session != NULL)
        return session;
    session = g_new0 (Session, 1);
    session->id = id;
    session->last_kind = -1;
    session->tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) ht_supervised_track_free);
    g_hash_table_insert (self->sessions, &session->id, session);
    return session;
}

static HtSupervisedTrack *
find_track (Session *session, const char *name)
{
    for (unsigned i = 0; i < session->tracks->len; i++) {
        HtSupervisedTrack *track = g_ptr_array_index (session->tracks, i);

        if (strcmp (ht_supervised_track_get_job (track)->track, name) == 0)
            return track;
    }
    return NULL;
}

static HtSupervisedTrack *
add_track (HtSupervisor *self, Session *session, const HtTrackJob *job)
{
    HtSupervisedTrack *track =
        ht_supervised_track_new (self->recorder, job, on_track_changed, self);
    int64_t *pid = g_hash_table_lookup (self->adopted, job->socket);

    if (pid != NULL) {
        ht_supervised_track_adopt (track, *pid, ht_clock_read_us (ht_clock_get_system ()));
        g_hash_table_remove (self->adopted, job->socket);
    }
    g_ptr_array_add (session->tracks, track);
    return track;
}

static void
supervisor_want (HtMedia *media, const HtMediaJob *wanted)
{
    HtSupervisor *self = HT_SUPERVISOR (media);
    Session *session = get_session (self, wanted->session_id);

    for (unsigned i = 0; i < wanted->n_tracks; i++) {
        g_auto (HtTrackJob) job = { 0 };
        HtSupervisedTrack *track;

        ht_connections_set (self->connections, wanted->tracks[i].url,
                            wanted->tracks[i].connections);
        fill_job (self, wanted, &wanted->tracks[i], &job);
        track = find_track (session, job.track);
        if (track == NULL)
            track = add_track (self, session, &job);
        ht_supervised_track_want (track, &job, FALSE);
    }
    tend_session (self, session, ht_clock_read_us (ht_clock_get_system ()));
}

static void
supervisor_stop (HtMedia *media, int64_t session_id)
{
    HtSupervisor *self = HT_SUPERVISOR (media);
    Session *session = g_hash_table_lookup (self->sessions, &session_id);

    if (session == NULL) { /* a daemon before this one saw it end */
        tell (self, &(HtMediaEvent){ .kind = HT_MEDIA_DRAINED }, session_id);
        return;
    }
    session->last_kind = -1; /* who asks now may have been told too early to understand */
    for (unsigned i = 0; i < session->tracks->len; i++) {
        HtSupervisedTrack *track = g_ptr_array_index (session->tracks, i);
        g_auto (HtTrackJob) job = { 0 };

        ht_fields_copy (&ht_track_job_fields, ht_supervised_track_get_job (track), &job);
        ht_supervised_track_want (track, &job, TRUE);
    }
    tend_session (self, session, ht_clock_read_us (ht_clock_get_system ()));
}

static void
supervisor_finalise (HtMedia *media, int64_t session_id, int64_t start_us, int64_t end_us)
{
    HtSupervisor *self = HT_SUPERVISOR (media);
    Session *session = get_session (self, session_id);
    g_autoptr (GPtrArray) folders = ht_folders_list_tracks (self->sessions_folder, session_id);

    if (session->outcome != NULL)
        return;
    if (folders->len == 0) {
        HtMediaEvent event = { .kind = HT_MEDIA_INCOMPLETE,
                               .missing_us = end_us - start_us,
                               .note = "nothing was recorded" };

        tell (self, &event, session_id);
        return;
    }
    session->outcome = ht_outcome_new (folders);
    for (unsigned i = 0; i < folders->len; i++) {
        HtFinaliseJob job = { g_ptr_array_index (folders, i), start_us, end_us };

        ht_finalising_add (self->finalising, &job);
    }
}

static void
on_final (const char *folder, const HtFinaliseReport *report, gpointer user_data)
{
    HtSupervisor *self = user_data;
    int64_t id = ht_folders_read_session (folder);
    Session *session = g_hash_table_lookup (self->sessions, &id);
    HtMediaEvent event;

    if (session == NULL || session->outcome == NULL ||
        !ht_outcome_take (session->outcome, folder, report, &event))
        return;
    tell (self, &event, id);
    if (event.kind != HT_MEDIA_PROGRESS)
        g_hash_table_remove (self->sessions, &id);
}

static void
on_strayed (const GError *error, gpointer user_data G_GNUC_UNUSED)
{
    if (error != NULL)
        g_warning ("a recorder of no known session did not stop: %s; it ends with its job",
                   error->message);
}

static gboolean
is_among (int64_t id, const int64_t *ids, unsigned n_ids)
{
    for (unsigned i = 0; i < n_ids; i++)
        if (ids[i] == id)
            return TRUE;
    return FALSE;
}

static void
meet (HtSupervisor *self, const char *socket, const int64_t *ids, unsigned n_ids)
{
    HtControlHello hello = { 0 };
    HtControlRequest stop = { .what = HT_CONTROL_STOP };
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();

    if (!ht_request_greet (socket, &hello, NULL))
        g_unlink (socket); /* nobody is there any more */
    else if (is_among (hello.session, ids, n_ids))
        g_hash_table_insert (self->adopted, g_strdup (socket),
                             g_memdup2 (&hello.pid, sizeof hello.pid));
    else {
        g_message ("recorder %" PRId64 " records session %" PRId64
                   ", which is not known here: stopping it, its folder is kept",
                   hello.pid, hello.session);
        ht_request_send (socket, &stop, cancellable, on_strayed, NULL);
    }
    ht_fields_clear (&ht_control_hello_fields, &hello);
}

static void
supervisor_adopt (HtMedia *media, const int64_t *session_ids, unsigned n_sessions)
{
    HtSupervisor *self = HT_SUPERVISOR (media);
    g_autoptr (GDir) dir = g_dir_open (self->runtime, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *socket = g_build_filename (self->runtime, name, NULL);

        if (g_str_has_suffix (name, ".sock"))
            meet (self, socket, session_ids, n_sessions);
    }
}

static void
supervisor_listen (HtMedia *media, HtMediaHear hear, gpointer user_data)
{
    HtSupervisor *self = HT_SUPERVISOR (media);

    self->hear = hear;
    self->user_data = user_data;
}

static gboolean
supervisor_peek (HtMedia *media, int64_t session_id, HtMediaEvent *ret_status)
{
    HtSupervisor *self = HT_SUPERVISOR (media);
    const Session *session = g_hash_table_lookup (self->sessions, &session_id);
    HtMediaEvent event = { 0 };

    if (session == NULL || !add_up (session, ht_clock_read_us (ht_clock_get_system ()), &event))
        return FALSE;
    event.session_id = session_id;
    *ret_status = event;
    return TRUE;
}

static void
media_interface_init (HtMediaInterface *iface)
{
    iface->listen = supervisor_listen;
    iface->adopt = supervisor_adopt;
    iface->want = supervisor_want;
    iface->stop = supervisor_stop;
    iface->finalise = supervisor_finalise;
    iface->peek = supervisor_peek;
}

static void
ht_supervisor_init (HtSupervisor *self)
{
    self->sessions = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, session_free);
    self->connections = ht_connections_new ();
    self->adopted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
ht_supervisor_dispose (GObject *object)
{
    HtSupervisor *self = HT_SUPERVISOR (object);

    self->hear = NULL;
    g_clear_handle_id (&self->tend_source, g_source_remove);
    g_clear_pointer (&self->finalising, ht_finalising_free);
    g_hash_table_remove_all (self->sessions);
    G_OBJECT_CLASS (ht_supervisor_parent_class)->dispose (object);
}

static void
ht_supervisor_finalize (GObject *object)
{
    HtSupervisor *self = HT_SUPERVISOR (object);

    g_hash_table_unref (self->sessions);
    ht_connections_free (self->connections);
    g_hash_table_unref (self->adopted);
    g_free (self->sessions_folder);
    g_free (self->runtime);
    g_free (self->recorder);
    g_free (self->pipeline);
    G_OBJECT_CLASS (ht_supervisor_parent_class)->finalize (object);
}

static void
ht_supervisor_class_init (HtSupervisorClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = ht_supervisor_dispose;
    G_OBJECT_CLASS (klass)->finalize = ht_supervisor_finalize;
}

static gboolean
make_folder (const char *path, int mode, GError **error)
{
    if (g_mkdir_with_parents (path, mode) == 0)
        return TRUE;
    ht_problem_set (error, HT_ERROR_ATTENTION, "cannot-make-folder", NULL,
                    "cannot make the folder %s: %s", path, g_strerror (errno));
    return FALSE;
}

HtSupervisor *
ht_supervisor_new (const HtSupervisorSettings *settings, GError **error)
{
    HtSupervisor *self;

    if (!make_folder (settings->sessions, 0750, error) ||
        !make_folder (settings->runtime, 0700, error))
        return NULL;
    self = g_object_new (HT_TYPE_SUPERVISOR, NULL);
    self->sessions_folder = g_strdup (settings->sessions);
    self->runtime = g_strdup (settings->runtime);
    self->recorder = g_strdup (settings->recorder);
    self->pipeline = g_strdup (settings->pipeline);
    self->finalising = ht_finalising_new (settings->finalise, on_final, self);
    self->tend_source = g_timeout_add (TEND_MS, on_tend, self);
    return self;
}

static void
on_left (const GError *error, gpointer user_data)
{
    if (error != NULL)
        g_message ("a recorder did not leave: %s; it ends with its job", error->message);
    (*(unsigned *) user_data)--;
}

void
ht_supervisor_leave (HtSupervisor *self, int64_t patience_us)
{
    HtControlRequest leave = { .what = HT_CONTROL_LEAVE };
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    int64_t deadline_us = ht_clock_read_monotonic_us () + patience_us;
    unsigned left = 0;
    GHashTableIter iter;
    Session *session;

    g_clear_handle_id (&self->tend_source, g_source_remove);
    g_hash_table_iter_init (&iter, self->sessions);
    while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
        for (unsigned i = 0; i < session->tracks->len; i++) {
            HtSupervisedTrack *track = g_ptr_array_index (session->tracks, i);

            if (!ht_supervised_track_is_running (track))
                continue;
            left++;
            ht_request_send (ht_supervised_track_get_job (track)->socket, &leave, cancellable,
                             on_left, &left);
        }
    while (left > 0 && ht_clock_read_monotonic_us () < deadline_us)
        g_main_context_iteration (NULL, TRUE);
    g_cancellable_cancel (cancellable);
}
