/* SPDX-License-Identifier: MIT */

#include "scheduler/service/state.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/service/state-private.h"

static void
forget_common (HtState *self)
{
    for (unsigned i = 0; i < HT_RESOURCE_N_KINDS; i++)
        self->common[i] = -1;
}

HtState *
ht_state_new (void)
{
    HtState *self = g_new0 (HtState, 1);

    for (unsigned i = 0; i < HT_N_RECORDS; i++) {
        self->records[i] = g_ptr_array_new ();
        g_ptr_array_set_size (self->records[i], 1);
    }
    self->timelines = g_ptr_array_new ();
    self->closures = g_ptr_array_new ();
    self->series = g_ptr_array_new ();
    self->days =
        g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
    self->logins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    self->zones =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) ht_zone_unref);
    self->live = g_hash_table_new (g_int64_hash, g_int64_equal);
    self->next_notice_id = 1;
    forget_common (self);
    return self;
}

void
ht_state_free (HtState *self)
{
    for (unsigned kind = 0; kind < HT_N_RECORDS; kind++) {
        for (unsigned i = 0; i < self->records[kind]->len; i++)
            ht_record_unref (kind, g_ptr_array_index (self->records[kind], i));
        g_ptr_array_unref (self->records[kind]);
    }
    for (unsigned i = 0; i < self->timelines->len; i++)
        g_clear_pointer ((HtTimeline **) &self->timelines->pdata[i], ht_timeline_free);
    for (unsigned i = 0; i < self->series->len; i++)
        g_clear_pointer ((GArray **) &self->series->pdata[i], g_array_unref);
    for (unsigned i = 0; i < self->closures->len; i++)
        g_clear_pointer ((HtClosure **) &self->closures->pdata[i], ht_closure_free);
    g_ptr_array_unref (self->closures);
    g_ptr_array_unref (self->timelines);
    g_ptr_array_unref (self->series);
    g_hash_table_unref (self->days);
    g_hash_table_unref (self->logins);
    g_hash_table_unref (self->tokens);
    g_hash_table_unref (self->live);
    g_hash_table_unref (self->zones);
    g_queue_clear_full (&self->recent, (GDestroyNotify) ht_decision_free);
    g_free (self);
}

int64_t
ht_state_get_number (const HtState *self)
{
    return self->number;
}

const uint8_t *
ht_state_get_hash (const HtState *self)
{
    return self->hash;
}

void
ht_state_set_head (HtState *self, int64_t number, const uint8_t *hash)
{
    self->number = number;
    memcpy (self->hash, hash, sizeof self->hash);
}

static gpointer
peek_slot (const GPtrArray *array, int64_t i)
{
    return i >= 0 && i < (int64_t) array->len ? g_ptr_array_index (array, i) : NULL;
}

gpointer *
ht_state_get_slot (GPtrArray *array, int64_t i)
{
    if (i >= (int64_t) array->len)
        g_ptr_array_set_size (array, (int) i + 1);
    return &array->pdata[i];
}

gconstpointer
ht_state_peek (const HtState *self, HtRecordKind kind, int64_t id)
{
    return peek_slot (self->records[kind], id);
}

int64_t
ht_state_get_next_id (const HtState *self, HtRecordKind kind)
{
    return self->records[kind]->len;
}

int64_t
ht_state_get_next_notice_id (const HtState *self)
{
    return self->next_notice_id;
}

HtTimeline *
ht_state_get_timeline (HtState *self, int64_t resource_id)
{
    gpointer *timeline = ht_state_get_slot (self->timelines, resource_id);

    if (*timeline == NULL)
        *timeline = ht_timeline_new ();
    return *timeline;
}

int64_t
ht_state_find_common (HtState *self, HtResourceKind kind)
{
    const GPtrArray *resources = self->records[HT_RECORD_RESOURCE];

    if (self->common[kind] >= 0)
        return self->common[kind];
    self->common[kind] = HT_ID_NONE;
    for (unsigned i = 1; i < resources->len && self->common[kind] == HT_ID_NONE; i++) {
        const HtResource *resource = g_ptr_array_index (resources, i);

        /* a disk of a unit is a quota on the common one */
        if (resource != NULL && resource->kind == (int) kind && !resource->retired &&
            (kind != HT_RESOURCE_DISK || resource->unit_id == HT_ID_NONE))
            self->common[kind] = resource->id;
    }
    return self->common[kind];
}

