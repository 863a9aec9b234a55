/* SPDX-License-Identifier: MIT */

#include "scheduler/service/demand.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/policy.h"
#include "scheduler/core/wants.h"

#define DAY_US (INT64_C (86400) * G_USEC_PER_SEC)

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
    HtMember member = { .kind = kind, .ref_id = ref_id, .amount = amount };

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

int64_t
ht_demand_get_rate (HtDecider *decider, HtProfile profile, int64_t site_id)
{
    int64_t n_ids = ht_state_get_next_id (decider->state, HT_RECORD_PROFILE);
    int64_t kbps = ht_profile_rows[profile].kbps;

    for (int64_t id = 1; id < n_ids; id++) {
        const HtProfileRate *rate = ht_state_peek (decider->state, HT_RECORD_PROFILE, id);

        if (rate == NULL || rate->profile != (int) profile)
            continue;
        if (rate->site_id == site_id)
            return rate->kbps;
        if (rate->site_id == HT_ID_NONE)
            kbps = rate->kbps;
    }
    return kbps;
}

static gboolean
add_site (HtDecider *decider, GArray *members, HtMemberKind kind, const HtBookingSite *asked,
          GError **error)
{
    const HtSite *site = ht_decider_peek (decider, HT_RECORD_SITE, asked->id);
    HtMember member = { .kind = kind, .ref_id = asked->id, .amount = asked->kbps };

    if (site == NULL || site->retired || asked->kbps < 0 || asked->profile < 0 ||
        asked->profile >= HT_PROFILE_N_KINDS)
        return refuse_member (kind == HT_MEMBER_SITE ? "sites" : "mainSite", asked->id, "site",
                              error);
    member.profile = asked->profile;
    if (asked->kbps == 0 || asked->profile == HT_PROFILE_RECORD_LATER)
        member.amount = ht_demand_get_rate (decider, asked->profile, asked->id);
    g_array_append_val (members, member);
    return TRUE;
}

/* (nullable): the first one of the unit. */
static const HtSite *
find_unit_site (HtDecider *decider, int64_t unit_id)
{
    int64_t n_ids = ht_state_get_next_id (decider->state, HT_RECORD_SITE);

    for (int64_t id = 1; id < n_ids; id++) {
        const HtSite *site = ht_decider_peek (decider, HT_RECORD_SITE, id);

        if (site != NULL && site->unit_id == unit_id && !site->retired)
            return site;
    }
    return NULL;
}

static gboolean
add_watchers (HtDecider *decider, GArray *members, const HtBookingWatchers *asked, GError **error)
{
    const HtSite *site = asked->site_id != HT_ID_NONE
                             ? ht_decider_peek (decider, HT_RECORD_SITE, asked->site_id)
                             : find_unit_site (decider, asked->unit_id);
    HtMember member = { .kind = HT_MEMBER_WATCHERS, .count = asked->count };

    if (site == NULL || site->retired || asked->count < 1 || asked->kbps < 0)
        return refuse_member ("watchers",
                              asked->site_id != HT_ID_NONE ? asked->site_id : asked->unit_id,
                              "site, or unit with a site,", error);
    member.ref_id = site->id;
    member.profile = HT_PROFILE_WATCH_ONLY;
    member.amount = asked->kbps > 0 ? asked->kbps
                                    : ht_demand_get_rate (decider, HT_PROFILE_WATCH_ONLY, site->id);
    g_array_append_val (members, member);
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
        !add_site (decider, members, HT_MEMBER_MAIN_SITE,
                   &(HtBookingSite){ .id = booking->main_site }, error))
        return FALSE;
    for (unsigned i = 0; i < N_ITEMS (booking->sites); i++)
        if (!add_site (decider, members, HT_MEMBER_SITE,
                       &g_array_index (booking->sites, HtBookingSite, i), error))
            return FALSE;
    for (unsigned i = 0; i < N_ITEMS (booking->watchers); i++)
        if (!add_watchers (decider, members,
                           &g_array_index (booking->watchers, HtBookingWatchers, i), error))
            return FALSE;
    return TRUE;
}

gboolean
ht_demand_check_doubles (const GArray *members, GError **error)
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
        !ht_demand_check_doubles (members, error))
        return NULL;
    return g_steal_pointer (&members);
}

/* From members to reservations. */

HtDemandWhat
ht_demand_describe (const HtDecider *decider, const HtBooking *booking, const GArray *members)
{
    HtPolicy policy = ht_policy_get_default ();
    gboolean own = booking->unit_id == HT_ID_NONE && decider->actor != NULL;

    return (HtDemandWhat){ .members = members,
                           .sources = booking->sources,
                           .keep_us = booking->keep_days > 0
                                          ? booking->keep_days * DAY_US
                                          : ht_policy_get (&policy, HT_POLICY_KEEP_US),
                           .unit_id = own ? decider->actor->unit_id : booking->unit_id };
}

static const HtSite *
get_site (int64_t id, gpointer decider)
{
    return ht_decider_peek (decider, HT_RECORD_SITE, id);
}

static const HtVideoSource *
get_source (int64_t id, gpointer decider)
{
    return ht_decider_peek (decider, HT_RECORD_SOURCE, id);
}

static const HtPerson *
get_person (int64_t id, gpointer decider)
{
    return ht_decider_peek (decider, HT_RECORD_PERSON, id);
}

static const HtResource *
get_resource (int64_t id, gpointer decider)
{
    return ht_decider_peek (decider, HT_RECORD_RESOURCE, id);
}

