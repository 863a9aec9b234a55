/* SPDX-License-Identifier: MIT */

#include "scheduler/service/selection.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/booking-times.h"
#include "scheduler/service/permit.h"

#define MAX_DAYS      366
#define MAX_SESSIONS  1000
#define N_ITEMS(list) ((list) == NULL ? 0 : (list)->len)

typedef struct {
    HtDecider *decider;
    const HtChangeMany *asked;
    HtCommand command;
    HtSelection *selection;
    GHashTable *seen; /* (element-type HtSession): a session may touch several days */
} Search;

gboolean
ht_selection_read_day (const char *text, const char *field, int64_t *ret_day, GError **error)
{
    HtCivil civil;

    if (text == NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "required", field, "%s must be filled in", field);
        return FALSE;
    }
    if (!ht_civil_parse_date (text, field, &civil, error))
        return FALSE;
    *ret_day = ht_civil_days_from_date (civil.year, civil.month, civil.day);
    return TRUE;
}

/* What has to do with what. */

static gboolean
is_below (const Search *search, int64_t unit_id)
{
    return unit_id != HT_ID_NONE &&
           ht_state_is_below (search->decider->state, unit_id, search->asked->unit_id,
                              ht_decider_get_day (search->decider));
}

/* Where it takes place: its rooms and its main site; a site that only takes part does not count. */
static gboolean
takes_place_below (const Search *search, const HtMember *member)
{
    const HtResource *room;
    const HtSite *site;

    if (member->kind == HT_MEMBER_ROOM) {
        room = ht_decider_peek (search->decider, HT_RECORD_RESOURCE, member->ref_id);
        return room != NULL && is_below (search, room->unit_id);
    }
    if (member->kind != HT_MEMBER_MAIN_SITE)
        return FALSE;
    site = ht_decider_peek (search->decider, HT_RECORD_SITE, member->ref_id);
    return site != NULL && is_below (search, site->unit_id);
}

static gboolean
matches_unit (const Search *search, const HtSession *session, const HtSeries *series)
{
    if (search->asked->unit_id == HT_ID_NONE)
        return TRUE;
    if (is_below (search, series->unit_id))
        return TRUE;
    for (unsigned i = 0; i < N_ITEMS (session->members); i++)
        if (takes_place_below (search, &g_array_index (session->members, HtMember, i)))
            return TRUE;
    return FALSE;
}

static gboolean
matches_site (const Search *search, const HtSession *session)
{
    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);

        if ((member->kind == HT_MEMBER_SITE || member->kind == HT_MEMBER_MAIN_SITE) &&
            member->ref_id == search->asked->site_id)
            return TRUE;
    }
    return search->asked->site_id == HT_ID_NONE;
}

static gboolean
matches_resource (const Search *search, const HtSession *session)
{
    for (unsigned i = 0; i < N_ITEMS (session->reservations); i++)
        if (g_array_index (session->reservations, HtReservation, i).resource_id ==
            search->asked->resource_id)
            return TRUE;
    return search->asked->resource_id == HT_ID_NONE;
}

/* Whom it is shown. */

static void
sort_in (Search *search, const HtSession *session, const HtSeries *series)
{
    HtDecider *decider = search->decider;
    int64_t day = ht_decider_get_day (decider);

    if (!ht_permit_sees (decider->state, decider->actor, session, series, day))
        return;
    if (session->state > HT_SESSION_OPEN || session->start_us <= decider->now_us)
        g_ptr_array_add (search->selection->past, (gpointer) session);
    else if (!ht_permit_offer (decider->state, decider->actor, search->command, session, day))
        g_ptr_array_add (search->selection->denied, (gpointer) session);
    else
        g_ptr_array_add (search->selection->chosen, (gpointer) session);
}

