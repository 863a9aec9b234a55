/* SPDX-License-Identifier: MIT */

/* Times that are not free for all: without some of the sites, or once other sessions move. */

#include "scheduler/base/id.h"
#include "scheduler/service/choices.h"
#include "scheduler/service/find-time-private.h"

/* Starts that are tried one by one, and how often sites are left out of one. */
enum { MOST_TRIED = 8, MOST_ROUNDS = 4 };

gboolean
ht_finder_try (HtFinder *finder, const GArray *members, int64_t start_us, GArray **ret_obstacles)
{
    HtDemandWhat what = finder->what;
    HtSpan span = { start_us, start_us + finder->search.length_us };
    g_autoptr (GPtrArray) reservations =
        g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HtSpan));
    g_autoptr (GArray) demands = NULL;
    HtAdmission admission = { .lookup = ht_demand_look_up, .user_data = finder->decider };
    g_autoptr (GArray) all = g_array_copy ((GArray *) members);
    GArray *taken;

    *ret_obstacles = NULL;
    what.members = all;
    g_array_append_val (spans, span);
    if (!ht_choices_resolve (finder->decider, finder->asked->booking.any_of, spans, all, NULL))
        return FALSE;
    taken = ht_demand_make_reservations (finder->decider, &what, span, NULL);
    if (taken == NULL)
        return FALSE;
    g_ptr_array_add (reservations, taken);
    demands = ht_demand_list (spans, reservations);
    admission.demands = (const HtDemand *) (gpointer) demands->data;
    admission.n_demands = demands->len;
    return ht_admission_decide (&admission, ret_obstacles, NULL) || *ret_obstacles != NULL;
}

/* --- whose is what ------------------------------------------------------------------------- */

/* (transfer full) (element-type HtReservation) (nullable): of the members that are no sites, and
 * of the one at @site; G_MAXUINT: of the main site alone. */
static GArray *
take_alone (HtFinder *finder, unsigned site)
{
    g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (HtMember));
    HtDemandWhat what = finder->what;

    for (unsigned i = 0; i < finder->members->len; i++) {
        const HtMember *member = &g_array_index (finder->members, HtMember, i);

        if (i == site || member->kind == HT_MEMBER_MAIN_SITE ||
            (site == G_MAXUINT && member->kind != HT_MEMBER_SITE))
            g_array_append_vals (members, member, 1);
    }
    what.members = members;
    if (site != G_MAXUINT)
        what.sources = NULL;
    return ht_demand_make_reservations (finder->decider, &what, finder->model, NULL);
}

/* What several sites share is a party of its own: it may do for some of them. */
static void
note_party (GHashTable *parties, const GArray *taken, unsigned party, unsigned *n_parties)
{
    for (unsigned i = 0; taken != NULL && i < taken->len; i++) {
        gpointer id =
            GSIZE_TO_POINTER ((size_t) g_array_index (taken, HtReservation, i).resource_id);
        gpointer known = NULL;

        if (!g_hash_table_lookup_extended (parties, id, NULL, &known))
            g_hash_table_insert (parties, id, GUINT_TO_POINTER (party));
        else if (GPOINTER_TO_UINT (known) != 0)
            g_hash_table_insert (parties, id, GUINT_TO_POINTER (++*n_parties));
    }
}

static void
unref_if_any (gpointer array)
{
    if (array != NULL)
        g_array_unref (array);
}

GArray *
ht_finder_list_parties (HtFinder *finder)
{
    g_autoptr (GHashTable) by_resource = g_hash_table_new (NULL, NULL);
    g_autoptr (GArray) must = take_alone (finder, G_MAXUINT);
    GArray *parties = g_array_new (FALSE, FALSE, sizeof (unsigned));
    unsigned n_parties = finder->members->len;

    finder->brought = g_ptr_array_new_with_free_func (unref_if_any);
    note_party (by_resource, must, 0, &n_parties);
    for (unsigned i = 0; i < finder->members->len; i++) {
        gboolean is_site = g_array_index (finder->members, HtMember, i).kind == HT_MEMBER_SITE;
        GArray *taken = is_site ? take_alone (finder, i) : NULL;

        note_party (by_resource, taken, i + 1, &n_parties);
        g_ptr_array_add (finder->brought, taken);
    }
    for (unsigned i = 0; i < finder->demands->len; i++) {
        int64_t id = g_array_index (finder->demands, HtDemand, i).reservation.resource_id;
        unsigned party =
            GPOINTER_TO_UINT (g_hash_table_lookup (by_resource, GSIZE_TO_POINTER ((size_t) id)));

        g_array_append_val (parties, party);
    }
    return parties;
}

