/* SPDX-License-Identifier: MIT */

#include "scheduler/service/record.h"

#include "scheduler/service/record-fields.h"

const char *const ht_record_kind_names[] = {
    [HT_RECORD_UNIT] = "unit",
    [HT_RECORD_RESOURCE] = "resource",
    [HT_RECORD_CLOSURE] = "closure",
    [HT_RECORD_SITE] = "site",
    [HT_RECORD_SOURCE] = "source",
    [HT_RECORD_PROFILE] = "profile",
    [HT_RECORD_PERSON] = "person",
    [HT_RECORD_SUBSCRIPTION] = "subscription",
    [HT_RECORD_SERIES] = "series",
    [HT_RECORD_SESSION] = "session",
    [HT_RECORD_JOB] = "job",
    [HT_RECORD_OPERATION] = "operation",
    [HT_RECORD_API_TOKEN] = "api_token",
    [HT_RECORD_QUOTA] = "quota",
    [HT_N_RECORDS] = NULL,
};

#define CLEARER(noun)                                                                              \
    static void clear_##noun (gpointer record)                                                     \
    {                                                                                              \
        ht_fields_clear (&ht_##noun##_fields, record);                                             \
    }

CLEARER (unit)
CLEARER (resource)
CLEARER (closure)
CLEARER (site)
CLEARER (source)
CLEARER (profile)
CLEARER (person)
CLEARER (subscription)
CLEARER (api_token)
CLEARER (series)
CLEARER (session)
CLEARER (job)
CLEARER (operation)
CLEARER (quota)

#define KIND(noun)                                                                                 \
    {                                                                                              \
        &ht_##noun##_fields, clear_##noun                                                          \
    }

static const struct {
    const HtFields *fields;
    GDestroyNotify clear;
} kinds[HT_N_RECORDS] = {
    [HT_RECORD_UNIT] = KIND (unit),
    [HT_RECORD_RESOURCE] = KIND (resource),
    [HT_RECORD_CLOSURE] = KIND (closure),
    [HT_RECORD_SITE] = KIND (site),
    [HT_RECORD_SOURCE] = KIND (source),
    [HT_RECORD_PROFILE] = KIND (profile),
    [HT_RECORD_PERSON] = KIND (person),
    [HT_RECORD_SUBSCRIPTION] = KIND (subscription),
    [HT_RECORD_SERIES] = KIND (series),
    [HT_RECORD_SESSION] = KIND (session),
    [HT_RECORD_JOB] = KIND (job),
    [HT_RECORD_OPERATION] = KIND (operation),
    [HT_RECORD_API_TOKEN] = KIND (api_token),
    [HT_RECORD_QUOTA] = KIND (quota),
};

const HtFields *
ht_record_get_fields (HtRecordKind kind)
{
    return kinds[kind].fields;
}

gpointer
ht_record_new (HtRecordKind kind)
{
    return g_rc_box_alloc0 (kinds[kind].fields->size);
}

gpointer
ht_record_copy (HtRecordKind kind, gconstpointer record)
{
    gpointer copy = ht_record_new (kind);

    ht_fields_copy (kinds[kind].fields, record, copy);
    return copy;
}

gpointer
ht_record_ref (gconstpointer record)
{
    return g_rc_box_acquire ((gpointer) record);
}

void
ht_record_unref (HtRecordKind kind, gpointer record)
{
    if (record != NULL)
        g_rc_box_release_full (record, kinds[kind].clear);
}

void
ht_entry_clear (HtEntry *entry)
{
    ht_record_unref (entry->kind, entry->before);
    ht_record_unref (entry->kind, entry->after);
    entry->before = entry->after = NULL;
}
