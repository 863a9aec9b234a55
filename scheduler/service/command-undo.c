/* SPDX-License-Identifier: MIT */

/* Undo is a change of its own that leads back: refused where what it touches has changed since,
 * where it is private, or where the place is no longer free. */

#include "scheduler/base/error.h"
#include "scheduler/core/span.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/session-steps.h"

static const gboolean undoable[HT_N_COMMANDS] = {
    [HT_COMMAND_BOOK] = TRUE, [HT_COMMAND_APPROVE] = TRUE, [HT_COMMAND_REFUSE] = TRUE,
    [HT_COMMAND_MOVE] = TRUE, [HT_COMMAND_CANCEL] = TRUE,  [HT_COMMAND_EXTEND] = TRUE,
};

static gboolean
refuse (const char *id, const char *text, GError **error)
{
    ht_problem_set (error, HT_ERROR_CONFLICT, id, NULL, "%s", text);
    return FALSE;
}

static gboolean
check (HtDecider *decider, const HtDecision *decision, GError **error)
{
    if (decision == NULL || decision->actor_id != decider->actor_id || !undoable[decision->command])
        return refuse ("cannot-undo", "that is none of your changes that can be undone", error);
    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i);
        const HtSession *before = entry->before;

        if (ht_state_peek (decider->state, entry->kind, entry->id) != entry->after)
            return refuse ("changed-since", "what it changed has changed again since", error);
        if (entry->kind == HT_RECORD_SESSION && before != NULL &&
            (before->state > HT_SESSION_OPEN || before->start_us <= decider->now_us))
            return refuse ("cannot-undo", "the session had begun", error);
    }
    return TRUE;
}

/* What was made is called off: an identity that was published is not forgotten. */
static gboolean
call_off (HtDecider *decider, int64_t session_id, GError **error)
{
    HtSession *session = ht_decider_edit (decider, HT_RECORD_SESSION, session_id);

    if (!ht_session_step (decider, session, HT_SESSION_CANCEL, error))
        return FALSE;
    ht_session_release (decider, session, decider->now_us);
    ht_session_tell (decider, session, HT_NOTICE_CANCELLED);
    return TRUE;
}

static gboolean
put_back_sessions (HtDecider *decider, const HtDecision *decision, GError **error)
{
    g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
    g_autoptr (GPtrArray) given_back = g_ptr_array_new ();
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));

    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i);
        const HtSession *before = entry->before;

        if (entry->kind != HT_RECORD_SESSION)
            continue;
        if (before == NULL || !ht_session_machine_occupies (before->state)) {
            g_ptr_array_add (given_back, entry->after); /* others may have had its place */
            continue;
        }
        g_ptr_array_add (sessions, entry->after);
        g_array_append_val (spans, ((HtSpan){ before->start_us, before->end_us }));
    }
    return sessions->len == 0 || ht_session_swap (decider, sessions, spans, given_back, error);
}

static void
restore_session (HtDecider *decider, const HtSession *before)
{
    HtSession *session = ht_decider_edit (decider, HT_RECORD_SESSION, before->id);

    int64_t sequence = session->sequence;

    if (!ht_session_machine_occupies (before->state)) {
        ht_fields_clear (ht_record_get_fields (HT_RECORD_SESSION), session);
        ht_fields_copy (ht_record_get_fields (HT_RECORD_SESSION), before, session);
    }
    session->series_id = before->series_id;
    session->slot_us = before->slot_us;
    session->state = before->state;
    session->hold_until_us = before->hold_until_us;
    session->yielded_to_id = before->yielded_to_id;
    g_free (session->reason);
    session->reason = g_strdup (before->reason);
    session->sequence = sequence + 1;
    session->changed_us = decider->now_us;
    session->changed_number = decider->decision->number;
    ht_session_tell (decider, session, HT_NOTICE_MOVED);
}

static gboolean
restore (HtDecider *decider, const HtEntry *entry, GError **error)
{
    gpointer record;
    const HtFields *fields = ht_record_get_fields (entry->kind);

    if (entry->kind == HT_RECORD_SESSION && entry->before == NULL)
        return call_off (decider, entry->id, error);
    if (entry->kind == HT_RECORD_SESSION) {
        restore_session (decider, entry->before);
        return TRUE;
    }
    if (entry->before == NULL)
        return TRUE; /* a series or a job without sessions does nothing */
    record = ht_decider_edit (decider, entry->kind, entry->id);
    ht_fields_clear (fields, record);
    ht_fields_copy (fields, entry->before, record);
    return TRUE;
}

gboolean
ht_decide_undo (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtTarget *target = arguments;
    const HtDecision *decision = ht_state_find_recent (decider->state, target->id);

    if (!check (decider, decision, error) || !put_back_sessions (decider, decision, error))
        return FALSE;
    for (unsigned i = 0; i < decision->entries->len; i++)
        if (!restore (decider, &g_array_index (decision->entries, HtEntry, i), error))
            return FALSE;
    decider->decision->result_id = decision->result_id;
    return TRUE;
}
