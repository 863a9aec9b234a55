/* SPDX-License-Identifier: MIT */

#define G_LOG_DOMAIN "outbox"

#include "scheduler/service/outbox.h"

#include <inttypes.h>

#include "scheduler/base/error.h"
#include "scheduler/service/notice-text.h"
#include "scheduler/service/reads.h"
#include "scheduler/service/service-private.h"

#define HOUR_US     (INT64_C (3600) * G_USEC_PER_SEC)
#define KEEP_US     (30 * 24 * HOUR_US) /* how long what was not sent can be looked at */
#define MOST_PRUNED 10000               /* rows at one start */
#define MOST_SHOWN  200
#define LONGEST_S   60 /* of a timer: the wall clock may be set meanwhile */

/* A message on its way; the outbox may be gone when it is answered. */
typedef struct {
    HtOutbox *outbox; /* borrowed (nullable) */
} Errand;

struct _HtOutbox {
    HtOutboxSettings settings;
    GSequence *waiting;    /* (element-type HtNotice) (owned), by instant */
    GQueue failed;         /* (element-type HtNotice) (owned): the latest first */
    HtNotice *sent;        /* (owned) (nullable): on its way */
    Errand *errand;        /* (owned) (nullable): of it */
    int64_t held_until_us; /* the server was not reached: nothing is tried before */
    int64_t n_unreached;   /* times in a row */
    gboolean ticking;      /* what is answered at once does not begin another tick */
    unsigned long committed_id;
    GSource *timer;
};

int64_t
ht_outbox_get_delay_us (int64_t retry_us, int64_t attempts, int64_t seed)
{
    int64_t doublings = CLAMP (attempts - 1, 0, 20);
    int64_t delay_us = MIN (retry_us << doublings, HOUR_US);
    uint64_t mixed = ((uint64_t) seed * 31 + (uint64_t) attempts) * UINT64_C (0x9e3779b97f4a7c15);

    /* what failed together does not come back together */
    return delay_us - delay_us / 4 + (int64_t) ((mixed >> 20) % (uint64_t) (delay_us / 2 + 1));
}

