/* SPDX-License-Identifier: MIT */

#include "scheduler/service/site-offers.h"

#include "scheduler/base/id.h"

/* Occurrences that are tried while an offer is sought; all are before it is made. */
enum { MOST_TRIED = 16 };

typedef struct {
    HtDecider *decider;
    const HtDemandWhat *what;
    const GArray *spans;
    GArray *clashing; /* (element-type HtSpan) (owned): the first of those that clash */
    GArray *affected; /* (element-type unsigned) (owned): members whose stream crosses a full line,
                       * the widest first */
} Offers;

/* --- whom it concerns ---------------------------------------------------------------------- */

/* Whether lines are all that is in the way, and full rather than closed. @links: takes them */
static gboolean
note_links (Offers *offers, const HtPreview *preview, GHashTable *links)
{
    for (unsigned i = 0; i < preview->occurrences->len; i++) {
        const HtPreviewOccurrence *occurrence =
            &g_array_index (preview->occurrences, HtPreviewOccurrence, i);

        for (unsigned j = 0; j < occurrence->clashes->len; j++) {
            const HtClash *clash = &g_array_index (occurrence->clashes, HtClash, j);
            const HtResource *link =
                ht_decider_peek (offers->decider, HT_RECORD_RESOURCE, clash->resource_id);

            if (link == NULL || link->kind != HT_RESOURCE_LINK || clash->kind != HT_OBSTACLE_TAKEN)
                return FALSE;
            g_hash_table_add (links, GSIZE_TO_POINTER ((size_t) link->id));
        }
        if (occurrence->clashes->len > 0 && offers->clashing->len < MOST_TRIED)
            g_array_append_vals (offers->clashing, &g_array_index (offers->spans, HtSpan, i), 1);
    }
    return TRUE;
}

/* The main site and member @i, as if they were alone. */
static GArray *
take_alone (const Offers *offers, unsigned i)
{
    g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (HtMember));
    HtDemandWhat what = { .members = members };

    for (unsigned m = 0; m < offers->what->members->len; m++) {
        const HtMember *member = &g_array_index (offers->what->members, HtMember, m);

        if (m == i || member->kind == HT_MEMBER_MAIN_SITE)
            g_array_append_vals (members, member, 1);
    }
    return ht_demand_make_reservations (offers->decider, &what,
                                        g_array_index (offers->spans, HtSpan, 0), NULL);
}

static gboolean
crosses (const Offers *offers, unsigned i, GHashTable *links)
{
    g_autoptr (GArray) taken = take_alone (offers, i);

    for (unsigned r = 0; taken != NULL && r < taken->len; r++) {
        int64_t id = g_array_index (taken, HtReservation, r).resource_id;

        if (g_hash_table_contains (links, GSIZE_TO_POINTER ((size_t) id)))
            return TRUE;
    }
    return FALSE;
}

static int
compare_streams (gconstpointer a, gconstpointer b, gpointer members)
{
    unsigned i = *(const unsigned *) a, j = *(const unsigned *) b;
    int64_t one = g_array_index ((GArray *) members, HtMember, i).amount;
    int64_t other = g_array_index ((GArray *) members, HtMember, j).amount;

    if (one != other)
        return one > other ? -1 : 1;
    return i > j ? -1 : i < j; /* who was named last gives way first */
}

static void
list_affected (Offers *offers, GHashTable *links)
{
    for (unsigned i = 0; i < offers->what->members->len; i++) {
        const HtMember *member = &g_array_index (offers->what->members, HtMember, i);

        if (member->kind == HT_MEMBER_SITE && member->amount > 0 && crosses (offers, i, links))
            g_array_append_val (offers->affected, i);
    }
    g_array_sort_with_data (offers->affected, compare_streams, (gpointer) offers->what->members);
}

/* --- what would do ------------------------------------------------------------------------- */

/* (element-type unsigned): those of them who would take less with @profile. */
static GArray *
list_lowered (const Offers *offers, HtProfile profile)
{
    GArray *lowered = g_array_new (FALSE, FALSE, sizeof (unsigned));

    for (unsigned i = 0; i < offers->affected->len; i++) {
        unsigned m = g_array_index (offers->affected, unsigned, i);
        const HtMember *member = &g_array_index (offers->what->members, HtMember, m);
        gboolean joins = ht_profile_rows[member->profile].joins;

        if ((joins || profile == HT_PROFILE_RECORD_LATER) &&
            ht_demand_get_rate (offers->decider, profile, member->ref_id) < member->amount)
            g_array_append_val (lowered, m);
    }
    return lowered;
}

