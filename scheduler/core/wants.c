/* SPDX-License-Identifier: MIT */

#include "scheduler/core/wants.h"

#include <inttypes.h>

#include "scheduler/base/error.h"

/* What a relay passes on once: the conference's stream is not the one that is watched. */
typedef enum { STREAM_JOINED, STREAM_WATCHED, N_STREAMS } Stream;

typedef struct {
    const HtWants *wants;
    const HtWantsLookup *lookup;
    const HtSite *main; /* (nullable) */
    int64_t n_sites;
    GHashTable *amounts;         /* (element-type int64_t HtReservation) (owned): by resource */
    GHashTable *once[N_STREAMS]; /* (owned): by link with a relay, what of the kind crosses it */
} Expansion;

static gboolean
refuse_missing (const char *problem, const char *what, int64_t id, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, problem, NULL, "there is no %s %" PRId64, what, id);
    return FALSE;
}

/* --- amounts by resource ------------------------------------------------------------------- */

/* How a second demand of the same booking joins the first. */
typedef enum { ADD_UP, ONCE } Joining;

static gboolean
join (HtReservation *taken, int64_t amount, Joining joining, GError **error)
{
    if (joining == ONCE) {
        taken->amount = MAX (taken->amount, amount);
        return TRUE;
    }
    if (taken->amount > INT64_MAX - amount) {
        ht_problem_set (error, HT_ERROR_INVALID, "amount-too-large", "amount",
                        "what is asked of resource %" PRId64 " cannot be counted",
                        taken->resource_id);
        return FALSE;
    }
    taken->amount += amount;
    return TRUE;
}

static HtReservation *
get_taken (Expansion *expansion, const HtResource *resource)
{
    HtReservation *taken = g_hash_table_lookup (expansion->amounts, &resource->id);
    HtSpan span = expansion->wants->span;

    if (taken != NULL)
        return taken;
    span = ht_span_widen (span, MAX (0, resource->setup_us), MAX (0, resource->teardown_us));
    taken = g_new (HtReservation, 1);
    *taken = (HtReservation){ resource->id, span.start_us, span.end_us, 0 };
    g_hash_table_insert (expansion->amounts, &taken->resource_id, taken);
    return taken;
}

static gboolean
take (Expansion *expansion, int64_t id, int64_t amount, Joining joining, GError **error)
{
    const HtResource *resource = expansion->lookup->get_resource (id, expansion->lookup->user_data);

    if (resource == NULL)
        return refuse_missing ("no-such-resource", "resource", id, error);
    if (amount < 1) {
        ht_problem_set (error, HT_ERROR_INVALID, "amount-not-positive", "amount",
                        "%" PRId64 " of resource %" PRId64 " cannot be taken", amount, id);
        return FALSE;
    }
    return join (get_taken (expansion, resource), amount, joining, error);
}

/* As take(), of something that may not be there. */
static gboolean
take_if_any (Expansion *expansion, int64_t id, int64_t amount, Joining joining, GError **error)
{
    return id == 0 || amount == 0 || take (expansion, id, amount, joining, error);
}

/* --- sites and links ----------------------------------------------------------------------- */

typedef struct {
    int64_t ids[HT_WANTS_MOST_LINKS];
    unsigned count;
} Chain;

/* The links from a site up to the root. */
static gboolean
climb (const Expansion *expansion, int64_t link_id, Chain *chain, GError **error)
{
    chain->count = 0;
    while (link_id != 0) {
        const HtResource *link =
            expansion->lookup->get_resource (link_id, expansion->lookup->user_data);

        if (link == NULL)
            return refuse_missing ("no-such-resource", "link", link_id, error);
        if (chain->count == HT_WANTS_MOST_LINKS) {
            ht_problem_set (error, HT_ERROR_INVALID, "links-in-a-circle", NULL,
                            "from link %" PRId64 " upwards there is no root within %d links",
                            chain->ids[0], HT_WANTS_MOST_LINKS);
            return FALSE;
        }
        chain->ids[chain->count++] = link_id;
        link_id = link->parent_id;
    }
    return TRUE;
}

