/* SPDX-License-Identifier: MIT */

#include "scheduler/service/edit-content.h"

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/policy.h"
#include "scheduler/service/demand.h"
#include "scheduler/service/session-part.h"
#include "scheduler/service/tracks.h"

#define DAY_US        (INT64_C (86400) * G_USEC_PER_SEC)
#define BIT(part)     (1u << (part))
#define N_ITEMS(list) ((list) == NULL ? 0 : (list)->len)

struct _HtEditContent {
    const HtEdit *edit; /* borrowed */
    GArray *members;    /* (element-type HtMember) (owned): of the lists that it replaces */
    unsigned replaced;  /* kinds of members, as bits */
    unsigned parts;
};

/* Reading it. */

static gboolean
check_words (const HtEdit *edit, GError **error)
{
    if (edit->title == NULL || edit->title[0] != '\0')
        return TRUE;
    ht_problem_set (error, HT_ERROR_INVALID, "required", "title", "title must be filled in");
    return FALSE;
}

static gboolean
check_ids (HtDecider *decider, HtRecordKind kind, const GArray *ids, const char *field,
           GError **error)
{
    for (unsigned i = 0; i < N_ITEMS (ids); i++)
        if (ht_decider_find (decider, kind, g_array_index (ids, int64_t, i), field, error) == NULL)
            return FALSE;
    return TRUE;
}

static gboolean
check_series (HtDecider *decider, const HtEdit *edit, GError **error)
{
    HtRecordKind of = edit->audience - 1 == HT_AUDIENCE_UNITS ? HT_RECORD_UNIT : HT_RECORD_PERSON;

    if (edit->audience == 0 && edit->audience_ids != NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "required", "audience",
                        "audience must say what audienceIds are");
        return FALSE;
    }
    if (edit->unit_id != HT_ID_NONE &&
        ht_decider_find (decider, HT_RECORD_UNIT, edit->unit_id, "unitId", error) == NULL)
        return FALSE;
    return check_ids (decider, of, edit->audience_ids, "audienceIds", error);
}

static void
find_parts (HtEditContent *self)
{
    const HtEdit *edit = self->edit;
    const struct {
        HtPart part;
        gboolean named;
        unsigned replaced;
    } rows[] = {
        { HT_PART_TITLE, edit->title != NULL, 0 },
        { HT_PART_DESCRIPTION, edit->description != NULL, 0 },
        { HT_PART_ROOMS, edit->rooms != NULL, 1u << HT_MEMBER_ROOM },
        { HT_PART_TRAINERS, edit->trainers != NULL, 1u << HT_MEMBER_TRAINER },
        { HT_PART_SITES, edit->main_site != HT_ID_NONE, 1u << HT_MEMBER_MAIN_SITE },
        { HT_PART_SITES, edit->sites != NULL, 1u << HT_MEMBER_SITE },
        { HT_PART_WATCHERS, edit->watchers != NULL, 1u << HT_MEMBER_WATCHERS },
        { HT_PART_EQUIPMENT, edit->equipment != NULL, 1u << HT_MEMBER_EQUIPMENT },
        { HT_PART_SOURCES, edit->sources != NULL, 0 },
        { HT_PART_KEEP, edit->keep_days > 0, 0 },
    };

    for (unsigned i = 0; i < G_N_ELEMENTS (rows); i++)
        if (rows[i].named) {
            self->parts |= BIT (rows[i].part);
            self->replaced |= rows[i].replaced;
        }
}

HtEditContent *
ht_edit_content_new (HtDecider *decider, const HtEdit *edit, GError **error)
{
    g_autoptr (HtEditContent) self = g_new0 (HtEditContent, 1);
    const HtBooking lists = { .rooms = edit->rooms,
                              .trainers = edit->trainers,
                              .main_site = edit->main_site,
                              .sites = edit->sites,
                              .watchers = edit->watchers,
                              .equipment = edit->equipment };

    self->edit = edit;
    if (!check_words (edit, error) || !check_series (decider, edit, error) ||
        !check_ids (decider, HT_RECORD_SOURCE, edit->sources, "sources", error))
        return NULL;
    find_parts (self);
    self->members = ht_demand_make_members (decider, &lists, error);
    return self->members == NULL ? NULL : g_steal_pointer (&self);
}

void
ht_edit_content_free (HtEditContent *self)
{
    g_clear_pointer (&self->members, g_array_unref);
    g_free (self);
}

unsigned
ht_edit_content_get_parts (const HtEditContent *self)
{
    return self->parts;
}

/* Applying it. */

/* The order in which bookings have them. */
static int
compare_kinds (gconstpointer a, gconstpointer b)
{
    static const int ranks[HT_MEMBER_N_KINDS] = {
        [HT_MEMBER_ROOM] = 0,      [HT_MEMBER_EQUIPMENT] = 1, [HT_MEMBER_TRAINER] = 2,
        [HT_MEMBER_MAIN_SITE] = 3, [HT_MEMBER_SITE] = 4,      [HT_MEMBER_WATCHERS] = 5,
    };

    return ranks[((const HtMember *) a)->kind] - ranks[((const HtMember *) b)->kind];
}

static void
add_members (const GArray *from, unsigned kinds, GArray *members)
{
    for (unsigned i = 0; i < N_ITEMS (from); i++) {
        const HtMember *member = &g_array_index (from, HtMember, i);

        if ((kinds & 1u << member->kind) != 0)
            g_array_append_vals (members, member, 1);
    }
}

