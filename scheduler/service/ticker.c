/* SPDX-License-Identifier: MIT */

#include "scheduler/service/ticker.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "scheduler/core/policy.h"
#include "scheduler/service/media-wants.h"
#include "scheduler/service/reads.h"

#define RETRY_US (INT64_C (2) * G_USEC_PER_SEC)

struct _HtTicker {
    HtService *service; /* owned */
    HtMedia *media;     /* owned (nullable) */
    HtClock *clock;
    HtAgenda *agenda;
    GHashTable *asked; /* sessions whose command waits for its commit */
    unsigned long committed;
    GSource *source;
    int fd; /* a timer on the wall clock */
};

/* The agenda follows what is committed. */

static int64_t
find_withdraw_us (const HtSession *session)
{
    HtPolicy policy = ht_policy_get_default ();

    return session->withdrawn_us != 0
               ? HT_AGENDA_NEVER
               : session->changed_us + ht_policy_get (&policy, HT_POLICY_TOMBSTONE_US);
}

/* Rehearsals are there to ask; they are not asked themselves. */
static gboolean
is_asked (const HtSession *session, const HtOperation *operation)
{
    if (operation != NULL && operation->rehearses_id != 0)
        return FALSE;
    for (unsigned i = 0; session->members != NULL && i < session->members->len; i++)
        if (g_array_index (session->members, HtMember, i).kind <= HT_MEMBER_SITE)
            return TRUE;
    return FALSE;
}

static void
put_session (HtTicker *self, int64_t session_id)
{
    const HtSession *session = ht_reads_peek (self->service, HT_RECORD_SESSION, session_id);
    const HtJob *job = ht_reads_peek (self->service, HT_RECORD_JOB, session_id);
    const HtOperation *operation = ht_reads_peek (self->service, HT_RECORD_OPERATION, session_id);
    HtAgendaItem item;

    if (session == NULL) {
        ht_agenda_remove (self->agenda, session_id);
        return;
    }
    item = (HtAgendaItem){ .session_id = session_id,
                           .start_us = session->start_us,
                           .end_us = session->end_us,
                           .hold_until_us = session->hold_until_us,
                           .withdraw_us = find_withdraw_us (session),
                           .state = session->state,
                           .has_job = job != NULL,
                           .job = job == NULL ? HT_JOB_PLANNED : job->state,
                           .is_asked = is_asked (session, operation),
                           .asked_us = operation == NULL ? 0 : operation->asked_us,
                           .runs_on = operation != NULL && operation->runs_on };
    ht_agenda_put (self->agenda, &item, ht_clock_read_us (self->clock));
}

/* Waking. The timer is absolute and is cancelled when somebody sets the clock: both wake. */

static void
arm_for (HtTicker *self, int64_t next_us)
{
    struct itimerspec timer = { 0 };

    if (next_us != HT_AGENDA_NEVER) {
        next_us = MAX (next_us, 1); /* 0 would disarm */
        timer.it_value.tv_sec = next_us / G_USEC_PER_SEC;
        timer.it_value.tv_nsec = next_us % G_USEC_PER_SEC * 1000;
    }
    if (timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &timer, NULL) != 0)
        g_warning ("the ticker's timer cannot be set: %s", g_strerror (errno));
}

static void
arm (HtTicker *self)
{
    arm_for (self, ht_agenda_next (self->agenda));
}

static gboolean
wake (int fd, GIOCondition condition G_GNUC_UNUSED, gpointer user_data)
{
    HtTicker *self = user_data;
    uint64_t n_expired;

    if (read (fd, &n_expired, sizeof n_expired) < 0 && errno != ECANCELED && errno != EAGAIN)
        g_warning ("the ticker's timer: %s", g_strerror (errno));
    ht_ticker_tick (self);
    return G_SOURCE_CONTINUE;
}

/* Asking. */

typedef struct {
    HtTicker *ticker; /* borrowed; (nullable): it is gone */
    int64_t session_id;
} Asked;

static void
take_answer (const HtAnswer *answer G_GNUC_UNUSED, const HtPreview *preview G_GNUC_UNUSED,
             const GError *error, gpointer user_data)
{
    Asked *asked = user_data;

    if (asked->ticker != NULL) {
        g_hash_table_remove (asked->ticker->asked, &asked->session_id);
        if (error != NULL) /* it is due still: not at once again */
            arm_for (asked->ticker, ht_clock_read_us (asked->ticker->clock) + RETRY_US);
    }
    if (error != NULL)
        g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, "MESSAGE",
                          "session %" G_GINT64_FORMAT ": the clock's command was refused: %s",
                          asked->session_id, error->message);
    g_rc_box_release (asked);
}

/* One command a session at a time: what else is due shows again after its commit. */
static void
ask (HtTicker *self, int64_t session_id, HtCommand command, gconstpointer arguments)
{
    Asked *asked;

    if (g_hash_table_contains (self->asked, &session_id))
        return;
    asked = g_rc_box_new (Asked);
    *asked = (Asked){ self, session_id };
    g_hash_table_insert (self->asked, &asked->session_id, g_rc_box_acquire (asked));
    ht_service_submit (self->service, HT_ACTOR_CLOCK, command, arguments, NULL, take_answer, asked);
}

static void
do_due (HtTicker *self, const HtAgendaDue *due)
{
    HtClockEvent event = { due->session_id, due->session_event };
    HtJobReport report = { .id = due->session_id, .event = due->job_event };
    HtCare care = { due->session_id, due->care_event };

    if (self->media != NULL && (due->job_event == HT_JOB_ARM || due->job_event == HT_JOB_START))
        ht_media_wants_record (self->service, self->media, due->session_id);
    if (due->session_event != HT_AGENDA_NOTHING)
        ask (self, due->session_id, HT_COMMAND_CLOCK, &event);
    else if (due->job_event != HT_AGENDA_NOTHING)
        ask (self, due->session_id, HT_COMMAND_JOB, &report);
    else if (due->care_event != HT_AGENDA_NOTHING)
        ask (self, due->session_id, HT_COMMAND_CARE, &care);
}

