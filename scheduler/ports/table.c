/* SPDX-License-Identifier: MIT */

#include "scheduler/ports/table.h"

#define INT(name)                                                                                  \
    {                                                                                              \
        name, HT_COLUMN_INT                                                                        \
    }
#define TEXT(name)                                                                                 \
    {                                                                                              \
        name, HT_COLUMN_TEXT                                                                       \
    }

/* clang-format off */
static const HtColumn counter[] = { TEXT ("name"), INT ("value") };
static const HtColumn unit[] = { INT ("id"), TEXT ("key") };
static const HtColumn unit_term[] = { INT ("unit_id"), INT ("position"), INT ("from_day"), INT ("until_day"),
    TEXT ("code"), TEXT ("name"), TEXT ("type"), INT ("parent_id") };
static const HtColumn resource[] = { INT ("id"), TEXT ("kind"), TEXT ("key"), TEXT ("name"), INT ("unit_id"),
    INT ("capacity"), INT ("parent_id"), INT ("setup_us"), INT ("teardown_us"), INT ("seats"), INT ("closure_id"),
    INT ("retired"), INT ("relay"), TEXT ("features") };
static const HtColumn closure[] = { INT ("id"), TEXT ("key"), TEXT ("name"), TEXT ("zone"), TEXT ("hours"),
    TEXT ("days") };
static const HtColumn site[] = { INT ("id"), TEXT ("key"), INT ("unit_id"), TEXT ("name"), TEXT ("short_name"),
    TEXT ("zone"), INT ("room_id"), INT ("codec_id"), INT ("link_id"), INT ("contact_id"), INT ("retired") };
static const HtColumn source[] = { INT ("id"), TEXT ("key"), TEXT ("name"), TEXT ("kind"), TEXT ("url"),
    TEXT ("user"), TEXT ("password"), INT ("resource_id"), INT ("room_id"), INT ("kbps"), INT ("loops"),
    INT ("retired") };
static const HtColumn profile[] = { INT ("id"), TEXT ("key"), TEXT ("name"), TEXT ("profile"), INT ("site_id"),
    INT ("kbps") };
static const HtColumn person[] = { INT ("id"), TEXT ("key"), INT ("unit_id"), TEXT ("name"), TEXT ("email"),
    TEXT ("phone"), TEXT ("login"), INT ("resource_id"), TEXT ("password_hash"), TEXT ("veil_key"),
    INT ("must_change_password"), INT ("closed") };
static const HtColumn grant[] = { INT ("person_id"), INT ("position"), TEXT ("role"), INT ("unit_id") };
static const HtColumn subscription[] = { INT ("id"), INT ("person_id"), TEXT ("scope"), INT ("scope_id"),
    INT ("generation"), INT ("ended") };
static const HtColumn api_token[] = { INT ("id"), INT ("person_id"), TEXT ("name"), TEXT ("token_hash"),
    INT ("created_us"), INT ("expires_us"), INT ("ended") };
static const HtColumn series[] = { INT ("id"), TEXT ("kind"), TEXT ("title"), TEXT ("description"), INT ("unit_id"),
    INT ("organiser_id"), TEXT ("zone"), TEXT ("rule"), TEXT ("audience"), TEXT ("audience_ids"),
    INT ("related_id"), INT ("created_us"), TEXT ("rank"), TEXT ("document"), INT ("awaits_document"),
    INT ("approver_id") };
static const HtColumn choice[] = { INT ("series_id"), INT ("position"), TEXT ("kind"), INT ("seats"), INT ("amount"),
    INT ("unit_id"), TEXT ("features"), INT ("resource_id") };
static const HtColumn session[] = { INT ("id"), INT ("series_id"), INT ("slot_us"), INT ("start_us"), INT ("end_us"),
    TEXT ("title"), TEXT ("state"), TEXT ("reason"), INT ("sequence"), INT ("created_us"), INT ("changed_us"),
    INT ("changed_number"), INT ("hold_until_us"), INT ("withdrawn_us"), INT ("yielded_to_id"),
    INT ("clash_us"), TEXT ("description") };
static const HtColumn member[] = { INT ("session_id"), INT ("position"), TEXT ("kind"), INT ("ref_id"), INT ("amount"),
    TEXT ("profile"), INT ("count") };
static const HtColumn reservation[] = { INT ("session_id"), INT ("position"), INT ("resource_id"), INT ("start_us"),
    INT ("end_us"), INT ("amount") };
