/* SPDX-License-Identifier: MIT */

#include "scheduler/service/reads.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/base/text.h"
#include "scheduler/service/permit.h"
#include "scheduler/service/service-private.h"

#define DAY_US (INT64_C (86400) * G_USEC_PER_SEC)

/* Set-up and tear-down reach no further out of a session. */
#define MARGIN_US DAY_US

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

gconstpointer
ht_reads_peek (HtService *service, HtRecordKind kind, int64_t id)
{
    return ht_service_peek (service, kind, id);
}

#define UNREF(noun, kind)                                                                          \
    static void unref_##noun (gpointer record)                                                     \
    {                                                                                              \
        ht_record_unref (kind, record);                                                            \
    }

UNREF (unit, HT_RECORD_UNIT)
UNREF (resource, HT_RECORD_RESOURCE)
UNREF (closure, HT_RECORD_CLOSURE)
UNREF (site, HT_RECORD_SITE)
UNREF (source, HT_RECORD_SOURCE)
UNREF (profile, HT_RECORD_PROFILE)
UNREF (person, HT_RECORD_PERSON)
UNREF (subscription, HT_RECORD_SUBSCRIPTION)
UNREF (api_token, HT_RECORD_API_TOKEN)
UNREF (series, HT_RECORD_SERIES)
UNREF (session, HT_RECORD_SESSION)
UNREF (job, HT_RECORD_JOB)
UNREF (operation, HT_RECORD_OPERATION)
UNREF (quota, HT_RECORD_QUOTA)

static const GDestroyNotify unrefs[HT_N_RECORDS] = {
    [HT_RECORD_UNIT] = unref_unit,
    [HT_RECORD_RESOURCE] = unref_resource,
    [HT_RECORD_CLOSURE] = unref_closure,
    [HT_RECORD_SITE] = unref_site,
    [HT_RECORD_SOURCE] = unref_source,
    [HT_RECORD_PROFILE] = unref_profile,
    [HT_RECORD_PERSON] = unref_person,
    [HT_RECORD_SUBSCRIPTION] = unref_subscription,
    [HT_RECORD_SERIES] = unref_series,
    [HT_RECORD_SESSION] = unref_session,
    [HT_RECORD_JOB] = unref_job,
    [HT_RECORD_OPERATION] = unref_operation,
    [HT_RECORD_API_TOKEN] = unref_api_token,
    [HT_RECORD_QUOTA] = unref_quota,
};

GPtrArray *
ht_reads_list (HtService *service, HtRecordKind kind)
{
    GPtrArray *records = g_ptr_array_new_with_free_func (unrefs[kind]);
    int64_t n_ids = ht_state_get_next_id (service->state, kind);

    for (int64_t id = 1; id < n_ids; id++) {
        gconstpointer record = ht_service_peek (service, kind, id);

        if (record != NULL)
            g_ptr_array_add (records, ht_record_ref (record));
    }
    return records;
}

const HtPerson *
ht_reads_find_login (HtService *service, const char *login)
{
    g_autofree char *folded = ht_text_fold (login);
    const HtPerson *person =
        ht_service_peek (service, HT_RECORD_PERSON, ht_state_find_login (service->state, folded));

    return person != NULL && g_strcmp0 (person->login, folded) == 0 ? person : NULL;
}

const HtApiToken *
ht_reads_find_token (HtService *service, const char *token_hash)
{
    const HtApiToken *token = ht_service_peek (service, HT_RECORD_API_TOKEN,
                                               ht_state_find_token (service->state, token_hash));
    const HtPerson *person =
        token == NULL ? NULL : ht_service_peek (service, HT_RECORD_PERSON, token->person_id);

    if (person == NULL || person->closed || token->ended ||
        (token->expires_us != 0 && token->expires_us <= ht_clock_read_us (service->clock)))
        return NULL;
    return token;
}

gboolean
ht_reads_is_empty (HtService *service)
{
    return ht_state_get_next_id (service->state, HT_RECORD_PERSON) == 1;
}

static int64_t
get_day (HtService *service)
{
    return ht_clock_read_us (service->clock) / DAY_US;
}

gboolean
ht_reads_sees (HtService *service, int64_t actor_id, const HtSession *session)
{
    if (actor_id == HT_ACTOR_CLOCK)
        return TRUE;
    return ht_permit_sees (service->state, ht_service_peek (service, HT_RECORD_PERSON, actor_id),
                           session, ht_service_peek (service, HT_RECORD_SERIES, session->series_id),
                           get_day (service));
}

const HtSession *
ht_reads_get_session (HtService *service, int64_t actor_id, int64_t id, GError **error)
{
    const HtSession *session = ht_service_peek (service, HT_RECORD_SESSION, id);

    if (session != NULL && ht_reads_sees (service, actor_id, session))
        return session;
    ht_problem_set (error, HT_ERROR_NOT_FOUND, "not-found", "id",
                    "there is no session %" G_GINT64_FORMAT, id);
    return NULL;
}

/* Whom an agenda is about. */

static gboolean
has_member (const HtSession *session, int64_t id, gboolean is_site)
{
    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);
        gboolean kind_fits =
            is_site ? member->kind <= HT_MEMBER_SITE : member->kind == HT_MEMBER_TRAINER;

        if (kind_fits && member->ref_id == id)
            return TRUE;
    }
    return FALSE;
}

