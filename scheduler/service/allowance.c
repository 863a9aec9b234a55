/* SPDX-License-Identifier: MIT */

#include "scheduler/service/allowance.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/policy.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/permit.h"

#define DAY_US         (INT64_C (86400) * G_USEC_PER_SEC)
#define HOUR_US        (INT64_C (3600) * G_USEC_PER_SEC)
#define WEEK_DAYS      7
#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

/* Whether it counts: what is held, booked, running or over. */
static gboolean
counts (const HtSession *session)
{
    return session != NULL && session->state != HT_SESSION_DRAFT &&
           session->state != HT_SESSION_CANCELLED;
}

static const HtSeries *
get_series (HtDecider *decider, const HtSession *session, gboolean before)
{
    return session == NULL ? NULL
           : before        ? ht_state_peek (decider->state, HT_RECORD_SERIES, session->series_id)
                           : ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
}

/* Whom a quota concerns. */

/* What holds for one organiser takes the place of what holds for each. */
static gboolean
has_own (HtDecider *decider, const HtQuota *each, int64_t organiser_id)
{
    int64_t n_quotas = decider->next_ids[HT_RECORD_QUOTA];

    for (int64_t id = 1; id < n_quotas; id++) {
        const HtQuota *own = ht_decider_peek (decider, HT_RECORD_QUOTA, id);

        if (own != NULL && own->kind == each->kind && own->person_id == organiser_id &&
            ht_quota_is_in_force (own, ht_decider_get_day (decider)))
            return TRUE;
    }
    return FALSE;
}

gboolean
ht_allowance_applies (HtDecider *decider, const HtQuota *quota, const HtSeries *series)
{
    if (series == NULL)
        return FALSE;
    if (quota->person_id != HT_ID_NONE)
        return quota->person_id == series->organiser_id;
    if (quota->each &&
        (series->organiser_id == HT_ID_NONE || has_own (decider, quota, series->organiser_id)))
        return FALSE;
    return ht_state_is_below (decider->state, series->unit_id, quota->unit_id,
                              ht_decider_get_day (decider));
}

/* How much is used. */

static HtSpan
make_week (const HtZone *zone, int64_t day)
{
    int64_t monday = day - ht_civil_get_weekday (day), from_s, until_s;

    ht_zone_find_local (zone, monday * HT_CIVIL_DAY_S, &from_s, NULL);
    ht_zone_find_local (zone, (monday + WEEK_DAYS) * HT_CIVIL_DAY_S, &until_s, NULL);
    return (HtSpan){ from_s * G_USEC_PER_SEC, until_s * G_USEC_PER_SEC };
}

HtSpan
ht_allowance_get_week (HtState *state, int64_t at_us)
{
    const HtZone *zone = ht_state_get_zone (state, HT_BOOKING_ZONE, NULL, NULL);
    HtCivil civil;

    if (zone == NULL)
        return (HtSpan){ at_us, at_us + WEEK_DAYS * DAY_US };
    civil = ht_zone_to_civil (zone, at_us);
    return make_week (zone, ht_civil_days_from_date (civil.year, civil.month, civil.day));
}

typedef struct {
    HtDecider *decider;
    const HtQuota *quota;
    int64_t organiser_id;
    HtSpan window;
    gboolean before;  /* as the state is, without the decision */
    GHashTable *seen; /* sessions */
    GArray *uses;     /* (element-type HtSpan) */
} Count;

static void
consider (Count *count, int64_t id)
{
    const HtSession *session = count->before
                                   ? ht_state_peek (count->decider->state, HT_RECORD_SESSION, id)
                                   : ht_decider_peek (count->decider, HT_RECORD_SESSION, id);
    const HtSeries *series = get_series (count->decider, session, count->before);
    HtSpan span;

    if (!counts (session) || !g_hash_table_add (count->seen, GSIZE_TO_POINTER (id)))
        return;
    span = (HtSpan){ session->start_us, session->end_us };
    if (!ht_span_overlaps (span, count->window) || series == NULL ||
        ((count->quota->each || count->quota->person_id != HT_ID_NONE) &&
         series->organiser_id != count->organiser_id) ||
        !ht_allowance_applies (count->decider, count->quota, series))
        return;
    g_array_append_val (count->uses, span);
}

