/* SPDX-License-Identifier: MIT */

#include "scheduler/service/session-part.h"

#define N_ITEMS(array) ((array) == NULL ? 0 : (array)->len)

const char *const ht_part_names[] = {
    [HT_PART_TIME] = "time",
    [HT_PART_TITLE] = "title",
    [HT_PART_DESCRIPTION] = "description",
    [HT_PART_ROOMS] = "rooms",
    [HT_PART_TRAINERS] = "trainers",
    [HT_PART_SITES] = "sites",
    [HT_PART_WATCHERS] = "watchers",
    [HT_PART_EQUIPMENT] = "equipment",
    [HT_PART_SOURCES] = "sources",
    [HT_PART_KEEP] = "keep",
    [HT_PART_STATE] = "state",
    [HT_N_PARTS] = NULL,
};

static const unsigned members[HT_N_PARTS] = {
    [HT_PART_ROOMS] = 1u << HT_MEMBER_ROOM,
    [HT_PART_TRAINERS] = 1u << HT_MEMBER_TRAINER,
    [HT_PART_SITES] = 1u << HT_MEMBER_MAIN_SITE | 1u << HT_MEMBER_SITE,
    [HT_PART_WATCHERS] = 1u << HT_MEMBER_WATCHERS,
    [HT_PART_EQUIPMENT] = 1u << HT_MEMBER_EQUIPMENT,
};

unsigned
ht_part_get_members (HtPart part)
{
    return members[part];
}

HtPartOf
ht_part_of (HtDecider *decider, const HtSession *session)
{
    return (HtPartOf){ session, ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id),
                       ht_decider_peek (decider, HT_RECORD_JOB, session->id) };
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
    const HtMember *one = a, *other = b;

    if (one->kind != other->kind)
        return one->kind - other->kind;
    return (one->ref_id > other->ref_id) - (one->ref_id < other->ref_id);
}

/* In no order that a person gave them. */
static void
append_members (const HtSession *session, unsigned kinds, GString *key)
{
    g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (HtMember));

    for (unsigned i = 0; i < N_ITEMS (session->members); i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);

        if ((kinds & 1u << member->kind) != 0)
            g_array_append_vals (sorted, member, 1);
    }
    g_array_sort (sorted, compare_members);
    for (unsigned i = 0; i < sorted->len; i++) {
        const HtMember *member = &g_array_index (sorted, HtMember, i);

        g_string_append_printf (
            key, "%d:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%d:%" G_GINT64_FORMAT ";",
            member->kind, member->ref_id, member->amount, member->profile, member->count);
    }
}

static void
append_sources (const HtJob *job, GString *key)
{
    for (unsigned i = 0; job != NULL && i < N_ITEMS (job->tracks); i++)
        g_string_append_printf (key, "%" G_GINT64_FORMAT ";",
                                g_array_index (job->tracks, HtTrack, i).source_id);
}

static const char *
get_text (const char *own, const char *of_series)
{
    if (own == NULL)
        own = of_series;
    return own == NULL ? "" : own;
}

char *
ht_part_get_key (const HtPartOf *of, HtPart part)
{
    GString *key = g_string_new (NULL);
    const HtSession *session = of->session;

    switch (part) {
    case HT_PART_TIME:
        g_string_printf (key, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, session->start_us,
                         session->end_us);
        break;
    case HT_PART_TITLE:
        g_string_assign (key,
                         get_text (session->title, of->series == NULL ? NULL : of->series->title));
        break;
    case HT_PART_DESCRIPTION:
        g_string_assign (key, get_text (session->description,
                                        of->series == NULL ? NULL : of->series->description));
        break;
    case HT_PART_SOURCES:
        append_sources (of->job, key);
        break;
    case HT_PART_KEEP:
        if (of->job != NULL)
            g_string_printf (key, "%" G_GINT64_FORMAT, of->job->keep_until_us - session->end_us);
        break;
    case HT_PART_STATE:
        g_string_assign (key, ht_session_state_names[session->state]);
        break;
    default:
        append_members (session, members[part], key);
    }
    return g_string_free (key, FALSE);
}

unsigned
ht_part_compare (const HtPartOf *a, const HtPartOf *b)
{
    unsigned parts = 0;

    for (int part = 0; part < HT_N_PARTS; part++) {
        g_autofree char *one = ht_part_get_key (a, part);
        g_autofree char *other = ht_part_get_key (b, part);

        if (g_strcmp0 (one, other) != 0)
            parts |= 1u << part;
    }
    return parts;
}
