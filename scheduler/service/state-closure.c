/* SPDX-License-Identifier: MIT */

/* Closure calendars as timelines: what they say of the years around now. */

#include "scheduler/service/closure-calendar.h"
#include "scheduler/service/state-private.h"

#define FIRST_DAY 18262 /* 2020-01-01 */
#define N_DAYS    (20 * 366)

#define WHOLE_DAY 1440

static int64_t
find_instant (int64_t day, int minute, gpointer user_data)
{
    int64_t at_s = 0;

    ht_zone_find_local (user_data, day * HT_CIVIL_DAY_S + (int64_t) minute * 60, &at_s, NULL);
    return at_s * G_USEC_PER_SEC;
}

/* Where none are set, all of every day. */
static GArray *
make_hours (const HtClosureCalendar *calendar)
{
    GArray *hours = ht_closure_calendar_list_hours (calendar);

    for (int day = 0; hours->len < 7 && calendar->hours == NULL; day++) {
        HtOpenHours one = { day, 0, WHOLE_DAY };

        g_array_append_val (hours, one);
    }
    return hours;
}

HtClosure *
ht_state_make_closure (HtState *self, const HtClosureCalendar *calendar)
{
    const HtZone *zone = ht_state_get_zone (
        self, calendar->zone == NULL ? "Asia/Ho_Chi_Minh" : calendar->zone, "zone", NULL);
    g_autoptr (GArray) hours = make_hours (calendar);
    g_autoptr (GArray) days = ht_closure_calendar_list_days (calendar);
    HtClosureRule rule = { .from_day = FIRST_DAY,
                           .until_day = FIRST_DAY + N_DAYS,
                           .hours = (const HtOpenHours *) (gpointer) hours->data,
                           .n_hours = hours->len,
                           .closed_days = (const int64_t *) (gpointer) days->data,
                           .n_closed_days = days->len };

    return zone == NULL ? NULL : ht_closure_new (&rule, find_instant, (gpointer) zone, NULL);
}

HtClosure *
ht_state_make_hours (HtState *self, const char *zone_name, const HtClosureRule *rule)
{
    const HtZone *zone = ht_state_get_zone (self, zone_name, NULL, NULL);

    return zone == NULL ? NULL : ht_closure_new (rule, find_instant, (gpointer) zone, NULL);
}

const HtClosure *
ht_state_get_closure (HtState *self, int64_t closure_id)
{
    const HtClosureCalendar *calendar = ht_state_peek (self, HT_RECORD_CLOSURE, closure_id);
    gpointer *slot;

    if (calendar == NULL)
        return NULL;
    slot = ht_state_get_slot (self->closures, closure_id);
    if (*slot == NULL)
        *slot = ht_state_make_closure (self, calendar);
    return *slot;
}
