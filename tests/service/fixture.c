/* SPDX-License-Identifier: MIT */

#include "tests/service/fixture.h"

#include <glib/gstdio.h>

#include "scheduler/base/error.h"

GArray *
make_ids (int64_t id)
{
    GArray *ids = g_array_new (FALSE, FALSE, sizeof id);

    g_array_append_val (ids, id);
    return ids;
}

void
fixture_seed (HtStore *store, HtRecordKind kind, gpointer record)
{
    HtEntry entry = { kind, ht_record_get_id (record), NULL, record };
    HtWrite *write = ht_write_new ();

    ht_entry_append_rows (&entry, write->rows);
    ht_store_write (store, write, NULL, NULL);
    ht_entry_clear (&entry);
}

static void
seed_unit (HtStore *store, int64_t id, const char *name, int64_t parent)
{
    HtUnit *unit = ht_record_new (HT_RECORD_UNIT);
    HtUnitTerm term = { 0, 0, g_strdup ("1"), g_strdup (name), g_strdup ("x"), parent };

    unit->id = id;
    unit->key = g_strdup (name);
    unit->terms = g_array_new (FALSE, TRUE, sizeof term);
    g_array_append_val (unit->terms, term);
    fixture_seed (store, HT_RECORD_UNIT, unit);
}

static void
seed_resource (HtStore *store, int64_t id, HtResourceKind kind, int64_t capacity, int64_t parent)
{
    HtResource *resource = ht_record_new (HT_RECORD_RESOURCE);

    resource->id = id;
    resource->kind = kind;
    resource->key = g_strdup_printf ("r%d", (int) id);
    resource->name = g_strdup_printf ("Resource %d", (int) id);
    resource->unit_id = PROVINCE;
    resource->capacity = capacity;
    resource->parent_id = parent;
    fixture_seed (store, HT_RECORD_RESOURCE, resource);
}

static void
seed_person (HtStore *store, int64_t id, HtRole role, int64_t unit, int64_t resource)
{
    HtPerson *person = ht_record_new (HT_RECORD_PERSON);
    HtGrant grant = { role, id == TRAINER || id == OPERATOR ? unit : 0 };

    person->id = id;
    person->unit_id = unit;
    person->name = g_strdup_printf ("Person %d", (int) id);
    person->phone = g_strdup ("0234000000");
    person->email = g_strdup_printf ("p%d@hue.example", (int) id);
    person->login = g_strdup_printf ("p%d", (int) id);
    person->veil_key = g_strdup ("00112233445566778899aabbccddeeff");
    person->resource_id = resource;
    person->grants = g_array_new (FALSE, TRUE, sizeof grant);
    g_array_append_val (person->grants, grant);
    fixture_seed (store, HT_RECORD_PERSON, person);
}

static void
seed_site (HtStore *store, int64_t id, int64_t unit, int64_t room, int64_t link, int64_t contact)
{
    HtSite *site = ht_record_new (HT_RECORD_SITE);

    site->id = id;
    site->unit_id = unit;
    site->name = g_strdup_printf ("Site %d", (int) id);
    site->zone = g_strdup ("Asia/Ho_Chi_Minh");
    site->room_id = room;
    site->link_id = link;
    site->contact_id = contact;
    fixture_seed (store, HT_RECORD_SITE, site);
}

