/* SPDX-License-Identifier: MIT */

/* What can be booked and whose it is: sites, rooms, equipment, sources, trainers, units. */

#include "scheduler/base/id.h"
#include "ui/http/api-private.h"

typedef void (*Write) (HtApi *api, HtWriter *writer, gconstpointer record);

static void
write_list (HtApi *api, HtWriter *writer, const char *name, HtRecordKind kind, Write write)
{
    g_autoptr (GPtrArray) records = ht_reads_list (api->service, kind);

    ht_writer_begin_list (writer, name);
    for (unsigned i = 0; i < records->len; i++)
        write (api, writer, g_ptr_array_index (records, i));
    ht_writer_end_list (writer);
}

static void
write_site (HtApi *api, HtWriter *writer, gconstpointer record)
{
    const HtSite *site = record;
    const HtResource *room = site->room_id == HT_ID_NONE
                                 ? NULL
                                 : ht_reads_peek (api->service, HT_RECORD_RESOURCE, site->room_id);

    if (site->retired)
        return;
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", site->id);
    ht_writer_text (writer, "name", site->name);
    ht_writer_text (writer, "short", site->short_name);
    ht_writer_id (writer, "unitId", site->unit_id);
    ht_writer_id (writer, "roomId", site->room_id);
    if (room != NULL)
        ht_writer_int (writer, "seats", room->seats);
    ht_writer_end (writer);
}

static void
write_room (HtApi *api G_GNUC_UNUSED, HtWriter *writer, gconstpointer record)
{
    const HtResource *room = record;

    if (room->kind != HT_RESOURCE_ROOM || room->retired)
        return;
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", room->id);
    ht_writer_text (writer, "name", room->name);
    ht_writer_id (writer, "unitId", room->unit_id);
    ht_writer_int (writer, "seats", room->seats);
    ht_writer_end (writer);
}

static void
write_equipment (HtApi *api G_GNUC_UNUSED, HtWriter *writer, gconstpointer record)
{
    const HtResource *pool = record;

    if (pool->kind != HT_RESOURCE_EQUIPMENT || pool->retired)
        return;
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", pool->id);
    ht_writer_text (writer, "name", pool->name);
    ht_writer_id (writer, "unitId", pool->unit_id);
    ht_writer_int (writer, "capacity", pool->capacity);
    ht_writer_end (writer);
}

/* Without its address, which is the operators' business. */
static void
write_source (HtApi *api G_GNUC_UNUSED, HtWriter *writer, gconstpointer record)
{
    const HtVideoSource *source = record;

    if (source->retired)
        return;
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", source->id);
    ht_writer_text (writer, "name", source->name);
    ht_writer_text (writer, "kind", ht_video_source_kind_names[source->kind]);
    ht_writer_id (writer, "roomId", source->room_id);
    ht_writer_end (writer);
}

static void
write_trainer (HtApi *api G_GNUC_UNUSED, HtWriter *writer, gconstpointer record)
{
    const HtPerson *person = record;

    if (person->resource_id == HT_ID_NONE || person->closed)
        return;
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", person->id);
    ht_writer_text (writer, "name", person->name);
    ht_writer_id (writer, "unitId", person->unit_id);
    ht_writer_id (writer, "resourceId", person->resource_id);
    ht_writer_end (writer);
}

static void
write_unit (HtApi *api, HtWriter *writer, gconstpointer record)
{
    const HtUnit *unit = record;
    int64_t today = ht_api_get_today (api);
    const HtUnitTerm *term = ht_unit_get_term (unit, today);

    if (term == NULL || term->from_day > today ||
        (term->until_day != 0 && term->until_day <= today))
        return;
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", unit->id);
    ht_writer_text (writer, "code", term->code);
    ht_writer_text (writer, "name", term->name);
    ht_writer_text (writer, "type", term->type);
    ht_writer_id (writer, "parentId", term->parent_id);
    ht_writer_end (writer);
}

static const struct {
    const char *name;
    HtRecordKind kind;
    Write write;
} lists[] = {
    { "sites", HT_RECORD_SITE, write_site },
    { "rooms", HT_RECORD_RESOURCE, write_room },
    { "equipment", HT_RECORD_RESOURCE, write_equipment },
    { "sources", HT_RECORD_SOURCE, write_source },
    { "trainers", HT_RECORD_PERSON, write_trainer },
};

static gboolean
get_places (gpointer data, HtRequest *request G_GNUC_UNUSED, HtReply *reply,
            GError **error G_GNUC_UNUSED)
{
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS (lists); i++)
        write_list (data, &writer, lists[i].name, lists[i].kind, lists[i].write);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static gboolean
get_units (gpointer data, HtRequest *request G_GNUC_UNUSED, HtReply *reply,
           GError **error G_GNUC_UNUSED)
{
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    write_list (data, &writer, "items", HT_RECORD_UNIT, write_unit);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static void
write_rate (HtApi *api, HtWriter *writer, const char *name, HtProfile profile, int64_t site_id,
            int64_t kbps)
{
    ht_writer_begin (writer, NULL);
    ht_writer_text (writer, "profile", ht_profile_names[profile]);
    ht_writer_text (writer, "name", name);
    ht_writer_int (writer, "kbps", kbps);
    ht_writer_named (writer, "site", site_id, ht_api_get_name (api, HT_RECORD_SITE, site_id));
    ht_writer_end (writer);
}

static gboolean
is_for_all (const GPtrArray *rates, HtProfile profile)
{
    for (unsigned i = 0; i < rates->len; i++) {
        const HtProfileRate *rate = g_ptr_array_index (rates, i);

        if (rate->profile == (int) profile && rate->site_id == HT_ID_NONE)
            return TRUE;
    }
    return FALSE;
}

/* What the tables say, and what is usual where they say nothing. */
static gboolean
get_profiles (gpointer data, HtRequest *request G_GNUC_UNUSED, HtReply *reply,
              GError **error G_GNUC_UNUSED)
{
    HtApi *api = data;
    g_autoptr (GPtrArray) rates = ht_reads_list (api->service, HT_RECORD_PROFILE);
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = HT_PROFILE_KBPS + 1; i < HT_PROFILE_N_KINDS; i++)
        if (!is_for_all (rates, i))
            write_rate (api, &writer, NULL, i, HT_ID_NONE, ht_profile_rows[i].kbps);
    for (unsigned i = 0; i < rates->len; i++) {
        const HtProfileRate *rate = g_ptr_array_index (rates, i);

        write_rate (api, &writer, rate->name, rate->profile, rate->site_id, rate->kbps);
    }
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET", "/api/v1/places", FALSE, NULL, NULL, NULL, 0, get_places, "Sites, rooms, equipment, sources and trainers that can be booked" },
    { "GET", "/api/v1/units",  FALSE, NULL, NULL, NULL, 0, get_units,  "The units as of today" },
    { "GET", "/api/v1/profiles", FALSE, NULL, NULL, NULL, 0, get_profiles, "How sites can take part, and what that takes of the lines" },
};
/* clang-format on */

const HtApiTable ht_api_place_table = { routes, G_N_ELEMENTS (routes) };