/* (element-type HtMember): all, the first @n of @lowered with @profile. */
static GArray *
lower (const Offers *offers, const GArray *lowered, unsigned n, HtProfile profile)
{
    GArray *members = g_array_copy ((GArray *) offers->what->members);

    for (unsigned i = 0; i < n; i++) {
        HtMember *member = &g_array_index (members, HtMember, g_array_index (lowered, unsigned, i));

        member->profile = profile;
        member->amount = ht_demand_get_rate (offers->decider, profile, member->ref_id);
    }
    return members;
}

static gboolean
fits (const Offers *offers, const GArray *members, const GArray *spans)
{
    g_autoptr (GPtrArray) reservations =
        g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
    HtDemandWhat what = *offers->what;
    g_autoptr (GArray) demands = NULL;
    HtAdmission admission = { .lookup = ht_demand_look_up, .user_data = offers->decider };

    what.members = members;
    for (unsigned i = 0; i < spans->len; i++) {
        GArray *taken = ht_demand_make_reservations (offers->decider, &what,
                                                     g_array_index (spans, HtSpan, i), NULL);

        if (taken == NULL)
            return FALSE;
        g_ptr_array_add (reservations, taken);
    }
    demands = ht_demand_list (spans, reservations);
    admission.demands = (const HtDemand *) (gpointer) demands->data;
    admission.n_demands = demands->len;
    return ht_admission_decide (&admission, NULL, NULL);
}

static gboolean
fits_lowered (const Offers *offers, const GArray *lowered, unsigned n, HtProfile profile,
              const GArray *spans)
{
    g_autoptr (GArray) members = lower (offers, lowered, n, profile);

    return fits (offers, members, spans);
}

/* The fewest of @lowered that do; 0: not even all of them do. One more never takes more. */
static unsigned
count_needed (const Offers *offers, const GArray *lowered, HtProfile profile)
{
    unsigned enough = lowered->len, too_few = 0;

    if (enough == 0 || !fits_lowered (offers, lowered, enough, profile, offers->clashing) ||
        !fits_lowered (offers, lowered, enough, profile, offers->spans))
        return 0;
    while (enough - too_few > 1) {
        unsigned middle = too_few + (enough - too_few) / 2;

        if (fits_lowered (offers, lowered, middle, profile, offers->clashing))
            enough = middle;
        else
            too_few = middle;
    }
    return fits_lowered (offers, lowered, enough, profile, offers->spans) ? enough : lowered->len;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
    unsigned one = *(const unsigned *) a, other = *(const unsigned *) b;

    return (one > other) - (one < other);
}

/* Whether an offer was made: its sites in the order of the booking. */
static gboolean
offer (const Offers *offers, HtProfile profile, HtPreview *preview)
{
    g_autoptr (GArray) lowered = list_lowered (offers, profile);
    unsigned needed = count_needed (offers, lowered, profile);
    const HtSpan *first = &g_array_index (offers->spans, HtSpan, 0);
    HtAlternative alternative = { .kind = profile == HT_PROFILE_RECORD_LATER
                                              ? HT_ALTERNATIVE_RECORD_LATER
                                              : HT_ALTERNATIVE_PROFILE,
                                  .start_us = first->start_us,
                                  .end_us = first->end_us };

    if (needed == 0)
        return FALSE;
    g_array_set_size (lowered, needed);
    g_array_sort (lowered, compare_places);
    alternative.sites = g_array_new (FALSE, FALSE, sizeof (HtBookingSite));
    for (unsigned i = 0; i < needed; i++) {
        unsigned m = g_array_index (lowered, unsigned, i);
        int64_t id = g_array_index (offers->what->members, HtMember, m).ref_id;
        HtBookingSite site = { id, ht_demand_get_rate (offers->decider, profile, id), profile };

        g_array_append_val (alternative.sites, site);
    }
    g_array_append_val (preview->alternatives, alternative);
    return TRUE;
}

static void
clear_offers (Offers *offers)
{
    g_clear_pointer (&offers->clashing, g_array_unref);
    g_clear_pointer (&offers->affected, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Offers, clear_offers)

void
ht_site_offers_add (HtDecider *decider, const HtDemandWhat *what, const GArray *spans,
                    HtPreview *preview)
{
    g_autoptr (GHashTable) links = g_hash_table_new (NULL, NULL);
    g_auto (Offers) offers = { decider, what, spans, NULL, NULL };

    offers.clashing = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    offers.affected = g_array_new (FALSE, FALSE, sizeof (unsigned));
    if (what->members == NULL || !note_links (&offers, preview, links) || offers.clashing->len == 0)
        return;
    list_affected (&offers, links);
    for (HtProfile profile = HT_PROFILE_FULL; profile <= HT_PROFILE_AUDIO; profile++)
        if (offer (&offers, profile, preview))
            break;
    offer (&offers, HT_PROFILE_RECORD_LATER, preview);
}