void
ht_ticker_tick (HtTicker *self)
{
    g_autoptr (GArray) due = ht_agenda_list_due (self->agenda, ht_clock_read_us (self->clock));

    for (unsigned i = 0; i < due->len; i++)
        do_due (self, &g_array_index (due, HtAgendaDue, i));
}

int64_t
ht_ticker_get_next_us (HtTicker *self)
{
    return ht_agenda_next (self->agenda);
}

static void
follow (HtService *service G_GNUC_UNUSED, gpointer commit_pointer, gpointer user_data)
{
    const HtCommit *commit = commit_pointer;
    HtTicker *self = user_data;

    for (unsigned i = 0; i < commit->n_entries; i++) {
        const HtEntry *entry = &commit->entries[i];

        if (entry->kind != HT_RECORD_SESSION && entry->kind != HT_RECORD_JOB &&
            entry->kind != HT_RECORD_OPERATION)
            continue;
        put_session (self, entry->id);
        if (self->media != NULL && entry->kind != HT_RECORD_OPERATION)
            ht_media_wants_reconcile (self->service, self->media, entry->id);
    }
    arm (self);
}

/* Hearing. What recorders tell becomes an event of the job where its state asks for one. */

static int
get_job_event (const HtMediaEvent *event, HtJobState state)
{
    switch (event->kind) {
    case HT_MEDIA_WRITING:
        return state == HT_JOB_RECOVERING ? HT_JOB_REGAIN : HT_AGENDA_NOTHING;
    case HT_MEDIA_LOST:
        return state == HT_JOB_RECORDING ? HT_JOB_LOSE : HT_AGENDA_NOTHING;
    case HT_MEDIA_DRAINED:
        return state == HT_JOB_DRAINING ? HT_JOB_DRAINED : HT_AGENDA_NOTHING;
    case HT_MEDIA_DONE:
        return state == HT_JOB_FINALISING ? HT_JOB_FINALISED : HT_AGENDA_NOTHING;
    case HT_MEDIA_INCOMPLETE:
        return state == HT_JOB_FINALISING || state == HT_JOB_DRAINING ? HT_JOB_FALL_SHORT
                                                                      : HT_AGENDA_NOTHING;
    default:
        return HT_AGENDA_NOTHING;
    }
}

static void
hear (const HtMediaEvent *event, gpointer user_data)
{
    HtTicker *self = user_data;
    const HtJob *job = ht_reads_peek (self->service, HT_RECORD_JOB, event->session_id);
    HtJobReport report = { .id = event->session_id,
                           .bytes = event->bytes,
                           .duration_us = event->duration_us,
                           .missing_us = event->missing_us,
                           .note = (char *) event->note };

    if (job == NULL)
        return;
    report.event = get_job_event (event, job->state);
    if (report.event != HT_AGENDA_NOTHING)
        ht_service_submit (self->service, HT_ACTOR_CLOCK, HT_COMMAND_JOB, &report, NULL, NULL,
                           NULL);
}

static void
take_over (HtTicker *self)
{
    g_autoptr (GArray) live = ht_media_wants_list_live (self->service);

    ht_media_listen (self->media, hear, self);
    ht_media_adopt (self->media, (const int64_t *) (gpointer) live->data, live->len);
    for (unsigned i = 0; i < live->len; i++)
        ht_media_wants_reconcile (self->service, self->media, g_array_index (live, int64_t, i));
}

static void
fill_agenda (HtTicker *self)
{
    g_autoptr (GPtrArray) sessions = ht_reads_list (self->service, HT_RECORD_SESSION);

    for (unsigned i = 0; i < sessions->len; i++)
        put_session (self, ht_record_get_id (g_ptr_array_index (sessions, i)));
}

static void
release_asked (gpointer asked)
{
    g_rc_box_release (asked);
}

HtTicker *
ht_ticker_new (HtService *service, HtMedia *media, HtClock *clock, const HtAgendaLeads *leads)
{
    HtTicker *self = g_new0 (HtTicker, 1);

    self->service = g_object_ref (service);
    g_set_object (&self->media, media);
    self->clock = clock;
    self->agenda = ht_agenda_new (leads);
    self->asked = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, release_asked);
    self->fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    self->source = g_unix_fd_source_new (self->fd, G_IO_IN);
    g_source_set_callback (self->source, G_SOURCE_FUNC (wake), self, NULL);
    g_source_attach (self->source, g_main_context_get_thread_default ());
    self->committed = g_signal_connect (service, "committed", G_CALLBACK (follow), self);
    fill_agenda (self);
    if (self->media != NULL)
        take_over (self);
    ht_ticker_tick (self);
    arm (self);
    return self;
}

void
ht_ticker_free (HtTicker *self)
{
    GHashTableIter iter;
    gpointer asked;

    g_hash_table_iter_init (&iter, self->asked);
    while (g_hash_table_iter_next (&iter, NULL, &asked))
        ((Asked *) asked)->ticker = NULL;
    g_hash_table_unref (self->asked);
    if (self->media != NULL)
        ht_media_listen (self->media, NULL, NULL);
    g_signal_handler_disconnect (self->service, self->committed);
    g_source_destroy (self->source);
    g_source_unref (self->source);
    close (self->fd);
    ht_agenda_free (self->agenda);
    g_clear_object (&self->media);
    g_object_unref (self->service);
    g_free (self);
}