/* --- without some sites -------------------------------------------------------------------- */

static gboolean
brings (const HtFinder *finder, unsigned member, int64_t resource_id)
{
    const GArray *taken = g_ptr_array_index (finder->brought, member);

    for (unsigned i = 0; taken != NULL && i < taken->len; i++)
        if (g_array_index (taken, HtReservation, i).resource_id == resource_id)
            return TRUE;
    return FALSE;
}

/* Of those who are not @gone leaves out who bring what is in the way, the last ones first, until it
 * is had. Others may be @away for another obstacle already. */
static gboolean
leave_out (const HtFinder *finder, const HtObstacle *obstacle, const gboolean *gone, gboolean *away)
{
    int64_t lacking =
        obstacle->kind == HT_OBSTACLE_TAKEN ? obstacle->wanted - obstacle->free : obstacle->wanted;
    gboolean any = FALSE;

    for (unsigned i = finder->members->len; i > 0 && lacking > 0; i--) {
        const HtMember *member = &g_array_index (finder->members, HtMember, i - 1);

        if (gone[i - 1] || !brings (finder, i - 1, obstacle->resource_id))
            continue;
        any = TRUE;
        lacking -= MAX (1, member->amount);
        away[i - 1] = TRUE;
    }
    return any;
}

static GArray *
list_present (HtFinder *finder, const gboolean *away)
{
    GArray *present = g_array_new (FALSE, FALSE, sizeof (HtMember));

    for (unsigned i = 0; i < finder->members->len; i++)
        if (!away[i])
            g_array_append_vals (present, &g_array_index (finder->members, HtMember, i), 1);
    return present;
}

/* Whether it can be without some; @away then says without whom. */
static gboolean
try_without (HtFinder *finder, int64_t start_us, gboolean *away)
{
    for (int round = 0; round < MOST_ROUNDS; round++) {
        g_autoptr (GArray) present = list_present (finder, away);
        g_autoptr (GArray) obstacles = NULL;
        g_autofree gboolean *gone =
            g_memdup2 (away, (finder->members->len + 1) * sizeof (gboolean));

        if (!ht_finder_try (finder, present, start_us, &obstacles))
            return FALSE;
        if (obstacles == NULL)
            return TRUE;
        for (unsigned i = 0; i < obstacles->len; i++)
            if (!leave_out (finder, &g_array_index (obstacles, HtObstacle, i), gone, away))
                return FALSE;
    }
    return FALSE;
}

static HtFoundSlot
make_slot (const HtFinder *finder, HtFoundKind kind, int64_t start_us)
{
    return (HtFoundSlot){ kind,
                          { start_us, start_us + finder->search.length_us },
                          0,
                          g_array_new (FALSE, FALSE, sizeof (int64_t)),
                          g_array_new (FALSE, FALSE, sizeof (int64_t)) };
}

static void
count_present (const HtFinder *finder, const gboolean *away, HtFoundSlot *slot)
{
    for (unsigned i = 0; i < finder->members->len; i++) {
        const HtMember *member = &g_array_index (finder->members, HtMember, i);

        if (member->kind > HT_MEMBER_SITE)
            continue;
        if (away != NULL && away[i])
            g_array_append_val (slot->missing, member->ref_id);
        else
            slot->n_sites++;
    }
}

static gboolean
add_without_sites (HtFinder *finder, int64_t start_us)
{
    g_autofree gboolean *away = g_new0 (gboolean, finder->members->len + 1);
    HtFoundSlot slot;

    if (!try_without (finder, start_us, away))
        return FALSE;
    slot = make_slot (finder, HT_FOUND_FEWER_SITES, start_us);
    count_present (finder, away, &slot);
    g_array_append_val (finder->found->slots, slot);
    return TRUE;
}

/* --- once others have moved ---------------------------------------------------------------- */

static void
note_session (GArray *sessions, int64_t id)
{
    for (unsigned i = 0; i < sessions->len; i++)
        if (g_array_index (sessions, int64_t, i) == id)
            return;
    g_array_append_val (sessions, id);
}

static gboolean
list_displaced (const GArray *obstacles, GArray *sessions)
{
    for (unsigned i = 0; i < obstacles->len; i++) {
        const HtObstacle *obstacle = &g_array_index (obstacles, HtObstacle, i);

        if (obstacle->kind != HT_OBSTACLE_TAKEN || obstacle->with->len == 0 ||
            obstacle->wanted > obstacle->capacity)
            return FALSE;
        for (unsigned j = 0; j < obstacle->with->len; j++)
            note_session (sessions, g_array_index (obstacle->with, HtHolding, j).holder);
    }
    return TRUE;
}