/* How much more than what crosses it already. */
static int64_t
get_more (Expansion *expansion, int64_t link_id, Stream stream, int64_t kbps)
{
    gpointer id = GSIZE_TO_POINTER ((size_t) link_id);
    int64_t known = (int64_t) GPOINTER_TO_SIZE (g_hash_table_lookup (expansion->once[stream], id));

    if (kbps > known)
        g_hash_table_insert (expansion->once[stream], id, GSIZE_TO_POINTER ((size_t) kbps));
    return MAX (0, kbps - known);
}

/* @count: so many streams alike */
static gboolean
take_links (Expansion *expansion, const Chain *chain, unsigned n_links, Stream stream, int64_t kbps,
            int64_t count, GError **error)
{
    const HtWantsLookup *lookup = expansion->lookup;

    for (unsigned i = 0; i < n_links; i++) {
        gboolean once =
            lookup->has_relay != NULL && lookup->has_relay (chain->ids[i], lookup->user_data);
        int64_t amount = once ? get_more (expansion, chain->ids[i], stream, kbps) : kbps * count;

        if (!take_if_any (expansion, chain->ids[i], amount, ADD_UP, error))
            return FALSE;
    }
    return TRUE;
}

/* From the root, where the service stands, to the site: who watches is sent a stream each. */
static gboolean
take_watched (Expansion *expansion, const HtSite *site, int64_t kbps, int64_t count, GError **error)
{
    Chain here;

    if (kbps < 0 || count < 0 || (kbps > 0 && count > INT64_MAX / kbps)) {
        ht_problem_set (error, HT_ERROR_INVALID, "amount-too-large", "watchers",
                        "%" PRId64 " streams of %" PRId64 " kbit/s cannot be counted", count, kbps);
        return FALSE;
    }
    return climb (expansion, site->link_id, &here, error) &&
           take_links (expansion, &here, here.count, STREAM_WATCHED, kbps, count, error);
}

/* Both go up as far as the first link that they share; that one and all above carry nothing. */
static gboolean
take_path (Expansion *expansion, const HtSite *site, int64_t kbps, GError **error)
{
    Chain here, there;
    unsigned n_here, n_there;

    if (!climb (expansion, site->link_id, &here, error) ||
        !climb (expansion, expansion->main->link_id, &there, error))
        return FALSE;
    n_here = here.count;
    n_there = there.count;
    while (n_here > 0 && n_there > 0 && here.ids[n_here - 1] == there.ids[n_there - 1]) {
        n_here--;
        n_there--;
    }
    return take_links (expansion, &here, n_here, STREAM_JOINED, kbps, 1, error) &&
           take_links (expansion, &there, n_there, STREAM_JOINED, kbps, 1, error);
}

static const HtSite *
find_site (const Expansion *expansion, int64_t id, GError **error)
{
    const HtSite *site = expansion->lookup->get_site (id, expansion->lookup->user_data);

    if (site == NULL)
        refuse_missing ("no-such-site", "site", id, error);
    return site;
}

static gboolean
take_joining (Expansion *expansion, const HtSite *site, const HtMember *member, GError **error)
{
    if (!take_if_any (expansion, site->codec_id, 1, ONCE, error))
        return FALSE;
    expansion->n_sites++;
    if (member->kind == HT_MEMBER_MAIN_SITE || member->amount == 0)
        return TRUE;
    if (expansion->main == NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "no-main-site", "main_site",
                        "site %" PRId64 " joins, but no main site is named", member->ref_id);
        return FALSE;
    }
    return take_path (expansion, site, member->amount, error);
}

