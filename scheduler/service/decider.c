/* SPDX-License-Identifier: MIT */

#include "scheduler/service/decider.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"

#define KIND_BITS 4 /* HT_N_RECORDS is below 16 */

void
ht_decider_init (HtDecider *self, HtState *state, HtDecision *decision)
{
    *self = (HtDecider){ .state = state,
                         .actor_id = decision->actor_id,
                         .actor = ht_state_peek (state, HT_RECORD_PERSON, decision->actor_id),
                         .now_us = decision->at_us,
                         .decision = decision };
    self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    for (unsigned i = 0; i < HT_N_RECORDS; i++)
        self->next_ids[i] = ht_state_get_next_id (state, i);
}

void
ht_decider_clear (HtDecider *self)
{
    g_clear_pointer (&self->places, g_hash_table_unref);
}

static HtEntry *
find_entry (HtDecider *self, HtRecordKind kind, int64_t id)
{
    int64_t place = (id << KIND_BITS) | kind;
    gpointer found = NULL;

    if (!g_hash_table_lookup_extended (self->places, &place, NULL, &found))
        return NULL;
    return &g_array_index (self->decision->entries, HtEntry, GPOINTER_TO_UINT (found));
}

static HtEntry *
add_entry (HtDecider *self, HtRecordKind kind, int64_t id)
{
    int64_t place = (id << KIND_BITS) | kind;
    unsigned n_entries = self->decision->entries->len;

    g_array_set_size (self->decision->entries, n_entries + 1);
    g_hash_table_insert (self->places, g_memdup2 (&place, sizeof place),
                         GUINT_TO_POINTER (n_entries));
    return find_entry (self, kind, id);
}

gconstpointer
ht_decider_peek (HtDecider *self, HtRecordKind kind, int64_t id)
{
    const HtEntry *entry = find_entry (self, kind, id);

    return entry != NULL ? entry->after : ht_state_peek (self->state, kind, id);
}

static HtEntry *
get_entry (HtDecider *self, HtRecordKind kind, int64_t id)
{
    HtEntry *entry = find_entry (self, kind, id);
    gconstpointer before = ht_state_peek (self->state, kind, id);

    if (entry != NULL)
        return entry;
    entry = add_entry (self, kind, id);
    *entry = (HtEntry){ kind, id, before == NULL ? NULL : ht_record_ref (before),
                        before == NULL ? NULL : ht_record_copy (kind, before) };
    return entry;
}

gpointer
ht_decider_edit (HtDecider *self, HtRecordKind kind, int64_t id)
{
    return get_entry (self, kind, id)->after;
}

gpointer
ht_decider_make_with_id (HtDecider *self, HtRecordKind kind, int64_t id)
{
    HtEntry *entry = get_entry (self, kind, id);

    g_assert (entry->after == NULL);
    entry->after = ht_record_new (kind);
    *(int64_t *) entry->after = id;
    return entry->after;
}

gpointer
ht_decider_make (HtDecider *self, HtRecordKind kind)
{
    return ht_decider_make_with_id (self, kind, self->next_ids[kind]++);
}

void
ht_decider_remove (HtDecider *self, HtRecordKind kind, int64_t id)
{
    HtEntry *entry = get_entry (self, kind, id);

    ht_record_unref (kind, g_steal_pointer (&entry->after));
}

void
ht_decider_tell (HtDecider *self, HtNoticeKind kind, int64_t session_id, int64_t person_id)
{
    GArray *notices = self->decision->notices;
    HtNotice notice = { .id = ht_state_get_next_notice_id (self->state) + notices->len,
                        .number = self->decision->number,
                        .kind = kind,
                        .session_id = session_id,
                        .person_id = person_id,
                        .due_us = self->now_us };

    for (unsigned i = 0; i < notices->len; i++)
        if (g_array_index (notices, HtNotice, i).person_id == person_id)
            return; /* one notice for each person a change */
    g_array_append_val (notices, notice);
}

gconstpointer
ht_decider_find (HtDecider *self, HtRecordKind kind, int64_t id, const char *field, GError **error)
{
    gconstpointer record = ht_decider_peek (self, kind, id);

    if (record == NULL)
        ht_problem_set (error, HT_ERROR_NOT_FOUND, "not-found", field,
                        "there is no %s %" G_GINT64_FORMAT, ht_record_kind_names[kind], id);
    return record;
}

gboolean
ht_decider_step_session (HtDecider *self, HtSession *session, HtSessionEvent event,
                         int *ret_effects, GError **error)
{
    const HtSession *before = ht_state_peek (self->state, HT_RECORD_SESSION, session->id);
    HtSessionStep step;

    if (!ht_session_machine_step (session->state, event, &step, error))
        return FALSE;
    if (event == HT_SESSION_CANCEL && !ht_session_machine_is_published (session->state))
        session->withdrawn_us = self->now_us; /* feeds never showed it */
    session->state = step.next;
    session->changed_us = self->now_us;
    session->changed_number = self->decision->number;
    /* once a change, and only where somebody has seen the one before */
    if ((step.effects & HT_SESSION_PUBLISH) != 0 && before != NULL &&
        ht_session_machine_is_published (before->state))
        session->sequence = before->sequence + 1;
    if (ret_effects != NULL)
        *ret_effects = step.effects;
    return TRUE;
}

gboolean
ht_decider_check_number (const HtSession *session, int64_t if_number, GError **error)
{
    if (if_number == 0 || session->changed_number == if_number)
        return TRUE;
    ht_problem_set (error, HT_ERROR_STALE, "changed-meanwhile", NULL,
                    "the session was changed meanwhile: read it again");
    return FALSE;
}

int64_t
ht_decider_get_day (const HtDecider *self)
{
    return self->now_us / G_USEC_PER_SEC / 86400;
}