static gboolean
replace_members (const HtEditContent *self, HtSession *session, unsigned parts, GError **error)
{
    g_autoptr (GArray) members = g_array_new (FALSE, TRUE, sizeof (HtMember));
    unsigned replaced = 0;

    for (int part = 0; part < HT_N_PARTS; part++)
        if ((parts & BIT (part)) != 0)
            replaced |= ht_part_get_members (part) & self->replaced;
    if (replaced == 0)
        return TRUE;
    add_members (self->members, replaced, members);
    add_members (session->members, ~replaced, members);
    g_array_sort (members, compare_kinds);
    g_clear_pointer (&session->members, g_array_unref);
    session->members = g_steal_pointer (&members);
    return ht_demand_check_doubles (session->members, error);
}

static int64_t
get_keep_us (const HtEditContent *self)
{
    HtPolicy policy = ht_policy_get_default ();

    return self->edit->keep_days > 0 ? self->edit->keep_days * DAY_US
                                     : ht_policy_get (&policy, HT_POLICY_KEEP_US);
}

/* What recorders have begun is not changed under their hands. */
static gboolean
check_planned (const HtJob *job, GError **error)
{
    if (job == NULL || job->state == HT_JOB_PLANNED)
        return TRUE;
    ht_problem_set (error, HT_ERROR_CONFLICT, "recording-begun", "sources",
                    "its recording has begun: what is recorded cannot be changed now");
    return FALSE;
}

static gboolean
replace_tracks (const HtEditContent *self, HtDecider *decider, const HtSession *session,
                GError **error)
{
    const HtJob *before = ht_decider_peek (decider, HT_RECORD_JOB, session->id);
    HtJob *job;

    if (!check_planned (before, error))
        return FALSE;
    if (self->edit->sources->len == 0) {
        if (before != NULL)
            ht_decider_remove (decider, HT_RECORD_JOB, session->id);
        return TRUE;
    }
    if (before == NULL) {
        job = ht_decider_make_with_id (decider, HT_RECORD_JOB, session->id);
        job->keep_until_us = session->end_us + get_keep_us (self);
    } else
        job = ht_decider_edit (decider, HT_RECORD_JOB, session->id);
    ht_tracks_clear (job->tracks);
    job->tracks = ht_tracks_make (self->edit->sources);
    return TRUE;
}

static void
keep_recording (const HtEditContent *self, HtDecider *decider, const HtSession *session)
{
    if (ht_decider_peek (decider, HT_RECORD_JOB, session->id) == NULL)
        return;
    ((HtJob *) ht_decider_edit (decider, HT_RECORD_JOB, session->id))->keep_until_us =
        session->end_us + get_keep_us (self);
}

static void
set_text (char **text, const char *value)
{
    g_free (*text);
    *text = g_strdup (value);
}

gboolean
ht_edit_content_apply (const HtEditContent *self, HtDecider *decider, int64_t session_id,
                       unsigned parts, gboolean of_series, GError **error)
{
    HtSession *session = ht_decider_edit (decider, HT_RECORD_SESSION, session_id);

    if ((parts & BIT (HT_PART_TITLE)) != 0)
        set_text (&session->title, of_series ? NULL : self->edit->title);
    if ((parts & BIT (HT_PART_DESCRIPTION)) != 0)
        set_text (&session->description, of_series ? NULL : self->edit->description);
    if (!replace_members (self, session, parts, error))
        return FALSE;
    if ((parts & BIT (HT_PART_SOURCES)) != 0 && !replace_tracks (self, decider, session, error))
        return FALSE;
    if ((parts & BIT (HT_PART_KEEP)) != 0)
        keep_recording (self, decider, session);
    return TRUE;
}

void
ht_edit_content_keep_words (const HtEditContent *self, HtDecider *decider, int64_t session_id,
                            unsigned parts)
{
    const HtSession *session = ht_decider_peek (decider, HT_RECORD_SESSION, session_id);
    const HtSeries *series = ht_decider_peek (decider, HT_RECORD_SERIES, session->series_id);
    unsigned kept = self->parts & ~parts;

    if ((kept & BIT (HT_PART_TITLE)) != 0 && session->title == NULL)
        set_text (&((HtSession *) ht_decider_edit (decider, HT_RECORD_SESSION, session_id))->title,
                  series->title);
    if ((kept & BIT (HT_PART_DESCRIPTION)) != 0 && session->description == NULL)
        set_text (
            &((HtSession *) ht_decider_edit (decider, HT_RECORD_SESSION, session_id))->description,
            series->description);
}

void
ht_edit_content_apply_series (const HtEditContent *self, HtDecider *decider, int64_t series_id,
                              gboolean of_series)
{
    const HtEdit *edit = self->edit;
    HtSeries *series = ht_decider_edit (decider, HT_RECORD_SERIES, series_id);

    if (of_series && edit->title != NULL)
        set_text (&series->title, edit->title);
    if (of_series && edit->description != NULL)
        set_text (&series->description, edit->description);
    if (edit->unit_id != HT_ID_NONE)
        series->unit_id = edit->unit_id;
    if (edit->audience == 0)
        return;
    series->audience = edit->audience - 1;
    g_clear_pointer (&series->audience_ids, g_array_unref);
    if (N_ITEMS (edit->audience_ids) > 0)
        series->audience_ids = g_array_copy (edit->audience_ids);
}
