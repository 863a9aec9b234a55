/* SPDX-License-Identifier: MIT */

/* Quotas, notice and horizon; and sessions that a closure or a lowered capacity hits. */

#include "scheduler/base/id.h"
#include "scheduler/core/quota.h"
#include "scheduler/service/argument-fields.h"
#include "scheduler/service/clashing.h"
#include "ui/http/api-private.h"

#define MAX_BODY   4096
#define AT(member) G_STRUCT_OFFSET (HtPutQuota, member)

/* clang-format off */
static const HtField put_table[] = {
    { "kind", HT_FIELD_ENUM, AT (kind), HT_FIELD_REQUIRED, .names = ht_quota_kind_names },
    { "unitId", HT_FIELD_INT, AT (unit_id), 0, 0, INT64_MAX },
    { "personId", HT_FIELD_INT, AT (person_id), 0, 0, INT64_MAX },
    { "each", HT_FIELD_BOOL, AT (each) },
    { "amount", HT_FIELD_INT, AT (amount), HT_FIELD_REQUIRED, 0, HT_QUOTA_MOST },
    { "from", HT_FIELD_TEXT, AT (from), 0, 0, 10 },
    { "until", HT_FIELD_TEXT, AT (until), 0, 0, 10 },
};
static const HtFields put_fields = HT_FIELDS ("quota", HtPutQuota, put_table);
/* clang-format on */

static void
write_day (HtWriter *writer, const char *name, int64_t day)
{
    HtCivil civil = ht_civil_from_days (day);
    g_autofree char *text = g_strdup_printf ("%04d-%02d-%02d", civil.year, civil.month, civil.day);

    if (day != 0)
        ht_writer_text (writer, name, text);
}

static void
write_quota (HtApi *api, HtWriter *writer, const HtQuota *quota)
{
    ht_writer_begin (writer, NULL);
    ht_writer_int (writer, "id", quota->id);
    ht_writer_text (writer, "kind", ht_quota_kind_names[quota->kind]);
    ht_writer_named (writer, "unit", quota->unit_id,
                     ht_api_get_name (api, HT_RECORD_UNIT, quota->unit_id));
    ht_writer_named (writer, "person", quota->person_id,
                     ht_api_get_name (api, HT_RECORD_PERSON, quota->person_id));
    ht_writer_bool (writer, "each", quota->each);
    ht_writer_int (writer, "amount", quota->amount);
    write_day (writer, "from", quota->from_day);
    write_day (writer, "until", quota->until_day);
    ht_writer_end (writer);
}

/* A person's own is theirs, and of those who set quotas. */
static gboolean
is_readable (HtApi *api, int64_t person_id, const HtQuota *quota)
{
    return quota->person_id == HT_ID_NONE || quota->person_id == person_id ||
           ht_reads_may (api->service, person_id, HT_COMMAND_PUT_QUOTA, NULL);
}

static gboolean
get_quotas (gpointer data, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtApi *api = data;
    g_autoptr (GPtrArray) quotas = ht_reads_list (api->service, HT_RECORD_QUOTA);
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = 0; i < quotas->len; i++)
        if (is_readable (api, request->person, g_ptr_array_index (quotas, i)))
            write_quota (api, &writer, g_ptr_array_index (quotas, i));
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

static void
write_put (HtApi *api, HtRequest *request G_GNUC_UNUSED, const HtAnswer *answer, HtReply *reply)
{
    const HtQuota *quota = ht_reads_peek (api->service, HT_RECORD_QUOTA, answer->id);
    HtWriter writer = ht_writer_make ();

    write_quota (api, &writer, quota);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
}

static gboolean
put_quota (gpointer api, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtPutQuota *asked = request->body;

    asked->id = request->ids[0];
    ht_api_submit (api, reply, HT_COMMAND_PUT_QUOTA, asked, write_put);
    return TRUE;
}

static void
write_clashing (HtApi *api, HtWriter *writer, int64_t person_id, const HtClashing *clashing)
{
    ht_writer_begin (writer, NULL);
    ht_api_write_session (api, writer, "session", person_id, clashing->session);
    ht_writer_begin_list (writer, "resources");
    for (unsigned i = 0; i < clashing->resources->len; i++) {
        int64_t id = g_array_index (clashing->resources, int64_t, i);

        ht_writer_named (writer, NULL, id, ht_api_get_name (api, HT_RECORD_RESOURCE, id));
    }
    ht_writer_end_list (writer);
    ht_writer_end (writer);
}

static gboolean
get_clashes (gpointer data, HtRequest *request, HtReply *reply, GError **error G_GNUC_UNUSED)
{
    HtApi *api = data;
    g_autoptr (GArray) items = ht_clashing_list (api->service, request->person);
    HtWriter writer = ht_writer_make ();

    ht_writer_begin (&writer, NULL);
    ht_writer_begin_list (&writer, "items");
    for (unsigned i = 0; i < items->len; i++)
        write_clashing (api, &writer, request->person, &g_array_index (items, HtClashing, i));
    ht_writer_end_list (&writer);
    ht_writer_end (&writer);
    ht_reply_send_json (reply, 200, ht_writer_finish (&writer));
    return TRUE;
}

/* clang-format off */
static const HtRoute routes[] = {
    { "GET",  "/api/v1/quotas",      FALSE, NULL, NULL,        NULL, 0,        get_quotas,  "Quotas of units and persons, notice and horizon" },
    { "POST", "/api/v1/quotas",      FALSE, NULL, &put_fields, NULL, MAX_BODY, put_quota,   "A quota of a unit, of each of its people, or of a person" },
    { "POST", "/api/v1/quotas/{id}", FALSE, NULL, &put_fields, NULL, MAX_BODY, put_quota,   "Another amount or other days of a quota" },
    { "GET",  "/api/v1/clashes",     FALSE, NULL, NULL,        NULL, 0,        get_clashes, "Sessions that a closure or a lowered capacity hits: somebody must act" },
};
/* clang-format on */

const HtApiTable ht_api_quota_table = { routes, G_N_ELEMENTS (routes) };
