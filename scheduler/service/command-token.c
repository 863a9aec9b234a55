/* SPDX-License-Identifier: MIT */

/* Tokens of people's programs: made and ended by their owners alone. */

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/service/command-people.h"
#include "scheduler/service/command-private.h"

#define DAY_US      (INT64_C (86400) * G_USEC_PER_SEC)
#define MOST_TOKENS 50 /* of one person, that have not ended */

static gboolean
is_alive (const HtApiToken *token, int64_t person_id, int64_t now_us)
{
    return token != NULL && token->person_id == person_id && !token->ended &&
           (token->expires_us == 0 || token->expires_us > now_us);
}

static unsigned
count_alive (HtDecider *decider)
{
    unsigned n = 0;

    for (int64_t id = 1; id < decider->next_ids[HT_RECORD_API_TOKEN]; id++)
        n += is_alive (ht_decider_peek (decider, HT_RECORD_API_TOKEN, id), decider->actor_id,
                       decider->now_us)
                 ? 1
                 : 0;
    return n;
}

gboolean
ht_decide_make_token (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtMakeToken *asked = arguments;
    HtApiToken *token;

    if (asked->name == NULL || asked->name[0] == '\0' || asked->token_hash == NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "required", "name", "name must be filled in");
        return FALSE;
    }
    if (count_alive (decider) >= MOST_TOKENS) {
        ht_problem_set (error, HT_ERROR_CONFLICT, "too-many-tokens", NULL,
                        "you have %d tokens: end those that nothing uses", MOST_TOKENS);
        return FALSE;
    }
    token = ht_decider_make (decider, HT_RECORD_API_TOKEN);
    token->person_id = decider->actor_id;
    token->name = g_strdup (asked->name);
    token->token_hash = g_strdup (asked->token_hash);
    token->created_us = decider->now_us;
    token->expires_us = asked->days == 0 ? 0 : decider->now_us + asked->days * DAY_US;
    decider->decision->result_id = token->id;
    return TRUE;
}

gboolean
ht_decide_end_token (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtTarget *target = arguments;
    HtApiToken *token;

    if (ht_decider_find (decider, HT_RECORD_API_TOKEN, target->id, "id", error) == NULL)
        return FALSE;
    token = ht_decider_edit (decider, HT_RECORD_API_TOKEN, target->id);
    token->ended = TRUE;
    decider->decision->result_id = target->id;
    return TRUE;
}

void
ht_people_end_tokens (HtDecider *decider, int64_t person_id)
{
    for (int64_t id = 1; id < decider->next_ids[HT_RECORD_API_TOKEN]; id++)
        if (is_alive (ht_decider_peek (decider, HT_RECORD_API_TOKEN, id), person_id,
                      decider->now_us))
            ((HtApiToken *) ht_decider_edit (decider, HT_RECORD_API_TOKEN, id))->ended = TRUE;
}
