/* SPDX-License-Identifier: MIT */

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/base/text.h"
#include "scheduler/core/civil.h"
#include "scheduler/core/policy.h"
#include "scheduler/service/closure-calendar.h"
#include "scheduler/service/command-people.h"
#include "scheduler/service/import-private.h"

#define MINUTE_US (INT64_C (60) * G_USEC_PER_SEC)

/* The first row of a key in a table begins its list anew: what an older table said is replaced. */
static gboolean
begins_anew (HtImporter *importer, int64_t id)
{
    return g_hash_table_add (importer->touched, GSIZE_TO_POINTER (id));
}

static void
forget_terms (HtUnit *unit)
{
    HtUnit old = { .terms = unit->terms };

    ht_fields_clear (ht_record_get_fields (HT_RECORD_UNIT), &old);
    unit->terms = g_array_new (FALSE, TRUE, sizeof (HtUnitTerm));
}

gboolean
ht_import_take_unit (HtImporter *importer, GError **error)
{
    HtUnitTerm term = { 0 };
    HtUnit *unit;

    if (!ht_importer_find (importer, HT_RECORD_UNIT, "parent_key", &term.parent_id, error) ||
        !ht_importer_read_day (importer, "from", &term.from_day, error) ||
        !ht_importer_read_day (importer, "until", &term.until_day, error))
        return FALSE;
    if (term.until_day != 0 && term.until_day <= term.from_day) {
        ht_problem_set (error, HT_ERROR_INVALID, "span-backwards", "until",
                        "until must come after from");
        return FALSE;
    }
    unit = ht_importer_put (importer, HT_RECORD_UNIT, error);
    if (unit == NULL)
        return FALSE;
    if (begins_anew (importer, unit->id))
        forget_terms (unit);
    ht_importer_read_text (importer, "code", &term.code);
    ht_importer_read_text (importer, "name", &term.name);
    ht_importer_read_text (importer, "type", &term.type);
    g_array_append_val (unit->terms, term);
    return TRUE;
}

gboolean
ht_import_take_closure (HtImporter *importer, GError **error)
{
    int64_t from = 0, until = 0;
    HtClosureCalendar *calendar;
    g_autoptr (GArray) days = NULL;

    if (!ht_importer_read_day (importer, "from", &from, error) ||
        !ht_importer_read_day (importer, "until", &until, error))
        return FALSE;
    if (from == 0 || until <= from || until - from > 366) {
        ht_problem_set (error, HT_ERROR_INVALID, "span-backwards", "until",
                        "from and until must be days of at most a year, in order");
        return FALSE;
    }
    calendar = ht_importer_put (importer, HT_RECORD_CLOSURE, error);
    if (calendar == NULL)
        return FALSE;
    if (begins_anew (importer, calendar->id))
        g_clear_pointer (&calendar->days, g_free);
    days = ht_closure_calendar_list_days (calendar);
    for (int64_t day = from; day < until; day++)
        g_array_append_val (days, day);
    ht_closure_calendar_set_days (calendar, days);
    return TRUE;
}

gboolean
ht_import_take_hours (HtImporter *importer, GError **error)
{
    const char *from = ht_csv_get (importer->csv, "from");
    const char *until = ht_csv_get (importer->csv, "until");
    HtClosureCalendar *calendar;
    HtOpenHours one;
    g_autoptr (GArray) hours = NULL;

    if (!ht_importer_read_choice (importer, "weekday", ht_weekday_names, &one.weekday, error) ||
        !ht_civil_parse_minute (from, "from", &one.from_minute, error) ||
        !ht_civil_parse_minute (until, "until", &one.until_minute, error))
        return FALSE;
    if (one.until_minute <= one.from_minute) {
        ht_problem_set (error, HT_ERROR_INVALID, "span-backwards", "until",
                        "until must come after from");
        return FALSE;
    }
    calendar = ht_importer_put (importer, HT_RECORD_CLOSURE, error);
    if (calendar == NULL)
        return FALSE;
    if (begins_anew (importer, calendar->id))
        g_clear_pointer (&calendar->hours, g_free);
    hours = ht_closure_calendar_list_hours (calendar);
    g_array_append_val (hours, one);
    ht_closure_calendar_set_hours (calendar, hours);
    return TRUE;
}