static gboolean
concerns_unit (HtService *service, const HtSession *session, const HtSeries *series,
               int64_t unit_id)
{
    int64_t day = get_day (service);

    if (ht_state_is_below (service->state, series->unit_id, unit_id, day))
        return TRUE;
    for (unsigned i = 0;
         series->audience == HT_AUDIENCE_UNITS && i < N_ITEMS (series->audience_ids); i++)
        if (ht_state_is_below (service->state, g_array_index (series->audience_ids, int64_t, i),
                               unit_id, day))
            return TRUE;
    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);
        const HtSite *site = member->kind > HT_MEMBER_SITE
                                 ? NULL
                                 : ht_service_peek (service, HT_RECORD_SITE, member->ref_id);

        if (site != NULL && ht_state_is_below (service->state, site->unit_id, unit_id, day))
            return TRUE;
    }
    return FALSE;
}

static gboolean
concerns_person (const HtSession *session, const HtSeries *series, int64_t person_id)
{
    if (series->organiser_id == person_id || has_member (session, person_id, FALSE))
        return TRUE;
    for (unsigned i = 0;
         series->audience == HT_AUDIENCE_PERSONS && i < N_ITEMS (series->audience_ids); i++)
        if (g_array_index (series->audience_ids, int64_t, i) == person_id)
            return TRUE;
    return FALSE;
}

static gboolean
concerns (HtService *service, const HtSession *session, HtAgendaScope scope, int64_t id)
{
    const HtSeries *series = ht_service_peek (service, HT_RECORD_SERIES, session->series_id);

    switch (scope) {
    case HT_AGENDA_ALL:
        return TRUE;
    case HT_AGENDA_UNIT:
        return concerns_unit (service, session, series, id);
    case HT_AGENDA_MINE:
        return concerns_person (session, series, id);
    case HT_AGENDA_SITE:
        return has_member (session, id, TRUE);
    case HT_AGENDA_SERIES:
        return session->series_id == id;
    }
    return FALSE;
}

/* Sessions of a span: the index is of the state as it will be, so what is pending is looked at
 * besides, each as it was committed. */
typedef struct {
    HtService *service;
    int64_t actor_id;
    HtAgendaScope scope;
    int64_t id;
    int64_t from_us, to_us;
    GHashTable *seen;
    GPtrArray *found;
} Query;

static void
consider (int64_t session_id, gpointer user_data)
{
    Query *query = user_data;
    const HtSession *session = ht_service_peek (query->service, HT_RECORD_SESSION, session_id);

    if (session == NULL || session->start_us >= query->to_us || session->end_us <= query->from_us ||
        !g_hash_table_add (query->seen, GSIZE_TO_POINTER (session_id)))
        return;
    if (ht_reads_sees (query->service, query->actor_id, session) &&
        concerns (query->service, session, query->scope, query->id))
        g_ptr_array_add (query->found, ht_record_ref (session));
}

static void
consider_all (Query *query, const GArray *ids)
{
    for (unsigned i = 0; i < N_ITEMS (ids); i++)
        consider (g_array_index (ids, int64_t, i), query);
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
    const HtSession *one = *(const HtSession *const *) a;
    const HtSession *other = *(const HtSession *const *) b;

    if (one->start_us != other->start_us)
        return one->start_us < other->start_us ? -1 : 1;
    return (one->id > other->id) - (one->id < other->id);
}

GPtrArray *
ht_reads_sessions (HtService *service, int64_t actor_id, HtAgendaScope scope, int64_t id,
                   int64_t from_us, int64_t to_us)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
    Query query = { service, actor_id, scope, id,
                    from_us, to_us,    seen,  g_ptr_array_new_with_free_func (unref_session) };

    if (scope == HT_AGENDA_SERIES)
        consider_all (&query, ht_state_peek_series (service->state, id));
    else
        for (int64_t day = from_us / DAY_US; day <= (to_us - 1) / DAY_US; day++)
            consider_all (&query, ht_state_peek_day (service->state, day));
    ht_service_foreach_pending (service, HT_RECORD_SESSION, consider, &query);
    g_ptr_array_sort (query.found, compare_starts);
    return query.found;
}

GPtrArray *
ht_reads_series_sessions (HtService *service, int64_t actor_id, int64_t series_id)
{
    return ht_reads_sessions (service, actor_id, HT_AGENDA_SERIES, series_id, 0, INT64_MAX);
}

void
ht_reads_busy (HtService *service, int64_t actor_id, int64_t resource_id, int64_t from_us,
               int64_t to_us, HtBusyFunc each, gpointer user_data)
{
    g_autoptr (GPtrArray) sessions = ht_reads_sessions (
        service, HT_ACTOR_CLOCK, HT_AGENDA_ALL, HT_ID_NONE, from_us - MARGIN_US, to_us + MARGIN_US);

    for (unsigned i = 0; i < sessions->len; i++) {
        const HtSession *session = g_ptr_array_index (sessions, i);

        if (!ht_session_machine_occupies (session->state))
            continue;
        for (unsigned j = 0; j < N_ITEMS (session->reservations); j++) {
            const HtReservation *one = &g_array_index (session->reservations, HtReservation, j);

            if (one->resource_id == resource_id && one->start_us < to_us && one->end_us > from_us)
                each (one, ht_reads_sees (service, actor_id, session) ? session : NULL, user_data);
        }
    }
}

gboolean
ht_reads_may (HtService *service, int64_t actor_id, HtCommand command, const HtSession *session)
{
    return ht_permit_offer (service->state, ht_service_peek (service, HT_RECORD_PERSON, actor_id),
                            command, session, get_day (service));
}

gboolean
ht_reads_is_admin (HtService *service, int64_t actor_id)
{
    return ht_reads_may (service, actor_id, HT_COMMAND_PUT_PERSON, NULL);
}

gboolean
ht_reads_media (HtService *service, int64_t session_id, HtMediaEvent *ret_status)
{
    return service->media != NULL && ht_media_peek (service->media, session_id, ret_status);
}
