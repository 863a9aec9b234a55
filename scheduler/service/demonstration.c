/* SPDX-License-Identifier: MIT */

#include "scheduler/service/demonstration.h"

#include <string.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/civil.h"
#include "scheduler/service/import.h"
#include "scheduler/service/reads.h"
#include "scheduler/service/service-private.h"
#include "scheduler/support/csv.h"

typedef struct {
    HtService *service;
    HtStore *store;
    HtCsv *courses;
    GError *fault;       /* of the last command */
    GStrvBuilder *taken; /* days on which the last booking clashed */
} Demonstration;

static void
note_taken_days (Demonstration *self, const HtPreview *preview)
{
    const HtZone *zone = ht_state_get_zone (self->service->state, "Asia/Ho_Chi_Minh", NULL, NULL);

    for (unsigned i = 0; i < preview->occurrences->len; i++) {
        const HtPreviewOccurrence *occurrence =
            &g_array_index (preview->occurrences, HtPreviewOccurrence, i);
        HtCivil civil = ht_zone_to_civil (zone, occurrence->start_us);
        g_autofree char *day =
            g_strdup_printf ("%04d-%02d-%02d", civil.year, civil.month, civil.day);

        if (occurrence->clashes->len > 0)
            g_strv_builder_add (self->taken, day);
    }
}

static void
take_answer (const HtAnswer *answer G_GNUC_UNUSED, const HtPreview *preview, const GError *error,
             gpointer user_data)
{
    Demonstration *self = user_data;

    self->fault = error == NULL ? NULL : g_error_copy (error);
    if (error != NULL && preview != NULL && self->taken != NULL)
        note_taken_days (self, preview);
}

static gboolean
submit (Demonstration *self, int64_t actor_id, HtCommand command, gconstpointer arguments,
        GError **error)
{
    ht_service_submit (self->service, actor_id, command, arguments, NULL, take_answer, self);
    ht_store_flush (self->store);
    if (self->fault == NULL)
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&self->fault));
    return FALSE;
}

static char *
read_table (const char *folder, HtImportKind kind, const char *camera, GError **error)
{
    g_autofree char *name = g_strconcat (ht_import_kind_names[kind], ".csv", NULL);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    g_autoptr (GString) filled = NULL;

    if (!g_file_get_contents (path, &text, NULL, error))
        return NULL;
    filled = g_string_new (text);
    if (kind == HT_IMPORT_SOURCES)
        g_string_replace (filled, "@camera", camera, 0);
    return g_string_free (g_steal_pointer (&filled), FALSE);
}

static gboolean
import (Demonstration *self, const char *folder, HtImportKind kind, const char *camera,
        GError **error)
{
    g_autofree char *text = read_table (folder, kind, camera, error);
    HtImport asked = { kind, text, FALSE };

    if (text != NULL && submit (self, HT_ACTOR_CLOCK, HT_COMMAND_IMPORT, &asked, error))
        return TRUE;
    g_prefix_error (error, "%s/%s.csv: ", folder, ht_import_kind_names[kind]);
    return FALSE;
}

/* Courses: each row is booked like anybody's, by its trainer or the unit's first person. */

static char **
get_key (HtRecordKind kind, gpointer record)
{
    switch (kind) {
    case HT_RECORD_UNIT:
        return &((HtUnit *) record)->key;
    case HT_RECORD_RESOURCE:
        return &((HtResource *) record)->key;
    case HT_RECORD_SITE:
        return &((HtSite *) record)->key;
    case HT_RECORD_SOURCE:
        return &((HtVideoSource *) record)->key;
    default:
        return &((HtPerson *) record)->key;
    }
}

static int64_t
find_key (Demonstration *self, HtRecordKind kind, const char *key)
{
    g_autoptr (GPtrArray) records = ht_reads_list (self->service, kind);

    for (unsigned i = 0; i < records->len; i++)
        if (g_strcmp0 (*get_key (kind, g_ptr_array_index (records, i)), key) == 0)
            return ht_record_get_id (g_ptr_array_index (records, i));
    return HT_ID_NONE;
}

/* (element-type int64_t): of the keys in @column, with spaces between. */
static GArray *
find_keys (Demonstration *self, HtRecordKind kind, const char *column)
{
    g_auto (GStrv) words = g_strsplit (ht_csv_get (self->courses, column), " ", -1);
    GArray *ids = g_array_new (FALSE, FALSE, sizeof (int64_t));

    for (unsigned i = 0; words[i] != NULL; i++) {
        int64_t id = words[i][0] == '\0' ? HT_ID_NONE : find_key (self, kind, words[i]);

        if (id != HT_ID_NONE)
            g_array_append_val (ids, id);
    }
    return ids;
}