int64_t
ht_allowance_measure (HtDecider *decider, const HtQuota *quota, int64_t organiser_id, HtSpan window,
                      gboolean before)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
    g_autoptr (GArray) uses = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    Count count = { decider, quota, organiser_id, window, before, seen, uses };
    const GArray *entries = decider->decision->entries;

    for (unsigned i = 0; !before && i < entries->len; i++)
        if (g_array_index (entries, HtEntry, i).kind == HT_RECORD_SESSION)
            consider (&count, g_array_index (entries, HtEntry, i).id);
    for (int64_t day = window.start_us / DAY_US; day <= (window.end_us - 1) / DAY_US; day++) {
        const GArray *ids = ht_state_peek_day (decider->state, day);

        for (unsigned i = 0; i < N_ITEMS (ids); i++)
            consider (&count, g_array_index (ids, int64_t, i));
    }
    return ht_quota_measure (quota->kind, (const HtSpan *) (gpointer) uses->data, uses->len,
                             window);
}

/* Passing them. */

void
ht_allowance_use_override (HtDecider *decider, const char *reason, int64_t unit_id)
{
    if (reason == NULL || reason[0] == '\0')
        return;
    decider->override = reason;
    decider->ignores_closures =
        decider->actor != NULL &&
        ht_permit_may (decider->state, decider->actor, HT_ACTION_OVERRIDE_CLOSURE, unit_id,
                       ht_decider_get_day (decider));
}

void
ht_allowance_use_override_for (HtDecider *decider, const char *reason, const HtSession *session)
{
    const HtSeries *series = get_series (decider, session, FALSE);

    ht_allowance_use_override (decider, reason, series == NULL ? HT_ID_NONE : series->unit_id);
}

/* Whoever may set the quota's unit aside: a right over it, not over the booking alone. */
static gboolean
may_pass (HtDecider *decider, const HtQuota *quota, HtAction action)
{
    const HtPerson *person = ht_decider_peek (decider, HT_RECORD_PERSON, quota->person_id);

    return decider->override != NULL && decider->actor != NULL &&
           ht_permit_may (decider->state, decider->actor, action,
                          person != NULL ? person->unit_id : quota->unit_id,
                          ht_decider_get_day (decider));
}

static gboolean
pass (HtDecider *decider, const HtQuota *quota, HtAction action, HtOverrode bit)
{
    if (!may_pass (decider, quota, action))
        return FALSE;
    decider->decision->overrode |= bit;
    return TRUE;
}

static gboolean
refuse (const HtQuota *quota, const char *id, int64_t used, GError **error)
{
    g_autofree char *quota_id = g_strdup_printf ("%" G_GINT64_FORMAT, quota->id);
    g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT, quota->amount);
    g_autofree char *would_be = g_strdup_printf ("%" G_GINT64_FORMAT, used);

    ht_problem_set (error, HT_ERROR_CONFLICT, id, NULL,
                    "%s is limited to %" G_GINT64_FORMAT
                    ", and this would make it %" G_GINT64_FORMAT,
                    ht_quota_kind_names[quota->kind], quota->amount, used);
    if (error != NULL) {
        ht_problem_add (*error, "quota", quota_id);
        ht_problem_add (*error, "kind", ht_quota_kind_names[quota->kind]);
        ht_problem_add (*error, "limit", amount);
        ht_problem_add (*error, "wanted", would_be);
    }
    return FALSE;
}

/* One quota and one session. */

static gboolean
check_window (HtDecider *decider, const HtQuota *quota, const HtSeries *series, HtSpan window,
              GError **error)
{
    int64_t used = ht_allowance_measure (decider, quota, series->organiser_id, window, FALSE);

    if (used <= quota->amount ||
        used <= ht_allowance_measure (decider, quota, series->organiser_id, window, TRUE) ||
        pass (decider, quota, HT_ACTION_OVERRIDE_QUOTA, HT_OVERRODE_QUOTA))
        return TRUE;
    return refuse (quota, "quota", used, error);
}