gboolean
ht_import_take_link (HtImporter *importer, GError **error)
{
    HtResource *link;
    int64_t parent_id, kbps;
    gboolean relay = -1;

    if (!ht_importer_find (importer, HT_RECORD_RESOURCE, "parent_key", &parent_id, error) ||
        !ht_importer_read_switch (importer, "relay", &relay, error) ||
        !ht_importer_read_number (importer, "kbps", 1, 1, &kbps, error))
        return FALSE;
    link = ht_importer_put (importer, HT_RECORD_RESOURCE, error);
    if (link == NULL)
        return FALSE;
    link->kind = HT_RESOURCE_LINK;
    link->parent_id = parent_id;
    link->capacity = kbps;
    if (relay >= 0)
        link->relay = relay;
    ht_importer_read_text (importer, "name", &link->name);
    return TRUE;
}

/* An empty field stands for what is usual of the kind. */
static gboolean
read_margins (HtImporter *importer, HtResource *read, GError **error)
{
    HtPolicy policy = ht_policy_get_default ();
    int64_t setup = ht_policy_get_setup_us (&policy, read->kind) / MINUTE_US;
    int64_t teardown = ht_policy_get_teardown_us (&policy, read->kind) / MINUTE_US;

    if (!ht_importer_read_number (importer, "setup_minutes", 0, setup, &setup, error) ||
        !ht_importer_read_number (importer, "teardown_minutes", 0, teardown, &teardown, error))
        return FALSE;
    read->setup_us = MIN (setup, 1440) * MINUTE_US;
    read->teardown_us = MIN (teardown, 1440) * MINUTE_US;
    return TRUE;
}

gboolean
ht_import_take_resource (HtImporter *importer, GError **error)
{
    HtResource read = { 0 }, *resource;

    if (!ht_importer_read_choice (importer, "kind", ht_resource_kind_names, &read.kind, error) ||
        !ht_importer_find (importer, HT_RECORD_UNIT, "unit_key", &read.unit_id, error) ||
        !ht_importer_find (importer, HT_RECORD_CLOSURE, "closure_key", &read.closure_id, error) ||
        !ht_importer_read_number (importer, "capacity", 1, 1, &read.capacity, error) ||
        !read_margins (importer, &read, error) ||
        !ht_importer_read_number (importer, "seats", 0, 0, &read.seats, error))
        return FALSE;
    resource = ht_importer_put (importer, HT_RECORD_RESOURCE, error);
    if (resource == NULL)
        return FALSE;
    resource->kind = read.kind;
    resource->unit_id = read.unit_id;
    resource->closure_id = read.closure_id;
    resource->capacity = read.capacity;
    resource->setup_us = read.setup_us;
    resource->teardown_us = read.teardown_us;
    resource->seats = read.seats;
    ht_importer_read_text (importer, "name", &resource->name);
    ht_importer_read_text (importer, "features", &resource->features);
    return TRUE;
}

/* "trainer" or "trainer@UNIT-KEY". */
static gboolean
add_role (HtImporter *importer, const char *text, GArray *grants, GError **error)
{
    g_auto (GStrv) parts = g_strsplit (text, "@", 2);
    HtGrant grant = { -1, HT_ID_NONE };

    for (int i = 0; ht_role_names[i] != NULL; i++)
        if (strcmp (ht_role_names[i], parts[0]) == 0)
            grant.role = i;
    if (grant.role < 0) {
        ht_problem_set (error, HT_ERROR_INVALID, "not-one-of", "roles", "'%.60s' is no role", text);
        return FALSE;
    }
    if (parts[1] != NULL &&
        !ht_importer_find_key (importer, HT_RECORD_UNIT, parts[1], "roles", &grant.unit_id, error))
        return FALSE;
    g_array_append_val (grants, grant);
    return TRUE;
}

static GArray *
read_roles (HtImporter *importer, GError **error)
{
    g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (HtGrant));
    g_auto (GStrv) words = g_strsplit (ht_csv_get (importer->csv, "roles"), " ", -1);

    for (unsigned i = 0; words[i] != NULL; i++)
        if (words[i][0] != '\0' && !add_role (importer, words[i], grants, error))
            return NULL;
    return g_steal_pointer (&grants);
}

static const char *
get_filled (HtImporter *importer, const char *column)
{
    const char *text = ht_csv_get (importer->csv, column);

    return text[0] == '\0' ? NULL : text;
}

