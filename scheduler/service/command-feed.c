/* SPDX-License-Identifier: MIT */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/command-private.h"

static const HtRecordKind kinds[HT_FEED_N_SCOPES] = {
    [HT_FEED_PERSON] = HT_RECORD_PERSON,
    [HT_FEED_UNIT] = HT_RECORD_UNIT,
    [HT_FEED_SITE] = HT_RECORD_SITE,
    [HT_FEED_SERIES] = HT_RECORD_SERIES,
};

static int64_t
find_same (HtDecider *decider, int scope, int64_t scope_id)
{
    int64_t n_ids = ht_state_get_next_id (decider->state, HT_RECORD_SUBSCRIPTION);

    for (int64_t id = 1; id < n_ids; id++) {
        const HtSubscription *one = ht_state_peek (decider->state, HT_RECORD_SUBSCRIPTION, id);

        if (one != NULL && !one->ended && one->person_id == decider->actor_id &&
            one->scope == scope && one->scope_id == scope_id)
            return id;
    }
    return HT_ID_NONE;
}

gboolean
ht_decide_subscribe (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtSubscribe *asked = arguments;
    int64_t scope_id =
        asked->scope == HT_FEED_PERSON && asked->id == HT_ID_NONE ? decider->actor_id : asked->id;
    int64_t same = find_same (decider, asked->scope, scope_id);
    HtSubscription *subscription;

    if (ht_decider_find (decider, kinds[asked->scope], scope_id, "id", error) == NULL)
        return FALSE;
    decider->decision->result_id = same;
    if (same != HT_ID_NONE)
        return TRUE;
    subscription = ht_decider_make (decider, HT_RECORD_SUBSCRIPTION);
    subscription->person_id = decider->actor_id;
    subscription->scope = asked->scope;
    subscription->scope_id = scope_id;
    subscription->generation = 1;
    decider->decision->result_id = subscription->id;
    return TRUE;
}

static HtSubscription *
edit_subscription (HtDecider *decider, const HtTarget *target, GError **error)
{
    const HtSubscription *known =
        ht_decider_find (decider, HT_RECORD_SUBSCRIPTION, target->id, "id", error);

    if (known == NULL)
        return NULL;
    if (known->ended) {
        ht_problem_set (error, HT_ERROR_GONE, "subscription-ended", NULL,
                        "the subscription has ended");
        return NULL;
    }
    decider->decision->result_id = target->id;
    return ht_decider_edit (decider, HT_RECORD_SUBSCRIPTION, target->id);
}

gboolean
ht_decide_renew (HtDecider *decider, gconstpointer arguments, GError **error)
{
    HtSubscription *subscription = edit_subscription (decider, arguments, error);

    if (subscription == NULL)
        return FALSE;
    subscription->generation++;
    return TRUE;
}

gboolean
ht_decide_end_subscription (HtDecider *decider, gconstpointer arguments, GError **error)
{
    HtSubscription *subscription = edit_subscription (decider, arguments, error);

    if (subscription == NULL)
        return FALSE;
    subscription->ended = TRUE;
    return TRUE;
}