static gboolean
add_displacing (HtFinder *finder, int64_t start_us)
{
    g_autoptr (GArray) obstacles = NULL;
    g_autoptr (GArray) sessions = g_array_new (FALSE, FALSE, sizeof (int64_t));
    HtFoundSlot slot;

    if (!ht_finder_try (finder, finder->members, start_us, &obstacles) || obstacles == NULL ||
        !list_displaced (obstacles, sessions))
        return FALSE;
    slot = make_slot (finder, HT_FOUND_DISPLACING, start_us);
    count_present (finder, NULL, &slot);
    g_array_append_vals (slot.displaced, sessions->data, sessions->len);
    g_array_append_val (finder->found->slots, slot);
    return TRUE;
}

/* --- the best of them ---------------------------------------------------------------------- */

typedef struct {
    HtFoundKind kind;
    gboolean (*add) (HtFinder *finder, int64_t start_us);
    gboolean (*suits) (const HtGridStart *start);
    GCompareFunc compare;
} Lesser;

static gboolean
may_be_without (const HtGridStart *start)
{
    return start->n_blocked > 0 && !start->must;
}

static gboolean
may_displace (const HtGridStart *start)
{
    return start->n_blocked > 0;
}

static int
compare_starts (const HtGridStart *one, const HtGridStart *other)
{
    return (one->start_us > other->start_us) - (one->start_us < other->start_us);
}

static int
compare_missing (gconstpointer a, gconstpointer b)
{
    const HtGridStart *one = a, *other = b;

    if (one->n_missing != other->n_missing)
        return one->n_missing < other->n_missing ? -1 : 1;
    return compare_starts (one, other);
}

static int
compare_blocked (gconstpointer a, gconstpointer b)
{
    const HtGridStart *one = a, *other = b;

    if (one->n_blocked != other->n_blocked)
        return one->n_blocked < other->n_blocked ? -1 : 1;
    return compare_starts (one, other);
}

static gboolean
meets_another (const HtFinder *finder, HtFoundKind kind, int64_t start_us)
{
    HtSpan span = { start_us, start_us + finder->search.length_us };

    for (unsigned i = 0; i < finder->found->slots->len; i++) {
        const HtFoundSlot *slot = &g_array_index (finder->found->slots, HtFoundSlot, i);

        if ((slot->kind == kind || slot->kind == HT_FOUND_FREE) &&
            ht_span_overlaps (slot->span, span))
            return TRUE;
    }
    return FALSE;
}

static void
add_kind (HtFinder *finder, const Lesser *lesser, unsigned most)
{
    g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (HtGridStart));
    unsigned n_tried = 0, n_added = 0;

    for (unsigned i = 0; i < finder->grid->starts->len; i++) {
        const HtGridStart *start = &g_array_index (finder->grid->starts, HtGridStart, i);

        if (lesser->suits (start))
            g_array_append_vals (starts, start, 1);
    }
    g_array_sort (starts, lesser->compare);
    for (unsigned i = 0; i < starts->len && n_tried < MOST_TRIED && n_added < most; i++) {
        int64_t start_us = g_array_index (starts, HtGridStart, i).start_us;

        if (meets_another (finder, lesser->kind, start_us))
            continue;
        n_tried++;
        n_added += lesser->add (finder, start_us);
    }
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
    const HtFoundSlot *one = a, *other = b;

    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    if (one->missing->len != other->missing->len)
        return one->missing->len < other->missing->len ? -1 : 1;
    if (one->displaced->len != other->displaced->len)
        return one->displaced->len < other->displaced->len ? -1 : 1;
    return ht_span_compare (one->span, other->span);
}

void
ht_finder_add_lesser (HtFinder *finder, unsigned most)
{
    static const Lesser kinds[] = {
        { HT_FOUND_FEWER_SITES, add_without_sites, may_be_without, compare_missing },
        { HT_FOUND_DISPLACING, add_displacing, may_displace, compare_blocked },
    };
    unsigned n_before = finder->found->slots->len;

    add_kind (finder, &kinds[0], (most + 1) / 2);
    add_kind (finder, &kinds[1], most - (finder->found->slots->len - n_before));
    g_array_sort (finder->found->slots, compare_slots);
}
