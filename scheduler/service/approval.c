/* SPDX-License-Identifier: MIT */

#include "scheduler/service/approval.h"

#include "scheduler/base/id.h"
#include "scheduler/core/hold.h"
#include "scheduler/core/policy.h"
#include "scheduler/service/contest.h"
#include "scheduler/service/permit.h"

#define ZONE "Asia/Ho_Chi_Minh"

enum { SATURDAY = 5 };

gboolean
ht_approval_is_waiting (const HtSession *session)
{
    return session->state == HT_SESSION_HELD ||
           (session->state == HT_SESSION_DRAFT && session->hold_until_us != 0);
}

static gboolean
is_empty (const char *text)
{
    return text == NULL || text[0] == '\0';
}

gboolean
ht_approval_is_needed (HtDecider *decider, const HtBooking *booking, int64_t unit_id)
{
    int64_t day = ht_decider_get_day (decider);

    if (booking->hold || booking->compete ||
        (booking->awaits_document && is_empty (booking->document)))
        return TRUE;
    if (decider->actor == NULL)
        return FALSE;
    return (booking->kind == HT_SERIES_CONFERENCE &&
            !ht_permit_may (decider->state, decider->actor, HT_ACTION_BOOK_CONFERENCE, unit_id,
                            day)) ||
           (booking->rank > HT_RANK_TRAINING &&
            !ht_permit_may (decider->state, decider->actor, HT_ACTION_APPROVE, unit_id, day));
}

/* The days on which somebody could approve. */

typedef struct {
    const HtZone *zone;
    const HtClosure *closure; /* (nullable) */
} Days;

static int64_t
find_instant (int64_t day, int minute, gpointer user_data)
{
    const Days *days = user_data;
    int64_t at_s = 0;

    ht_zone_find_local (days->zone, day * HT_CIVIL_DAY_S + (int64_t) minute * 60, &at_s, NULL);
    return at_s * G_USEC_PER_SEC;
}

static gboolean
note_holiday (const HtHolding *holding, gpointer user_data)
{
    if (holding->holder == HT_CLOSURE_HOLIDAY)
        *(gboolean *) user_data = TRUE;
    return TRUE;
}

static gboolean
is_working (int64_t day, gpointer user_data)
{
    const Days *days = user_data;
    HtSpan span = { find_instant (day, 0, user_data), find_instant (day + 1, 0, user_data) };
    gboolean is_holiday = FALSE;

    if (days->closure != NULL)
        ht_timeline_foreach_holding (ht_closure_peek_timeline (days->closure), span, note_holiday,
                                     &is_holiday);
    return !is_holiday && ht_civil_get_weekday (day) < SATURDAY;
}

int64_t
ht_approval_find_end_us (HtDecider *decider, const char *zone_name)
{
    HtPolicy policy = ht_policy_get_default ();
    const HtZone *zone =
        ht_state_get_zone (decider->state, zone_name == NULL ? ZONE : zone_name, NULL, NULL);
    /* the first calendar's holidays are the installation's */
    Days days = { zone, ht_state_get_closure (decider->state, 1) };
    HtHold hold = { .from_us = decider->now_us,
                    .length_us = ht_policy_get (&policy, HT_POLICY_HOLD_US),
                    .instant = find_instant,
                    .is_working = is_working,
                    .user_data = &days };
    HtCivil civil;

    if (zone == NULL)
        return hold.from_us + hold.length_us;
    civil = ht_zone_to_civil (zone, decider->now_us);
    hold.from_day = ht_civil_days_from_date (civil.year, civil.month, civil.day);
    return ht_hold_find_end_us (&hold);
}

/* Those concerned. */

static int
compare_slots (gconstpointer a, gconstpointer b)
{
    const HtSession *one = *(const HtSession *const *) a;
    const HtSession *other = *(const HtSession *const *) b;

    return (one->slot_us > other->slot_us) - (one->slot_us < other->slot_us);
}

GPtrArray *
ht_approval_list (HtDecider *decider, const HtSession *session, gboolean only)
{
    const GArray *ids = ht_state_peek_series (decider->state, session->series_id);
    gboolean waiting = ht_approval_is_waiting (session);
    GPtrArray *sessions = g_ptr_array_new ();

    for (unsigned i = 0; !only && ids != NULL && i < ids->len; i++) {
        const HtSession *other =
            ht_decider_peek (decider, HT_RECORD_SESSION, g_array_index (ids, int64_t, i));

        if (other != session && (other->state == HT_SESSION_DRAFT || waiting) &&
            ht_approval_is_waiting (other) == waiting && other->start_us > decider->now_us)
            g_ptr_array_add (sessions, (gpointer) other);
    }
    g_ptr_array_add (sessions, (gpointer) session);
    g_ptr_array_sort (sessions, compare_slots);
    return sessions;
}

void
ht_approval_tell_asker (HtDecider *decider, const HtSession *session, HtNoticeKind kind)
{
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);

    if (series != NULL && series->organiser_id != decider->actor_id)
        ht_decider_tell (decider, kind, session->id, series->organiser_id);
}

void
ht_approval_tell_losers (HtDecider *decider, const HtSession *winner)
{
    g_autoptr (GArray) ids = ht_contest_list (decider->state, winner);
    int64_t winner_id = winner->id;

    for (unsigned i = 0; i < ids->len; i++) {
        int64_t id = g_array_index (ids, int64_t, i);
        const HtSession *loser = ht_decider_peek (decider, HT_RECORD_SESSION, id);
        HtSession *edited;

        if (loser->state != HT_SESSION_DRAFT || !ht_approval_is_waiting (loser))
            continue;
        edited = ht_decider_edit (decider, HT_RECORD_SESSION, id);
        edited->hold_until_us = 0;
        edited->yielded_to_id = winner_id;
        edited->changed_us = decider->now_us;
        edited->changed_number = decider->decision->number;
        ht_approval_tell_asker (decider, edited, HT_NOTICE_LOST);
    }
}
