/* SPDX-License-Identifier: MIT */

#include "scheduler/service/demand.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"

#define MAX_LINK_DEPTH 32

/* From members to what they are. */

static gboolean
refuse_member (const char *field, int64_t id, const char *what, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, "no-such-member", field,
                    "%" G_GINT64_FORMAT " is no %s that can be booked", id, what);
    return FALSE;
}

static void
add_member (GArray *members, HtMemberKind kind, int64_t ref_id, int64_t amount)
{
    HtMember member = { kind, ref_id, amount };

    g_array_append_val (members, member);
}

static gboolean
add_resource (HtDecider *decider, GArray *members, HtMemberKind kind, HtResourceKind wanted,
              const HtBookingEquipment *asked, GError **error)
{
    const HtResource *resource = ht_decider_peek (decider, HT_RECORD_RESOURCE, asked->id);
    const char *field = kind == HT_MEMBER_ROOM ? "rooms" : "equipment";

    if (resource == NULL || resource->kind != (int) wanted || asked->amount < 1)
        return refuse_member (field, asked->id, ht_resource_kind_names[wanted], error);
    add_member (members, kind, asked->id, asked->amount);
    return TRUE;
}

static gboolean
add_trainer (HtDecider *decider, GArray *members, int64_t id, GError **error)
{
    const HtPerson *person = ht_decider_peek (decider, HT_RECORD_PERSON, id);

    if (person == NULL || person->resource_id == HT_ID_NONE || person->closed)
        return refuse_member ("trainers", id, "trainer", error);
    add_member (members, HT_MEMBER_TRAINER, id, 1);
    return TRUE;
}

static gboolean
add_site (HtDecider *decider, GArray *members, HtMemberKind kind, const HtBookingSite *asked,
          GError **error)
{
    const HtSite *site = ht_decider_peek (decider, HT_RECORD_SITE, asked->id);

    if (site == NULL || site->retired || asked->kbps < 0)
        return refuse_member (kind == HT_MEMBER_SITE ? "sites" : "mainSite", asked->id, "site",
                              error);
    add_member (members, kind, asked->id, asked->kbps);
    return TRUE;
}

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

static gboolean
add_resources (HtDecider *decider, GArray *members, const HtBooking *booking, GError **error)
{
    for (unsigned i = 0; i < N_ITEMS (booking->rooms); i++)
        if (!add_resource (decider, members, HT_MEMBER_ROOM, HT_RESOURCE_ROOM,
                           &(HtBookingEquipment){ g_array_index (booking->rooms, int64_t, i), 1 },
                           error))
            return FALSE;
    for (unsigned i = 0; i < N_ITEMS (booking->equipment); i++)
        if (!add_resource (decider, members, HT_MEMBER_EQUIPMENT, HT_RESOURCE_EQUIPMENT,
                           &g_array_index (booking->equipment, HtBookingEquipment, i), error))
            return FALSE;
    return TRUE;
}

static gboolean
add_people_and_sites (HtDecider *decider, GArray *members, const HtBooking *booking, GError **error)
{
    for (unsigned i = 0; i < N_ITEMS (booking->trainers); i++)
        if (!add_trainer (decider, members, g_array_index (booking->trainers, int64_t, i), error))
            return FALSE;
    if (booking->main_site != HT_ID_NONE &&
        !add_site (decider, members, HT_MEMBER_MAIN_SITE, &(HtBookingSite){ booking->main_site, 0 },
                   error))
        return FALSE;
    for (unsigned i = 0; i < N_ITEMS (booking->sites); i++)
        if (!add_site (decider, members, HT_MEMBER_SITE,
                       &g_array_index (booking->sites, HtBookingSite, i), error))
            return FALSE;
    return TRUE;
}

static gboolean
refuse_doubles (const GArray *members, GError **error)
{
    for (unsigned i = 0; i < members->len; i++)
        for (unsigned j = 0; j < i; j++) {
            const HtMember *a = &g_array_index (members, HtMember, i);
            const HtMember *b = &g_array_index (members, HtMember, j);
            gboolean both_sites = a->kind <= HT_MEMBER_SITE && b->kind <= HT_MEMBER_SITE;

            if (a->ref_id != b->ref_id || (a->kind != b->kind && !both_sites))
                continue;
            ht_problem_set (error, HT_ERROR_INVALID, "named-twice", NULL,
                            "%s %" G_GINT64_FORMAT " is named twice", ht_member_kind_names[a->kind],
                            a->ref_id);
            return FALSE;
        }
    return TRUE;
}