static const HtColumn job[] = { INT ("id"), TEXT ("state"), INT ("keep_until_us"), INT ("bytes"), INT ("duration_us"),
    INT ("missing_us"), TEXT ("note") };
static const HtColumn track[] = { INT ("job_id"), INT ("position"), TEXT ("name"), INT ("source_id") };
static const HtColumn quota[] = { INT ("id"), TEXT ("kind"), INT ("unit_id"), INT ("person_id"), INT ("each"),
    INT ("amount"), INT ("from_day"), INT ("until_day") };
static const HtColumn operation[] = { INT ("id"), INT ("rehearses_id"), INT ("stays"), INT ("runs_on"),
    INT ("n_extended"), INT ("n_extended_auto"), INT ("asked_us"), TEXT ("rehearsal_ids") };
static const HtColumn site_check[] = { INT ("operation_id"), INT ("position"), INT ("site_id"), INT ("replaces_id"),
    TEXT ("on_post"), TEXT ("technician"), TEXT ("phone"), TEXT ("picture"), TEXT ("sound"), INT ("line_kbps"),
    INT ("signed_by_id"), INT ("signed_us"), INT ("substitute_id"), TEXT ("note"), INT ("changed_us") };
static const HtColumn outbox[] = { INT ("id"), INT ("number"), TEXT ("kind"), INT ("session_id"), INT ("person_id"),
    INT ("due_us"), INT ("attempts"), INT ("done_us"), TEXT ("note") };
static const HtColumn idempotency[] = { INT ("number"), INT ("at_us"), INT ("actor_id"), TEXT ("key"),
    TEXT ("request_hash"), INT ("result_id") };
static const HtColumn sign_in[] = { TEXT ("token_hash"), INT ("person_id"), TEXT ("csrf"), INT ("created_us"),
    INT ("seen_us"), INT ("expires_us") };
/* clang-format on */

#define SPEC(table, n_key)                                                                         \
    {                                                                                              \
#table, n_key, G_N_ELEMENTS(table), table                                                  \
    }

const HtTableSpec ht_tables[HT_N_TABLES] = {
    [HT_TABLE_COUNTER] = SPEC (counter, 1),
    [HT_TABLE_UNIT] = SPEC (unit, 1),
    [HT_TABLE_UNIT_TERM] = SPEC (unit_term, 2),
    [HT_TABLE_RESOURCE] = SPEC (resource, 1),
    [HT_TABLE_CLOSURE] = SPEC (closure, 1),
    [HT_TABLE_SITE] = SPEC (site, 1),
    [HT_TABLE_SOURCE] = SPEC (source, 1),
    [HT_TABLE_PROFILE] = SPEC (profile, 1),
    [HT_TABLE_PERSON] = SPEC (person, 1),
    [HT_TABLE_GRANT] = { "role_grant", 2, G_N_ELEMENTS (grant),
                         grant }, /* GRANT is a word of SQL */
    [HT_TABLE_SUBSCRIPTION] = SPEC (subscription, 1),
    [HT_TABLE_API_TOKEN] = SPEC (api_token, 1),
    [HT_TABLE_SERIES] = SPEC (series, 1),
    [HT_TABLE_CHOICE] = SPEC (choice, 2),
    [HT_TABLE_SESSION] = SPEC (session, 1),
    [HT_TABLE_MEMBER] = SPEC (member, 2),
    [HT_TABLE_RESERVATION] = SPEC (reservation, 2),
    [HT_TABLE_JOB] = SPEC (job, 1),
    [HT_TABLE_TRACK] = SPEC (track, 2),
    [HT_TABLE_QUOTA] = SPEC (quota, 1),
    [HT_TABLE_OPERATION] = SPEC (operation, 1),
    [HT_TABLE_SITE_CHECK] = SPEC (site_check, 2),
    [HT_TABLE_OUTBOX] = SPEC (outbox, 1),
    [HT_TABLE_IDEMPOTENCY] = SPEC (idempotency, 1),
    [HT_TABLE_SIGN_IN] = SPEC (sign_in, 1),
};

void
ht_row_clear (HtRow *row)
{
    for (unsigned i = 0; i < row->n_values; i++)
        if (row->values[i].type == HT_VALUE_TEXT)
            g_free ((char *) row->values[i].text);
    g_clear_pointer (&row->values, g_free);
    row->n_values = 0;
}