static gboolean
has_relay (int64_t link_id, gpointer decider)
{
    const HtResource *link = ht_decider_peek (decider, HT_RECORD_RESOURCE, link_id);

    return link != NULL && link->relay;
}

/* (transfer full) (element-type int64_t): disks of the unit and of those above it: each is what
 * the recordings of all below it may take. */
static GArray *
list_quotas (HtDecider *decider, int64_t unit_id)
{
    int64_t n_ids = ht_state_get_next_id (decider->state, HT_RECORD_RESOURCE);
    int64_t day = ht_decider_get_day (decider);
    GArray *quotas = g_array_new (FALSE, FALSE, sizeof (int64_t));

    for (int64_t id = 1; unit_id != HT_ID_NONE && id < n_ids; id++) {
        const HtResource *disk = ht_state_peek (decider->state, HT_RECORD_RESOURCE, id);

        if (disk != NULL && disk->kind == HT_RESOURCE_DISK && disk->unit_id != HT_ID_NONE &&
            !disk->retired && ht_state_is_below (decider->state, unit_id, disk->unit_id, day))
            g_array_append_val (quotas, id);
    }
    return quotas;
}

static gboolean
has_sites (const GArray *members)
{
    for (unsigned i = 0; i < N_ITEMS (members); i++)
        if (g_array_index (members, HtMember, i).kind <= HT_MEMBER_SITE)
            return TRUE;
    return FALSE;
}

GArray *
ht_demand_make_reservations (HtDecider *decider, const HtDemandWhat *what, HtSpan span,
                             GError **error)
{
    HtPolicy policy = ht_policy_get_default ();
    HtWantsLookup lookup = { get_site, get_source, get_person, get_resource, has_relay, decider };
    g_autoptr (GArray) tracks = g_array_new (FALSE, TRUE, sizeof (HtTrack));
    g_autoptr (GArray) quotas = NULL;
    HtWants wants = {
        .span = span,
        .members = what->members == NULL ? NULL : (const HtMember *) (gpointer) what->members->data,
        .n_members = N_ITEMS (what->members),
        .keep_until_us = span.end_us + what->keep_us,
        .disk_margin_percent = ht_policy_get (&policy, HT_POLICY_DISK_MARGIN_PERCENT)
    };

    for (unsigned i = 0; i < N_ITEMS (what->sources); i++) {
        HtTrack track = { NULL, g_array_index (what->sources, int64_t, i) };

        g_array_append_val (tracks, track);
    }
    wants.tracks = (const HtTrack *) (gpointer) tracks->data;
    wants.n_tracks = tracks->len;
    if (tracks->len > 0) {
        wants.recorder_id = ht_state_find_common (decider->state, HT_RESOURCE_RECORDER);
        wants.disk_id = ht_state_find_common (decider->state, HT_RESOURCE_DISK);
        quotas = list_quotas (decider, what->unit_id);
        wants.quota_ids = (const int64_t *) (gpointer) quotas->data;
        wants.n_quotas = quotas->len;
    }
    if (has_sites (what->members))
        wants.ports_id = ht_state_find_common (decider->state, HT_RESOURCE_PORTS);
    return ht_wants_expand (&wants, &lookup, error);
}

/* From reservations to what is in their way. */

gboolean
ht_demand_look_up (int64_t resource_id, HtSupply *ret_supply, gpointer user_data)
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

GArray *
ht_demand_list (const GArray *spans, const GPtrArray *reservations)
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

        if (!ht_session_machine_occupies (session->state))
            continue; /* what it names does not stand */
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

/* Whether only what is closed was in the way, and the actor's reason passes that. */
static gboolean
pass_closures (HtDecider *decider, HtAdmission *admission)
{
    if (!decider->ignores_closures)
        return FALSE;
    admission->ignore_closures = TRUE;
    if (!ht_admission_decide (admission, NULL, NULL))
        return FALSE;
    decider->decision->overrode |= HT_OVERRODE_CLOSURE;
    return TRUE;
}

gboolean
ht_demand_admit (HtDecider *decider, const GArray *spans, const GPtrArray *reservations,
                 const GPtrArray *returned, HtPreview *preview, GError **error)
{
    g_autoptr (GArray) demands = ht_demand_list (spans, reservations);
    g_autoptr (GArray) returns = make_returns (returned);
    g_autoptr (GArray) obstacles = NULL;
    HtAdmission admission = { .demands = (const HtDemand *) (gpointer) demands->data,
                              .n_demands = demands->len,
                              .returns = (const HtReturn *) (gpointer) returns->data,
                              .n_returns = returns->len,
                              .lookup = ht_demand_look_up,
                              .user_data = decider };
    g_autoptr (GError) refusal = NULL;
    gboolean fits = ht_admission_decide (&admission, &obstacles, &refusal);
    gboolean admitted = fits || pass_closures (decider, &admission);

    if (!admitted)
        g_propagate_error (error, g_steal_pointer (&refusal));
    for (unsigned i = 0; i < spans->len; i++) {
        HtPreviewOccurrence *occurrence = ht_preview_add_occurrence (preview);

        occurrence->start_us = g_array_index (spans, HtSpan, i).start_us;
        occurrence->end_us = g_array_index (spans, HtSpan, i).end_us;
    }
    for (unsigned i = 0; !admitted && i < N_ITEMS (obstacles); i++)
        add_clash (preview, &g_array_index (obstacles, HtObstacle, i));
    return admitted;
}