GArray *
ht_demand_make_members (HtDecider *decider, const HtBooking *booking, GError **error)
{
    g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (HtMember));

    if (!add_resources (decider, members, booking, error) ||
        !add_people_and_sites (decider, members, booking, error) ||
        !refuse_doubles (members, error))
        return NULL;
    return g_steal_pointer (&members);
}

/* From members to reservations. */

typedef struct {
    HtDecider *decider;
    HtSpan span;
    GArray *reservations;
    GHashTable *places; /* resource to its place among them */
    int64_t main_link;  /* 0: none */
} Taking;

static void
take (Taking *taking, int64_t resource_id, int64_t amount)
{
    const HtResource *resource =
        resource_id == HT_ID_NONE
            ? NULL
            : ht_decider_peek (taking->decider, HT_RECORD_RESOURCE, resource_id);
    HtReservation reservation = { resource_id, 0, 0, amount };
    gpointer place = NULL;
    HtSpan wide;

    if (resource == NULL || amount < 1)
        return;
    if (g_hash_table_lookup_extended (taking->places, GSIZE_TO_POINTER (resource_id), NULL,
                                      &place)) {
        g_array_index (taking->reservations, HtReservation, GPOINTER_TO_UINT (place)).amount +=
            resource->capacity == 1 ? 0 : amount;
        return;
    }
    wide = ht_span_widen (taking->span, resource->setup_us, resource->teardown_us);
    reservation.start_us = wide.start_us;
    reservation.end_us = wide.end_us;
    g_hash_table_insert (taking->places, GSIZE_TO_POINTER (resource_id),
                         GUINT_TO_POINTER (taking->reservations->len));
    g_array_append_val (taking->reservations, reservation);
}

static int64_t
get_parent (Taking *taking, int64_t link_id)
{
    const HtResource *link = ht_decider_peek (taking->decider, HT_RECORD_RESOURCE, link_id);

    return link == NULL ? HT_ID_NONE : link->parent_id;
}

static gboolean
is_above (Taking *taking, int64_t link_id, int64_t below)
{
    for (unsigned i = 0; i < MAX_LINK_DEPTH && below != HT_ID_NONE; i++) {
        if (below == link_id)
            return TRUE;
        below = get_parent (taking, below);
    }
    return FALSE;
}

/* The links from @from towards the root that do not lie above @other too. */
static void
take_links (Taking *taking, int64_t from, int64_t other, int64_t kbps)
{
    for (unsigned i = 0; i < MAX_LINK_DEPTH && from != HT_ID_NONE; i++) {
        if (is_above (taking, from, other))
            return;
        take (taking, from, kbps);
        from = get_parent (taking, from);
    }
}

static void
take_site (Taking *taking, const HtMember *member)
{
    const HtSite *site = ht_decider_peek (taking->decider, HT_RECORD_SITE, member->ref_id);

    take (taking, site->room_id, 1);
    take (taking, site->codec_id, 1);
    if (member->kind == HT_MEMBER_MAIN_SITE)
        return;
    take_links (taking, site->link_id, taking->main_link, member->amount);
    take_links (taking, taking->main_link, site->link_id, member->amount);
}

static void
take_member (Taking *taking, const HtMember *member)
{
    const HtPerson *person;

    switch ((HtMemberKind) member->kind) {
    case HT_MEMBER_MAIN_SITE:
    case HT_MEMBER_SITE:
        take_site (taking, member);
        break;
    case HT_MEMBER_TRAINER:
        person = ht_decider_peek (taking->decider, HT_RECORD_PERSON, member->ref_id);
        take (taking, person->resource_id, 1);
        break;
    case HT_MEMBER_ROOM:
    case HT_MEMBER_EQUIPMENT:
        take (taking, member->ref_id, member->amount);
        break;
    case HT_MEMBER_N_KINDS:
        break;
    }
}

static int64_t
find_main_link (HtDecider *decider, const GArray *members)
{
    for (unsigned i = 0; i < members->len; i++) {
        const HtMember *member = &g_array_index (members, HtMember, i);

        if (member->kind == HT_MEMBER_MAIN_SITE)
            return ((const HtSite *) ht_decider_peek (decider, HT_RECORD_SITE, member->ref_id))
                ->link_id;
    }
    return HT_ID_NONE;
}

