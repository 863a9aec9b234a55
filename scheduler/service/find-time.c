/* SPDX-License-Identifier: MIT */

#include "scheduler/service/find-time.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/policy.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/choices.h"
#include "scheduler/service/find-time-private.h"
#include "scheduler/service/permit.h"
#include "scheduler/service/service-private.h"

#define DAY_US      (INT64_C (86400) * G_USEC_PER_SEC)
#define MINUTE_US   (INT64_C (60) * G_USEC_PER_SEC)
#define MOST_SLOTS  20
#define USUAL_SLOTS 5

const char *const ht_found_kind_names[] = {
    [HT_FOUND_FREE] = "free",
    [HT_FOUND_FEWER_SITES] = "fewer-sites",
    [HT_FOUND_DISPLACING] = "displacing",
    [HT_FOUND_N_KINDS] = NULL,
};

static void
clear_slot (gpointer data)
{
    HtFoundSlot *slot = data;

    g_array_unref (slot->missing);
    g_array_unref (slot->displaced);
}

static void
clear_blocker (gpointer data)
{
    g_array_unref (((HtFoundBlocker *) data)->with);
}

static HtFoundTimes *
make_found (void)
{
    HtFoundTimes *found = g_new0 (HtFoundTimes, 1);

    found->slots = g_array_new (FALSE, TRUE, sizeof (HtFoundSlot));
    g_array_set_clear_func (found->slots, clear_slot);
    found->blockers = g_array_new (FALSE, TRUE, sizeof (HtFoundBlocker));
    g_array_set_clear_func (found->blockers, clear_blocker);
    found->without_resources = g_array_new (FALSE, FALSE, sizeof (int64_t));
    found->complete = TRUE;
    return found;
}

void
ht_found_times_free (HtFoundTimes *found)
{
    if (found == NULL)
        return;
    g_array_unref (found->slots);
    g_array_unref (found->blockers);
    g_array_unref (found->without_resources);
    g_free (found->zone);
    g_free (found);
}

/* --- when ---------------------------------------------------------------------------------- */

int64_t
ht_finder_get_instant (const HtFinder *finder, int64_t day, int minute)
{
    int64_t at_s = 0;

    ht_zone_find_local (finder->zone, day * HT_CIVIL_DAY_S + (int64_t) minute * 60, &at_s, NULL);
    return at_s * G_USEC_PER_SEC;
}

static int64_t
get_instant (int64_t day, int minute, gpointer finder)
{
    return ht_finder_get_instant (finder, day, minute);
}

static gboolean
read_day (const char *text, const char *field, int64_t standard, int64_t *ret_day, GError **error)
{
    HtCivil civil;

    *ret_day = standard;
    if (text == NULL)
        return TRUE;
    if (!ht_civil_parse_date (text, field, &civil, error))
        return FALSE;
    *ret_day = ht_civil_days_from_date (civil.year, civil.month, civil.day);
    return TRUE;
}

static gboolean
read_days (HtFinder *finder, GError **error)
{
    HtPolicy policy = ht_policy_get_default ();
    HtCivil now = ht_zone_to_civil (finder->zone, finder->decider->now_us);
    int64_t today = ht_civil_days_from_date (now.year, now.month, now.day);
    int64_t horizon = ht_policy_get (&policy, HT_POLICY_HORIZON_US) / DAY_US;
    int64_t last;

    if (!read_day (finder->asked->from, "from", today, &finder->from_day, error) ||
        !read_day (finder->asked->to, "to", finder->from_day + 13, &last, error))
        return FALSE;
    finder->until_day = last + 1;
    if (last < finder->from_day || last - finder->from_day >= HT_FIND_TIME_MOST_DAYS ||
        last < today) {
        ht_problem_set (error, HT_ERROR_INVALID, "out-of-range", "to",
                        "from and to must be days that are not past, in order, %d at most",
                        HT_FIND_TIME_MOST_DAYS);
        return FALSE;
    }
    if (finder->from_day > today + horizon) {
        ht_problem_set (error, HT_ERROR_INVALID, "beyond-horizon", "from",
                        "nothing can be booked more than 24 months ahead");
        return FALSE;
    }
    return TRUE;
}

static gboolean
read_hour (const char *text, const char *field, int standard, int *ret_minute, GError **error)
{
    *ret_minute = standard;
    return text == NULL || ht_civil_parse_minute (text, field, ret_minute, error);
}