static gboolean
take_site (Expansion *expansion, const HtMember *member, GError **error)
{
    const HtSite *site = find_site (expansion, member->ref_id, error);
    const HtProfileRow *profile;

    if (site == NULL)
        return FALSE;
    if ((unsigned) member->profile >= HT_PROFILE_N_KINDS) {
        ht_problem_set (error, HT_ERROR_INVALID, "no-such-profile", "sites",
                        "a profile of number %d is none", member->profile);
        return FALSE;
    }
    profile = &ht_profile_rows[member->profile];
    if (profile->present && !take_if_any (expansion, site->room_id, 1, ONCE, error))
        return FALSE;
    if (profile->joins)
        return take_joining (expansion, site, member, error);
    return !profile->present || take_watched (expansion, site, member->amount, 1, error);
}

static gboolean
take_watchers (Expansion *expansion, const HtMember *member, GError **error)
{
    const HtSite *site = find_site (expansion, member->ref_id, error);

    return site != NULL && take_watched (expansion, site, member->amount, member->count, error);
}

/* --- members ------------------------------------------------------------------------------- */

static gboolean
take_trainer (Expansion *expansion, const HtMember *member, GError **error)
{
    const HtPerson *person =
        expansion->lookup->get_person (member->ref_id, expansion->lookup->user_data);

    if (person == NULL)
        return refuse_missing ("no-such-person", "person", member->ref_id, error);
    if (person->resource_id == 0) {
        ht_problem_set (error, HT_ERROR_INVALID, "person-not-bookable", "trainers",
                        "person %" PRId64 " cannot be booked", member->ref_id);
        return FALSE;
    }
    return take (expansion, person->resource_id, 1, ONCE, error);
}

static gboolean
take_room (Expansion *expansion, const HtMember *member, GError **error)
{
    return take (expansion, member->ref_id, 1, ONCE, error);
}

static gboolean
take_equipment (Expansion *expansion, const HtMember *member, GError **error)
{
    return take (expansion, member->ref_id, member->amount, ADD_UP, error);
}

typedef gboolean (*TakeFunc) (Expansion *expansion, const HtMember *member, GError **error);

static const TakeFunc take_member[HT_MEMBER_N_KINDS] = {
    [HT_MEMBER_MAIN_SITE] = take_site,      [HT_MEMBER_SITE] = take_site,
    [HT_MEMBER_TRAINER] = take_trainer,     [HT_MEMBER_ROOM] = take_room,
    [HT_MEMBER_EQUIPMENT] = take_equipment, [HT_MEMBER_WATCHERS] = take_watchers,
};

static gboolean
find_main (Expansion *expansion, GError **error)
{
    for (size_t i = 0; i < expansion->wants->n_members; i++) {
        const HtMember *member = &expansion->wants->members[i];

        if (member->kind != HT_MEMBER_MAIN_SITE)
            continue;
        expansion->main = find_site (expansion, member->ref_id, error);
        if (expansion->main == NULL)
            return FALSE;
    }
    return TRUE;
}

static gboolean
take_members (Expansion *expansion, GError **error)
{
    for (size_t i = 0; i < expansion->wants->n_members; i++) {
        const HtMember *member = &expansion->wants->members[i];

        if ((unsigned) member->kind >= HT_MEMBER_N_KINDS) {
            ht_problem_set (error, HT_ERROR_INVALID, "no-such-member", NULL,
                            "a member of kind %d is none", member->kind);
            return FALSE;
        }
        if (!take_member[member->kind](expansion, member, error))
            return FALSE;
    }
    return take_if_any (expansion, expansion->wants->ports_id, expansion->n_sites, ADD_UP, error);
}

/* --- recording ----------------------------------------------------------------------------- */

int64_t
ht_wants_count_bytes (int64_t kbps, int64_t duration_us, int64_t margin_percent)
{
    int64_t bytes;

    if (kbps < 0 || duration_us < 0 || margin_percent < 0)
        return -1;
    /* 1 kbit/s is an octet in 8000 us */
    if (__builtin_mul_overflow (kbps, duration_us / 8000 + 1, &bytes) ||
        __builtin_mul_overflow (bytes, 100 + margin_percent, &bytes))
        return -1;
    return bytes / 100;
}