/* The first such day of the week after today, at the time of the table. */
static char *
make_start (Demonstration *self, const char *weekday, const char *time)
{
    int64_t now_us = ht_clock_read_us (self->service->clock);
    const HtZone *zone = ht_state_get_zone (self->service->state, "Asia/Ho_Chi_Minh", NULL, NULL);
    HtCivil civil = ht_zone_to_civil (zone, now_us);
    int64_t day = ht_civil_days_from_date (civil.year, civil.month, civil.day) + 1;

    while (strcmp (ht_weekday_names[ht_civil_get_weekday (day)], weekday) != 0 &&
           civil.second < 100) {
        day++;
        civil.second += 10; /* a name that is none ends the search */
    }
    civil = ht_civil_from_days (day);
    return g_strdup_printf ("%04d-%02d-%02dT%s", civil.year, civil.month, civil.day, time);
}

static gboolean
is_on (Demonstration *self, const char *title)
{
    int64_t now_us = ht_clock_read_us (self->service->clock);
    g_autoptr (GPtrArray) sessions = ht_reads_sessions (
        self->service, HT_ACTOR_CLOCK, HT_AGENDA_ALL, HT_ID_NONE, now_us, now_us + 1);

    for (unsigned i = 0; i < sessions->len; i++) {
        const HtSession *session = g_ptr_array_index (sessions, i);
        const HtSeries *series =
            ht_reads_peek (self->service, HT_RECORD_SERIES, session->series_id);

        if (g_strcmp0 (series->title, title) == 0 && !ht_session_machine_is_final (session->state))
            return TRUE;
    }
    return FALSE;
}

static void
add_sites (Demonstration *self, HtBooking *booking)
{
    g_autoptr (GArray) sites = find_keys (self, HT_RECORD_SITE, "site_keys");

    for (unsigned i = 0; i < sites->len; i++) {
        HtBookingSite site = { .id = g_array_index (sites, int64_t, i),
                               .profile = HT_PROFILE_FULL };
        const HtSite *known = ht_reads_peek (self->service, HT_RECORD_SITE, site.id);

        if (i == 0)
            booking->main_site = site.id;
        else
            g_array_append_val (booking->sites, site);
        if (booking->audience == HT_AUDIENCE_UNITS)
            g_array_append_val (booking->audience_ids, known->unit_id);
    }
}

static void
add_equipment (Demonstration *self, HtBooking *booking)
{
    g_auto (GStrv) parts = g_strsplit (ht_csv_get (self->courses, "equipment"), ":", 2);
    HtBookingEquipment equipment = { 0 };

    if (parts[0] == NULL || parts[1] == NULL)
        return;
    equipment.id = find_key (self, HT_RECORD_RESOURCE, parts[0]);
    equipment.amount = g_ascii_strtoll (parts[1], NULL, 10);
    g_array_append_val (booking->equipment, equipment);
}

/* Whose booking it is: the trainer's, else somebody's who may book for the unit. */
static int64_t
find_organiser (Demonstration *self, int64_t unit_id)
{
    int64_t trainer = find_key (self, HT_RECORD_PERSON, ht_csv_get (self->courses, "trainer_key"));
    g_autoptr (GPtrArray) people = ht_reads_list (self->service, HT_RECORD_PERSON);
    int64_t best = trainer;

    for (unsigned i = 0; i < people->len && best == HT_ID_NONE; i++) {
        const HtPerson *person = g_ptr_array_index (people, i);

        if (person->unit_id == unit_id &&
            ht_reads_may (self->service, person->id, HT_COMMAND_BOOK, NULL))
            best = person->id;
    }
    for (unsigned i = 0; i < people->len && best == HT_ID_NONE; i++) {
        int64_t id = ht_record_get_id (g_ptr_array_index (people, i));

        if (ht_reads_is_admin (self->service, id))
            best = id;
    }
    return best;
}

