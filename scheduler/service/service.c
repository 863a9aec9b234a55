/* SPDX-License-Identifier: MIT */

#include "scheduler/service/service.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/permit.h"
#include "scheduler/service/service-private.h"
#include "scheduler/support/digest.h"

enum { COMMITTED, UNKNOWN_OUTCOME, N_SIGNALS };

static unsigned signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HtService, ht_service, G_TYPE_OBJECT)

static void
pending_free (HtPending *pending)
{
    ht_fields_free (ht_command_get_fields (pending->decision->command), pending->arguments);
    g_clear_pointer (&pending->decision, ht_decision_free);
    g_clear_pointer (&pending->waiting, g_array_unref);
    g_free (pending->key);
    g_free (pending->request_hash);
    g_free (pending);
}

/* Tells everybody who asked for it, and lets go of it. */
static void
answer (HtPending *pending, const HtAnswer *answer, const GError *error)
{
    for (unsigned i = 0; i < pending->waiting->len; i++) {
        const HtWaiter *waiter = &g_array_index (pending->waiting, HtWaiter, i);

        if (waiter->done != NULL)
            waiter->done (answer, pending->decision->preview, error, waiter->user_data);
    }
    pending_free (pending);
}

/* Deciding. */

static char *
hash_request (HtCommand command, gconstpointer arguments)
{
    g_autoptr (GString) text = g_string_new (ht_command_get_name (command));
    g_autoptr (HtDigest) digest = ht_digest_new ();
    char *hash = g_malloc (HT_DIGEST_LETTERS + 1);

    ht_fields_encode (ht_command_get_fields (command), arguments, text, NULL, NULL);
    ht_digest_add (digest, (const uint8_t *) text->str, text->len);
    ht_digest_take_text (digest, hash);
    return hash;
}

static gboolean
decide (HtService *self, HtDecision *decision, gconstpointer arguments, gboolean previewing,
        GError **error)
{
    g_auto (HtDecider) decider = { 0 };

    ht_decider_init (&decider, self->state, decision);
    decider.previewing = previewing;
    return ht_command_decide (&decider, decision->command, arguments, error);
}

static void
append_counters (HtService *self, const HtDecision *decision, GArray *rows)
{
    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i);
        HtRow row = { HT_TABLE_COUNTER, HT_ROW_PUT, 2, NULL };

        if (entry->after != NULL)
            continue;
        row.values = g_new0 (HtValue, 2);
        row.values[0] = (HtValue){ HT_VALUE_NAME, 0, ht_record_kind_names[entry->kind] };
        row.values[1] =
            (HtValue){ HT_VALUE_INT, ht_state_get_next_id (self->state, entry->kind), NULL };
        g_array_append_val (rows, row);
    }
}

/* Where nobody carries mail, a notice is done with when it is written. */
static void
drop_notices (HtService *self, HtDecision *decision)
{
    for (unsigned i = 0; self->mail == NULL && i < decision->notices->len; i++) {
        HtNotice *notice = &g_array_index (decision->notices, HtNotice, i);

        notice->done_us = decision->at_us;
        notice->note = g_strdup ("no mail server is configured");
    }
}

static void on_written (const GError *error, gpointer user_data);

/* Applies what was decided and hands it to the writer. */
static void
put_forward (HtService *self, HtPending *pending)
{
    HtDecision *decision = pending->decision;
    HtWrite *write;

    memcpy (pending->previous_hash, ht_state_get_hash (self->state), 32);
    drop_notices (self, decision);
    write = ht_decision_to_write (decision, pending->arguments, pending->previous_hash);
    ht_state_apply (self->state, decision);
    ht_service_mark_pending (self, decision);
    append_counters (self, decision, write->rows);
    ht_service_keep_answer (self, pending, write->rows);
    ht_state_set_head (self->state, decision->number, write->hash);
    g_queue_push_tail (&self->pending, pending);
    ht_store_write (self->store, write, on_written, pending);
}

/* Decides @pending on the state as it is now. (transfer full) */
static void
decide_pending (HtService *self, HtPending *pending)
{
    HtDecision *decision = pending->decision;
    g_autoptr (GError) error = NULL;

    if (!decide (self, decision, pending->arguments, FALSE, &error))
        answer (pending, NULL, error);
    else if (decision->entries->len == 0)
        answer (pending, &(HtAnswer){ 0, decision->result_id, decision->preview }, NULL);
    else
        put_forward (self, pending);
}

static HtDecision *
make_decision (HtService *self, HtCommand command, int64_t actor_id)
{
    return ht_decision_new (command, ht_state_get_number (self->state) + 1,
                            ht_clock_read_us (self->clock), actor_id);
}

/* What follows when the store has spoken. */

