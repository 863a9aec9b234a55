/* SPDX-License-Identifier: MIT */

/* Undo is a change of its own that leads back: refused where what it touches has changed since,
 * where it is private, or where the place is no longer free. */

#include <inttypes.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/span.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/permit.h"
#include "scheduler/service/rehearsal.h"
#include "scheduler/service/session-steps.h"

static const gboolean undoable[HT_N_COMMANDS] = {
    [HT_COMMAND_APPROVE] = TRUE, [HT_COMMAND_REFUSE] = TRUE,      [HT_COMMAND_BOOK] = TRUE,
    [HT_COMMAND_MOVE] = TRUE,    [HT_COMMAND_EDIT] = TRUE,        [HT_COMMAND_CANCEL] = TRUE,
    [HT_COMMAND_EXTEND] = TRUE,  [HT_COMMAND_CHANGE_MANY] = TRUE, [HT_COMMAND_REHEARSE] = TRUE,
};

static gboolean
refuse (const char *id, const char *text, GError **error)
{
    ht_problem_set (error, HT_ERROR_CONFLICT, id, NULL, "%s", text);
    return FALSE;
}

/* Names the session that stands in the way, to who may see it. */
static void
name_session (HtDecider *decider, const HtSession *session, GError *error)
{
    const HtSeries *series = ht_state_peek (decider->state, HT_RECORD_SERIES, session->series_id);
    g_autofree char *id = g_strdup_printf ("%" PRId64, session->id);

    if (series == NULL || !ht_permit_sees (decider->state, decider->actor, session, series,
                                           ht_decider_get_day (decider)))
        return;
    ht_problem_add (error, "sessionId", id);
    ht_problem_add (error, "title", session->title != NULL ? session->title : series->title);
}

/* What changed it last, and by whom. */
static void
name_change (HtDecider *decider, int64_t number, GError *error)
{
    const HtDecision *since = ht_state_find_recent (decider->state, number);
    const HtPerson *by =
        since == NULL ? NULL : ht_state_peek (decider->state, HT_RECORD_PERSON, since->actor_id);
    g_autofree char *text = g_strdup_printf ("%" PRId64, number);

    ht_problem_add (error, "number", text);
    if (since != NULL)
        ht_problem_add (error, "command", ht_command_get_name (since->command));
    if (by != NULL)
        ht_problem_add (error, "by", by->name);
}

static gboolean
refuse_changed (HtDecider *decider, const HtEntry *entry, GError **error)
{
    const HtSession *now = entry->kind != HT_RECORD_SESSION
                               ? NULL
                               : ht_state_peek (decider->state, HT_RECORD_SESSION, entry->id);

    refuse ("changed-since", "what it changed has changed again since", error);
    if (now != NULL && error != NULL) {
        name_session (decider, now, *error);
        name_change (decider, now->changed_number, *error);
    }
    return FALSE;
}

/* A session that has begun, or had before the change that is undone, is not led back. */
static gboolean
check_not_begun (HtDecider *decider, const HtEntry *entry, GError **error)
{
    const HtSession *before = entry->before;

    if (before == NULL || (before->state <= HT_SESSION_OPEN && before->start_us > decider->now_us))
        return TRUE;
    refuse ("session-begun", "the session had begun, or the time it would go back to has passed",
            error);
    if (error != NULL)
        name_session (decider, entry->after, *error);
    return FALSE;
}

/* Rights may have changed since; who booked or approved takes back what followed from that. */
static gboolean
check_session (HtDecider *decider, HtCommand command, const HtEntry *entry, GError **error)
{
    HtTarget target = { entry->id, 0 };
    gboolean asks =
        command != HT_COMMAND_BOOK && command != HT_COMMAND_APPROVE && command != HT_COMMAND_REFUSE;

    return (!asks || ht_permit (decider, HT_COMMAND_EDIT, &target, error)) &&
           check_not_begun (decider, entry, error);
}

static gboolean
check (HtDecider *decider, const HtDecision *decision, GError **error)
{
    if (decision == NULL || decision->actor_id != decider->actor_id || !undoable[decision->command])
        return refuse ("cannot-undo", "that is none of your changes that can be undone", error);
    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i);

        if (ht_state_peek (decider->state, entry->kind, entry->id) != entry->after)
            return refuse_changed (decider, entry, error);
        if (entry->kind == HT_RECORD_SESSION &&
            !check_session (decider, decision->command, entry, error))
            return FALSE;
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

/* Everything is as it was, but for the reservations, which must be asked for, and the times that
 * go with them. */
static void
restore_session (HtDecider *decider, const HtSession *before)
{
    const HtFields *fields = ht_record_get_fields (HT_RECORD_SESSION);
    HtSession *session = ht_decider_edit (decider, HT_RECORD_SESSION, before->id);
    HtSpan span = { session->start_us, session->end_us };
    int64_t sequence = session->sequence + 1;
    g_autoptr (GArray) reservations = g_steal_pointer (&session->reservations);

    ht_fields_clear (fields, session);
    ht_fields_copy (fields, before, session);
    if (ht_session_machine_occupies (before->state)) {
        g_clear_pointer (&session->reservations, g_array_unref);
        session->reservations = g_steal_pointer (&reservations);
        session->start_us = span.start_us;
        session->end_us = span.end_us;
    }
    session->sequence = sequence;
    session->changed_us = decider->now_us;
    session->changed_number = decider->decision->number;
}