const HtZone *
ht_state_get_zone (HtState *self, const char *name, const char *field, GError **error)
{
    HtZone *zone = g_hash_table_lookup (self->zones, name);

    if (zone != NULL)
        return zone;
    zone = ht_zone_new (name, field, error);
    if (zone != NULL)
        g_hash_table_insert (self->zones, g_strdup (name), zone);
    return zone;
}

const GArray *
ht_state_peek_series (const HtState *self, int64_t series_id)
{
    return peek_slot (self->series, series_id);
}

const GArray *
ht_state_peek_day (const HtState *self, int64_t day)
{
    return g_hash_table_lookup (self->days, &day);
}

int64_t
ht_state_find_login (const HtState *self, const char *login)
{
    return GPOINTER_TO_SIZE (g_hash_table_lookup (self->logins, login));
}

int64_t
ht_state_find_token (const HtState *self, const char *token_hash)
{
    return GPOINTER_TO_SIZE (g_hash_table_lookup (self->tokens, token_hash));
}

void
ht_state_foreach_live (const HtState *self, HtStateEach each, gpointer user_data)
{
    GHashTableIter iter;
    gpointer session;

    g_hash_table_iter_init (&iter, self->live);
    while (g_hash_table_iter_next (&iter, &session, NULL))
        each (ht_record_get_id (session), user_data);
}

gboolean
ht_state_is_below (const HtState *self, int64_t unit_id, int64_t ancestor_id, int64_t day)
{
    if (ancestor_id == HT_ID_NONE)
        return TRUE;
    for (unsigned depth = 0; depth < 16 && unit_id != HT_ID_NONE; depth++) {
        const HtUnit *unit = ht_state_peek (self, HT_RECORD_UNIT, unit_id);
        const HtUnitTerm *term = unit == NULL ? NULL : ht_unit_get_term (unit, day);

        if (unit_id == ancestor_id)
            return TRUE;
        unit_id = term == NULL ? HT_ID_NONE : term->parent_id;
    }
    return FALSE;
}

/* The indexes. */

static void
add_to (GArray **ids, int64_t id)
{
    if (*ids == NULL)
        *ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
    g_array_append_val (*ids, id);
}

/* From the end: what is taken back is what came last. */
static void
remove_from (GArray *ids, int64_t id)
{
    for (unsigned i = ids->len; i > 0; i--)
        if (g_array_index (ids, int64_t, i - 1) == id) {
            g_array_remove_index_fast (ids, i - 1);
            return;
        }
}

static GArray *
get_day (HtState *self, int64_t day)
{
    GArray *ids = g_hash_table_lookup (self->days, &day);

    if (ids == NULL) {
        ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
        g_hash_table_insert (self->days, g_memdup2 (&day, sizeof day), ids);
    }
    return ids;
}

static void
index_days (HtState *self, const HtSession *session, gboolean add)
{
    int64_t last = (session->end_us - 1) / HT_DAY_US;

    for (int64_t day = session->start_us / HT_DAY_US; day <= last; day++)
        if (add)
            g_array_append_val (get_day (self, day), session->id);
        else
            remove_from (get_day (self, day), session->id);
}

static HtHolding
make_holding (const HtSession *session, const HtReservation *reservation)
{
    return (HtHolding){ session->id,
                        { reservation->start_us, reservation->end_us },
                        reservation->amount };
}

/* What cannot be added or removed would be a fault of ours: the decider checked it. */
static void
index_reservations (HtState *self, const HtSession *session, gboolean add)
{
    if (session->reservations == NULL || !ht_session_machine_occupies (session->state))
        return;
    for (unsigned i = 0; i < session->reservations->len; i++) {
        const HtReservation *reservation = &g_array_index (session->reservations, HtReservation, i);
        HtTimeline *timeline = ht_state_get_timeline (self, reservation->resource_id);
        HtHolding holding = make_holding (session, reservation);

        if (!(add ? ht_timeline_add : ht_timeline_remove) (timeline, &holding, NULL))
            g_assert_not_reached ();
    }
}