static void
commit (HtService *self, HtPending *pending)
{
    HtDecision *decision = pending->decision;
    HtAnswer answered = { decision->number, decision->result_id, decision->preview };
    HtCommit commit = { decision->number,
                        decision->at_us,
                        decision->actor_id,
                        decision->command,
                        (const HtEntry *) (gpointer) decision->entries->data,
                        decision->entries->len,
                        (const HtNotice *) (gpointer) decision->notices->data,
                        decision->notices->len };

    g_queue_pop_head (&self->pending);
    ht_service_mark_committed (self, decision);
    ht_service_settle_answer (self, pending, TRUE);
    self->number = decision->number;
    g_signal_emit (self, signals[COMMITTED], 0, &commit);
    for (unsigned i = 0; i < pending->waiting->len; i++) {
        const HtWaiter *waiter = &g_array_index (pending->waiting, HtWaiter, i);

        if (waiter->done != NULL)
            waiter->done (&answered, decision->preview, NULL, waiter->user_data);
    }
    ht_state_take_recent (self->state, g_steal_pointer (&pending->decision));
    pending->decision = ht_decision_new (commit.command, 0, 0, 0);
    pending_free (pending);
}

/* Takes back the last change that is pending. */
static HtPending *
take_back (HtService *self)
{
    HtPending *pending = g_queue_pop_tail (&self->pending);

    ht_service_settle_answer (self, pending, FALSE);
    ht_state_revert (self->state, pending->decision);
    ht_service_mark_reverted (self, pending->decision);
    ht_state_set_head (self->state, pending->decision->number - 1, pending->previous_hash);
    return pending;
}

/* What was decided after it stood on it: it is decided again once the store has refused it too,
 * which it does, since its number no longer follows. */
static void
refuse (HtService *self, HtPending *failed, const GError *error)
{
    HtPending *pending;

    while ((pending = take_back (self)) != failed)
        pending->lost = TRUE;
    answer (failed, NULL, error);
}

static void
decide_again (HtService *self, HtPending *pending)
{
    HtDecision *old = pending->decision;

    pending->lost = FALSE;
    pending->decision = make_decision (self, old->command, old->actor_id);
    ht_decision_free (old);
    decide_pending (self, pending);
}

static void
stop (HtService *self, HtPending *pending, const GError *error)
{
    gboolean first = !self->stopped;

    self->stopped = TRUE;
    g_queue_remove (&self->pending, pending);
    answer (pending, NULL, error);
    if (first)
        g_signal_emit (self, signals[UNKNOWN_OUTCOME], 0);
}

static void
on_written (const GError *error, gpointer user_data)
{
    HtPending *pending = user_data;
    g_autoptr (HtService) self = g_object_ref (pending->service);

    if (error == NULL)
        commit (self, pending);
    else if (g_error_matches (error, HT_ERROR, HT_ERROR_UNKNOWN))
        stop (self, pending, error);
    else if (pending->lost && g_error_matches (error, HT_ERROR, HT_ERROR_STALE))
        decide_again (self, pending);
    else if (pending->lost)
        answer (pending, NULL, error);
    else
        refuse (self, pending, error);
}

/* Doors. */

static void
add_waiter (HtPending *pending, HtServiceDone done, gpointer user_data)
{
    HtWaiter waiter = { done, user_data };

    g_array_append_val (pending->waiting, waiter);
}

/* Whether @key has been used: then it is answered as before, or refused. */
static gboolean
repeat (HtService *self, int64_t actor_id, const char *key, const char *request_hash,
        HtServiceDone done, gpointer user_data)
{
    HtAnswered *known = key == NULL ? NULL : ht_service_find_answer (self, actor_id, key);
    g_autoptr (GError) error = NULL;

    if (known == NULL)
        return FALSE;
    if (strcmp (known->request_hash, request_hash) != 0) {
        ht_problem_set (&error, HT_ERROR_CONFLICT, "key-reused", NULL,
                        "this idempotency key was used for another request");
        done (NULL, NULL, error, user_data);
    } else if (known->pending != NULL)
        add_waiter (known->pending, done, user_data);
    else
        done (&known->answer, NULL, NULL, user_data);
    return TRUE;
}

