/* SPDX-License-Identifier: MIT */

#include <string.h>
#include <unistd.h>

#include "scheduler/base/error.h"
#include "scheduler/base/id.h"
#include "scheduler/base/text.h"
#include "scheduler/service/command-people.h"
#include "scheduler/service/command-private.h"
#include "scheduler/service/permit.h"

/* The only value that a decision does not take from the state or the arguments: it must be known
 * to nobody. */
static char *
make_veil_key (void)
{
    GString *text = g_string_new (NULL);
    uint8_t octets[32];

    if (getentropy (octets, sizeof octets) != 0)
        g_assert_not_reached (); /* a kernel without randomness */
    for (unsigned i = 0; i < sizeof octets; i++)
        g_string_append_printf (text, "%02x", octets[i]);
    return g_string_free (text, FALSE);
}

static gboolean
take_login (HtDecider *decider, HtPerson *person, const char *login, GError **error)
{
    g_autofree char *folded = login == NULL || login[0] == '\0' ? NULL : ht_text_fold (login);
    int64_t holder = folded == NULL ? HT_ID_NONE : ht_state_find_login (decider->state, folded);

    if (holder != HT_ID_NONE && holder != person->id) {
        ht_problem_set (error, HT_ERROR_CONFLICT, "login-taken", "login",
                        "somebody else signs in as '%s'", folded);
        return FALSE;
    }
    g_free (person->login);
    person->login = g_steal_pointer (&folded);
    return TRUE;
}

static void
replace_text (char **member, const char *text)
{
    if (text == NULL)
        return;
    g_free (*member);
    *member = g_strdup (text);
}

/* A person's resource has no name: a name is private, and a resource is not. */
static void
let_teach (HtDecider *decider, HtPerson *person)
{
    HtResource *resource;

    if (person->resource_id != HT_ID_NONE)
        return;
    resource = ht_decider_make (decider, HT_RECORD_RESOURCE);
    resource->kind = HT_RESOURCE_PERSON;
    resource->unit_id = person->unit_id;
    resource->capacity = 1;
    person->resource_id = resource->id;
}

static void
take_grants (HtPerson *person, const GArray *grants)
{
    if (grants == NULL)
        return;
    g_clear_pointer (&person->grants, g_array_unref);
    person->grants = g_array_copy ((GArray *) grants);
}

static gboolean
fill (HtDecider *decider, HtPerson *person, const HtPutPerson *put, GError **error)
{
    if (put->unit_id != HT_ID_NONE &&
        ht_decider_find (decider, HT_RECORD_UNIT, put->unit_id, "unitId", error) == NULL)
        return FALSE;
    if (put->login != NULL && !take_login (decider, person, put->login, error))
        return FALSE;
    replace_text (&person->key, put->key);
    replace_text (&person->name, put->name);
    replace_text (&person->email, put->email);
    replace_text (&person->phone, put->phone);
    replace_text (&person->password_hash, put->password_hash);
    if (put->password_hash != NULL)
        person->must_change_password = put->must_change_password;
    if (put->unit_id != HT_ID_NONE)
        person->unit_id = put->unit_id;
    if (put->teaches)
        let_teach (decider, person);
    decider->decision->result_id = person->id;
    return TRUE;
}

gboolean
ht_people_fill (HtDecider *decider, int64_t person_id, const HtPutPerson *put_person,
                GError **error)
{
    HtPerson *person = ht_decider_edit (decider, HT_RECORD_PERSON, person_id);

    if (person->veil_key == NULL)
        person->veil_key = make_veil_key ();
    take_grants (person, put_person->grants);
    return fill (decider, person, put_person, error);
}