/* The disk and the quotas of units on it. */
static gboolean
take_disks (Expansion *expansion, int64_t bytes, GError **error)
{
    const HtWants *wants = expansion->wants;

    for (size_t i = 0; i < wants->n_quotas; i++)
        if (!take_if_any (expansion, wants->quota_ids[i], bytes, ADD_UP, error))
            return FALSE;
    return take_if_any (expansion, wants->disk_id, bytes, ADD_UP, error);
}

static void
keep_on_disk (Expansion *expansion, int64_t disk_id)
{
    HtReservation *disk = g_hash_table_lookup (expansion->amounts, &disk_id);
    int64_t until_us = MIN (expansion->wants->keep_until_us, HT_SPAN_END_OF_TIME_US - 1);

    if (disk != NULL)
        disk->end_us = MAX (disk->end_us, until_us);
}

static gboolean
take_track (Expansion *expansion, const HtTrack *track, GError **error)
{
    const HtWants *wants = expansion->wants;
    const HtVideoSource *source =
        expansion->lookup->get_source (track->source_id, expansion->lookup->user_data);
    int64_t bytes;

    if (source == NULL)
        return refuse_missing ("no-such-source", "source", track->source_id, error);
    bytes = ht_wants_count_bytes (source->kbps, ht_span_get_duration_us (wants->span),
                                  wants->disk_margin_percent);
    if (bytes < 0) {
        ht_problem_set (error, HT_ERROR_INVALID, "amount-too-large", "sources",
                        "%" PRId64 " kbit/s of source %" PRId64 " cannot be reckoned", source->kbps,
                        source->id);
        return FALSE;
    }
    return take_if_any (expansion, source->resource_id, 1, ADD_UP, error) &&
           take_if_any (expansion, wants->recorder_id, 1, ADD_UP, error) &&
           take_disks (expansion, bytes, error);
}

static gboolean
take_tracks (Expansion *expansion, GError **error)
{
    const HtWants *wants = expansion->wants;

    for (size_t i = 0; i < wants->n_tracks; i++)
        if (!take_track (expansion, &wants->tracks[i], error))
            return FALSE;
    keep_on_disk (expansion, wants->disk_id);
    for (size_t i = 0; i < wants->n_quotas; i++)
        keep_on_disk (expansion, wants->quota_ids[i]);
    return TRUE;
}

/* --- the whole ----------------------------------------------------------------------------- */

static int
compare_reservations (gconstpointer a, gconstpointer b)
{
    const HtReservation *one = a, *other = b;

    return one->resource_id < other->resource_id ? -1 : one->resource_id > other->resource_id;
}

static GArray *
list_amounts (const Expansion *expansion)
{
    GArray *list = g_array_new (FALSE, FALSE, sizeof (HtReservation));
    GHashTableIter iter;
    gpointer taken;

    g_hash_table_iter_init (&iter, expansion->amounts);
    while (g_hash_table_iter_next (&iter, NULL, &taken))
        g_array_append_vals (list, taken, 1);
    g_array_sort (list, compare_reservations);
    return list;
}

static void
clear_expansion (Expansion *expansion)
{
    g_clear_pointer (&expansion->amounts, g_hash_table_unref);
    for (int i = 0; i < N_STREAMS; i++)
        g_clear_pointer (&expansion->once[i], g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Expansion, clear_expansion)

GArray *
ht_wants_expand (const HtWants *wants, const HtWantsLookup *lookup, GError **error)
{
    g_auto (Expansion) expansion = { .wants = wants, .lookup = lookup };
    HtSpan span;

    if (!ht_span_make (wants->span.start_us, wants->span.end_us, &span, error))
        return NULL;
    expansion.amounts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
    for (int i = 0; i < N_STREAMS; i++)
        expansion.once[i] = g_hash_table_new (NULL, NULL);
    if (!find_main (&expansion, error) || !take_members (&expansion, error) ||
        !take_tracks (&expansion, error))
        return NULL;
    return list_amounts (&expansion);
}