void
ht_service_submit (HtService *self, int64_t actor_id, HtCommand command, gconstpointer arguments,
                   const char *key, HtServiceDone done, gpointer user_data)
{
    g_autofree char *request_hash = key == NULL ? NULL : hash_request (command, arguments);
    g_autoptr (GError) error = NULL;
    HtPending *pending;

    g_return_if_fail (HT_IS_SERVICE (self) && command < HT_N_COMMANDS && arguments != NULL);
    if (self->stopped) {
        ht_problem_set (&error, HT_ERROR_UNKNOWN, NULL, NULL,
                        "the service is restarting after a fault of the disk: ask again");
        if (done != NULL)
            done (NULL, NULL, error, user_data);
        return;
    }
    if (done != NULL && repeat (self, actor_id, key, request_hash, done, user_data))
        return;
    pending = g_new0 (HtPending, 1);
    pending->service = self;
    pending->decision = make_decision (self, command, actor_id);
    pending->arguments = ht_fields_dup (ht_command_get_fields (command), arguments);
    pending->key = g_strdup (key);
    pending->request_hash = g_steal_pointer (&request_hash);
    pending->waiting = g_array_new (FALSE, FALSE, sizeof (HtWaiter));
    add_waiter (pending, done, user_data);
    decide_pending (self, pending);
}

HtDecision *
ht_service_try (HtService *self, int64_t actor_id, HtCommand command, gconstpointer arguments,
                GError **error)
{
    g_autoptr (HtDecision) decision = make_decision (self, command, actor_id);
    g_autoptr (GError) refusal = NULL;

    if (!decide (self, decision, arguments, TRUE, &refusal) &&
        g_strcmp0 (ht_problem_get_id (refusal), "clash") != 0) {
        g_propagate_error (error, g_steal_pointer (&refusal));
        return NULL;
    }
    if (decision->preview == NULL)
        decision->preview = ht_preview_new ();
    decision->preview->number = self->number;
    return g_steal_pointer (&decision);
}

HtPreview *
ht_service_preview (HtService *self, int64_t actor_id, const HtBooking *booking, GError **error)
{
    g_autoptr (HtDecision) decision =
        ht_service_try (self, actor_id, HT_COMMAND_BOOK, booking, error);

    return decision == NULL ? NULL : g_steal_pointer (&decision->preview);
}

int64_t
ht_service_get_number (HtService *self)
{
    return self->number;
}

gboolean
ht_service_read_log (HtService *self, int64_t actor_id, int64_t from_number, unsigned limit,
                     HtStoreChangeFunc each, gpointer user_data, GError **error)
{
    const HtPerson *actor = ht_service_peek (self, HT_RECORD_PERSON, actor_id);

    if (actor_id != HT_ACTOR_CLOCK &&
        (actor == NULL || !ht_permit_may (self->state, actor, HT_ACTION_READ_LOG, HT_ID_NONE, 0))) {
        ht_problem_set (error, HT_ERROR_DENIED, "denied", NULL,
                        "the log is for those who administer everything");
        return FALSE;
    }
    return ht_store_read_log (self->store, from_number, limit, each, user_data, error);
}

gboolean
ht_service_load (HtService *self, GError **error)
{
    if (!ht_state_load (self->state, self->store, error) ||
        !ht_service_load_answers (self, error) || !ht_service_load_sign_ins (self, error))
        return FALSE;
    self->number = ht_state_get_number (self->state);
    return TRUE;
}

static void
ht_service_dispose (GObject *object)
{
    HtService *self = HT_SERVICE (object);

    if (self->store != NULL)
        ht_store_flush (self->store);
    g_clear_object (&self->store);
    g_clear_object (&self->media);
    g_clear_object (&self->mail);
    G_OBJECT_CLASS (ht_service_parent_class)->dispose (object);
}

static void
ht_service_finalize (GObject *object)
{
    HtService *self = HT_SERVICE (object);

    ht_service_clear_answers (self);
    ht_service_clear_sign_ins (self);
    g_hash_table_unref (self->answers);
    g_hash_table_unref (self->sign_ins);
    g_hash_table_unref (self->overlay);
    g_clear_pointer (&self->state, ht_state_free);
    G_OBJECT_CLASS (ht_service_parent_class)->finalize (object);
}

static void
ht_service_class_init (HtServiceClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = ht_service_dispose;
    G_OBJECT_CLASS (klass)->finalize = ht_service_finalize;
    signals[COMMITTED] = g_signal_new ("committed", HT_TYPE_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
    signals[UNKNOWN_OUTCOME] = g_signal_new ("unknown-outcome", HT_TYPE_SERVICE, G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ht_service_init (HtService *self)
{
    self->state = ht_state_new ();
    self->overlay = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    self->answers = g_hash_table_new (g_str_hash, g_str_equal);
    self->sign_ins = g_hash_table_new (g_str_hash, g_str_equal);
    g_queue_init (&self->pending);
    g_queue_init (&self->answered);
}

HtService *
ht_service_new (HtStore *store, HtMedia *media, HtMail *mail, HtClock *clock)
{
    HtService *self = g_object_new (HT_TYPE_SERVICE, NULL);

    self->store = g_object_ref (store);
    g_set_object (&self->media, media);
    g_set_object (&self->mail, mail);
    self->clock = clock;
    return self;
}