static int
compare_due (gconstpointer a, gconstpointer b, gpointer user_data G_GNUC_UNUSED)
{
    const HtNotice *x = a, *y = b;

    if (x->due_us != y->due_us)
        return x->due_us < y->due_us ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static void
wait_for (HtOutbox *self, HtNotice *notice)
{
    g_sequence_insert_sorted (self->waiting, notice, compare_due, NULL);
}

static HtNotice *
peek_first (const HtOutbox *self)
{
    GSequenceIter *first = g_sequence_get_begin_iter (self->waiting);

    return g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
}

static HtNotice *
take_first (HtOutbox *self)
{
    HtNotice *notice = peek_first (self);

    g_sequence_remove (g_sequence_get_begin_iter (self->waiting));
    return notice;
}

int64_t
ht_outbox_get_next_us (const HtOutbox *self)
{
    const HtNotice *first = peek_first (self);

    return first == NULL || self->sent != NULL ? INT64_MAX
                                               : MAX (first->due_us, self->held_until_us);
}

/* Waking. */

static void
disarm (HtOutbox *self)
{
    if (self->timer == NULL)
        return;
    g_source_destroy (self->timer);
    g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean
wake (gpointer user_data)
{
    HtOutbox *self = user_data;

    disarm (self);
    ht_outbox_tick (self);
    return G_SOURCE_REMOVE;
}

static void
arm (HtOutbox *self)
{
    int64_t next_us = ht_outbox_get_next_us (self);
    int64_t wait_us = next_us - ht_clock_read_us (self->settings.clock);

    disarm (self);
    if (next_us == INT64_MAX || self->settings.service->stopped)
        return;
    wait_us = CLAMP (wait_us, 0, LONGEST_S * G_USEC_PER_SEC);
    self->timer = g_timeout_source_new ((unsigned) (wait_us / 1000 + (wait_us > 0 ? 1 : 0)));
    g_source_set_callback (self->timer, wake, self, NULL);
    g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* How it went, as a row. */

static void
write_rows (HtOutbox *self, HtWrite *write)
{
    ht_store_write (self->settings.service->store, write, NULL, NULL);
}

static void
keep_failed (HtOutbox *self, HtNotice *notice)
{
    g_queue_push_head (&self->failed, notice);
    if (self->failed.length > MOST_SHOWN)
        ht_notice_free (g_queue_pop_tail (&self->failed));
}

/* @notice: (transfer full) */
static void
finish (HtOutbox *self, HtNotice *notice)
{
    HtWrite *write = ht_write_new ();

    ht_notice_append_removal (notice, write->rows);
    write_rows (self, write);
    ht_notice_free (notice);
}

/* There is nothing to send, or it can never be. @notice: (transfer full) */
static void
give_up (HtOutbox *self, HtNotice *notice, const char *why, GLogLevelFlags level)
{
    HtWrite *write = ht_write_new ();

    g_free (notice->note);
    notice->note = g_strdup (why);
    notice->done_us = ht_clock_read_us (self->settings.clock);
    ht_notice_append_row (notice, HT_ROW_PUT, write->rows);
    write_rows (self, write);
    g_log_structured (G_LOG_DOMAIN, level, "MESSAGE",
                      "notice %" PRId64 " (%s, session %" PRId64 ") of change %" PRId64
                      " is not sent to person %" PRId64 ": %s",
                      notice->id, ht_notice_kind_names[notice->kind], notice->session_id,
                      notice->number, notice->person_id, why);
    keep_failed (self, notice);
}

/* @notice: (transfer full) */
static void
try_later (HtOutbox *self, HtNotice *notice, const char *why)
{
    int64_t now_us = ht_clock_read_us (self->settings.clock);
    HtWrite *write = ht_write_new ();

    g_free (notice->note);
    notice->note = g_strdup (why);
    notice->due_us =
        now_us + ht_outbox_get_delay_us (self->settings.retry_us, notice->attempts, notice->id);
    ht_notice_append_row (notice, HT_ROW_PUT, write->rows);
    write_rows (self, write);
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, "MESSAGE",
                      "notice %" PRId64 " waits %" PRId64 " s after attempt %" PRId64 ": %s",
                      notice->id, (notice->due_us - now_us) / G_USEC_PER_SEC, notice->attempts,
                      why);
    wait_for (self, notice);
}

/* While the server cannot be reached, one message at a time asks whether it is back. */
static void
hold_all (HtOutbox *self, gboolean unreached)
{
    self->n_unreached = unreached ? self->n_unreached + 1 : 0;
    self->held_until_us = unreached
                              ? ht_clock_read_us (self->settings.clock) +
                                    ht_outbox_get_delay_us (self->settings.retry_us,
                                                            self->n_unreached, self->n_unreached)
                              : 0;
}

static void
take_outcome (HtOutbox *self, const GError *error)
{
    HtNotice *notice = g_steal_pointer (&self->sent);

    hold_all (self,
              error != NULL && g_strcmp0 (ht_problem_get_id (error), "mail-unreachable") == 0);
    if (error == NULL)
        finish (self, notice);
    else if (g_error_matches (error, HT_ERROR, HT_ERROR_INVALID))
        give_up (self, notice, error->message, G_LOG_LEVEL_WARNING);
    else if (++notice->attempts >= HT_OUTBOX_MOST_ATTEMPTS)
        give_up (self, notice, error->message, G_LOG_LEVEL_WARNING);
    else
        try_later (self, notice, error->message);
}

static void
on_sent (const GError *error, gpointer user_data)
{
    Errand *errand = user_data;
    HtOutbox *self = errand->outbox;

    if (self != NULL) {
        g_rc_box_release (g_steal_pointer (&self->errand));
        take_outcome (self, error);
        ht_outbox_tick (self);
    }
    g_rc_box_release (errand);
}

/* Sending. */

static void
send (HtOutbox *self, const HtPerson *person, const GPtrArray *sessions)
{
    const HtOutboxSettings *settings = &self->settings;
    HtNoticeTextSettings texts = { settings->service, settings->zone, settings->address };
    const HtNotice *notice = self->sent;
    g_autofree char *subject = ht_notice_make_subject (&texts, notice, sessions);
    g_autofree char *text = ht_notice_make_text (&texts, notice, sessions);
    g_autofree char *id = g_strdup_printf ("notice-%" PRId64 "-%" PRId64 "@%s", notice->number,
                                           notice->person_id, settings->installation);
    g_autofree char *calendar = NULL;
    HtMessage message = { person->name, person->email, subject, text, id, NULL, NULL };

    if (settings->invite != NULL)
        calendar = settings->invite (settings->invite_data, notice, sessions, &message.method);
    message.calendar = calendar;
    self->errand = g_rc_box_new (Errand);
    self->errand->outbox = self;
    ht_mail_send (settings->service->mail, &message, on_sent, g_rc_box_acquire (self->errand));
}

/* %NULL where @notice is to be sent; else why not. */
static const char *
find_obstacle (HtOutbox *self, const HtNotice *notice, const HtPerson *person,
               const GPtrArray *sessions)
{
    if (person == NULL || person->closed)
        return "the account is closed";
    if (person->email == NULL || person->email[0] == '\0')
        return "the person has no mail address";
    if (sessions->len == 0)
        return "the person does not see the session any more";
    if (ht_notice_is_moot (notice, sessions, ht_clock_read_us (self->settings.clock)))
        return "later changes or time have overtaken it";
    return NULL;
}

static void
handle (HtOutbox *self, HtNotice *notice)
{
    HtService *service = self->settings.service;
    g_autoptr (GPtrArray) sessions = ht_notice_list_sessions (service, notice);
    const HtPerson *person = ht_reads_peek (service, HT_RECORD_PERSON, notice->person_id);
    const char *obstacle = find_obstacle (self, notice, person, sessions);

    if (obstacle != NULL) {
        give_up (self, notice, obstacle, G_LOG_LEVEL_INFO);
        return;
    }
    self->sent = notice;
    send (self, person, sessions);
}

void
ht_outbox_tick (HtOutbox *self)
{
    int64_t now_us = ht_clock_read_us (self->settings.clock);

    if (self->ticking)
        return;
    self->ticking = TRUE;
    while (!self->settings.service->stopped && ht_outbox_get_next_us (self) <= now_us)
        handle (self, take_first (self));
    self->ticking = FALSE;
    arm (self);
}

/* Committed. */

static void
follow (HtService *service G_GNUC_UNUSED, gpointer commit_pointer, gpointer user_data)
{
    const HtCommit *commit = commit_pointer;
    HtOutbox *self = user_data;

    for (unsigned i = 0; i < commit->n_notices; i++)
        if (commit->notices[i].done_us == 0)
            wait_for (self, ht_notice_dup (&commit->notices[i]));
    if (commit->n_notices > 0)
        arm (self);
}

GPtrArray *
ht_outbox_list (const HtOutbox *self)
{
    GPtrArray *notices = g_ptr_array_new_with_free_func ((GDestroyNotify) ht_notice_free);
    GSequenceIter *at = g_sequence_get_begin_iter (self->waiting);

    if (self->sent != NULL)
        g_ptr_array_add (notices, ht_notice_dup (self->sent));
    for (; !g_sequence_iter_is_end (at) && notices->len < MOST_SHOWN;
         at = g_sequence_iter_next (at))
        g_ptr_array_add (notices, ht_notice_dup (g_sequence_get (at)));
    for (GList *one = self->failed.head; one != NULL; one = one->next)
        g_ptr_array_add (notices, ht_notice_dup (one->data));
    return notices;
}

/* Beginning and end. */

typedef struct {
    HtOutbox *outbox;
    GArray *pruned; /* (element-type HtRow) */
    int64_t old_us;
} Load;

static gboolean
take_row (const HtValue *values, gpointer user_data, GError **error G_GNUC_UNUSED)
{
    Load *load = user_data;
    HtNotice *notice = ht_notice_from_row (values);

    if (notice == NULL)
        return TRUE; /* of a kind that a newer program wrote */
    if (notice->done_us == 0)
        wait_for (load->outbox, notice);
    else if (notice->done_us < load->old_us && load->pruned->len < MOST_PRUNED) {
        ht_notice_append_removal (notice, load->pruned);
        ht_notice_free (notice);
    } else
        keep_failed (load->outbox, notice);
    return TRUE;
}

static gboolean
load_rows (HtOutbox *self, GError **error)
{
    HtWrite *write = ht_write_new ();
    Load load = { self, write->rows, ht_clock_read_us (self->settings.clock) - KEEP_US };
    gboolean loaded =
        ht_store_load (self->settings.service->store, HT_TABLE_OUTBOX, take_row, &load, error);

    if (loaded && write->rows->len > 0)
        write_rows (self, g_steal_pointer (&write));
    g_clear_pointer (&write, ht_write_free);
    return loaded;
}

HtOutbox *
ht_outbox_new (const HtOutboxSettings *settings, GError **error)
{
    g_autoptr (HtOutbox) self = g_new0 (HtOutbox, 1);

    g_return_val_if_fail (settings->service->mail != NULL, NULL);
    self->settings = *settings;
    g_object_ref (self->settings.service);
    g_queue_init (&self->failed);
    self->waiting = g_sequence_new (NULL);
    self->committed_id =
        g_signal_connect (settings->service, "committed", G_CALLBACK (follow), self);
    if (!load_rows (self, error))
        return NULL;
    arm (self);
    return g_steal_pointer (&self);
}

void
ht_outbox_free (HtOutbox *self)
{
    disarm (self);
    if (self->errand != NULL) {
        self->errand->outbox = NULL;
        g_rc_box_release (self->errand);
    }
    while (peek_first (self) != NULL)
        ht_notice_free (take_first (self));
    g_sequence_free (self->waiting);
    g_queue_clear_full (&self->failed, (GDestroyNotify) ht_notice_free);
    g_clear_pointer (&self->sent, ht_notice_free);
    g_signal_handler_disconnect (self->settings.service, self->committed_id);
    g_object_unref (self->settings.service);
    g_free (self);
}