static gboolean
read_weekdays (HtFinder *finder, GError **error)
{
    char **asked = finder->asked->weekdays;

    finder->weekdays = asked == NULL || asked[0] == NULL ? 0x7f : 0;
    for (unsigned i = 0; asked != NULL && asked[i] != NULL; i++) {
        unsigned day = 0;

        while (ht_weekday_names[day] != NULL && strcmp (ht_weekday_names[day], asked[i]) != 0)
            day++;
        if (ht_weekday_names[day] == NULL) {
            ht_problem_set (error, HT_ERROR_INVALID, "not-one-of", "weekdays",
                            "'%.20s' is none of MO, TU, WE, TH, FR, SA, SU", asked[i]);
            return FALSE;
        }
        finder->weekdays |= 1U << day;
    }
    return TRUE;
}

static gboolean
make_hours (HtFinder *finder, GError **error)
{
    HtOpenHours hours[7];
    HtClosureRule rule = { .from_day = finder->from_day,
                           .until_day = finder->until_day + HT_FINDER_MORE_DAYS,
                           .hours = hours };

    for (int day = 0; day < 7; day++)
        if ((finder->weekdays & (1U << day)) != 0)
            hours[rule.n_hours++] = (HtOpenHours){ day, finder->minute_from, finder->minute_to };
    finder->hours = ht_closure_new (&rule, get_instant, finder, error);
    return finder->hours != NULL;
}

static gboolean
check_length (const HtFinder *finder, GError **error)
{
    const HtFindTime *asked = finder->asked;
    gboolean fits = finder->minute_to - finder->minute_from >= asked->booking.minutes ||
                    (finder->minute_from == 0 && finder->minute_to == 1440);

    if (!ht_booking_check_minutes (asked->booking.minutes, error))
        return FALSE;
    if (!fits)
        ht_problem_set (error, HT_ERROR_INVALID, "hours-too-short", "hoursTo",
                        "%" G_GINT64_FORMAT " minutes do not fit between these hours",
                        asked->booking.minutes);
    return fits;
}

gboolean
ht_finder_read_window (HtFinder *finder, GError **error)
{
    HtPolicy policy = ht_policy_get_default ();
    const HtFindTime *asked = finder->asked;
    int64_t start_us, length_us = asked->booking.minutes * MINUTE_US;

    if (!read_days (finder, error) || !read_weekdays (finder, error) ||
        !read_hour (asked->hours_from, "hoursFrom", 0, &finder->minute_from, error) ||
        !read_hour (asked->hours_to, "hoursTo", 1440, &finder->minute_to, error) ||
        !check_length (finder, error) || !make_hours (finder, error))
        return FALSE;
    start_us = ht_finder_get_instant (finder, finder->from_day, 0);
    finder->search = (HtSlotSearch){
        .length_us = length_us,
        .start_us = start_us,
        .within = { MAX (start_us, finder->decider->now_us),
                    ht_finder_get_instant (finder, finder->until_day, 0) },
        .grid_us = ht_policy_get (&policy, HT_POLICY_GRID_US),
        .grid_from_us = start_us,
        .hours = finder->hours,
        .most_steps = HT_FINDER_MOST_STEPS,
        .lookup = ht_demand_look_up,
        .user_data = finder->decider,
    };
    finder->model = (HtSpan){ start_us, start_us + length_us };
    return TRUE;
}

/* --- what ---------------------------------------------------------------------------------- */

static void
add_option (HtFinder *finder, const HtChoice *choice, int64_t id, unsigned number)
{
    const HtResource *resource = ht_decider_peek (finder->decider, HT_RECORD_RESOURCE, id);
    HtSpan span = ht_span_widen (finder->model, resource->setup_us, resource->teardown_us);
    HtDemand demand = { .reservation = { id, span.start_us, span.end_us, MAX (1, choice->amount) },
                        .open = finder->model,
                        .choice = number };

    g_array_append_val (finder->demands, demand);
}

/* Of what is given by what it must be, any one will do. */
static gboolean
add_choices (HtFinder *finder, GError **error)
{
    const GArray *any_of = finder->asked->booking.any_of;

    for (unsigned i = 0; any_of != NULL && i < any_of->len; i++) {
        const HtChoice *choice = &g_array_index (any_of, HtChoice, i);
        g_autoptr (GArray) options =
            ht_choices_list (finder->decider, choice, finder->members, finder->model);

        if (options->len == 0)
            return ht_choices_refuse (choice, error);
        for (unsigned j = 0; j < options->len; j++)
            add_option (finder, choice, g_array_index (options, int64_t, j), i + 1);
    }
    return TRUE;
}

