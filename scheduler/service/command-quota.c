/* SPDX-License-Identifier: MIT */

/* What an administrator allows a unit or a person. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/core/civil.h"
#include "scheduler/core/quota.h"
#include "scheduler/service/command-private.h"

static gboolean
refuse (const char *id, const char *field, const char *text, GError **error)
{
    ht_problem_set (error, HT_ERROR_INVALID, id, field, "%s", text);
    return FALSE;
}

/* 0 where nothing is said. */
static gboolean
read_day (const char *text, const char *field, int64_t *ret_day, GError **error)
{
    HtCivil civil;

    *ret_day = 0;
    if (text == NULL || text[0] == '\0')
        return TRUE;
    if (!ht_civil_parse_date (text, field, &civil, error))
        return FALSE;
    *ret_day = ht_civil_days_from_date (civil.year, civil.month, civil.day);
    return TRUE;
}

static gboolean
check (HtDecider *decider, const HtPutQuota *asked, GError **error)
{
    if (asked->person_id != HT_ID_NONE && (asked->unit_id != HT_ID_NONE || asked->each))
        return refuse ("quota-of-both", "personId", "a quota is a person's or a unit's, not both's",
                       error);
    if (asked->person_id != HT_ID_NONE &&
        ht_decider_find (decider, HT_RECORD_PERSON, asked->person_id, "personId", error) == NULL)
        return FALSE;
    return asked->unit_id == HT_ID_NONE ||
           ht_decider_find (decider, HT_RECORD_UNIT, asked->unit_id, "unitId", error) != NULL;
}

/* (nullable): the one to be written. Whose it is stays: another's is another quota. */
static HtQuota *
get_place (HtDecider *decider, const HtPutQuota *asked, GError **error)
{
    const HtQuota *known;
    HtQuota *quota;

    if (asked->id == HT_ID_NONE) {
        quota = ht_decider_make (decider, HT_RECORD_QUOTA);
        quota->kind = asked->kind;
        quota->unit_id = asked->unit_id;
        quota->person_id = asked->person_id;
        quota->each = asked->each;
        return quota;
    }
    known = ht_decider_find (decider, HT_RECORD_QUOTA, asked->id, "id", error);
    if (known == NULL)
        return NULL;
    if (known->unit_id == asked->unit_id && known->person_id == asked->person_id &&
        known->kind == asked->kind && known->each == asked->each)
        return ht_decider_edit (decider, HT_RECORD_QUOTA, asked->id);
    refuse ("quota-of-another", "id",
            "a quota keeps its kind and whose it is: end it and make another", error);
    return NULL;
}

gboolean
ht_decide_put_quota (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtPutQuota *asked = arguments;
    int64_t from_day, until_day;
    HtQuota *quota;

    if (!check (decider, asked, error) || !read_day (asked->from, "from", &from_day, error) ||
        !read_day (asked->until, "until", &until_day, error))
        return FALSE;
    if (until_day != 0 && until_day < from_day)
        return refuse ("span-backwards", "until", "it ends before it begins", error);
    quota = get_place (decider, asked, error);
    if (quota == NULL)
        return FALSE;
    quota->amount = asked->amount;
    quota->from_day = from_day;
    quota->until_day = until_day;
    decider->decision->result_id = quota->id;
    return TRUE;
}