void
fixture_seed_province (HtStore *store)
{
    HtVideoSource *camera = ht_record_new (HT_RECORD_SOURCE);

    seed_unit (store, PROVINCE, "province", 0);
    seed_unit (store, DISTRICT, "district", PROVINCE);
    seed_unit (store, COMMUNE, "commune", DISTRICT);
    seed_resource (store, ROOM_A, HT_RESOURCE_ROOM, 1, 0);
    seed_resource (store, ROOM_B, HT_RESOURCE_ROOM, 1, 0);
    seed_resource (store, LAPTOPS, HT_RESOURCE_EQUIPMENT, 30, 0);
    seed_resource (store, TEACHER, HT_RESOURCE_PERSON, 1, 0);
    seed_resource (store, LINK_TOP, HT_RESOURCE_LINK, 8000, 0);
    seed_resource (store, LINK_LOW, HT_RESOURCE_LINK, 4000, LINK_TOP);
    seed_resource (store, CAMERA_PORTS, HT_RESOURCE_SOURCE, 2, 0);
    seed_person (store, ADMIN, HT_ROLE_ADMIN, PROVINCE, 0);
    seed_person (store, TRAINER, HT_ROLE_TRAINER, DISTRICT, TEACHER);
    seed_person (store, OPERATOR, HT_ROLE_OPERATOR, DISTRICT, 0);
    seed_person (store, CADRE, HT_ROLE_CADRE, COMMUNE, 0);
    seed_person (store, STRANGER, HT_ROLE_CADRE, PROVINCE, 0);
    seed_site (store, SITE_TOP, PROVINCE, ROOM_A, 0, 0);
    seed_site (store, SITE_LOW, COMMUNE, ROOM_B, LINK_LOW, CADRE);
    camera->id = CAMERA;
    camera->name = g_strdup ("Camera");
    camera->url = g_strdup ("rtsp://127.0.0.1/");
    camera->resource_id = CAMERA_PORTS;
    camera->kbps = 4000;
    fixture_seed (store, HT_RECORD_SOURCE, camera);
    ht_store_flush (store);
}

void
fixture_open (Fixture *f)
{
    g_autoptr (GError) error = NULL;

    f->store = ht_sqlite_store_open (f->path, &error);
    g_assert_no_error (error);
    f->service = ht_service_new (f->store, NULL, f->mail, &f->clock);
    ht_service_load (f->service, &error);
    g_assert_no_error (error);
}

void
fixture_close (Fixture *f)
{
    g_assert_finalize_object (g_steal_pointer (&f->service));
    g_assert_finalize_object (g_steal_pointer (&f->store));
}

void
fixture_set_up (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (HtStore) store = NULL;

    f->folder = g_dir_make_tmp ("ht-service-XXXXXX", NULL);
    f->path = g_build_filename (f->folder, "hoitruong.db", NULL);
    f->clock = ht_clock_make_fake (NOW_US);
    store = ht_sqlite_store_open (f->path, &error);
    g_assert_no_error (error);
    fixture_seed_province (store);
    g_clear_object (&store);
    fixture_open (f);
}

void
fixture_tear_down (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr (GDir) dir = NULL;

    if (f->service != NULL)
        fixture_close (f);
    g_clear_object (&f->mail);
    dir = g_dir_open (f->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
        g_autofree char *path = g_build_filename (f->folder, name, NULL);

        g_unlink (path);
    }
    g_rmdir (f->folder);
    g_free (f->folder);
    g_free (f->path);
    g_free (f->problem);
}

static void
note (const HtAnswer *answer, const HtPreview *preview G_GNUC_UNUSED, const GError *error,
      gpointer user_data)
{
    Fixture *f = user_data;

    g_clear_pointer (&f->problem, g_free);
    f->n_answers++;
    f->answer = answer == NULL ? (HtAnswer){ 0 } : *answer;
    if (error == NULL)
        return;
    f->problem = g_strdup (ht_problem_get_id (error));
    g_test_message ("%s: %s", f->problem, error->message);
}

void
fixture_start (Fixture *f, int64_t actor_id, HtCommand command, gconstpointer arguments,
               const char *key)
{
    ht_service_submit (f->service, actor_id, command, arguments, key, note, f);
}

const char *
fixture_do (Fixture *f, int64_t actor_id, HtCommand command, gconstpointer arguments)
{
    unsigned n_answers = f->n_answers;

    fixture_start (f, actor_id, command, arguments, NULL);
    ht_store_flush (f->store);
    g_assert_cmpuint (f->n_answers, ==, n_answers + 1);
    return f->problem;
}

const char *
fixture_book (Fixture *f, int64_t actor_id, int64_t room, const char *start)
{
    g_autoptr (GArray) rooms = make_ids (room);
    HtBooking booking = {
        .title = (char *) "Tập huấn", .start = (char *) start, .minutes = 90, .rooms = rooms
    };

    return fixture_do (f, actor_id, HT_COMMAND_BOOK, &booking);
}

const HtSession *
fixture_session (Fixture *f, int64_t id)
{
    return ht_reads_peek (f->service, HT_RECORD_SESSION, id);
}