gboolean
ht_import_take_person (HtImporter *importer, GError **error)
{
    g_autoptr (GArray) grants = read_roles (importer, error);
    HtPutPerson put = { .name = (char *) get_filled (importer, "name"),
                        .phone = (char *) get_filled (importer, "phone"),
                        .email = (char *) get_filled (importer, "email"),
                        .login = (char *) get_filled (importer, "login"),
                        .grants = grants };
    HtPerson *person;

    if (grants == NULL ||
        !ht_importer_find (importer, HT_RECORD_UNIT, "unit_key", &put.unit_id, error) ||
        !ht_importer_read_switch (importer, "trainer", &put.teaches, error))
        return FALSE;
    if (put.name == NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "required", "name", "name must be filled in");
        return FALSE;
    }
    person = ht_importer_put (importer, HT_RECORD_PERSON, error);
    return person != NULL && ht_people_fill (importer->decider, person->id, &put, error);
}

gboolean
ht_import_take_site (HtImporter *importer, GError **error)
{
    int64_t unit_id, room_id, link_id, seats;
    HtSite *site;

    if (!ht_importer_find (importer, HT_RECORD_UNIT, "unit_key", &unit_id, error) ||
        !ht_importer_find (importer, HT_RECORD_RESOURCE, "room_key", &room_id, error) ||
        !ht_importer_find (importer, HT_RECORD_RESOURCE, "link_key", &link_id, error) ||
        !ht_importer_read_number (importer, "seats", 0, 0, &seats, error))
        return FALSE;
    site = ht_importer_put (importer, HT_RECORD_SITE, error);
    if (site == NULL)
        return FALSE;
    site->unit_id = unit_id;
    site->room_id = room_id;
    site->link_id = link_id;
    ht_importer_read_text (importer, "name", &site->name);
    ht_importer_read_text (importer, "short", &site->short_name);
    ht_importer_read_text (importer, "zone", &site->zone);
    return TRUE;
}

/* Its connections are a resource of its own, under a key that follows from the source's. */
static int64_t
put_connections (HtImporter *importer, const HtVideoSource *source, int64_t connections)
{
    g_autofree char *key = g_strconcat ("source:", source->key, NULL);
    HtResource *resource = ht_importer_put_key (importer, HT_RECORD_RESOURCE, key);

    resource->kind = HT_RESOURCE_SOURCE;
    resource->capacity = connections;
    g_free (resource->name);
    resource->name = g_strdup (source->name);
    return resource->id;
}

gboolean
ht_import_take_source (HtImporter *importer, GError **error)
{
    HtVideoSource read = { 0 }, *source;
    int64_t connections, resource_id;

    if (!ht_importer_read_choice (importer, "kind", ht_video_source_kind_names, &read.kind,
                                  error) ||
        !ht_importer_find (importer, HT_RECORD_RESOURCE, "room_key", &read.room_id, error) ||
        !ht_importer_read_number (importer, "connections", 1, 2, &connections, error) ||
        !ht_importer_read_number (importer, "kbps", 1, 2000, &read.kbps, error) ||
        !ht_importer_read_switch (importer, "loops", &read.loops, error))
        return FALSE;
    source = ht_importer_put (importer, HT_RECORD_SOURCE, error);
    if (source == NULL)
        return FALSE;
    source->kind = read.kind;
    source->room_id = read.room_id;
    source->kbps = read.kbps;
    source->loops = read.loops;
    ht_importer_read_text (importer, "name", &source->name);
    ht_importer_read_text (importer, "url", &source->url);
    resource_id = put_connections (importer, source, connections);
    source->resource_id = resource_id;
    return TRUE;
}

/* A row for a site stands in the place of the one for all. */
gboolean
ht_import_take_profile (HtImporter *importer, GError **error)
{
    HtProfileRate read = { 0 }, *rate;

    if (!ht_importer_read_choice (importer, "profile", ht_profile_names + 1, &read.profile,
                                  error) ||
        !ht_importer_find (importer, HT_RECORD_SITE, "site_key", &read.site_id, error) ||
        !ht_importer_read_number (importer, "kbps", 0, 0, &read.kbps, error))
        return FALSE;
    rate = ht_importer_put (importer, HT_RECORD_PROFILE, error);
    if (rate == NULL)
        return FALSE;
    rate->profile = read.profile + 1; /* "kbps" names none */
    rate->site_id = read.site_id;
    rate->kbps = read.kbps;
    ht_importer_read_text (importer, "name", &rate->name);
    return TRUE;
}