static gboolean
make_demands (HtFinder *finder, GError **error)
{
    g_autoptr (GPtrArray) reservations =
        g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    const HtBooking *booking = &finder->asked->booking;
    GArray *taken;

    finder->members = ht_demand_make_members (finder->decider, booking, error);
    if (finder->members == NULL)
        return FALSE;
    finder->what = ht_demand_describe (finder->decider, booking, finder->members);
    taken = ht_demand_make_reservations (finder->decider, &finder->what, finder->model, error);
    if (taken == NULL)
        return FALSE;
    g_ptr_array_add (reservations, taken);
    g_array_append_val (spans, finder->model);
    finder->demands = ht_demand_list (spans, reservations);
    if (!add_choices (finder, error))
        return FALSE;
    finder->search.demands = (const HtDemand *) (gpointer) finder->demands->data;
    finder->search.n_demands = finder->demands->len;
    return TRUE;
}

static int64_t
count_sites (const GArray *members)
{
    int64_t n_sites = 0;

    for (unsigned i = 0; i < members->len; i++)
        n_sites += g_array_index (members, HtMember, i).kind <= HT_MEMBER_SITE;
    return n_sites;
}

static gboolean
find_free (HtFinder *finder, unsigned most, GError **error)
{
    g_autoptr (HtSlots) slots = NULL;

    finder->search.most = most;
    slots = ht_slots_find (&finder->search, error);
    if (slots == NULL)
        return FALSE;
    finder->found->complete &= slots->complete;
    for (unsigned i = 0; i < slots->slots->len; i++) {
        HtFoundSlot slot = { HT_FOUND_FREE, g_array_index (slots->slots, HtSpan, i),
                             count_sites (finder->members),
                             g_array_new (FALSE, FALSE, sizeof (int64_t)),
                             g_array_new (FALSE, FALSE, sizeof (int64_t)) };

        g_array_append_val (finder->found->slots, slot);
    }
    return TRUE;
}

static gboolean
look_at_the_rest (HtFinder *finder, unsigned most, GError **error)
{
    g_autoptr (GArray) parties = ht_finder_list_parties (finder);

    finder->grid =
        ht_slot_grid_make (&finder->search, (const unsigned *) (gpointer) parties->data, error);
    if (finder->grid == NULL)
        return FALSE;
    finder->found->complete &= finder->grid->complete;
    if (finder->found->slots->len == 0)
        ht_finder_explain (finder);
    ht_finder_add_lesser (finder, most - finder->found->slots->len);
    return TRUE;
}

static gboolean
find (HtFinder *finder, GError **error)
{
    const HtBooking *booking = &finder->asked->booking;
    int64_t asked = finder->asked->most > 0 ? finder->asked->most : USUAL_SLOTS;
    unsigned most = (unsigned) MIN (asked, MOST_SLOTS);
    const char *zone_name = booking->zone == NULL ? HT_BOOKING_ZONE : booking->zone;

    finder->zone = ht_state_get_zone (finder->decider->state, zone_name, "zone", error);
    if (finder->zone == NULL || !ht_finder_read_window (finder, error) ||
        !make_demands (finder, error))
        return FALSE;
    finder->found->zone = g_strdup (zone_name);
    return find_free (finder, most, error) &&
           (finder->found->slots->len >= most || look_at_the_rest (finder, most, error));
}

static void
clear_finder (HtFinder *finder)
{
    g_clear_pointer (&finder->members, g_array_unref);
    g_clear_pointer (&finder->demands, g_array_unref);
    g_clear_pointer (&finder->brought, g_ptr_array_unref);
    g_clear_pointer (&finder->grid, ht_slot_grid_free);
    g_clear_pointer (&finder->hours, ht_closure_free);
    g_clear_pointer (&finder->found, ht_found_times_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtFinder, clear_finder)

HtFoundTimes *
ht_find_time (HtService *service, int64_t actor_id, const HtFindTime *asked, GError **error)
{
    g_autoptr (HtDecision) decision = ht_decision_new (HT_COMMAND_BOOK, service->number + 1,
                                                       ht_clock_read_us (service->clock), actor_id);
    g_auto (HtDecider) decider = { 0 };
    g_auto (HtFinder) finder = { .decider = &decider, .asked = asked, .found = make_found () };

    ht_decider_init (&decider, service->state, decision);
    decider.previewing = TRUE;
    finder.found->number = service->number;
    if (!ht_permit (&decider, HT_COMMAND_BOOK, &asked->booking, error) || !find (&finder, error))
        return NULL;
    return g_steal_pointer (&finder.found);
}
