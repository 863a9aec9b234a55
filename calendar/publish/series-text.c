/* SPDX-License-Identifier: MIT */

#include "calendar/publish/series-text.h"

#include <inttypes.h>
#include <string.h>

#include "scheduler/service/reads.h"

static const char *
get_person_name (HtService *service, int64_t id)
{
    const HtPerson *person = ht_reads_peek (service, HT_RECORD_PERSON, id);

    return person == NULL ? NULL : person->name;
}

static const char *
get_site_name (HtService *service, int64_t id)
{
    const HtSite *site = ht_reads_peek (service, HT_RECORD_SITE, id);

    return site == NULL ? NULL : site->name;
}

static const char *
get_resource_name (HtService *service, int64_t id)
{
    const HtResource *resource = ht_reads_peek (service, HT_RECORD_RESOURCE, id);

    return resource == NULL ? NULL : resource->name;
}

static const char *(*const get_member_name[HT_MEMBER_N_KINDS]) (HtService *, int64_t) = {
    [HT_MEMBER_MAIN_SITE] = get_site_name,
    [HT_MEMBER_SITE] = get_site_name,
    [HT_MEMBER_TRAINER] = get_person_name,
    [HT_MEMBER_ROOM] = get_resource_name,
};

/* The names of the members of those kinds, in the order of the session. */
static void
append_names (HtService *service, const HtSession *session, unsigned kinds, GString *text)
{
    size_t begin = text->len;

    for (unsigned i = 0; session->members != NULL && i < session->members->len; i++) {
        const HtMember *member = &g_array_index (session->members, HtMember, i);
        const char *name = (kinds & 1u << member->kind) != 0
                               ? get_member_name[member->kind](service, member->ref_id)
                               : NULL;

        if (name != NULL)
            g_string_append_printf (text, "%s%s", text->len > begin ? ", " : "", name);
    }
}

static void
append_line (GString *text, const char *label, const char *value)
{
    if (value != NULL && value[0] != '\0')
        g_string_append_printf (text, "%s%s%s", text->len > 0 ? "\n" : "", label, value);
}

static char *
dup_location (HtService *service, const HtSession *session)
{
    GString *text = g_string_new (NULL);

    append_names (service, session,
                  1u << HT_MEMBER_ROOM | 1u << HT_MEMBER_MAIN_SITE | 1u << HT_MEMBER_SITE, text);
    return g_string_free (text, text->len == 0);
}

static char *
dup_description (HtService *service, const HtSeries *series, const HtSession *session)
{
    GString *text = g_string_new (NULL);
    g_autoptr (GString) trainers = g_string_new (NULL);

    append_names (service, session, 1u << HT_MEMBER_TRAINER, trainers);
    append_line (text, "",
                 session->description != NULL ? session->description : series->description);
    append_line (text, "Giảng viên: ", trainers->str);
    append_line (text, "Lý do: ", session->reason);
    return g_string_free (text, text->len == 0);
}

static const char *
keep (GPtrArray *texts, char *text)
{
    if (text != NULL)
        g_ptr_array_add (texts, text);
    return text;
}

static HtPlanSession
describe (const HtSeriesTextSettings *settings, const HtSeries *series, const HtSession *session,
          GPtrArray *texts)
{
    return (HtPlanSession){
        .id = session->id,
        .slot_us = session->slot_us,
        .start_us = session->start_us,
        .end_us = session->end_us,
        .sequence = session->sequence,
        .changed_us = session->changed_us,
        .cancelled = session->state == HT_SESSION_CANCELLED,
        .summary = session->title != NULL ? session->title : series->title,
        .location = keep (texts, dup_location (settings->service, session)),
        .description = keep (texts, dup_description (settings->service, series, session)),
        .url = keep (texts, g_strdup_printf ("%sxem/%" PRId64, settings->address, session->id)),
    };
}

HtCalendarPlan *
ht_series_text_plan (const HtSeriesTextSettings *settings, const HtSeries *series,
                     const HtZone *zone, const GPtrArray *sessions, GPtrArray *texts)
{
    g_autofree HtPlanSession *rows = g_new0 (HtPlanSession, sessions->len + 1);
    const char **categories = g_new0 (const char *, 2);
    const HtPerson *organiser =
        ht_reads_peek (settings->service, HT_RECORD_PERSON, series->organiser_id);
    HtPlanSeries head = { .id = series->id,
                          .installation = settings->installation,
                          .zone = zone,
                          .rule = series->rule,
                          .created_us = series->created_us,
                          .related_id = series->related_id,
                          .organiser_name = organiser == NULL ? NULL : organiser->name,
                          .organiser_mail = organiser == NULL ? NULL : organiser->email,
                          .categories = categories };

    g_ptr_array_add (texts, (gpointer) categories);
    categories[0] = ht_series_kind_names[series->kind];
    for (unsigned i = 0; i < sessions->len; i++)
        rows[i] = describe (settings, series, g_ptr_array_index (sessions, i), texts);
    return ht_calendar_plan_new (&head, rows, sessions->len);
}

void
ht_series_text_append (const HtSeriesTextSettings *settings, const HtSeries *series,
                       const HtZone *zone, const GPtrArray *sessions, GString *text)
{
    g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (HtCalendarPlan) plan = ht_series_text_plan (settings, series, zone, sessions, texts);

    ht_calendar_plan_append (plan, text);
}