static void
copy_back (HtDecider *decider, const HtEntry *entry)
{
    const HtFields *fields = ht_record_get_fields (entry->kind);
    gpointer record = ht_decider_peek (decider, entry->kind, entry->id) != NULL
                          ? ht_decider_edit (decider, entry->kind, entry->id)
                          : ht_decider_make_with_id (decider, entry->kind, entry->id);

    ht_fields_clear (fields, record);
    ht_fields_copy (fields, entry->before, record);
}

/* A session's end moves the end of its recording's retention: it is set so that this leads to
 * where it was. */
static void
restore_job (HtDecider *decider, const HtDecision *decision, const HtEntry *entry)
{
    HtJob *job;

    copy_back (decider, entry);
    job = ht_decider_edit (decider, HT_RECORD_JOB, entry->id);
    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *of = &g_array_index (decision->entries, HtEntry, i);

        if (of->kind == HT_RECORD_SESSION && of->id == entry->id && of->before != NULL)
            job->keep_until_us +=
                ((const HtSession *) of->after)->end_us - ((const HtSession *) of->before)->end_us;
    }
}

static gboolean
restore (HtDecider *decider, const HtDecision *decision, const HtEntry *entry, GError **error)
{
    if (entry->kind == HT_RECORD_SESSION && entry->before == NULL)
        return call_off (decider, entry->id, error);
    if (entry->kind == HT_RECORD_SESSION)
        restore_session (decider, entry->before);
    else if (entry->kind == HT_RECORD_JOB && entry->before != NULL)
        restore_job (decider, decision, entry);
    else if (entry->before != NULL)
        copy_back (decider, entry);
    return TRUE;
}

/* A job that a later change gave to a session goes again; that of a session that was made stays
 * with it. A series without sessions does nothing. */
static void
remove_made_jobs (HtDecider *decider, const HtDecision *decision)
{
    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i);

        if (entry->kind == HT_RECORD_JOB && entry->before == NULL &&
            decision->command != HT_COMMAND_BOOK)
            ht_decider_remove (decider, HT_RECORD_JOB, entry->id);
    }
}

/* Those that lose it hear of it too. */
static void
tell_both (HtDecider *decider, const HtEntry *entry)
{
    ht_session_tell (decider, entry->before, HT_NOTICE_MOVED);
    ht_session_tell (decider, entry->after, HT_NOTICE_MOVED);
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
        if (before != NULL)
            tell_both (decider, entry);
        if (before == NULL || !ht_session_machine_occupies (before->state)) {
            g_ptr_array_add (given_back, entry->after); /* others may have had its place */
            continue;
        }
        g_ptr_array_add (sessions, ht_decider_edit (decider, HT_RECORD_SESSION, before->id));
        g_array_append_val (spans, ((HtSpan){ before->start_us, before->end_us }));
    }
    return sessions->len == 0 || ht_session_swap (decider, sessions, spans, given_back, error);
}

/* What is rehearsed may have been called off since, or moved to before its rehearsal. */
static gboolean
check_rehearsals (HtDecider *decider, const HtDecision *decision, GError **error)
{
    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i);
        const HtSession *before = entry->before;

        if (entry->kind == HT_RECORD_SESSION && before != NULL &&
            ht_session_machine_occupies (before->state) &&
            !ht_rehearsal_check (decider, before->id, before->end_us, error))
            return FALSE;
    }
    return TRUE;
}

/* Those that it had made are among what is changed. */
static void
name_made (HtDecision *decision, const HtDecision *undone)
{
    if (decision->preview == NULL)
        decision->preview = ht_preview_new ();
    for (unsigned i = 0; i < undone->entries->len; i++) {
        const HtEntry *entry = &g_array_index (undone->entries, HtEntry, i);
        const HtSession *session = entry->after;

        if (entry->kind == HT_RECORD_SESSION && entry->before == NULL)
            ht_preview_add_session (decision->preview, session->id, session->start_us,
                                    session->end_us);
    }
}

gboolean
ht_decide_undo (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtTarget *target = arguments;
    const HtDecision *decision =
        target->id == HT_ID_NONE ? ht_state_find_last (decider->state, decider->actor_id, undoable)
                                 : ht_state_find_recent (decider->state, target->id);

    if (!check (decider, decision, error))
        return FALSE;
    for (unsigned i = 0; i < decision->entries->len; i++)
        if (!restore (decider, decision, &g_array_index (decision->entries, HtEntry, i), error))
            return FALSE;
    remove_made_jobs (decider, decision);
    decider->decision->result_id = decision->number;
    if (!put_back_sessions (decider, decision, error) ||
        !check_rehearsals (decider, decision, error))
        return FALSE;
    name_made (decider->decision, decision);
    return TRUE;
}