static gboolean
check_count (HtDecider *decider, const HtQuota *quota, const HtSession *session,
             const HtSeries *series, GError **error)
{
    HtSpan window = { session->start_us, session->end_us };

    if (quota->kind == HT_QUOTA_CONCURRENT)
        return check_window (decider, quota, series, window, error);
    for (int64_t at_us = session->start_us; at_us < session->end_us; at_us = window.end_us) {
        window = ht_allowance_get_week (decider->state, at_us);
        if (!check_window (decider, quota, series, window, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
check_ahead (HtDecider *decider, const HtQuota *quota, const HtSession *session, GError **error)
{
    int64_t ahead_us = session->start_us - decider->now_us;
    gboolean soon = quota->kind == HT_QUOTA_NOTICE && ahead_us < quota->amount * HOUR_US;
    gboolean far = quota->kind == HT_QUOTA_HORIZON && ahead_us > quota->amount * DAY_US;

    if ((!soon && !far) || pass (decider, quota, HT_ACTION_OVERRIDE_NOTICE, HT_OVERRODE_NOTICE))
        return TRUE;
    return refuse (quota, soon ? "notice-too-short" : "beyond-quota-horizon",
                   ahead_us / (soon ? HOUR_US : DAY_US), error);
}

/* What a session is now that it was not. */
typedef struct {
    gboolean grew;
    gboolean began_elsewhere; /* another start, of its organiser's own making */
} Growth;

static Growth
compare (HtDecider *decider, const HtEntry *entry)
{
    const HtSession *before = entry->before, *after = entry->after;
    const HtSeries *was = get_series (decider, before, TRUE);
    const HtSeries *is = get_series (decider, after, FALSE);
    Growth growth = { .grew = TRUE };

    growth.began_elsewhere = before == NULL || (before->start_us != after->start_us &&
                                                after->state < HT_SESSION_RUNNING &&
                                                before->yielded_to_id == after->yielded_to_id);
    if (counts (before) && was != NULL && is != NULL)
        growth.grew = before->start_us > after->start_us || before->end_us < after->end_us ||
                      was->unit_id != is->unit_id || was->organiser_id != is->organiser_id;
    return growth;
}

static gboolean
check_session (HtDecider *decider, const HtSession *session, Growth growth, GError **error)
{
    const HtSeries *series = get_series (decider, session, FALSE);
    int64_t n_quotas = decider->next_ids[HT_RECORD_QUOTA];

    for (int64_t id = 1; series != NULL && id < n_quotas; id++) {
        const HtQuota *quota = ht_decider_peek (decider, HT_RECORD_QUOTA, id);
        gboolean is_count = quota != NULL && quota->kind <= HT_QUOTA_CONCURRENT;

        if (quota == NULL || !ht_quota_is_in_force (quota, session->start_us / DAY_US) ||
            !ht_allowance_applies (decider, quota, series))
            continue;
        if (is_count && growth.grew && counts (session) &&
            !check_count (decider, quota, session, series, error))
            return FALSE;
        if (!is_count && growth.began_elsewhere && !check_ahead (decider, quota, session, error))
            return FALSE;
    }
    return TRUE;
}

/* All of a series that changed hands. */
static gboolean
check_series (HtDecider *decider, const HtEntry *entry, GError **error)
{
    const HtSeries *before = entry->before, *after = entry->after;
    const GArray *ids = ht_state_peek_series (decider->state, entry->id);

    if (before == NULL || after == NULL ||
        (before->unit_id == after->unit_id && before->organiser_id == after->organiser_id))
        return TRUE;
    for (unsigned i = 0; i < N_ITEMS (ids); i++)
        if (!check_session (
                decider,
                ht_decider_peek (decider, HT_RECORD_SESSION, g_array_index (ids, int64_t, i)),
                (Growth){ .grew = TRUE }, error))
            return FALSE;
    return TRUE;
}

gboolean
ht_allowance_check (HtDecider *decider, gboolean notice, GError **error)
{
    const GArray *entries = decider->decision->entries;

    if (decider->next_ids[HT_RECORD_QUOTA] <= 1)
        return TRUE;
    for (unsigned i = 0; i < entries->len; i++) {
        const HtEntry *entry = &g_array_index (entries, HtEntry, i);
        Growth growth;

        if (entry->kind == HT_RECORD_SERIES && !check_series (decider, entry, error))
            return FALSE;
        if (entry->kind != HT_RECORD_SESSION || entry->after == NULL)
            continue;
        growth = compare (decider, entry);
        growth.began_elsewhere &= notice;
        if (!check_session (decider, entry->after, growth, error))
            return FALSE;
    }
    return TRUE;
}