static gboolean
put (HtDecider *decider, const HtPutPerson *asked, const GArray *grants, GError **error)
{
    HtPerson *person;

    if (asked->id != HT_ID_NONE) {
        if (ht_decider_find (decider, HT_RECORD_PERSON, asked->id, "id", error) == NULL)
            return FALSE;
        return fill (decider, ht_decider_edit (decider, HT_RECORD_PERSON, asked->id), asked, error);
    }
    if (asked->name == NULL || asked->name[0] == '\0') {
        ht_problem_set (error, HT_ERROR_INVALID, "required", "name", "name must be filled in");
        return FALSE;
    }
    person = ht_decider_make (decider, HT_RECORD_PERSON);
    person->veil_key = make_veil_key ();
    take_grants (person, grants);
    return fill (decider, person, asked, error);
}

gboolean
ht_decide_set_up (HtDecider *decider, gconstpointer arguments, GError **error)
{
    g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (HtGrant));
    HtGrant everything = { HT_ROLE_ADMIN, HT_ID_NONE };

    if (ht_state_get_next_id (decider->state, HT_RECORD_PERSON) > 1) {
        ht_problem_set (error, HT_ERROR_CONFLICT, "already-set-up", NULL,
                        "there is somebody who administers already");
        return FALSE;
    }
    g_array_append_val (grants, everything);
    return put (decider, arguments, grants, error);
}

/* Nobody gives what they do not hold. */
static gboolean
check_grants (HtDecider *decider, const GArray *grants, GError **error)
{
    for (unsigned i = 0; grants != NULL && i < grants->len; i++) {
        const HtGrant *grant = &g_array_index (grants, HtGrant, i);

        if (grant->unit_id != HT_ID_NONE &&
            ht_decider_find (decider, HT_RECORD_UNIT, grant->unit_id, "grants", error) == NULL)
            return FALSE;
        if (decider->actor != NULL && !ht_permit_may_grant (decider->state, decider->actor, grant,
                                                            ht_decider_get_day (decider))) {
            ht_problem_set (error, HT_ERROR_DENIED, "grant-too-wide", "grants",
                            "you do not administer all that this role would reach");
            return FALSE;
        }
    }
    return TRUE;
}

gboolean
ht_decide_put_person (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtPutPerson *asked = arguments;

    return check_grants (decider, asked->grants, error) &&
           put (decider, asked, asked->grants, error);
}

static HtPerson *
edit_person (HtDecider *decider, int64_t id, GError **error)
{
    decider->decision->result_id = id;
    if (ht_decider_find (decider, HT_RECORD_PERSON, id, "id", error) == NULL)
        return NULL;
    return ht_decider_edit (decider, HT_RECORD_PERSON, id);
}

gboolean
ht_decide_set_password (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtSetPassword *asked = arguments;
    HtPerson *person = edit_person (decider, asked->id, error);

    if (person == NULL)
        return FALSE;
    if (asked->password_hash == NULL) {
        ht_problem_set (error, HT_ERROR_INVALID, "required", "password", "there is no password");
        return FALSE;
    }
    replace_text (&person->password_hash, asked->password_hash);
    person->must_change_password = asked->must_change_password;
    /* whoever had the account before is out, by every door */
    if (decider->actor_id != asked->id)
        ht_people_end_tokens (decider, asked->id);
    return TRUE;
}

gboolean
ht_decide_grant (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtGrants *asked = arguments;
    HtPerson *person = edit_person (decider, asked->id, error);

    if (person == NULL || !check_grants (decider, person->grants, error) ||
        !check_grants (decider, asked->grants, error))
        return FALSE;
    take_grants (person, asked->grants);
    return TRUE;
}

gboolean
ht_decide_close_person (HtDecider *decider, gconstpointer arguments, GError **error)
{
    const HtTarget *target = arguments;
    HtPerson *person = edit_person (decider, target->id, error);

    if (person == NULL || !check_grants (decider, person->grants, error))
        return FALSE;
    if (person->id == decider->actor_id) {
        ht_problem_set (error, HT_ERROR_CONFLICT, "closes-oneself", NULL,
                        "somebody else must close your account");
        return FALSE;
    }
    person->closed = TRUE;
    ht_people_end_tokens (decider, person->id);
    return TRUE;
}
