/* SPDX-License-Identifier: MIT */

#include "scheduler/service/first-logins.h"

#include "scheduler/base/id.h"
#include "scheduler/service/reads.h"

typedef struct {
    HtService *service;
    HtStore *store;
    const HtFirstLoginsPasswords *passwords;
    GString *lines;
    GError *fault; /* of the last command */
} Making;

static void
take_answer (const HtAnswer *answer G_GNUC_UNUSED, const HtPreview *preview G_GNUC_UNUSED,
             const GError *error, gpointer user_data)
{
    ((Making *) user_data)->fault = error == NULL ? NULL : g_error_copy (error);
}

static gboolean
submit (Making *self, HtCommand command, gconstpointer arguments, GError **error)
{
    ht_service_submit (self->service, HT_ACTOR_CLOCK, command, arguments, NULL, take_answer, self);
    ht_store_flush (self->store);
    if (self->fault == NULL)
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&self->fault));
    return FALSE;
}

static gboolean
can_anybody_sign_in (HtService *service)
{
    g_autoptr (GPtrArray) people = ht_reads_list (service, HT_RECORD_PERSON);

    for (unsigned i = 0; i < people->len; i++)
        if (((const HtPerson *) g_ptr_array_index (people, i))->password_hash != NULL)
            return TRUE;
    return FALSE;
}

/* By highest role. */
static const HtPerson *
find_first (GPtrArray *people, HtRole role)
{
    for (unsigned i = 0; i < people->len; i++) {
        const HtPerson *person = g_ptr_array_index (people, i);
        int highest = -1;

        for (unsigned j = 0; person->grants != NULL && j < person->grants->len; j++)
            highest = MAX (highest, g_array_index (person->grants, HtGrant, j).role);
        if (highest == (int) role && person->login != NULL && !person->closed)
            return person;
    }
    return NULL;
}

static gboolean
give_password (Making *self, const HtPerson *person, HtRole role, GError **error)
{
    g_autofree char *password = self->passwords->make ();
    g_autofree char *hash = self->passwords->hash (password, self->passwords->user_data, error);
    HtSetPassword asked = { person->id, hash, FALSE };

    if (hash == NULL)
        return FALSE;
    g_string_append_printf (self->lines, "%s %s %s\n", ht_role_names[role], person->login,
                            password);
    return submit (self, HT_COMMAND_SET_PASSWORD, &asked, error);
}

static gboolean
set_up (Making *self, GError **error)
{
    g_autofree char *password = self->passwords->make ();
    g_autofree char *hash = self->passwords->hash (password, self->passwords->user_data, error);
    HtPutPerson asked = { .name = (char *) "Quản trị",
                          .login = (char *) "admin",
                          .password_hash = hash,
                          .must_change_password = TRUE };

    if (hash == NULL)
        return FALSE;
    g_string_append_printf (self->lines, "%s admin %s\n", ht_role_names[HT_ROLE_ADMIN], password);
    return submit (self, HT_COMMAND_SET_UP, &asked, error);
}

gboolean
ht_first_logins_make (HtService *service, HtStore *store, const char *path,
                      const HtFirstLoginsPasswords *passwords, GError **error)
{
    g_autoptr (GString) lines = g_string_new (NULL);
    g_autoptr (GPtrArray) people = ht_reads_list (service, HT_RECORD_PERSON);
    Making making = { service, store, passwords, lines, NULL };

    if (can_anybody_sign_in (service))
        return TRUE;
    if (people->len == 0 && !set_up (&making, error))
        return FALSE;
    for (int role = HT_ROLE_ADMIN; role >= HT_ROLE_CADRE; role--) {
        const HtPerson *person = find_first (people, role);

        if (person != NULL && !give_password (&making, person, role, error))
            return FALSE;
    }
    return g_file_set_contents_full (path, lines->str, (gssize) lines->len,
                                     G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}