GArray *
ht_demand_make_reservations (HtDecider *decider, const GArray *members, const GArray *sources,
                             HtSpan span)
{
    g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
    Taking taking = { decider, span, g_array_new (FALSE, FALSE, sizeof (HtReservation)), places,
                      find_main_link (decider, members) };

    for (unsigned i = 0; i < members->len; i++)
        take_member (&taking, &g_array_index (members, HtMember, i));
    for (unsigned i = 0; i < N_ITEMS (sources); i++) {
        const HtSource *source =
            ht_decider_peek (decider, HT_RECORD_SOURCE, g_array_index (sources, int64_t, i));

        if (source != NULL)
            take (&taking, source->resource_id, 1);
    }
    return taking.reservations;
}

/* From reservations to what is in their way. */

static gboolean
look_up (int64_t resource_id, HtSupply *ret_supply, gpointer user_data)
{
    HtDecider *decider = user_data;
    const HtResource *resource = ht_decider_peek (decider, HT_RECORD_RESOURCE, resource_id);

    if (resource == NULL)
        return FALSE;
    *ret_supply =
        (HtSupply){ .timeline = ht_state_get_timeline (decider->state, resource_id),
                    .capacity = resource->capacity,
                    .closure = ht_state_get_closure (decider->state, resource->closure_id),
                    .retired = resource->retired };
    return TRUE;
}

static GArray *
make_demands (const GArray *spans, const GPtrArray *reservations)
{
    GArray *demands = g_array_new (FALSE, TRUE, sizeof (HtDemand));

    for (unsigned i = 0; i < spans->len; i++) {
        const GArray *of_one = g_ptr_array_index (reservations, i);

        for (unsigned j = 0; j < of_one->len; j++) {
            HtDemand demand = { i, g_array_index (of_one, HtReservation, j),
                                g_array_index (spans, HtSpan, i) };

            g_array_append_val (demands, demand);
        }
    }
    return demands;
}

static GArray *
make_returns (const GPtrArray *returned)
{
    GArray *returns = g_array_new (FALSE, TRUE, sizeof (HtReturn));

    for (unsigned i = 0; i < N_ITEMS (returned); i++) {
        const HtSession *session = g_ptr_array_index (returned, i);

        for (unsigned j = 0; j < N_ITEMS (session->reservations); j++) {
            HtReturn given = { session->id,
                               g_array_index (session->reservations, HtReservation, j) };

            g_array_append_val (returns, given);
        }
    }
    return returns;
}

static void
add_clash (HtPreview *preview, const HtObstacle *obstacle)
{
    HtClash *clash = ht_preview_add_clash (
        &g_array_index (preview->occurrences, HtPreviewOccurrence, obstacle->occurrence));

    clash->kind = obstacle->kind;
    clash->resource_id = obstacle->resource_id;
    clash->start_us = obstacle->span.start_us;
    clash->end_us = obstacle->span.end_us;
    clash->capacity = obstacle->capacity;
    clash->wanted = obstacle->wanted;
    clash->free = obstacle->free;
    for (unsigned i = 0; i < N_ITEMS (obstacle->with); i++) {
        const HtHolding *holding = &g_array_index (obstacle->with, HtHolding, i);
        HtClashWith with = { holding->holder, holding->span.start_us, holding->span.end_us,
                             holding->amount };

        g_array_append_val (clash->with, with);
    }
    preview->n_clashes++;
}

gboolean
ht_demand_admit (HtDecider *decider, const GArray *spans, const GPtrArray *reservations,
                 const GPtrArray *returned, HtPreview *preview, GError **error)
{
    g_autoptr (GArray) demands = make_demands (spans, reservations);
    g_autoptr (GArray) returns = make_returns (returned);
    g_autoptr (GArray) obstacles = NULL;
    HtAdmission admission = { .demands = (const HtDemand *) (gpointer) demands->data,
                              .n_demands = demands->len,
                              .returns = (const HtReturn *) (gpointer) returns->data,
                              .n_returns = returns->len,
                              .lookup = look_up,
                              .user_data = decider };
    gboolean admitted = ht_admission_decide (&admission, &obstacles, error);

    for (unsigned i = 0; i < spans->len; i++) {
        HtPreviewOccurrence *occurrence = ht_preview_add_occurrence (preview);

        occurrence->start_us = g_array_index (spans, HtSpan, i).start_us;
        occurrence->end_us = g_array_index (spans, HtSpan, i).end_us;
    }
    for (unsigned i = 0; i < N_ITEMS (obstacles); i++)
        add_clash (preview, &g_array_index (obstacles, HtObstacle, i));
    return admitted;
}
