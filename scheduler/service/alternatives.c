/* SPDX-License-Identifier: MIT */

#include "scheduler/service/alternatives.h"

#include "scheduler/base/id.h"
#include "scheduler/core/policy.h"
#include "scheduler/core/slot-search.h"
#include "scheduler/service/site-offers.h"

/* A fortnight. */
#define REACH_US (INT64_C (14) * 86400 * G_USEC_PER_SEC)

static void
add (HtPreview *preview, HtAlternative alternative)
{
    if (preview->alternatives->len < HT_ALTERNATIVES_MAX)
        g_array_append_val (preview->alternatives, alternative);
}

/* The only room that clashes; 0 where none does or several do. */
static int64_t
find_clashing_room (HtDecider *decider, const HtPreview *preview)
{
    int64_t room_id = HT_ID_NONE;

    for (unsigned i = 0; i < preview->occurrences->len; i++) {
        const GArray *clashes =
            g_array_index (preview->occurrences, HtPreviewOccurrence, i).clashes;

        for (unsigned j = 0; j < clashes->len; j++) {
            int64_t id = g_array_index (clashes, HtClash, j).resource_id;
            const HtResource *resource = ht_decider_peek (decider, HT_RECORD_RESOURCE, id);

            if (resource == NULL || resource->kind != HT_RESOURCE_ROOM ||
                (room_id != HT_ID_NONE && room_id != id))
                return HT_ID_NONE;
            room_id = id;
        }
    }
    return room_id;
}

/* Of the same unit and no smaller. */
static gboolean
stands_in (const HtResource *room, const HtResource *wanted)
{
    return room != NULL && room != wanted && room->kind == HT_RESOURCE_ROOM && !room->retired &&
           room->unit_id == wanted->unit_id && room->seats >= wanted->seats;
}

static GArray *
list_rooms (HtDecider *decider, const HtResource *wanted)
{
    int64_t n_resources = ht_state_get_next_id (decider->state, HT_RECORD_RESOURCE);
    GArray *rooms = g_array_new (FALSE, FALSE, sizeof (int64_t));

    for (int64_t id = 1; wanted != NULL && id < n_resources; id++)
        if (stands_in (ht_decider_peek (decider, HT_RECORD_RESOURCE, id), wanted))
            g_array_append_val (rooms, id);
    return rooms;
}

static void
find_room (HtDecider *decider, const GArray *spans, const GArray *demands, HtPreview *preview)
{
    int64_t wanted_id = find_clashing_room (decider, preview);
    const HtResource *wanted = ht_decider_peek (decider, HT_RECORD_RESOURCE, wanted_id);
    g_autoptr (GArray) rooms = list_rooms (decider, wanted);
    g_autoptr (GArray) found = NULL;
    const HtSpan *first = &g_array_index (spans, HtSpan, 0);
    HtAdmission admission = { .demands = (const HtDemand *) (gpointer) demands->data,
                              .n_demands = demands->len,
                              .lookup = ht_demand_look_up,
                              .user_data = decider };

    if (rooms->len == 0)
        return;
    found = ht_slots_list_substitutes (&admission, wanted_id,
                                       (const int64_t *) (gpointer) rooms->data, rooms->len, 1);
    if (found->len > 0)
        add (preview, (HtAlternative){ .kind = HT_ALTERNATIVE_ROOM,
                                       .start_us = first->start_us,
                                       .end_us = first->end_us,
                                       .instead_of = wanted_id,
                                       .room_id = g_array_index (found, int64_t, 0) });
}

/* Then no other time helps. */
static gboolean
is_in_its_own_way (const HtPreview *preview)
{
    for (unsigned i = 0; i < preview->occurrences->len; i++) {
        const GArray *clashes =
            g_array_index (preview->occurrences, HtPreviewOccurrence, i).clashes;

        for (unsigned j = 0; j < clashes->len; j++) {
            const GArray *with = g_array_index (clashes, HtClash, j).with;

            for (unsigned k = 0; k < with->len; k++)
                if (g_array_index (with, HtClashWith, k).session_id == HT_ID_NONE)
                    return TRUE;
        }
    }
    return FALSE;
}

/* An instant at which the local clock is on the hour. */
static int64_t
get_hour (HtDecider *decider, const char *zone_name, int64_t at_us)
{
    const HtZone *zone = ht_state_get_zone (decider->state, zone_name, "zone", NULL);
    HtCivil civil = { 0 };

    if (zone != NULL)
        civil = ht_zone_to_civil (zone, at_us);
    return at_us - at_us % G_USEC_PER_SEC -
           (civil.minute * INT64_C (60) + civil.second) * G_USEC_PER_SEC;
}

/* The next shift that moves every occurrence into free time. */
static void
find_time (HtDecider *decider, const GArray *spans, const GArray *demands, HtPreview *preview)
{
    HtPolicy policy = ht_policy_get_default ();
    const HtSpan *first = &g_array_index (spans, HtSpan, 0);
    HtSlotSearch search = { .demands = (const HtDemand *) (gpointer) demands->data,
                            .n_demands = demands->len,
                            .start_us = first->start_us,
                            .length_us = ht_span_get_duration_us (*first),
                            .within = { first->start_us + 1, first->end_us + REACH_US },
                            .grid_us = ht_policy_get (&policy, HT_POLICY_GRID_US),
                            .grid_from_us = get_hour (decider, preview->zone, first->start_us),
                            .most = 1,
                            .lookup = ht_demand_look_up,
                            .user_data = decider };
    g_autoptr (HtSlots) found = is_in_its_own_way (preview) ? NULL : ht_slots_find (&search, NULL);

    if (found != NULL && found->slots->len > 0)
        add (preview, (HtAlternative){ .kind = HT_ALTERNATIVE_TIME,
                                       .start_us = g_array_index (found->slots, HtSpan, 0).start_us,
                                       .end_us = g_array_index (found->slots, HtSpan, 0).end_us });
}

static void
find_skip (const GArray *spans, HtPreview *preview)
{
    const HtSpan *first = &g_array_index (spans, HtSpan, 0);
    int64_t n_skipped = 0;

    for (unsigned i = 0; i < preview->occurrences->len; i++)
        if (g_array_index (preview->occurrences, HtPreviewOccurrence, i).clashes->len > 0)
            n_skipped++;
    if (n_skipped < preview->occurrences->len)
        add (preview, (HtAlternative){ .kind = HT_ALTERNATIVE_SKIP,
                                       .start_us = first->start_us,
                                       .end_us = first->end_us,
                                       .n_skipped = n_skipped });
}

void
ht_alternatives_find (HtDecider *decider, const HtDemandWhat *what, const GArray *spans,
                      const GPtrArray *reservations, HtPreview *preview)
{
    g_autoptr (GArray) demands = ht_demand_list (spans, reservations);

    if (preview->n_clashes == 0)
        return;
    find_room (decider, spans, demands, preview);
    find_time (decider, spans, demands, preview);
    if (spans->len > 1)
        find_skip (spans, preview);
    ht_site_offers_add (decider, what, spans, preview);
}
