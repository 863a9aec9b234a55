/* SPDX-License-Identifier: MIT */

#include "scheduler/service/holidays.h"

#include "scheduler/base/id.h"
#include "scheduler/core/civil.h"
#include "scheduler/service/closure-calendar.h"

enum { SATURDAY = 5, MOST_DAYS = 61 };

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

static void
take_days (GHashTable *holidays, const HtClosureCalendar *calendar)
{
    g_autoptr (GArray) days = ht_closure_calendar_list_days (calendar);

    for (unsigned i = 0; i < days->len; i++)
        g_hash_table_add (holidays,
                          g_memdup2 (&g_array_index (days, int64_t, i), sizeof (int64_t)));
}

/* Whether the resource names a calendar. */
static gboolean
take_resource (HtDecider *decider, GHashTable *holidays, int64_t id)
{
    const HtResource *resource = ht_decider_peek (decider, HT_RECORD_RESOURCE, id);
    const HtClosureCalendar *calendar =
        resource == NULL ? NULL
                         : ht_decider_peek (decider, HT_RECORD_CLOSURE, resource->closure_id);

    if (calendar != NULL)
        take_days (holidays, calendar);
    return calendar != NULL;
}

static gboolean
take_site (HtDecider *decider, GHashTable *holidays, int64_t id)
{
    const HtSite *site = ht_decider_peek (decider, HT_RECORD_SITE, id);

    return site != NULL && take_resource (decider, holidays, site->room_id);
}

static void
take_all (HtDecider *decider, GHashTable *holidays)
{
    int64_t n_ids = ht_state_get_next_id (decider->state, HT_RECORD_CLOSURE);

    for (int64_t id = 1; id < n_ids; id++) {
        const HtClosureCalendar *calendar = ht_decider_peek (decider, HT_RECORD_CLOSURE, id);

        if (calendar != NULL)
            take_days (holidays, calendar);
    }
}

GHashTable *
ht_holidays_collect (HtDecider *decider, const HtBooking *booking)
{
    GHashTable *holidays = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    gboolean any = take_site (decider, holidays, booking->main_site);

    for (unsigned i = 0; i < N_ITEMS (booking->rooms); i++)
        any |= take_resource (decider, holidays, g_array_index (booking->rooms, int64_t, i));
    for (unsigned i = 0; i < N_ITEMS (booking->sites); i++)
        any |= take_site (decider, holidays, g_array_index (booking->sites, HtBookingSite, i).id);
    if (!any)
        take_all (decider, holidays);
    return holidays;
}

gboolean
ht_holidays_has (GHashTable *holidays, int64_t day)
{
    return g_hash_table_contains (holidays, &day);
}

int64_t
ht_holidays_find_next (GHashTable *holidays, int64_t day)
{
    gboolean weekend = ht_civil_get_weekday (day) >= SATURDAY;

    for (int64_t next = day + 1; next <= day + MOST_DAYS; next++)
        if (!ht_holidays_has (holidays, next) &&
            (weekend || ht_civil_get_weekday (next) < SATURDAY))
            return next;
    return -1;
}
