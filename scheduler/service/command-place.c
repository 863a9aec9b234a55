/* SPDX-License-Identifier: MIT */

/* When places are open and how much of what there is. What stands already and does not fit any
 * more is marked as clashing by the change itself. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/civil.h"
#include "scheduler/service/closure-calendar.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/permit.h"

#define MINUTE_US (INT64_C (60) * G_USEC_PER_SEC)

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

static gboolean
refuse (const char *id, const char *field, const char *text, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, id, field, "%s", text);
    return FALSE;
}

static void
set_text (char **member, const char *text)
{
    g_free (*member);
    *member = text == NULL || text[0] == '\0' ? NULL : g_strdup (text);
}

/* A record to be written: a new one where @id is none. */
static gpointer
get_place (HtDecider *decider, HtRecordKind kind, int64_t id, GError **error)
{
    if (id == HT_ID_NONE)
        return ht_decider_make (decider, kind);
    return ht_decider_find (decider, kind, id, "id", error) == NULL
               ? NULL
               : ht_decider_edit (decider, kind, id);
}

/* --- closures ------------------------------------------------------------------------------ */

static gboolean
read_hours (const GArray *asked, GArray *hours, GError **error)
{
    for (unsigned i = 0; i < N_ITEMS (asked); i++) {
        const HtPutHours *row = &g_array_index (asked, HtPutHours, i);
        HtOpenHours one = { .weekday = row->weekday };

        if (!ht_civil_parse_minute (row->from, "from", &one.from_minute, error) ||
            !ht_civil_parse_minute (row->until, "until", &one.until_minute, error))
            return FALSE;
        if (one.until_minute <= one.from_minute)
            return refuse ("span-backwards", "until", "it closes before it opens", error);
        g_array_append_val (hours, one);
    }
    return TRUE;
}

static gboolean
read_days (char **asked, GArray *days, GError **error)
{
    for (unsigned i = 0; asked != NULL && asked[i] != NULL; i++) {
        HtCivil civil;
        int64_t day;

        if (!ht_civil_parse_date (asked[i], "days", &civil, error))
            return FALSE;
        day = ht_civil_days_from_date (civil.year, civil.month, civil.day);
        g_array_append_val (days, day);
    }
    return TRUE;
}

gboolean
ht_decide_put_closure (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtPutClosure *asked = arguments;
    g_autoptr (GArray) hours = g_array_new (FALSE, FALSE, sizeof (HtOpenHours));
    g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (int64_t));
    HtClosureCalendar *calendar;

    if (!read_hours (asked->hours, hours, error) || !read_days (asked->days, days, error) ||
        (asked->zone != NULL &&
         ht_state_get_zone (decider->state, asked->zone, "zone", error) == NULL))
        return FALSE;
    calendar = get_place (decider, HT_RECORD_CLOSURE, asked->id, error);
    if (calendar == NULL)
        return FALSE;
    set_text (&calendar->name, asked->name);
    set_text (&calendar->zone, asked->zone);
    ht_closure_calendar_set_hours (calendar, hours);
    ht_closure_calendar_set_days (calendar, days);
    decider->decision->result_id = calendar->id;
    return TRUE;
}

/* --- resources ----------------------------------------------------------------------------- */

/* People and cameras have commands and tables of their own, which make their resources. */
static gboolean
check_kind (HtDecider *decider, const HtPutResource *asked, GError **error)
{
    const HtResource *known = ht_decider_peek (decider, HT_RECORD_RESOURCE, asked->id);

    if (known != NULL && known->kind != asked->kind)
        return refuse ("kind-stays", "kind", "a resource stays what it was made as", error);
    if (asked->kind == HT_RESOURCE_PERSON || asked->kind == HT_RESOURCE_SOURCE)
        return refuse ("kind-of-another", "kind",
                       "a person's and a camera's resource are kept with them", error);
    if (asked->capacity > 1 &&
        (asked->kind == HT_RESOURCE_ROOM || asked->kind == HT_RESOURCE_CODEC))
        return refuse ("capacity-of-one", "capacity", "there is one of it: its capacity is 1 or 0",
                       error);
    return TRUE;
}

/* The link towards the root of the WAN: none that comes back to where it began. */
static gboolean
check_parent (HtDecider *decider, const HtPutResource *asked, GError **error)
{
    int64_t n_steps = decider->next_ids[HT_RECORD_RESOURCE];

    if (asked->kind != HT_RESOURCE_LINK)
        return (asked->parent_id == HT_ID_NONE && !asked->relay) ||
               refuse ("of-a-link", "parentId", "only links have a link above and relays", error);
    for (int64_t id = asked->parent_id; id != HT_ID_NONE && n_steps > 0; n_steps--) {
        const HtResource *above =
            ht_decider_find (decider, HT_RECORD_RESOURCE, id, "parentId", error);

        if (above == NULL)
            return FALSE;
        if (above->kind != HT_RESOURCE_LINK || id == asked->id)
            return refuse ("no-tree", "parentId", "links form a tree: not above itself", error);
        id = above->parent_id;
    }
    return TRUE;
}

/* Whoever may change it where it is must also be one who may in the unit that it goes to. */
static gboolean
check_unit (HtDecider *decider, const HtPutResource *asked, GError **error)
{
    if (asked->unit_id != HT_ID_NONE &&
        ht_decider_find (decider, HT_RECORD_UNIT, asked->unit_id, "unitId", error) == NULL)
        return FALSE;
    if (asked->kind == HT_RESOURCE_LINK || decider->actor == NULL ||
        ht_permit_may (decider->state, decider->actor, HT_ACTION_MANAGE_PLACES, asked->unit_id,
                       ht_decider_get_day (decider)))
        return TRUE;
    ht_problem_set (error, HT_ERROR_DENIED, "denied", "unitId", "that unit is not yours");
    return FALSE;
}

gboolean
ht_decide_put_resource (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtPutResource *asked = arguments;
    HtResource *resource;

    if (!check_kind (decider, asked, error) || !check_parent (decider, asked, error) ||
        !check_unit (decider, asked, error))
        return FALSE;
    if (asked->closure_id != HT_ID_NONE &&
        ht_decider_find (decider, HT_RECORD_CLOSURE, asked->closure_id, "closureId", error) == NULL)
        return FALSE;
    resource = get_place (decider, HT_RECORD_RESOURCE, asked->id, error);
    if (resource == NULL)
        return FALSE;
    resource->kind = asked->kind;
    resource->unit_id = asked->unit_id;
    resource->capacity = asked->capacity;
    resource->seats = asked->seats;
    resource->setup_us = asked->setup_minutes * MINUTE_US;
    resource->teardown_us = asked->teardown_minutes * MINUTE_US;
    resource->closure_id = asked->closure_id;
    resource->parent_id = asked->parent_id;
    resource->relay = asked->relay;
    resource->retired = asked->retired;
    set_text (&resource->name, asked->name);
    set_text (&resource->features, asked->features);
    decider->decision->result_id = resource->id;
    return TRUE;
}