static void
consider (Search *search, const HtSession *session)
{
    const HtSeries *series;
    HtCivil civil;
    int64_t day;

    if (session == NULL || !g_hash_table_add (search->seen, (gpointer) session) ||
        session->state == HT_SESSION_CANCELLED || session->state == HT_SESSION_DRAFT)
        return;
    civil = ht_zone_to_civil (search->selection->zone, session->start_us);
    day = ht_civil_days_from_date (civil.year, civil.month, civil.day);
    if (day < search->selection->from || day > search->selection->until)
        return;
    series = ht_decider_peek (search->decider, HT_RECORD_SERIES, session->series_id);
    if (series != NULL && matches_unit (search, session, series) &&
        matches_site (search, session) && matches_resource (search, session))
        sort_in (search, session, series);
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

/* A day of a zone touches the days of UTC on both sides of it. */
static void
consider_days (Search *search)
{
    HtSelection *selection = search->selection;

    for (int64_t day = selection->from - 1; day <= selection->until + 1; day++) {
        const GArray *ids = ht_state_peek_day (search->decider->state, day);

        for (unsigned i = 0; i < N_ITEMS (ids); i++)
            consider (search, ht_decider_peek (search->decider, HT_RECORD_SESSION,
                                               g_array_index (ids, int64_t, i)));
    }
    g_ptr_array_sort (selection->chosen, compare_starts);
    g_ptr_array_sort (selection->past, compare_starts);
    g_ptr_array_sort (selection->denied, compare_starts);
}

static gboolean
check_names (HtDecider *decider, const HtChangeMany *asked, GError **error)
{
    const struct {
        HtRecordKind kind;
        int64_t id;
        const char *field;
    } names[] = {
        { HT_RECORD_UNIT, asked->unit_id, "unitId" },
        { HT_RECORD_SITE, asked->site_id, "siteId" },
        { HT_RECORD_RESOURCE, asked->resource_id, "resourceId" },
    };
    gboolean found = FALSE;

    for (unsigned i = 0; i < G_N_ELEMENTS (names); i++) {
        if (names[i].id == HT_ID_NONE)
            continue;
        found = TRUE;
        if (ht_decider_find (decider, names[i].kind, names[i].id, names[i].field, error) == NULL)
            return FALSE;
    }
    if (!found)
        ht_problem_set (error, HT_ERROR_INVALID, "required", "unitId",
                        "a unit, a site or a resource must say which sessions are meant");
    return found;
}

static gboolean
read_days (HtDecider *decider, const HtChangeMany *asked, HtSelection *selection, GError **error)
{
    const char *zone = asked->zone == NULL ? HT_BOOKING_ZONE : asked->zone;

    selection->zone = ht_state_get_zone (decider->state, zone, "zone", error);
    if (selection->zone == NULL ||
        !ht_selection_read_day (asked->from, "from", &selection->from, error) ||
        !ht_selection_read_day (asked->until, "until", &selection->until, error))
        return FALSE;
    if (selection->from <= selection->until && selection->until - selection->from < MAX_DAYS)
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "out-of-range", "until",
                    "until must be from the first day on, at most %d days", MAX_DAYS);
    return FALSE;
}

static gboolean
check_size (const HtSelection *selection, GError **error)
{
    g_autofree char *most = g_strdup_printf ("%d", MAX_SESSIONS);

    if (selection->chosen->len <= MAX_SESSIONS)
        return TRUE;
    ht_problem_set (error, HT_ERROR_CONFLICT, "too-many-sessions", NULL,
                    "%u sessions are more than one change takes (%s): take fewer days",
                    selection->chosen->len, most);
    if (error != NULL)
        ht_problem_add (*error, "most", most);
    return FALSE;
}

gboolean
ht_selection_find (HtDecider *decider, const HtChangeMany *asked, HtCommand command,
                   HtSelection *ret_selection, GError **error)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
    Search search = { decider, asked, command, ret_selection, seen };

    *ret_selection = (HtSelection){ .chosen = g_ptr_array_new (),
                                    .past = g_ptr_array_new (),
                                    .denied = g_ptr_array_new () };
    if (!check_names (decider, asked, error) || !read_days (decider, asked, ret_selection, error))
        return FALSE;
    consider_days (&search);
    return check_size (ret_selection, error);
}

void
ht_selection_clear (HtSelection *selection)
{
    g_clear_pointer (&selection->chosen, g_ptr_array_unref);
    g_clear_pointer (&selection->past, g_ptr_array_unref);
    g_clear_pointer (&selection->denied, g_ptr_array_unref);
}