/* Without what a bulk load does better. */
static void
index_session (HtState *self, const HtSession *session, gboolean add)
{
    GArray **ids = (GArray **) ht_state_get_slot (self->series, session->series_id);

    if (add)
        add_to (ids, session->id);
    else
        remove_from (*ids, session->id);
    index_days (self, session, add);
}

static void
index_live (HtState *self, const HtSession *session, gboolean add)
{
    gboolean is_live = !ht_session_machine_is_final (session->state);

    if (add && is_live)
        g_hash_table_add (self->live, (gpointer) session);
    else if (!add)
        g_hash_table_remove (self->live, session);
}

static void
index_login (HtState *self, const HtPerson *person, gboolean add)
{
    if (person->login == NULL)
        return;
    if (add)
        g_hash_table_insert (self->logins, g_strdup (person->login), GSIZE_TO_POINTER (person->id));
    else
        g_hash_table_remove (self->logins, person->login);
}

static void
index_token (HtState *self, const HtApiToken *token, gboolean add)
{
    if (token->token_hash == NULL)
        return;
    if (add)
        g_hash_table_insert (self->tokens, g_strdup (token->token_hash),
                             GSIZE_TO_POINTER (token->id));
    else
        g_hash_table_remove (self->tokens, token->token_hash);
}

static void
index_record (HtState *self, HtRecordKind kind, gconstpointer record, gboolean add)
{
    if (record == NULL)
        return;
    if (kind == HT_RECORD_CLOSURE)
        g_clear_pointer (
            (HtClosure **) ht_state_get_slot (self->closures, ht_record_get_id (record)),
            ht_closure_free);
    if (kind == HT_RECORD_RESOURCE)
        forget_common (self);
    if (kind == HT_RECORD_PERSON)
        index_login (self, record, add);
    if (kind == HT_RECORD_API_TOKEN)
        index_token (self, record, add);
    if (kind != HT_RECORD_SESSION)
        return;
    index_session (self, record, add);
    index_live (self, record, add);
    index_reservations (self, record, add);
}

static void
replace (HtState *self, const HtEntry *entry, gpointer from, gpointer to)
{
    gpointer *slot = ht_state_get_slot (self->records[entry->kind], entry->id);

    g_assert (*slot == from);
    index_record (self, entry->kind, from, FALSE);
    *slot = to == NULL ? NULL : ht_record_ref (to);
    index_record (self, entry->kind, to, TRUE);
    ht_record_unref (entry->kind, from);
}

void
ht_state_apply (HtState *self, const HtDecision *decision)
{
    for (unsigned i = 0; i < decision->entries->len; i++) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i);

        replace (self, entry, entry->before, entry->after);
    }
    self->next_notice_id += decision->notices->len;
}

void
ht_state_revert (HtState *self, const HtDecision *decision)
{
    for (unsigned i = decision->entries->len; i > 0; i--) {
        const HtEntry *entry = &g_array_index (decision->entries, HtEntry, i - 1);

        replace (self, entry, entry->after, entry->before);
        if (entry->before == NULL && entry->id + 1 == self->records[entry->kind]->len)
            g_ptr_array_set_size (self->records[entry->kind], (int) entry->id);
    }
    self->next_notice_id -= decision->notices->len;
}

void
ht_state_take_loaded (HtState *self, HtRecordKind kind, gpointer record)
{
    *ht_state_get_slot (self->records[kind], ht_record_get_id (record)) = record;
}

void
ht_state_index_loaded (HtState *self)
{
    for (unsigned i = 0; i < self->records[HT_RECORD_PERSON]->len; i++)
        index_record (self, HT_RECORD_PERSON, peek_slot (self->records[HT_RECORD_PERSON], i), TRUE);
    for (unsigned i = 0; i < self->records[HT_RECORD_SESSION]->len; i++) {
        const HtSession *session = peek_slot (self->records[HT_RECORD_SESSION], i);

        if (session == NULL)
            continue;
        index_session (self, session, TRUE);
        index_live (self, session, TRUE);
    }
}

void
ht_state_take_timeline (HtState *self, int64_t resource_id, HtTimeline *timeline)
{
    *ht_state_get_slot (self->timelines, resource_id) = timeline;
}