static HtBooking *
make_booking (Demonstration *self)
{
    HtBooking *booking = g_new0 (HtBooking, 1);
    int64_t weeks = g_ascii_strtoll (ht_csv_get (self->courses, "weeks"), NULL, 10);
    const char *weekday = ht_csv_get (self->courses, "weekday");

    booking->kind = strcmp (ht_csv_get (self->courses, "kind"), "conference") == 0
                        ? HT_SERIES_CONFERENCE
                        : HT_SERIES_TRAINING;
    booking->title = g_strdup (ht_csv_get (self->courses, "title"));
    booking->unit_id = find_key (self, HT_RECORD_UNIT, ht_csv_get (self->courses, "unit_key"));
    booking->minutes = g_ascii_strtoll (ht_csv_get (self->courses, "minutes"), NULL, 10);
    booking->now = strcmp (weekday, "now") == 0;
    if (!booking->now)
        booking->start = make_start (self, weekday, ht_csv_get (self->courses, "start"));
    if (weeks > 1)
        booking->rule = g_strdup_printf ("FREQ=WEEKLY;COUNT=%d", (int) weeks);
    booking->rooms = find_keys (self, HT_RECORD_RESOURCE, "room_key");
    booking->trainers = find_keys (self, HT_RECORD_PERSON, "trainer_key");
    booking->sources = find_keys (self, HT_RECORD_SOURCE, "source_keys");
    booking->sites = g_array_new (FALSE, TRUE, sizeof (HtBookingSite));
    booking->equipment = g_array_new (FALSE, TRUE, sizeof (HtBookingEquipment));
    booking->audience_ids = g_array_new (FALSE, TRUE, sizeof (int64_t));
    if (strcmp (ht_csv_get (self->courses, "audience"), "units") == 0) {
        booking->audience = HT_AUDIENCE_UNITS;
        g_array_append_val (booking->audience_ids, booking->unit_id);
    }
    add_sites (self, booking);
    add_equipment (self, booking);
    return booking;
}

/* Without the days on which something stands in the way: a holiday, mostly. */
static gboolean
book_free_days (Demonstration *self, int64_t organiser_id, HtBooking *booking, GError **error)
{
    g_autoptr (GStrvBuilder) taken = g_strv_builder_new ();
    g_autoptr (GError) fault = NULL;

    self->taken = taken;
    if (submit (self, organiser_id, HT_COMMAND_BOOK, booking, &fault))
        return TRUE;
    if (booking->rule == NULL || !g_error_matches (fault, HT_ERROR, HT_ERROR_CONFLICT)) {
        g_propagate_error (error, g_steal_pointer (&fault));
        return FALSE;
    }
    booking->skip = g_strv_builder_end (taken);
    return submit (self, organiser_id, HT_COMMAND_BOOK, booking, error);
}

/* A course that cannot be booked any more is left out. */
static void
book (Demonstration *self, gboolean first)
{
    HtBooking *booking = make_booking (self);
    g_autoptr (GError) fault = NULL;

    if ((first || booking->now) && !(booking->now && is_on (self, booking->title)) &&
        !book_free_days (self, find_organiser (self, booking->unit_id), booking, &fault))
        g_message ("the course '%s' is left out: %s", booking->title, fault->message);
    ht_fields_free (ht_command_get_fields (HT_COMMAND_BOOK), booking);
}

static gboolean
book_courses (Demonstration *self, const char *folder, gboolean first, GError **error)
{
    static const char *const columns[] = { "key",         "title",    "kind",      "unit_key",
                                           "trainer_key", "room_key", "site_keys", "equipment",
                                           "weekday",     "start",    "minutes",   "weeks",
                                           "source_keys", "audience", NULL };
    g_autofree char *text = read_table (folder, HT_IMPORT_COURSES, "", error);
    g_autoptr (HtCsv) csv = text == NULL ? NULL : ht_csv_new (text, strlen (text), error);
    GError *fault = NULL;

    if (csv == NULL || !ht_csv_expect (csv, columns, NULL, error))
        return FALSE;
    self->courses = csv;
    while (ht_csv_next (csv, &fault))
        book (self, first);
    if (fault == NULL)
        return TRUE;
    g_propagate_error (error, fault);
    return FALSE;
}

gboolean
ht_demonstration_take (HtService *service, HtStore *store, const char *folder, const char *camera,
                       GError **error)
{
    Demonstration self = { .service = service, .store = store };
    gboolean first = ht_service_get_number (service) == 0;

    for (int kind = 0; kind < HT_IMPORT_COURSES; kind++)
        if ((first || kind == HT_IMPORT_SOURCES) && kind != HT_IMPORT_HOURS &&
            !import (&self, folder, kind, camera, error))
            return FALSE; /* its rooms are open at all hours: it may be tried at any */
    return book_courses (&self, folder, first, error);
}
